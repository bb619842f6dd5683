/** Word expansion (POSIX 2.6). Most words are what is written; the code for all others is fetched with the first. */
import { later } from '../later.ts';
import type { Shell } from '../shell.ts';
import type { Word } from '../syntax/ast.ts';
import type { ExpandOptions } from './expansion.ts';

export type MaybePromise<T> = T | Promise<T>;

const EXPANSION = () => import('./expansion.ts');
const fieldsOf = later(async () => (await EXPANSION()).expandFields);
const textOf = later(async () => (await EXPANSION()).expandText);
const patternOf = later(async () => (await EXPANSION()).expandPattern);

/** The fields that words become, with paths. */
export function expandWords(shell: Shell, words: readonly Word[], from = 0, out: string[] = []): MaybePromise<string[]> {
  for (let i = from; i < words.length; i += 1) {
    const word = words[i];
    if (word === undefined) break;
    if (word.literal !== undefined) {
      out.push(word.literal);
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
  word.literal ?? textOf(shell, word, options);

/** A word as a pattern, for `case`. */
export const expandPattern = (shell: Shell, word: Word): MaybePromise<string> => patternOf(shell, word);
