/**
 * Pipes and fifos: bytes in order, in a buffer of 64 KiB, with writers that wait while it is full and readers that wait while
 * it is empty. A pipe is made of one `Pipe` and any number of open ends; the last writer's close is the reader's end of file,
 * the last reader's close makes writing fail with EPIPE. Writes of up to 4 KiB are never torn (pipe(7), PIPE_BUF).
 */
import { Errno } from './errno.ts';
import type { Stat } from './fs/types.ts';
import { type Access, AGAIN, type Again, type OpenFile, type Readiness } from './open-file.ts';
import { WaitQueue } from './wait-queue.ts';

export const PIPE_CAPACITY_BYTES = 64 * 1024;
const PIPE_BUF_BYTES = 4096;

export interface PipeIdentity {
  /** What /proc/PID/fd shows: `pipe:[N]`, or the fifo's path. */
  readonly name: string;
  stat(): Stat;
}

export class Pipe {
  readonly #identity: PipeIdentity;
  readonly #chunks: Uint8Array[] = [];
  #sizeBytes = 0;
  #readers = 0;
  #writers = 0;
  /** How often an end was opened: whoever opens a fifo waits until the other count has moved. */
  #readersEver = 0;
  #writersEver = 0;
  /** Woken when there is more to read, or no writer is left. */
  readonly readable = new WaitQueue();
  /** Woken when there is room again, or no reader is left. */
  readonly writable = new WaitQueue();
  /** Woken by either: for an end that both reads and writes. */
  readonly either = new WaitQueue();
  /** Woken when an end is opened. */
  readonly opened = new WaitQueue();

  constructor(identity: PipeIdentity) {
    this.#identity = identity;
  }

  get readers(): number {
    return this.#readers;
  }

  get writers(): number {
    return this.#writers;
  }

  get readersEver(): number {
    return this.#readersEver;
  }

  get writersEver(): number {
    return this.#writersEver;
  }

  /** Opens an end, or both (as `<>` of a fifo does). Never waits. */
  open(end: Access, name: string = this.#identity.name): OpenFile {
    if (end !== 'write') {
      this.#readers += 1;
      this.#readersEver += 1;
    }
    if (end !== 'read') {
      this.#writers += 1;
      this.#writersEver += 1;
    }
    this.opened.wake();
    return new PipeEnd(this, end, name);
  }

  closeEnd(end: Access): void {
    if (end !== 'write') this.#readers -= 1;
    if (end !== 'read') this.#writers -= 1;
    this.#wake(this.readable, this.writable);
  }

  #wake(...queues: readonly WaitQueue[]): void {
    for (const queue of queues) queue.wake();
    this.either.wake();
  }

  read(maxBytes: number): Uint8Array | Again {
    if (maxBytes === 0) return new Uint8Array(0);
    if (this.#sizeBytes === 0) return this.#writers === 0 ? new Uint8Array(0) : AGAIN;
    const taken = this.#take(maxBytes);
    this.#wake(this.writable);
    return taken;
  }

  #take(maxBytes: number): Uint8Array {
    const size = Math.min(maxBytes, this.#sizeBytes);
    this.#sizeBytes -= size;
    const first = this.#chunks[0];
    if (first !== undefined && first.length === size) {
      this.#chunks.shift();
      return first;
    }
    const bytes = new Uint8Array(size);
    for (let at = 0; at < size; ) {
      const chunk = this.#chunks[0] ?? new Uint8Array(0);
      const part = chunk.subarray(0, size - at);
      bytes.set(part, at);
      at += part.length;
      if (part.length === chunk.length) this.#chunks.shift();
      else this.#chunks[0] = chunk.subarray(part.length);
    }
    return bytes;
  }

  write(bytes: Uint8Array): number | Again {
    if (this.#readers === 0) throw new Errno('EPIPE');
    if (bytes.length === 0) return 0;
    const room = PIPE_CAPACITY_BYTES - this.#sizeBytes;
    if (room === 0 || (bytes.length <= PIPE_BUF_BYTES && room < bytes.length)) return AGAIN;
    const taken = bytes.slice(0, room);
    this.#chunks.push(taken);
    this.#sizeBytes += taken.length;
    this.#wake(this.readable);
    return taken.length;
  }

  poll(end: Access): Readiness {
    const readable = end !== 'write' && (this.#sizeBytes > 0 || (this.#writers === 0 && this.#writersEver > 0));
    const writable = end !== 'read' && (this.#readers === 0 || PIPE_CAPACITY_BYTES - this.#sizeBytes >= PIPE_BUF_BYTES);
    const hangup = end === 'read' ? this.#writers === 0 && this.#writersEver > 0 : this.#readers === 0;
    return { readable, writable, hangup };
  }

  stat(): Stat {
    return this.#identity.stat();
  }
}

/** One open end of a pipe. */
class PipeEnd implements OpenFile {
  readonly kind = 'pipe';
  readonly name: string;
  readonly changed: WaitQueue;
  readonly #pipe: Pipe;
  readonly access: Access;

  constructor(pipe: Pipe, end: Access, name: string) {
    this.#pipe = pipe;
    this.access = end;
    this.name = name;
    this.changed = end === 'both' ? pipe.either : end === 'write' ? pipe.writable : pipe.readable;
  }

  read(maxBytes: number): Uint8Array | Again {
    if (this.access === 'write') throw new Errno('EBADF');
    return this.#pipe.read(maxBytes);
  }

  write(bytes: Uint8Array): number | Again {
    if (this.access === 'read') throw new Errno('EBADF');
    return this.#pipe.write(bytes);
  }

  poll(): Readiness {
    return this.#pipe.poll(this.access);
  }

  stat(): Stat {
    return this.#pipe.stat();
  }

  close(): void {
    this.#pipe.closeEnd(this.access);
  }
}

/** The stat of an anonymous pipe: mode 0600 on pipefs. */
export function pipeStat(ino: number, nowNs: bigint, owner: { readonly uid: number; readonly gid: number }): Stat {
  return {
    type: 'fifo',
    mode: 0o600,
    uid: owner.uid,
    gid: owner.gid,
    sizeBytes: 0,
    allocatedBytes: 0,
    nlink: 1,
    ino,
    dev: 14,
    rdev: 0,
    atimeNs: nowNs,
    mtimeNs: nowNs,
    ctimeNs: nowNs,
  };
}
