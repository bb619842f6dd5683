/** Arithmetic (POSIX 2.6.4): an expression's text becomes a tree once, and is evaluated each time. */
import type { ArithmeticDialect } from '../dialect.ts';
import { type Integer, parseInteger } from './integer.ts';

export type Expression =
  | { readonly kind: 'number'; readonly value: Integer }
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'unary'; readonly operator: string; readonly operand: Expression }
  | { readonly kind: 'binary'; readonly operator: string; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'condition'; readonly test: Expression; readonly yes: Expression; readonly no: Expression }
  | { readonly kind: 'assign'; readonly name: string; readonly operator: string; readonly value: Expression }
  | { readonly kind: 'step'; readonly name: string; readonly by: 1 | -1; readonly isPrefix: boolean };

/** The expression is none. `detail` is what the dialect tells of it. */
export class ArithmeticFailure extends Error {
  override readonly name = 'ArithmeticFailure';
  /** The text from where it is wrong. */
  readonly rest: string;

  constructor(detail: string, rest = '') {
    super(detail);
    this.rest = rest;
  }
}

const TOKEN =
  /\s*(0[xX][0-9a-fA-F]+|[0-9]+(?:#[A-Za-z0-9_@]+|[A-Za-z0-9_]*)|[A-Za-z_][A-Za-z0-9_]*|<<=|>>=|\*\*|\+\+|--|<<|>>|<=|>=|==|!=|&&|\|\||[-+*/%&|^]=|[-+*/%&|^!~<>=?:(),])/y;
const LEVELS: readonly (readonly string[])[] = [
  ['||'],
  ['&&'],
  ['|'],
  ['^'],
  ['&'],
  ['==', '!='],
  ['<', '<=', '>', '>='],
  ['<<', '>>'],
  ['+', '-'],
  ['*', '/', '%'],
];
const ASSIGNMENTS = new Set(['=', '+=', '-=', '*=', '/=', '%=', '<<=', '>>=', '&=', '|=', '^=']);
const NAME = /^[A-Za-z_]/;

const caches = { steps: new Map<string, Expression>(), plain: new Map<string, Expression>() };

export function parseArithmetic(text: string, dialect: ArithmeticDialect): Expression {
  const cache = dialect.hasSteps ? caches.steps : caches.plain;
  const known = cache.get(text);
  if (known !== undefined) return known;
  if (cache.size > 500) cache.clear();
  const expression = new ArithmeticParser(text, dialect).whole();
  cache.set(text, expression);
  return expression;
}

class ArithmeticParser {
  readonly #tokens: readonly string[];
  readonly #starts: readonly number[];
  readonly #text: string;
  readonly #dialect: ArithmeticDialect;
  #at = 0;
  #depth = 0;

  constructor(text: string, dialect: ArithmeticDialect) {
    this.#dialect = dialect;
    const { tokens, starts } = tokenize(text, dialect);
    this.#tokens = tokens;
    this.#starts = starts;
    this.#text = text.trimEnd();
  }

  whole(): Expression {
    if (this.#tokens.length === 0) return { kind: 'number', value: 0 };
    const expression = this.#comma();
    if (this.#at < this.#tokens.length) this.#fail('expecting EOF');
    return expression;
  }

  /** Refuses what stands here; at the end of the text, what stands last. */
  #fail(detail: string, at = this.#at): never {
    throw new ArithmeticFailure(detail, this.#text.slice(this.#starts[Math.min(at, this.#starts.length - 1)] ?? 0));
  }

  #peek(ahead = 0): string {
    return this.#tokens[this.#at + ahead] ?? '';
  }

  #accept(token: string): boolean {
    if (this.#peek() !== token) return false;
    this.#at += 1;
    return true;
  }

  #comma(): Expression {
    let left = this.#assignment();
    while (this.#dialect.hasSteps && this.#accept(',')) left = { kind: 'binary', operator: ',', left, right: this.#assignment() };
    return left;
  }

  #assignment(): Expression {
    const name = this.#peek();
    const operator = this.#peek(1);
    if (!NAME.test(name) || !ASSIGNMENTS.has(operator)) return this.#condition();
    this.#at += 2;
    return { kind: 'assign', name, operator: operator.slice(0, -1), value: this.#nested(() => this.#assignment()) };
  }

  #condition(): Expression {
    const test = this.#binary(0);
    if (!this.#accept('?')) return test;
    const yes = this.#nested(() => this.#assignment());
    if (!this.#accept(':')) this.#fail("expecting ':'");
    return { kind: 'condition', test, yes, no: this.#nested(() => this.#assignment()) };
  }

  #binary(level: number): Expression {
    const operators = LEVELS[level];
    if (operators === undefined) return this.#power();
    let left = this.#binary(level + 1);
    while (operators.includes(this.#peek())) {
      const operator = this.#peek();
      this.#at += 1;
      left = { kind: 'binary', operator, left, right: this.#binary(level + 1) };
    }
    return left;
  }

  #power(): Expression {
    const left = this.#unary();
    if (!this.#dialect.hasSteps || !this.#accept('**')) return left;
    return { kind: 'binary', operator: '**', left, right: this.#nested(() => this.#power()) };
  }

  #unary(): Expression {
    const token = this.#peek();
    if (token === '++' || token === '--') return this.#prefixStep(token);
    if (token !== '' && '!~+-'.includes(token)) {
      this.#at += 1;
      return { kind: 'unary', operator: token, operand: this.#nested(() => this.#unary()) };
    }
    return this.#primary();
  }

  #prefixStep(token: string): Expression {
    this.#at += 1;
    const name = this.#peek();
    if (this.#dialect.hasSteps && NAME.test(name)) {
      this.#at += 1;
      return { kind: 'step', name, by: token === '++' ? 1 : -1, isPrefix: true };
    }
    const operator = token.charAt(0);
    const operand: Expression = { kind: 'unary', operator, operand: this.#nested(() => this.#unary()) };
    return { kind: 'unary', operator, operand };
  }

  #primary(): Expression {
    const token = this.#peek();
    this.#at += 1;
    if (token === '(') {
      const inner = this.#nested(() => this.#comma());
      if (!this.#accept(')')) this.#fail("expecting ')'");
      return inner;
    }
    if (NAME.test(token)) return this.#variable(token);
    const value = parseInteger(token);
    if (value === undefined)
      this.#fail(
        /^[0-9]/.test(token) ? (this.#dialect.hasArrays === true ? 'bad number' : 'expecting EOF') : 'expecting primary',
        this.#at - 1,
      );
    return { kind: 'number', value };
  }

  #variable(name: string): Expression {
    const token = this.#peek();
    if (!this.#dialect.hasSteps || (token !== '++' && token !== '--')) return { kind: 'variable', name };
    this.#at += 1;
    return { kind: 'step', name, by: token === '++' ? 1 : -1, isPrefix: false };
  }

  #nested<T>(read: () => T): T {
    this.#depth += 1;
    if (this.#depth > 500) this.#fail('expecting primary');
    const value = read();
    this.#depth -= 1;
    return value;
  }
}

function tokenize(text: string, dialect: ArithmeticDialect): { tokens: string[]; starts: number[] } {
  const tokens: string[] = [];
  const starts: number[] = [];
  TOKEN.lastIndex = 0;
  let at = 0;
  while (text.slice(at).trim() !== '') {
    TOKEN.lastIndex = at;
    const token = TOKEN.exec(text)?.[1];
    if (token === undefined) throw new ArithmeticFailure('bad operator', text.slice(at).trim());
    at = TOKEN.lastIndex;
    starts.push(at - token.length);
    if (dialect.hasArrays === true && text.charAt(at) === '[' && NAME.test(token)) {
      const end = subscriptEnd(text, at);
      tokens.push(token + text.slice(at, end));
      at = end;
      continue;
    }
    if ((token === '++' || token === '--' || token === '**') && !dialect.hasSteps) starts.push(at - 1);
    if ((token === '++' || token === '--') && !dialect.hasSteps) tokens.push(token.charAt(0), token.charAt(0));
    else if (token === '**' && !dialect.hasSteps) tokens.push('*', '*');
    else tokens.push(token);
  }
  return { tokens, starts };
}

/** After the bracket that closes the one at `at`. */
function subscriptEnd(text: string, at: number): number {
  let depth = 0;
  for (let i = at; i < text.length; i += 1) {
    if (text.charAt(i) === '[') depth += 1;
    if (text.charAt(i) === ']') depth -= 1;
    if (depth === 0) return i + 1;
  }
  throw new ArithmeticFailure('expecting primary', text.slice(at));
}
