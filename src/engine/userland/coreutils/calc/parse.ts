/** bc's language: from text to statements. */

export type Expression =
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'name'; readonly name: string; readonly index?: Expression }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[] }
  | { readonly kind: 'assign'; readonly operator: string; readonly to: Expression; readonly value: Expression }
  | { readonly kind: 'step'; readonly by: 1 | -1; readonly isBefore: boolean; readonly to: Expression }
  | { readonly kind: 'unary'; readonly operator: '-' | '!'; readonly of: Expression }
  | { readonly kind: 'binary'; readonly operator: string; readonly left: Expression; readonly right: Expression };

export type Statement =
  | { readonly kind: 'expression'; readonly value: Expression; readonly isShown: boolean }
  | { readonly kind: 'string'; readonly text: string }
  | { readonly kind: 'print'; readonly items: readonly (string | Expression)[] }
  | { readonly kind: 'block'; readonly body: readonly Statement[] }
  | { readonly kind: 'if'; readonly test: Expression; readonly then: Statement; readonly otherwise?: Statement }
  | {
      readonly kind: 'loop';
      readonly before?: Expression;
      readonly test?: Expression;
      readonly after?: Expression;
      readonly body: Statement;
    }
  | { readonly kind: 'define'; readonly name: string; readonly routine: Routine }
  | { readonly kind: 'return'; readonly value?: Expression }
  | { readonly kind: 'break' | 'continue' | 'quit' };

export interface Routine {
  readonly parameters: readonly string[];
  readonly locals: readonly string[];
  readonly body: readonly Statement[];
}

/** Not the language; what stood where it was noticed. */
export class BadSyntax extends Error {
  override readonly name = 'BadSyntax';
  readonly line: number;
  readonly near: string;

  constructor(line: number, near: string) {
    super(`bad expression at '${near}'`);
    this.line = line;
    this.near = near;
  }
}

interface Token {
  readonly kind: 'number' | 'name' | 'string' | 'sign' | 'end';
  readonly text: string;
  readonly line: number;
}

const TOKEN =
  /\/\*[\s\S]*?\*\/|#[^\n]*|\\\n|[ \t\r]+|(?<string>"[^"]*")|(?<number>[\dA-F]+\.?[\dA-F]*|\.[\dA-F]+)|(?<name>[a-z]\w*)|(?<sign>\+\+|--|[-+*/%^<>=!]=|&&|\|\||[-+*/%^()[\]{};,=<>!\n])|(?<bad>[\s\S])/gy;
const ASSIGNMENTS = ['=', '+=', '-=', '*=', '/=', '%=', '^='];
/** Weakest first; stronger are the signs before a value, and `^`. */
const LEVELS: readonly (readonly string[])[] = [['||'], ['&&'], ['==', '<=', '>=', '!=', '<', '>'], ['+', '-'], ['*', '/', '%']];

function tokens(text: string): Token[] {
  const found: Token[] = [];
  let line = 1;
  for (const { 0: all, groups = {} } of text.matchAll(TOKEN)) {
    const entry = Object.entries(groups).find(([, value]) => value !== undefined);
    if (entry?.[0] === 'bad') throw new BadSyntax(line, all);
    if (entry !== undefined) found.push({ kind: entry[0] as Token['kind'], text: all, line });
    line += all.split('\n').length - 1;
  }
  return found;
}

/** Everything that `text` says. Throws BadSyntax. */
export const parse = (text: string): readonly Statement[] => new Parser(tokens(text)).program();

class Parser {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(found: readonly Token[]) {
    this.#tokens = found;
  }

