/** `x+=v`, `x[i]=v`, `x=(…)`: how they are read, and how they are made. */

import { evaluateArithmetic } from '../expand/evaluate.ts';
import { expandString, expandWords } from '../expand/expand.ts';
import { quoteForShell } from '../quote.ts';
import type { Shell } from '../shell.ts';
import type { Assignment, OwnPart, Part, Word } from '../syntax/ast.ts';
import { isName } from '../syntax/names.ts';
import type { Source } from '../syntax/source.ts';
import { TokenReader } from '../syntax/tokens.ts';
import type { PartList } from '../syntax/words.ts';
import { appendTo, type Elements, isAssociative, keyOf, replaceElements, setElement } from './arrays.ts';
import { readSubscript, type Subscript } from './subscript.ts';

/** One entry of `(…)`: a value, with its subscript if one is written. */
export interface Entry {
  readonly index?: Subscript;
  readonly isAppended?: boolean;
  readonly word: Word;
}

interface SubscriptPart extends OwnPart {
  readonly subscript: Subscript;
}

interface LiteralPart extends OwnPart {
  readonly entries: readonly Entry[];
}

const isSubscript = (part: Part | undefined): part is SubscriptPart => part?.kind === 'own' && 'subscript' in part;
const isLiteral = (part: Part | undefined): part is LiteralPart => part?.kind === 'own' && 'entries' in part;

/** `[i]` after a name, if `=` or `+=` follows. */
export function readSubscripted(source: Source, out: PartList): boolean {
  const [only] = out.parts;
  if (out.parts.length !== 1 || only?.kind !== 'text' || only.quoted || !isName(only.text)) return false;
  const { at, line } = source;
  const subscript = readSubscript(source);
  const follows = source.peek() === '=' || (source.peek() === '+' && source.peek(1) === '=');
  if (subscript === null || !follows) {
    source.at = at;
    source.line = line;
    return false;
  }
  const text = source.text.slice(at, source.at);
  const part: SubscriptPart = {
    kind: 'own',
    quoted: false,
    text,
    subscript,
    expand(expansion) {
      const inner = typeof subscript === 'string' ? subscript : expansion.string(subscript);
      expansion.value(`[${inner}]`, true);
    },
  };
  out.push(part);
  return true;
}

/** `(…)` after `name=` or `name+=`. */
export function readArrayLiteral(source: Source, out: PartList): boolean {
  const last = out.parts.at(-1);
  const [first] = out.parts;
  const head = first?.kind === 'text' && !first.quoted ? first.text : '';
  const isAfterName = out.parts.length === 1 && /^[A-Za-z_][A-Za-z0-9_]*\+?=$/.test(head);
  const isAfterElement = out.parts.length === 3 && isSubscript(out.parts[1]) && last?.kind === 'text' && /^\+?=$/.test(last.text);
  if (!isAfterName && !isAfterElement) return false;
  const { at } = source;
  source.next();
  const entries = readEntries(source);
  const part: LiteralPart = {
    kind: 'own',
    quoted: false,
    text: source.text.slice(at, source.at),
    entries,
    // As an operand of `declare`: a text that it reads again.
    expand(expansion) {
      const pieces = entries.map(({ index, word, isAppended }) => {
        const value = quoteForShell(expansion.string(word));
        if (index === undefined) return word.literal === undefined ? fieldsOf(expansion.shell, word) : value;
        const key = typeof index === 'string' ? index : expansion.string(index);
        return `[${quoteForShell(key)}]${isAppended === true ? '+' : ''}=${value}`;
      });
      expansion.value(`(${pieces.join(' ')})`, true);
    },
  };
  out.push(part);
  return true;
}

/** A word's fields, each quoted. What they need to run is left as it is written: it is run when it is read again. */
function fieldsOf(shell: Shell, word: Word): string {
  const fields = expandWords(shell, [word]);
  return fields instanceof Promise ? '' : fields.map(quoteForShell).join(' ');
}

/** The entries up to and with the closing parenthesis. */
export function readEntries(source: Source): readonly Entry[] {
  const entries: Entry[] = [];
  const { grammar } = source.features;
  for (;;) {
    while (/[ \t\n]/.test(source.peek())) source.next();
    const index = source.peek() === '[' ? readIndex(source) : undefined;
    const tokens = new TokenReader(source);
    const token = tokens.next();
    if (token.kind === 'operator' && token.text === ')' && index === undefined) return entries;
    if (token.kind === 'newline') continue;
    if (token.kind === 'end') source.end({ kind: 'unterminated-quote', quote: ')' });
    if (token.kind !== 'word') {
      if (index === undefined) source.end({ kind: 'unexpected', token: source.text.slice(token.start, source.at), isName: false });
      entries.push({ ...index, word: { parts: [], literal: '' } });
      source.at = token.start;
    } else if (index !== undefined) entries.push({ ...index, word: token.start === index.end ? token.word : { parts: [], literal: '' } });
    else for (const word of grammar?.words(token.word) ?? [token.word]) entries.push({ word });
  }
}

