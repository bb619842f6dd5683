/** A code object while it is being written. */
import type { Value } from '../runtime/values.ts';
import type { Expr, Span } from '../syntax/ast.ts';
import { SyntaxFault } from '../syntax/fault.ts';
import type { Version } from '../versions/versions.ts';
import { type Code, OP, type Op, type Place } from './code.ts';
import { classNameOf, mangle, type Scope, type Scopes } from './scopes.ts';

/** A place that jumps lead to, known when it is reached. */
export interface Label {
  at: number;
  readonly uses: number[];
}

/** What leaving a block takes: a loop's jump targets, or what must be done on the way out. */
export type Block =
  | { readonly kind: 'loop'; readonly start: Label; readonly end: Label; readonly isFor: boolean }
  | { readonly kind: 'try' }
  | { readonly kind: 'finally'; readonly unwind: () => void }
  | { readonly kind: 'handler'; readonly name: string | null }
  | { readonly kind: 'value' };

export interface CompileOptions {
  /** Lines at a prompt show what they are worth. */
  readonly isInteractive: boolean;
  readonly version: Version;
  /** After `from __future__ import annotations`: annotations are kept as their text. */
  readonly annotationText?: (node: Expr) => string;
}

export class Builder {
  readonly code: Code;
  readonly scope: Scope;
  readonly scopes: Scopes;
  readonly outer: Builder | null;
  readonly blocks: Block[] = [];
  readonly options: CompileOptions;
  #place: Place = { line: 1, col: 0, endLine: 1, endCol: 0 };
  readonly #constants = new Map<unknown, number>();

  constructor(code: Code, { scope, scopes, outer, options }: Pick<Builder, 'scope' | 'scopes' | 'outer' | 'options'>) {
    this.code = code;
    this.scope = scope;
    this.scopes = scopes;
    this.outer = outer;
    this.options = options;
    code.cells.push(...scope.cells);
    code.free.push(...scope.free);
  }

  emit(op: Op, arg = 0): number {
    this.code.ops.push(OP[op]);
    this.code.args.push(arg);
    this.code.places.push(this.#place);
    return this.code.ops.length - 1;
  }

  /** Instructions that follow come from here. */
  at(place: Place): void {
    this.#place = place;
  }

  /** The place that is being compiled. */
  get place(): Place {
    return this.#place;
  }

  label(): Label {
    return { at: -1, uses: [] };
  }

  jump(op: Op, label: Label): void {
    const at = this.emit(op, label.at);
    if (label.at < 0) label.uses.push(at);
  }

  mark(label: Label): void {
    label.at = this.code.ops.length;
    for (const use of label.uses) this.code.args[use] = label.at;
  }

  constant(value: Value): void {
    const key = typeof value === 'object' && value !== null ? value : `${typeof value} ${String(value)}`;
    let index = this.#constants.get(key);
    if (index === undefined) {
      index = this.code.consts.push(value) - 1;
      this.#constants.set(key, index);
    }
    this.emit('LOAD_CONST', index);
  }

  nameIndex(name: string): number {
    const known = this.code.names.indexOf(name);
    return known >= 0 ? known : this.code.names.push(name) - 1;
  }

  localIndex(name: string): number {
    const known = this.code.locals.indexOf(name);
    return known >= 0 ? known : this.code.locals.push(name) - 1;
  }

  mangled(name: string): string {
    return mangle(name, classNameOf(this.scope));
  }

  cellIndex(name: string): number {
    const own = this.code.cells.indexOf(name);
    return own >= 0 ? own : this.code.cells.length + this.code.free.indexOf(name);
  }

  load(name: string): void {
    this.#access(name, { fast: 'LOAD_FAST', cell: 'LOAD_DEREF', name: 'LOAD_NAME', global: 'LOAD_GLOBAL' });
  }

  store(name: string): void {
    if (name === '__debug__') throw this.fault('cannot assign to __debug__');
    this.#access(name, { fast: 'STORE_FAST', cell: 'STORE_DEREF', name: 'STORE_NAME', global: 'STORE_GLOBAL' });
  }

  delete(name: string): void {
    this.#access(name, { fast: 'DELETE_FAST', cell: 'DELETE_DEREF', name: 'DELETE_NAME', global: 'DELETE_GLOBAL' });
  }

  #access(plainName: string, ops: { readonly fast: Op; readonly cell: Op; readonly name: Op; readonly global: Op }): void {
    const name = this.mangled(plainName);
    const { scope } = this;
    if (scope.cells.has(name) && !(scope.kind === 'class' && name === '__class__')) this.emit(ops.cell, this.cellIndex(name));
    else if (scope.free.has(name))
      if (scope.kind === 'class' && ops.name === 'LOAD_NAME') this.emit('LOAD_CLASSDEREF', this.cellIndex(name));
      else this.emit(ops.cell, this.cellIndex(name));
    else if (scope.globals.has(name)) this.emit(ops.global, this.nameIndex(name));
    else if (scope.kind === 'module' || scope.kind === 'class') this.emit(ops.name, this.nameIndex(name));
    else if (scope.bound.has(name)) this.emit(ops.fast, this.localIndex(name));
    else this.emit(ops.global, this.nameIndex(name));
  }

  fault(message: string, at: Span = this.#place): SyntaxFault {
    return new SyntaxFault(message, at);
  }
}
