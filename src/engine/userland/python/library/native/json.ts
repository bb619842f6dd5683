/** `json`: reading and writing. */
import { integer } from '../../protocol/arithmetic.ts';
import { floatRepr } from '../../protocol/floats.ts';
import { truth } from '../../protocol/truth.ts';
import { fail, typeError, valueError } from '../../runtime/exceptions.ts';
import type { Interpreter } from '../../runtime/interpreter.ts';
import { call, type Steps, type Thread } from '../../runtime/thread.ts';
import { classOf, normal, PyDict, PyFloat, PyList, PyTuple, plain, type Value } from '../../runtime/values.ts';
import { sorted } from '../../types/lists.ts';
import type { Version } from '../../versions/versions.ts';
import { moduleOf, steps, textOf } from '../define.ts';

/** What is wrong with a text, and where. */
class JsonFault extends Error {
  override readonly name = 'JsonFault';
  readonly at: number;

  constructor(message: string, at: number) {
    super(message);
    this.at = at;
  }
}

interface Hooks {
  readonly object: Value;
  readonly pairs: Value;
  readonly float: Value;
  readonly int: Value;
}

const ESCAPES: Readonly<Record<string, string>> = { '"': '"', '\\': '\\', '/': '/', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };
const NUMBER = /-?(?:0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?/y;
const SPACE = /[ \t\n\r]*/y;
const DEEPEST = 900;

class Reader {
  readonly #text: string;
  readonly #hooks: Hooks;
  #depth = 0;
  at = 0;

  readonly #version: Version;

  constructor(text: string, hooks: Hooks, version: Version) {
    this.#version = version;
    this.#text = text;
    this.#hooks = hooks;
  }

  space(): void {
    SPACE.lastIndex = this.at;
    SPACE.exec(this.#text);
    this.at = SPACE.lastIndex;
  }

  *value(): Steps {
    const char = this.#text[this.at];
    if (char === '"') return this.#string();
    if (char === '{') return yield* this.#nested(() => this.#object());
    if (char === '[') return yield* this.#nested(() => this.#array());
    for (const [word, value] of WORDS)
      if (this.#text.startsWith(word, this.at)) {
        this.at += word.length;
        return value;
      }
    NUMBER.lastIndex = this.at;
    const number = NUMBER.exec(this.#text);
    if (number === null) throw new JsonFault('Expecting value', this.at);
    this.at += number[0].length;
    if (number[1] === undefined && number[2] === undefined)
      return this.#hooks.int === null ? normal(BigInt(number[0])) : yield* call(this.#hooks.int, number[0]);
    return this.#hooks.float === null ? new PyFloat(Number(number[0])) : yield* call(this.#hooks.float, number[0]);
  }

  *#nested(parse: () => Steps): Steps {
    this.#depth += 1;
    if (this.#depth > DEEPEST)
      throw fail('RecursionError', 'maximum recursion depth exceeded while decoding a JSON array from a unicode string');
    const value = (yield parse()) as Value;
    this.#depth -= 1;
    return value;
  }

  *#object(): Steps {
    const dict = new PyDict();
    const pairs: Value[] = [];
    this.at += 1;
    this.space();
    if (this.#text[this.at] === '}') this.at += 1;
    else
      for (;;) {
        if (this.#text[this.at] !== '"') throw new JsonFault('Expecting property name enclosed in double quotes', this.at);
        const key = this.#string();
        this.space();
        if (this.#text[this.at] !== ':') throw new JsonFault("Expecting ':' delimiter", this.at);
        this.at += 1;
        this.space();
        const value = yield* this.value();
        dict.set(key, value);
        pairs.push(new PyTuple([key, value]));
        this.space();
        const next = this.#text[this.at];
        this.at += 1;
        if (next === '}') break;
        if (next !== ',') throw new JsonFault("Expecting ',' delimiter", this.at - 1);

        const comma = this.at - 1;
        this.space();
        if (this.#text[this.at] === '}') {
          if (this.#version.has.trailingCommas) throw new JsonFault('Illegal trailing comma before end of object', comma);
          throw new JsonFault('Expecting property name enclosed in double quotes', this.at);
        }
      }
    if (this.#hooks.pairs !== null) return yield* call(this.#hooks.pairs, new PyList(pairs));
    return this.#hooks.object === null ? dict : yield* call(this.#hooks.object, dict);
  }

  *#array(): Steps {
    const items: Value[] = [];
    this.at += 1;
    this.space();
    if (this.#text[this.at] === ']') {
      this.at += 1;
      return new PyList(items);
    }
    for (;;) {
      items.push(yield* this.value());
      this.space();
      const next = this.#text[this.at];
      this.at += 1;
      if (next === ']') return new PyList(items);
      if (next !== ',') throw new JsonFault("Expecting ',' delimiter", this.at - 1);
      const comma = this.at - 1;
      this.space();
      if (this.#text[this.at] === ']' && this.#version.has.trailingCommas)
        throw new JsonFault('Illegal trailing comma before end of array', comma);
    }
  }

  #string(): string {
    const start = this.at;
    let result = '';
    for (let at = start + 1; ; at += 1) {
      const char = this.#text[at];
      if (char === undefined) throw new JsonFault('Unterminated string starting at', start);
      if (char === '"') {
        this.at = at + 1;
        return result;
      }
      if (char < ' ') throw new JsonFault('Invalid control character at', at);
      if (char !== '\\') {
        result += char;
        continue;
      }
      at += 1;
      const letter = this.#text[at] ?? '';
      if (letter === 'u') {
        const hex = this.#text.slice(at + 1, at + 5);
        if (!/^[\da-fA-F]{4}$/.test(hex)) throw new JsonFault('Invalid \\uXXXX escape', at + 1);
        result += String.fromCharCode(Number.parseInt(hex, 16));
        at += 4;
      } else {
        const plainChar = ESCAPES[letter];
        if (plainChar === undefined)
          throw new JsonFault(letter === '' ? 'Unterminated string starting at' : 'Invalid \\escape', letter === '' ? start : at - 1);
        result += plainChar;
      }
    }
  }
}

const WORDS: readonly (readonly [string, Value])[] = [
  ['null', null],
  ['true', true],
  ['false', false],
  ['NaN', new PyFloat(Number.NaN)],
  ['Infinity', new PyFloat(Number.POSITIVE_INFINITY)],
  ['-Infinity', new PyFloat(Number.NEGATIVE_INFINITY)],
];

/** The value, or what is wrong and where: the module raises it as its own error. */
function* read(thread: Thread, text: string, hooks: Hooks): Steps {
  const reader = new Reader(text, hooks, thread.interpreter.version);
  try {
    reader.space();
    const value = yield* reader.value();
    reader.space();
    if (reader.at !== text.length) throw new JsonFault('Extra data', reader.at);
    const passed = thread.sys.charge(text.length * 10);
    if (passed) yield passed;
    return new PyTuple([true, value, 0]);
  } catch (error) {
    if (!(error instanceof JsonFault)) throw error;
    return new PyTuple([false, error.message, error.at]);
  }
}

interface Style {
  readonly indent: string | null;
  readonly item: string;
  readonly key: string;
  readonly isAscii: boolean;
  readonly isSorted: boolean;
  readonly skipsKeys: boolean;
  readonly allowsNan: boolean;
  readonly fallback: Value;
}

const SHORT: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\b': '\\b',
  '\f': '\\f',
};

function quoted(text: string, isAscii: boolean): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are escaped.
  const pattern = isAscii ? /["\\\x00-\x1f]|[^\x00-\x7e]/g : /["\\\x00-\x1f]/g;
  return `"${text.replace(pattern, (char) => SHORT[char] ?? `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)}"`;
}

function numberText(value: number, { allowsNan }: Style): string {
  if (Number.isFinite(value)) return floatRepr(value);
  if (!allowsNan) throw valueError(`Out of range float values are not JSON compliant`);
  return Number.isNaN(value) ? 'NaN' : value > 0 ? 'Infinity' : '-Infinity';
}

class Writer {
  readonly #thread: Thread;
  readonly #style: Style;
  readonly #open = new Set<Value>();

  constructor(thread: Thread, style: Style) {
    this.#thread = thread;
    this.#style = style;
  }

  *write(value: Value, depth: number): Steps<string> {
    const own = plain(value);
    if (typeof own === 'string') return quoted(own, this.#style.isAscii);
    if (own === null) return 'null';
    if (typeof own === 'boolean') return own ? 'true' : 'false';
    const whole = integer(own);
    if (whole !== null) return whole.toString();
    if (own instanceof PyFloat) return numberText(own.v, this.#style);
    if (this.#open.has(own)) throw valueError('Circular reference detected');
    this.#open.add(own);
    const text = (yield this.#compound(own, depth)) as string;
    this.#open.delete(own);
    return text;
  }

  *#compound(value: Value, depth: number): Steps<string> {
    if (value instanceof PyList || value instanceof PyTuple) {
      const parts: string[] = [];
      for (const item of value.items) parts.push(yield* this.write(item, depth + 1));
      return this.#join(parts, '[]', depth);
    }
    if (value instanceof PyDict) return yield* this.#dict(value, depth);
    if (this.#style.fallback === null) throw typeError(`Object of type ${classOf(value).name} is not JSON serializable`);
    return yield* this.write(yield* call(this.#style.fallback, value), depth);
  }

  *#dict(dict: PyDict, depth: number): Steps<string> {
    const parts: string[] = [];
    let entries: Value[] = [...dict.map.values()].map(({ k, v }) => new PyTuple([k, v]));
    if (this.#style.isSorted) entries = yield* sorted(this.#thread, entries, { key: null, isReversed: false });
    for (const entry of entries) {
      const [key = null, value = null] = (entry as PyTuple).items;
      const name = this.#key(key);
      if (name === null) continue;
      parts.push(`${quoted(name, this.#style.isAscii)}${this.#style.key}${yield* this.write(value, depth + 1)}`);
    }
    return this.#join(parts, '{}', depth);
  }

  #key(value: Value): string | null {
    const own = plain(value);
    if (typeof own === 'string') return own;
    if (own === null) return 'null';
    if (typeof own === 'boolean') return own ? 'true' : 'false';
    const whole = integer(own);
    if (whole !== null) return whole.toString();
    if (own instanceof PyFloat) return numberText(own.v, this.#style);
    if (this.#style.skipsKeys) return null;
    throw typeError(`keys must be str, int, float, bool or None, not ${classOf(value).name}`);
  }

  #join(parts: readonly string[], [open = '', close = '']: string, depth: number): string {
    const { indent, item } = this.#style;
    if (parts.length === 0) return open + close;
    if (indent === null) return open + parts.join(item) + close;
    const line = `\n${indent.repeat(depth + 1)}`;
    return `${open}${line}${parts.join(item.trimEnd() + line)}\n${indent.repeat(depth)}${close}`;
  }
}

export const create = (_: Interpreter) =>
  moduleOf('_json', {
    functions: [
      steps('_read(text, object_hook, object_pairs_hook, parse_float, parse_int)', function* ([text, object, pairs, float, int], thread) {
        return yield* read(thread, textOf(text), { object: object ?? null, pairs: pairs ?? null, float: float ?? null, int: int ?? null });
      }),
      steps('_write(obj, skipkeys, ensure_ascii, allow_nan, indent, item, key, default, sort_keys)', function* (args, thread) {
        const [value, skips, ascii, nan, indent, item, key, fallback, sort] = args;
        const text = yield* new Writer(thread, {
          indent: indent === null ? null : typeof indent === 'string' ? indent : ' '.repeat(Number(indent)),
          item: textOf(item),
          key: textOf(key),
          isAscii: yield* truth(thread, ascii as Value),
          isSorted: yield* truth(thread, sort as Value),
          skipsKeys: skips === true,
          allowsNan: yield* truth(thread, nan as Value),
          fallback: fallback as Value,
        }).write(value as Value, 0);
        const passed = thread.sys.charge(text.length * 10);
        if (passed) yield passed;
        return text;
      }),
    ],
  });
