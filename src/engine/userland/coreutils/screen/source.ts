/** The lines of a file or a pipe, read as far as somebody wants to see them. */
import type { Fd, Sys } from '../../../kernel/sys.ts';
import { READ_BYTES } from '../../program-io.ts';

export class Source {
  readonly path: string;
  readonly #sys: Sys;
  readonly #fd: Fd;
  readonly #decoder = new TextDecoder();
  readonly #lines: string[] = [];
  /** The last line has no end yet. */
  #isOpen = false;
  #isOver = false;

  constructor(sys: Sys, path: string, fd: Fd) {
    this.path = path;
    this.#sys = sys;
    this.#fd = fd;
  }

  get lines(): readonly string[] {
    return this.#lines;
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  hasOrEnds(count: number): boolean {
    return this.#isOver || this.#lines.length >= count;
  }

  /** Reads until there are so many lines or nothing more comes; a key that is pressed, or the time, ends it before. */
  async fill(count: number, keyboard: Fd, timeoutMs?: number): Promise<void> {
    while (!this.hasOrEnds(count) && (await this.more(keyboard, timeoutMs))) {
      // One piece after the other.
    }
  }

  /** Reads what comes next. False: a key was pressed before, or the time was over. */
  async more(keyboard: Fd, timeoutMs?: number): Promise<boolean> {
    const wanted = [this.#fd, keyboard].map((fd) => ({ fd, events: { read: true } }));
    const ready = await this.#sys.poll(wanted, timeoutMs);
    if (ready.length === 0 || ready.some(({ fd }) => fd === keyboard)) return false;
    await this.#read();
    return true;
  }

  async #read(): Promise<void> {
    const bytes = await this.#sys.read(this.#fd, READ_BYTES);
    const begun = this.#isOpen ? this.#lines.pop() : '';
    const pieces = `${begun}${this.#decoder.decode(bytes, { stream: bytes.length > 0 })}`.split('\n');
    this.#isOpen = pieces.at(-1) !== '';
    if (!this.#isOpen) pieces.pop();
    for (const line of pieces) this.#lines.push(line);
    this.#isOver = bytes.length === 0;
    if (this.#isOver && this.#fd !== 0) this.#sys.fds.close(this.#fd);
  }
}
