/** JSON as text: reading with the messages of the package encoding/json. */
import { encodeRune } from '../runtime/text.ts';

export type Json =
  | null
  | boolean
  | { readonly number: string }
  | { readonly text: string }
  | readonly Json[]
  | { readonly members: readonly (readonly [string, Json])[] };

export class JsonError extends Error {
  override readonly name = 'JsonError';
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

const ESCAPES: Readonly<Record<string, string>> = { '"': '"', '\\': '\\', '/': '/', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };
const shown = (char: string): string => (char === "'" ? `'\\''` : char === '"' ? `'"'` : `'${char}'`);

class Reader {
  readonly #text: string;
  at: number;

  constructor(text: string, at: number) {
    this.#text = text;
    this.at = at;
  }

  fail(where: string): JsonError {
    const char = this.#text[this.at];
    if (char === undefined) return new JsonError('unexpected end of JSON input', this.at);
    return new JsonError(`invalid character ${shown(char)} ${where}`, this.at + 1);
  }

  skip(): void {
    while (/[ \t\r\n]/.test(this.#text[this.at] ?? '')) this.at += 1;
  }

  get isEnd(): boolean {
    return this.at >= this.#text.length;
  }

  value(): Json {
    this.skip();
    const char = this.#text[this.at];
    if (char === '{') return this.#object();
    if (char === '[') return this.#array();
    if (char === '"') return { text: this.#string() };
    const number = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/.exec(this.#text.slice(this.at, this.at + 400))?.[0];
    if (number) {
      this.at += number.length;
      return { number };
    }
    for (const [word, value] of [
      ['null', null],
      ['true', true],
      ['false', false],
    ] as const) {
      if (char !== word[0]) continue;
      for (let index = 1; index < word.length; index += 1) {
        if (this.#text[this.at + index] === word[index]) continue;
        this.at += index;
        if (this.isEnd) throw new JsonError(`invalid character ' ' in literal ${word} (expecting ${shown(word[index] ?? '')})`, this.at);
        throw this.fail(`in literal ${word} (expecting ${shown(word[index] ?? '')})`);
      }
      this.at += word.length;
      return value;
    }
    throw this.fail('looking for beginning of value');
  }

  #object(): Json {
    const members: [string, Json][] = [];
    this.at += 1;
    this.skip();
    if (this.#accept('}')) return { members };
    for (;;) {
      this.skip();
      if (this.#text[this.at] !== '"') throw this.fail('looking for beginning of object key string');
      const key = this.#string();
      this.skip();
      if (!this.#accept(':')) throw this.fail('after object key');
      members.push([key, this.value()]);
      this.skip();
      if (this.#accept('}')) return { members };
      if (!this.#accept(',')) throw this.fail('after object key:value pair');
    }
  }

  #array(): Json {
    const list: Json[] = [];
    this.at += 1;
    this.skip();
    if (this.#accept(']')) return list;
    for (;;) {
      list.push(this.value());
      this.skip();
      if (this.#accept(']')) return list;
      if (!this.#accept(',')) throw this.fail('after array element');
    }
  }

  #accept(char: string): boolean {
    if (this.#text[this.at] !== char) return false;
    this.at += 1;
    return true;
  }

  #string(): string {
    let text = '';
    this.at += 1;
    for (;;) {
      const char = this.#text[this.at];
      if (char === undefined) throw this.fail('in string');
      if (char < ' ') throw this.fail('in string literal');
      this.at += 1;
      if (char === '"') return text;
      text += char === '\\' ? this.#escape() : char;
    }
  }

  #escape(): string {
    const char = this.#text[this.at] ?? '';
    if (char === 'u') {
      const unit = Number.parseInt(this.#text.slice(this.at + 1, this.at + 5), 16);
      this.at += 5;
      const low = /^\\u([dD][c-fC-F][\da-fA-F]{2})/.exec(this.#text.slice(this.at, this.at + 6))?.[1];
      if (unit >= 0xd800 && unit < 0xdc00 && low !== undefined) {
        this.at += 6;
        return encodeRune(0x10000 + (unit - 0xd800) * 0x400 + Number.parseInt(low, 16) - 0xdc00);
      }
      return encodeRune(unit);
    }
    const plain = ESCAPES[char];
    if (plain === undefined) throw this.fail('in string escape code');
    this.at += 1;
    return plain;
  }
}

/** A value from a place of a text, and where it ends. With `whole`, nothing may follow. Throws JsonError. */
export function readJson(
  text: string,
  { at = 0, whole = true }: { readonly at?: number; readonly whole?: boolean } = {},
): { readonly value: Json; readonly end: number } {
  const reader = new Reader(text, at);
  const value = reader.value();
  if (whole) {
    reader.skip();
    if (!reader.isEnd) throw reader.fail('after top-level value');
  }
  return { value, end: reader.at };
}

/** Text in quotes, with what could end a script escaped. */
export function quoteJson(raw: string, escapesHtml = true): string {
  let text = '';
  for (const char of raw) {
    const code = char.charCodeAt(0);
    if (char === '"' || char === '\\') text += `\\${char}`;
    else if (char === '\n') text += '\\n';
    else if (char === '\r') text += '\\r';
    else if (char === '\t') text += '\\t';
    else if (char === '\b') text += '\\b';
    else if (char === '\f') text += '\\f';
    else if (code < 32 || (escapesHtml && (char === '<' || char === '>' || char === '&')))
      text += `\\u00${code.toString(16).padStart(2, '0')}`;
    else text += char;
  }
  return `"${text}"`;
}

/** Indented, as `json.Indent` does it. */
export function indented(text: string, prefix: string, indent: string): string {
  const write = (value: Json, depth: number): string => {
    const line = (level: number): string => `\n${prefix}${indent.repeat(level)}`;
    if (value === null || typeof value === 'boolean') return String(value);
    if ('number' in value) return value.number;
    if ('text' in value) return quoteJson(value.text);
    if ('members' in value) {
      if (value.members.length === 0) return '{}';
      return `{${value.members.map(([key, one]) => `${line(depth + 1)}${quoteJson(key)}: ${write(one, depth + 1)}`).join(',')}${line(depth)}}`;
    }
    return value.length === 0 ? '[]' : `[${value.map((one) => `${line(depth + 1)}${write(one, depth + 1)}`).join(',')}${line(depth)}]`;
  };
  return write(readJson(text).value, 0);
}
