/** Graphs of operations (LLB), as far as they are looked at. Upstream: moby/buildkit solver/pb/ops.proto. */
import { list, message, one, text } from './message.ts';

/** A graph of a client's own making: BuildKit's LLB. */
export interface Definition {
  /** Operations, see OP. */
  readonly def: readonly Uint8Array[];
}
export const DEFINITION = { def: list(1, 'bytes') };

/** An operation: one of these. */
export interface Operation {
  readonly exec?: object;
  readonly source?: { readonly identifier: string };
  readonly build?: object;
  readonly merge?: object;
  readonly diff?: object;
}
export const OP = message<Operation>({
  exec: one(2, {}),
  source: one(3, { identifier: text(1) }),
  build: one(5, {}),
  merge: one(6, {}),
  diff: one(7, {}),
});
