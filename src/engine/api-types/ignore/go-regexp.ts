/**
 * Go's regular expressions, as far as ignore patterns can produce them: letters, classes, `X*`, any number of directories, anchors. They are run as
 * Go runs them, in time proportional to pattern and text, so that no ignore file can stall a build. Upstream: Go regexp/syntax (RE2).
 */

export class PatternSyntaxError extends Error {}

type Range = readonly [low: number, high: number];
interface Letters {
  readonly ranges: readonly Range[];
  readonly negated: boolean;
}
type Where = 'start' | 'end' | 'boundary' | 'inside';

/** One state. `many` and `optional` may be passed by; `through` takes any letters and is left with one letter. */
type Step =
  | { readonly kind: 'one' | 'many'; readonly letters: readonly Letters[] }
  | { readonly kind: 'at'; readonly where: Where }
  | { readonly kind: 'optional'; readonly skip: number }
  | { readonly kind: 'through'; readonly leave: number };

const BACKSLASH = 0x5c;
const SLASH = 0x2f;
const NEWLINE = 0x0a;
const HIGHEST = 0x10ffff;
const code = (letter: string): number => letter.codePointAt(0) ?? 0;
const ranges = (text: string): readonly Range[] => {
  const letters = [...text];
  return letters.flatMap((_, i): Range[] => (i % 2 === 0 ? [[code(letters[i] ?? ''), code(letters[i + 1] ?? '')]] : []));
};

const PERL: Readonly<Record<string, readonly Range[]>> = { d: ranges('09'), s: ranges('\t\n\f\r  '), w: ranges('09AZ__az') };
const POSIX: Readonly<Record<string, readonly Range[]>> = {
  alnum: ranges('09AZaz'),
  alpha: ranges('AZaz'),
  ascii: [[0, 0x7f]],
  blank: ranges('\t\t  '),
  cntrl: [
    [0, 0x1f],
    [0x7f, 0x7f],
  ],
  digit: ranges('09'),
  graph: ranges('!~'),
  lower: ranges('az'),
  print: ranges(' ~'),
  punct: ranges('!/:@[`{~'),
  space: ranges('\t\r  '),
  upper: ranges('AZ'),
  word: ranges('09AZ__az'),
  xdigit: ranges('09AFaf'),
};
const CONTROLS: Readonly<Record<string, number>> = { a: 7, f: 12, t: 9, n: 10, r: 13, v: 11 };
const ANCHORS: Readonly<Record<string, Where>> = { A: 'start', z: 'end', b: 'boundary', B: 'inside' };
const ANY: Letters = { ranges: [[NEWLINE, NEWLINE]], negated: true };

const bad = (): PatternSyntaxError => new PatternSyntaxError('syntax error in pattern');

interface Cursor {
  readonly letters: readonly string[];
  at: number;
}
const peek = (from: Cursor, ahead = 0): string => from.letters[from.at + ahead] ?? '';
const next = (from: Cursor): string => {
  const letter = from.letters[from.at++];
  if (letter === undefined) throw bad();
  return letter;
};

/** Compiles Go's syntax into a test. Throws PatternSyntaxError for what Go refuses, and for `\p{…}`. */
export function compileGoRegexp(source: string): (text: string) => boolean {
  const from: Cursor = { letters: [...source], at: 0 };
  const steps: Step[] = [];
  while (from.at < from.letters.length) steps.push(...parseStep(from));
  return (text) => run(steps, [...text].map(code));
}

function parseStep(from: Cursor): readonly Step[] {
  const letter = next(from);
  if (letter === '^' || letter === '$') return [{ kind: 'at', where: letter === '^' ? 'start' : 'end' }];
  if (letter === '(') return parseGroup(from);
  if (letter === '\\' && ANCHORS[peek(from)] !== undefined) return [{ kind: 'at', where: ANCHORS[next(from)] ?? 'start' }];
  if (letter === '\\' && peek(from) === 'Q') return quoted(from);
  const letters = lettersOf(letter, from);
  if (peek(from) !== '*') return [{ kind: 'one', letters }];
  from.at++;
  return [{ kind: 'many', letters }];
}

/** The only group there is: any number of directories. */
function parseGroup(from: Cursor): readonly Step[] {
  if (from.letters.slice(from.at, from.at + 5).join('') !== '.*/)?') throw bad();
  from.at += 5;
  return [
    { kind: 'optional', skip: 2 },
    { kind: 'through', leave: SLASH },
  ];
}

function lettersOf(letter: string, from: Cursor): readonly Letters[] {
  if (letter === '.') return [ANY];
  if (letter === '[') return classOf(from);
  if (letter !== '\\') return [single(code(letter))];
  const perl = perlClass(peek(from));
  if (perl === undefined) return [single(escapedLetter(next(from), from))];
  from.at++;
  return [perl];
}

const single = (letter: number): Letters => ({ ranges: [[letter, letter]], negated: false });

function quoted(from: Cursor): readonly Step[] {
  from.at++;
  const steps: Step[] = [];
  while (from.at < from.letters.length) {
    const letter = next(from);
    if (code(letter) === BACKSLASH && peek(from) === 'E') {
      from.at++;
      break;
    }
    steps.push({ kind: 'one', letters: [single(code(letter))] });
  }
  return steps;
}

function perlClass(letter: string): Letters | undefined {
  const found = PERL[letter.toLowerCase()];
  return found === undefined ? undefined : { ranges: found, negated: letter !== letter.toLowerCase() };
}

