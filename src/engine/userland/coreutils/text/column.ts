/** `column`: lists in columns, tables with aligned ones (`-t`). */
import { toText } from '../../program-io.ts';
import { textWidth } from '../../sh/interactive/width.ts';
import type { Utility } from '../../tool.ts';

const SPEC = {
  short: 'c:ts:o:xN:R:neH:',
  long: {
    table: 't',
    separator: 's:',
    'output-separator': 'o:',
    'output-width': 'c:',
    'table-columns': 'N:',
    'table-right': 'R:',
    fillrows: 'x',
  },
  usage: '[-tx] [-s SEP] [-c WIDTH] [FILE]...',
  package: 'from util-linux 2.38.1',
};

const padded = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - textWidth(text)));

export const column: Utility = async (tool) => {
  const options = await tool.options(SPEC);
  const lines: string[] = [];
  await tool.eachLine(options.operands, async (line) => {
    if (line.trim() !== '') lines.push(toText(line));
  });
  if (options.has('t', 'N')) {
    const separator = options.value('s');
    const names = options.value('N')?.split(',');
    const rows = lines.map((line) =>
      separator === undefined ? line.trim().split(/[ \t]+/) : line.split(new RegExp(`[${separator.replace(/[\\\]^-]/g, '\\$&')}]`)),
    );
    await tool.out.write(
      table(names === undefined ? rows : [names, ...rows], {
        between: options.value('o') ?? '  ',
        right: new Set(
          (options.value('R') ?? '')
            .split(',')
            .filter((one) => one !== '')
            .map((one) => (names?.indexOf(one) ?? -1) + 1 || Number(one)),
        ),
      }),
    );
    return 0;
  }
  const width = Number(options.value('c') ?? (tool.out.isTerminal ? tool.sys.tty.size(1).columns || 80 : 80));
  await tool.out.write(inColumns(lines, width, options.has('x')));
  return 0;
};

function table(rows: readonly (readonly string[])[], { between, right }: { between: string; right: ReadonlySet<number> }): string {
  const widths: number[] = [];
  for (const row of rows) for (const [i, cell] of row.entries()) widths[i] = Math.max(widths[i] ?? 0, textWidth(cell));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, i) => {
        const width = widths[i] ?? 0;
        if (right.has(i + 1)) return ' '.repeat(width - textWidth(cell)) + cell;
        return i === row.length - 1 ? cell : padded(cell, width);
      })
      .join(between);
  return rows.map((row) => `${line(row)}\n`).join('');
}

function inColumns(items: readonly string[], width: number, byRows: boolean): string {
  const cell = (Math.floor(Math.max(0, ...items.map(textWidth)) / 8) + 1) * 8;
  const perRow = Math.max(1, Math.floor(width / cell));
  const rows = Math.ceil(items.length / perRow);
  let out = '';
  for (let row = 0; row < rows; row += 1) {
    const cells = byRows ? items.slice(row * perRow, (row + 1) * perRow) : items.filter((_, i) => i % rows === row);
    out += `${cells.map((item, i) => (i === cells.length - 1 ? item : item + '\t'.repeat(Math.ceil((cell - textWidth(item)) / 8)))).join('')}\n`;
  }
  return out;
}
