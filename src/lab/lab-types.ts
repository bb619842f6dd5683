/** What the page's end of a lab hands out and is handed. */
import type { WindowSize } from '../engine/kernel/sys.ts';
import type { Keyboard, TerminalId } from '../engine/machine/types.ts';
import type { LabState, StateDetail } from './protocol.ts';

export interface TerminalListener {
  /** What follows is printed from the beginning: an empty screen. */
  restart(): void;
  output(bytes: Uint8Array): void;
  /** What was printed so far was history; what comes now happens now. */
  live(): void;
  closed(status: number): void;
  /** How what is typed is listened to, now that everything typed so far has arrived; `isLatest`: nothing was typed since. */
  keyboard(keyboard: Keyboard, isLatest: () => boolean): void;
}

export interface LabTerminal {
  /** Its number on the machine; null: there is none at the moment. */
  id(): TerminalId | null;
  /** `step`: a command of the reader's, which can be taken back by that name. */
  type(text: string, step?: string): void;
  resize(size: WindowSize): void;
}

export interface LabRequest {
  readonly method?: string;
  readonly headers?: readonly (readonly [string, string])[];
  readonly body?: Uint8Array;
  /** A published port of the machine's host; dockerd's socket if absent. */
  readonly port?: number;
}

/** What an export gave: null if it is too long for a link; `isWhole` unless something had to be left out. */
export interface Exported {
  readonly content: Uint8Array | string | null;
  readonly isWhole: boolean;
}

export type StateListener = (state: LabState | 'off', detail: StateDetail) => void;
