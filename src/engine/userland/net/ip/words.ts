/** The grammar that `ip` shares: objects and commands may be shortened, arguments come as words in pairs. */
import type { Sys } from '../../../kernel/sys.ts';
import type { Dialect } from '../../tool.ts';

export interface IpCall {
  readonly sys: Sys;
  readonly dialect: Dialect;
  readonly brief: boolean;
  readonly oneline: boolean;
  readonly details: boolean;
  readonly stats: boolean;
  readonly family: 'inet' | 'inet6' | undefined;
  readonly json: boolean;
  readonly pretty: boolean;
}

/** What `ip` leaves with: iproute2's sentences and statuses. */
export class IpError extends Error {
  override readonly name = 'IpError';
  readonly status: number;

  constructor(message: string, status: number) {
    super(message);
    this.status = status;
  }
}

/** Arguments, read from the front. */
export class Words {
  readonly #words: string[];

  constructor(words: readonly string[]) {
    this.#words = [...words];
  }

  get isEmpty(): boolean {
    return this.#words.length === 0;
  }

  next(): string | undefined {
    return this.#words.shift();
  }

  peek(): string | undefined {
    return this.#words[0];
  }

  /** The value behind a word that needs one. */
  value(): string {
    const word = this.#words.shift();
    if (word === undefined) throw new IpError('Command line is not complete. Try option "help"', 255);
    return word;
  }
}

/** Whether `word` is `full` or the beginning of it. */
export const isShortFor = (word: string | undefined, full: string): boolean => word !== undefined && word !== '' && full.startsWith(word);
