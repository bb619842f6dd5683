/** What a Redis holds: sixteen databases of values that may expire. */
import { RedisError } from './resp.ts';

export type Value =
  | { readonly type: 'string'; text: string }
  | { readonly type: 'list'; items: string[] }
  | { readonly type: 'hash'; readonly fields: Map<string, string> }
  | { readonly type: 'set'; readonly members: Set<string> }
  | { readonly type: 'zset'; readonly scores: Map<string, number> };
export type ValueType = Value['type'];
export type ValueOf<T extends ValueType> = Extract<Value, { readonly type: T }>;

const WRONG_TYPE = 'WRONGTYPE Operation against a key holding the wrong kind of value';

const isEmpty = (value: Value): boolean => {
  switch (value.type) {
    case 'string':
      return false;
    case 'list':
      return value.items.length === 0;
    case 'hash':
      return value.fields.size === 0;
    case 'set':
      return value.members.size === 0;
    case 'zset':
      return value.scores.size === 0;
  }
};

/** One database. A key whose time is over is gone as soon as anybody looks. */
export class Database {
  readonly #values = new Map<string, Value>();
  readonly #expiresAtMs = new Map<string, number>();
  /** Counts changes of each key, for WATCH. */
  readonly #versions = new Map<string, number>();
  readonly #nowMs: () => number;
  expiredKeys = 0;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  #drop(key: string): void {
    this.#values.delete(key);
    this.#expiresAtMs.delete(key);
    this.touch(key);
  }

  touch(key: string): void {
    this.#versions.set(key, this.version(key) + 1);
  }

  version(key: string): number {
    return this.#versions.get(key) ?? 0;
  }

  #isOver(key: string): boolean {
    const at = this.#expiresAtMs.get(key);
    return at !== undefined && at <= this.#nowMs();
  }

  get(key: string): Value | undefined {
    if (this.#isOver(key)) {
      this.#drop(key);
      this.expiredKeys += 1;
    }
    return this.#values.get(key);
  }

  /** The value if it is of that type; undefined if there is none. WRONGTYPE if it is of another. */
  read<T extends ValueType>(key: string, type: T): ValueOf<T> | undefined {
    const value = this.get(key);
    if (value === undefined) return undefined;
    if (value.type !== type) throw new RedisError(WRONG_TYPE);
    return value as ValueOf<T>;
  }

  /** The value, made anew if there is none. */
  open<T extends ValueType>(key: string, type: T, make: () => ValueOf<T>): ValueOf<T> {
    const known = this.read(key, type);
    if (known !== undefined) return known;
    const value = make();
    this.set(key, value);
    return value;
  }

  /** A new value; its time is unlimited unless kept. */
  set(key: string, value: Value, options: { readonly keepTtl?: boolean } = {}): void {
    this.#values.set(key, value);
    if (!options.keepTtl) this.#expiresAtMs.delete(key);
    this.touch(key);
  }

  /** After a change: an empty collection is no key any more. */
  settle(key: string): void {
    const value = this.#values.get(key);
    if (value !== undefined && isEmpty(value)) this.#drop(key);
    else this.touch(key);
  }

  delete(key: string): boolean {
    const isThere = this.get(key) !== undefined;
    if (isThere) this.#drop(key);
    return isThere;
  }

  expireAt(key: string, atMs: number): void {
    this.#expiresAtMs.set(key, atMs);
    this.touch(key);
    this.get(key);
  }

  expiry(key: string): number | undefined {
    return this.#expiresAtMs.get(key);
  }

  persist(key: string): boolean {
    return this.#expiresAtMs.delete(key);
  }

  /** All keys that are still there. */
  keys(): readonly string[] {
    return [...this.#values.keys()].filter((key) => this.get(key) !== undefined);
  }

  get size(): number {
    return this.keys().length;
  }

  get expiring(): number {
    return this.keys().filter((key) => this.#expiresAtMs.has(key)).length;
  }

  clear(): void {
    for (const key of [...this.#values.keys()]) this.#drop(key);
  }
}

/** A pattern as KEYS has them: `*`, `?`, `[a-z]`, `[^x]`, `\`. */
export function matchesGlob(pattern: string, text: string): boolean {
  const source = [...pattern.matchAll(/\\([\s\S])|\[(\^?)((?:\\[\s\S]|[^\]])*)\]|([\s\S])/g)].map(([, escaped, not, set, char]) => {
    if (set !== undefined) return `[${not ?? ''}${set.replace(/[[\]\\]/g, '\\$&')}]`;
    if (escaped === undefined && char === '*') return '[\\s\\S]*';
    if (escaped === undefined && char === '?') return '[\\s\\S]';
    return (escaped ?? char ?? '').replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
  });
  try {
    return new RegExp(`^${source.join('')}$`, 'u').test(text);
  } catch {
    return false;
  }
}

/** A whole number as Redis takes it: 64 bits, nothing around it. */
export function integer(text: string): bigint {
  if (!/^-?(0|[1-9]\d{0,18})$/.test(text) || BigInt.asIntN(64, BigInt(text)) !== BigInt(text))
    throw new RedisError('ERR value is not an integer or out of range');
  return BigInt(text);
}

export const smallInteger = (text: string): number => Number(integer(text));

export function float(text: string, message = 'ERR value is not a valid float'): number {
  if (/^[+-]?inf(inity)?$/i.test(text)) return text.startsWith('-') ? -Infinity : Infinity;
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)) throw new RedisError(message);
  return Number(text);
}

/** A score as replies have it: the shortest text that reads the same. */
export function scoreText(score: number): string {
  if (score === Infinity) return 'inf';
  if (score === -Infinity) return '-inf';
  return String(score).replace(/e\+?/, 'e+').replace('e+-', 'e-');
}

/** `from` and `to` count from the end if negative; the part of `length` between them. */
export function span(from: number, to: number, length: number): readonly [start: number, end: number] {
  const start = Math.max(0, from < 0 ? length + from : from);
  const end = Math.min(length - 1, to < 0 ? length + to : to);
  return start > end ? [0, 0] : [start, end + 1];
}
