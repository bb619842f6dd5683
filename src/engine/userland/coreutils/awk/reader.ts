/** Records of a descriptor, ended by a character, by an expression, or by empty lines, as RS says at each. */
import type { Fd, Sys } from '../../../kernel/sys.ts';
import { READ_BYTES, rawOf } from '../../program-io.ts';
import { regexOf } from './values.ts';

export class RecordReader {
  readonly #sys: Sys;
  readonly fd: Fd;
  #buffer = '';
  #at = 0;
  #isOver = false;

  constructor(sys: Sys, fd: Fd) {
    this.#sys = sys;
    this.fd = fd;
  }

  /** The next record; null at the end. */
  async next(separator: string): Promise<string | null> {
    if (separator === '') await this.#skipNewlines();
    for (let from = this.#at; ; ) {
      const found = this.#find(separator, from);
      if (found !== null) return this.#take(found.start, found.end);
      if (this.#isOver) return this.#rest(separator);
      const left = this.#buffer.length - this.#at;
      await this.#fill();
      // An expression may begin before what has just come.
      from = separator.length === 1 ? left : 0;
    }
  }

  #find(separator: string, from: number): { start: number; end: number } | null {
    if (separator.length === 1) {
      const start = this.#buffer.indexOf(separator, from);
      return start < 0 ? null : { start, end: start + 1 };
    }
    const regex = regexOf(separator === '' ? '\n\n+' : separator);
    regex.lastIndex = this.#at;
    const match = regex.exec(this.#buffer);
    if (match === null || match[0] === '') return null;
    const end = match.index + match[0].length;
    // It might go on in what has not been read yet.
    return end === this.#buffer.length && !this.#isOver ? null : { start: match.index, end };
  }

  #take(start: number, end: number): string {
    const record = this.#buffer.slice(this.#at, start);
    this.#at = end;
    return record;
  }

  #rest(separator: string): string | null {
    if (this.#at >= this.#buffer.length) return null;
    const record = this.#buffer.slice(this.#at);
    this.#at = this.#buffer.length;
    return separator.length === 1 ? record : record.replace(/\n$/, '');
  }

  async #skipNewlines(): Promise<void> {
    for (;;) {
      while (this.#buffer[this.#at] === '\n') this.#at += 1;
      if (this.#at < this.#buffer.length || this.#isOver) return;
      await this.#fill();
    }
  }

  async #fill(): Promise<void> {
    const piece = await this.#sys.read(this.fd, READ_BYTES);
    this.#isOver = piece.length === 0;
    this.#buffer = this.#buffer.slice(this.#at) + rawOf(piece);
    this.#at = 0;
  }
}
