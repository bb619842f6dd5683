/** What a step reads of what it does not stand on: copies, and mounts of a RUN. */
import type { CopyAction, Operation } from '../plan/vertex.ts';

export type Read = { readonly input: number } & ({ readonly action: CopyAction } | { readonly source: string });

/** What an operation reads of its inputs, beyond what it is built upon. */
export function readsOf(operation: Operation): readonly Read[] {
  if (operation.kind === 'file')
    return operation.actions.flatMap((action) => (action.kind === 'copy' && action.input >= 0 ? [{ input: action.input, action }] : []));
  if (operation.kind !== 'run') return [];
  return operation.mounts.flatMap(({ type, input, source }) => (type === 'bind' && input >= 0 ? [{ input, source }] : []));
}
