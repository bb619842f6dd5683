/** Requests of the page that the worker is answering, and what has come of each. */
import type { RequestId, ToPage } from './protocol.ts';

export interface LabResponse {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  /** The next piece of the body, null at its end. */
  read(): Promise<Uint8Array | null>;
  cancel(): void;
}

interface Waiting {
  readonly pieces: (Uint8Array | null)[];
  head: { status: number; headers: ReadonlyMap<string, string> } | null;
  error: string | null;
  changed: () => void;
}

type Answer = Extract<ToPage, { kind: `http-${string}` }>;

/** What a machine that is gone leaves of its connections. */
const RESET = 'ECONNRESET';

export class Exchanges {
  readonly #waiting = new Map<RequestId, Waiting>();

  /** Waits for the head of the answer. Rejects with the system call's code. */
  async answerOf(id: RequestId, cancel: () => void): Promise<LabResponse> {
    const waiting: Waiting = { pieces: [], head: null, error: null, changed: () => {} };
    this.#waiting.set(id, waiting);
    await until(waiting, () => waiting.head !== null || waiting.error !== null);
    if (!waiting.head) throw new Error(waiting.error ?? RESET);
    return {
      ...waiting.head,
      read: async () => {
        await until(waiting, () => waiting.pieces.length > 0);
        return waiting.pieces[0] === null ? null : (waiting.pieces.shift() ?? null);
      },
      cancel,
    };
  }

  take(message: Answer): void {
    const waiting = this.#waiting.get(message.request);
    if (!waiting) return;
    if (message.kind === 'http-head') waiting.head = { status: message.status, headers: new Map(message.headers) };
    if (message.kind === 'http-body') waiting.pieces.push(message.bytes);
    if (message.kind === 'http-end') this.#end(message.request, waiting, message.error ?? null);
    waiting.changed();
  }

  /** The machine is gone, and with it whatever it was answering. */
  cutAll(): void {
    for (const [id, waiting] of [...this.#waiting]) {
      this.#end(id, waiting, RESET);
      waiting.changed();
    }
  }

  #end(id: RequestId, waiting: Waiting, error: string | null): void {
    waiting.error = error;
    waiting.pieces.push(null);
    this.#waiting.delete(id);
  }
}

function until(waiting: Waiting, ready: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (ready()) resolve();
      else waiting.changed = look;
    };
    look();
  });
}
