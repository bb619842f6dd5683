/** What a command is: a name, how many words it takes, whether it changes anything, and what it does. */
import type { Reply } from './resp.ts';
import { RedisError } from './resp.ts';
import type { Database } from './store.ts';

/** What a command sees of who calls it. */
export interface Call {
  /** The command's own words, without its name. */
  readonly args: readonly string[];
  readonly db: Database;
  readonly nowMs: number;
  /** What is kept of the call in place of itself: absolute times, what was chosen by chance. */
  replaceBy(...words: readonly (readonly string[])[]): void;
  /** A whole number below `limit`, by chance. */
  chance(limit: number): number;
}

export interface Command {
  /** Words with the name: exactly so many, or at least (negative). */
  readonly arity: number;
  readonly writes?: boolean;
  run(call: Call): Reply;
}

export type Commands = Readonly<Record<string, Command>>;

export const reads = (arity: number, run: Command['run']): Command => ({ arity, run });
export const writes = (arity: number, run: Command['run']): Command => ({ arity, writes: true, run });

export const syntaxError = (): RedisError => new RedisError('ERR syntax error');

/** A word that has to be there. */
export function word(args: readonly string[], at: number): string {
  const found = args[at];
  if (found === undefined) throw syntaxError();
  return found;
}

/** Words two by two. */
export function pairs(words: readonly string[]): readonly (readonly [string, string])[] {
  return Array.from({ length: words.length >> 1 }, (_, i) => [words[2 * i] ?? '', words[2 * i + 1] ?? ''] as const);
}
