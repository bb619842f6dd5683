/** Regular expressions of Python as those of the host. */

export class PatternFault extends Error {
  override readonly name = 'PatternFault';
  readonly at: number;

  constructor(message: string, at: number) {
    super(message);
    this.at = at;
  }
}

export interface Translated {
  readonly source: string;
  readonly flags: string;
  /** Names of groups by their numbers. */
  readonly names: ReadonlyMap<string, number>;
  readonly groups: number;
  readonly python: number;
}

export const FLAG = { I: 2, L: 4, M: 8, S: 16, U: 32, X: 64, A: 256 } as const;
const LETTERS: Readonly<Record<string, number>> = { i: FLAG.I, m: FLAG.M, s: FLAG.S, x: FLAG.X, a: FLAG.A, u: FLAG.U, L: FLAG.L };

const WORD = '\\p{L}\\p{N}_';
const SPACE = '\\s\\x1c-\\x1f\\x85';

class Translator {
  readonly #text: string;
  #flags: number;
  #at = 0;
  #groups = 0;
  readonly #names = new Map<string, number>();
  readonly #isBytes: boolean;

  constructor(text: string, flags: number, isBytes: boolean) {
    this.#text = text;
    this.#flags = flags;
    this.#isBytes = isBytes;
  }

  translate(): Translated {
    for (
      let found = /^\(\?([aimsuxL]+)\)/.exec(this.#text.slice(this.#at));
      found !== null;
      found = /^\(\?([aimsuxL]+)\)/.exec(this.#text.slice(this.#at))
    ) {
      for (const letter of found[1] ?? '') this.#flags |= LETTERS[letter] ?? 0;
      this.#at += found[0].length;
    }
    const source = this.#alternatives();
    if (this.#at < this.#text.length) throw new PatternFault('unbalanced parenthesis', this.#at);
    if (!this.#isBytes && (this.#flags & FLAG.A) === 0) this.#flags |= FLAG.U;
    return { source, flags: `u${this.#flags & FLAG.I ? 'i' : ''}`, names: this.#names, groups: this.#groups, python: this.#flags };
  }

  get #isAscii(): boolean {
    return this.#isBytes || (this.#flags & FLAG.A) !== 0;
  }

  #alternatives(): string {
    let result = '';
    while (this.#at < this.#text.length && this.#text[this.#at] !== ')') {
      if (this.#text[this.#at] === '|') {
        result += '|';
        this.#at += 1;
      } else result += this.#item();
    }
    return result;
  }

  #item(): string {
    const start = this.#at;
    const atom = this.#atom();
    if (atom === '') return '';
    return atom + this.#quantifiers(start);
  }

  #quantifiers(start: number): string {
    const found = /^(?:[*+?]|\{(\d*)(,?)(\d*)\})([?+])?/.exec(this.#text.slice(this.#at));
    if (found === null || (found[0].startsWith('{') && found[1] === '' && found[3] === '')) return '';
    const [whole, least = '', comma = '', most = '', mode = ''] = found;
    this.#at += whole.length;
    if (mode === '+') throw new PatternFault('possessive quantifiers are not there in this model', start);
    if (
      /^[*+?{]/.test(this.#text.slice(this.#at)) &&
      /^(?:[*+?]|\{\d*,?\d*\})/.test(this.#text.slice(this.#at)) &&
      !/^\{\D/.test(this.#text.slice(this.#at))
    )
      throw new PatternFault('multiple repeat', this.#at);
    if (!whole.startsWith('{')) return whole;
    return `{${least === '' ? '0' : least}${comma}${most}}${mode}`;
  }

  #atom(): string {
    const char = this.#text[this.#at] ?? '';
    const isVerbose = (this.#flags & FLAG.X) !== 0;
    if (isVerbose && /\s/.test(char)) {
      this.#at += 1;
      return '';
    }
    if (isVerbose && char === '#') {
      const end = this.#text.indexOf('\n', this.#at);
      this.#at = end < 0 ? this.#text.length : end + 1;
      return '';
    }
    switch (char) {
      case '(':
        return this.#group();
      case '[':
        return this.#set();
      case '\\':
        return this.#escape();
      case '.':
        this.#at += 1;
        return this.#flags & FLAG.S ? '[\\s\\S]' : '[^\\n]';
      case '^':
        this.#at += 1;
        return this.#flags & FLAG.M ? '(?:^|(?<=\\n))' : '^';
      case '$':
        this.#at += 1;
        return this.#flags & FLAG.M ? '(?=\\n|$)' : '(?=\\n?$)';
      case '*':
      case '+':
      case '?':
        throw new PatternFault('nothing to repeat', this.#at);
      default: {
        const whole = String.fromCodePoint(this.#text.codePointAt(this.#at) ?? 0);
        this.#at += whole.length;
        return literal(whole);
      }
    }
  }

  #group(): string {
    const start = this.#at;
    const head = /^\(\?(?:P<([^>]*)>|P=([^)]*)\)|([:=!]|<=|<!)|#[^)]*\)|([aimsux]*)(?:-([imsx]+))?:|)/.exec(this.#text.slice(start));
    if (head === null) {
      this.#at += 1;
      this.#groups += 1;
      return this.#rest('(', start);
    }
    const [whole, name, reference, mark, on, off] = head;
    this.#at += whole.length;
    if (name !== undefined) {
      if (!/^[\p{L}_][\p{L}\p{N}_]*$/u.test(name)) throw new PatternFault(`bad character in group name '${name}'`, start + 4);
      if (this.#names.has(name))
        throw new PatternFault(
          `redefinition of group name '${name}' as group ${this.#groups + 1}; was group ${this.#names.get(name)}`,
          start + 4,
        );
      this.#groups += 1;
      this.#names.set(name, this.#groups);
      return this.#rest('(', start);
    }
    if (reference !== undefined) {
      const number = this.#names.get(reference);
      if (number === undefined) throw new PatternFault(`unknown group name '${reference}'`, start + 4);
      return `(?:\\${number})`;
    }
    if (mark !== undefined) return this.#rest(`(?${mark}`, start);
    if (whole.startsWith('(?#')) return '';
    if (on !== undefined) return this.#scoped(on, off ?? '', start);
    const next = this.#text[this.#at] ?? '';
    if (next === '(') throw new PatternFault('conditional patterns are not there in this model', start);
    if (next === '>') throw new PatternFault('atomic groups are not there in this model', start);
    throw new PatternFault(`unknown extension ?${next}`, start + 1);
  }

  #scoped(on: string, off: string, start: number): string {
    const before = this.#flags;
    for (const letter of on) this.#flags |= LETTERS[letter] ?? 0;
    for (const letter of off) this.#flags &= ~(LETTERS[letter] ?? 0);
    const changes = `${on.includes('i') ? 'i' : ''}${off.includes('i') ? '-i' : ''}`;
    const result = this.#rest(`(?${changes}:`, start);
    this.#flags = before;
    return result;
  }

  #rest(open: string, start: number): string {
    const inside = this.#alternatives();
    if (this.#text[this.#at] !== ')') throw new PatternFault('missing ), unterminated subpattern', start);
    this.#at += 1;
    return `${open}${inside})`;
  }

  #escape(): string {
    const start = this.#at;
    const char = this.#text[start + 1];
    if (char === undefined) throw new PatternFault('bad escape (end of pattern)', start);
    this.#at += 2;
    if (/[1-9]/.test(char)) {
      const number = /^\d{1,2}/.exec(this.#text.slice(start + 1))?.[0] ?? char;
      this.#at = start + 1 + number.length;
      if (Number(number) > this.#groups) throw new PatternFault(`invalid group reference ${number}`, start + 1);
      return `(?:\\${number})`;
    }
    switch (char) {
      case 'A':
        return '^';
      case 'Z':
        return '$';
      case 'b':
        return '\\b';
      case 'B':
        return '\\B';
      default:
        return this.#classOf(char, start, false);
    }
  }

  /** What an escape stands for, also in a set. */
  #classOf(char: string, start: number, isInSet: boolean): string {
    const wrap = (inside: string, isNot: boolean): string => (isInSet && !isNot ? inside : `[${isNot ? '^' : ''}${inside}]`);
    const word = this.#isAscii ? 'a-zA-Z0-9_' : WORD;
    const digit = this.#isAscii ? '0-9' : '\\p{Nd}';
    switch (char) {
      case 'd':
        return wrap(digit, false);
      case 'D':
        return isInSet ? (this.#isAscii ? '\\D' : '\\P{Nd}') : wrap(digit, true);
      case 'w':
        return wrap(word, false);
      case 'W':
        return isInSet ? '\\W' : wrap(word, true);
      case 's':
        return wrap(this.#isAscii ? ' \\t\\n\\r\\f\\v' : SPACE, false);
      case 'S':
        return isInSet ? '\\S' : wrap(this.#isAscii ? ' \\t\\n\\r\\f\\v' : SPACE, true);
      case 'n':
      case 't':
      case 'r':
      case 'f':
      case 'v':
        return `\\${char}`;
      case 'a':
        return '\\x07';
      case '0':
        return '\\0';
      default:
    }
    const code = { x: 2, u: 4, U: 8 }[char];
    if (code !== undefined) {
      const hex = this.#text.slice(this.#at, this.#at + code);
      if (!/^[\da-fA-F]+$/.test(hex) || hex.length < code) throw new PatternFault(`incomplete escape \\${char}${hex}`, start);
      this.#at += code;
      return `\\u{${hex}}`;
    }
    if (/[a-zA-Z]/.test(char)) throw new PatternFault(`bad escape \\${char}`, start);
    return literal(char, isInSet);
  }

  #set(): string {
    const start = this.#at;
    this.#at += 1;
    let result = '[';
    if (this.#text[this.#at] === '^') {
      result += '^';
      this.#at += 1;
    }
    for (let isFirst = true; ; isFirst = false) {
      const char = this.#text[this.#at];
      if (char === undefined) throw new PatternFault('unterminated character set', start);
      if (char === ']' && !isFirst) break;
      const one = this.#member();
      const isRange = this.#text[this.#at] === '-' && this.#text[this.#at + 1] !== ']' && this.#text[this.#at + 1] !== undefined;
      if (
        !isRange ||
        (/^\\?[pPdDwWsS]|^[^\\].|^a-z|^0-9/u.test(one) && one.length > 2 && !one.startsWith('\\u{') && !one.startsWith('\\x'))
      ) {
        result += one;
        if (isRange) {
          result += '\\-';
          this.#at += 1;
        }
        continue;
      }
      this.#at += 1;
      result += `${one}-${this.#member()}`;
    }
    this.#at += 1;
    return `${result}]`;
  }

  #member(): string {
    const start = this.#at;
    const char = String.fromCodePoint(this.#text.codePointAt(start) ?? 0);
    this.#at += char.length;
    if (char !== '\\') return literal(char, true);
    const next = this.#text[this.#at] ?? '';
    this.#at += 1;
    return next === 'b' ? '\\x08' : this.#classOf(next, start, true);
  }
}

function literal(char: string, isInSet = false): string {
  if (isInSet) return /[\\\]^[-]/.test(char) ? `\\${char}` : char;
  if (char === '/' || /[$()*+.?[\\\]^{|}]/.test(char)) return `\\${char}`;
  return char;
}

export const translate = (text: string, flags: number, isBytes: boolean): Translated => new Translator(text, flags, isBytes).translate();
