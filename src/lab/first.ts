/**
 * The machine that a page will ask its worker for. It is told as the worker's name, which is there when the worker's code begins: a
 * message waits until the page has time to hand it over, and a page has much to do at its first touch.
 */
import type { MachineSpec } from '../engine/machine/types.ts';

export interface First extends Required<Pick<MachineSpec, 'start' | 'images'>> {
  /** Where the images are. */
  readonly catalogue: string;
}

export const nameOf = ({ start, images, catalogue }: First): string => JSON.stringify({ start, images, catalogue });

/** Null: the worker's name says something else. */
export function firstIn(name: string): First | null {
  return name.startsWith('{') ? (JSON.parse(name) as First) : null;
}
