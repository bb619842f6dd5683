/**
 * What nearly every program needs and no system call gives: text out through a buffer, lines in, whole streams.
 * Text tools work on *raw* strings, one character for each byte, so that whatever goes in can come out again.
 */
import { type Errno, isErrno } from '../kernel/errno.ts';
import type { Fd, Sys } from '../kernel/sys.ts';
import { concat, decode, encode } from './encoding.ts';

export { concat, decode, encode };

/** As the C library: a full buffer is written, on a terminal every line. */
const BUFFER_BYTES = 4096;
export const READ_BYTES = 65_536;
const CHARS_AT_ONCE = 8192;

/** Which release of a program an executable is: what its note says behind the colon, else what the environment says, as in images of others. */
export const releaseOf = ({ note, env }: Sys, variable: string, otherwise: string): string =>
  note.split(':')[1] ?? env.get(variable) ?? otherwise;

/** One character for each byte. */
export function rawOf(bytes: Uint8Array): string {
  let raw = '';
  for (let at = 0; at < bytes.length; at += CHARS_AT_ONCE) raw += String.fromCharCode(...bytes.subarray(at, at + CHARS_AT_ONCE));
  return raw;
}

/** The bytes of a raw string. */
export function bytesOf(raw: string): Uint8Array {
  const bytes = new Uint8Array(raw.length);
  for (let i = 0; i < raw.length; i += 1) bytes[i] = raw.charCodeAt(i);
  return bytes;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: the range of ASCII is meant.
const isAscii = (text: string): boolean => /^[\x00-\x7f]*$/.test(text);
/** An argument or file name, as raw bytes. */
export const toRaw = (text: string): string => (isAscii(text) ? text : rawOf(encode(text)));
/** Raw bytes that are an argument or file name. */
export const toText = (raw: string): string => (isAscii(raw) ? raw : decode(bytesOf(raw)));

/** Writes text to a descriptor at once. */
export async function say(sys: Sys, fd: Fd, text: string): Promise<void> {
  if (text !== '') await sys.write(fd, encode(text));
}

/** `NAME: MESSAGE` on standard error; the status to return. */
export async function fail(sys: Sys, message: string, status = 1): Promise<number> {
  await say(sys, 2, `${(sys.argv[0] ?? '').replace(/.*\//, '')}: ${message}\n`);
  return status;
}

/** A stream's pieces until its end. */
export async function readAll(sys: Sys, fd: Fd): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for (;;) {
    const piece = await sys.read(fd, READ_BYTES);
    if (piece.length === 0) return concat(pieces);
    sys.grow(piece.length);
    pieces.push(piece);
  }
}

/** Standard output (or another stream) took no more: not to be taken for a failure of what is read. */
export class WriteFailed extends Error {
  override readonly name = 'WriteFailed';
  readonly errno: Errno;

  constructor(errno: Errno) {
    super(errno.message);
    this.errno = errno;
  }
}

/** Buffered output, as stdio has it. */
export class Output {
  readonly #sys: Sys;
  readonly fd: Fd;
  readonly isTerminal: boolean;
  /** After every line, on a pipe too (`grep --line-buffered`, `sed -u`). */
  lineBuffered: boolean;
  #pieces: Uint8Array[] = [];
  #sizeBytes = 0;

  constructor(sys: Sys, fd: Fd) {
    this.#sys = sys;
    this.fd = fd;
    this.isTerminal = isOpen(sys, fd) && sys.fds.isatty(fd);
    this.lineBuffered = this.isTerminal;
  }

  /** Text, written as UTF-8. */
  async write(text: string): Promise<void> {
    await this.bytes(encode(text));
  }

  /** A raw string: one byte for each character. */
  async raw(raw: string): Promise<void> {
    await this.bytes(bytesOf(raw));
  }

  async bytes(bytes: Uint8Array): Promise<void> {
    if (bytes.length === 0) return;
    this.#pieces.push(bytes);
    this.#sizeBytes += bytes.length;
    if (this.#sizeBytes >= BUFFER_BYTES || (this.lineBuffered && bytes.includes(10))) await this.flush();
  }

  async flush(): Promise<void> {
    if (this.#sizeBytes === 0) return;
    const bytes = concat(this.#pieces);
    this.#pieces = [];
    this.#sizeBytes = 0;
    try {
      await this.#sys.write(this.fd, bytes);
    } catch (error) {
      throw isErrno(error) ? new WriteFailed(error) : error;
    }
  }
}

function isOpen(sys: Sys, fd: Fd): boolean {
  try {
    sys.fds.stat(fd);
    return true;
  } catch (error) {
    if (isErrno(error)) return false;
    throw error;
  }
}

/** Lines (or records) of a descriptor, raw. Memory that a line without an end takes is accounted for. */
export class LineReader {
  readonly #sys: Sys;
  readonly #fd: Fd;
  readonly #separator: string;
  #buffer = '';
  #at = 0;
  #isOver = false;
  #heldBytes = 0;
  /** Whether the line last returned was ended by a separator, not by the end of the file. */
  terminated = true;

  constructor(sys: Sys, fd: Fd, separator = '\n') {
    this.#sys = sys;
    this.#fd = fd;
    this.#separator = separator;
  }

  /** The next line without its separator; null at the end. */
  async next(): Promise<string | null> {
    for (let from = this.#at; ; ) {
      const end = this.#buffer.indexOf(this.#separator, from);
      if (end >= 0) return this.#take(end);
      if (this.#isOver) return this.#rest();
      from = await this.#fill();
    }
  }

  #take(end: number): string {
    const line = this.#buffer.slice(this.#at, end);
    this.#at = end + 1;
    this.terminated = true;
    return line;
  }

  #rest(): string | null {
    if (this.#at >= this.#buffer.length) return null;
    const line = this.#buffer.slice(this.#at);
    this.#buffer = '';
    this.#at = 0;
    this.terminated = false;
    return line;
  }

  /** Reads on; returns where the new bytes begin. */
  async #fill(): Promise<number> {
    const left = this.#buffer.slice(this.#at);
    const piece = await this.#sys.read(this.#fd, READ_BYTES);
    this.#isOver = piece.length === 0;
    this.#buffer = left + rawOf(piece);
    this.#at = 0;
    if (this.#buffer.length > this.#heldBytes + READ_BYTES) {
      this.#sys.grow(this.#buffer.length - this.#heldBytes);
      this.#heldBytes = this.#buffer.length;
    }
    return left.length;
  }

  /** What was read and not yet returned: for a program that goes on with bytes. */
  leftover(): string {
    const left = this.#buffer.slice(this.#at);
    this.#buffer = '';
    this.#at = 0;
    return left;
  }
}