  get #token(): Token {
    return this.#tokens[this.#at] ?? { kind: 'end', text: '', line: this.#tokens.at(-1)?.line ?? 1 };
  }

  #fail(): never {
    throw new BadSyntax(this.#token.line, this.#token.text.trim());
  }

  #take(...texts: readonly string[]): string | undefined {
    const { kind, text } = this.#token;
    if (kind === 'string' || kind === 'end' || !texts.includes(text)) return undefined;
    this.#at += 1;
    return text;
  }

  #need(text: string): void {
    if (this.#take(text) === undefined) this.#fail();
  }

  #skipLines(): void {
    while (this.#take('\n') !== undefined);
  }

  program(): readonly Statement[] {
    const statements: Statement[] = [];
    for (;;) {
      while (this.#take('\n', ';') !== undefined);
      if (this.#token.kind === 'end') return statements;
      statements.push(this.#statement());
      if (!this.#isEnd() && statements.at(-1)?.kind !== 'define') this.#fail();
    }
  }

  #statement(): Statement {
    const { kind, text } = this.#token;
    if (kind === 'string') {
      this.#at += 1;
      return { kind: 'string', text: text.slice(1, -1) };
    }
    if (this.#take('{') !== undefined) return { kind: 'block', body: this.#body() };
    const word = this.#take('if', 'while', 'for', 'define', 'return', 'break', 'continue', 'quit', 'halt', 'print');
    switch (word) {
      case 'if':
        return this.#condition();
      case 'while':
        return this.#while();
      case 'for':
        return this.#for();
      case 'define':
        return this.#define();
      case 'return':
        return this.#isEnd() ? { kind: 'return' } : { kind: 'return', value: this.#expression() };
      case 'break':
      case 'continue':
        return { kind: word };
      case 'quit':
      case 'halt':
        return { kind: 'quit' };
      case 'print':
        return { kind: 'print', items: this.#items() };
      default: {
        const value = this.#expression();
        return { kind: 'expression', value, isShown: value.kind !== 'assign' };
      }
    }
  }

  #isEnd(): boolean {
    const { kind, text } = this.#token;
    return kind === 'end' || text === '\n' || text === ';' || text === '}';
  }

  #body(): readonly Statement[] {
    const body: Statement[] = [];
    for (;;) {
      while (this.#take('\n', ';') !== undefined);
      if (this.#take('}') !== undefined) return body;
      body.push(this.#statement());
      if (!this.#isEnd()) this.#fail();
    }
  }

  #items(): readonly (string | Expression)[] {
    const items: (string | Expression)[] = [];
    do {
      const { kind, text } = this.#token;
      if (kind === 'string') this.#at += 1;
      items.push(kind === 'string' ? text.slice(1, -1) : this.#expression());
    } while (this.#take(',') !== undefined);
    return items;
  }

  #condition(): Statement {
    this.#need('(');
    const test = this.#expression();
    this.#need(')');
    this.#skipLines();
    const then = this.#statement();
    const mark = this.#at;
    while (this.#take('\n', ';') !== undefined);
    if (this.#take('else') === undefined) {
      this.#at = mark;
      return { kind: 'if', test, then };
    }
    this.#skipLines();
    return { kind: 'if', test, then, otherwise: this.#statement() };
  }

  #while(): Statement {
    this.#need('(');
    const test = this.#expression();
    this.#need(')');
    this.#skipLines();
    return { kind: 'loop', test, body: this.#statement() };
  }

  #for(): Statement {
    const part = (end: string): Expression | undefined => {
      if (this.#take(end) !== undefined) return undefined;
      const value = this.#expression();
      this.#need(end);
      return value;
    };
    this.#need('(');
    const [before, test, after] = [part(';'), part(';'), part(')')];
    this.#skipLines();
    return { kind: 'loop', ...(before && { before }), ...(test && { test }), ...(after && { after }), body: this.#statement() };
  }

  #define(): Statement {
    this.#take('void');
    const name = this.#name();
    this.#need('(');
    const parameters = this.#names(')');
    this.#skipLines();
    this.#need('{');
    while (this.#take('\n', ';') !== undefined);
    const locals = this.#take('auto') === undefined ? [] : this.#names();
    return { kind: 'define', name, routine: { parameters, locals, body: this.#body() } };
  }

  #name(): string {
    const { kind, text } = this.#token;
    if (kind !== 'name') this.#fail();
    this.#at += 1;
    return text;
  }

  #names(end?: string): readonly string[] {
    if (end !== undefined && this.#take(end) !== undefined) return [];
    const names = [this.#name()];
    while (this.#take(',') !== undefined) names.push(this.#name());
    if (end !== undefined) this.#need(end);
    return names;
  }

  #expression(): Expression {
    const left = this.#binary(0);
    const operator = this.#take(...ASSIGNMENTS);
    if (operator === undefined) return left;
    if (left.kind !== 'name') this.#fail();
    return { kind: 'assign', operator, to: left, value: this.#expression() };
  }

  #binary(level: number): Expression {
    const operators = LEVELS[level];
    if (operators === undefined) return this.#unary();
    let left = this.#binary(level + 1);
    for (let operator = this.#take(...operators); operator !== undefined; operator = this.#take(...operators))
      left = { kind: 'binary', operator, left, right: this.#binary(level + 1) };
    return left;
  }

  #unary(): Expression {
    if (this.#take('-') !== undefined) return { kind: 'unary', operator: '-', of: this.#unary() };
    if (this.#take('!') !== undefined) return { kind: 'unary', operator: '!', of: this.#unary() };
    const base = this.#primary();
    if (this.#take('^') === undefined) return base;
    return { kind: 'binary', operator: '^', left: base, right: this.#unary() };
  }

  #primary(): Expression {
    const before = this.#take('++', '--');
    if (before !== undefined) return { kind: 'step', by: before === '++' ? 1 : -1, isBefore: true, to: this.#primary() };
    if (this.#take('(') !== undefined) {
      const inner = this.#expression();
      this.#need(')');
      // Brackets make a value of an assignment, which then is shown.
      return inner.kind === 'assign' ? { kind: 'binary', operator: '+', left: inner, right: { kind: 'number', text: '0' } } : inner;
    }
    const { kind, text } = this.#token;
    if (kind === 'number') {
      this.#at += 1;
      return { kind: 'number', text };
    }
    const name = this.#name();
    if (this.#take('(') !== undefined) return { kind: 'call', name, args: this.#args() };
    const to = this.#indexed(name);
    const after = this.#take('++', '--');
    return after === undefined ? to : { kind: 'step', by: after === '++' ? 1 : -1, isBefore: false, to };
  }

  #indexed(name: string): Expression {
    if (this.#take('[') === undefined) return { kind: 'name', name };
    const index = this.#expression();
    this.#need(']');
    return { kind: 'name', name, index };
  }

  #args(): readonly Expression[] {
    if (this.#take(')') !== undefined) return [];
    const args = [this.#expression()];
    while (this.#take(',') !== undefined) args.push(this.#expression());
    this.#need(')');
    return args;
  }
}
