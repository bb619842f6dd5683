/** The worker of a page: holds its one machine, paces it by the wall clock, keeps its journal, and answers the page. */
import { BOOT_CODE, type Fetch, PROMPT_CODE } from '../engine/machine/first-code.ts';
import { createMachine } from '../engine/machine/machine.ts';
import { openSession, type Session } from '../engine/machine/session.ts';
import type { MachineSpec, Output, TerminalId } from '../engine/machine/types.ts';
import { browserHost, browserPacer } from './browser-host.ts';
import { createRequests, type Requests } from './http.ts';
import { type LabLock, labLock } from './lock.ts';
import type { LabState, ToPage, ToWorker } from './protocol.ts';
import { type Entry, openStore, type Store } from './store.ts';

/** How long entries are gathered before they are written together. */
const SAVE_AFTER_MS = 150;

interface Lab {
  readonly name: string;
  readonly run: number;
  readonly spec: MachineSpec;
  readonly session: Session;
  readonly requests: Requests;
  /** Terminals by the page's names; the id is the place in the list, from 1. */
  readonly terminals: string[];
  /** The number of the next script's job: above those of the journal. */
  nextJob: number;
  /** Entries not written yet, and how many were. */
  readonly unsaved: Entry[];
  saved: number;
  saving: boolean;
}

const post = (message: ToPage): void => self.postMessage(message);
const tell = (state: LabState, more: { share?: number; message?: string } = {}): void => post({ kind: 'state', state, ...more });

/** Jobs by number, and the page's requests that wait for them. Those of a journal have nobody who waits. */
const scripts = new Map<number, number>();

function passOutput(output: Output): void {
  if (output.kind === 'job-done') finishScript(output.job, output.status);
  if (output.kind === 'terminal') post({ kind: 'output', terminal: output.terminal, bytes: output.bytes });
  if (output.kind === 'terminal-closed') post({ kind: 'closed', terminal: output.terminal, status: output.status });
}

function finishScript(job: number, status: number): void {
  const request = scripts.get(job);
  if (request === undefined) return;
  scripts.delete(job);
  post({ kind: 'script-done', request, status });
}

async function save(store: Store | null, lab: Lab): Promise<void> {
  const entries = lab.unsaved.splice(0);
  if (entries.length === 0) return;
  try {
    if (!store) throw new Error('this browser keeps no data for this page');
    await store.append({ lab: lab.name, run: lab.run, spec: lab.spec, terminals: lab.terminals }, lab.saved, entries);
    lab.saved += entries.length;
    if (!failed) tell('saved');
  } catch (error) {
    // Nothing is lost while the page is open: the entries wait for the next attempt.
    lab.unsaved.unshift(...entries);
    if (!failed) tell('unsaved', { message: error instanceof Error ? error.message : String(error) });
  }
}

/** One write at a time: the next begins where the one before it has ended, or entries would take each other's places. */
function saveSoon(store: Store | null, lab: Lab): void {
  if (lab.saving) return;
  lab.saving = true;
  setTimeout(async () => {
    const before = lab.saved;
    await save(store, lab);
    lab.saving = false;
    // What came meanwhile. After a write that failed, the next input tries again.
    if (lab.unsaved.length > 0 && lab.saved > before) saveSoon(store, lab);
  }, SAVE_AFTER_MS);
}

/** Whoever needs the code asks for it again, and tells if it cannot be had. */
const fetchAhead = (code: readonly Fetch[]): void => {
  for (const fetch of code) fetch().catch(() => {});
};

interface Opening {
  readonly name: string;
  readonly spec: MachineSpec;
  readonly catalogue: string;
}

