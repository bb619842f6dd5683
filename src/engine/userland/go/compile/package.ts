/** A package: its files are read, its declarations get their meanings, its functions are compiled, its variables are put in order. */

import type { Steps } from '../runtime/frame.ts';
import { type Code, type FuncCode, pure } from '../runtime/frame.ts';
import type { Goroutine } from '../runtime/goroutine.ts';
import { Cell, Closure, type Value, zeroOf } from '../runtime/values.ts';
import type { Declaration, Expr, FuncDeclaration, SourceFile } from '../syntax/ast.ts';
import { columnOf, lineOf, type Position } from '../syntax/tokens.ts';
import { funcOf, INVALID, type NamedType, newNamed, STRING, type Type, UNTYPED_BOOL } from '../types/types.ts';
import { assign } from './assign.ts';
import { constantOf, newType, valuesOf } from './assignments.ts';
import { type Complaint, type Context, complain } from './context.ts';
import { emptyCode, functionBody } from './functions.ts';
import { isGeneric, markImports, reportImports } from './imports.ts';
import { invalid, type Operand } from './operand.ts';
import { FuncContext, type Meaning, Scope, type TypeDeclaration, type Variable } from './scope.ts';
import { signatureOf, typeOf } from './type-expressions.ts';
import { UNIVERSE } from './universe.ts';

/** A function of the library that is not written in Go. */
export type NativeNow = (args: readonly Value[], goroutine: Goroutine) => Value;
export type NativeSteps = (args: readonly Value[], goroutine: Goroutine) => Steps;
export interface Natives {
  /** By name, `Type.Method` for methods: those that cannot wait, and those that may. */
  readonly now?: Readonly<Record<string, NativeNow>>;
  readonly steps?: Readonly<Record<string, NativeSteps>>;
}

export interface PackageOptions {
  readonly path: string;
  readonly files: readonly SourceFile[];
  /** Other packages; a text is why there is none. */
  readonly importer: (path: string) => Package | string;
  readonly natives?: Natives;
  readonly isLibrary?: boolean;
  /** Values that the linker puts into variables. */
  readonly linked?: ReadonlyMap<string, string>;
  /** How traces name a file. */
  readonly traceFile?: (file: string) => string;
  /** Bytes of files that are embedded, one character for each. */
  readonly embedded?: (pattern: string) => string | undefined;
}

interface Initial {
  readonly variables: readonly Variable[];
  readonly code: Code;
  readonly needs: ReadonlySet<Variable | FuncCode>;
}

export class Package {
  readonly path: string;
  readonly name: string;
  readonly isLibrary: boolean;
  readonly scope = new Scope(UNIVERSE);
  readonly complaints: Complaint[] = [];
  readonly initializer = new FuncContext(null, funcOf([], []));
  readonly boolType: Type = UNTYPED_BOOL;
  /** What `select` has received, under names that no source can have. */
  readonly received = new Map<string, Operand>();
  readonly inits: FuncCode[] = [];
  readonly traceName: string;
  readonly #options: PackageOptions;
  readonly #contexts = new Map<Declaration, Context>();
  readonly #bodies: (() => void)[] = [];
  readonly #initials: Initial[] = [];
  readonly #needs = new Map<FuncCode, Set<Variable | FuncCode>>();
  readonly #literals = new Map<FuncContext | null, number>();
  readonly #names = new Map<FuncContext, string>();
  #tracked: Set<Variable | FuncCode> | null = null;

