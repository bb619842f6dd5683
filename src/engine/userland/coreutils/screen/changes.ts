/** Changes of the text that need no further key, and searching. */
import { compileRegex } from '../regex.ts';
import type { Buffer } from './buffer.ts';
import type { Editing } from './ex.ts';
import type { Motion } from './motions.ts';
import { wordAt } from './objects.ts';

/** `p`, `P`. */
export function put({ buffer, register }: Editing, after: boolean, times: number): void {
  const { text, isLinewise } = register;
  if (text === '') return;
  buffer.mark();
  if (isLinewise) {
    const lines = text.replace(/\n$/, '').split('\n');
    const all = Array.from({ length: times }, () => lines).flat();
    const at = after ? buffer.row + 1 : buffer.row;
    buffer.lines.splice(at, 0, ...all);
    buffer.moveTo({ row: at, column: 0 });
    return;
  }
  if (after && buffer.chars.length > 0) buffer.column += 1;
  buffer.insert(text.repeat(times));
  buffer.moveTo({ row: buffer.row, column: buffer.column - 1 });
}

/** `J`. */
export function join(buffer: Buffer, times: number): void {
  buffer.mark();
  for (let i = 0; i < Math.max(1, times - 1); i += 1) {
    const next = buffer.lines[buffer.row + 1];
    if (next === undefined) break;
    const line = buffer.line.trimEnd();
    const rest = next.trimStart();
    buffer.lines.splice(buffer.row, 2, line + (rest === '' || rest.startsWith(')') ? '' : ' ') + rest);
    buffer.moveTo({ row: buffer.row, column: [...line].length });
  }
}

/** `~`. */
export function toggleCase(buffer: Buffer, times: number): void {
  buffer.mark();
  const chars = buffer.chars;
  const end = Math.min(chars.length, buffer.column + times);
  for (let i = buffer.column; i < end; i += 1) {
    const char = chars[i] ?? '';
    chars[i] = char === char.toLowerCase() ? char.toUpperCase() : char.toLowerCase();
  }
  buffer.setLine(buffer.row, chars.join(''));
  buffer.moveTo({ row: buffer.row, column: end });
}

/** `>`, `<`. */
export function shift(buffer: Buffer, operator: string, { first, last }: { readonly first: number; readonly last: number }): void {
  buffer.mark();
  for (let row = first; row <= last; row += 1) {
    const line = buffer.lines[row] ?? '';
    buffer.setLine(row, operator === '>' ? (line === '' ? line : `\t${line}`) : line.replace(/^(\t| {1,8})/, ''));
  }
  buffer.moveTo({ row: first, column: 0 });
}

export function backspace(buffer: Buffer): void {
  if (buffer.column > 0) buffer.cut({ row: buffer.row, column: buffer.column - 1 }, buffer.position);
  else if (buffer.row > 0) buffer.cut({ row: buffer.row - 1, column: [...(buffer.lines[buffer.row - 1] ?? '')].length }, buffer.position);
}

/** The next place, around the ends of the text, that the last pattern matches. */
export function searched(editing: Editing, backwards: boolean): Motion | null {
  const { pattern } = editing;
  const { lines, row, column } = editing.buffer;
  if (pattern === null) {
    editing.message = 'E35: No previous regular expression';
    return null;
  }
  for (let step = 0; step <= lines.length; step += 1) {
    const at = (row + (backwards ? -step : step) + lines.length * 2) % lines.length;
    const line = lines[at] ?? '';
    const places = [...line.matchAll(pattern)].map((match) => [...line.slice(0, match.index)].length);
    const fits = places.filter((place) => step > 0 || (backwards ? place < column : place > column));
    const found = backwards ? fits.at(-1) : fits[0];
    if (found !== undefined) return { to: { row: at, column: found } };
  }
  editing.message = `E486: Pattern not found`;
  return null;
}

/** `*`, `#`: the word that the cursor is in. */
export function searchWord(editing: Editing, backwards: boolean): Motion | null {
  const word = wordAt(editing.buffer);
  if (word === '') return null;
  editing.pattern = compileRegex(`\\<${word}\\>`, { extended: false });
  return searched(editing, backwards);
}

/** `r`. False if there are not so many characters. */
export function replaceChars(buffer: Buffer, key: string, times: number): boolean {
  if (buffer.column + times > buffer.chars.length) return false;
  buffer.mark();
  const chars = buffer.chars;
  chars.splice(buffer.column, times, ...(key === 'Enter' ? ['\n'] : Array.from({ length: times }, () => key)));
  const { row, column } = buffer;
  buffer.lines.splice(row, 1, ...chars.join('').split('\n'));
  buffer.moveTo(key === 'Enter' ? { row: row + 1, column: 0 } : { row, column: column + times - 1 });
  return true;
}
