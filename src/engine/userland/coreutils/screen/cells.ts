import { textWidth } from '../../sh/interactive/width.ts';

const TAB = 8;

/** A line as it is shown: tabs as blanks, control characters as `^X`. */
export function shownLine(line: string): string {
  let out = '';
  let column = 0;
  for (const char of line) {
    const code = char.codePointAt(0) ?? 0;
    const piece =
      char === '\t' ? ' '.repeat(TAB - (column % TAB)) : code < 32 ? `^${String.fromCharCode(code + 64)}` : code === 127 ? '^?' : char;
    out += piece;
    column += textWidth(piece);
  }
  return out;
}

/** The rows that a shown line takes. */
export function wrapped(shown: string, columns: number): readonly string[] {
  const rows: string[] = [];
  let row = '';
  let width = 0;
  for (const char of shown) {
    const cell = textWidth(char);
    if (width + cell > columns) {
      rows.push(row);
      row = '';
      width = 0;
    }
    row += char;
    width += cell;
  }
  rows.push(row);
  return rows;
}

/** As much of a text as fits into so many columns. */
export const clipped = (text: string, columns: number): string => wrapped(text, columns)[0] ?? '';