  constructor(options: PackageOptions) {
    this.#options = options;
    this.path = options.path;
    this.name = options.files[0]?.package ?? '';
    this.isLibrary = options.isLibrary ?? false;
    this.traceName = this.name === 'main' ? 'main' : this.path;
    const contexts = options.files.map((file) => this.#open(file));
    for (const context of contexts) this.#settle(context);
    this.#finish();
    for (const [one, context] of this.#contexts) if (isGeneric(one)) markImports(one, context);
    if (!this.isLibrary) for (const context of contexts) reportImports(context);
  }

  /** Notes that what is compiled now needs a variable or a function, for the order of initialization. */
  depends(on: Variable | FuncCode): void {
    this.#tracked?.add(on);
  }

  traceFile(file: string): string {
    return this.#options.traceFile?.(file) ?? file;
  }

  contextOf(declaration: Declaration): Context {
    const context = this.#contexts.get(declaration);
    if (context === undefined) throw new Error('A declaration of no file');
    return context;
  }

  /** What the library lacks of a package, as a sentence; null if that is no name of it. */
  lacks(name: string): string {
    const upper = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
    if (upper !== name && this.scope.names.has(upper)) return `undefined: ${this.name}.${name} (but have ${upper})`;
    return `undefined: ${this.name}.${name} (the model's package ${this.path} does not have it)`;
  }

  /** As a trace calls a function literal: `main.main.func1`. */
  nameOfLiteral(fn: FuncContext | null): string {
    const count = (this.#literals.get(fn) ?? 0) + 1;
    this.#literals.set(fn, count);
    return `${(fn && this.#names.get(fn)) ?? `${this.traceName}.init`}.func${count}`;
  }

  #open(file: SourceFile): Context {
    const scope = new Scope(this.scope);
    const context: Context = { package: this, file: file.name, scope, fn: null, iota: null };
    for (const { name, path, at } of file.imports) {
      const found = this.#options.importer(path);
      if (typeof found === 'string') complain(context, at, found);
      else if (name === '.') for (const [own, meaning] of found.scope.names) scope.names.set(own, meaning);
      else if (name !== '_')
        scope.names.set(name ?? found.name, { kind: 'package', package: found, used: false, at, path, name: name ?? found.name });
    }
    for (const one of file.declarations) {
      this.#contexts.set(one, context);
      this.#declare(context, one);
    }
    return context;
  }

  #name(context: Context, name: string, at: Position, resolve: () => Meaning): void {
    if (name === '_') {
      this.#bodies.push(() => void resolve());
      return;
    }
    const before = this.scope.places.get(name);
    if (before !== undefined)
      complain(
        context,
        at,
        `${name} redeclared in this block\n\t${context.file}:${lineOf(before)}:${columnOf(before)}: other declaration of ${name}`,
      );
    else {
      this.scope.names.set(name, { kind: 'pending', resolve });
      this.scope.places.set(name, at);
    }
  }

  #declare(context: Context, one: Declaration): void {
    switch (one.kind) {
      case 'type':
        return this.#name(context, one.name, one.at, () => this.#type(context, one));
      case 'const':
        return one.names.forEach(({ name, at }, index) => {
          this.#name(context, name, at, () => {
            this.scope.names.set(name, { kind: 'const', name, type: INVALID, value: 0n });
            return { kind: 'const', name, ...constantOf(context, one, index) };
          });
        });
      case 'var': {
        let made: readonly Variable[] | null = null;
        const all = (): readonly Variable[] => {
          made ??= this.#variables(context, one);
          return made;
        };
        return one.names.forEach(({ name, at }, index) => {
          this.#name(context, name, at, () => all()[index] as Variable);
        });
      }
      case 'func':
        if (one.receiver === null) this.#function(context, one);
    }
  }

  #type(context: Context, one: TypeDeclaration): Meaning {
    if (one.typeParams.length > 0) return { kind: 'generic-type', declaration: one, owner: this, made: new Map(), methods: [] };
    if (one.alias) return { kind: 'type', type: typeOf(context, one.type) };
    const type = newNamed({ name: one.name, path: this.path, package: this.name });
    this.scope.names.set(one.name, { kind: 'type', type });
    type.underlying = typeOf(context, one.type);
    if (type.underlying === type) complain(context, one.at, `invalid recursive type ${one.name}`);
    return { kind: 'type', type };
  }

  #function(context: Context, one: FuncDeclaration): void {
    const { name, at } = one;
    if (name === 'init' || name === '_') {
      const code = emptyCode(`${this.traceName}.init.0`, this.traceFile(context.file), at);
      if (name === 'init') this.inits.push(code);
      return this.compileBody(context, one, code);
    }
    if (name === 'main' && this.name === 'main' && (one.type.params.length > 0 || one.type.results.length > 0))
      complain(context, at, 'func main must have no arguments and no return values');
    this.#name(context, name, at, () => {
      if (one.typeParams.length > 0) return { kind: 'generic-func', declaration: one, owner: this, made: new Map() };
      const code = this.#codeOf(`${this.traceName}.${name}`, name, context, at);
      this.compileBody(context, one, code);
      return { kind: 'func', name, type: signatureOf(context, one.type), code, value: new Closure(code) };
    });
  }

  /** A function's code, from the library's host part if it has no body. */
  #codeOf(trace: string, name: string, context: Context, at: Position): FuncCode {
    const { natives } = this.#options;
    const [now, steps] = [natives?.now?.[name], natives?.steps?.[name]];
    return {
      ...emptyCode(trace, this.traceFile(context.file), at),
      ...(now ? { native: now } : {}),
      ...(steps ? { nativeSteps: steps } : {}),
    };
  }

  /** Compiles a function's body when all declarations are known. */
  compileBody(context: Context, one: FuncDeclaration, code: FuncCode): void {
    if (one.body === null) {
      if (!code.native && !code.nativeSteps) complain(context, one.at, 'missing function body');
      return;
    }
    const { body } = one;
    this.#bodies.push(() => {
      const fn = new FuncContext(null, signatureOf(context, one.type));
      this.#names.set(fn, code.name);
      const needs = new Set<Variable | FuncCode>();
      this.#needs.set(code, needs);
      this.#track(needs, () =>
        functionBody(
          { ...context, fn },
          { name: code.name, receiver: one.receiver, params: one.type.params, results: one.type.results, body, at: one.at },
          code,
        ),
      );
    });
    if (this.#isFinished) this.#drain();
  }

  #isFinished = false;

  #track(into: Set<Variable | FuncCode>, work: () => void): void {
    const before = this.#tracked;
    this.#tracked = into;
    work();
    this.#tracked = before;
  }

  /** Methods need the types they belong to. */
  #settle(context: Context): void {
    for (const [one, own] of this.#contexts) {
      if (own !== context || one.kind !== 'func' || one.receiver === null) continue;
      const base = baseOf(one.receiver.type);
      const meaning = base && this.scope.find(base.name);
      if (meaning?.kind === 'generic-type') meaning.methods.push(one);
      else if (meaning?.kind === 'type' && meaning.type.kind === 'named' && meaning.type.path === this.path)
        this.addMethod(context, one, meaning.type);
      else
        complain(
          context,
          one.receiver.type.at,
          meaning ? `cannot define new methods on non-local type ${base?.name}` : `undefined: ${base?.name}`,
        );
    }
  }

  addMethod(context: Context, one: FuncDeclaration, type: NamedType): void {
    const isPointer = one.receiver?.type.kind === 'star';
    if (type.methods.has(one.name)) complain(context, one.at, `method ${type.name}.${one.name} already declared`);
    const trace = `${this.traceName}.${isPointer ? `(*${type.name})` : type.name}.${one.name}`;
    const code = this.#codeOf(trace, `${type.name}.${one.name}`, context, one.at);
    type.methods.set(one.name, { name: one.name, type: signatureOf(context, one.type), pointer: isPointer, code });
    this.compileBody(context, one, code);
  }

  #variables(context: Context, one: Extract<Declaration, { kind: 'var' }>): readonly Variable[] {
    const given = one.type ? typeOf(context, one.type) : null;
    const inside: Context = { ...context, fn: this.initializer };
    const make = (index: number, type: Type): Variable => {
      const { name, at } = one.names[index] as { readonly name: string; readonly at: Position };
      return { kind: 'var', name, at, type, home: null, slot: 0, cell: new Cell(null), used: true };
    };
    const start = (variable: Variable, value: Value): void => {
      if (variable.cell) variable.cell.v = value;
    };
    const linked = one.names.length === 1 ? this.#options.linked?.get(`${this.traceName}.${one.names[0]?.name}`) : undefined;
    const text = linked ?? (one.embed ? this.#options.embedded?.(one.embed[0] ?? '') : undefined);
    if (one.values.length === 0 || text !== undefined) {
      const variables = one.names.map((_, index) => make(index, given ?? (text === undefined ? INVALID : STRING)));
      for (const variable of variables) start(variable, text ?? zeroOf(variable.type)());
      return variables;
    }
    // A variable whose type is written is known while its own value is looked at.
    const early = given && one.names.map((_, index) => make(index, given));
    if (early) for (const variable of early) this.scope.names.set(variable.name, variable);
    const needs = new Set<Variable | FuncCode>();
    const left = one.names.map(({ name, at }): Expr => ({ kind: 'name', at, name }));
    let variables: readonly Variable[] = early ?? [];
    const compile = (): void =>
      this.#track(needs, () => {
        const operands =
          valuesOf(inside, {
            count: one.names.length,
            right: one.values,
            left,
            at: one.at,
            types: one.names.map(() => given ?? undefined),
          }) ?? left.map((expr) => invalid(expr));
        if (!early) variables = operands.map((operand, index) => make(index, newType(inside, operand)));
        const codes = variables.map((variable, index) =>
          assign(inside, operands[index] ?? invalid(left[0] as Expr), variable.type, 'variable declaration'),
        );
        this.#initials.push({ variables, needs, code: storeAll(variables, codes) });
      });
    if (early) {
      for (const variable of early) start(variable, zeroOf(variable.type)());
      this.#bodies.unshift(compile);
    } else compile();
    return variables;
  }

  #finish(): void {
    for (const name of this.scope.names.keys()) this.scope.find(name);
    this.#drain();
    this.#isFinished = true;
  }

  #drain(): void {
    for (let next = this.#bodies.shift(); next; next = this.#bodies.shift()) next();
  }

  /** The variables' initial values, each after those that it needs. */
  get initialization(): readonly Code[] {
    const ordered: Initial[] = [];
    const seen = new Set<Initial | FuncCode>();
    const byVariable = new Map(this.#initials.flatMap((one) => one.variables.map((variable) => [variable, one] as const)));
    const visit = (one: Initial | FuncCode): void => {
      if (seen.has(one)) return;
      seen.add(one);
      const needs = 'needs' in one ? one.needs : (this.#needs.get(one) ?? []);
      for (const need of needs) {
        const next = 'kind' in need ? byVariable.get(need) : need;
        if (next) visit(next);
      }
      if ('needs' in one) ordered.push(one);
    };
    const inSource = [...this.#initials].sort((a, b) => (a.variables[0]?.at ?? 0) - (b.variables[0]?.at ?? 0));
    for (const one of inSource) visit(one);
    return ordered.map(({ code }) => code);
  }
}

/** The initial values of variables that are declared together. */
const storeAll = (variables: readonly Variable[], codes: readonly Code[]): Code => {
  const stores = codes.map((code, index): Code => {
    const { now, steps } = code;
    const cell = variables[index]?.cell;
    const put = (value: Value): null => {
      if (cell) cell.v = value;
      return null;
    };
    if (now) return pure((frame) => put(now(frame)));
    return {
      *steps(frame) {
        return put(steps ? yield* steps(frame) : null);
      },
    };
  });
  return {
    *steps(frame) {
      for (const { now, steps } of stores) {
        if (now) now(frame);
        else if (steps) yield* steps(frame);
      }
      return null;
    },
  };
};

function baseOf(expr: Expr): Extract<Expr, { kind: 'name' }> | null {
  if (expr.kind === 'name') return expr;
  return expr.kind === 'star' || expr.kind === 'paren' || expr.kind === 'index' ? baseOf(expr.x) : null;
}

/** The methods of a generic type, for one of its types. */
export function bindMethods(meaning: Extract<Meaning, { kind: 'generic-type' }>, type: NamedType): void {
  for (const one of meaning.methods) {
    const context = meaning.owner.contextOf(one);
    const receiver = one.receiver?.type.kind === 'star' ? one.receiver.type.x : one.receiver?.type;
    const scope = new Scope(context.scope);
    const names = receiver?.kind === 'index' ? receiver.args : [];
    names.forEach((name, index) => {
      if (name.kind === 'name') scope.names.set(name.name, { kind: 'type', type: type.args[index] ?? INVALID });
    });
    meaning.owner.addMethod({ ...context, scope }, one, type);
  }
}
