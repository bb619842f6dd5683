/** What is told of one build, from its beginning, for all who listen, whenever they come. */
export class Trace {
  readonly #messages: Uint8Array[] = [];
  #isOver = false;
  #waiting: (() => void)[] = [];

  push(message: Uint8Array): void {
    this.#messages.push(message);
    this.#wake();
  }

  end(): void {
    this.#isOver = true;
    this.#wake();
  }

  /** Every message, up to the end; stops early when `gone` is aborted. */
  async *follow(gone: AbortSignal): AsyncGenerator<Uint8Array> {
    const wake = (): void => this.#wake();
    gone.addEventListener('abort', wake);
    try {
      for (let at = 0; !gone.aborted; at++) {
        while (at >= this.#messages.length && !this.#isOver && !gone.aborted)
          await new Promise<void>((resolve) => this.#waiting.push(resolve));
        const message = this.#messages[at];
        if (message === undefined) return;
        yield message;
      }
    } finally {
      gone.removeEventListener('abort', wake);
    }
  }

  #wake(): void {
    for (const wake of this.#waiting.splice(0)) wake();
  }
}
