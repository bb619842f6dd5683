/** Why things happened: spans, each begun in the course of another. Bounded: the oldest are forgotten first. */
import type { Pid, SpanId } from '../sys.ts';

export interface Span {
  readonly id: SpanId;
  /** 0: it came from outside. */
  readonly parent: SpanId;
  readonly label: string;
  readonly pid: Pid;
  readonly atNs: bigint;
}

/** The spans, to be read. */
export type SpanLog = Pick<Spans, 'find' | 'list'>;

const KEPT_SPANS = 20_000;

export class Spans {
  readonly #spans = new Map<SpanId, Span>();
  #last = 0;

  begin(span: Omit<Span, 'id'>): SpanId {
    this.#last += 1;
    this.#spans.set(this.#last, { id: this.#last, ...span });
    if (this.#spans.size > KEPT_SPANS) this.#spans.delete(this.#last - KEPT_SPANS);
    return this.#last;
  }

  find(id: SpanId): Span | undefined {
    return this.#spans.get(id);
  }

  list(): readonly Span[] {
    return [...this.#spans.values()];
  }
}
