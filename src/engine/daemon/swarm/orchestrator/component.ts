/**
 * Parts of a manager, each of which looks after one thing: it hears of every change of the store, and is then asked to act. What it
 * waits for is a deadline that it names, never a timer of its own, so a manager is one task, and its order is fixed.
 */
import type { Sys } from '../../../kernel/sys.ts';
import type { AnyChange, ClusterStore } from '../store.ts';

/** Nanoseconds of the monotonic clock. */
export type Instant = bigint;

export interface Component {
  handle(change: AnyChange): void;
  /** Does what there is to do now. Answers when to ask again at the latest, if it waits for a time. */
  tick(now: Instant): Instant | undefined;
}

export interface ManagerParts {
  readonly sys: Sys;
  readonly store: ClusterStore;
}

export const earliest = (instants: Iterable<Instant | undefined>): Instant | undefined => {
  let first: Instant | undefined;
  for (const one of instants) if (one !== undefined && (first === undefined || one < first)) first = one;
  return first;
};
