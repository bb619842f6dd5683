import { isErrno } from '../../../kernel/errno.ts';
import type { Fd, Sys } from '../../../kernel/sys.ts';

export type Key =
  | 'enter'
  | 'left'
  | 'right'
  | 'home'
  | 'end'
  | 'up'
  | 'down'
  | 'backspace'
  | 'delete'
  | 'interrupt'
  | 'end-of-file'
  | 'tab'
  | 'kill-end'
  | 'kill-start'
  | 'kill-word'
  | 'kill-next-word'
  | 'clear'
  | 'search'
  | 'yank'
  | 'word-left'
  | 'word-right'
  | 'transpose'
  | 'upper'
  | 'lower'
  | 'capital'
  | 'undo'
  | 'last-word'
  | 'first-line'
  | 'last-line'
  | 'escape'
  | 'ignored'
  | { readonly text: string };

const CONTROLS: Readonly<Record<number, Key>> = {
  1: 'home',
  2: 'left',
  3: 'interrupt',
  4: 'end-of-file',
  5: 'end',
  6: 'right',
  7: 'escape',
  8: 'backspace',
  9: 'tab',
  10: 'enter',
  11: 'kill-end',
  12: 'clear',
  13: 'enter',
  14: 'down',
  16: 'up',
  18: 'search',
  20: 'transpose',
  21: 'kill-start',
  23: 'kill-word',
  25: 'yank',
  31: 'undo',
  127: 'backspace',
};
const ESCAPE = 27;
/** A lone escape is one when nothing follows for so long. */
const ESCAPE_MS = 50;

/** Reads keys, a byte at a time: what follows the line is somebody else's. Null at the end of the input. */
export class KeyReader {
  readonly #sys: Sys;
  readonly #fd: Fd;
  readonly #decoder = new TextDecoder();

  readonly #onSignal: () => Promise<void>;

  /** `onSignal` is called whenever a signal that the shell catches interrupts the wait for a key. */
  constructor(sys: Sys, fd: Fd, onSignal: () => Promise<void>) {
    this.#sys = sys;
    this.#fd = fd;
    this.#onSignal = onSignal;
  }

  async next(): Promise<Key | null> {
    const byte = await this.#byte();
    if (byte === null) return null;
    if (byte === ESCAPE) return (await this.#sys.stall(() => import('./escape-keys.ts'))).escaped(() => this.#charSoon());
    const control = CONTROLS[byte];
    if (control !== undefined) return control;
    if (byte < 32) return 'ignored';
    const text = this.#decoder.decode(Uint8Array.of(byte), { stream: true });
    return text === '' ? this.next() : { text };
  }

  async #byte(): Promise<number | null> {
    for (;;) {
      try {
        const bytes = await this.#sys.read(this.#fd, 1);
        return bytes[0] ?? null;
      } catch (error) {
        if (isErrno(error, 'EIO')) return null;
        if (!isErrno(error, 'EINTR')) throw error;
        await this.#onSignal();
      }
    }
  }

  async #charSoon(): Promise<string> {
    const ready = await this.#sys.poll([{ fd: this.#fd, events: { read: true } }], ESCAPE_MS).catch(() => []);
    if (ready.length === 0) return '';
    return String.fromCharCode((await this.#byte()) ?? 0);
  }
}
