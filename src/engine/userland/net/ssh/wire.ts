/**
 * What passes between `ssh` and `sshd`: the greeting of RFC 4253 and then messages with the numbers of RFC 4250, each of them fields with
 * their lengths. Nothing is encrypted, keys are not exchanged but shown, and a connection has one channel.
 */
import { isErrno } from '../../../kernel/errno.ts';
import type { Fd, Sys } from '../../../kernel/sys.ts';
import { concat, decode, encode, READ_BYTES } from '../../program-io.ts';
import { lengthed, uint32 } from './fields.ts';

export const GREETING = 'SSH-2.0-OpenSSH_10.0p2 Debian-7';
const GREETING_BYTES = 255;
const LONGEST_MESSAGE_BYTES = 256 * 1024;

export const MESSAGE = {
  hostKey: 31,
  authRequest: 50,
  authFailure: 51,
  authSuccess: 52,
  data: 94,
  extendedData: 95,
  eof: 96,
  close: 97,
  request: 98,
} as const;

export interface Message {
  readonly type: number;
  readonly fields: readonly Uint8Array[];
}

/** The other end does not speak this protocol. */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError';
}

export class Wire {
  readonly #sys: Sys;
  readonly #fd: Fd;
  readonly #free: ReturnType<Sys['queue']>;
  #isSending = false;
  #received = new Uint8Array();

  constructor(sys: Sys, fd: Fd) {
    this.#sys = sys;
    this.#fd = fd;
    this.#free = sys.queue();
  }

  /** Says what one speaks and hears what the other end does. Throws ProtocolError if it is something else, or nothing. */
  async greet(): Promise<void> {
    await this.#sys.write(this.#fd, encode(`${GREETING}\r\n`));
    for (;;) {
      const end = this.#received.indexOf(10);
      if (end >= 0) {
        const line = decode(this.#take(end + 1));
        if (!line.startsWith('SSH-2.0-')) throw new ProtocolError('Connection closed by remote host');
        return;
      }
      if (this.#received.length > GREETING_BYTES || !(await this.#fill()))
        throw new ProtocolError('kex_exchange_identification: Connection closed by remote host');
    }
  }

  /** One after the other, whichever task sends. */
  async send(type: number, ...fields: readonly (string | Uint8Array)[]): Promise<void> {
    while (this.#isSending) await this.#free.wait();
    this.#isSending = true;
    try {
      const body = concat([Uint8Array.of(type), ...fields.map(lengthed)]);
      await this.#sys.write(this.#fd, concat([uint32(body.length), body]));
    } finally {
      this.#isSending = false;
      this.#free.wake();
    }
  }

  /** The next message; null when the connection is over. Throws ProtocolError for what is none. */
  async receive(): Promise<Message | null> {
    if (!(await this.#has(4))) return null;
    const length = viewOf(this.#take(4)).getUint32(0);
    if (length === 0 || length > LONGEST_MESSAGE_BYTES) throw new ProtocolError('Bad packet length');
    if (!(await this.#has(length))) return null;
    return parse(this.#take(length));
  }

  async #has(bytes: number): Promise<boolean> {
    while (this.#received.length < bytes) if (!(await this.#fill())) return false;
    return true;
  }

  async #fill(): Promise<boolean> {
    try {
      const piece = await this.#sys.read(this.#fd, READ_BYTES);
      this.#received = concat([this.#received, piece]) as Uint8Array<ArrayBuffer>;
      return piece.length > 0;
    } catch (error) {
      if (isErrno(error, 'ECONNRESET')) return false;
      if (isErrno(error, 'EINTR')) return true;
      throw error;
    }
  }

  #take(bytes: number): Uint8Array {
    const taken = this.#received.slice(0, bytes);
    this.#received = this.#received.slice(bytes);
    return taken;
  }
}

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

function parse(body: Uint8Array): Message {
  const fields: Uint8Array[] = [];
  for (let at = 1; at < body.length; ) {
    const length = at + 4 <= body.length ? viewOf(body).getUint32(at) : Number.POSITIVE_INFINITY;
    if (at + 4 + length > body.length) throw new ProtocolError('Bad packet');
    fields.push(body.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return { type: body[0] ?? 0, fields };
}

/** A field as text. */
export const textIn = ({ fields }: Message, at: number): string => decode(fields[at] ?? new Uint8Array());
