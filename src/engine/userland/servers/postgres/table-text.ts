/** Results as psql prints them: aligned, expanded, or plain. */
import { textWidth } from '../../sh/interactive/width.ts';
import type { ResultColumn } from './client.ts';

export interface TableStyle {
  readonly aligned: boolean;
  readonly expanded: boolean;
  readonly tuplesOnly: boolean;
  readonly separator: string;
  readonly nullText: string;
  readonly footer: boolean;
}

export interface ResultTable {
  readonly title?: string;
  readonly columns: readonly ResultColumn[];
  readonly rows: readonly (readonly (string | null)[])[];
  /** Lines below, in place of `(2 rows)`. */
  readonly footers?: readonly string[];
}

/** Types whose values stand at the right. */
const NUMBERS = new Set([20, 21, 23, 26, 700, 701, 1700]);

const widthOf = (text: string): number => Math.max(...text.split('\n').map(textWidth));
const left = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - textWidth(text)));
const right = (text: string, width: number): string => ' '.repeat(Math.max(0, width - textWidth(text))) + text;

function center(text: string, width: number): string {
  const space = Math.max(0, width - textWidth(text));
  return ' '.repeat(Math.floor(space / 2)) + text + ' '.repeat(Math.ceil(space / 2));
}

const countText = (rows: number): string => `(${rows} row${rows === 1 ? '' : 's'})`;

export function tableText(table: ResultTable, style: TableStyle): string {
  const shown: ResultTable = { ...table, rows: table.rows.map((row) => row.map((value) => value ?? style.nullText)) };
  if (style.expanded) return expanded(shown, style);
  return style.aligned ? aligned(shown, style) : plain(shown, style);
}

function footerLines({ footers, rows }: ResultTable, { tuplesOnly, footer }: TableStyle): readonly string[] {
  if (tuplesOnly) return [];
  return footers ?? (footer ? [countText(rows.length)] : []);
}

function plain(table: ResultTable, style: TableStyle): string {
  const lines = [
    ...(style.tuplesOnly
      ? []
      : [...(table.title === undefined ? [] : [table.title]), table.columns.map(({ name }) => name).join(style.separator)]),
    ...table.rows.map((row) => row.join(style.separator)),
    ...footerLines(table, style),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

function aligned(table: ResultTable, style: TableStyle): string {
  const { columns, rows, title } = table;
  const widths = columns.map(({ name }, i) => Math.max(widthOf(name), ...rows.map((row) => widthOf(row[i] ?? ''))));
  const total = widths.reduce((sum, width) => sum + width + 3, -1);
  const lines: string[] = [];
  if (!style.tuplesOnly) {
    if (title !== undefined) lines.push(center(title, Math.max(total, textWidth(title))).trimEnd());
    lines.push(columns.map(({ name }, i) => ` ${center(name, widths[i] ?? 0)} `).join('|'));
    lines.push(widths.map((width) => '-'.repeat(width + 2)).join('+'));
  }
  for (const row of rows) lines.push(...rowLines(row, columns, widths));
  const footers = footerLines(table, style);
  return `${[...lines, ...footers].map((line) => `${line}\n`).join('')}\n`;
}

/** A row whose values have several lines takes several lines. */
function rowLines(row: readonly (string | null)[], columns: readonly ResultColumn[], widths: readonly number[]): readonly string[] {
  const cells = columns.map((_, i) => (row[i] ?? '').split('\n'));
  const height = Math.max(1, ...cells.map((cell) => cell.length));
  return Array.from({ length: height }, (_, line) => {
    const parts = columns.map(({ type }, i) => {
      const text = cells[i]?.[line] ?? '';
      const more = line < (cells[i]?.length ?? 0) - 1 ? '+' : ' ';
      const isLast = i === columns.length - 1;
      if (NUMBERS.has(type)) return ` ${right(text, widths[i] ?? 0)}${isLast ? more.trimEnd() : more}`;
      return ` ${isLast && more === ' ' ? text : left(text, widths[i] ?? 0)}${isLast ? more.trimEnd() : more}`;
    });
    return parts.join('|');
  });
}

function expanded({ columns, rows, title }: ResultTable, style: TableStyle): string {
  if (rows.length === 0) return style.tuplesOnly ? '' : '(0 rows)\n\n';
  const nameWidth = Math.max(...columns.map(({ name }) => textWidth(name)));
  const valueWidth = Math.max(...rows.flatMap((row) => row.map((value) => widthOf(value ?? ''))));
  const out: string[] = title === undefined || style.tuplesOnly ? [] : [title];
  for (const [i, row] of rows.entries()) {
    if (!style.tuplesOnly) out.push(style.aligned ? record(i + 1, nameWidth, valueWidth) : '');
    else if (i > 0) out.push('');
    for (const [j, { name }] of columns.entries())
      out.push(style.aligned ? `${left(name, nameWidth)} | ${row[j] ?? ''}` : `${name}${style.separator}${row[j] ?? ''}`);
  }
  return `${out.map((line) => `${line}\n`).join('')}\n`;
}

function record(number: number, nameWidth: number, valueWidth: number): string {
  const label = `-[ RECORD ${number} ]`;
  if (label.length > nameWidth + 1) return label.padEnd(nameWidth + valueWidth + 3, '-');
  return `${label.padEnd(nameWidth + 1, '-')}+${'-'.repeat(valueWidth + 1)}`;
}
