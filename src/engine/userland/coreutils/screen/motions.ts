/** Where vi's movements lead. */
import type { Buffer, Position } from './buffer.ts';

export interface Motion {
  readonly to: Position;
  /** Whole lines are meant. */
  readonly isLinewise?: boolean;
  /** The character it ends on belongs to what an operator takes. */
  readonly isInclusive?: boolean;
}

/** What `f`, `t` and their like looked for, for `;` and `,`. */
export interface Find {
  readonly kind: string;
  readonly char: string;
}

type Kind = 'blank' | 'word' | 'mark';
const kindOf = (char: string | undefined, isBig: boolean): Kind =>
  char === undefined || /\s/.test(char) ? 'blank' : isBig || /[\p{L}\p{N}_]/u.test(char) ? 'word' : 'mark';

const charsOf = (buffer: Buffer, row: number): readonly string[] => [...(buffer.lines[row] ?? '')];
const firstText = (buffer: Buffer, row: number): number =>
  Math.max(
    0,
    charsOf(buffer, row).findIndex((char) => !/\s/.test(char)),
  );

function wordForward(buffer: Buffer, from: Position, isBig: boolean): Position {
  let { row, column } = from;
  const start = kindOf(charsOf(buffer, row)[column], isBig);
  let chars = charsOf(buffer, row);
  if (start !== 'blank') while (column < chars.length && kindOf(chars[column], isBig) === start) column += 1;
  for (;;) {
    while (column < chars.length && kindOf(chars[column], isBig) === 'blank') column += 1;
    if (column < chars.length) return { row, column };
    if (row + 1 >= buffer.lines.length) return { row, column: chars.length };
    row += 1;
    column = 0;
    chars = charsOf(buffer, row);
    if (chars.length === 0) return { row, column };
  }
}

function wordBack(buffer: Buffer, from: Position, isBig: boolean): Position {
  let { row, column } = from;
  let chars = charsOf(buffer, row);
  for (;;) {
    column -= 1;
    while (column >= 0 && kindOf(chars[column], isBig) === 'blank') column -= 1;
    if (column >= 0) break;
    if (row === 0) return { row: 0, column: 0 };
    row -= 1;
    chars = charsOf(buffer, row);
    column = chars.length;
    if (chars.length === 0) return { row, column: 0 };
  }
  const kind = kindOf(chars[column], isBig);
  while (column > 0 && kindOf(chars[column - 1], isBig) === kind) column -= 1;
  return { row, column };
}

function wordEnd(buffer: Buffer, from: Position, isBig: boolean): Position {
  let { row, column } = from;
  let chars = charsOf(buffer, row);
  column += 1;
  for (;;) {
    while (column < chars.length && kindOf(chars[column], isBig) === 'blank') column += 1;
    if (column < chars.length) break;
    if (row + 1 >= buffer.lines.length) return { row, column: Math.max(0, chars.length - 1) };
    row += 1;
    column = 0;
    chars = charsOf(buffer, row);
  }
  const kind = kindOf(chars[column], isBig);
  while (column + 1 < chars.length && kindOf(chars[column + 1], isBig) === kind) column += 1;
  return { row, column };
}

const PAIRS: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

function partner(buffer: Buffer, from: Position): Position | null {
  const chars = charsOf(buffer, from.row);
  const column = chars.findIndex((char, i) => i >= from.column && /[()[\]{}]/.test(char));
  const open = chars[column];
  if (open === undefined) return null;
  const forward = open in PAIRS;
  const other = forward ? PAIRS[open] : Object.keys(PAIRS).find((key) => PAIRS[key] === open);
  let depth = 0;
  for (let row = from.row, at = column; row >= 0 && row < buffer.lines.length; ) {
    const char = charsOf(buffer, row)[at];
    if (char === open) depth += 1;
    else if (char === other) depth -= 1;
    if (depth === 0) return { row, column: at };
    at += forward ? 1 : -1;
    if (at < 0 || at >= charsOf(buffer, row).length) {
      row += forward ? 1 : -1;
      at = forward ? 0 : charsOf(buffer, row).length - 1;
    }
  }
  return null;
}

