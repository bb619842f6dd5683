/** What a program names has to be there before it runs. */
import { isNative } from './builtins.ts';
import { namesOf } from './patterns.ts';
import { PRELUDE } from './prelude.ts';
import { type Filter, JqSyntax, type Pattern } from './syntax.ts';

interface Known {
  readonly variables: ReadonlySet<string>;
  readonly functions: ReadonlySet<string>;
}

/** Throws JqSyntax for a variable or function that is not defined where it is used. */
export function check(filter: Filter, variables: readonly string[]): void {
  const functions = new Set(PRELUDE.map(({ name, params }) => `${name}/${params.length}`));
  visit(filter, { variables: new Set(['ENV', '__loc__', ...variables]), functions });
}

function visit(node: unknown, known: Known): void {
  if (Array.isArray(node)) {
    for (const item of node) visit(item, known);
    return;
  }
  if (typeof node !== 'object' || node === null || !('kind' in node)) return;
  const filter = node as Filter;
  if (filter.kind === 'literal') return;
  if (filter.kind === 'variable' && !known.variables.has(filter.name)) throw new JqSyntax(`$${filter.name} is not defined`);
  if (filter.kind === 'call') {
    const name = `${filter.name}/${filter.args.length}`;
    if (!known.functions.has(name) && !isNative(name)) throw new JqSyntax(`${name} is not defined`);
  }
  if (filter.kind === 'define') return visitDefinition(filter, known);
  if (filter.kind === 'as') {
    visit(filter.source, known);
    const inner = withVariables(known, filter.patterns.flatMap(namesOf));
    visit(filter.patterns.flatMap(keysOf), inner);
    return visit(filter.body, inner);
  }
  if (filter.kind === 'reduce' || filter.kind === 'foreach') {
    visit([filter.source, filter.start], known);
    const inner = withVariables(known, namesOf(filter.pattern));
    return visit(filter.kind === 'reduce' ? filter.update : [filter.update, filter.extract], inner);
  }
  for (const value of Object.values(filter)) visit(value, known);
}

function visitDefinition({ name, params, body, rest }: Extract<Filter, { kind: 'define' }>, known: Known): void {
  const own = new Set(known.functions).add(`${name}/${params.length}`);
  const inner = new Set(own);
  for (const param of params) inner.add(`${param.replace('$', '')}/0`);
  visit(body, {
    variables: new Set([...known.variables, ...params.filter((param) => param.startsWith('$')).map((param) => param.slice(1))]),
    functions: inner,
  });
  visit(rest, { ...known, functions: own });
}

const withVariables = (known: Known, names: readonly string[]): Known => ({ ...known, variables: new Set([...known.variables, ...names]) });

const keysOf = (pattern: Pattern): readonly Filter[] =>
  pattern.kind === 'object'
    ? pattern.entries.flatMap(([key, inner]) => [key, ...(inner === null ? [] : keysOf(inner))])
    : pattern.kind === 'array'
      ? pattern.items.flatMap(keysOf)
      : [];
