/**
 * A small part of what JavaScript and Python share: values, names, operators, calls, printing. Scripts of one's first minutes with an
 * image run; anything else is refused by name. `node.ts` and `python.ts` give words and objects.
 */
import { ScriptError, unsupported } from './errors.ts';
import { type Token, tokenize, unescaped } from './tokens.ts';

export type Val = string | number | boolean | null | undefined | readonly Val[] | HostObject | HostFunction;
export interface HostObject {
  readonly kind: 'object';
  get(name: string): Val;
  readonly keys?: readonly string[];
}
export interface HostFunction {
  readonly kind: 'function';
  call(args: readonly Val[], named: ReadonlyMap<string, Val>): Val;
}

export const fn = (call: HostFunction['call']): HostFunction => ({ kind: 'function', call });
export const objectOf = (fields: Readonly<Record<string, Val>>): HostObject => ({
  kind: 'object',
  keys: Object.keys(fields),
  get: (name) => (Object.hasOwn(fields, name) ? fields[name] : undefined),
});

export interface Language {
  readonly name: 'javascript' | 'python';
  /** Members of strings and lists. */
  member(of: Val, name: string): Val;
  truthy(value: Val): boolean;
  text(value: Val): string;
  readonly constants: Readonly<Record<string, Val>>;
}

const BINARY: Readonly<Record<string, number>> = {
  or: 1,
  '||': 1,
  and: 2,
  '&&': 2,
  '==': 3,
  '!=': 3,
  '===': 3,
  '!==': 3,
  '<': 4,
  '>': 4,
  '<=': 4,
  '>=': 4,
  '+': 5,
  '-': 5,
  '*': 6,
  '/': 6,
  '%': 6,
  '//': 6,
  '**': 7,
};
/** Words that begin what is not here. */
const ABSENT =
  /^(for|while|if|else|function|class|async|await|try|throw|switch|return|new|def|lambda|with|yield|raise|del|global|do|export|elif)$/;

export class Script {
  readonly #language: Language;
  readonly #names: Map<string, Val>;
  readonly #modules: (name: string) => Val;
  #tokens: readonly Token[] = [];
  #at = 0;

  constructor(language: Language, names: Map<string, Val>, modules: (name: string) => Val) {
    this.#language = language;
    this.#names = names;
    this.#modules = modules;
  }

  /** Runs all statements; the value of the last one. */
  run(source: string): Val {
    this.#tokens = tokenize(source, this.#language.name);
    this.#at = 0;
    let last: Val;
    while (this.#token.kind !== 'end') {
      if (this.#token.kind === 'newline' || this.#accept(';')) {
        if (this.#token.kind === 'newline') this.#at += 1;
        continue;
      }
      last = this.#statement();
      if (!this.#isAt('end') && !this.#isAt('newline') && !this.#is(';')) throw this.#unexpected();
    }
    return last;
  }

  get #token(): Token {
    return this.#tokens[this.#at] ?? { kind: 'end', text: '' };
  }

  #isAt(kind: Token['kind']): boolean {
    return this.#token.kind === kind;
  }

