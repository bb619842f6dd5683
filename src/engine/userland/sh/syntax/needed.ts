/**
 * Expansions that are more than a name, compound commands, functions and redirections are read by code that is fetched before the first
 * text is read that may have any of them: most lines are words.
 */
import type { Shell } from '../shell.ts';

type Constructs = typeof import('./constructs.ts');

let fetched: Constructs | undefined;

/** Undefined as long as no text may have had any. */
export const constructs = (): Constructs | undefined => fetched;

/** Where a text has one. */
export function needed(): Constructs {
  if (fetched === undefined) throw new Error('a script is read before the code that reads it is there');
  return fetched;
}

/** What one of them has in it, among other texts. */
const MARKS = /[`(){}<>]|\[\[|\$'|\\\n|(?:^|[^\w-])(?:if|for|while|until|case|function)(?![\w-])/;

/** Whether a text is sure to have none of them. */
export const isPlain = (text: string): boolean => !MARKS.test(text);

/** To be awaited before `text` is read. */
export function readable(shell: Shell, text: string): Promise<void> | undefined {
  if (fetched !== undefined) return undefined;
  // What an alias stands for is read in its place.
  const needsNothing = shell.features.grammar === undefined && shell.aliases.size === 0 && isPlain(text);
  return needsNothing ? undefined : shell.sys.stall(fetchConstructs);
}

export async function fetchConstructs(): Promise<void> {
  fetched = await import('./constructs.ts');
}
