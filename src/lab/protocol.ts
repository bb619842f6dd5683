/** What a page and the worker that holds its machine say to each other. Every message is plain data. */

import type { WindowSize } from '../engine/kernel/sys.ts';
import type { MachineSpec, TerminalId } from '../engine/machine/types.ts';

/** What the page calls itself when it only looks; dockerd keeps these requests out of its trace, since no reader asked for them. */
export const PAGE_AGENT = 'drydock-page';

export type RequestId = number;

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
    }
  /** Another tab has this lab: it is to save and let go. */
  | { readonly kind: 'take-over' }
  /** Is anybody there? Answered at once, whatever the machine does. */
  | { readonly kind: 'ping' }
  /** A terminal of that name: a new one, or the one that the journal has. */
  | { readonly kind: 'terminal'; readonly name: string; readonly size: WindowSize }
  | { readonly kind: 'type'; readonly terminal: TerminalId; readonly text: string }
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
  | { readonly kind: 'http-cancel'; readonly request: RequestId };

/** From the worker. */
export type ToPage =
  | { readonly kind: 'pong' }
  | { readonly kind: 'state'; readonly state: LabState; readonly share?: number; readonly message?: string }
  | { readonly kind: 'terminal'; readonly name: string; readonly terminal: TerminalId }
  | { readonly kind: 'output'; readonly terminal: TerminalId; readonly bytes: Uint8Array }
  | { readonly kind: 'closed'; readonly terminal: TerminalId; readonly status: number }
  | { readonly kind: 'script-done'; readonly request: RequestId; readonly status: number }
  | {
      readonly kind: 'http-head';
      readonly request: RequestId;
      readonly status: number;
      readonly headers: readonly (readonly [string, string])[];
    }
  | { readonly kind: 'http-body'; readonly request: RequestId; readonly bytes: Uint8Array }
  | { readonly kind: 'http-end'; readonly request: RequestId; readonly error?: string };

/**
 * `saved` and `unsaved` tell whether the journal is on the disk. `elsewhere`: another tab has this lab's machine.
 * `failed`: the machine stopped, and `hung`: it answered no more, twice; then only a reset helps.
 */
export type LabState = 'starting' | 'restoring' | 'running' | 'saved' | 'unsaved' | 'elsewhere' | 'failed' | 'hung';

/** How much of a journal was played, from 0 to 1; why it failed. */
export interface StateDetail {
  readonly share?: number;
  readonly message?: string;
}
