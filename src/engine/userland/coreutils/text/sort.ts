import type { Options } from '../../options.ts';
import { LineReader, Output, say, toRaw } from '../../program-io.ts';
import type { Tool, Utility } from '../../tool.ts';

type Order = 'text' | 'numeric' | 'general' | 'human' | 'month' | 'version';

interface Rules {
  readonly order: Order;
  readonly reverse: boolean;
  readonly foldCase: boolean;
  readonly blanks: boolean;
  readonly dictionary: boolean;
}
interface Place {
  readonly field: number;
  readonly char: number;
  readonly blanks: boolean;
}
interface Key extends Rules {
  readonly from: Place;
  readonly to: Place | null;
}

const ORDERS: Readonly<Record<string, Order>> = { n: 'numeric', g: 'general', h: 'human', M: 'month', V: 'version' };
const SPEC = {
  short: 'bdfgiMhnrRVcCmo:k:sS:t:T:uz',
  long: {
    'ignore-leading-blanks': 'b',
    'dictionary-order': 'd',
    'ignore-case': 'f',
    'general-numeric-sort': 'g',
    'human-numeric-sort': 'h',
    'numeric-sort': 'n',
    'month-sort': 'M',
    reverse: 'r',
    'version-sort': 'V',
    check: 'c',
    merge: 'm',
    output: 'o:',
    key: 'k:',
    stable: 's',
    'field-separator': 't:',
    unique: 'u',
    'zero-terminated': 'z',
    'buffer-size': 'S:',
    'temporary-directory': 'T:',
  },
  usage: '[-nrugMcszbdfiokt] [-o FILE] [-k START[.OFS][OPTS][,END[.OFS][OPTS]] [-t CHAR] [FILE]...',
  usageStatus: 2,
};

export const sort: Utility = async (tool) => {
  const options = await tool.options(SPEC);
  const separator = options.has('t') ? (options.value('t') === '\\0' ? '\0' : toRaw(options.value('t') ?? '').slice(0, 1)) : null;
  const global = rulesOf(options.given.map(([key]) => key).join(''));
  const keys: Key[] = [];
  for (const text of options.values('k')) keys.push(await keyOf(tool, text, global));
  const compareKeys = comparer({
    keys: keys.length > 0 ? keys : [{ ...global, from: { field: 1, char: 1, blanks: global.blanks }, to: null }],
    separator,
  });
  const compare = options.has('s', 'u') ? compareKeys : withLastResort(compareKeys, keys.length > 0 || !isPlain(global), global.reverse);
  const end = options.has('z') ? '\0' : '\n';
  if (options.has('c', 'C')) return check(tool, { options, compare, end });
  const lines = await readLines(tool, options.operands, end);
  await tool.sys.charge(lines.length * 2000);
  lines.sort(compare);
  await print(tool, {
    lines: options.has('u') ? lines.filter((line, at) => at === 0 || compareKeys(lines[at - 1] ?? '', line) !== 0) : lines,
    options,
    end,
  });
  return 0;
};

const isPlain = ({ order, foldCase, dictionary, blanks }: Rules): boolean => order === 'text' && !foldCase && !dictionary && !blanks;

function rulesOf(letters: string, defaults?: Rules): Rules {
  const order = [...letters].map((letter) => ORDERS[letter]).findLast((found) => found !== undefined);
  if (defaults !== undefined && !/[bdfgiMhnrV]/.test(letters)) return defaults;
  return {
    order: order ?? 'text',
    reverse: letters.includes('r'),
    foldCase: letters.includes('f'),
    blanks: letters.includes('b'),
    dictionary: letters.includes('d'),
  };
}

/** `2,3nr`, `1.3,1.5`. */
async function keyOf(tool: Tool, text: string, global: Rules): Promise<Key> {
  const match = /^(\d+)(?:\.(\d+))?([bdfgiMhnrV]*)(?:,(\d+)(?:\.(\d+))?([bdfgiMhnrV]*))?$/.exec(text);
  if (!match) return tool.die(tool.isBusybox ? 'bad key spec' : `invalid number at field start: invalid count at start of '${text}'`, 2);
  const [, field = '1', char = '1', first = '', toField, toChar = '0', second = ''] = match;
  if (field === '0')
    return tool.die(
      tool.isBusybox ? 'bad key spec' : `-: invalid field specification '${text}'`.replace('-: ', 'field number is zero: '),
      2,
    );
  const rules = rulesOf(first + second, global);
  return {
    ...rules,
    from: { field: Number(field), char: Number(char), blanks: first.includes('b') || rules.blanks },
    to: toField === undefined ? null : { field: Number(toField), char: Number(toChar), blanks: second.includes('b') || rules.blanks },
  };
}

async function readLines(tool: Tool, paths: readonly string[], end: string): Promise<string[]> {
  const lines: string[] = [];
  for (const path of paths.length === 0 ? ['-'] : paths) {
    const fd = path === '-' ? 0 : await openOrDie(tool, path);
    const reader = new LineReader(tool.sys, fd, end);
    for (let line = await reader.next(); line !== null; line = await reader.next()) {
      lines.push(line);
      tool.sys.grow(line.length + 24);
      await tool.sys.turn();
    }
    if (fd !== 0) tool.sys.fds.close(fd);
  }
  return lines;
}

async function openOrDie(tool: Tool, path: string): Promise<number> {
  let fd = -1;
  const isOpen = await tool.attempt(
    async () => {
      fd = await tool.sys.open(path, { read: true });
    },
    (reason) => (tool.isBusybox ? `${path}: ${reason}` : `cannot read: ${path}: ${reason}`),
  );
  if (!isOpen) return tool.end(2);
  return fd;
}

