/** The lines of a source that a traceback shows, with the part that failed marked under them. */

import { textWidth } from '../../sh/interactive/width.ts';
import type { Place } from '../compile/code.ts';
import type { Expr, Span, Stmt } from '../syntax/ast.ts';
import { SyntaxFault } from '../syntax/fault.ts';
import { parseModule } from '../syntax/parse-statements.ts';
import type { Version } from '../versions/versions.ts';
import type { Colours } from './colours.ts';

/** A place between two characters of some lines. */
interface Point {
  readonly line: number;
  readonly col: number;
}

/** What stands out of the part that failed: an operator, brackets, arguments. */
interface Accent {
  readonly from: Point;
  readonly to: Point;
}

export interface MarkOptions {
  readonly version: Version;
  readonly colours: Colours;
}

/** The statements of a text; none if it is no Python. */
function statementsOf(text: string, version: Version): readonly Stmt[] {
  try {
    return parseModule(text, version);
  } catch (error) {
    if (error instanceof SyntaxFault) return [];
    throw error;
  }
}

/** Where a character is first found from a place on, over lines. */
function find(lines: readonly string[], from: Point, isWanted: (char: string) => boolean): Point | null {
  for (let { line, col } = from; line < lines.length; line += 1, col = 0)
    for (const text = lines[line] ?? ''; col < text.length; col += 1) {
      const char = text[col] ?? '';
      if (isWanted(char)) return { line, col };
      if (char === '#') break;
    }
  return null;
}

/** Looks into the part that failed: lines and columns count from its begin. */
function accentOf(segment: string, version: Version): Accent | null {
  const lines = segment.split('\n');
  const [statement] = statementsOf(`(\n${segment}\n)\n`, version);
  if (statement?.kind !== 'expression') return null;
  const { value } = statement;
  const end = ({ endLine, endCol }: Span): Point => ({ line: endLine - 2, col: endCol });
  const brackets = (before: Expr, opening: string): Accent | null => {
    const from = find(lines, end(before), (char) => char === opening);
    return from === null ? null : { from, to: end(value) };
  };
  if (value.kind === 'call' && version.has.callMarks) return brackets(value.func, '(');
  if (value.kind === 'subscript') return brackets(value.value, '[');
  if (value.kind !== 'binary') return null;
  const from = find(lines, end(value.left), (char) => !/[\s)\\]/.test(char));
  return from === null ? null : { from, to: { line: from.line, col: from.col + value.op.length } };
}

/** Before 3.13: one line. Nothing is marked if all of it is meant. */
export function markedLine(source: string, place: Place, { version }: MarkOptions): string {
  const text = source.trim();
  const indent = source.length - source.trimStart().length;
  const isOneLine = place.endLine === place.line;
  const [start, end] = [place.col - indent, (isOneLine ? place.endCol : source.trimEnd().length) - indent];
  const accent = isOneLine ? accentOf(text.slice(start, end), version) : null;
  const isAll = start <= 0 && end >= text.length;
  if (end <= start || (isAll && accent === null)) return `    ${text}\n`;
  const marks = Array.from({ length: end - start }, (_, at) =>
    accent === null || (at >= accent.from.col && at < accent.to.col) ? '^' : '~',
  );
  return `    ${text}\n    ${' '.repeat(Math.max(0, start))}${marks.join('')}\n`;
}

/** From 3.13 on: all lines of the part that failed, or those that tell something. */
export function markedLines(source: readonly string[], place: Place, options: MarkOptions): string {
  const given = source.slice(place.line - 1, place.endLine);
  const indent = Math.min(...given.filter((line) => line.trim() !== '').map((line) => line.length - line.trimStart().length));
  const lines = given.map((line) => (line.trim() === '' ? '' : line.slice(indent).trimEnd()));
  const start = Math.max(0, place.col - indent);
  const end = Math.max(0, place.endCol - indent);
  const segment = lines.map((line, at) => line.slice(at === 0 ? start : 0, at === lines.length - 1 ? end : undefined)).join('\n');
  const found = accentOf(segment, options.version);
  const moved = ({ line, col }: Point): Point => ({ line, col: line === 0 ? col + start : col });
  const accent = found === null ? null : { from: moved(found.from), to: moved(found.to) };
  const part: Part = { lines, start, end, accent };
  const isMarked = areMarksShown(part, options.version);
  let text = '';
  let last = -1;
  for (const at of tellingLines(part)) {
    // One line between two is shown rather than counted.
    if (at - last === 2 && last >= 0) text += shownLine(part, last + 1, isMarked ? options.colours : null);
    else if (at - last > 2 && last >= 0) text += `...<${at - last - 1} lines>...\n`;
    text += shownLine(part, at, isMarked ? options.colours : null);
    last = at;
  }
  return text.replace(/^(?=.)/gm, '    ');
}

interface Part {
  readonly lines: readonly string[];
  /** Columns of the first and the last line. */
  readonly start: number;
  readonly end: number;
  readonly accent: Accent | null;
}

/** The first line, the last one, and those around what stands out. */
function tellingLines({ lines, accent }: Part): readonly number[] {
  const all = new Set([0, lines.length - 1]);
  for (const point of accent === null ? [] : [accent.from, accent.to]) for (const by of [-1, 0, 1]) all.add(point.line + by);
  return [...all].filter((at) => at >= 0 && at < lines.length).sort((a, b) => a - b);
}

/** Not under a call that is all of `x = f()` or of `return f()`, nor under what is all of its lines anyway. */
function areMarksShown({ lines, start, end, accent }: Part, version: Version): boolean {
  const [statement] = statementsOf(`${lines.join('\n')}\n`, version);
  const value = statement?.kind === 'return' || statement?.kind === 'assign' ? statement.value : null;
  const isCall = value?.kind === 'call' && (statement?.kind === 'assign' || value.func.kind === 'name');
  if (isCall && value.line === 1 && value.endLine === lines.length && value.col === start && value.endCol === end) return false;
  const before = lines[0]?.slice(0, start).trimStart() ?? '';
  return accent !== null || before !== '' || (lines.at(-1)?.slice(end).trimEnd() ?? '') !== '';
}

function shownLine({ lines, start, end, accent }: Part, at: number, colours: Colours | null): string {
  const line = lines[at] ?? '';
  if (colours === null) return `${line}\n`;
  const column = (row: number, col: number): number => textWidth((lines[row] ?? '').slice(0, col));
  const spaces = line.length - line.trimStart().length;
  const first = Math.max(spaces, at === 0 ? column(0, start) : 0);
  const last = at === lines.length - 1 ? column(at, end) : textWidth(line);
  const isInside = (col: number): boolean => {
    if (accent === null) return true;
    const [from, to] = [column(accent.from.line, accent.from.col), column(accent.to.line, accent.to.col)];
    const isAfter = at > accent.from.line || (at === accent.from.line && col >= from);
    return isAfter && (at < accent.to.line || (at === accent.to.line && col < to));
  };
  let marks = '';
  for (let col = 0; col < last; col += 1) marks += col < first ? ' ' : isInside(col) ? '^' : '~';
  return painted(line, marks, colours);
}

/** A line and the marks under it, each group of marks in its colour. */
export function painted(line: string, marks: string, colours: Colours): string {
  let [shown, under, at] = ['', '', 0];
  for (const [group] of marks.matchAll(/\^+|~+| +/g)) {
    const paint = group.startsWith('^') ? colours.mark : group.startsWith('~') ? colours.around : (text: string): string => text;
    shown += paint(line.slice(at, at + group.length));
    under += paint(group);
    at += group.length;
  }
  return `${shown}${line.slice(at)}\n${under}\n`;
}
