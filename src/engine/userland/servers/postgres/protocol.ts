/** PostgreSQL's protocol, version 3: messages of a letter, a length and fields. Both ends use this file. */
import { decode, encode } from '../../program-io.ts';

export const PROTOCOL_3 = 196_608;
export const SSL_REQUEST = 80_877_103;
export const GSS_REQUEST = 80_877_104;
export const CANCEL_REQUEST = 80_877_102;
const LONGEST_MESSAGE = 64 * 1024 * 1024;

export interface Message {
  /** A letter; empty for the first message of a connection, which has none. */
  readonly type: string;
  readonly body: Uint8Array;
}

export class ProtocolViolation extends Error {
  override readonly name = 'ProtocolViolation';
}

/** Takes bytes as they come, gives whole messages. */
export class MessageReader {
  #bytes = new Uint8Array();

  push(piece: Uint8Array): void {
    const whole = new Uint8Array(this.#bytes.length + piece.length);
    whole.set(this.#bytes);
    whole.set(piece, this.#bytes.length);
    this.#bytes = whole;
  }

  /** One byte that is no message: the answer to a request for TLS. */
  byte(): string | undefined {
    const [first] = this.#bytes;
    if (first === undefined) return undefined;
    this.#bytes = this.#bytes.slice(1);
    return String.fromCharCode(first);
  }

  next(options: { readonly isFirst?: boolean } = {}): Message | undefined {
    const head = options.isFirst ? 0 : 1;
    if (this.#bytes.length < head + 4) return undefined;
    const length = new DataView(this.#bytes.buffer, this.#bytes.byteOffset).getUint32(head);
    if (length < 4 || length > LONGEST_MESSAGE) throw new ProtocolViolation('invalid message length');
    if (this.#bytes.length < head + length) return undefined;
    const type = head === 0 ? '' : String.fromCharCode(this.#bytes[0] ?? 0);
    const body = this.#bytes.slice(head + 4, head + length);
    this.#bytes = this.#bytes.slice(head + length);
    return { type, body };
  }
}

const number = (value: number, bytes: 2 | 4): Uint8Array => {
  const view = new DataView(new ArrayBuffer(bytes));
  if (bytes === 2) view.setInt16(0, value);
  else view.setInt32(0, value);
  return new Uint8Array(view.buffer);
};
export const int16 = (value: number): Uint8Array => number(value, 2);
export const int32 = (value: number): Uint8Array => number(value, 4);
export const text = (value: string): Uint8Array => encode(`${value}\0`);

export function join(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

export function message(type: string, ...parts: readonly Uint8Array[]): Uint8Array {
  const body = join(...parts);
  return join(encode(type), int32(body.length + 4), body);
}

/** Reads the fields of a message's body in order. */
export class Fields {
  readonly #body: Uint8Array;
  readonly #view: DataView;
  #at = 0;

  constructor(body: Uint8Array) {
    this.#body = body;
    this.#view = new DataView(body.buffer, body.byteOffset, body.length);
  }

  get isOver(): boolean {
    return this.#at >= this.#body.length;
  }

  #need(bytes: number): void {
    if (this.#at + bytes > this.#body.length) throw new ProtocolViolation('insufficient data left in message');
  }

  int16(): number {
    this.#need(2);
    this.#at += 2;
    return this.#view.getInt16(this.#at - 2);
  }

  int32(): number {
    this.#need(4);
    this.#at += 4;
    return this.#view.getInt32(this.#at - 4);
  }

  byte(): string {
    this.#need(1);
    this.#at += 1;
    return String.fromCharCode(this.#body[this.#at - 1] ?? 0);
  }

  text(): string {
    const end = this.#body.indexOf(0, this.#at);
    if (end < 0) throw new ProtocolViolation('invalid string in message');
    const value = decode(this.#body.subarray(this.#at, end));
    this.#at = end + 1;
    return value;
  }

  bytes(count: number): Uint8Array {
    this.#need(count);
    this.#at += count;
    return this.#body.subarray(this.#at - count, this.#at);
  }
}

export type Notice = ReadonlyMap<string, string>;

/** What went wrong, or a remark: fields by letter (S severity, C code, M message, D detail, H hint, P position). */
export const noticeFields = (fields: Notice): Uint8Array =>
  join(...[...fields].map(([letter, value]) => join(encode(letter), text(value))), new Uint8Array(1));

export function readNotice(body: Uint8Array): Notice {
  const fields = new Fields(body);
  const notice = new Map<string, string>();
  for (let letter = fields.byte(); letter !== '\0'; letter = fields.byte()) notice.set(letter, fields.text());
  return notice;
}
