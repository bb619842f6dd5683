/** Word expansion (POSIX 2.6). Most words are what is written, or hardly more; the code for all others is fetched with the first. */
import { later } from '../later.ts';
import type { Shell } from '../shell.ts';
import type { Part, Word } from '../syntax/ast.ts';
import type { ExpandOptions } from './expansion.ts';
import { parameterValue } from './parameter-value.ts';

export type MaybePromise<T> = T | Promise<T>;

const EXPANSION = () => import('./expansion.ts');
const fieldsOf = later(async () => (await EXPANSION()).expandFields);
const textOf = later(async () => (await EXPANSION()).expandText);
const patternOf = later(async () => (await EXPANSION()).expandPattern);

/** What stands between double quotes, as long as it is text and plain parameters. Undefined: the word needs the whole procedure. */
function quotedText(shell: Shell, { parts }: Word): string | undefined {
  if (parts.length === 0 || shell.options.nounset || !parts.every(isPlain)) return undefined;
  return parts
    .map((part) => (part.kind === 'text' ? part.text : part.kind === 'parameter' ? (parameterValue(shell, part.name) ?? '') : ''))
    .join('');
}

function isPlain(part: Part): boolean {
  if (!part.quoted || part.kind === 'text') return part.quoted;
  if (part.kind !== 'parameter' || part.name === '@' || part.name === '*') return false;
  return part.operator === undefined && part.extension === undefined && part.bad === undefined;
}

/** The fields that words become, with paths. */
export function expandWords(shell: Shell, words: readonly Word[], from = 0, out: string[] = []): MaybePromise<string[]> {
  for (let i = from; i < words.length; i += 1) {
    const word = words[i];
    if (word === undefined) break;
    const text = word.literal ?? (word.isAssignment ? undefined : quotedText(shell, word));
    if (text !== undefined) {
      out.push(text);
      continue;
    }
    const fields = fieldsOf(shell, word);
    if (fields instanceof Promise) return expandRest(shell, { words, from: i + 1, out, fields });
    out.push(...fields);
  }
  return out;
}

async function expandRest(
  shell: Shell,
  rest: { words: readonly Word[]; from: number; out: string[]; fields: Promise<string[]> },
): Promise<string[]> {
  rest.out.push(...(await rest.fields));
  return expandWords(shell, rest.words, rest.from, rest.out);
}

/** A word that stays one piece of text: an assignment's value, a file's name, a `case` subject. */
export const expandString = (shell: Shell, word: Word, options: Omit<ExpandOptions, 'splits'> = {}): MaybePromise<string> =>
  word.literal ?? quotedText(shell, word) ?? textOf(shell, word, options);

/** A word as a pattern, for `case`. */
export const expandPattern = (shell: Shell, word: Word): MaybePromise<string> => patternOf(shell, word);
