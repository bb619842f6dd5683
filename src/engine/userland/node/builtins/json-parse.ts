/** Reads JSON; what is wrong with a text is said in V8's words. */
import { arrayOf, objectOf } from '../runtime/objects.ts';
import type { JsObject, Value } from '../runtime/values.ts';
import { realm } from '../runtime/vm.ts';

const MAX_DEPTH = 5000;

interface Reader {
  readonly text: string;
  at: number;
  depth: number;
}

export function parseJson(text: string): Value {
  const reader: Reader = { text, at: 0, depth: 0 };
  const value = readValue(reader);
  space(reader);
  if (reader.at < text.length) throw unexpected(reader, 'Unexpected non-whitespace character after JSON');
  realm().memory.take(text.length);
  return value;
}

function space(reader: Reader): void {
  while (reader.at < reader.text.length && ' \t\n\r'.includes(reader.text.charAt(reader.at))) reader.at += 1;
}

function position({ text, at }: Reader): string {
  const before = text.slice(0, at);
  const line = before.split('\n').length;
  return `at position ${at} (line ${line} column ${at - before.lastIndexOf('\n')})`;
}

/** The text around, as V8 shows it. */
function shown({ text, at }: Reader): string {
  const [around, most] = [10, 40];
  if (text.length <= most) return `"${text}" is not valid JSON`;
  const from = Math.max(0, at - around);
  const to = Math.min(text.length, at + around);
  return `${from > 0 ? '...' : ''}"${text.slice(from, to)}"${to < text.length ? '... ' : ' '}is not valid JSON`;
}

function unexpected(reader: Reader, what?: string): unknown {
  const thrown = realm().thrown('SyntaxError', problem(reader, what));
  const error = thrown.value as JsObject;
  const before = reader.text.slice(0, reader.at);
  const from = before.lastIndexOf('\n') + 1;
  const source = reader.text.slice(from).split('\n')[0] ?? '';
  const isOver = reader.at >= reader.text.length;
  if (error.inner?.kind === 'error')
    error.inner.place = {
      file: '<anonymous_script>',
      line: before.split('\n').length,
      column: reader.at - from + 1,
      source,
      width: isOver ? 0 : 1,
    };
  return thrown;
}

function problem(reader: Reader, what: string | undefined): string {
  const { text, at } = reader;
  if (at >= text.length && what === undefined) return 'Unexpected end of JSON input';
  if (what !== undefined) return `${what} ${position(reader)}`;
  if (text === 'undefined' || text === '[object Object]') return `"${text}" is not valid JSON`;
  return `Unexpected token '${String.fromCodePoint(text.codePointAt(at) ?? 0)}', ${shown(reader)}`;
}

function readValue(reader: Reader): Value {
  space(reader);
  const { text } = reader;
  const char = text.charAt(reader.at);
  if (char === '{') return readObject(reader);
  if (char === '[') return readArray(reader);
  if (char === '"') return readText(reader);
  if (char === '-' || (char >= '0' && char <= '9')) return readNumber(reader);
  for (const [word, value] of [
    ['true', true],
    ['false', false],
    ['null', null],
  ] as const)
    if (char === word.charAt(0)) {
      for (let i = 0; i < word.length; i += 1) {
        if (text.charAt(reader.at) !== word.charAt(i)) throw unexpected(reader);
        reader.at += 1;
      }
      return value;
    }
  throw unexpected(reader);
}

function deeper(reader: Reader): void {
  reader.at += 1;
  reader.depth += 1;
  if (reader.depth > MAX_DEPTH) throw realm().rangeError('Maximum call stack size exceeded');
  space(reader);
}

function readObject(reader: Reader): JsObject {
  const object = objectOf();
  deeper(reader);
  if (reader.text.charAt(reader.at) === '}') {
    reader.at += 1;
    reader.depth -= 1;
    return object;
  }
  for (let isFirst = true; ; isFirst = false) {
    space(reader);
    if (reader.text.charAt(reader.at) !== '"') {
      if (reader.at >= reader.text.length && !isFirst) throw unexpected(reader, 'Expected double-quoted property name in JSON');
      if (reader.at >= reader.text.length) throw unexpected(reader, "Expected property name or '}' in JSON");
      throw unexpected(reader, isFirst ? "Expected property name or '}' in JSON" : 'Expected double-quoted property name in JSON');
    }
    const key = readText(reader);
    space(reader);
    if (reader.text.charAt(reader.at) !== ':') throw unexpected(reader, "Expected ':' after property name in JSON");
    reader.at += 1;
    object.props.set(key, readValue(reader));
    space(reader);
    const next = reader.text.charAt(reader.at);
    if (next !== ',' && next !== '}') throw unexpected(reader, "Expected ',' or '}' after property value in JSON");
    reader.at += 1;
    if (next === '}') {
      reader.depth -= 1;
      return object;
    }
  }
}

function readArray(reader: Reader): JsObject {
  const items: Value[] = [];
  deeper(reader);
  if (reader.text.charAt(reader.at) === ']') {
    reader.at += 1;
    reader.depth -= 1;
    return arrayOf(items);
  }
  for (;;) {
    items.push(readValue(reader));
    space(reader);
    const next = reader.text.charAt(reader.at);
    if (next !== ',' && next !== ']') {
      if (reader.at >= reader.text.length) throw unexpected(reader, undefined);
      throw unexpected(reader, "Expected ',' or ']' after array element in JSON");
    }
    reader.at += 1;
    if (next === ']') {
      reader.depth -= 1;
      return arrayOf(items);
    }
  }
}

const ESCAPES: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\', '/': '/' };

function readText(reader: Reader): string {
  const { text } = reader;
  let made = '';
  let from = reader.at + 1;
  for (let at = from; ; at += 1) {
    const code = text.charCodeAt(at);
    if (at >= text.length) {
      reader.at = at;
      throw unexpected(reader, 'Unterminated string in JSON');
    }
    if (code === 34) {
      reader.at = at + 1;
      return made + text.slice(from, at);
    }
    if (code < 32) {
      reader.at = at;
      throw unexpected(reader, 'Bad control character in string literal in JSON');
    }
    if (code !== 92) continue;
    made += text.slice(from, at);
    const letter = text.charAt(at + 1);
    reader.at = at + 1;
    if (letter === 'u') {
      const hex = text.slice(at + 2, at + 6);
      if (!/^[\da-fA-F]{4}$/.test(hex)) throw unexpected(reader, 'Bad Unicode escape in JSON');
      made += String.fromCharCode(Number.parseInt(hex, 16));
      at += 5;
    } else {
      const said = ESCAPES[letter];
      if (said === undefined) throw unexpected(reader, 'Bad escaped character in JSON');
      made += said;
      at += 1;
    }
    from = at + 1;
  }
}

function readNumber(reader: Reader): number {
  const found = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?/.exec(reader.text.slice(reader.at, reader.at + 400));
  if (found === null) {
    reader.at += 1;
    throw unexpected(reader, 'No number after minus sign in JSON');
  }
  reader.at += found[0].length;
  return Number(found[0]);
}
