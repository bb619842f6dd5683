/** Reads a stream of JSON values, with jq's own words for what is none. */
import type { Json } from './syntax.ts';
import { JqError } from './values.ts';

/** The input is no JSON: nothing after it can be read. */
export class JsonError extends Error {
  override readonly name = 'JsonError';
}

const NUMBER = /-?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|nan|NaN/y;
const WORD = /[A-Za-z0-9_+\-.]+/y;
const MAX_DEPTH = 512;

export class JsonReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** The next value; undefined at the end. */
  next(): Json | undefined {
    this.#blanks();
    return this.#at >= this.#text.length ? undefined : this.#value(0);
  }

  #blanks(): void {
    while (/[ \t\n\r\ufeff]/.test(this.#text.charAt(this.#at))) this.#at += 1;
  }

  #fail(problem: string, at = this.#at): never {
    const before = this.#text.slice(0, at);
    const lines = before.split('\n');
    throw new JsonError(
      `${problem} at ${at >= this.#text.length ? 'EOF at ' : ''}line ${lines.length}, column ${lines.at(-1)?.length ?? 0}`,
    );
  }

  #value(depth: number): Json {
    if (depth > MAX_DEPTH) this.#fail('Exceeds depth limit for parsing');
    const char = this.#text.charAt(this.#at);
    if (char === '{') return this.#object(depth);
    if (char === '[') return this.#array(depth);
    if (char === '"') return this.#string();
    return this.#literal();
  }

  #literal(): Json {
    WORD.lastIndex = this.#at;
    const word = WORD.exec(this.#text)?.[0] ?? '';
    const constants: Readonly<Record<string, Json>> = { null: null, true: true, false: false, nan: null, NaN: null };
    NUMBER.lastIndex = this.#at;
    const number = NUMBER.exec(this.#text)?.[0];
    const end = this.#at + Math.max(1, word.length);
    if (word in constants) {
      this.#at = end;
      return constants[word] ?? null;
    }
    if (number === undefined || number.length !== word.length) {
      if (word === '') this.#fail(this.#at >= this.#text.length ? 'Unfinished JSON term' : 'Expected JSON value', this.#at + 1);
      this.#fail(
        /^[a-z]/.test(word) && end < this.#text.length && /[nft]/.test(word.charAt(0)) ? 'Invalid literal' : 'Invalid numeric literal',
        Math.min(this.#text.length, end + 1),
      );
    }
    this.#at = end;
    return Number(number);
  }

  #string(): string {
    const start = this.#at;
    this.#at += 1;
    let out = '';
    for (;;) {
      const char = this.#text.charAt(this.#at);
      if (char === '') this.#fail('Unfinished string', this.#text.length);
      this.#at += 1;
      if (char === '"') return out;
      if (char !== '\\') {
        out += char;
        continue;
      }
      const escaped = this.#text.charAt(this.#at);
      this.#at += 1;
      const simple = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', '"': '"', '\\': '\\', '/': '/' }[escaped];
      const code = escaped === 'u' ? /^[0-9a-fA-F]{4}/.exec(this.#text.slice(this.#at, this.#at + 4))?.[0] : undefined;
      if (simple === undefined && code === undefined) this.#fail('Invalid escape', start);
      out += simple ?? String.fromCharCode(Number.parseInt(code ?? '0', 16));
      this.#at += code === undefined ? 0 : 4;
    }
  }

  #array(depth: number): Json {
    this.#at += 1;
    const items: Json[] = [];
    for (;;) {
      this.#blanks();
      if (this.#text.charAt(this.#at) === ']' && items.length === 0) break;
      if (this.#at >= this.#text.length) this.#fail('Unfinished JSON term', this.#text.length);
      items.push(this.#value(depth + 1));
      this.#blanks();
      const char = this.#text.charAt(this.#at);
      if (char === ']') break;
      if (char === '') this.#fail('Unfinished JSON term', this.#text.length);
      if (char !== ',') this.#fail('Expected separator between values', this.#at + 1);
      this.#at += 1;
    }
    this.#at += 1;
    return items;
  }

  #object(depth: number): Json {
    this.#at += 1;
    const out: Record<string, Json> = {};
    for (let isFirst = true; ; isFirst = false) {
      this.#blanks();
      const char = this.#text.charAt(this.#at);
      if (char === '}' && isFirst) break;
      if (char === '') this.#fail('Unfinished JSON term', this.#text.length);
      if (char !== '"') {
        if (/[A-Za-z0-9]/.test(char)) this.#literal();
        this.#fail('Object keys must be strings', this.#at + 1);
      }
      const key = this.#string();
      this.#blanks();
      if (this.#at >= this.#text.length) this.#fail('Unfinished JSON term', this.#text.length);
      if (this.#text.charAt(this.#at) !== ':') this.#fail('Objects must consist of key:value pairs', this.#at + 1);
      this.#at += 1;
      this.#blanks();
      if (this.#at >= this.#text.length) this.#fail('Unfinished JSON term', this.#text.length);
      out[key] = this.#value(depth + 1);
      this.#blanks();
      const next = this.#text.charAt(this.#at);
      if (next === '}') break;
      if (next === '') this.#fail('Unfinished JSON term', this.#text.length);
      if (next !== ',') this.#fail('Expected separator between values', this.#at + 1);
      this.#at += 1;
    }
    this.#at += 1;
    return out;
  }
}

/** `fromjson`: one value, whole. */
export function parseJson(text: string): Json {
  try {
    const reader = new JsonReader(text);
    const value = reader.next();
    if (reader.next() !== undefined) throw new JsonError('Unexpected extra JSON values');
    return value ?? null;
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    throw new JqError(`${error.message} (while parsing '${text}')`);
  }
}
