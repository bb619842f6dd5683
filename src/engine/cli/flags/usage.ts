import type { AnyFlag, FlagTable } from './flag.ts';

const SLOP = 5;
const NARROWEST = 24;

/** The block of flags in a help text, wrapped to one column less than the terminal has. Upstream: pflag FlagUsagesWrapped. */
export function flagUsages(table: FlagTable, columns: number): string {
  const flags = Object.entries(table).filter(([, flag]) => flag.hidden === undefined || flag.hidden === false);
  const heads = flags.sort(byName).map(([name, flag]) => ({ head: headOf(name, flag), flag }));
  const width = Math.max(0, ...heads.map(({ head }) => head.length)) + 3;
  return heads.map(({ head, flag }) => `${head.padEnd(width)}${wrap(width, columns - 1, textOf(flag))}\n`).join('');
}

const byName = ([a]: [string, AnyFlag], [b]: [string, AnyFlag]): number => (a < b ? -1 : a > b ? 1 : 0);

function headOf(name: string, flag: AnyFlag): string {
  const short = flag.short === undefined ? '      ' : `  -${flag.short}, `;
  return `${short}--${name}${flag.type === '' ? '' : ` ${flag.type}`}`;
}

const textOf = (flag: AnyFlag): string => (flag.shownDefault === '' ? flag.usage : `${flag.usage} (default ${flag.shownDefault})`);

function wrap(indent: number, columns: number, text: string): string {
  const [indentHere, broken] = columns - indent < NARROWEST ? [16, `\n${' '.repeat(16)}`] : [indent, ''];
  const room = columns - indentHere - SLOP;
  const margin = `\n${' '.repeat(indentHere)}`;
  const lines: string[] = [];
  let rest = text;
  do {
    const [line, after] = cut(room, rest);
    lines.push(line.replaceAll('\n', margin));
    rest = after;
  } while (rest !== '');
  return broken + lines.join(margin);
}

/** One line and what is left. A line may go over by a few columns if that ends the text: no orphans. */
function cut(room: number, text: string): [string, string] {
  if (room + SLOP > text.length) return [text, ''];
  const start = text.slice(0, room);
  const blank = Math.max(start.lastIndexOf(' '), start.lastIndexOf('\t'), start.lastIndexOf('\n'));
  if (blank <= 0) return [text, ''];
  const newline = start.lastIndexOf('\n');
  const at = newline > 0 && newline < blank ? newline : blank;
  return [text.slice(0, at), text.slice(at + 1)];
}

/** The flags with what help says of those that do not say it themselves. */
export const described = (table: FlagTable, usages: Readonly<Record<string, string>> = {}): FlagTable =>
  Object.fromEntries(Object.entries(table).map(([name, flag]) => [name, { ...flag, usage: flag.usage || (usages[name] ?? '') }]));
