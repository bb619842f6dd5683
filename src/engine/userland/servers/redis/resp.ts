/**
 * RESP, what Redis speaks: requests as arrays of bulk strings or as plain lines, replies of a few kinds. Strings are raw, one
 * character for each byte, so that any value goes in and comes out again.
 */
export type Reply =
  | { readonly kind: 'status' | 'error'; readonly text: string }
  | { readonly kind: 'int'; readonly value: number | bigint }
  | { readonly kind: 'bulk'; readonly value: string | null }
  | { readonly kind: 'double'; readonly value: string }
  | { readonly kind: 'array' | 'push'; readonly items: readonly Reply[] }
  | { readonly kind: 'no-array' }
  | { readonly kind: 'map'; readonly pairs: readonly (readonly [Reply, Reply])[] };

export const status = (text: string): Reply => ({ kind: 'status', text });
export const OK = status('OK');
export const failure = (text: string): Reply => ({ kind: 'error', text });
export const int = (value: number | bigint): Reply => ({ kind: 'int', value });
export const bulk = (value: string | null): Reply => ({ kind: 'bulk', value });
export const NIL = bulk(null);
export const array = (items: readonly Reply[]): Reply => ({ kind: 'array', items });
export const strings = (items: readonly (string | null)[]): Reply => array(items.map(bulk));

/** A refusal, with the word in front that says of which kind it is. */
export class RedisError extends Error {
  override readonly name = 'RedisError';
}

/** The bytes of a reply, in the older protocol (2) or the newer (3), as a raw string. */
export function encodeReply(reply: Reply, protocol: 2 | 3): string {
  const all = (items: readonly Reply[]): string => items.map((item) => encodeReply(item, protocol)).join('');
  switch (reply.kind) {
    case 'status':
      return `+${reply.text}\r\n`;
    case 'error':
      return `-${reply.text}\r\n`;
    case 'int':
      return `:${reply.value}\r\n`;
    case 'double':
      return protocol === 3 ? `,${reply.value}\r\n` : `$${reply.value.length}\r\n${reply.value}\r\n`;
    case 'bulk':
      if (reply.value === null) return protocol === 3 ? '_\r\n' : '$-1\r\n';
      return `$${reply.value.length}\r\n${reply.value}\r\n`;
    case 'no-array':
      return protocol === 3 ? '_\r\n' : '*-1\r\n';
    case 'array':
      return `*${reply.items.length}\r\n${all(reply.items)}`;
    case 'push':
      return `${protocol === 3 ? '>' : '*'}${reply.items.length}\r\n${all(reply.items)}`;
    case 'map':
      return `${protocol === 3 ? `%${reply.pairs.length}` : `*${reply.pairs.length * 2}`}\r\n${all(reply.pairs.flat())}`;
  }
}

export const encodeRequest = (words: readonly string[]): string =>
  `*${words.length}\r\n${words.map((word) => `$${word.length}\r\n${word}\r\n`).join('')}`;

/** Somebody spoke something else: the connection cannot go on. */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError';
}

const LONGEST_BULK = 512 * 1024 * 1024;
const MOST_ITEMS = 1024 * 1024;

/** Takes bytes as they come; gives whole requests and replies as soon as they are there. */
export class RespReader {
  #buffer = '';
  #at = 0;

  push(raw: string): void {
    this.#buffer = this.#buffer.slice(this.#at) + raw;
    this.#at = 0;
  }

