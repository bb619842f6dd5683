/**
 * What happened, as `docker events` tells it: the last 256 events are kept for those who ask with `--since`, and everybody who
 * listens gets each new one. Upstream: moby daemon/events.
 */
import type { EventMessage, EventType } from '../../api-types/index.ts';
import type { SpanId, Sys, TaskQueue } from '../../kernel/sys.ts';

const KEPT = 256;

export interface Listener {
  /** The next event; null when it was time to stop. */
  next(timeoutMs?: number): Promise<EventMessage | null>;
  close(): void;
}

export interface Happening {
  readonly type: EventType;
  readonly action: string;
  readonly id: string;
  readonly attributes?: Readonly<Record<string, string>>;
  /** Of the whole swarm, or of this engine. */
  readonly scope?: 'local' | 'swarm';
}

export class EventLog {
  readonly #sys: Pick<Sys, 'clock' | 'queue' | 'cause'>;
  readonly #kept: EventMessage[] = [];
  readonly #spans = new WeakMap<EventMessage, SpanId>();
  readonly #listeners = new Set<{ readonly pending: EventMessage[]; readonly queue: TaskQueue }>();
  #lastNs = 0n;
  #isLookedAt = false;
  readonly #onEvent: (event: EventMessage) => void;

  /** `onEvent` is told at once, and takes no time: somebody outside the machine watches. */
  constructor(sys: Pick<Sys, 'clock' | 'queue' | 'cause'>, onEvent: (event: EventMessage) => void = () => {}) {
    this.#sys = sys;
    this.#onEvent = onEvent;
  }

  get listeners(): number {
    return this.#listeners.size;
  }

  /** What `body` does is nothing that happened: it only looks, and nothing else moves meanwhile. */
  async quietly<T>(body: () => Promise<T>): Promise<T> {
    this.#isLookedAt = true;
    try {
      return await body();
    } finally {
      this.#isLookedAt = false;
    }
  }

  emit({ type, action, id, attributes = {}, scope = 'local' }: Happening): void {
    if (this.#isLookedAt) return;
    // Two events never share an instant, so that `--since` the last one seen asks for the rest.
    const now = this.#sys.clock.nowNs();
    this.#lastNs = now > this.#lastNs ? now : this.#lastNs + 1n;
    const sorted = Object.fromEntries(Object.entries(attributes).sort(([a], [b]) => (a < b ? -1 : 1)));
    const event: EventMessage = {
      Type: type,
      Action: action,
      Actor: { ID: id, Attributes: sorted },
      scope,
      time: Number(this.#lastNs / 1_000_000_000n),
      timeNano: this.#lastNs,
    };
    this.#kept.push(event);
    this.#spans.set(event, this.#sys.cause.span());
    if (this.#kept.length > KEPT) this.#kept.shift();
    this.#onEvent(event);
    for (const listener of this.#listeners) {
      listener.pending.push(event);
      listener.queue.wake();
    }
  }

  /** Each that is kept, with its cause. */
  causes(): readonly { readonly span: SpanId; readonly event: EventMessage }[] {
    return this.#kept.map((event) => ({ span: this.#spans.get(event) ?? 0, event }));
  }

  /** What is kept of the span, oldest first. */
  between(sinceNs: bigint, untilNs: bigint | undefined): readonly EventMessage[] {
    return this.#kept.filter((event) => BigInt(event.timeNano) >= sinceNs && (untilNs === undefined || BigInt(event.timeNano) <= untilNs));
  }

  listen(): Listener {
    const listener = { pending: [] as EventMessage[], queue: this.#sys.queue() };
    this.#listeners.add(listener);
    return {
      next: async (timeoutMs) => {
        while (listener.pending.length === 0) {
          const woken = await listener.queue.wait(timeoutMs);
          if (!woken && listener.pending.length === 0) return null;
        }
        return listener.pending.shift() ?? null;
      },
      close: () => {
        this.#listeners.delete(listener);
      },
    };
  }
}

/** One line of the stream. Nanoseconds are beyond a double, so the number is written by hand. */
export function eventLine(event: EventMessage): string {
  const { timeNano, ...rest } = event;
  return `${JSON.stringify(rest).slice(0, -1)},"timeNano":${String(timeNano)}}\n`;
}
