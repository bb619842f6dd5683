/** Values on their way through a filter, and the names that it knows. */
import type { Filter, Json } from './syntax.ts';
import { arithmetic, brief, compare, isArray, isObject, JqError, typeOf } from './values.ts';

/** A value, and where in the input it lies if that is asked for. */
export interface At {
  readonly value: Json;
  readonly path: readonly Json[] | null;
}

export interface Closure {
  readonly params: readonly string[];
  readonly body: Filter;
  /** Where it was defined; undefined: the definition's own scope, so that it can call itself. */
  scope: Scope;
}

export interface Scope {
  readonly variables: ReadonlyMap<string, Json>;
  readonly functions: ReadonlyMap<string, Closure>;
}

/** `break $name`. */
export class Break extends Error {
  override readonly name = 'Break';
  readonly label: object;

  constructor(label: object) {
    super('break');
    this.label = label;
  }
}

/** A value that was made lies nowhere in the input. */
export const made = (_at: At, value: Json): At => ({ value, path: null });

export function* iterate({ value, path }: At): Generator<At> {
  if (isArray(value)) for (const [i, item] of value.entries()) yield { value: item, path: path && [...path, i] };
  else if (isObject(value)) for (const [key, item] of Object.entries(value)) yield { value: item, path: path && [...path, key] };
  else throw new JqError(`Cannot iterate over ${typeOf(value)}${value === null ? '' : ` (${brief(value)})`}`);
}

export function calculate(operator: string, left: Json, right: Json): Json {
  switch (operator) {
    case '==':
      return compare(left, right) === 0;
    case '!=':
      return compare(left, right) !== 0;
    case '<':
      return compare(left, right) < 0;
    case '<=':
      return compare(left, right) <= 0;
    case '>':
      return compare(left, right) > 0;
    case '>=':
      return compare(left, right) >= 0;
    default:
      return arithmetic(operator, left, right);
  }
}

/** A scope with these definitions, each of which knows itself and those before it. */
export function define(definitions: readonly Extract<Filter, { kind: 'define' }>[], outer: Scope): Scope {
  let scope = outer;
  for (const { name, params, body } of definitions) {
    const functions = new Map(scope.functions);
    const closure: Closure = { params, body, scope };
    functions.set(`${name}/${params.length}`, closure);
    scope = { ...scope, functions };
    closure.scope = scope;
  }
  return scope;
}
