/** How many columns text takes: East Asian wide characters take two, combining marks none. */
export function textWidth(text: string): number {
  let width = 0;
  for (const char of text) width += charWidth(char.codePointAt(0) ?? 0);
  return width;
}

const WIDE: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0x303e],
  [0x3041, 0x33ff],
  [0x3400, 0x4dbf],
  [0x4e00, 0x9fff],
  [0xa000, 0xa4cf],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x1f300, 0x1f64f],
  [0x1f680, 0x1f6ff],
  [0x1f900, 0x1f9ff],
  [0x20000, 0x3fffd],
];

/** Combining marks, vowels and finals of decomposed Hangul, joiners and selectors. */
const ZERO: readonly (readonly [number, number])[] = [
  [0x300, 0x36f],
  [0x483, 0x489],
  [0x591, 0x5bd],
  [0x64b, 0x65f],
  [0x1160, 0x11ff],
  [0x1ab0, 0x1aff],
  [0x1dc0, 0x1dff],
  [0x200b, 0x200f],
  [0x20d0, 0x20ff],
  [0x302a, 0x302d],
  [0x3099, 0x309a],
  [0xfe00, 0xfe0f],
  [0xfe20, 0xfe2f],
  [0x1f3fb, 0x1f3ff],
];

/** Text as the cells of a line: each character with the marks that belong to it. */
export function clusters(text: string): string[] {
  const cells: string[] = [];
  for (const char of text) {
    const joins = cells.length > 0 && char >= '\u0300' && charWidth(char.codePointAt(0) ?? 0) === 0;
    if (joins || cells.at(-1)?.endsWith('\u200d') === true) cells.push((cells.pop() ?? '') + char);
    else cells.push(char);
  }
  return cells;
}

/** Where the cursor stands after `text`, written from a line's beginning: a wide character does not fit into the last column. */
export function cursorAfter(text: string, columns: number): { readonly row: number; readonly column: number } {
  let [row, column] = [0, 0];
  for (const char of text) {
    const width = charWidth(char.codePointAt(0) ?? 0);
    if (width > 0 && column + width > columns) {
      row += 1;
      column = 0;
    }
    column += width;
    if (column >= columns) {
      row += 1;
      column = 0;
    }
  }
  return { row, column };
}

function charWidth(code: number): number {
  if (code < 0x300) return code < 32 ? 0 : 1;
  if (ZERO.some(([low, high]) => code >= low && code <= high)) return 0;
  return WIDE.some(([low, high]) => code >= low && code <= high) ? 2 : 1;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences are what is meant.
const ESCAPE = /\x1b\[[0-9;?]*[A-Za-z]|\x1b\][^\x07]*\x07|[\x01\x02]/g;

/** What of a prompt is seen. */
export const visible = (prompt: string): string => prompt.replace(ESCAPE, '');
