/** Runs a filter: from one input to any number of outputs. */
import { callNative } from './builtins.ts';
import { formatted } from './formats.ts';
import { deleteAll, getPath, indexed, setPath, slice } from './paths.ts';
import { destructured, namesOf, withVariable } from './patterns.ts';
import { PRELUDE } from './prelude.ts';
import { type At, Break, type Closure, calculate, define, iterate, made, type Scope } from './scope.ts';
import type { Filter, Json } from './syntax.ts';
import { JqSyntax } from './syntax.ts';
import { arithmetic, brief, isArray, isObject, isTrue, JqError, typeOf } from './values.ts';

export interface World {
  /** Lets others run, now and then; a signal can end the program here. */
  turn(): void | Promise<void>;
  nextInput(): Promise<Json | undefined>;
  readonly env: Json;
  nowSeconds(): number;
  debug(value: Json): Promise<void>;
  stderr(value: Json): Promise<void>;
}

const TURNS_EVERY = 64;
const MAX_DEPTH = 4000;

export class Interpreter {
  readonly world: World;
  readonly #labels = new Map<string, object>();
  #steps = 0;
  #depth = 0;
  readonly #prelude: Scope;

  constructor(world: World) {
    this.world = world;
    this.#prelude = define(PRELUDE, { variables: new Map(), functions: new Map() });
    // jq's own definitions may name those that come after them.
    for (const closure of this.#prelude.functions.values()) closure.scope = this.#prelude;
  }

  /** The scope of a program: its variables, and everything that jq itself defines. */
  scope(variables: ReadonlyMap<string, Json>): Scope {
    return { variables, functions: this.#prelude.functions };
  }

  async *run(filter: Filter, scope: Scope, input: Json): AsyncGenerator<Json> {
    for await (const at of this.eval(filter, scope, { value: input, path: null })) yield at.value;
  }

  async *values(filter: Filter, scope: Scope, at: At): AsyncGenerator<Json> {
    for await (const one of this.eval(filter, scope, { value: at.value, path: null })) yield one.value;
  }

  async *eval(filter: Filter, scope: Scope, at: At): AsyncGenerator<At> {
    this.#steps += 1;
    if (this.#steps % TURNS_EVERY === 0) await this.world.turn();
    switch (filter.kind) {
      case 'identity':
        yield at;
        return;
      case 'recurse':
        yield* this.#recurse(at);
        return;
      case 'literal':
        yield made(at, filter.value);
        return;
      case 'pipe':
        for await (const one of this.eval(filter.left, scope, at)) yield* this.eval(filter.right, scope, one);
        return;
      case 'comma':
        yield* this.eval(filter.left, scope, at);
        yield* this.eval(filter.right, scope, at);
        return;
      case 'index':
        for await (const of of this.eval(filter.of, scope, at))
          for await (const key of this.values(filter.key, scope, at))
            yield { value: indexed(of.value, key), path: of.path && [...of.path, key] };
        return;
      case 'slice':
        yield* this.#slice(filter, scope, at);
        return;
      case 'iterate':
        for await (const of of this.eval(filter.of, scope, at)) yield* iterate(of);
        return;
      default:
        yield* this.#more(filter, scope, at);
    }
  }

  async *#more(filter: Filter, scope: Scope, at: At): AsyncGenerator<At> {
    switch (filter.kind) {
      case 'try':
        yield* this.#try(filter, scope, at);
        return;
      case 'alternative':
        yield* this.#alternative(filter, scope, at);
        return;
      case 'if':
        yield* this.#if(filter, scope, { at, from: 0 });
        return;
      case 'reduce':
      case 'foreach':
        yield* this.#fold(filter, scope, at);
        return;
      case 'as':
        for await (const value of this.values(filter.source, scope, at)) yield* this.#bound(filter, scope, { at, value });
        return;
      case 'call':
        yield* this.#call(filter, scope, at);
        return;
      case 'define':
        yield* this.eval(filter.rest, define([filter], scope), at);
        return;
      case 'label': {
        const label = {};
        const variables = new Map(scope.variables);
        this.#labels.set(filter.name, label);
        try {
          yield* this.eval(filter.body, { ...scope, variables }, at);
        } catch (error) {
          if (!(error instanceof Break) || error.label !== label) throw error;
        }
        return;
      }
      case 'break':
        throw new Break(this.#labels.get(filter.name) ?? {});
      default:
        yield* this.#make(filter, scope, at);
    }
  }

  /** Filters that make new values. */
  async *#make(filter: Filter, scope: Scope, at: At): AsyncGenerator<At> {
    switch (filter.kind) {
      case 'format':
        yield made(at, formatted(filter.name, at.value));
        return;
      case 'string':
        for await (const value of this.#string(filter, scope, { at, from: 0 })) yield made(at, value);
        return;
      case 'and':
      case 'or':
        for await (const left of this.values(filter.left, scope, at)) {
          if (isTrue(left) === (filter.kind === 'or')) yield made(at, filter.kind === 'or');
          else for await (const right of this.values(filter.right, scope, at)) yield made(at, isTrue(right));
        }
        return;
      case 'binary':
        for await (const right of this.values(filter.right, scope, at))
          for await (const left of this.values(filter.left, scope, at)) yield made(at, calculate(filter.operator, left, right));
        return;
      case 'update':
        yield* this.#update(filter, scope, at);
        return;
      case 'negate':
        for await (const value of this.values(filter.of, scope, at)) {
          if (typeof value !== 'number') throw new JqError(`${typeOf(value)} (${brief(value)}) cannot be negated`);
          yield made(at, -value);
        }
        return;
      case 'array':
        yield made(at, filter.of === null ? [] : await this.collect(filter.of, scope, at));
        return;
      case 'object':
        for await (const value of this.#object(filter.entries, scope, at)) yield made(at, value);
        return;
      case 'variable':
        yield made(at, this.#variable(filter.name, scope));
        return;
      default:
        return;
    }
  }

  async collect(filter: Filter, scope: Scope, at: At): Promise<Json[]> {
    const all: Json[] = [];
    for await (const value of this.values(filter, scope, at)) all.push(value);
    return all;
  }

  /** The paths that a filter leads to. */
  async paths(filter: Filter, scope: Scope, value: Json): Promise<(readonly Json[])[]> {
    const found: (readonly Json[])[] = [];
    for await (const one of this.eval(filter, scope, { value, path: [] })) {
      if (one.path === null) throw new JqError(`Invalid path expression with result ${brief(one.value)}`);
      found.push(one.path);
    }
    return found;
  }

  #variable(name: string, scope: Scope): Json {
    const value = scope.variables.get(name);
    if (value !== undefined) return value;
    if (name === 'ENV') return this.world.env;
    if (name === '__loc__') return { file: '<top-level>', line: 1 };
    throw new JqSyntax(`$${name} is not defined`);
  }

  async *#recurse(at: At): AsyncGenerator<At> {
    yield at;
    if (!isArray(at.value) && !isObject(at.value)) return;
    for (const inner of iterate(at)) yield* this.#recurse(inner);
  }

  async *#slice(filter: Extract<Filter, { kind: 'slice' }>, scope: Scope, at: At): AsyncGenerator<At> {
    const none: Filter = { kind: 'literal', value: null };
    for await (const of of this.eval(filter.of, scope, at))
      for await (const to of this.values(filter.to ?? none, scope, at))
        for await (const from of this.values(filter.from ?? none, scope, at))
          yield { value: slice(of.value, from, to), path: of.path && [...of.path, { start: from, end: to }] };
  }

  async *#try(filter: Extract<Filter, { kind: 'try' }>, scope: Scope, at: At): AsyncGenerator<At> {
    try {
      yield* this.eval(filter.body, scope, at);
    } catch (error) {
      if (!(error instanceof JqError)) throw error;
      if (isObject(error.value) && error.value.__jq === 0) return;
      if (filter.handler !== null) yield* this.eval(filter.handler, scope, made(at, error.value));
    }
  }

  async *#alternative(filter: Extract<Filter, { kind: 'alternative' }>, scope: Scope, at: At): AsyncGenerator<At> {
    let isFound = false;
    try {
      for await (const one of this.eval(filter.left, scope, at)) {
        if (!isTrue(one.value)) continue;
        isFound = true;
        yield one;
      }
    } catch (error) {
      if (!(error instanceof JqError)) throw error;
    }
    if (!isFound) yield* this.eval(filter.right, scope, at);
  }