/** `f`, `F`, `t`, `T`. */
export function findChar(buffer: Buffer, { kind, char }: Find, count: number): Motion | null {
  const { chars, row } = buffer;
  let { column } = buffer;
  const step = kind === 'f' || kind === 't' ? 1 : -1;
  for (let left = count; left > 0; left -= 1) {
    do column += step;
    while (column >= 0 && column < chars.length && chars[column] !== char);
    if (column < 0 || column >= chars.length) return null;
  }
  const at = kind === 't' ? column - 1 : kind === 'T' ? column + 1 : column;
  return { to: { row, column: at }, isInclusive: step > 0 };
}

const paragraph = (buffer: Buffer, from: number, step: number): number => {
  let row = from + step;
  while (row > 0 && row < buffer.lines.length - 1 && !((buffer.lines[row] ?? '') === '' && (buffer.lines[row - step] ?? '') !== ''))
    row += step;
  return Math.max(0, Math.min(row, buffer.lines.length - 1));
};

function repeat(count: number, from: Position, move: (at: Position) => Position): Position {
  let at = from;
  for (let i = 0; i < Math.min(count, 10_000); i += 1) at = move(at);
  return at;
}

/** The movement of one key; null if it is none. `count` is undefined if none was typed. */
export function motionOf(buffer: Buffer, key: string, count: number | undefined): Motion | null {
  const { row, column, position } = buffer;
  const times = count ?? 1;
  const line = (to: number): Motion => ({ to: { row: Math.max(0, Math.min(to, buffer.lines.length - 1)), column }, isLinewise: true });
  const begin = (to: number): Motion => {
    const at = Math.max(0, Math.min(to, buffer.lines.length - 1));
    return { to: { row: at, column: firstText(buffer, at) }, isLinewise: true };
  };
  switch (key) {
    case 'h':
    case 'Left':
    case 'Backspace':
      return { to: { row, column: Math.max(0, column - times) } };
    case 'l':
    case 'Right':
    case ' ':
      return { to: { row, column: Math.min(buffer.chars.length, column + times) } };
    case 'j':
    case 'Down':
    case '^N':
      return line(row + times);
    case 'k':
    case 'Up':
    case '^P':
      return line(row - times);
    case 'Enter':
    case '+':
      return begin(row + times);
    case '-':
      return begin(row - times);
    case '_':
      return begin(row + times - 1);
    case '0':
    case 'Home':
      return { to: { row, column: 0 } };
    case '^':
      return { to: { row, column: firstText(buffer, row) } };
    case '$':
    case 'End':
      return { to: { row: row + times - 1, column: Math.max(0, charsOf(buffer, row + times - 1).length - 1) }, isInclusive: true };
    case '|':
      return { to: { row, column: times - 1 } };
    case 'G':
      return begin(count === undefined ? buffer.lines.length - 1 : count - 1);
    case 'gg':
      return begin(times - 1);
    case 'w':
    case 'W':
      return { to: repeat(times, position, (at) => wordForward(buffer, at, key === 'W')) };
    case 'b':
    case 'B':
      return { to: repeat(times, position, (at) => wordBack(buffer, at, key === 'B')) };
    case 'e':
    case 'E':
      return { to: repeat(times, position, (at) => wordEnd(buffer, at, key === 'E')), isInclusive: true };
    case '{':
    case '}':
      return {
        to: { row: repeat(times, position, (at) => ({ row: paragraph(buffer, at.row, key === '}' ? 1 : -1), column: 0 })).row, column: 0 },
      };
    case '%': {
      const to = partner(buffer, position);
      return to === null ? null : { to, isInclusive: true };
    }
    default:
      return null;
  }
}
