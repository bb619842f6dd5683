import { textWidth } from '../../sh/interactive/width.ts';
import { clipped, shownLine } from './cells.ts';
import type { Editing } from './ex.ts';
import type { RawTerminal } from './keys.ts';

export type Mode = 'normal' | 'insert' | 'replace' | 'visual' | 'visual-line';

/** What the last line says of each. */
export const MODE_NAMES: Readonly<Record<Mode, string>> = {
  normal: '',
  insert: '-- INSERT --',
  replace: '-- REPLACE --',
  visual: '-- VISUAL --',
  'visual-line': '-- VISUAL LINE --',
};

/** busybox always has a line of its own: the mode's sign, the file, the line of how many. */
export function busyboxStatus({ buffer, path }: Editing, mode: Mode): string {
  const { row, lines, isModified } = buffer;
  const sign = mode === 'insert' ? 'I' : mode === 'replace' ? 'R' : '-';
  return `${sign} ${path ?? 'No file'}${isModified ? ' [Modified]' : ''} ${row + 1}/${lines.length} ${Math.floor((100 * (row + 1)) / lines.length)}%`;
}

export interface View {
  readonly editing: Editing;
  /** The first line that was shown before. */
  readonly top: number;
  readonly status: string;
}

/** Draws the text with the cursor in it and a line of status below; the first line that is shown now. */
export async function drawEditor(terminal: RawTerminal, { editing, top: before, status }: View): Promise<number> {
  const { columns, rows: height } = terminal.size;
  const rows = Math.max(1, height - 1);
  const { buffer } = editing;
  const top = buffer.row < before ? buffer.row : buffer.row >= before + rows ? buffer.row - rows + 1 : before;
  const gutter = editing.numbers ? Math.max(3, String(buffer.lines.length).length) + 1 : 0;
  const ahead = shownLine(buffer.chars.slice(0, buffer.column).join(''));
  const shift = Math.max(0, textWidth(ahead) + gutter - columns + 1);
  const shown = Array.from({ length: rows }, (_, i) => {
    const line = buffer.lines[top + i];
    if (line === undefined) return '~';
    const number = gutter === 0 ? '' : `${String(top + i + 1).padStart(gutter - 1)} `;
    const text = top + i === buffer.row && shift > 0 ? [...shownLine(line)].slice(shift).join('') : shownLine(line);
    return clipped(number + text, columns);
  });
  const column = textWidth(ahead) - shift + gutter + 1;
  const text = shown.map((row) => `${row}\x1b[K`).join('\r\n');
  await terminal.write(`\x1b[?25l\x1b[H${text}\r\n${clipped(status, columns)}\x1b[K\x1b[${buffer.row - top + 1};${column}H\x1b[?25h`);
  return top;
}
