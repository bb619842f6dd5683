/** Which imports of a file are used. */
import type { Declaration } from '../syntax/ast.ts';
import type { Context } from './context.ts';

/** What is compiled for its type arguments only, perhaps never. */
export const isGeneric = (one: Declaration): boolean =>
  one.kind === 'func' &&
  (one.typeParams.length > 0 ||
    one.receiver?.type.kind === 'index' ||
    (one.receiver?.type.kind === 'star' && one.receiver.type.x.kind === 'index'));

/** A generic declaration uses the packages that it names. */
export function markImports(node: unknown, { scope }: Context): void {
  if (typeof node !== 'object' || node === null) return;
  const { kind, x } = node as { readonly kind?: unknown; readonly x?: { readonly kind?: unknown; readonly name?: string } };
  const meaning = kind === 'selector' && x?.kind === 'name' ? scope.names.get(x.name ?? '') : undefined;
  if (meaning?.kind === 'package') meaning.used = true;
  for (const part of Object.values(node)) markImports(part, { scope } as Context);
}

export function reportImports({ package: owner, scope, file }: Context): void {
  for (const meaning of scope.names.values()) {
    if (meaning.kind !== 'package' || meaning.used) continue;
    const isUsual = meaning.path.split('/').at(-1) === meaning.name;
    owner.complaints.push({
      file,
      at: meaning.at,
      message: `"${meaning.path}" imported${isUsual ? '' : ` as ${meaning.name}`} and not used`,
    });
  }
}
