/** A command in one line, split as a shell would. Upstream: mattn/go-shellwords. */
const ESCAPES: Readonly<Record<string, string>> = { t: '\t', n: '\n' };
const QUOTES = ['"', "'", '`'];

export class InvalidCommandLine extends Error {
  override readonly name = 'InvalidCommandLine';
  constructor() {
    super('invalid command line string');
  }
}

interface Splitting {
  readonly found: string[];
  word: string;
  /** Whether there is a word, which may be empty if it was quoted. */
  isWord: boolean;
  /** The quote that is open; `(` within `$(…)`. */
  open: string;
}

/** Ends where a shell would begin another command or a redirection: the rest is left out. Throws InvalidCommandLine. */
export function splitWords(text: string): readonly string[] {
  const all: Splitting = { found: [], word: '', isWord: false, open: '' };
  const signs = [...text];
  let isEscaped = false;
  for (const sign of signs) {
    if (isEscaped) {
      const isInner = all.open === '`' || all.open === '(';
      add(all, isInner ? `\\${sign}` : (ESCAPES[sign] ?? sign));
      isEscaped = false;
    } else if (sign === '\\' && all.open !== "'") isEscaped = true;
    else if (all.open === '' && /[ \t\r\n]/.test(sign)) flush(all);
    else if (all.open === '' && /[;&|<>]/.test(sign)) {
      if (sign === '>' && /^\d+$/.test(all.word)) all.isWord = false;
      break;
    } else take(all, sign);
  }
  flush(all);
  if (isEscaped || all.open !== '') throw new InvalidCommandLine();
  return all.found;
}

function add(all: Splitting, text: string): void {
  all.word += text;
  all.isWord = true;
}

function flush(all: Splitting): void {
  if (all.isWord) all.found.push(all.word);
  all.word = '';
  all.isWord = false;
}

function take(all: Splitting, sign: string): void {
  const { open } = all;
  if (QUOTES.includes(sign) && (open === '' || open === sign)) {
    all.open = open === sign ? '' : sign;
    if (sign === '`') add(all, sign);
    else if (open === sign) all.isWord = true;
    return;
  }
  const isQuoted = QUOTES.includes(open);
  if (sign === '(' && !isQuoted) {
    if (open !== '' || !/(?<!\\)\$$/.test(all.word)) throw new InvalidCommandLine();
    all.open = '(';
  } else if (sign === ')' && !isQuoted) {
    if (open !== '(') throw new InvalidCommandLine();
    all.open = '';
  }
  add(all, sign);
}
