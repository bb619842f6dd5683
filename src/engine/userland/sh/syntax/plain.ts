/** Lines that need no grammar: most that are typed are words. */
import type { Shell } from '../shell.ts';
import { RESERVED } from './names.ts';

/** Nothing in these is quoted, expanded or an operator; an equals sign before the second word may make an assignment. */
const WORD = String.raw`[\w./:@%+,-]+`;
const WORDS = new RegExp(String.raw`^[ \t]*${WORD}(?:[ \t]+[\w./:@%+,=-]+)*[ \t]*\n$`);
/** Reserved in some of the dialects only. */
const MORE_RESERVED = new Set(['function', 'time']);

/** The words of a line that is nothing else; undefined if it has to be parsed. */
export function plainWords({ features, aliases }: Shell, line: string): readonly string[] | undefined {
  if (features.grammar !== undefined || aliases.size > 0 || !WORDS.test(line)) return undefined;
  const words = line.trim().split(/[ \t]+/);
  const [first = ''] = words;
  return RESERVED.has(first) || MORE_RESERVED.has(first) ? undefined : words;
}
