/** Tells what a build does while it does it, and keeps it for the history. */

import {
  encodeStatusResponse,
  type SourceInfo,
  type StatusResponse,
  type Vertex as TracedVertex,
  type VertexStatus,
} from '../../api-types/build-trace.ts';
import { encodeBase64 } from '../../http/base64.ts';
import type { Sys } from '../../kernel/sys.ts';
import { type Finding, shortOf } from './lint/linter.ts';

/** What is shown of a step. */
export interface Step {
  readonly digest: string;
  readonly name: string;
  readonly inputs?: readonly { readonly digest: string }[];
  readonly progressGroup?: TracedVertex['progressGroup'] | undefined;
}

export interface Ending {
  readonly cached?: boolean;
  readonly error?: string;
  readonly idle?: boolean;
}

export interface Counts {
  readonly total: number;
  readonly completed: number;
  readonly cached: number;
}

interface Told {
  readonly message: StatusResponse;
  /** In base64. */
  readonly text: string;
}

const encoder = new TextEncoder();
const encoded = (message: StatusResponse): string => encodeBase64(encodeStatusResponse(message));

export class Progress {
  readonly #sys: Pick<Sys, 'clock'>;
  readonly #say: (message: string) => Promise<void>;
  readonly #open = new Map<string, TracedVertex>();
  readonly #done = new Map<string, boolean>();
  /** When a step last told something. */
  readonly #told = new Map<string, bigint>();
  readonly #messages: Told[] = [];
  /** The last lines of each step that prints, for errors. */
  readonly logs = new Map<string, Uint8Array[]>();

  /** `say` is given each message in base64. */
  constructor(sys: Pick<Sys, 'clock'>, say: (message: string) => Promise<void>) {
    this.#sys = sys;
    this.#say = say;
  }

  async #tell(message: StatusResponse): Promise<void> {
    const text = encoded(message);
    this.#messages.push({ message, text });
    await this.#say(text);
  }

  /**
   * What is kept of it, in base64. A record has one status of each id, the last: of two steps that transfer a context, the first one's
   * is not told again.
   */
  trace(): readonly string[] {
    const last = new Map(
      this.#messages.flatMap(({ message: { statuses = [] } }) => statuses.map(({ id, vertex }) => [id, vertex] as const)),
    );
    return this.#messages.map(({ message, text }) => {
      const { statuses = [] } = message;
      const kept = statuses.filter(({ id, vertex }) => last.get(id) === vertex);
      return kept.length === statuses.length ? text : encoded({ ...message, statuses: kept });
    });
  }

  get messageCount(): number {
    return this.#messages.length;
  }

  now(): bigint {
    return this.#sys.clock.nowNs();
  }

  async start({ digest, name, inputs = [], progressGroup }: Step): Promise<void> {
    if (this.#open.has(digest)) return;
    const vertex: TracedVertex = {
      digest,
      name,
      inputs: inputs.map((input) => input.digest),
      started: this.now(),
      ...(progressGroup ? { progressGroup } : {}),
    };
    this.#open.set(digest, vertex);
    await this.#tell({ vertexes: [vertex] });
  }

  /** Whether a step has begun, or more. */
  isTold(digest: string): boolean {
    return this.#open.has(digest) || this.#done.has(digest);
  }

  /** `idle`: it has done nothing since it last told something. */
  async complete(digest: string, { cached = false, error, idle = false }: Ending = {}): Promise<void> {
    const vertex = this.#open.get(digest);
    if (!vertex) return;
    this.#open.delete(digest);
    this.#done.set(digest, cached);
    await this.#tell({
      vertexes: [
        {
          ...vertex,
          completed: idle ? (this.#told.get(digest) ?? this.now()) : this.now(),
          ...(cached ? { cached } : {}),
          ...(error === undefined ? {} : { error }),
        },
      ],
    });
  }

  /** A step that took no time. */
  async cached(step: Step): Promise<void> {
    await this.start(step);
    await this.complete(step.digest, { cached: true });
  }

  async status(vertex: string, status: Omit<VertexStatus, 'vertex' | 'timestamp'>): Promise<void> {
    this.#told.set(vertex, this.now());
    await this.#tell({ statuses: [{ ...status, vertex, timestamp: this.now() }] });
  }

  /** A task of a step, from its beginning to its end. */
  async task<T>(vertex: string, id: string, act: () => Promise<T>): Promise<T> {
    const started = this.now();
    await this.status(vertex, { id, started });
    try {
      return await act();
    } finally {
      // One that fails is over as well.
      await this.status(vertex, { id, started, completed: this.now() });
    }
  }

  async log(vertex: string, stream: 'stdout' | 'stderr', msg: Uint8Array): Promise<void> {
    this.logs.set(vertex, [...(this.logs.get(vertex) ?? []), msg]);
    await this.#tell({ logs: [{ vertex, timestamp: this.now(), stream: stream === 'stdout' ? 1 : 2, msg }] });
  }

  async warn(vertex: string, finding: Finding, info: SourceInfo): Promise<void> {
    const { rule, url, lines } = finding;
    await this.#tell({
      warnings: [
        {
          vertex,
          level: 1,
          short: encoder.encode(shortOf(finding)),
          detail: [encoder.encode(rule.description)],
          url,
          info,
          ranges: [{ start: { line: lines.start }, end: { line: lines.end } }],
        },
      ],
    });
  }

  /** Ends everything that is still open, as canceled. */
  async cancelAll(): Promise<void> {
    for (const digest of [...this.#open.keys()]) await this.complete(digest, { error: 'context canceled' });
  }

  counts(): Counts {
    const done = [...this.#done.values()];
    return { total: this.#done.size + this.#open.size, completed: done.length, cached: done.filter((cached) => cached).length };
  }
}
