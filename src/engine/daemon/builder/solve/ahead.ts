/**
 * What a build is certain to need, begun while somebody else is still looking: once a step is not in the cache, neither is what stands on
 * it, so whatever these read of other stages is made at once, and stages run side by side. Upstream: buildkit solver/edge.go.
 */
import type { Sys } from '../../../kernel/sys.ts';
import type { Vertex } from '../plan/vertex.ts';
import { readsOf } from './reads.ts';

const GATHER_MS = 1;

interface Beginning {
  /** Vertices as they are shown. */
  readonly shown: ReadonlyMap<string, Vertex>;
  readonly begin: (vertex: Vertex) => Promise<unknown>;
}

export class Ahead {
  readonly #sys: Pick<Sys, 'thread' | 'sleep'>;
  readonly #beginning: Beginning;
  readonly #threads: ReturnType<Sys['thread']>[] = [];
  readonly #begun = new Set<string>();
  readonly #pending: Vertex[] = [];
  readonly #passed = new Set<string>();
  #above: ReadonlyMap<string, readonly Vertex[]> | undefined;

  constructor(sys: Pick<Sys, 'thread' | 'sleep'>, beginning: Beginning) {
    this.#sys = sys;
    this.#beginning = beginning;
  }

  /** The cache does not know a step by its inputs: those that it lacks will have to run, and what is above will read what it reads. */
  ofUnknown(vertex: Vertex, missing: readonly Vertex[]): void {
    for (const input of missing) this.#begin(input);
    this.#readsAbove(vertex);
  }

  #readsAbove(vertex: Vertex): void {
    for (const above of this.#standingOn(vertex)) {
      if (this.#passed.has(above.digest)) continue;
      this.#passed.add(above.digest);
      for (const { input } of readsOf(above.operation)) this.#begin(above.inputs[input]);
      this.#readsAbove(above);
    }
  }

  /** Waits until nothing runs that was begun here. */
  async ended(): Promise<void> {
    for (let thread = this.#threads.shift(); thread; thread = this.#threads.shift()) await thread.join();
  }

  #begin(vertex: Vertex | undefined): void {
    if (!vertex || ['image', 'local', 'http', 'git'].includes(vertex.operation.kind) || this.#begun.has(vertex.digest)) return;
    this.#begun.add(vertex.digest);
    this.#pending.push(vertex);
    if (this.#pending.length === 1) this.#spawn(() => this.#beginPending());
  }

  /** What is found at once begins in the order of the Dockerfile. */
  async #beginPending(): Promise<void> {
    await this.#sys.sleep(GATHER_MS);
    const order = [...this.#beginning.shown.keys()];
    const sorted = this.#pending.splice(0).sort((a, b) => order.indexOf(a.digest) - order.indexOf(b.digest));
    for (const vertex of sorted) this.#spawn(() => this.#beginning.begin(vertex));
  }

  #spawn(act: () => Promise<unknown>): void {
    this.#threads.push(
      this.#sys.thread(async () => {
        try {
          await act();
        } catch {
          // Whoever needs it is told.
        }
      }),
    );
  }

  #standingOn({ digest }: Vertex): readonly Vertex[] {
    this.#above ??= aboveOf(this.#beginning.shown);
    return this.#above.get(digest) ?? [];
  }
}

/** Of each vertex, those that it is an input of. */
function aboveOf(shown: ReadonlyMap<string, Vertex>): ReadonlyMap<string, readonly Vertex[]> {
  const above = new Map<string, Vertex[]>();
  for (const vertex of shown.values()) for (const { digest } of vertex.inputs) above.set(digest, [...(above.get(digest) ?? []), vertex]);
  return above;
}
