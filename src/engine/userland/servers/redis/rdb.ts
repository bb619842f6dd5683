/** Redis' snapshot file, version 12: written with plain encodings, read with those and integers. Raw strings throughout. */
import type { Database, Value } from './store.ts';

const MAGIC = 'REDIS0012';
const [AUX, RESIZE, EXPIRE_MS, SELECT, END] = ['\xfa', '\xfb', '\xfc', '\xfe', '\xff'] as const;
const TYPES = { string: 0, list: 1, set: 2, hash: 4, zset: 5 } as const;
/** No checksum: as `rdbchecksum no` writes it. */
const NO_CHECKSUM = '\0'.repeat(8);

export class RdbError extends Error {
  override readonly name = 'RdbError';
}

const chars = (...codes: readonly number[]): string => String.fromCharCode(...codes);

function length(count: number): string {
  if (count < 64) return chars(count);
  if (count < 16_384) return chars(0x40 | (count >> 8), count & 0xff);
  return chars(0x80, (count >>> 24) & 0xff, (count >>> 16) & 0xff, (count >>> 8) & 0xff, count & 0xff);
}

const text = (value: string): string => length(value.length) + value;
const fixed = (write: (view: DataView) => void): string => {
  const view = new DataView(new ArrayBuffer(8));
  write(view);
  return chars(...new Uint8Array(view.buffer));
};

function body(value: Value): string {
  switch (value.type) {
    case 'string':
      return text(value.text);
    case 'list':
      return length(value.items.length) + value.items.map(text).join('');
    case 'set':
      return length(value.members.size) + [...value.members].map(text).join('');
    case 'hash':
      return length(value.fields.size) + [...value.fields].map(([field, one]) => text(field) + text(one)).join('');
    case 'zset':
      return (
        length(value.scores.size) +
        [...value.scores].map(([name, score]) => text(name) + fixed((view) => view.setFloat64(0, score, true))).join('')
      );
  }
}

function entry(db: Database, key: string): string {
  const value = db.get(key);
  if (value === undefined) return '';
  const at = db.expiry(key);
  const expiry = at === undefined ? '' : EXPIRE_MS + fixed((view) => view.setBigUint64(0, BigInt(at), true));
  return expiry + chars(TYPES[value.type]) + text(key) + body(value);
}

/** The whole of the databases as one file. */
export function writeRdb(dbs: readonly Database[], { version, nowMs }: { version: string; nowMs: number }): string {
  const aux = [
    ['redis-ver', version],
    ['redis-bits', '64'],
    ['ctime', String(Math.floor(nowMs / 1000))],
  ].map(([name = '', value = '']) => AUX + text(name) + text(value));
  const bodies = dbs.map((db, index) => {
    const keys = db.keys();
    if (keys.length === 0) return '';
    return SELECT + length(index) + RESIZE + length(keys.length) + length(db.expiring) + keys.map((key) => entry(db, key)).join('');
  });
  return MAGIC + aux.join('') + bodies.join('') + END + NO_CHECKSUM;
}

class Reader {
  readonly #raw: string;
  #at = 0;

  constructor(raw: string) {
    this.#raw = raw;
  }

  take(count: number): string {
    const piece = this.#raw.slice(this.#at, this.#at + count);
    if (piece.length < count) throw new RdbError('Unexpected EOF reading RDB file');
    this.#at += count;
    return piece;
  }

  byte(): number {
    return this.take(1).charCodeAt(0);
  }

  view(count: number): DataView {
    return new DataView(Uint8Array.from(this.take(count), (char) => char.charCodeAt(0)).buffer);
  }

  length(): number {
    const first = this.byte();
    if (first >> 6 === 0) return first;
    if (first >> 6 === 1) return ((first & 0x3f) << 8) | this.byte();
    if (first === 0x80) return this.view(4).getUint32(0);
    if (first === 0x81) return Number(this.view(8).getBigUint64(0));
    throw new RdbError(`Unknown RDB encoding type ${first}`);
  }

  text(): string {
    const first = this.#raw.charCodeAt(this.#at);
    if (first >> 6 !== 3) return this.take(this.length());
    this.#at += 1;
    if (first === 0xc0) return String(this.view(1).getInt8(0));
    if (first === 0xc1) return String(this.view(2).getInt16(0, true));
    if (first === 0xc2) return String(this.view(4).getInt32(0, true));
    throw new RdbError(`Unknown RDB string encoding type ${first & 0x3f}`);
  }

  many<T>(read: () => T): T[] {
    return Array.from({ length: this.length() }, read);
  }
}

function value(reader: Reader, type: number): Value {
  switch (type) {
    case TYPES.string:
      return { type: 'string', text: reader.text() };
    case TYPES.list:
      return { type: 'list', items: reader.many(() => reader.text()) };
    case TYPES.set:
      return { type: 'set', members: new Set(reader.many(() => reader.text())) };
    case TYPES.hash:
      return { type: 'hash', fields: new Map(reader.many(() => [reader.text(), reader.text()] as const)) };
    case TYPES.zset:
      return { type: 'zset', scores: new Map(reader.many(() => [reader.text(), reader.view(8).getFloat64(0, true)] as const)) };
    default:
      throw new RdbError(`Unknown RDB encoding type ${type}`);
  }
}

/** Puts what a file holds into the databases; returns how many keys came. RdbError if it is none. */
export function readRdb(raw: string, dbs: readonly Database[]): number {
  const reader = new Reader(raw);
  if (!/^REDIS\d{4}$/.test(reader.take(MAGIC.length))) throw new RdbError('Wrong signature trying to load DB from file');
  let [db, atMs, count] = [dbs[0], undefined as number | undefined, 0];
  for (;;) {
    const code = reader.take(1);
    if (code === END) return count;
    if (code === AUX) void [reader.text(), reader.text()];
    else if (code === SELECT) db = dbs[reader.length()];
    else if (code === RESIZE) void [reader.length(), reader.length()];
    else if (code === EXPIRE_MS) atMs = Number(reader.view(8).getBigUint64(0, true));
    else {
      const key = reader.text();
      db?.set(key, value(reader, code.charCodeAt(0)));
      if (atMs !== undefined) db?.expireAt(key, atMs);
      atMs = undefined;
      count += 1;
    }
  }
}
