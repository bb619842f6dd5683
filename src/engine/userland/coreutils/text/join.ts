import { LineReader, toRaw } from '../../program-io.ts';
import { quoted, type Utility } from '../../tool.ts';

const SPEC = { short: 'a:e:i1:2:j:o:t:v:z', long: { 'ignore-case': 'i' }, usage: '[OPTIONS] FILE1 FILE2' };

/** Lines of two sorted files that have the same key. */
export const join: Utility = async (tool) => {
  const options = await tool.options(SPEC);
  const [first, second] = options.operands;
  if (first === undefined || second === undefined)
    return tool.wrongUsage(SPEC, first === undefined ? 'missing operand' : `missing operand after ${quoted(first)}`);
  const separator = options.value('t') === undefined ? null : toRaw(options.value('t') ?? '');
  const split = (line: string): readonly string[] => (separator === null ? line.trim().split(/[ \t]+/) : line.split(separator));
  const glue = separator ?? ' ';
  const keys = [Number(options.value('1') ?? options.value('j') ?? 1), Number(options.value('2') ?? options.value('j') ?? 1)] as const;
  const read = async (path: string): Promise<readonly (readonly string[])[] | null> => {
    const fd = await tool.openInput(path);
    if (fd === null) return null;
    const reader = new LineReader(tool.sys, fd);
    const rows: (readonly string[])[] = [];
    for (let line = await reader.next(); line !== null; line = await reader.next()) rows.push(split(line));
    return rows;
  };
  const [left, right] = [await read(first), await read(second)];
  if (left === null || right === null) return 1;
  const keyOf = (row: readonly string[], side: 0 | 1): string => {
    const key = row[keys[side] - 1] ?? '';
    return options.has('i') ? key.toLowerCase() : key;
  };
  const rest = (row: readonly string[], side: 0 | 1): readonly string[] => row.filter((_, at) => at !== keys[side] - 1);
  const onlyUnpaired = options.has('v');
  const unpaired = [...options.values('a'), ...options.values('v')];
  const show = (cells: readonly string[]): Promise<void> => tool.out.raw(`${cells.join(glue)}\n`);
  for (const row of left) {
    const partners = right.filter((other) => keyOf(other, 1) === keyOf(row, 0));
    if (!onlyUnpaired) for (const other of partners) await show([row[keys[0] - 1] ?? '', ...rest(row, 0), ...rest(other, 1)]);
    if (partners.length === 0 && unpaired.includes('1')) await show([row[keys[0] - 1] ?? '', ...rest(row, 0)]);
  }
  if (unpaired.includes('2'))
    for (const row of right)
      if (!left.some((other) => keyOf(other, 0) === keyOf(row, 1))) await show([row[keys[1] - 1] ?? '', ...rest(row, 1)]);
  return 0;
};