function readIndex(source: Source): { readonly index: Subscript; readonly isAppended: boolean; readonly end: number } | undefined {
  const { at, line } = source;
  const index = readSubscript(source);
  const isAppended = source.peek() === '+';
  if (index !== null && source.peek(isAppended ? 1 : 0) === '=') {
    source.skip(isAppended ? 2 : 1);
    return { index, isAppended, end: source.at };
  }
  source.at = at;
  source.line = line;
  return undefined;
}

/** The assignment that a word is, where it is more than `name=text`. */
export function assignmentOf(word: Word): Assignment | null {
  const [first, second, third] = word.parts;
  if (first?.kind !== 'text' || first.quoted) return null;
  if (isSubscript(second) && isName(first.text) && third?.kind === 'text') {
    const operator = /^\+?=/.exec(third.text)?.[0] ?? '=';
    const rest = word.parts.slice(2);
    const made = elementAssignment(first.text, second.subscript, {
      value: withoutHead(rest, operator.length),
      isAppended: operator === '+=',
    });
    return { ...made, ...written(word) };
  }
  const match = /^([A-Za-z_][A-Za-z0-9_]*)(\+?)=/.exec(first.text);
  if (match === null) return null;
  const name = match[1] ?? '';
  const isAppended = match[2] === '+';
  if (isLiteral(second)) {
    const { entries } = second;
    return { name, value: { parts: [] }, ...written(word), make: (shell) => assignEntries(shell, name, { entries, isAppended }) };
  }
  const value = withoutHead(word.parts, match[0].length);
  return {
    name,
    value,
    ...written(word),
    make: async (shell) => appendTo(shell, name, await expandString(shell, value, { isAssignment: true })),
  };
}

const written = (word: Word): { readonly text?: string } => (word.text === undefined ? {} : { text: word.text });

function withoutHead(parts: readonly Part[], length: number): Word {
  const [first, ...rest] = parts;
  if (first?.kind !== 'text') return { parts };
  const text = first.text.slice(length);
  return { parts: text === '' ? rest : [{ ...first, text }, ...rest] };
}

function elementAssignment(name: string, index: Subscript, { value, isAppended }: { value: Word; isAppended: boolean }): Assignment {
  return {
    name,
    value,
    make: async (shell) => {
      const key = typeof index === 'string' ? index : await expandString(shell, index);
      setElement(shell, name, { key, value: await expandString(shell, value, { isAssignment: true }), isAppended });
    },
  };
}

/** Assigns `(…)`: the array anew, or more of it. */
export async function assignEntries(
  shell: Shell,
  name: string,
  { entries, isAppended }: { readonly entries: readonly Entry[]; readonly isAppended: boolean },
): Promise<void> {
  const made: [key: string | undefined, value: string, isAppended: boolean][] = [];
  for (const entry of entries) {
    if (entry.index === undefined) for (const value of await expandWords(shell, [entry.word])) made.push([undefined, value, false]);
    else {
      const key = typeof entry.index === 'string' ? entry.index : await expandString(shell, entry.index);
      made.push([key, await expandString(shell, entry.word, { isAssignment: true }), entry.isAppended === true]);
    }
  }
  fill(shell, name, { made, isAppended });
}

function fill(
  shell: Shell,
  name: string,
  { made, isAppended }: { made: readonly [string | undefined, string, boolean][]; isAppended: boolean },
): void {
  const associative = isAssociative(shell, name);
  const elements: Elements = replaceElements(shell, name, isAppended);
  let next = Math.max(-1, ...[...elements.keys()].filter((key) => typeof key === 'number')) + 1;
  if (associative && made.every(([key]) => key === undefined)) {
    for (let i = 0; i < made.length; i += 2) setElement(shell, name, { key: made[i]?.[1] ?? '', value: made[i + 1]?.[1] ?? '' });
    return;
  }
  for (const [written, value, append] of made) {
    const key = written === undefined ? String(next) : written;
    const index = associative ? key : written === undefined ? next : keyOf(shell, name, key);
    if (typeof index === 'number') next = index + 1;
    setElement(shell, name, { key: String(index), value, isAppended: append });
  }
}

/** A subscript's text as a number. */
export const indexOf = (shell: Shell, text: string): number => Number(evaluateArithmetic(shell, text));
