/** Results as the client draws them: in boxes, upright, or with tabs. */
import { textWidth as widthOf } from '../../sh/interactive/width.ts';
import type { ResultColumn } from './client.ts';
import { FLAGS } from './protocol.ts';
import { isNumericCode } from './sql/types.ts';

export interface ResultTable {
  readonly columns: readonly ResultColumn[];
  readonly rows: readonly (readonly (string | null)[])[];
}

const ROOM_FOR_NULL = 4;

/** A box. */
export function boxText({ columns, rows }: ResultTable, hasNames: boolean): string {
  const widths = columns.map(({ name, flags }, i) => {
    const cells = rows.map((row) => widthOf(row[i] ?? 'NULL'));
    const least = (flags & FLAGS.notNull) === 0 ? ROOM_FOR_NULL : 1;
    return Math.max(
      least,
      hasNames ? widthOf(name) : 0,
      cells.reduce((most, one) => Math.max(most, one), 0),
    );
  });
  const rule = `+${widths.map((width) => '-'.repeat(width + 2)).join('+')}+\n`;
  const line = (cells: readonly string[], isNumber: (i: number) => boolean): string =>
    `|${cells
      .map((cell, i) => {
        const gap = ' '.repeat(Math.max(0, (widths[i] ?? 0) - widthOf(cell)));
        return isNumber(i) ? ` ${gap}${cell} ` : ` ${cell}${gap} `;
      })
      .join('|')}|\n`;
  const head = hasNames
    ? line(
        columns.map(({ name }) => name),
        () => false,
      ) + rule
    : '';
  const isNumber = (i: number): boolean => isNumericCode(columns[i]?.code ?? 0);
  const body = rows.map((row) =>
    line(
      columns.map((_, i) => row[i] ?? 'NULL'),
      isNumber,
    ),
  );
  return `${rule}${head}${body.join('')}${rule}`;
}

const STARS = '*'.repeat(27);

/** `\G`: a line for each value. */
export function uprightText({ columns, rows }: ResultTable, hasNames: boolean): string {
  const width = Math.max(0, ...columns.map(({ name }) => widthOf(name)));
  return rows
    .map((row, i) => {
      const lines = columns.map(({ name }, j) => `${hasNames ? `${' '.repeat(width - widthOf(name))}${name}: ` : ''}${row[j] ?? 'NULL'}\n`);
      return `${STARS} ${i + 1}. row ${STARS}\n${lines.join('')}`;
    })
    .join('');
}

const ESCAPES: Readonly<Record<string, string>> = { '\t': '\\t', '\n': '\\n', '\0': '\\0', '\\': '\\\\' };

/** Values with tabs between them. */
export function tabText(
  { columns, rows }: ResultTable,
  { hasNames, isRaw }: { readonly hasNames: boolean; readonly isRaw: boolean },
): string {
  const shown = (value: string | null): string => {
    if (value === null) return 'NULL';
    return isRaw ? value : [...value].map((char) => ESCAPES[char] ?? char).join('');
  };
  const head = hasNames && rows.length > 0 ? [columns.map(({ name }) => name).join('\t')] : [];
  return [...head, ...rows.map((row) => columns.map((_, i) => shown(row[i] ?? null)).join('\t'))].map((line) => `${line}\n`).join('');
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** -H. */
export function htmlText({ columns, rows }: ResultTable): string {
  const head = columns.map(({ name }) => `<TH>${escaped(name)}</TH>`).join('');
  const body = rows.map((row) => `<TR>${columns.map((_, i) => `<TD>${escaped(row[i] ?? 'NULL')}</TD>`).join('')}</TR>`).join('');
  return `<TABLE BORDER=1><TR>${head}</TR>${body}</TABLE>`;
}
