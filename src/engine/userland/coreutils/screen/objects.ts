/** What vi's operators take: text objects (`iw`, `a"`) and the text between two places. */
import type { Buffer, Position } from './buffer.ts';
import type { Motion } from './motions.ts';

/** `dw` at a line's end does not take the next line along. */
export function clampedWord(buffer: Buffer, { key, from, motion }: { key: string; from: Position; motion: Motion }): Motion {
  if (!/^[wW]$/.test(key) || motion.to.row === from.row || motion.isInclusive === true) return motion;
  return { ...motion, to: { row: from.row, column: [...(buffer.lines[from.row] ?? '')].length } };
}

export function textBetween(buffer: Buffer, from: Position, to: Position): string {
  if (from.row === to.row) return [...(buffer.lines[from.row] ?? '')].slice(from.column, to.column).join('');
  const first = [...(buffer.lines[from.row] ?? '')].slice(from.column).join('');
  const last = [...(buffer.lines[to.row] ?? '')].slice(0, to.column).join('');
  return [first, ...buffer.lines.slice(from.row + 1, to.row), last].join('\n');
}

export function wordAt(buffer: Buffer): string {
  const range = objectAt(buffer, 'i', 'w');
  return range === null ? '' : textBetween(buffer, range.from, { row: range.to.row, column: range.to.column + 1 }).trim();
}

const ENDS: Readonly<Record<string, readonly [string, string]>> = {
  '(': ['(', ')'],
  ')': ['(', ')'],
  b: ['(', ')'],
  '[': ['[', ']'],
  ']': ['[', ']'],
  '{': ['{', '}'],
  '}': ['{', '}'],
  '<': ['<', '>'],
  '>': ['<', '>'],
  '"': ['"', '"'],
  "'": ["'", "'"],
  '`': ['`', '`'],
};

/** What a text object takes, on the cursor's line; both ends included. */
export function objectAt(buffer: Buffer, kind: 'i' | 'a', object: string): { readonly from: Position; readonly to: Position } | null {
  const { chars, row, column } = buffer;
  const range = (from: number, to: number) => (to < from ? null : { from: { row, column: from }, to: { row, column: to } });
  if (object === 'w') {
    const isSame = (char: string | undefined): boolean =>
      char !== undefined &&
      /[\p{L}\p{N}_]/u.test(char) === /[\p{L}\p{N}_]/u.test(chars[column] ?? ' ') &&
      /\s/.test(char) === /\s/.test(chars[column] ?? ' ');
    let [from, to] = [column, column];
    while (isSame(chars[from - 1])) from -= 1;
    while (isSame(chars[to + 1])) to += 1;
    if (kind === 'a') while (/\s/.test(chars[to + 1] ?? 'x')) to += 1;
    return range(from, to);
  }
  const [open, close] = ENDS[object] ?? [];
  if (open === undefined || close === undefined) return null;
  const from = chars.lastIndexOf(open, open === close && chars[column] === open ? column - 1 : column);
  const start = from < 0 ? chars.indexOf(open) : from;
  const end = start < 0 ? -1 : chars.indexOf(close, Math.max(start + 1, open === close ? start + 1 : column));
  if (start < 0 || end < 0) return null;
  return kind === 'a' ? range(start, end) : range(start + 1, end - 1);
}
