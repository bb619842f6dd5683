/** Names and what they mean: the scopes of a package, from the universe down to a block. */

import type { FuncCode } from '../runtime/frame.ts';
import type { Cell, Value } from '../runtime/values.ts';
import type { Declaration, FuncDeclaration } from '../syntax/ast.ts';
import type { Fraction } from '../syntax/fraction.ts';
import type { Position } from '../syntax/tokens.ts';
import type { FuncType, NamedType, Type } from '../types/types.ts';
import type { Package } from './package.ts';

/** Integers are bigints, floats exact fractions, strings have one character for each byte. */
export type Constant = bigint | Fraction | string | boolean;

export interface Variable {
  readonly kind: 'var';
  readonly name: string;
  readonly at: Position;
  readonly type: Type;
  /** The function whose frame it is in, and where; null for those of the package. */
  readonly home: FuncContext | null;
  readonly slot: number;
  readonly cell: Cell | null;
  used: boolean;
}
export type TypeDeclaration = Extract<Declaration, { kind: 'type' }>;

export type Meaning =
  | Variable
  | { readonly kind: 'const'; readonly name: string; readonly type: Type; readonly value: Constant }
  | { readonly kind: 'type'; readonly type: Type }
  | {
      readonly kind: 'generic-type';
      readonly declaration: TypeDeclaration;
      readonly owner: Package;
      readonly made: Map<string, NamedType>;
      readonly methods: FuncDeclaration[];
    }
  | { readonly kind: 'func'; readonly name: string; readonly type: FuncType; readonly code: FuncCode; readonly value: Value }
  | {
      readonly kind: 'generic-func';
      readonly declaration: FuncDeclaration;
      readonly owner: Package;
      readonly made: Map<string, { readonly type: FuncType; readonly code: FuncCode }>;
    }
  | {
      readonly kind: 'package';
      readonly package: Package;
      used: boolean;
      readonly at: Position;
      readonly path: string;
      readonly name: string;
    }
  | { readonly kind: 'builtin'; readonly name: string }
  | { readonly kind: 'nil' }
  /** Declared in the package, and not yet looked at. */
  | { readonly kind: 'pending'; readonly resolve: () => Meaning };

export class Scope {
  readonly parent: Scope | null;
  readonly names = new Map<string, Meaning>();
  /** Where each was declared. */
  readonly places = new Map<string, Position>();

  constructor(parent: Scope | null) {
    this.parent = parent;
  }

  find(name: string): Meaning | undefined {
    for (let scope: Scope | null = this; scope !== null; scope = scope.parent) {
      const found = scope.names.get(name);
      if (found?.kind === 'pending') {
        const meaning = found.resolve();
        scope.names.set(name, meaning);
        return meaning;
      }
      if (found) return found;
    }
    return undefined;
  }
}

/** A function while it is compiled: its slots, and the variables of functions around it that it uses. */
export class FuncContext {
  readonly parent: FuncContext | null;
  readonly type: FuncType;
  readonly captures: Variable[] = [];
  /** The variables of named results. */
  results: readonly Variable[] = [];
  slots = 0;
  #variables: Variable[] = [];

  constructor(parent: FuncContext | null, type: FuncType) {
    this.parent = parent;
    this.type = type;
  }

  declare(name: string, type: Type, at: Position): Variable {
    const variable: Variable = { kind: 'var', name, at, type, home: this, slot: this.slots, cell: null, used: false };
    this.slots += 1;
    this.#variables.push(variable);
    return variable;
  }

  /** Its index among what is captured. */
  capture(variable: Variable): number {
    const known = this.captures.indexOf(variable);
    if (known >= 0) return known;
    this.captures.push(variable);
    return this.captures.length - 1;
  }

  get unused(): readonly Variable[] {
    return this.#variables.filter(({ used, name }) => !used && name !== '_');
  }
}