async function print(tool: Tool, { lines, options, end }: { lines: readonly string[]; options: Options; end: string }): Promise<void> {
  const path = options.value('o');
  const fd = path === undefined ? 1 : await tool.sys.open(path, { write: true, create: true, truncate: true });
  const out = path === undefined ? tool.out : new Output(tool.sys, fd);
  for (const line of lines) await out.raw(line + end);
  await out.flush();
}

async function check(
  tool: Tool,
  { options, compare, end }: { options: Options; compare: (left: string, right: string) => number; end: string },
): Promise<number> {
  const lines = await readLines(tool, options.operands, end);
  const at = lines.findIndex(
    (line, index) =>
      index > 0 && (options.has('u') ? compare(lines[index - 1] ?? '', line) >= 0 : compare(lines[index - 1] ?? '', line) > 0),
  );
  if (at < 0) return 0;
  const name = options.operands[0] ?? '-';
  if (options.has('c') && tool.isBusybox) await say(tool.sys, 2, `Check line ${at}\n`);
  else if (options.has('c')) await tool.warn(`${name}:${at + 1}: disorder: ${lines[at]}`);
  return 1;
}

/** Where keys are equal the whole line decides, byte by byte. */
const withLastResort =
  (compare: (left: string, right: string) => number, isNeeded: boolean, reverse: boolean) =>
  (left: string, right: string): number =>
    compare(left, right) || (isNeeded ? (reverse ? -bytewise(left, right) : bytewise(left, right)) : 0);

const bytewise = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);

function comparer({ keys, separator }: { keys: readonly Key[]; separator: string | null }): (left: string, right: string) => number {
  return (left, right) => {
    for (const key of keys) {
      const order = compareBy(key, keyText(left, key, separator), keyText(right, key, separator));
      if (order !== 0) return key.reverse ? -order : order;
    }
    return 0;
  };
}

function keyText(line: string, { from, to }: Key, separator: string | null): string {
  if (from.field === 1 && from.char === 1 && to === null) return from.blanks ? line.replace(/^[ \t]+/, '') : line;
  const fields = fieldsOf(line, separator);
  const start = offsetOf(line, fields, from);
  if (to === null) return line.slice(start);
  const field = fields[to.field - 1];
  if (field === undefined) return line.slice(start);
  const end = to.char === 0 ? field.end : Math.min(offsetOf(line, fields, { ...to, char: to.char }) + 1, line.length);
  return line.slice(start, Math.max(start, end));
}

interface Field {
  readonly start: number;
  readonly end: number;
}

/** Without a separator a field begins with the blanks before it. */
function fieldsOf(line: string, separator: string | null): readonly Field[] {
  const fields: Field[] = [];
  if (separator === null) {
    for (const match of line.matchAll(/[ \t]*[^ \t]*/g))
      if (match[0] !== '') fields.push({ start: match.index, end: match.index + match[0].length });
    return fields;
  }
  let start = 0;
  for (const piece of line.split(separator)) {
    fields.push({ start, end: start + piece.length });
    start += piece.length + 1;
  }
  return fields;
}

function offsetOf(line: string, fields: readonly Field[], { field, char, blanks }: Place): number {
  const found = fields[field - 1];
  if (found === undefined) return line.length;
  const skipped = blanks ? (/^[ \t]*/.exec(line.slice(found.start, found.end))?.[0].length ?? 0) : 0;
  return Math.min(found.start + skipped + char - 1, line.length);
}

function compareBy({ order, foldCase, dictionary }: Rules, left: string, right: string): number {
  switch (order) {
    case 'numeric':
      return numeric(left) - numeric(right);
    case 'general':
      return general(left) - general(right);
    case 'human':
      return human(left) - human(right);
    case 'month':
      return month(left) - month(right);
    case 'version':
      return compareVersions(left, right);
    default: {
      const shape = (text: string): string => {
        const kept = dictionary ? text.replace(/[^A-Za-z0-9 \t]/g, '') : text;
        return foldCase ? kept.toUpperCase() : kept;
      };
      return bytewise(shape(left), shape(right));
    }
  }
}

const numeric = (text: string): number => Number(/^\s*(-?\d*\.?\d*)/.exec(text)?.[1] || 0) || 0;
const general = (text: string): number => {
  const value = Number.parseFloat(text);
  return Number.isNaN(value) ? Number.NEGATIVE_INFINITY : value;
};
const human = (text: string): number =>
  numeric(text) * 1024 ** ' KMGTPEZY'.indexOf(/^\s*-?\d*\.?\d*([KMGTPEZY])/i.exec(text)?.[1]?.toUpperCase() ?? ' ');
const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const month = (text: string): number => MONTHS.indexOf(text.trimStart().slice(0, 3).toUpperCase());

/** As strverscmp(3) for what people sort: numbers in the text count as numbers. */
export function compareVersions(left: string, right: string): number {
  const parts = (text: string): readonly string[] => text.match(/\d+|\D+/g) ?? [];
  const [one, two] = [parts(left), parts(right)];
  for (let i = 0; i < Math.max(one.length, two.length); i += 1) {
    const [a = '', b = ''] = [one[i], two[i]];
    const order = /^\d/.test(a) && /^\d/.test(b) ? Number(a) - Number(b) : bytewise(a, b);
    if (order !== 0) return order;
  }
  return bytewise(left, right);
}