  #is(text: string): boolean {
    const { kind, text: here } = this.#token;
    return (kind === 'symbol' || kind === 'name') && here === text;
  }

  #accept(text: string): boolean {
    if (!this.#is(text)) return false;
    this.#at += 1;
    return true;
  }

  #expect(text: string): void {
    if (!this.#accept(text)) throw this.#unexpected();
  }

  #unexpected(): ScriptError {
    const { kind, text } = this.#token;
    if (kind === 'name' && ABSENT.test(text)) return unsupported(`"${text}"`);
    if (this.#language.name === 'python') return new ScriptError('SyntaxError', 'invalid syntax');
    return new ScriptError('SyntaxError', kind === 'end' ? 'Unexpected end of input' : `Unexpected token '${text}'`);
  }

  #name(): string {
    if (this.#token.kind !== 'name') throw this.#unexpected();
    this.#at += 1;
    return this.#tokens[this.#at - 1]?.text ?? '';
  }

  #statement(): Val {
    if (this.#token.kind === 'name' && ABSENT.test(this.#token.text)) throw this.#unexpected();
    if (this.#accept('import')) return this.#import();
    if (this.#accept('from')) return this.#fromImport();
    const isDeclaration = this.#accept('const') || this.#accept('let') || this.#accept('var');
    if (isDeclaration && this.#is('{')) return this.#destructure();
    const next = this.#tokens[this.#at + 1];
    if (this.#token.kind === 'name' && next?.kind === 'symbol' && ['=', '+=', '-='].includes(next.text)) {
      const name = this.#name();
      const op = this.#token.text;
      this.#at += 1;
      const value = this.#expr();
      const result = op === '=' ? value : this.#apply(op.slice(0, 1), this.#look(name), value);
      this.#names.set(name, result);
      return undefined;
    }
    return this.#expr();
  }

  #import(): Val {
    if (this.#language.name === 'javascript') throw unsupported('import');
    do {
      const module = this.#name();
      this.#names.set(this.#accept('as') ? this.#name() : module, this.#modules(module));
    } while (this.#accept(','));
    return undefined;
  }

  #fromImport(): Val {
    const module = this.#modules(this.#name());
    this.#expect('import');
    do {
      const name = this.#name();
      this.#names.set(this.#accept('as') ? this.#name() : name, this.#member(module, name));
    } while (this.#accept(','));
    return undefined;
  }

  #destructure(): Val {
    const names: string[] = [];
    this.#expect('{');
    while (!this.#accept('}')) {
      names.push(this.#name());
      this.#accept(',');
    }
    this.#expect('=');
    const value = this.#expr();
    for (const name of names) this.#names.set(name, this.#member(value, name));
    return undefined;
  }

  #look(name: string): Val {
    if (this.#names.has(name)) return this.#names.get(name);
    if (Object.hasOwn(this.#language.constants, name)) return this.#language.constants[name];
    if (ABSENT.test(name)) throw unsupported(`"${name}"`);
    throw this.#language.name === 'python'
      ? new ScriptError('NameError', `name '${name}' is not defined`)
      : new ScriptError('ReferenceError', `${name} is not defined`);
  }

  #expr(): Val {
    const value = this.#binary(1);
    if (this.#language.name === 'javascript' && this.#accept('?')) {
      const yes = this.#expr();
      this.#expect(':');
      const no = this.#expr();
      return this.#language.truthy(value) ? yes : no;
    }
    if (this.#language.name === 'python' && this.#accept('if')) {
      const condition = this.#binary(1);
      this.#expect('else');
      const no = this.#expr();
      return this.#language.truthy(condition) ? value : no;
    }
    return value;
  }

  #binary(level: number): Val {
    let left = this.#unary();
    for (;;) {
      const { kind, text } = this.#token;
      const own = kind === 'symbol' || kind === 'name' ? BINARY[text] : undefined;
      if (own === undefined || own < level) return left;
      this.#at += 1;
      left = this.#apply(text, left, this.#binary(text === '**' ? own : own + 1));
    }
  }

  #apply(op: string, a: Val, b: Val): Val {
    const { truthy, text, name } = this.#language;
    if (op === 'and' || op === '&&') return truthy(a) ? b : a;
    if (op === 'or' || op === '||') return truthy(a) ? a : b;
    if (op === '===' || op === '==') return a === b;
    if (op === '!==' || op === '!=') return a !== b;
    if (op === '+' && Array.isArray(a) && Array.isArray(b)) return [...a, ...b];
    if (op === '+' && (typeof a === 'string' || typeof b === 'string')) {
      if (name === 'python' && typeof a !== typeof b) throw new ScriptError('TypeError', 'can only concatenate str (not "int") to str');
      return text(a) + text(b);
    }
    if (op === '*' && typeof a === 'string' && typeof b === 'number' && name === 'python')
      return a.repeat(Math.max(0, Math.min(b, 10_000)));
    if (typeof a === 'string' && typeof b === 'string') return compare(op, a < b ? -1 : a > b ? 1 : 0);
    return arithmetic(op, Number(a), Number(b), name);
  }

  #unary(): Val {
    if (this.#accept('-')) return -Number(this.#unary());
    if (this.#accept('+')) return Number(this.#unary());
    if (this.#accept('!') || this.#accept('not')) return !this.#language.truthy(this.#unary());
    if (this.#accept('typeof')) {
      const value = this.#unary();
      return value === null
        ? 'object'
        : typeof value === 'object'
          ? Array.isArray(value) || 'get' in value
            ? 'object'
            : 'function'
          : typeof value;
    }
    return this.#postfix(this.#primary());
  }

  #postfix(start: Val): Val {
    let value = start;
    for (;;) {
      if (this.#accept('.')) value = this.#member(value, this.#name());
      else if (this.#accept('[')) {
        value = this.#index(value, this.#expr());
        this.#expect(']');
      } else if (this.#accept('(')) value = this.#call(value);
      else return value;
    }
  }

  #member(of: Val, name: string): Val {
    if (of === null || of === undefined) throw new ScriptError('TypeError', `Cannot read properties of ${String(of)} (reading '${name}')`);
    if (typeof of === 'object' && 'kind' in of && of.kind === 'object') return of.get(name);
    return this.#language.member(of, name);
  }

  #index(of: Val, key: Val): Val {
    if (typeof key === 'number' && (typeof of === 'string' || Array.isArray(of)))
      return this.#language.name === 'python' ? of.at(key) : of[key];
    const found = this.#member(of, String(key));
    if (found === undefined && this.#language.name === 'python') throw new ScriptError('KeyError', `'${String(key)}'`);
    return found;
  }

  #call(callee: Val): Val {
    const args: Val[] = [];
    const named = new Map<string, Val>();
    while (!this.#accept(')')) {
      while (this.#isAt('newline')) this.#at += 1;
      const next = this.#tokens[this.#at + 1];
      if (this.#token.kind === 'name' && next?.kind === 'symbol' && next.text === '=' && this.#language.name === 'python') {
        const name = this.#name();
        this.#expect('=');
        named.set(name, this.#expr());
      } else args.push(this.#expr());
      while (this.#isAt('newline')) this.#at += 1;
      if (!this.#accept(',') && !this.#is(')')) throw this.#unexpected();
    }
    if (typeof callee !== 'object' || callee === null || !('kind' in callee) || callee.kind !== 'function') throw unsupported('this call');
    return callee.call(args, named);
  }

  #primary(): Val {
    const { kind, text } = this.#token;
    if (kind === 'name') return this.#look(this.#name());
    this.#at += 1;
    if (kind === 'number') return Number(text);
    if (kind === 'string') return text;
    if (kind === 'template') return this.#template(text);
    if (kind === 'symbol' && text === '(') {
      const value = this.#expr();
      this.#expect(')');
      return value;
    }
    if (kind === 'symbol' && text === '[') {
      const items: Val[] = [];
      while (!this.#accept(']')) {
        items.push(this.#expr());
        if (!this.#accept(',') && !this.#is(']')) throw this.#unexpected();
      }
      return items;
    }
    this.#at -= 1;
    if (this.#is('{')) throw unsupported('an object literal');
    throw this.#unexpected();
  }

  /** Text with `${…}` or `{…}` in it. */
  #template(text: string): string {
    const pattern = this.#language.name === 'python' ? /\{\{|\}\}|\{([^{}]*)\}/g : /\$\{([^{}]*)\}/g;
    return unescaped(text).replace(pattern, (whole, inside?: string) => {
      if (inside === undefined) return whole.slice(1);
      const inner = new Script(this.#language, this.#names, this.#modules);
      return this.#language.text(inner.run(inside.replace(/![rs]$/, '')));
    });
  }
}

const compare = (op: string, order: number): Val => {
  switch (op) {
    case '<':
      return order < 0;
    case '>':
      return order > 0;
    case '<=':
      return order <= 0;
    case '>=':
      return order >= 0;
    default:
      throw unsupported(`"${op}" of texts`);
  }
};

function arithmetic(op: string, a: number, b: number, language: Language['name']): Val {
  switch (op) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '**':
      return a ** b;
    case '/':
    case '//':
    case '%':
      if (b === 0 && language === 'python') throw new ScriptError('ZeroDivisionError', 'division by zero');
      if (op === '//') return Math.floor(a / b);
      return op === '/' ? a / b : language === 'python' ? a - b * Math.floor(a / b) : a % b;
    default:
      return compare(op, a - b);
  }
}
