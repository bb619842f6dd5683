/** `pstree`: processes under those that began them. */
import type { Utility } from '../../tool.ts';
import { users } from '../users.ts';
import { type ProcessRow, processes } from './processes.ts';

const SPEC = {
  short: 'pacnultTAhgsH:GUZ',
  long: { 'show-pids': 'p', arguments: 'a', 'compact-not': 'c', ascii: 'A', numeric: 'n' },
  usage: '[-pac] [PID|USER]',
  package: '(PSmisc) 23.6',
};

interface Style {
  readonly pids: boolean;
  readonly args: boolean;
  readonly compacts: boolean;
  readonly marks: { readonly one: string; readonly first: string; readonly more: string; readonly last: string; readonly bar: string };
}

const ASCII = { one: '---', first: '-+-', more: '|-', last: '`-', bar: '| ' };
const LINES = { one: '───', first: '─┬─', more: '├─', last: '└─', bar: '│ ' };

export const pstree: Utility = async (tool) => {
  const options = await tool.options(SPEC);
  const all = processes(tool.sys);
  const [operand] = options.operands;
  const style: Style = {
    pids: options.has('p'),
    args: options.has('a'),
    compacts: !options.has('c', 'p', 'a'),
    marks:
      options.has('A') || (!tool.out.isTerminal && !/UTF-?8/i.test(tool.sys.env.get('LANG') ?? tool.sys.env.get('LC_ALL') ?? ''))
        ? ASCII
        : LINES,
  };
  const user = operand === undefined || /^\d+$/.test(operand) ? undefined : users(tool.sys).find(({ name }) => name === operand);
  if (operand !== undefined && !/^\d+$/.test(operand) && user === undefined) return tool.die(`No such user name: ${operand}`);
  const roots = all.filter((row) =>
    user !== undefined
      ? row.uid === user.uid && !all.some((other) => other.pid === row.ppid && other.uid === user.uid)
      : row.pid === Number(operand ?? all[0]?.pid ?? 1),
  );
  for (const root of roots)
    await tool.out.write(style.args ? `${withArgs(root, all, { style, prefix: '', own: '' })}` : `${drawn(root, all, style).join('\n')}\n`);
  return roots.length === 0 ? 1 : 0;
};

const children = (row: ProcessRow, all: readonly ProcessRow[]): readonly ProcessRow[] =>
  all.filter(({ ppid }) => ppid === row.pid).sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.pid - b.pid));

/** The lines of a process and all below it; its children stand to its right. */
function drawn(row: ProcessRow, all: readonly ProcessRow[], style: Style): readonly string[] {
  const { marks } = style;
  const label = `${row.name}${style.pids ? `(${row.pid})` : ''}`;
  const blocks: { readonly lines: readonly string[]; count: number }[] = [];
  for (const child of children(row, all)) {
    const lines = drawn(child, all, style);
    const same = style.compacts ? blocks.find((block) => block.lines.join('\n') === lines.join('\n')) : undefined;
    if (same === undefined) blocks.push({ lines, count: 1 });
    else same.count += 1;
  }
  if (blocks.length === 0) return [label];
  const indent = ' '.repeat(label.length + 1);
  return blocks.flatMap(({ lines, count }, i) => {
    const isLast = i === blocks.length - 1;
    const counted = count > 1 ? `${count}*[${lines[0]}]` : (lines[0] ?? '');
    const head = i === 0 ? `${label}${isLast ? marks.one : marks.first}` : `${indent}${isLast ? marks.last : marks.more}`;
    const rest = lines.slice(1).map((line) => `${indent}${isLast ? '  ' : marks.bar}${line}`);
    return [head + counted, ...(count > 1 ? [] : rest)];
  });
}

function withArgs(
  row: ProcessRow,
  all: readonly ProcessRow[],
  { style, prefix, own }: { style: Style; prefix: string; own: string },
): string {
  const label = `${row.name}${style.pids ? `,${row.pid}` : ''}${row.argv
    .slice(1)
    .map((word) => ` ${word}`)
    .join('')}`;
  const below = children(row, all);
  const lines = below.map((child, i) => {
    const isLast = i === below.length - 1;
    return withArgs(child, all, {
      style,
      prefix: `${prefix}${isLast ? '    ' : `${style.marks.bar}  `}`,
      own: `${prefix}  ${isLast ? style.marks.last : style.marks.more}`,
    });
  });
  return `${own}${label}\n${lines.join('')}`;
}
