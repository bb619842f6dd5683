/** What a process prints, on its way to everybody who is attached. Nobody is let fall behind without bound: the writer waits instead. */
import type { Sys, TaskQueue } from '../../kernel/sys.ts';

export type StreamName = 'stdout' | 'stderr';

export interface Chunk {
  readonly stream: StreamName;
  readonly bytes: Uint8Array;
}

export interface Subscription {
  /** The next piece; null at the end. */
  next(): Promise<Chunk | null>;
  close(): void;
}

interface Subscriber {
  readonly pending: Chunk[];
  pendingBytes: number;
  isEnded: boolean;
  readonly queue: TaskQueue;
}

const MAX_PENDING_BYTES = 1 << 20;

export class OutputHub {
  readonly #sys: Pick<Sys, 'queue'>;
  readonly #subscribers = new Set<Subscriber>();
  readonly #drained: TaskQueue;

  constructor(sys: Pick<Sys, 'queue'>) {
    this.#sys = sys;
    this.#drained = sys.queue();
  }

  /** From now on, until the process has ended. */
  attach(): Subscription {
    const subscriber: Subscriber = { pending: [], pendingBytes: 0, isEnded: false, queue: this.#sys.queue() };
    this.#subscribers.add(subscriber);
    return {
      next: async () => {
        while (subscriber.pending.length === 0 && !subscriber.isEnded) await subscriber.queue.wait();
        const chunk = subscriber.pending.shift() ?? null;
        subscriber.pendingBytes -= chunk?.bytes.length ?? 0;
        this.#drained.wake();
        return chunk;
      },
      close: () => {
        this.#subscribers.delete(subscriber);
        subscriber.isEnded = true;
        subscriber.queue.wake();
        this.#drained.wake();
      },
    };
  }

  async push(chunk: Chunk): Promise<void> {
    for (const subscriber of this.#subscribers) {
      subscriber.pending.push(chunk);
      subscriber.pendingBytes += chunk.bytes.length;
      subscriber.queue.wake();
    }
    while ([...this.#subscribers].some(({ pendingBytes }) => pendingBytes > MAX_PENDING_BYTES)) await this.#drained.wait();
  }

  /** The process has ended: so do all who are attached, once they have read what is left. */
  end(): void {
    for (const subscriber of this.#subscribers) {
      subscriber.isEnded = true;
      subscriber.queue.wake();
    }
    this.#subscribers.clear();
  }
}
