/** What a page and the worker that plays two worlds say to each other. */
import type { MachineSpec } from '../engine/machine/types.ts';
import type { Difference, Thing } from './compare.ts';

export interface PlayedLine {
  readonly command: string;
  readonly input: readonly string[];
}

export type ToWorlds =
  | { readonly kind: 'begin'; readonly spec: MachineSpec; readonly catalogue: string }
  /** The next line of each world. */
  | { readonly kind: 'line'; readonly left: PlayedLine; readonly right: PlayedLine };

/** How one world is after a line. */
export interface WorldState {
  readonly output: string;
  readonly status: number;
  readonly things: readonly Thing[];
}

export type FromWorlds =
  | { readonly kind: 'ready' }
  | { readonly kind: 'played'; readonly left: WorldState; readonly right: WorldState; readonly differences: readonly Difference[] }
  | { readonly kind: 'failed'; readonly message: string };