async function open(store: Store | null, { name, spec, catalogue }: Opening): Promise<Lab> {
  tell('starting');
  fetchAhead(BOOT_CODE);
  const stored = (await store?.load(name)) ?? null;
  // A journal of another engine would not make the same machine.
  const usable = stored?.head.spec.engineVersion === spec.engineVersion ? stored : null;
  const started: { lab?: Lab } = {};
  const unsaved: Entry[] = [];
  const session = await openSession({
    spec: usable?.head.spec ?? spec,
    create: (wanted) => createMachine(wanted, browserHost(catalogue)),
    pacer: browserPacer,
    entries: usable?.entries ?? [],
    onOutput: passOutput,
    onEntry: (entry) => {
      unsaved.push(entry);
      if (started.lab) saveSoon(store, started.lab);
    },
    onProgress: (share) => tell('restoring', { share }),
    onFault: fail,
  });
  const run = usable?.head.run ?? (stored?.head.run ?? 0) + 1;
  const requests = createRequests(session.dialer.dial, post);
  const lab: Lab = {
    name,
    run,
    spec: usable?.head.spec ?? spec,
    session,
    requests,
    terminals: [...(usable?.head.terminals ?? [])],
    nextJob: 1 + (usable?.entries ?? []).reduce((most, { input }) => (input.kind === 'run' ? Math.max(most, input.job) : most), 0),
    unsaved,
    saved: usable?.entries.length ?? 0,
    saving: false,
  };
  started.lab = lab;
  saveSoon(store, lab);
  for (const [index, terminal] of lab.terminals.entries()) post({ kind: 'terminal', name: terminal, terminal: index + 1 });
  tell('running');
  fetchAhead(PROMPT_CODE);
  return lab;
}

function terminal(lab: Lab, { name, size }: Extract<ToWorker, { kind: 'terminal' }>): void {
  const known = lab.terminals.indexOf(name);
  const id: TerminalId = known >= 0 ? known + 1 : lab.terminals.push(name);
  lab.session.input(known >= 0 ? { kind: 'resize', terminal: id, size } : { kind: 'open-terminal', terminal: id, size });
  post({ kind: 'terminal', name, terminal: id });
}

function script(lab: Lab, { request, line }: Extract<ToWorker, { kind: 'script' }>): void {
  const job = lab.nextJob++;
  scripts.set(job, request);
  lab.session.input({ kind: 'run', job, argv: ['sh', '-c', line] });
}

function handle(lab: Lab, message: ToWorker): void {
  if (message.kind === 'terminal') terminal(lab, message);
  else if (message.kind === 'type' || message.kind === 'resize') lab.session.input(message);
  else if (message.kind === 'script') script(lab, message);
  else if (message.kind === 'http') lab.requests.start(message);
  else if (message.kind === 'http-cancel') lab.requests.cancel(message.request);
}

let failed = false;

function fail(error: unknown): void {
  failed = true;
  tell('failed', { message: error instanceof Error ? (error.stack ?? error.message) : String(error) });
}

/** Messages in order, one after the other: what comes while the machine is being made waits for it. */
function serve(): void {
  const store = openStore().catch(() => null);
  let lock: LabLock | null = null;
  let current: Promise<Lab | null> = Promise.resolve(null);
  const then = (step: (lab: Lab | null) => Promise<Lab | null>): void => {
    current = current.then((lab) =>
      step(lab).catch((error: unknown) => {
        fail(error);
        return lab;
      }),
    );
  };
  /** Another tab wants the lab: everything is written down, and the machine is gone here. */
  const giveUp = (): void =>
    then(async (lab) => {
      lab?.session.close();
      if (lab) await save(await store, lab);
      tell('elsewhere');
      lock?.release();
      return null;
    });
  const begin = async (message: Extract<ToWorker, { kind: 'open' }>): Promise<Lab> => {
    await lock?.acquire(message.isRelaunch, () => tell('elsewhere'));
    const disk = await store;
    if (message.isFresh) await disk?.clear(message.lab);
    return open(disk, { name: message.lab, spec: message.spec, catalogue: message.catalogue });
  };
  self.onmessage = ({ data }: MessageEvent<ToWorker>) => {
    if (data.kind === 'ping') post({ kind: 'pong' });
    else if (data.kind === 'take-over') lock?.takeOver();
    else if (data.kind === 'open') {
      lock = labLock(data.lab, giveUp);
      then(() => begin(data));
    } else
      then(async (lab) => {
        if (lab) handle(lab, data);
        return lab;
      });
  };
}

serve();
