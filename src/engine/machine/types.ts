/** What everything outside sees of a machine. */
import type { Dial } from '../http/types.ts';
import type { WindowSize } from '../kernel/sys.ts';
import type { CatalogueReader } from '../registry/catalogue-reader.ts';

/** Virtual nanoseconds since the machine was switched on. */
export type Instant = bigint;
export type TerminalId = number;
export type ConnectionId = number;

export interface MachineSpec {
  readonly seed: number;
  readonly engineVersion: string;
  /** Which hosts, names and files surround it: the book's or the recordings'. */
  readonly world: 'book' | 'oracle';
  /** What is there at the start: `empty`, `images` (the images named below are pulled already). */
  readonly start: string;
  readonly images?: readonly string[];
  /** Further files of the start: path → text or bytes, and a mode. */
  readonly files?: readonly StartFile[];
  readonly needs?: readonly string[];
  /** The wall clock when it is switched on, in nanoseconds since 1970; the book's own day, if absent. */
  readonly epochNs?: bigint;
}
export interface StartFile {
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly mode: number;
}

/** What the host hands in: nothing of it can be seen from inside. */
export interface Host {
  readonly catalogue: CatalogueReader;
  /** A real turn of the host's event loop. Called every few milliseconds of real time. */
  breathe(): Promise<void>;
  /** Real milliseconds, only to decide when to breathe. */
  nowMs(): number;
}

/** Everything that enters a machine after its start. Each is played at its instant. */
export type Input =
  | {
      readonly kind: 'open-terminal';
      readonly terminal: TerminalId;
      readonly size: WindowSize;
      readonly command?: readonly string[];
      readonly env?: readonly (readonly [string, string])[];
      readonly cwd?: string;
    }
  | { readonly kind: 'type'; readonly terminal: TerminalId; readonly text: string }
  | { readonly kind: 'resize'; readonly terminal: TerminalId; readonly size: WindowSize }
  | { readonly kind: 'hang-up'; readonly terminal: TerminalId }
  | {
      readonly kind: 'run';
      readonly job: number;
      readonly argv: readonly string[];
      readonly env?: readonly (readonly [string, string])[];
      readonly cwd?: string;
      readonly uid?: number /** With an input of its own, and a descriptor 3 whose output is the stream `status`. */;
      readonly interactive?: boolean;
    }
  | { readonly kind: 'feed'; readonly job: number; readonly bytes: Uint8Array }
  | { readonly kind: 'feed-end'; readonly job: number }
  | {
      readonly kind: 'dial';
      readonly connection: ConnectionId;
      readonly to: { readonly unix: string } | { readonly host: string; readonly port: number };
    }
  | { readonly kind: 'send'; readonly connection: ConnectionId; readonly bytes: Uint8Array }
  | { readonly kind: 'end'; readonly connection: ConnectionId }
  | { readonly kind: 'abort'; readonly connection: ConnectionId };

export type JobStream = 'stdout' | 'stderr' | 'status';

/** Everything that leaves it, in order. */
export type Output =
  | { readonly kind: 'terminal'; readonly terminal: TerminalId; readonly bytes: Uint8Array }
  | { readonly kind: 'terminal-closed'; readonly terminal: TerminalId; readonly status: number }
  | { readonly kind: 'job'; readonly job: number; readonly stream: JobStream; readonly bytes: Uint8Array }
  | { readonly kind: 'job-done'; readonly job: number; readonly status: number }
  | { readonly kind: 'connected'; readonly connection: ConnectionId }
  | { readonly kind: 'refused'; readonly connection: ConnectionId; readonly code: string }
  | { readonly kind: 'received'; readonly connection: ConnectionId; readonly bytes: Uint8Array }
  | { readonly kind: 'ended'; readonly connection: ConnectionId };

/** What a look saw. `nobody`: no Engine answers. `moves`: this cannot be answered by looking; a request that enters the machine can ask it. */
export type Look =
  | {
      readonly kind: 'seen';
      readonly status: number;
      readonly headers: readonly (readonly [string, string])[];
      readonly body: Uint8Array;
    }
  | { readonly kind: 'nobody' }
  | { readonly kind: 'moves' };

/** Why `run` came back: the instant was reached, nothing moves before any instant, the caller's condition held, or a bound was met. */
export type RunResult = 'until' | 'idle' | 'stopped' | 'too-many-turns';

/** How a terminal's keyboard is listened to. */
export interface Keyboard {
  /** Everything typed has been read, what came of it has left, and a program of the foreground waits for more. */
  readonly isAwaited: boolean;
  /** Each key goes to a program as it comes; else whole lines do. */
  readonly isRaw: boolean;
}

export interface Machine {
  now(): Instant;
  /** Lets time pass: until then, never further. `stop` is asked after every turn of the scheduler. */
  run(until: Instant, options?: { readonly stop?: () => boolean; readonly maxTurns?: number }): Promise<RunResult>;
  /** When something will happen by itself: the next timer; null if everything waits for input. `now()` if a task is ready. */
  nextInstant(): Instant | null;
  /** Something arrives, now. */
  input(event: Input): void;
  /** What left since the last call. */
  onOutput(listener: (output: Output) => void): void;
  /** Dials from outside as a process of the host would: dockerd's socket, a published port. Needs somebody who runs the machine. */
  readonly dial: Dial;
  /** Asks the Engine something by GET while everything stands still: nothing of the machine is another afterwards, not even its time. */
  look(target: string): Promise<Look>;
  /** Whether anybody listens to what is typed there, as it is now; null if there is no such terminal. Nothing moves by asking. */
  keyboard(terminal: TerminalId): Keyboard | null;
  /** Told of each event of the Engine, as the line that `/events` has for it; `null` when an Engine begins or ceases to answer. */
  onEvent(listener: (line: string | null) => void): void;
  /** Bugs of the model's own programs so far, as sentences: none, unless something is wrong with Drydock itself. */
  faults(): readonly string[];
  /** SHA-256 over all output so far: the same journal gives the same digest everywhere. */
  digest(): string;
}

/** One input of a journal. */
export interface Entry {
  readonly at: Instant;
  readonly input: Input;
  /** The beginning of the machine's digest when it entered: whether a machine that plays the journal is the same one. */
  readonly digest?: string;
  /** It is the first of a step, which can be taken back: what whoever typed would call it. */
  readonly step?: string;
}

/** All that is needed to make the same machine again. */
export interface Journal {
  readonly version: 1;
  readonly spec: MachineSpec;
  readonly entries: readonly Entry[];
}
