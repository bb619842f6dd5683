/** What editing keys do to a line (emacs keys). */
import type { Key } from './keys.ts';
import type { EditedLine } from './line.ts';

/** Removes what lies between the cursor and `to`. */
function remove(line: EditedLine, to: number): string[] {
  const start = Math.min(line.cursor, to);
  const removed = line.chars.splice(start, Math.abs(to - line.cursor));
  line.cursor = start;
  return removed;
}

function kill(line: EditedLine, to: number): void {
  if (to !== line.cursor) line.killed = remove(line, to);
}

function wordLeft({ chars, cursor }: EditedLine): number {
  let i = cursor;
  while (i > 0 && chars[i - 1] === ' ') i -= 1;
  while (i > 0 && chars[i - 1] !== ' ') i -= 1;
  return i;
}

function wordRight({ chars, cursor }: EditedLine): number {
  let i = cursor;
  while (i < chars.length && chars[i] === ' ') i += 1;
  while (i < chars.length && chars[i] !== ' ') i += 1;
  return i;
}

type Named = Extract<Key, string>;

const EDITS: Partial<Record<Named, (line: EditedLine) => void>> = {
  left: (line) => {
    line.cursor = Math.max(0, line.cursor - 1);
  },
  right: (line) => {
    line.cursor = Math.min(line.chars.length, line.cursor + 1);
  },
  home: (line) => {
    line.cursor = 0;
  },
  end: (line) => {
    line.cursor = line.chars.length;
  },
  'word-left': (line) => {
    line.cursor = wordLeft(line);
  },
  'word-right': (line) => {
    line.cursor = wordRight(line);
  },
  backspace: (line) => remove(line, Math.max(0, line.cursor - 1)),
  delete: (line) => remove(line, Math.min(line.chars.length, line.cursor + 1)),
  'kill-end': (line) => kill(line, line.chars.length),
  'kill-start': (line) => kill(line, 0),
  'kill-word': (line) => kill(line, wordLeft(line)),
  'kill-next-word': (line) => kill(line, wordRight(line)),
  yank: (line) => line.insert(line.killed.join('')),
  upper: (line) => recase(line, 'upper'),
  lower: (line) => recase(line, 'lower'),
  capital: (line) => recase(line, 'capital'),
  transpose,
};

/** Applies an editing key. False if it is none. */
export function apply(line: EditedLine, key: Named): boolean {
  if (key === 'undo') {
    const before = line.undone.pop();
    if (before !== undefined) Object.assign(line, { chars: [...before.chars], cursor: before.cursor });
    return true;
  }
  const edit = EDITS[key];
  if (edit !== undefined) line.change(() => edit(line));
  return edit !== undefined;
}

function recase(line: EditedLine, how: 'upper' | 'lower' | 'capital'): void {
  const word = remove(line, wordRight(line)).join('');
  const [, blanks = '', first = '', rest = ''] = /^( *)(.?)(.*)$/su.exec(word) ?? [];
  line.insert(
    blanks + (how === 'lower' ? first.toLowerCase() : first.toUpperCase()) + (how === 'upper' ? rest.toUpperCase() : rest.toLowerCase()),
  );
}

function transpose(line: EditedLine): void {
  const at = Math.min(line.cursor, line.chars.length - 1);
  const [left, right] = [line.chars[at - 1], line.chars[at]];
  if (left === undefined || right === undefined) return;
  line.chars.splice(at - 1, 2, right, left);
  line.cursor = at + 1;
}
