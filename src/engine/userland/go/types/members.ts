/** Fields and methods: where a selector leads through embedded fields, and what a type implements. */
import { type Field, type FuncType, type InterfaceType, identical, type Method, type NamedType, type Type, under } from './types.ts';

/** A step to a field; `deref` first follows a pointer. */
export interface Step {
  readonly index: number;
  readonly deref: boolean;
}
export type Member =
  | { readonly kind: 'field'; readonly path: readonly Step[]; readonly field: Field }
  | { readonly kind: 'method'; readonly path: readonly Step[]; readonly method: Method; readonly on: NamedType; readonly deref: boolean }
  /** A method of an embedded interface, or of the interface itself. */
  | {
      readonly kind: 'interface-method';
      readonly path: readonly Step[];
      readonly name: string;
      readonly type: FuncType;
      readonly deref: boolean;
    };

interface Place {
  readonly type: Type;
  readonly path: readonly Step[];
}

const pointee = (type: Type): { readonly type: Type; readonly deref: boolean } => {
  const below = type.kind === 'pointer' ? type : type.kind === 'named' && type.underlying.kind === 'pointer' ? type.underlying : null;
  return below === null ? { type, deref: false } : { type: below.element, deref: true };
};

/** What `name` means on a value of `type` (or a pointer to one); undefined if nothing. */
export function memberOf(type: Type, name: string): Member | undefined {
  let level: readonly Place[] = [{ type, path: [] }];
  const seen = new Set<string>();
  while (level.length > 0) {
    const found = level.map((place) => ownMember(place, name)).filter((one) => one !== undefined);
    if (found.length > 0) return found[0];
    level = level.flatMap(({ type: outer, path }) => {
      const { type: inner, deref } = pointee(outer);
      if (seen.has(inner.key)) return [];
      seen.add(inner.key);
      const below = under(inner);
      if (below.kind !== 'struct') return [];
      return below.fields.flatMap((field, index) => (field.embedded ? [{ type: field.type, path: [...path, { index, deref }] }] : []));
    });
  }
  return undefined;
}

function ownMember({ type, path }: Place, name: string): Member | undefined {
  const { type: inner, deref } = pointee(type);
  if (inner.kind === 'named') {
    const method = inner.methods.get(name);
    if (method) return { kind: 'method', path, method, on: inner, deref };
  }
  const below = under(inner);
  if (below.kind === 'interface' && !deref) {
    const method = below.methods.find((one) => one.name === name);
    return method && { kind: 'interface-method', path, name, type: method.type, deref };
  }
  if (below.kind !== 'struct') return undefined;
  const index = below.fields.findIndex((field) => field.name === name);
  const field = below.fields[index];
  return field && { kind: 'field', path: [...path, { index, deref }], field };
}

/** A method in the method set of a type: one with a pointer for its receiver is only in that of pointers, or where a pointer is embedded. */
export function methodInSet(type: Type, name: string): Member | undefined {
  const member = memberOf(type, name);
  if (member?.kind === 'interface-method') return member;
  if (member?.kind !== 'method') return undefined;
  const isPointer = member.deref || member.path.some(({ deref }) => deref);
  return member.method.pointer && !isPointer ? undefined : member;
}

/** Why a type does not implement an interface, in the compiler's words; null if it does. */
export function missing(
  type: Type,
  wanted: InterfaceType,
): { readonly name: string; readonly why: 'missing' | 'pointer' | 'wrong' } | null {
  for (const { name, type: signature } of wanted.methods) {
    const member = methodInSet(type, name);
    if (member === undefined) return { name, why: memberOf(type, name)?.kind === 'method' ? 'pointer' : 'missing' };
    const own = member.kind === 'method' ? member.method.type : member.kind === 'interface-method' ? member.type : null;
    if (own === null || !identical(own, signature)) return { name, why: 'wrong' };
  }
  return null;
}
