/** Destructuring: `. as {a: $x, b: [$y]}`. */
import type { Interpreter } from './evaluate.ts';
import { indexed } from './paths.ts';
import type { Scope } from './scope.ts';
import type { Json, Pattern } from './syntax.ts';
import { isArray, JqError, typeOf } from './values.ts';

interface Binding {
  readonly scope: Scope;
  readonly value: Json;
}

export function withVariable(scope: Scope, name: string, value: Json): Scope {
  return { ...scope, variables: new Map(scope.variables).set(name, value) };
}

export function namesOf(pattern: Pattern): readonly string[] {
  if (pattern.kind === 'variable') return [pattern.name];
  if (pattern.kind === 'array') return pattern.items.flatMap(namesOf);
  return pattern.entries.flatMap(([, inner, variable]) => [
    ...(variable === null ? [] : [variable]),
    ...(inner === null ? [] : namesOf(inner)),
  ]);
}

/** The scopes with a pattern's variables set. */
export async function* destructured(interpreter: Interpreter, pattern: Pattern, { scope, value }: Binding): AsyncGenerator<Scope> {
  if (pattern.kind === 'variable') {
    yield withVariable(scope, pattern.name, value);
    return;
  }
  if (pattern.kind === 'array') {
    yield* items(interpreter, pattern.items, { scope, value, from: 0 });
    return;
  }
  yield* entries(interpreter, pattern.entries, { scope, value, from: 0 });
}

async function* items(
  interpreter: Interpreter,
  patterns: readonly Pattern[],
  { scope, value, from }: Binding & { readonly from: number },
): AsyncGenerator<Scope> {
  const item = patterns[from];
  if (item === undefined) {
    yield scope;
    return;
  }
  if (value !== null && !isArray(value)) throw new JqError(`Cannot index ${typeOf(value)} with number`);
  for await (const inner of destructured(interpreter, item, { scope, value: indexed(value, from) }))
    yield* items(interpreter, patterns, { scope: inner, value, from: from + 1 });
}

async function* entries(
  interpreter: Interpreter,
  list: Extract<Pattern, { kind: 'object' }>['entries'],
  { scope, value, from }: Binding & { readonly from: number },
): AsyncGenerator<Scope> {
  const entry = list[from];
  if (entry === undefined) {
    yield scope;
    return;
  }
  const [key, pattern, variable] = entry;
  for await (const name of interpreter.values(key, scope, { value, path: null })) {
    const found = indexed(value, name);
    const named = variable === null ? scope : withVariable(scope, variable, found);
    if (pattern === null) yield* entries(interpreter, list, { scope: named, value, from: from + 1 });
    else
      for await (const inner of destructured(interpreter, pattern, { scope: named, value: found }))
        yield* entries(interpreter, list, { scope: inner, value, from: from + 1 });
  }
}
