/** Cuts what is typed into statements and commands, as the client does while it reads. */

/** What is open: `-` a statement, a quote, or `*` a comment. */
export type Incomplete = '' | '-' | "'" | '"' | '`' | '*';

export type Piece =
  | { readonly kind: 'statement'; readonly text: string; readonly isUpright: boolean; readonly line: number }
  /** `\q`, `use`, `source`: a letter and what stands behind it. */
  | { readonly kind: 'command'; readonly letter: string; readonly rest: string; readonly line: number };

const WORDS: Readonly<Record<string, string>> = {
  '?': '?',
  help: '?',
  clear: 'c',
  connect: 'r',
  ego: 'G',
  exit: 'q',
  quit: 'q',
  go: 'g',
  print: 'p',
  prompt: 'R',
  rehash: '#',
  source: '.',
  status: 's',
  system: '!',
  use: 'u',
  warnings: 'W',
  nowarning: 'w',
  delimiter: 'd',
  resetconnection: 'x',
  tee: 'T',
  notee: 't',
  pager: 'P',
  nopager: 'n',
};
/** Commands whose rest is the whole line. */
const TAKES_LINE = '.u!rdRTP?';

interface Scanned {
  /** Where the statement ends, and how long what ended it is; -1 if it goes on. */
  readonly end: number;
  readonly length: number;
  readonly open: Incomplete;
}

function scan(text: string, delimiter: string): Scanned {
  for (let i = 0; i < text.length; i += 1) {
    const char = text[i] ?? '';
    if (text.startsWith(delimiter, i)) return { end: i, length: delimiter.length, open: '' };
    if (char === "'" || char === '"' || char === '`') {
      const end = closing(text, i);
      if (end < 0) return { end: -1, length: 0, open: char };
      i = end;
    } else if (char === '#' || /^--(?:\s|$)/.test(text.slice(i, i + 3))) {
      const end = text.indexOf('\n', i);
      if (end < 0) return { end: -1, length: 0, open: '-' };
      i = end;
    } else if (text.startsWith('/*', i) && !/^\/\*[!+]/.test(text.slice(i, i + 3))) {
      const end = text.indexOf('*/', i + 2);
      if (end < 0) return { end: -1, length: 0, open: '*' };
      i = end + 1;
    } else if (char === '\\' && /[a-zA-Z.!?#]/.test(text[i + 1] ?? '')) return { end: i, length: 2, open: '' };
  }
  return { end: -1, length: 0, open: '-' };
}

function closing(text: string, from: number): number {
  const quote = text[from];
  for (let i = from + 1; i < text.length; i += 1) {
    if (text[i] === '\\' && quote !== '`') i += 1;
    else if (text[i] === quote) return i;
  }
  return -1;
}

/** Comments that the client keeps to itself when nothing else stands there. */
const onlyComments = (text: string): boolean => text.replace(/^\s*(?:#|--(?:\s|$))[^\n]*(?:\n|$)/gm, '').trim() === '';

/** A command in a whole word; undefined if the text is none. */
function wordOf(text: string): { readonly letter: string; readonly rest: string } | undefined {
  const [, word = '', rest = ''] = /^\s*([?\w]+)\s*(.*?)\s*$/s.exec(text) ?? [];
  const letter = Object.hasOwn(WORDS, word.toLowerCase()) ? WORDS[word.toLowerCase()] : undefined;
  return letter !== undefined && (TAKES_LINE.includes(letter) || rest === '') ? { letter, rest } : undefined;
}

export class ScriptReader {
  #text = '';
  #delimiter = ';';
  #line = 0;
  #first = 1;

  get delimiter(): string {
    return this.#delimiter;
  }

  get incomplete(): Incomplete {
    return onlyComments(this.#text) ? '' : scan(this.#text, this.#delimiter).open;
  }

  clear(): void {
    this.#text = '';
  }

  /** What is left at the end: a statement that nothing ended. */
  rest(): Piece | undefined {
    if (onlyComments(this.#text)) return undefined;
    return { kind: 'statement', text: this.#text.trim(), isUpright: false, line: this.#first };
  }

  /** Takes a line; gives what is whole now. */
  push(line: string): readonly Piece[] {
    this.#line += 1;
    if (onlyComments(this.#text)) {
      this.#text = '';
      this.#first = this.#line;
      const word = wordOf(line);
      if (word !== undefined && (word.letter === 'd' || !line.includes(this.#delimiter))) return [this.#command(word.letter, word.rest)];
    }
    this.#text += `${this.#text === '' ? '' : '\n'}${line}`;
    const pieces: Piece[] = [];
    for (let found = scan(this.#text, this.#delimiter); found.end >= 0; found = scan(this.#text, this.#delimiter)) {
      const ended = this.#take(found);
      pieces.push(...ended);
    }
    if (onlyComments(this.#text)) this.#text = '';
    return pieces;
  }

  #command(letter: string, rest: string): Piece {
    const word = rest.replace(/;\s*$/, '');
    if (letter === 'd') this.#delimiter = rest.split(/\s/, 1)[0] || ';';
    return { kind: 'command', letter, rest: letter === '!' ? rest : word.replace(/^(['"`])(.*)\1$/, '$2'), line: this.#line };
  }

  /** One statement, or a backslash command with what stood before it. */
  #take({ end, length }: Scanned): readonly Piece[] {
    const text = this.#text.slice(0, end).trim();
    const mark = this.#text.slice(end, end + length);
    const after = this.#text.slice(end + length);
    const line = this.#first;
    this.#first = this.#line;
    this.#text = after;
    const statement = (isUpright: boolean): readonly Piece[] => (onlyComments(text) ? [] : [{ kind: 'statement', text, isUpright, line }]);
    const word = mark === this.#delimiter ? wordOf(text) : undefined;
    if (word !== undefined) return [this.#command(word.letter, word.rest)];
    if (!mark.startsWith('\\') || mark === this.#delimiter || mark === '\\g') return statement(false);
    if (mark === '\\G') return statement(true);
    if (mark === '\\c') return [];
    const letter = mark.slice(1) === 'h' ? '?' : mark.slice(1);
    if (TAKES_LINE.includes(letter)) {
      this.#text = '';
      return [...statement(false), this.#command(letter, after.trim())];
    }
    // The statement that was being typed goes on.
    this.#text = `${text}${after}`;
    return [this.#command(letter, '')];
  }
}
