/** Keys that a terminal sends as an escape and what follows it: arrows and their like, and letters typed with Meta. */
import type { Key } from './keys.ts';

const LETTERS: Readonly<Record<string, Key>> = { A: 'up', B: 'down', C: 'right', D: 'left', H: 'home', F: 'end' };
const NUMBERS: Readonly<Record<string, Key>> = { '1': 'home', '7': 'home', '4': 'end', '8': 'end', '3': 'delete' };
const META: Readonly<Record<string, Key>> = {
  b: 'word-left',
  f: 'word-right',
  d: 'kill-next-word',
  '\x7f': 'kill-word',
  '\b': 'kill-word',
  u: 'upper',
  l: 'lower',
  c: 'capital',
  '.': 'last-word',
  _: 'last-word',
  '<': 'first-line',
  '>': 'last-line',
};

/** The key whose escape was read. `next` gives what follows soon, '' if nothing does. */
export async function escaped(next: () => Promise<string>): Promise<Key> {
  const first = await next();
  if (first === '') return 'escape';
  if (first !== '[' && first !== 'O') return META[first] ?? 'ignored';
  let sequence = '';
  for (;;) {
    const char = await next();
    if (char === '') return 'ignored';
    if (!/[0-9;?]/.test(char)) return named(sequence, char);
    sequence += char;
  }
}

function named(sequence: string, final: string): Key {
  if (final === '~') return NUMBERS[sequence] ?? 'ignored';
  if (/;[35]$/.test(sequence)) return final === 'C' ? 'word-right' : final === 'D' ? 'word-left' : 'ignored';
  return sequence === '' ? (LETTERS[final] ?? 'ignored') : 'ignored';
}
