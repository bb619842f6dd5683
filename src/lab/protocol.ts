/** What a page and the worker that holds its machine say to each other. Every message is plain data. */

import type { WindowSize } from '../engine/kernel/sys.ts';
import type { Keyboard, MachineSpec, TerminalId } from '../engine/machine/types.ts';
import type { Difference } from './compare.ts';

/** What the page calls itself when it only looks; dockerd keeps these requests out of its trace, since no reader asked for them. */
export const PAGE_AGENT = 'drydock-page';

export type RequestId = number;

/** A journal that is opened in place of the one on the disk: checked, and agreed to by the reader. */
export interface Brought {
  readonly packed: Uint8Array;
  readonly isLink: boolean;
}

/** What is done about a journal whose playing did not come to its end before. */
export type Choice = 'all' | 'all-but-last';

/** From the page. */
export type ToWorker =
  /** Makes the machine of this lab, or restores it from its journal; `isFresh` forgets the journal. `catalogue`: where the images are. */
  | {
      readonly kind: 'open';
      readonly lab: string;
      readonly spec: MachineSpec;
      readonly catalogue: string;
      readonly isFresh: boolean;
      /** This page had a worker before. */
      readonly isRelaunch: boolean;
      /** The worker before this one stopped answering: its last step is not played again without being asked for. */
      readonly isAfterHang: boolean;
      readonly brought?: Brought;
    }
  /** Another tab has this lab: it is to save and let go. */
  | { readonly kind: 'take-over' }
  /** Is anybody there? Answered at once, whatever the machine does. */
  | { readonly kind: 'ping' }
  /** The answer to `asks`. */
  | { readonly kind: 'choose'; readonly choice: Choice }
  /** A terminal of that name: a new one, or the one that the journal has. */
  | { readonly kind: 'terminal'; readonly name: string; readonly size: WindowSize }
  /** `step`: this is a command of the reader's, which can be taken back by that name. `serial` grows with each. */
  | { readonly kind: 'type'; readonly terminal: TerminalId; readonly text: string; readonly serial: number; readonly step?: string }
  | { readonly kind: 'resize'; readonly terminal: TerminalId; readonly size: WindowSize }
  /** A line for a shell of its own on the host, whose output nobody sees. */
  | { readonly kind: 'script'; readonly request: RequestId; readonly line: string }
  /** A request to dockerd's socket, or to a published port of the host. */
  | {
      readonly kind: 'http';
      readonly request: RequestId;
      readonly port: number | null;
      readonly method: string;
      readonly target: string;
      readonly headers: readonly (readonly [string, string])[];
      readonly body: Uint8Array | null;
    }
  | { readonly kind: 'http-cancel'; readonly request: RequestId }
  /** Stand after so many steps. */
  | { readonly kind: 'go'; readonly position: number }
  /** Show how it was after so many steps, without going there; null: show what is. */
  | { readonly kind: 'peek'; readonly position: number | null }
  | { readonly kind: 'fork'; readonly label: string }
  | { readonly kind: 'enter-world'; readonly world: number; readonly label: string }
  | { readonly kind: 'forget-world'; readonly world: number }
  /** How another world differs from this one. */
  | { readonly kind: 'compare'; readonly request: RequestId; readonly world: number }
  /** The session as a file, as a link, or its lines as the text of an example. */
  | { readonly kind: 'export'; readonly request: RequestId; readonly as: 'file' | 'link' | 'console' };

/** A step of the journal, and the others that there are. Instants are the machine's, in nanoseconds since 1970, as text. */
export interface Timeline {
  /** `terminal`: where it was typed; null: a page did it. */
  readonly steps: readonly { readonly label: string; readonly atNs: string; readonly terminal: TerminalId | null }[];
  readonly position: number;
  /** The steps' number that is shown without being gone to. */
  readonly peeked: number | null;
  readonly worlds: readonly { readonly id: number; readonly label: string; readonly steps: number; readonly isLeft: boolean }[];
}

/** Something that the reader is told once. */
export type Notice = 'left-out' | 'snapshot' | 'not-a-journal';

/** From the worker. */
export type ToPage =
  | { readonly kind: 'pong' }
  | { readonly kind: 'state'; readonly state: LabState; readonly share?: number; readonly message?: string }
  | { readonly kind: 'notice'; readonly notice: Notice; readonly detail: string }
  /** Another machine, or this one at another time, is shown from here on: terminals begin again. What the last one was answering has ended. */
  | { readonly kind: 'scene' }
  | { readonly kind: 'timeline'; readonly timeline: Timeline }
  | { readonly kind: 'terminal'; readonly name: string; readonly terminal: TerminalId }
  | { readonly kind: 'output'; readonly terminal: TerminalId; readonly bytes: Uint8Array }
  | { readonly kind: 'closed'; readonly terminal: TerminalId; readonly status: number }
  /** How the terminal is listened to since everything up to `serial` was typed; told after what was printed until then. */
  | { readonly kind: 'keyboard'; readonly terminal: TerminalId; readonly keyboard: Keyboard; readonly serial: number }
  | { readonly kind: 'script-done'; readonly request: RequestId; readonly status: number }
  | { readonly kind: 'compared'; readonly request: RequestId; readonly differences: readonly Difference[] }
  /** `isWhole`: nothing had to be left out. Null: it is too long for a link. */
  | { readonly kind: 'exported'; readonly request: RequestId; readonly content: Uint8Array | string | null; readonly isWhole: boolean }
  | {
      readonly kind: 'http-head';
      readonly request: RequestId;
      readonly status: number;
      readonly headers: readonly (readonly [string, string])[];
    }
  | { readonly kind: 'http-body'; readonly request: RequestId; readonly bytes: Uint8Array }
  | { readonly kind: 'http-end'; readonly request: RequestId; readonly error?: string };

/**
 * `saved` and `unsaved` tell whether the journal is on the disk. `elsewhere`: another tab has this lab's machine. `past`: what is shown
 * is how it was, and typing goes there. `asks`: the journal did not come to its end when it was played last, and waits for a `choose`.
 * `failed`: the machine stopped, and `hung`: it answered no more, twice; then only a reset helps.
 */
export type LabState = 'starting' | 'restoring' | 'running' | 'saved' | 'unsaved' | 'past' | 'elsewhere' | 'asks' | 'failed' | 'hung';

/** A machine is there that answers; and there is none that will. */
export const ANSWERING: ReadonlySet<LabState | 'off'> = new Set<LabState>(['running', 'saved', 'unsaved', 'past']);
export const GONE: ReadonlySet<LabState | 'off'> = new Set<LabState>(['elsewhere', 'failed', 'hung']);

/** How much of a journal was played, from 0 to 1; why it failed. */
export interface StateDetail {
  readonly share?: number;
  readonly message?: string;
}