/** The letter that `\x` stands for, in a class or outside. */
function escapedLetter(letter: string, from: Cursor): number {
  const control = CONTROLS[letter];
  if (control !== undefined) return control;
  if (letter === 'x') return hexLetter(from);
  if (/^[0-7]$/.test(letter)) return octalLetter(letter, from);
  if (letter > '\x7f' || /^[0-9A-Za-z]$/.test(letter)) throw bad();
  return code(letter);
}

function octalLetter(first: string, from: Cursor): number {
  if (first !== '0' && !/^[0-7]$/.test(peek(from))) throw bad();
  let digits = first;
  while (digits.length < 3 && /^[0-7]$/.test(peek(from))) digits += next(from);
  return Number.parseInt(digits, 8);
}

function hexLetter(from: Cursor): number {
  let digits = '';
  if (peek(from) === '{') {
    from.at++;
    for (let letter = next(from); letter !== '}'; letter = next(from)) digits += letter;
  } else digits = next(from) + next(from);
  const value = /^[0-9A-Fa-f]+$/.test(digits) ? Number.parseInt(digits, 16) : Number.NaN;
  if (!(value <= HIGHEST)) throw bad();
  return value;
}

/** A class as alternatives: a letter is in it if one of them has it. A negated class is one alternative. */
function classOf(from: Cursor): readonly Letters[] {
  const negated = peek(from) === '^';
  if (negated) from.at++;
  const members: Letters[] = [];
  for (let first = true; first || peek(from) !== ']'; first = false) members.push(classItem(from));
  from.at++;
  return negated ? [{ ranges: members.flatMap(positive), negated: true }] : members;
}

/** The ranges of a set that is written without negation. */
function positive({ ranges: list, negated }: Letters): readonly Range[] {
  if (!negated) return list;
  const out: Range[] = [];
  let from = 0;
  for (const [low, high] of [...list].sort((a, b) => a[0] - b[0])) {
    if (low > from) out.push([from, low - 1]);
    from = Math.max(from, high + 1);
  }
  return [...out, [from, HIGHEST]];
}

function classItem(from: Cursor): Letters {
  const posix = peek(from) === '[' && peek(from, 1) === ':' ? posixClass(from) : undefined;
  if (posix !== undefined) return posix;
  const perl = peek(from) === '\\' ? perlClass(peek(from, 1)) : undefined;
  if (perl !== undefined) {
    from.at += 2;
    return perl;
  }
  const low = classLetter(from);
  if (peek(from) !== '-' || peek(from, 1) === ']' || peek(from, 1) === '') return single(low);
  from.at++;
  const high = classLetter(from);
  if (high < low) throw bad();
  return { ranges: [[low, high]], negated: false };
}

function classLetter(from: Cursor): number {
  const letter = next(from);
  return letter === '\\' ? escapedLetter(next(from), from) : code(letter);
}

function posixClass(from: Cursor): Letters | undefined {
  const text = from.letters.slice(from.at).join('');
  const end = text.indexOf(':]');
  if (end < 0) return undefined;
  const name = text.slice(2, end);
  const found = POSIX[name.replace(/^\^/, '')];
  if (found === undefined) throw bad();
  from.at += [...text.slice(0, end + 2)].length;
  return { ranges: found, negated: name.startsWith('^') };
}

/** All states at once, letter by letter. The expressions are anchored at both ends, so a match is the last state at the end. */
function run(steps: readonly Step[], text: readonly number[]): boolean {
  let states = new Uint8Array(steps.length + 1);
  states[0] = 1;
  for (let at = 0; ; at++) {
    follow(steps, states, { text, at });
    if (at === text.length) return states[steps.length] === 1;
    states = advance(steps, states, text[at] ?? 0);
  }
}

/** What can be reached without a letter. Steps only lead onwards, so one pass is enough. */
function follow(steps: readonly Step[], states: Uint8Array, place: { readonly text: readonly number[]; readonly at: number }): void {
  steps.forEach((step, i) => {
    if (states[i] !== 1) return;
    if (step.kind === 'many' || (step.kind === 'at' && isAt(step.where, place))) states[i + 1] = 1;
    if (step.kind !== 'optional') return;
    states[i + 1] = 1;
    states[i + step.skip] = 1;
  });
}

function advance(steps: readonly Step[], states: Uint8Array, letter: number): Uint8Array<ArrayBuffer> {
  const after = new Uint8Array(steps.length + 1);
  steps.forEach((step, i) => {
    if (states[i] !== 1) return;
    if (step.kind === 'one' && has(step.letters, letter)) after[i + 1] = 1;
    if (step.kind === 'many' && has(step.letters, letter)) after[i] = 1;
    if (step.kind !== 'through' || letter === NEWLINE) return;
    after[i] = 1;
    if (letter === step.leave) after[i + 1] = 1;
  });
  return after;
}

const has = (sets: readonly Letters[], letter: number): boolean =>
  sets.some((set) => set.ranges.some(([low, high]) => low <= letter && letter <= high) !== set.negated);

function isAt(where: Where, { text, at }: { readonly text: readonly number[]; readonly at: number }): boolean {
  if (where === 'start') return at === 0;
  if (where === 'end') return at === text.length;
  const isWord = (i: number): boolean => {
    const letter = text[i];
    return letter !== undefined && has([{ ranges: PERL.w ?? [], negated: false }], letter);
  };
  return (isWord(at - 1) !== isWord(at)) === (where === 'boundary');
}
