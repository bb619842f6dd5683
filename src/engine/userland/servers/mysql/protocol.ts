/** MySQL's client/server protocol: numbered packets and their fields. Both ends use this file. */
import { concat, decode, encode } from '../../program-io.ts';

export const CAPABILITIES = {
  longPassword: 0x1,
  foundRows: 0x2,
  longFlag: 0x4,
  connectWithDatabase: 0x8,
  protocol41: 0x200,
  ssl: 0x800,
  transactions: 0x2000,
  secureConnection: 0x8000,
  multiStatements: 0x10000,
  multiResults: 0x20000,
  pluginAuth: 0x80000,
  connectAttributes: 0x100000,
  lenencAuth: 0x200000,
  deprecateEof: 0x1000000,
} as const;
export const COMMANDS = {
  quit: 1,
  initDb: 2,
  query: 3,
  statistics: 9,
  ping: 14,
  changeUser: 17,
  prepare: 22,
  resetConnection: 31,
} as const;
export const STATUS = { inTransaction: 1, autocommit: 2, moreResults: 8 } as const;
export const FLAGS = { notNull: 1, unsigned: 32, binary: 128 } as const;
export const CHARSETS = { utf8mb4: 255, binary: 63 } as const;
export const NONCE_BYTES = 20;

const HEADER_BYTES = 4;
const MOST_BYTES = 0xffffff;
/** How a whole packet begins. */
export const OK = 0x00;
export const EOF = 0xfe;
export const ERROR = 0xff;
export const MORE_AUTH = 0x01;

export interface Packet {
  readonly sequence: number;
  readonly body: Uint8Array;
}

/** Takes bytes as they come, gives whole packets. */
export class PacketReader {
  #bytes: Uint8Array = new Uint8Array();

  push(piece: Uint8Array): void {
    this.#bytes = concat([this.#bytes, piece]);
  }

  next(): Packet | undefined {
    if (this.#bytes.length < HEADER_BYTES) return undefined;
    const [a = 0, b = 0, c = 0, sequence = 0] = this.#bytes;
    const length = a + b * 0x100 + c * 0x10000;
    if (this.#bytes.length < HEADER_BYTES + length) return undefined;
    const body = this.#bytes.slice(HEADER_BYTES, HEADER_BYTES + length);
    this.#bytes = this.#bytes.slice(HEADER_BYTES + length);
    return { sequence, body };
  }
}

/** A body in packets, each with its number. */
export function packet(sequence: number, body: Uint8Array): Uint8Array {
  const length = Math.min(body.length, MOST_BYTES);
  const head = new Uint8Array([length & 255, (length >> 8) & 255, (length >> 16) & 255, sequence & 255]);
  const first = concat([head, body.subarray(0, length)]);
  return body.length < MOST_BYTES ? first : concat([first, packet(sequence + 1, body.subarray(length))]);
}

/** A whole number in so many bytes, the low one first. */
export const fixed = (value: number, bytes: number): Uint8Array =>
  new Uint8Array(Array.from({ length: bytes }, (_, i) => Math.floor(value / 256 ** i) & 255));

/** A number in as many bytes as it needs. */
export function lenenc(value: bigint | number): Uint8Array {
  const number = Number(value);
  if (number < 251) return fixed(number, 1);
  if (number < 0x10000) return concat([new Uint8Array([0xfc]), fixed(number, 2)]);
  if (number < 0x1000000) return concat([new Uint8Array([0xfd]), fixed(number, 3)]);
  return concat([
    new Uint8Array([0xfe]),
    new Uint8Array(Array.from({ length: 8 }, (_, i) => Number((BigInt(value) >> BigInt(8 * i)) & 255n))),
  ]);
}

export const bytesText = (bytes: Uint8Array): Uint8Array => concat([lenenc(bytes.length), bytes]);
export const lenencText = (text: string): Uint8Array => bytesText(encode(text));
export const zeroText = (text: string): Uint8Array => concat([encode(text), new Uint8Array(1)]);

/** Reads a packet's fields in order; what is not there reads as nothing. */
export class Fields {
  readonly #body: Uint8Array;
  #at = 0;

  constructor(body: Uint8Array) {
    this.#body = body;
  }

  get isOver(): boolean {
    return this.#at >= this.#body.length;
  }

  fixed(bytes: number): number {
    let value = 0;
    for (let i = 0; i < bytes; i += 1) value += (this.#body[this.#at + i] ?? 0) * 256 ** i;
    this.#at += bytes;
    return value;
  }

  /** Null: the mark that stands for NULL. */
  lenenc(): number | null {
    const first = this.fixed(1);
    if (first === 0xfb) return null;
    return first < 0xfb ? first : this.fixed(first === 0xfc ? 2 : first === 0xfd ? 3 : 8);
  }

  bytes(count: number): Uint8Array {
    this.#at += count;
    return this.#body.slice(this.#at - count, this.#at);
  }

  zeroText(): string {
    const end = this.#body.indexOf(0, this.#at);
    const value = decode(this.#body.subarray(this.#at, end < 0 ? undefined : end));
    this.#at = end < 0 ? this.#body.length : end + 1;
    return value;
  }

  lenencText(): string | null {
    const length = this.lenenc();
    return length === null ? null : decode(this.bytes(length));
  }

  rest(): Uint8Array {
    return this.bytes(this.#body.length - this.#at);
  }
}
