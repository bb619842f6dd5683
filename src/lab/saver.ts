/**
 * Writes a journal down as it grows: the first change at once, and each command; what else follows is gathered for a moment. One write
 * after the other, each all or nothing. What could not be written stays due, and what was on the disk before stays there.
 */
import type { Entry } from '../engine/machine/types.ts';
import type { Head, Store } from './store.ts';

export interface SaverOptions {
  /** Null if this browser keeps nothing for this page. */
  readonly store: Store | null;
  /** What is to be on the disk, as it is now. */
  readonly head: () => Head | Promise<Head>;
  readonly line: () => readonly Entry[];
  /** The first place of the line that has changed since this was asked last; Infinity if none has. */
  readonly takeChanged: () => number;
  /** Calls `wake` after so many milliseconds; returns what cancels it. */
  readonly after: (ms: number, wake: () => void) => () => void;
  readonly tell: (state: 'saved' | 'unsaved', message?: string) => void;
}

/** How long after a write changes are gathered to be written together, and how long after a failure it is tried again. */
const SAVE_AFTER_MS = 150;
const AGAIN_AFTER_MS = 5000;

export class Saver {
  readonly #options: SaverOptions;
  #isDue = false;
  /** What is due does not wait until a moment's changes are together. */
  #isPressing = false;
  #dirtyFrom = Number.POSITIVE_INFINITY;
  #writing: Promise<void> | null = null;
  #cancel: (() => void) | null = null;

  constructor(options: SaverOptions) {
    this.#options = options;
  }

  /** Something is to be written; `atOnce`: whoever did it may be gone in a moment. */
  changed({ atOnce = false } = {}): void {
    this.#isDue = true;
    this.#isPressing ||= atOnce;
    if (atOnce && !this.#writing) this.#cancelWait();
    if (!this.#writing) this.#soon(0);
  }

  /** Writes at once what is due. Resolves when it is written, or could not be. */
  async flush(): Promise<void> {
    await this.#writing;
    this.#cancelWait();
    if (this.#isDue) await this.#write();
  }

  #cancelWait(): void {
    this.#cancel?.();
    this.#cancel = null;
  }

  #soon(ms: number): void {
    if (this.#cancel) return;
    this.#cancel = this.#options.after(ms, () => {
      this.#cancel = null;
      if (this.#isDue) void this.#write();
    });
  }

  #write(): Promise<void> {
    this.#writing ??= this.#writeOnce().finally(() => {
      this.#writing = null;
    });
    return this.#writing;
  }

  async #writeOnce(): Promise<void> {
    const { store, head, line, takeChanged, tell } = this.#options;
    this.#isDue = false;
    this.#isPressing = false;
    const now = await head();
    const from = Math.min(this.#dirtyFrom, takeChanged(), line().length);
    this.#dirtyFrom = Number.POSITIVE_INFINITY;
    try {
      if (!store) throw new Error('this browser keeps no data for this page');
      await store.write(now, from, line().slice(from));
      tell('saved');
      this.#soon(this.#isPressing ? 0 : SAVE_AFTER_MS);
    } catch (error) {
      this.#dirtyFrom = Math.min(this.#dirtyFrom, from);
      this.#isDue = true;
      tell('unsaved', error instanceof Error ? error.message : String(error));
      if (store) this.#soon(AGAIN_AFTER_MS);
    }
  }
}
