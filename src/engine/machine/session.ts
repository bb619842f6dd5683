/**
 * A machine that is paced by a wall clock and keeps its journal: what a page and `drydock serve` hold.
 * Inputs are queued and enter between two turns of the scheduler; each is written down with the virtual instant it entered at,
 * so that playing the journal again makes the same machine.
 */
import { createDialer, type Dialer } from './dial.ts';
import type { Entry, Input, Instant, Journal, Machine, MachineSpec, Output } from './types.ts';

const NS_PER_MS = 1_000_000;
/** A machine that lags behind the wall by more does not try to catch up: its clock stood still meanwhile (a laptop's lid). */
const LONGEST_LAG_MS = 250;
/** Enough to tell two machines apart. */
const DIGEST_LENGTH = 12;

/** The host's clock and timers. */
export interface Pacer {
  nowMs(): number;
  /** Calls `wake` after so many milliseconds; returns what cancels it. */
  after(ms: number, wake: () => void): () => void;
}

export interface PaceOptions {
  readonly pacer: Pacer;
  readonly onOutput: (output: Output) => void;
  /** A new line of the journal, as soon as it took effect. */
  readonly onEntry?: (entry: Entry) => void;
  /** The machine has lived up to now, and everything that came has entered: a moment to look at it. */
  readonly onPass?: () => void;
  /** A bug of the machine; it does not run any more. */
  readonly onFault?: (error: unknown) => void;
}

export interface SessionOptions extends PaceOptions {
  readonly spec: MachineSpec;
  readonly create: (spec: MachineSpec) => Promise<Machine>;
  readonly entries?: Journal['entries'];
  /** How much of a restored journal was played, from 0 to 1. */
  readonly onProgress?: (share: number) => void;
}

export interface Session {
  readonly machine: Machine;
  readonly dialer: Dialer;
  /** `step`: this begins a step of the journal, by that name. */
  input(event: Input, step?: string): void;
  /** What enters next begins a step. */
  beginStep(step: string): void;
  /** Whether everything waits: for a timer, or for what is outside. */
  readonly isResting: boolean;
  /** No more passes; resolves when the machine stands still. */
  close(): Promise<void>;
}

const connectionIds = (entries: Journal['entries']): number[] =>
  entries.flatMap(({ input }) => (input.kind === 'dial' ? [input.connection] : []));

export const digestOf = (machine: Machine): string => machine.digest().slice(0, DIGEST_LENGTH);

export interface ReplayOptions {
  readonly onProgress?: (share: number) => void;
  /** Asked at every tick: leave off here? */
  readonly stop?: () => boolean;
}

/**
 * Plays a journal on a fresh machine. Resolves to how many entries were played: all of them, unless `stop` said so, or up to
 * the one at which the machine had not printed what it printed when the journal was written.
 */
export async function replay(
  machine: Machine,
  entries: Journal['entries'],
  { onProgress = () => {}, stop }: ReplayOptions = {},
): Promise<number> {
  for (const [index, { at, input, digest }] of entries.entries()) {
    if ((await machine.run(at, stop ? { stop } : {})) === 'stopped') return index;
    if (digest !== undefined && digest !== digestOf(machine)) return index;
    machine.input(input);
    onProgress((index + 1) / entries.length);
  }
  return entries.length;
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
  const { entries = [], onProgress, onOutput } = options;
  machine.onOutput(onOutput);
  await replay(machine, entries, onProgress ? { onProgress } : {});
  return pace(machine, entries, { ...options, onOutput: () => {} });
}

/** Lets a machine that has played `entries` run with the wall clock from where it stands. */
export function pace(machine: Machine, entries: Journal['entries'], options: PaceOptions): Session {
  const paced = new PacedMachine(machine, options);
  const dialer = createDialer((event) => paced.input(event), Math.max(0, ...connectionIds(entries)) + 1);
  machine.onOutput(dialer.take);
  for (const event of cutOffs(entries)) paced.input(event);
  const ended = paced.run().catch((error: unknown) => options.onFault?.(error));
  return {
    machine,
    dialer,
    input: (event, step) => paced.input(event, step),
    beginStep: (step) => paced.beginStep(step),
    get isResting() {
      return paced.isResting;
    },
    close: () => {
      paced.close();
      return ended;
    },
  };
}

class PacedMachine {
  readonly #machine: Machine;
  readonly #options: PaceOptions;
  readonly #pending: { readonly event: Input; readonly step?: string }[] = [];
  #closed = false;
  #nextStep: string | undefined;
  #wake: (() => void) | null = null;

  constructor(machine: Machine, options: PaceOptions) {
    this.#machine = machine;
    this.#options = options;
    machine.onOutput((output) => {
      if (!this.#closed) options.onOutput(output);
    });
  }

  get isResting(): boolean {
    return this.#wake !== null;
  }

  input(event: Input, step = this.#nextStep): void {
    this.#nextStep = undefined;
    this.#pending.push({ event, ...(step === undefined ? {} : { step }) });
    this.#wake?.();
  }

  beginStep(step: string): void {
    this.#nextStep = step;
  }

  close(): void {
    this.#closed = true;
    this.#wake?.();
  }

  async run(): Promise<void> {
    const machine = this.#machine;
    const { pacer } = this.#options;
    const machineMs = (): number => Number(machine.now()) / NS_PER_MS;
    let origin = pacer.nowMs() - machineMs();
    while (!this.#closed) {
      this.#enter();
      const target: Instant = BigInt(Math.round((pacer.nowMs() - origin) * NS_PER_MS));
      await machine.run(target > machine.now() ? target : machine.now(), { stop: () => this.#pending.length > 0 || this.#closed });
      const lagMs = pacer.nowMs() - origin - machineMs();
      if (lagMs > LONGEST_LAG_MS) origin += lagMs;
      if (this.#pending.length > 0) continue;
      if (!this.#closed) this.#options.onPass?.();
      const next = machine.nextInstant();
      const waitMs = next === null ? null : Number(next) / NS_PER_MS - (pacer.nowMs() - origin);
      await this.#rest(waitMs === null ? null : Math.max(0, waitMs));
    }
  }

  #enter(): void {
    const { onEntry } = this.#options;
    for (const { event, step } of this.#pending.splice(0)) {
      onEntry?.({ at: this.#machine.now(), input: event, digest: digestOf(this.#machine), ...(step === undefined ? {} : { step }) });
      this.#machine.input(event);
    }
  }

  #rest(ms: number | null): Promise<void> {
    if (this.#pending.length > 0 || this.#closed) return Promise.resolve();
    return new Promise((resolve) => {
      const cancel = ms === null ? () => {} : this.#options.pacer.after(ms, () => this.#wake?.());
      this.#wake = () => {
        this.#wake = null;
        cancel();
        resolve();
      };
    });
  }
}
