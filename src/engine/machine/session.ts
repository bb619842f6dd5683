/**
 * A machine that is paced by a wall clock and keeps its journal: what a page and `drydock serve` hold.
 * Inputs are queued and enter between two turns of the scheduler; each is written down with the virtual instant it entered at,
 * so that playing the journal again makes the same machine.
 */
import { createDialer, type Dialer } from './dial.ts';
import type { Input, Instant, Journal, Machine, MachineSpec, Output } from './types.ts';

const NS_PER_MS = 1_000_000;
/** A machine that lags behind the wall by more does not try to catch up: its clock stood still meanwhile (a laptop's lid). */
const LONGEST_LAG_MS = 250;

/** The host's clock and timers. */
export interface Pacer {
  nowMs(): number;
  /** Calls `wake` after so many milliseconds; returns what cancels it. */
  after(ms: number, wake: () => void): () => void;
}

export interface SessionOptions {
  readonly spec: MachineSpec;
  readonly create: (spec: MachineSpec) => Promise<Machine>;
  readonly pacer: Pacer;
  readonly entries?: Journal['entries'];
  readonly onOutput: (output: Output) => void;
  /** A new line of the journal, as soon as it took effect. */
  readonly onEntry?: (entry: Journal['entries'][number]) => void;
  /** How much of a restored journal was played, from 0 to 1. */
  readonly onProgress?: (share: number) => void;
  /** A bug of the machine; it does not run any more. */
  readonly onFault?: (error: unknown) => void;
}

export interface Session {
  readonly machine: Machine;
  readonly dialer: Dialer;
  input(event: Input): void;
  close(): void;
}

const connectionIds = (entries: Journal['entries']): number[] =>
  entries.flatMap(({ input }) => (input.kind === 'dial' ? [input.connection] : []));

/** Plays a journal on a fresh machine. */
export async function replay(machine: Machine, entries: Journal['entries'], onProgress: (share: number) => void = () => {}): Promise<void> {
  for (const [index, { at, input }] of entries.entries()) {
    await machine.run(at);
    machine.input(input);
    onProgress((index + 1) / entries.length);
  }
}

/** Connections of a page that is gone: they are cut, as a closed browser's are. */
function cutOffs(entries: Journal['entries']): Input[] {
  const cut = new Set(entries.flatMap(({ input }) => (input.kind === 'abort' ? [input.connection] : [])));
  return connectionIds(entries)
    .filter((id) => !cut.has(id))
    .map((connection) => ({ kind: 'abort', connection }));
}

/** Makes the machine, plays `entries`, and lets it run with the wall clock from there on. */
export async function openSession(options: SessionOptions): Promise<Session> {
  const machine = await options.create(options.spec);
  const entries = options.entries ?? [];
  const pending: Input[] = [];
  let wake: () => void = () => {};
  let closed = false;
  const input = (event: Input): void => {
    pending.push(event);
    wake();
  };
  const dialer = createDialer(input, Math.max(0, ...connectionIds(entries)) + 1);
  machine.onOutput((output) => {
    dialer.take(output);
    options.onOutput(output);
  });
  await replay(machine, entries, options.onProgress);
  pending.push(...cutOffs(entries));

  const enter = (): void => {
    for (const event of pending.splice(0)) {
      options.onEntry?.({ at: machine.now(), input: event });
      machine.input(event);
    }
  };
  const rest = (ms: number | null): Promise<void> =>
    new Promise((resolve) => {
      const cancel = ms === null ? () => {} : options.pacer.after(ms, () => wake());
      wake = () => {
        cancel();
        wake = () => {};
        resolve();
      };
      if (pending.length > 0 || closed) wake();
    });
  const loop = async (): Promise<void> => {
    let origin = options.pacer.nowMs() - Number(machine.now()) / NS_PER_MS;
    while (!closed) {
      enter();
      const wallMs = options.pacer.nowMs() - origin;
      const target: Instant = BigInt(Math.round(wallMs * NS_PER_MS));
      await machine.run(target > machine.now() ? target : machine.now(), { stop: () => pending.length > 0 || closed });
      const lagMs = options.pacer.nowMs() - origin - Number(machine.now()) / NS_PER_MS;
      if (lagMs > LONGEST_LAG_MS) origin += lagMs;
      if (pending.length > 0) continue;
      const next = machine.nextInstant();
      const waitMs = next === null ? null : Number(next) / NS_PER_MS - (options.pacer.nowMs() - origin);
      if (waitMs === null || waitMs > 0) await rest(waitMs);
      else await rest(0);
    }
  };
  loop().catch((error: unknown) => options.onFault?.(error));
  return {
    machine,
    dialer,
    input,
    close: () => {
      closed = true;
      wake();
    },
  };
}
