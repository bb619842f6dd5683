import type { EventMessage } from '../../api-types/index.ts';
import { showRfc3339Nano } from './time.ts';

/** A line of `docker events`. */
export function showEvent({ Type, Action, Actor }: EventMessage, timeNs: bigint): string {
  const attributes = Object.keys(Actor.Attributes ?? {})
    .sort()
    .map((name) => `${name}=${Actor.Attributes[name] ?? ''}`);
  const shown = attributes.length === 0 ? '' : ` (${attributes.join(', ')})`;
  return `${showRfc3339Nano(timeNs)} ${Type} ${Action} ${Actor.ID}${shown}`;
}
