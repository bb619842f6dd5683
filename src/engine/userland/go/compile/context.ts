/** Where the compiler is: package, file, scope and function; and how it complains. */
import type { Position } from '../syntax/tokens.ts';
import { typeText } from '../types/text.ts';
import type { Type } from '../types/types.ts';
import type { Package } from './package.ts';
import { type FuncContext, type Meaning, Scope } from './scope.ts';

/** One complaint, at its place. */
export interface Complaint {
  readonly file: string;
  readonly at: Position;
  readonly message: string;
}

export interface Context {
  readonly package: Package;
  /** As messages name it. */
  readonly file: string;
  readonly scope: Scope;
  readonly fn: FuncContext | null;
  /** The constant of the line within its group. */
  readonly iota: bigint | null;
  /** What `break` and `continue` may leave here. */
  readonly inside?: { readonly loop: boolean; readonly breakable: boolean; readonly labels: readonly string[] };
}

export const inner = (context: Context): Context => ({ ...context, scope: new Scope(context.scope) });

/** The inside of a loop, or of another statement that `break` leaves. */
export const breakable = (context: Context, isLoop: boolean): Context => ({
  ...inner(context),
  inside: { loop: isLoop || (context.inside?.loop ?? false), breakable: true, labels: context.inside?.labels ?? [] },
});

export function complain({ package: owner, file }: Context, at: Position, message: string): void {
  owner.complaints.push({ file, at, message });
}

/** A type as messages of this package write it. */
export const textOf = (context: Context, type: Type): string => typeText(type, (path, name) => (path === context.package.path ? '' : name));

/** Gives a name its meaning in the present scope; `_` means nothing. */
export function declare(context: Context, name: string, at: Position, meaning: Meaning): void {
  if (name === '_') return;
  const { scope } = context;
  const before = scope.places.get(name);
  if (before !== undefined && scope.names.has(name)) {
    complain(context, at, `${name} redeclared in this block\n\t${placeText(context.file, before)}: other declaration of ${name}`);
    return;
  }
  scope.names.set(name, meaning);
  scope.places.set(name, at);
}

export const placeText = (file: string, at: Position): string => `${file}:${Math.floor(at / 4096)}:${at % 4096}`;