  async *#if(filter: Extract<Filter, { kind: 'if' }>, scope: Scope, { at, from }: { at: At; from: number }): AsyncGenerator<At> {
    const clause = filter.clauses[from];
    if (clause === undefined) {
      yield* this.eval(filter.otherwise, scope, at);
      return;
    }
    for await (const test of this.values(clause[0], scope, at)) {
      if (isTrue(test)) yield* this.eval(clause[1], scope, at);
      else yield* this.#if(filter, scope, { at, from: from + 1 });
    }
  }

  async *#fold(filter: Extract<Filter, { kind: 'reduce' | 'foreach' }>, scope: Scope, at: At): AsyncGenerator<At> {
    for await (const start of this.eval(filter.start, scope, at)) {
      let state: At | null = start;
      for await (const value of this.values(filter.source, scope, at)) {
        for await (const inner of destructured(this, filter.pattern, { scope, value })) {
          let last: At | null = null;
          if (state !== null)
            for await (const next of this.eval(filter.update, inner, state)) {
              last = next;
              if (filter.kind === 'foreach') yield* this.eval(filter.extract, inner, next);
            }
          state = last ?? (filter.kind === 'reduce' ? made(at, null) : state);
        }
      }
      if (filter.kind === 'reduce' && state !== null) yield state;
    }
  }

  async *#bound(filter: Extract<Filter, { kind: 'as' }>, scope: Scope, { at, value }: { at: At; value: Json }): AsyncGenerator<At> {
    const names = new Map(scope.variables);
    if (filter.patterns.length > 1) for (const pattern of filter.patterns) for (const name of namesOf(pattern)) names.set(name, null);
    for (const [i, pattern] of filter.patterns.entries()) {
      try {
        for await (const inner of destructured(this, pattern, { scope: { ...scope, variables: names }, value }))
          yield* this.eval(filter.body, inner, at);
        return;
      } catch (error) {
        if (!(error instanceof JqError) || i === filter.patterns.length - 1) throw error;
      }
    }
  }

  async *#string(
    filter: Extract<Filter, { kind: 'string' }>,
    scope: Scope,
    { at, from }: { at: At; from: number },
  ): AsyncGenerator<string> {
    const part = filter.parts[from];
    if (part === undefined) {
      yield '';
      return;
    }
    for await (const rest of this.#string(filter, scope, { at, from: from + 1 })) {
      if (typeof part === 'string') yield part + rest;
      else for await (const value of this.values(part, scope, at)) yield formatted(filter.format ?? '@text', value) + rest;
    }
  }

  async *#object(entries: readonly (readonly [Filter, Filter])[], scope: Scope, at: At): AsyncGenerator<{ readonly [key: string]: Json }> {
    const [first, ...rest] = entries;
    if (first === undefined) {
      yield {};
      return;
    }
    for await (const key of this.values(first[0], scope, at)) {
      if (typeof key !== 'string') throw new JqError(`Object keys must be strings`);
      for await (const value of this.values(first[1], scope, at))
        for await (const others of this.#object(rest, scope, at)) yield { [key]: value, ...others };
    }
  }

  async *#update(filter: Extract<Filter, { kind: 'update' }>, scope: Scope, at: At): AsyncGenerator<At> {
    const { operator } = filter;
    const paths = await this.paths(filter.path, scope, at.value);
    if (operator === '|=') {
      let result = at.value;
      const gone: (readonly Json[])[] = [];
      for (const path of paths) {
        const next = await this.values(filter.value, scope, { value: getPath(result, path), path: null }).next();
        if (next.done === true) gone.push(path);
        else result = setPath(result, path, () => next.value);
      }
      yield made(at, deleteAll(result, gone));
      return;
    }
    for await (const value of this.values(filter.value, scope, at)) {
      const change = (old: Json): Json =>
        operator === '=' ? value : operator === '//=' ? (isTrue(old) ? old : value) : arithmetic(operator.slice(0, -1), old, value);
      yield made(
        at,
        paths.reduce<Json>((result, path) => setPath(result, path, change), at.value),
      );
    }
  }

  async *#call(filter: Extract<Filter, { kind: 'call' }>, scope: Scope, at: At): AsyncGenerator<At> {
    const name = `${filter.name}/${filter.args.length}`;
    const closure = scope.functions.get(name);
    if (closure === undefined) {
      yield* callNative(this, { name, args: filter.args, scope, at });
      return;
    }
    this.#depth += 1;
    if (this.#depth > MAX_DEPTH) throw new JqError('the filter calls itself too deep');
    try {
      yield* this.#apply(closure, filter.args, { scope, at, from: 0, inner: closure.scope });
    } finally {
      this.#depth -= 1;
    }
  }

  /** Binds arguments: `$name` by each of its values, others as filters of the caller's scope. */
  async *#apply(
    closure: Closure,
    args: readonly Filter[],
    { scope, at, from, inner }: { scope: Scope; at: At; from: number; inner: Scope },
  ): AsyncGenerator<At> {
    const param = closure.params[from];
    const arg = args[from];
    if (param === undefined || arg === undefined) {
      yield* this.eval(closure.body, inner, at);
      return;
    }
    if (!param.startsWith('$')) {
      const functions = new Map(inner.functions);
      functions.set(`${param}/0`, { params: [], body: arg, scope });
      yield* this.#apply(closure, args, { scope, at, from: from + 1, inner: { ...inner, functions } });
      return;
    }
    for await (const value of this.values(arg, scope, at)) {
      const bound = withVariable(inner, param.slice(1), value);
      const functions = new Map(bound.functions);
      functions.set(`${param.slice(1)}/0`, { params: [], body: { kind: 'literal', value }, scope: bound });
      yield* this.#apply(closure, args, { scope, at, from: from + 1, inner: { ...bound, functions } });
    }
  }
}
