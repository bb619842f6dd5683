import { expandString } from '../expand/expand.ts';
import type { Shell } from '../shell.ts';
import { readable } from '../syntax/needed.ts';
import { Source } from '../syntax/source.ts';
import { parseHereText } from '../syntax/words.ts';

/** The expansions in a text that stands as between double quotes. */
export async function expandText(shell: Shell, text: string): Promise<string> {
  await readable(shell, text);
  const source = new Source(text, { isFinal: true, features: shell.features });
  return expandString(shell, parseHereText(source));
}
