/** The worker of a page: holds its one machine, paces it by the wall clock, keeps its journal, and answers the page. Or plays two worlds. */
import { BOOT_CODE, type Fetch, PROMPT_CODE } from '../engine/machine/first-code.ts';
import { createMachine } from '../engine/machine/machine.ts';
import { bookSpec } from '../engine/machine/spec.ts';
import type { Host, Machine, MachineSpec } from '../engine/machine/types.ts';
import { browserHost, browserPacer } from './browser-host.ts';
import { type First, firstIn } from './first.ts';
import { type LabLock, labLock } from './lock.ts';
import type { Choice, LabState, ToPage, ToWorker } from './protocol.ts';
import { Room } from './room.ts';
import { openStore, type Saved, type Store } from './store.ts';
import type { ToWorlds } from './worlds-protocol.ts';

type Open = Extract<ToWorker, { kind: 'open' }>;

/** A journal that was begun to be played so often, and never to its end, is not played without being asked for. */
const ATTEMPTS = 2;
/** By then the first prompt is there, and reading code does not keep it waiting. */
const PROMPT_AFTER_MS = 100;
/** What a page calls a worker that plays two machines beside each other. */
const WORLDS = 'worlds';

let failed = false;
/** A machine that stopped is neither running nor saved, whatever is still under way. */
const post = (message: ToPage): void => {
  if (!failed || message.kind !== 'state') self.postMessage(message);
};
const tell = (state: LabState, more: { share?: number; message?: string } = {}): void => post({ kind: 'state', state, ...more });

/** Whoever needs the code asks for it again, and tells if it cannot be had. */
const fetchAhead = (code: readonly Fetch[]): void => {
  for (const fetch of code) fetch().catch(() => {});
};

/** What is to be played: what was brought, or what is on the disk. */
async function savedFor(store: Store | null, { lab, brought }: Open): Promise<Saved | null> {
  const stored = (await store?.load(lab).catch(() => null)) ?? null;
  if (!brought) return stored;
  const { FILE_LIMITS, JournalError, LINK_LIMITS, unpack } = await import('./journal-file.ts');
  const { savedOf } = await import('./restore.ts');
  try {
    return savedOf(unpack(brought.packed, brought.isLink ? LINK_LIMITS : FILE_LIMITS), lab);
  } catch (error) {
    if (!(error instanceof JournalError)) throw error;
    post({ kind: 'notice', notice: 'not-a-journal', detail: error.message });
    return stored;
  }
}

/** Whether the machine had come to rest after its last step: then that step did not hang it. */
const isSettled = ({ head, line }: Saved): boolean =>
  (head.settled ?? 0) >= line.slice(0, head.live).filter(({ step }) => step !== undefined).length;

/** Writes down that a journal is being played: whoever finds that again knows that it did not come to its end. */
async function attempt(store: Store | null, { head, line }: Saved, attempts: number): Promise<void> {
  await store?.write({ ...head, attempts }, line.length, []).catch(() => {});
}

/** A machine that is switched on before it is asked for: while the page's own code comes, and the disk is asked what was lived. */
let ahead: { readonly key: string; readonly machine: Promise<Machine> } | null = null;

const keyOf = (spec: MachineSpec, catalogue: string): string =>
  JSON.stringify([spec, catalogue], (_, value) => (typeof value === 'bigint' ? `${value}n` : value));

function switchOn(spec: MachineSpec, catalogue: string): void {
  const key = keyOf(spec, catalogue);
  if (ahead?.key === key) return;
  ahead = { key, machine: createMachine(spec, browserHost(catalogue)) };
  // Whoever wants it is told what is wrong with it.
  ahead.machine.catch(() => {});
}

/** Makes machines: the first may be there already, and mostly it is the one that is wanted. */
const creator =
  (host: Host, catalogue: string) =>
  (spec: MachineSpec): Promise<Machine> => {
    const made = ahead;
    ahead = null;
    return made?.key === keyOf(spec, catalogue) ? made.machine : createMachine(spec, host);
  };

