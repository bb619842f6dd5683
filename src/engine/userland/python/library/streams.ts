/** Files and standard streams: bytes through a buffer of their own, and text over them. */
import { isErrno } from '../../../kernel/errno.ts';
import type { Fd } from '../../../kernel/sys.ts';
import { concat } from '../../encoding.ts';
import { fail, valueError } from '../runtime/exceptions.ts';
import { type Steps, type Thread, wait } from '../runtime/thread.ts';
import type { Value } from '../runtime/values.ts';
import { decodeBytes, encodeText } from '../types/codecs.ts';

export const BUFFER_BYTES = 8192;
const CHUNK_CHARS = 8192;

export interface StreamOptions {
  readonly fd: Fd;
  readonly name: Value;
  readonly mode: string;
  readonly canRead: boolean;
  readonly canWrite: boolean;
  readonly isText: boolean;
  readonly encoding?: string;
  readonly errors?: string;
  /** Undefined: any end of a line is read as `\n`. */
  readonly newline?: string | null;
  readonly isUnbuffered?: boolean;
  readonly isLineBuffered?: boolean;
  readonly closesFd?: boolean;
}

export class Stream {
  readonly fd: Fd;
  readonly options: StreamOptions;
  isClosed = false;
  isLineBuffered: boolean;
  isUnbuffered: boolean;
  encoding: string;
  errors: string;
  #written: Uint8Array[] = [];
  #writtenBytes = 0;
  /** Text that waits to be encoded and written. */
  #text = '';
  /** What was read and not yet taken. */
  #ahead: Uint8Array = new Uint8Array(0);
  #isOver = false;

  constructor(options: StreamOptions) {
    this.options = options;
    this.fd = options.fd;
    this.isLineBuffered = options.isLineBuffered ?? false;
    this.isUnbuffered = options.isUnbuffered ?? false;
    this.encoding = options.encoding ?? 'utf-8';
    this.errors = options.errors ?? 'strict';
  }

  check(): void {
    if (this.isClosed) throw valueError('I/O operation on closed file.');
  }

  checkWritable(): void {
    this.check();
    if (!this.options.canWrite) throw unsupported('not writable');
  }

  checkReadable(): void {
    this.check();
    if (!this.options.canRead) throw unsupported('not readable');
  }

