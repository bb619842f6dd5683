/**
 * Parameters of types, `def f[T](…)`, and `type X = …`. What has some is made inside a function of its own, where they are variables; it
 * then gets its name outside.
 */
import type { Expr, Keyword, Params, Span, Stmt } from './ast.ts';
import { type Cursor, spanOf } from './cursor.ts';
import { SyntaxFault } from './fault.ts';
import { parseExpression, parseStarred } from './parse-expressions.ts';

/** What functions are called that only hold parameters of types. */
export const PARAMETERS_OF = '<generic parameters of ';

export interface TypeParameter extends Span {
  readonly name: string;
  readonly kind: 'TypeVar' | 'TypeVarTuple' | 'ParamSpec';
  readonly bound: Expr | null;
  readonly default: Expr | null;
}

const KINDS = { '*': 'TypeVarTuple', '**': 'ParamSpec' } as const;

/** `[T: int, *Ts, **P]`; empty if there are none. */
export function parseTypeParameters(cursor: Cursor): readonly TypeParameter[] {
  if (!cursor.version.has.typeParameters || !cursor.is('[')) return [];
  const open = cursor.next();
  if (cursor.is(']')) throw new SyntaxFault('Type parameter list cannot be empty', cursor.from(open), { stop: open });
  const all: TypeParameter[] = [];
  do {
    if (cursor.is(']')) break;
    const start = cursor.token;
    const kind = cursor.isAny('*', '**') ? KINDS[cursor.next().text as '*' | '**'] : 'TypeVar';
    const name = cursor.name();
    if (all.some((one) => one.name === name)) throw new SyntaxFault(`duplicate type parameter '${name}'`, cursor.last);
    const bound = kind === 'TypeVar' && cursor.accept(':') ? parseExpression(cursor) : null;
    const isDefault = cursor.version.has.typeDefaults && cursor.accept('=');
    all.push({ name, kind, bound, default: isDefault ? parseStarred(cursor) : null, ...cursor.from(start) });
  } while (cursor.accept(','));
  cursor.expect(']');
  return all;
}

const NO_PARAMS: Params = { positionalOnly: [], positional: [], rest: null, keywordOnly: [], keywords: null };

/** Expressions and statements at a place. */
class Maker {
  readonly #at: Span;

  constructor(at: Span) {
    this.#at = spanOf(at);
  }

  name(name: string): Expr {
    return { kind: 'name', name, ...this.#at };
  }

  text(value: string): Expr {
    return { kind: 'literal', literal: { type: 'str', value }, ...this.#at };
  }

  tuple(items: readonly Expr[]): Expr {
    return { kind: 'tuple', items, ...this.#at };
  }

  call(func: Expr, args: readonly Expr[], keywords: readonly Keyword[] = []): Expr {
    return { kind: 'call', func, args, keywords, ...this.#at };
  }

  keyword(name: string, value: Expr): Keyword {
    return { name, value, ...this.#at };
  }

  lambda(body: Expr): Expr {
    return { kind: 'lambda', params: NO_PARAMS, body, ...this.#at };
  }

  /** Something of `typing`, whatever the program has imported. */
  typing(name: string): Expr {
    return { kind: 'attribute', value: this.call(this.name('__import__'), [this.text('typing')]), name, ...this.#at };
  }

  assign(target: Expr, value: Expr): Stmt {
    return { kind: 'assign', targets: [target], value, ...this.#at };
  }

  parameter({ name, kind, bound, default: otherwise }: TypeParameter): Stmt {
    const constraints = bound?.kind === 'tuple' ? bound.items : [];
    const keywords = [
      ...(kind === 'TypeVar' ? [this.keyword('infer_variance', { kind: 'literal', literal: { type: 'true' }, ...this.#at })] : []),
      ...(bound !== null && bound.kind !== 'tuple' ? [this.keyword('bound', bound)] : []),
      ...(otherwise !== null ? [this.keyword('default', otherwise)] : []),
    ];
    return this.assign(this.name(name), this.call(this.typing(kind), [this.text(name), ...constraints], keywords));
  }

  /** Runs `made` where the parameters are variables, and gives its name what it made. */
  around(name: string, parameters: readonly TypeParameter[], made: readonly Stmt[]): Stmt {
    const holder = `${PARAMETERS_OF}${name}>`;
    const body: Stmt[] = [...parameters.map((one) => this.parameter(one)), ...made];
    body.push({ kind: 'return', value: this.name(name), ...this.#at });
    const define: Stmt = {
      kind: 'function',
      name: holder,
      params: NO_PARAMS,
      body,
      decorators: [],
      returns: null,
      isAsync: false,
      ...this.#at,
    };
    const bind = this.assign(this.name(name), this.call(this.name(holder), []));
    return { kind: 'block', body: [define, bind, { kind: 'delete', targets: [this.name(holder)], ...this.#at }], ...this.#at };
  }
}

type Definition = Extract<Stmt, { readonly kind: 'function' | 'class' }>;

/** A definition with its parameters; `[]` leaves it as it is. */
export function withTypeParameters(definition: Definition, parameters: readonly TypeParameter[]): Stmt {
  if (parameters.length === 0) return definition;
  const make = new Maker(definition);
  const names = parameters.map(({ name, kind }) => (kind === 'TypeVarTuple' ? starred(make.name(name)) : make.name(name)));
  const target: Expr = { kind: 'attribute', value: make.name(definition.name), name: '__type_params__', ...spanOf(definition) };
  const generic: Expr = { kind: 'subscript', value: make.typing('Generic'), index: make.tuple(names), ...spanOf(definition) };
  const made = definition.kind === 'class' ? { ...definition, bases: [...definition.bases, generic] } : definition;
  const note = make.assign(target, make.tuple(parameters.map(({ name }) => make.name(name))));
  return make.around(definition.name, parameters, [made, note]);
}

const starred = (value: Expr): Expr => ({ kind: 'starred', value, ...spanOf(value) });

/** Whether the line is `type X …`: `type` is a name otherwise. */
export const isTypeAlias = (cursor: Cursor): boolean =>
  cursor.version.has.typeParameters && cursor.is('type') && cursor.isName() && cursor.isNameAt(1);

export function parseTypeAlias(cursor: Cursor): Stmt {
  const start = cursor.next();
  const name = cursor.name();
  const parameters = parseTypeParameters(cursor);
  cursor.expect('=');
  const value = parseExpression(cursor);
  const make = new Maker(cursor.from(start));
  const list = parameters.length === 0 ? [] : [make.keyword('type_params', make.tuple(parameters.map((one) => make.name(one.name))))];
  const alias = make.assign(make.name(name), make.call(make.typing('TypeAliasType'), [make.text(name), make.lambda(value)], list));
  return parameters.length === 0 ? alias : make.around(name, parameters, [alias]);
}