/** What a lab is opened with. */
interface Opening {
  readonly store: Store | null;
  readonly host: Host;
  readonly create: (spec: MachineSpec) => Promise<Machine>;
  readonly choose: () => Promise<Choice>;
}

async function open(message: Open, { store, host, create, choose }: Opening): Promise<Room> {
  tell('starting');
  const { lab, spec, isAfterHang, brought } = message;
  const saved = await savedFor(store, message);
  const run = brought || !saved ? Date.now() : saved.head.run;
  const room = new Room({ ...{ lab, run, store, host, create, post }, pacer: browserPacer, onFault: fail });
  if (saved && saved.line.length > 0) {
    const attempts = (saved.head.attempts ?? 0) + 1;
    if (!brought) await attempt(store, saved, attempts);
    const choice = isAfterHang && !isSettled(saved) ? 'all-but-last' : attempts > ATTEMPTS ? await choose() : 'all';
    const { restore } = await import('./restore.ts');
    room.furnish(
      await restore(saved, choice, {
        spec,
        stageOf: room.stageOf,
        create,
        onProgress: (share) => tell('restoring', { share }),
        tell: (notice, detail) => room.notice(notice, detail),
      }),
    );
  } else {
    const stage = room.stageOf(spec);
    await stage.open();
    room.furnish({ stage, spec, terminals: saved?.head.terminals ?? [] });
  }
  browserPacer.after(PROMPT_AFTER_MS, () => fetchAhead(PROMPT_CODE));
  return room;
}

function fail(error: unknown): void {
  if (failed) return;
  tell('failed', { message: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  failed = true;
}

/** Messages in order, one after the other: what comes while the machine is being made waits for it. */
function serve(first: First | null): void {
  fetchAhead(BOOT_CODE);
  if (first) switchOn(bookSpec(first), first.catalogue);
  const store = openStore().catch(() => null);
  let lock: LabLock | null = null;
  let current: Promise<Room | null> = Promise.resolve(null);
  let chosen: (choice: Choice) => void = () => {};
  const then = (step: (room: Room | null) => Promise<Room | null>): void => {
    current = current.then((room) =>
      step(room).catch((error: unknown) => {
        fail(error);
        return room;
      }),
    );
  };
  /** Another tab wants the lab: everything is written down, and the machine is gone here. */
  const giveUp = (): void =>
    then(async (room) => {
      await room?.close();
      tell('elsewhere');
      lock?.release();
      return null;
    });
  const choose = (): Promise<Choice> =>
    new Promise((resolve) => {
      chosen = resolve;
      tell('asks');
    });
  const begin = async (message: Open): Promise<Room> => {
    const host = browserHost(message.catalogue);
    const create = creator(host, message.catalogue);
    switchOn(message.spec, message.catalogue);
    await lock?.acquire(message.isRelaunch, () => tell('elsewhere'));
    const disk = await store;
    if (message.isFresh) await disk?.clear(message.lab);
    return open(message, { store: disk, host, create, choose });
  };
  self.onmessage = ({ data }: MessageEvent<ToWorker>) => {
    if (data.kind === 'ping') post({ kind: 'pong' });
    else if (data.kind === 'take-over') lock?.takeOver();
    else if (data.kind === 'choose') chosen(data.choice);
    else if (data.kind === 'open') {
      lock = labLock(data.lab, giveUp);
      then(() => begin(data));
    } else
      then(async (room) => {
        await room?.handle(data);
        return room;
      });
  };
}

/** Two machines beside each other; one script for both kinds of worker, so that both load the same files. */
function serveWorlds(): void {
  const code = import('./worlds-worker.ts');
  self.onmessage = ({ data }: MessageEvent<ToWorlds>) => void code.then(({ take }) => take(data));
}

if (self.name === WORLDS) serveWorlds();
else serve(firstIn(self.name));