  /** Writes text through the buffer. */
  *writeText(thread: Thread, text: string): Steps<void> {
    this.checkWritable();
    const { newline } = this.options;
    this.#text += newline === '\r\n' ? text.replaceAll('\n', '\r\n') : text;
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the range of ASCII is meant.
    if (this.encoding !== 'utf-8' && /[^\x00-\x7f]/.test(text)) encodeText(text, this.encoding, this.errors);
    const isDue = this.isUnbuffered || (this.isLineBuffered && /[\n\r]/.test(text));
    if (isDue) yield* this.flush(thread);
    else if (this.#text.length > CHUNK_CHARS) yield* this.#encodePending(thread);
  }

  *#encodePending(thread: Thread): Steps<void> {
    if (this.#text === '') return;
    const bytes = encodeText(this.#text, this.encoding, this.errors);
    this.#text = '';
    yield* this.writeBytes(thread, bytes);
  }

  *writeBytes(thread: Thread, bytes: Uint8Array): Steps<void> {
    this.checkWritable();
    if (this.#writtenBytes + bytes.length > BUFFER_BYTES) yield* this.#drain(thread);
    if (bytes.length > BUFFER_BYTES || this.isUnbuffered) {
      yield* writeAll(thread, this.fd, bytes);
      return;
    }
    this.#written.push(bytes);
    this.#writtenBytes += bytes.length;
  }

  *#drain(thread: Thread): Steps<void> {
    if (this.#writtenBytes === 0) return;
    const bytes = concat(this.#written);
    this.#written = [];
    this.#writtenBytes = 0;
    yield* writeAll(thread, this.fd, bytes);
  }

  *flush(thread: Thread): Steps<void> {
    this.check();
    yield* this.#encodePending(thread);
    yield* this.#drain(thread);
  }

  /** Forgets what was not written: its reader is gone. */
  discard(): void {
    this.#text = '';
    this.#written = [];
    this.#writtenBytes = 0;
  }

  /** Reads more; false at the end. */
  *#fill(thread: Thread, atLeast: number): Steps<boolean> {
    if (this.#isOver && this.#ahead.length === 0) return false;
    const bytes = yield* readSome(thread, this.fd, Math.max(BUFFER_BYTES, atLeast));
    if (bytes.length === 0) {
      this.#isOver = true;
      return false;
    }
    thread.interpreter.memory.take(bytes.length);
    this.#ahead = this.#ahead.length === 0 ? bytes : concat([this.#ahead, bytes]);
    return true;
  }

  #take(count: number): Uint8Array {
    const bytes = this.#ahead.subarray(0, count);
    this.#ahead = this.#ahead.subarray(count);
    return bytes;
  }

  /** So many bytes, or all; fewer at the end. */
  *readBytes(thread: Thread, count: number | null): Steps<Uint8Array> {
    this.checkReadable();
    this.#isOver = false;
    const pieces: Uint8Array[] = [];
    let total = 0;
    for (;;) {
      if (this.#ahead.length > 0) {
        const piece = this.#take(count === null ? this.#ahead.length : Math.min(this.#ahead.length, count - total));
        pieces.push(piece);
        total += piece.length;
      }
      if (count !== null && total >= count) break;
      if (!(yield* this.#fill(thread, count === null ? BUFFER_BYTES * 8 : count - total))) break;
    }
    return pieces.length === 1 ? (pieces[0] as Uint8Array) : concat(pieces);
  }

  /** What is there, at most so much; waits only if nothing is. */
  *readAvailable(thread: Thread, count: number): Steps<Uint8Array> {
    this.checkReadable();
    if (this.#ahead.length === 0) yield* this.#fill(thread, BUFFER_BYTES);
    return this.#take(Math.min(count, this.#ahead.length));
  }

  *peek(thread: Thread): Steps<Uint8Array> {
    if (this.#ahead.length === 0) yield* this.#fill(thread, BUFFER_BYTES);
    return this.#ahead;
  }

  *readLine(thread: Thread, limit = -1): Steps<Uint8Array> {
    this.checkReadable();
    this.#isOver = false;
    for (let from = 0; ; ) {
      const end = this.#ahead.indexOf(10, from);
      if (end >= 0) return this.#take(limit >= 0 ? Math.min(limit, end + 1) : end + 1);
      if (limit >= 0 && this.#ahead.length >= limit) return this.#take(limit);
      from = this.#ahead.length;
      if (!(yield* this.#fill(thread, BUFFER_BYTES))) return this.#take(this.#ahead.length);
    }
  }

  *readTextLine(thread: Thread): Steps<string> {
    return this.#universal(decodeBytes(yield* this.readLine(thread), this.encoding, this.errors));
  }

  *readText(thread: Thread, count: number | null): Steps<string> {
    if (count === null) return this.#universal(decodeBytes(yield* this.readBytes(thread, null), this.encoding, this.errors));
    let text = '';
    while (text.length < count) {
      const first = yield* this.readBytes(thread, 1);
      const [byte] = first;
      if (byte === undefined) break;
      const more = byte >= 0xf0 ? 3 : byte >= 0xe0 ? 2 : byte >= 0xc0 ? 1 : 0;
      text += decodeBytes(more === 0 ? first : concat([first, yield* this.readBytes(thread, more)]), this.encoding, this.errors);
    }
    return this.#universal(text);
  }

  #universal(text: string): string {
    const { newline = null } = this.options;
    return newline === null ? text.replace(/\r\n?/g, '\n') : text;
  }

  *seek(thread: Thread, offset: number, whence: number): Steps<number> {
    this.check();
    if (this.options.canWrite) yield* this.flush(thread);
    const back = whence === 1 ? this.#ahead.length : 0;
    this.#ahead = new Uint8Array(0);
    this.#isOver = false;
    return thread.sys.fds.seek(this.fd, offset - back, (['set', 'cur', 'end'] as const)[whence] ?? 'set');
  }

  *tell(thread: Thread): Steps<number> {
    this.check();
    const at = thread.sys.fds.seek(this.fd, 0, 'cur');
    if (this.#text !== '') yield* this.#encodePending(thread);
    return at - this.#ahead.length + this.#writtenBytes;
  }

  *close(thread: Thread): Steps<void> {
    if (this.isClosed) return;
    try {
      if (this.options.canWrite) yield* this.flush(thread);
    } finally {
      this.isClosed = true;
      if (this.options.closesFd !== false) thread.sys.fds.close(this.fd);
    }
  }
}

const unsupported = (message: string) => fail('OSError', message);

/** Writes all; a caught signal is handled, and writing goes on. */
export function* writeAll(thread: Thread, fd: Fd, bytes: Uint8Array): Steps<void> {
  yield* again(thread, () => thread.sys.write(fd, bytes));
}

export function* readSome(thread: Thread, fd: Fd, count: number): Steps<Uint8Array> {
  return yield* again(thread, () => thread.sys.read(fd, count));
}

/** A call that a signal may interrupt: the signal is handled, and the call is made again. */
export function* again<T>(thread: Thread, callOnce: () => Promise<T>): Steps<T> {
  for (;;) {
    if (thread.isMain && thread.interpreter.signals.isPending) yield* thread.interpreter.signals.deliver(thread);
    try {
      return yield* wait(callOnce());
    } catch (error) {
      if (!isInterrupted(error)) throw error;
    }
  }
}

/** An EINTR, whether of the kernel or already an exception. */
export function isInterrupted(error: unknown): boolean {
  if (isErrno(error, 'EINTR')) return true;
  return (
    typeof error === 'object' &&
    error !== null &&
    'exc' in error &&
    (error as { exc: { cls: { name: string } } }).exc.cls.name === 'InterruptedError'
  );
}
