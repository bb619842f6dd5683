/** The expression's words, taken one after the other, and how it is said that one of them is wrong. */
import { parseSize } from '../sizes.ts';
import { type Search, SPEC } from './search.ts';

const GLOBAL_WORDS: readonly string[] = [
  '-maxdepth',
  '-mindepth',
  '-depth',
  '-d',
  '-xdev',
  '-mount',
  '-follow',
  '-noleaf',
  '-warn',
  '-nowarn',
  '-regextype',
];

export class Words {
  readonly #words: readonly string[];
  readonly search: Search;
  #at = 0;
  /** The last -regextype; undefined is emacs, find's own. */
  regexType: string | undefined;

  constructor(search: Search, words: readonly string[]) {
    this.search = search;
    this.#words = words;
  }

  peek(): string | undefined {
    return this.#words[this.#at];
  }

  take(): string | undefined {
    const word = this.#words[this.#at];
    this.#at += 1;
    return word;
  }

  /** The word before the one that `peek` shows. */
  previous(back = 1): string | undefined {
    return this.#words[this.#at - back];
  }

  /** The first test before this word, if there is one: `-name`. */
  firstTest(): string | undefined {
    const first = this.#words.findIndex((word) => word.startsWith('-') && !GLOBAL_WORDS.includes(word));
    return first < this.#at - 1 ? this.#words[first] : undefined;
  }

  /** The argument of a test or action. */
  async argument(name: string): Promise<string> {
    const word = this.take();
    if (word !== undefined) return word;
    return this.refuse(this.isBusybox ? `${name} requires an argument` : `missing argument to \`${name}'`);
  }

  get isBusybox(): boolean {
    return this.search.tool.isBusybox;
  }

  refuse(message: string): Promise<never> {
    return this.search.tool.die(message);
  }

  unknown(word: string): Promise<never> {
    if (this.isBusybox) return this.search.tool.wrongUsage(SPEC, `unrecognized: ${word}`);
    return this.refuse(`unknown predicate \`${word}'`);
  }

  /** `+N`, `-N` or `N`. */
  async comparison(name: string): Promise<Comparison> {
    const text = await this.argument(name);
    const match = /^([+-]?)(\d+)$/.exec(text);
    if (match) return { sign: signOf(match[1]), value: Number(match[2]) };
    return this.refuse(this.isBusybox ? `invalid number '${text.replace(/^[+-]/, '')}'` : `invalid argument \`${text}' to \`${name}'`);
  }

  /** `+10k`: the number, and the unit it counts in. */
  async size(): Promise<Comparison & { readonly unitBytes: number }> {
    const text = await this.argument('-size');
    const match = /^([+-]?)(\d+)(.*)$/.exec(text);
    const unit = match?.[3] === '' ? 'b' : (match?.[3] ?? '');
    const unitBytes = (this.isBusybox ? /^[cbk]$/ : /^[cwbkMG]$/).test(unit) ? parseSize(`1${unit}`) : undefined;
    if (match && unitBytes !== undefined) return { sign: signOf(match[1]), value: Number(match[2]), unitBytes };
    if (this.isBusybox) return this.refuse(`invalid number '${text.replace(/^[+-]/, '')}'`);
    return this.refuse(match && unit.length === 1 ? `invalid -size type \`${unit}'` : `Invalid argument \`${text}' to -size`);
  }

  /** -maxdepth's number. */
  async depth(name: string): Promise<number> {
    const text = await this.argument(name);
    if (/^\d+$/.test(text)) return Number(text);
    return this.refuse(
      this.isBusybox ? `invalid number '${text}'` : `Expected a positive decimal integer argument to ${name}, but got '${text}'`,
    );
  }
}

export interface Comparison {
  readonly sign: '+' | '-' | '';
  readonly value: number;
}

const signOf = (text: string | undefined): Comparison['sign'] => (text === '+' || text === '-' ? text : '');

/** Greater for `+`, smaller for `-`, else equal. */
export function compares({ sign, value }: Comparison, actual: number): boolean {
  if (sign === '+') return actual > value;
  return sign === '-' ? actual < value : actual === value;
}
