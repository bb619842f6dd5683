import type { NetHost } from '../host.ts';

const FIRST_NS = 200_000_000;
const MAX_NS = 120_000_000_000;
const MAX_TRIES = 15;

/** Retransmission: again after 0.2 s, then twice that, until the fifteenth time (tcp_retries2). */
export class Backoff {
  readonly #host: NetHost;
  #tries = 0;
  #isWaiting = false;

  constructor(host: NetHost) {
    this.#host = host;
  }

  /** Calls `again` later, or `give` when it was too often. One call waits at a time. */
  later({ again, give }: { again: () => void; give: () => void }): void {
    if (this.#isWaiting) return;
    this.#isWaiting = true;
    this.#host.after(Math.min(FIRST_NS * 2 ** this.#tries, MAX_NS), () => {
      this.#isWaiting = false;
      this.#tries += 1;
      if (this.#tries > MAX_TRIES) give();
      else again();
    });
  }

  reset(): void {
    this.#tries = 0;
  }
}
