/** Reads jq's language: precedence from `|` (loosest) to postfix. */
import { Cursor, KEYWORDS } from './cursor.ts';
import { type Filter, JqSyntax, type Pattern, type Token, tokenize } from './syntax.ts';

const IDENTITY: Filter = { kind: 'identity' };
const UPDATES = new Set(['=', '|=', '+=', '-=', '*=', '/=', '%=', '//=']);
const COMPARISONS = new Set(['==', '!=', '<', '<=', '>', '>=']);
const MAX_DEPTH = 2000;

export function parseProgram(text: string): Filter {
  const parser = new JqParser(tokenize(text));
  return parser.program();
}

class JqParser {
  readonly #c: Cursor;
  #depth = 0;

  constructor(tokens: readonly Token[]) {
    this.#c = new Cursor(tokens);
  }

  program(): Filter {
    const filter = this.#c.peek().kind === 'end' ? IDENTITY : this.#pipe();
    if (this.#c.peek().kind !== 'end') this.#c.unexpected();
    return filter;
  }

  #nested<T>(read: () => T): T {
    this.#depth += 1;
    if (this.#depth > MAX_DEPTH) throw new JqSyntax('syntax error: nested too deep');
    const value = read();
    this.#depth -= 1;
    return value;
  }

  #pipe(): Filter {
    return this.#nested(() => {
      if (this.#c.is('def')) {
        const definition = this.#definition();
        return { ...definition, rest: this.#c.is('def') || this.#c.peek().kind !== 'end' ? this.#pipe() : IDENTITY };
      }
      const left = this.#comma();
      if (this.#c.is('as')) return this.#bind(left);
      if (!this.#c.accept('|')) return left;
      return { kind: 'pipe', left, right: this.#pipe() };
    });
  }

  #bind(source: Filter): Filter {
    this.#c.next();
    const patterns = [this.#pattern()];
    while (this.#c.accept('?//')) patterns.push(this.#pattern());
    this.#c.expect('|');
    return { kind: 'as', source, patterns, body: this.#pipe() };
  }

  #definition(): Extract<Filter, { kind: 'define' }> {
    this.#c.next();
    const name = this.#c.next().text;
    const params: string[] = [];
    if (this.#c.accept('(')) {
      do {
        const token = this.#c.next();
        params.push(token.kind === 'variable' ? `$${token.text}` : token.text);
      } while (this.#c.accept(';'));
      this.#c.expect(')');
    }
    this.#c.expect(':');
    const body = this.#pipe();
    this.#c.expect(';');
    return { kind: 'define', name, params, body, rest: IDENTITY };
  }

  #comma(): Filter {
    let left = this.#alternative();
    while (this.#c.accept(',')) left = { kind: 'comma', left, right: this.#alternative() };
    return left;
  }

  /** `//` binds to the right, below it the updates, which bind to nothing. */
  #alternative(): Filter {
    const left = this.#update();
    if (!this.#c.accept('//')) return left;
    return { kind: 'alternative', left, right: this.#nested(() => this.#alternative()) };
  }

  #update(): Filter {
    const path = this.#or();
    const token = this.#c.peek();
    if (token.kind !== 'punctuation' || !UPDATES.has(token.text)) return path;
    this.#c.next();
    return { kind: 'update', operator: token.text, path, value: this.#nested(() => this.#or()) };
  }

  #or(): Filter {
    let left = this.#and();
    while (this.#c.accept('or')) left = { kind: 'or', left, right: this.#and() };
    return left;
  }

  #and(): Filter {
    let left = this.#comparison();
    while (this.#c.accept('and')) left = { kind: 'and', left, right: this.#comparison() };
    return left;
  }

  #comparison(): Filter {
    const left = this.#sum();
    const token = this.#c.peek();
    if (token.kind !== 'punctuation' || !COMPARISONS.has(token.text)) return left;
    this.#c.next();
    return { kind: 'binary', operator: token.text, left, right: this.#sum() };
  }

  #sum(): Filter {
    let left = this.#product();
    while (this.#c.is('+') || this.#c.is('-')) left = { kind: 'binary', operator: this.#c.next().text, left, right: this.#product() };
    return left;
  }

  #product(): Filter {
    let left = this.#postfix();
    while (this.#c.is('*') || this.#c.is('/') || this.#c.is('%'))
      left = { kind: 'binary', operator: this.#c.next().text, left, right: this.#postfix() };
    return left;
  }

  #postfix(): Filter {
    let filter = this.#term();
    for (;;) {
      const token = this.#c.peek();
      if (token.kind === 'field') {
        this.#c.next();
        filter = { kind: 'index', of: filter, key: { kind: 'literal', value: token.text } };
      } else if (this.#c.is('.') && this.#c.peek(1).kind === 'string') {
        this.#c.next();
        filter = { kind: 'index', of: filter, key: this.#string(null) };
      } else if (this.#c.is('.') && this.#c.is('[', 1)) {
        this.#c.next();
      } else if (this.#c.is('[')) filter = this.#bracket(filter);
      else if (this.#c.accept('?')) filter = { kind: 'try', body: filter, handler: null };
      else if (this.#c.is('as')) return this.#bind(filter);
      else return filter;
    }
  }

  #bracket(of: Filter): Filter {
    this.#c.next();
    if (this.#c.accept(']')) return { kind: 'iterate', of };
    if (this.#c.accept(':')) {
      const to = this.#pipe();
      this.#c.expect(']');
      return { kind: 'slice', of, from: null, to };
    }
    const key = this.#pipe();
    if (this.#c.accept(':')) {
      const to = this.#c.is(']') ? null : this.#pipe();
      this.#c.expect(']');
      return { kind: 'slice', of, from: key, to };
    }
    this.#c.expect(']');
    return { kind: 'index', of, key };
  }

  #term(): Filter {
    const token = this.#c.peek();
    switch (token.kind) {
      case 'field':
        this.#c.next();
        return { kind: 'index', of: IDENTITY, key: { kind: 'literal', value: token.text } };
      case 'number':
        this.#c.next();
        return { kind: 'literal', value: Number(token.text) };
      case 'variable':
        this.#c.next();
        return { kind: 'variable', name: token.text };
      case 'string':
        return this.#string(null);
      case 'format':
        this.#c.next();
        return this.#c.peek().kind === 'string' ? this.#string(token.text) : { kind: 'format', name: token.text };
      case 'name':
        return this.#named(token.text);
      case 'punctuation':
        return this.#punctuated(token.text);
      default:
        return this.#c.unexpected();
    }
  }

  #punctuated(text: string): Filter {
    this.#c.next();
    switch (text) {
      case '.':
        return this.#c.peek().kind === 'string' ? { kind: 'index', of: IDENTITY, key: this.#string(null) } : IDENTITY;
      case '..':
        return { kind: 'recurse' };
      case '(': {
        const inner = this.#pipe();
        this.#c.expect(')');
        return inner;
      }
      case '[': {
        if (this.#c.accept(']')) return { kind: 'array', of: null };
        const of = this.#pipe();
        this.#c.expect(']');
        return { kind: 'array', of };
      }
      case '{':
        return this.#object();
      case '-':
        return { kind: 'negate', of: this.#postfix() };
      default:
        this.#c.back();
        return this.#c.unexpected();
    }
  }

  #string(format: string | null): Filter {
    const { parts = [] } = this.#c.next();
    const read = parts.map((part) => (typeof part === 'string' ? part : new JqParser(part).program()));
    const [only] = read;
    return read.length === 1 && typeof only === 'string' ? { kind: 'literal', value: only } : { kind: 'string', format, parts: read };
  }

  #named(name: string): Filter {
    switch (name) {
      case 'if':
        return this.#conditional();
      case 'try': {
        this.#c.next();
        const body = this.#postfixOfTry();
        return { kind: 'try', body, handler: this.#c.accept('catch') ? this.#postfixOfTry() : null };
      }
      case 'reduce':
      case 'foreach':
        return this.#fold(name);
      case 'label': {
        this.#c.next();
        const label = this.#c.next().text;
        this.#c.expect('|');
        return { kind: 'label', name: label, body: this.#pipe() };
      }
      case 'def': {
        const definition = this.#definition();
        return { ...definition, rest: this.#pipe() };
      }
      default:
        break;
    }
    if (KEYWORDS.has(name)) this.#c.unexpected();
    this.#c.next();
    if (name === 'break' && this.#c.peek().kind === 'variable') return { kind: 'break', name: this.#c.next().text };
    const args: Filter[] = [];
    if (this.#c.accept('(')) {
      do args.push(this.#pipe());
      while (this.#c.accept(';'));
      this.#c.expect(')');
    }
    const constant = args.length === 0 ? { null: null, true: true, false: false }[name] : undefined;
    return constant === undefined ? { kind: 'call', name, args } : { kind: 'literal', value: constant };
  }

  #postfixOfTry(): Filter {
    return this.#nested(() => this.#postfix());
  }

  #conditional(): Filter {
    const clauses: (readonly [Filter, Filter])[] = [];
    do {
      this.#c.next();
      const test = this.#pipe();
      this.#c.expect('then');
      clauses.push([test, this.#pipe()]);
    } while (this.#c.is('elif'));
    const otherwise = this.#c.accept('else') ? this.#pipe() : IDENTITY;
    this.#c.expect('end');
    return { kind: 'if', clauses, otherwise };
  }

  #fold(kind: 'reduce' | 'foreach'): Filter {
    this.#c.next();
    const source = this.#source();
    this.#c.expect('as');
    const pattern = this.#pattern();
    this.#c.expect('(');
    const start = this.#pipe();
    this.#c.expect(';');
    const update = this.#pipe();
    const extract = kind === 'foreach' && this.#c.accept(';') ? this.#pipe() : IDENTITY;
    this.#c.expect(')');
    return kind === 'reduce' ? { kind, source, pattern, start, update } : { kind, source, pattern, start, update, extract };
  }

  /** A term with its postfixes, but not the `as` that follows. */
  #source(): Filter {
    let filter = this.#term();
    for (;;) {
      const token = this.#c.peek();
      if (token.kind === 'field') {
        this.#c.next();
        filter = { kind: 'index', of: filter, key: { kind: 'literal', value: token.text } };
      } else if (this.#c.is('.') && this.#c.is('[', 1)) this.#c.next();
      else if (this.#c.is('[')) filter = this.#bracket(filter);
      else if (this.#c.accept('?')) filter = { kind: 'try', body: filter, handler: null };
      else return filter;
    }
  }

  #pattern(): Pattern {
    const token = this.#c.next();
    if (token.kind === 'variable') return { kind: 'variable', name: token.text };
    if (token.text === '[') {
      const items: Pattern[] = [];
      do items.push(this.#pattern());
      while (this.#c.accept(','));
      this.#c.expect(']');
      return { kind: 'array', items };
    }
    if (token.text !== '{') {
      this.#c.back();
      this.#c.unexpected();
    }
    const entries: [Filter, Pattern | null, string | null][] = [];
    do {
      const variable = this.#c.peek().kind === 'variable' ? this.#c.next().text : null;
      const key: Filter = variable === null ? this.#key() : { kind: 'literal', value: variable };
      entries.push([key, this.#c.accept(':') ? this.#pattern() : null, variable]);
    } while (this.#c.accept(','));
    this.#c.expect('}');
    return { kind: 'object', entries };
  }

  #key(): Filter {
    const token = this.#c.peek();
    if (token.kind === 'string') return this.#string(null);
    if (token.kind === 'format') {
      this.#c.next();
      return this.#string(token.text);
    }
    if (this.#c.accept('(')) {
      const key = this.#pipe();
      this.#c.expect(')');
      return key;
    }
    if (token.kind !== 'name' && token.kind !== 'number') this.#c.unexpected();
    this.#c.next();
    return { kind: 'literal', value: token.text };
  }

  #object(): Filter {
    const entries: (readonly [Filter, Filter])[] = [];
    while (!this.#c.accept('}')) {
      entries.push(this.#entry());
      if (!this.#c.is('}')) this.#c.expect(',');
    }
    return { kind: 'object', entries };
  }

  #entry(): readonly [Filter, Filter] {
    if (this.#c.peek().kind === 'variable') {
      const name = this.#c.next().text;
      return [
        { kind: 'literal', value: name },
        { kind: 'variable', name },
      ];
    }
    const key = this.#key();
    if (!this.#c.accept(':')) return [key, { kind: 'index', of: IDENTITY, key }];
    let value = this.#objectValue();
    while (this.#c.accept('|')) value = { kind: 'pipe', left: value, right: this.#objectValue() };
    return [key, value];
  }

  #objectValue(): Filter {
    return this.#alternative();
  }
}
