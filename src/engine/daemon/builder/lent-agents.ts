/** The client's SSH agents: connections that wait here until a step of the build wants to ask one. */
import type { Duplex } from '../../http/types.ts';
import type { Sys } from '../../kernel/sys.ts';
import { notFound } from '../errors.ts';

/** A connection to the client, and the end of what it is for. */
interface Lent {
  readonly connection: Duplex;
  readonly done: () => void;
}

export class LentAgents {
  readonly #changed: ReturnType<Sys['queue']>;
  readonly #waiting = new Map<string, Lent[]>();
  #isOver = false;
  readonly ids: readonly string[];

  constructor(sys: Pick<Sys, 'queue'>, ids: readonly string[]) {
    this.ids = ids;
    this.#changed = sys.queue();
  }

  /** Throws DockerError for an agent that there is not, or not any more. */
  check(id: string): void {
    if (this.#isOver || !this.ids.includes(id)) throw notFound(`the build wants no SSH agent ${id}`);
  }

  /** Holds a connection until a step is done with it or the build is over. */
  async lend(id: string, connection: Duplex): Promise<void> {
    let isDone = false;
    const lent: Lent = {
      connection,
      done: () => {
        isDone = true;
        this.#changed.wake();
      },
    };
    this.#waiting.set(id, [...(this.#waiting.get(id) ?? []), lent]);
    this.#changed.wake();
    while (!isDone && !this.#isOver) await this.#changed.wait();
  }

  /** The next connection to an agent; undefined when the build is over. */
  async take(id: string): Promise<Lent | undefined> {
    for (;;) {
      const [first, ...rest] = this.#waiting.get(id) ?? [];
      if (first !== undefined) {
        this.#waiting.set(id, rest);
        return first;
      }
      if (this.#isOver) return undefined;
      await this.#changed.wait();
    }
  }

  close(): void {
    this.#isOver = true;
    this.#changed.wake();
  }
}
