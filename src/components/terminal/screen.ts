/** A terminal's screen as lines of styled text: @xterm/headless keeps the cells, this reads them. */
import type { IBufferCell, Terminal } from '@xterm/headless';

/** Neighbouring cells that look the same. `classes` are those of terminal.css. */
export interface Run {
  readonly text: string;
  readonly classes: string;
  readonly wide: boolean;
}

export interface ScreenLine {
  readonly runs: readonly Run[];
  readonly text: string;
}

const COLOURS = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'];

/** The class of one of the sixteen colours; brighter ones share a hue and are bold already. Others stay plain. */
function colourClass(cell: IBufferCell): string[] {
  if (!cell.isFgPalette()) return [];
  const name = COLOURS[cell.getFgColor() % COLOURS.length];
  return cell.getFgColor() < 2 * COLOURS.length && name ? [`c-${name}`] : [];
}

function classesOf(cell: IBufferCell): string {
  const classes = colourClass(cell);
  if (cell.isBold()) classes.push('bold');
  if (cell.isDim()) classes.push('dim');
  if (cell.isUnderline()) classes.push('underline');
  if (cell.isInverse()) classes.push('inverse');
  return classes.join(' ');
}

/** The text of a buffer's line without trailing blanks; wide characters stand alone, so that each can be drawn two columns wide. */
export function readLine(terminal: Terminal, index: number, keep = 0): ScreenLine {
  const line = terminal.buffer.active.getLine(index);
  if (!line) return { runs: [], text: '' };
  const length = Math.max(line.translateToString(true).length === 0 ? 0 : lastFilled(line), keep);
  const runs: { text: string; classes: string; wide: boolean }[] = [];
  for (let column = 0; column < length; column++) {
    const cell = line.getCell(column);
    if (!cell || cell.getWidth() === 0) continue;
    const [text, classes, wide] = [cell.getChars() || ' ', classesOf(cell), cell.getWidth() === 2];
    const last = runs.at(-1);
    if (last && last.classes === classes && !last.wide && !wide) last.text += text;
    else runs.push({ text, classes, wide });
  }
  return { runs, text: runs.map(({ text }) => text).join('') };
}

function lastFilled(line: NonNullable<ReturnType<Terminal['buffer']['active']['getLine']>>): number {
  for (let column = line.length - 1; column >= 0; column--) {
    const cell = line.getCell(column);
    if (cell && (cell.getChars().trim() !== '' || cell.isInverse() !== 0)) return column + cell.getWidth();
  }
  return 0;
}

/** How many lines are worth showing: everything down to the last text or the cursor. */
export function usedLines(terminal: Terminal): number {
  const { baseY, cursorY, length } = terminal.buffer.active;
  let last = baseY + cursorY;
  for (let index = length - 1; index > last; index--) {
    if (terminal.buffer.active.getLine(index)?.translateToString(true)) last = index;
  }
  return last + 1;
}
