/** Keys of a terminal in raw mode, and the screen that a full-screen program draws on. */
import { isErrno } from '../../../kernel/errno.ts';
import type { Fd, Sys, TerminalMode } from '../../../kernel/sys.ts';
import { encode } from '../../program-io.ts';

/** A character, or a key by name: `Up`, `PageDown`, `Escape`, `Enter`, `Backspace`, `Delete`, `^X`. */
export type Key = string;

const NAMED: Readonly<Record<string, Key>> = { A: 'Up', B: 'Down', C: 'Right', D: 'Left', H: 'Home', F: 'End' };
const NUMBERED: Readonly<Record<string, Key>> = {
  '1': 'Home',
  '2': 'Insert',
  '3': 'Delete',
  '4': 'End',
  '5': 'PageUp',
  '6': 'PageDown',
  '7': 'Home',
  '8': 'End',
};
/** A lone escape is one when nothing follows for so long. */
const ESCAPE_MS = 50;

export class RawTerminal {
  readonly #sys: Sys;
  readonly #fd: Fd;
  readonly #before: TerminalMode;
  readonly #decoder = new TextDecoder();

  /** Takes the terminal into raw mode; `signals`: ^C and its like still make them. */
  constructor(sys: Sys, fd: Fd, { signals = false } = {}) {
    this.#sys = sys;
    this.#fd = fd;
    this.#before = sys.tty.mode(fd);
    sys.tty.setMode(fd, { canonical: false, echo: false, signals });
  }

  /** The terminal is afterwards what it was. */
  close(): void {
    this.#sys.tty.setMode(this.#fd, this.#before);
  }

  get size(): { readonly columns: number; readonly rows: number } {
    const { columns, rows } = this.#sys.tty.size(this.#fd);
    return { columns: columns || 80, rows: rows || 24 };
  }

  async write(text: string): Promise<void> {
    await this.#sys.write(1, encode(text));
  }

  /** The next key; null if the terminal is gone, 'Resize' if its size has changed, 'Timeout' if none came in time. */
  async key(timeoutMs?: number): Promise<Key | null> {
    try {
      if (timeoutMs !== undefined && (await this.#sys.poll([{ fd: this.#fd, events: { read: true } }], timeoutMs)).length === 0)
        return 'Timeout';
      const [byte] = await this.#sys.read(this.#fd, 1);
      if (byte === undefined) return null;
      if (byte === 27) return await this.#escape();
      if (byte === 13 || byte === 10) return 'Enter';
      if (byte === 127 || byte === 8) return 'Backspace';
      if (byte === 9) return '\t';
      if (byte < 32) return `^${String.fromCharCode(byte + 64)}`;
      const text = this.#decoder.decode(Uint8Array.of(byte), { stream: true });
      return text === '' ? this.key() : text;
    } catch (error) {
      if (isErrno(error, 'EIO')) return null;
      if (isErrno(error, 'EINTR')) return 'Resize';
      throw error;
    }
  }

  async #soon(): Promise<string> {
    const ready = await this.#sys.poll([{ fd: this.#fd, events: { read: true } }], ESCAPE_MS);
    if (ready.length === 0) return '';
    const [byte = 0] = await this.#sys.read(this.#fd, 1);
    return String.fromCharCode(byte);
  }

  async #escape(): Promise<Key> {
    const first = await this.#soon();
    if (first === '') return 'Escape';
    if (first !== '[' && first !== 'O') return `Alt-${first}`;
    let sequence = '';
    for (;;) {
      const char = await this.#soon();
      if (char === '') return 'Escape';
      if (/[0-9;?]/.test(char)) sequence += char;
      else return char === '~' ? (NUMBERED[sequence.split(';')[0] ?? ''] ?? 'Unknown') : (NAMED[char] ?? 'Unknown');
    }
  }
}
