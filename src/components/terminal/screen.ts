/** A terminal's screen as lines of styled text: @xterm/headless keeps the cells, this reads them. */
import type { IBufferCell, Terminal } from '@xterm/headless';

/** Neighbouring cells that look the same. `classes` are those of terminal.css. */
export interface Run {
  readonly text: string;
  readonly classes: string;
  /** Colours that the theme has no word for (256 and true colour), as CSS. */
  readonly style: string;
  readonly wide: boolean;
}

export interface ScreenLine {
  readonly runs: readonly Run[];
  readonly text: string;
}

const COLOURS = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'];

/** The steps of the colour cube, and of the greys, of xterm's 256 colours. */
const CUBE = [0, 95, 135, 175, 215, 255];
const CUBE_FROM = 16;
const GREY_FROM = 232;

/** A colour beyond the sixteen. */
function css(index: number): string {
  if (index >= GREY_FROM) {
    const grey = 8 + (index - GREY_FROM) * 10;
    return `rgb(${grey} ${grey} ${grey})`;
  }
  const at = index - CUBE_FROM;
  return `rgb(${[Math.floor(at / 36), Math.floor(at / 6) % 6, at % 6].map((step) => CUBE[step] ?? 0).join(' ')})`;
}

interface Colour {
  readonly isPalette: boolean;
  readonly isRgb: boolean;
  readonly value: number;
}

/** The name of one of the sixteen, brighter ones share a hue; or CSS for the others; neither if it is the terminal's own. */
function colour({ isPalette, isRgb, value }: Colour): { readonly name?: string; readonly css?: string } {
  if (isRgb) return { css: `rgb(${value >> 16} ${(value >> 8) & 255} ${value & 255})` };
  if (!isPalette) return {};
  return value < CUBE_FROM ? { name: COLOURS[value % COLOURS.length] ?? 'white' } : { css: css(value) };
}

const foreground = (cell: IBufferCell) => colour({ isPalette: cell.isFgPalette(), isRgb: cell.isFgRGB(), value: cell.getFgColor() });
const background = (cell: IBufferCell) => colour({ isPalette: cell.isBgPalette(), isRgb: cell.isBgRGB(), value: cell.getBgColor() });

function styleOf(cell: IBufferCell): string {
  const [ink, ground] = [foreground(cell).css, background(cell).css];
  return `${ink ? `color:${ink};` : ''}${ground ? `background:${ground}` : ''}`;
}

function classesOf(cell: IBufferCell): string {
  const [ink, ground] = [foreground(cell).name, background(cell).name];
  const classes = [...(ink ? [`c-${ink}`] : []), ...(ground ? [`g-${ground}`] : [])];
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
  const runs: { text: string; classes: string; style: string; wide: boolean }[] = [];
  for (let column = 0; column < length; column++) {
    const cell = line.getCell(column);
    if (!cell || cell.getWidth() === 0) continue;
    const [text, classes, style, wide] = [cell.getChars() || ' ', classesOf(cell), styleOf(cell), cell.getWidth() === 2];
    const last = runs.at(-1);
    if (last && last.classes === classes && last.style === style && !last.wide && !wide) last.text += text;
    else runs.push({ text, classes, style, wide });
  }
  return { runs, text: runs.map(({ text }) => text).join('') };
}

function lastFilled(line: NonNullable<ReturnType<Terminal['buffer']['active']['getLine']>>): number {
  for (let column = line.length - 1; column >= 0; column--) {
    const cell = line.getCell(column);
    if (cell && (cell.getChars().trim() !== '' || cell.isInverse() !== 0 || !cell.isBgDefault())) return column + cell.getWidth();
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