  #line(): string | undefined {
    const end = this.#buffer.indexOf('\n', this.#at);
    if (end < 0) return undefined;
    const line = this.#buffer.slice(this.#at, end).replace(/\r$/, '');
    this.#at = end + 1;
    return line;
  }

  #bulk(length: number): string | undefined {
    if (this.#buffer.length < this.#at + length + 2) return undefined;
    const value = this.#buffer.slice(this.#at, this.#at + length);
    this.#at += length + 2;
    return value;
  }

  /** The next request; undefined if it is not whole yet. An empty line is an empty request. */
  request(): readonly string[] | undefined {
    const from = this.#at;
    const words = this.#request();
    if (words === undefined) this.#at = from;
    return words;
  }

  #request(): readonly string[] | undefined {
    const line = this.#line();
    if (line === undefined) return undefined;
    if (!line.startsWith('*')) {
      const words = splitWords(line);
      if (words === null) throw new ProtocolError('unbalanced quotes in request');
      return words;
    }
    const count = Number(line.slice(1));
    if (!Number.isInteger(count) || count > MOST_ITEMS) throw new ProtocolError('invalid multibulk length');
    const words: string[] = [];
    for (let i = 0; i < count; i += 1) {
      const head = this.#line();
      if (head === undefined) return undefined;
      if (!head.startsWith('$')) throw new ProtocolError(`expected '$', got '${head[0] ?? '\\x00'}'`);
      const length = Number(head.slice(1));
      if (!Number.isInteger(length) || length < 0 || length > LONGEST_BULK) throw new ProtocolError('invalid bulk length');
      const word = this.#bulk(length);
      if (word === undefined) return undefined;
      words.push(word);
    }
    return words;
  }

  /** The next reply; undefined if it is not whole yet. */
  reply(): Reply | undefined {
    const from = this.#at;
    const reply = this.#reply();
    if (reply === undefined) this.#at = from;
    return reply;
  }

  #reply(): Reply | undefined {
    const line = this.#line();
    if (line === undefined) return undefined;
    const rest = line.slice(1);
    switch (line[0]) {
      case '+':
        return status(rest);
      case '-':
        return failure(rest);
      case ':':
        return int(BigInt(/^[+-]?\d+$/.test(rest) ? rest : 0));
      case ',':
        return { kind: 'double', value: rest };
      case '_':
        return NIL;
      case '$': {
        if (rest === '-1') return NIL;
        const value = this.#bulk(Number(rest));
        return value === undefined ? undefined : bulk(value);
      }
      case '*':
      case '>':
        return rest === '-1' ? { kind: 'no-array' } : this.#items(Number(rest), line[0] === '>');
      case '%':
        return this.#items(Number(rest) * 2, false);
      default:
        throw new ProtocolError(`got '${line[0] ?? ''}' as reply type byte`);
    }
  }

  #items(count: number, isPush: boolean): Reply | undefined {
    const items: Reply[] = [];
    for (let i = 0; i < count; i += 1) {
      const item = this.#reply();
      if (item === undefined) return undefined;
      items.push(item);
    }
    return { kind: isPush ? 'push' : 'array', items };
  }
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', a: '\x07' };

/** A line as words: `"…"` with escapes, `'…'` with `\'` alone. Null if a quote is not closed, or something follows it. */
export function splitWords(line: string): readonly string[] | null {
  const words: string[] = [];
  let at = 0;
  for (;;) {
    while (/\s/.test(line[at] ?? '')) at += 1;
    if (at >= line.length) return words;
    let word = '';
    while (at < line.length && !/\s/.test(line[at] ?? '')) {
      const char = line[at] ?? '';
      if (char === '"' || char === "'") {
        const quoted = char === '"' ? doubleQuoted(line, at + 1) : singleQuoted(line, at + 1);
        if (quoted === null || (quoted.end < line.length && !/\s/.test(line[quoted.end] ?? ''))) return null;
        word += quoted.text;
        at = quoted.end;
      } else {
        word += char;
        at += 1;
      }
    }
    words.push(word);
  }
}

interface Quoted {
  readonly text: string;
  readonly end: number;
}

function doubleQuoted(line: string, from: number): Quoted | null {
  let text = '';
  for (let at = from; at < line.length; at += 1) {
    const char = line[at] ?? '';
    if (char === '"') return { text, end: at + 1 };
    if (char !== '\\') {
      text += char;
      continue;
    }
    const hex = /^x([0-9a-fA-F]{2})/.exec(line.slice(at + 1, at + 4))?.[1];
    if (hex !== undefined) {
      text += String.fromCharCode(Number.parseInt(hex, 16));
      at += 3;
    } else {
      at += 1;
      text += ESCAPES[line[at] ?? ''] ?? line[at] ?? '';
    }
  }
  return null;
}

function singleQuoted(line: string, from: number): Quoted | null {
  let text = '';
  for (let at = from; at < line.length; at += 1) {
    if (line[at] === "'") return { text, end: at + 1 };
    if (line[at] === '\\' && line[at + 1] === "'") at += 1;
    text += line[at] ?? '';
  }
  return null;
}
