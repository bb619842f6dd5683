/** Programs that rearrange lines: `tac`, `rev`, `nl`, `paste`, `fold`, `expand`, `unexpand`, `shuf`, `comm`, `split`. */
import { LineReader, Output, READ_BYTES, toRaw, toText } from '../../program-io.ts';
import { quoted, type Tool, type Utility } from '../../tool.ts';
import { parseSize } from '../sizes.ts';

export const tac: Utility = async (tool) => {
  const options = await tool.options({ short: 'bs:r', usage: '[FILE]...' });
  for (const path of options.operands.length === 0 ? ['-'] : options.operands) {
    const lines: string[] = [];
    await tool.eachLine([path], async (line, reader) => {
      lines.push(line + (reader.terminated ? '\n' : ''));
      tool.sys.grow(line.length);
    });
    for (const line of lines.reverse()) await tool.out.raw(line);
  }
  return 0;
};

/** By characters, not bytes: a reversed letter of several bytes would be none. */
export const rev: Utility = async (tool) => {
  const { operands } = await tool.options({ short: '', usage: '[FILE]...' });
  await tool.eachLine(operands, async (line, reader) =>
    tool.out.write([...toText(line)].reverse().join('') + (reader.terminated ? '\n' : '')),
  );
  return 0;
};

export const nl: Utility = async (tool) => {
  const options = await tool.options({
    short: 'b:w:s:v:i:n:',
    long: {
      'body-numbering': 'b:',
      'number-width': 'w:',
      'number-separator': 's:',
      'starting-line-number': 'v:',
      'line-increment': 'i:',
      'number-format': 'n:',
    },
    usage: '[OPTIONS] [FILE]...',
  });
  const style = options.value('b') ?? 't';
  const width = Number(options.value('w') ?? 6);
  const separator = toRaw(options.value('s') ?? '\t');
  const format = options.value('n') ?? 'rn';
  let number = Number(options.value('v') ?? 1);
  await tool.eachLine(options.operands, async (line) => {
    const isNumbered = style === 'a' || (style === 't' && line !== '') || (style.startsWith('p') && new RegExp(style.slice(1)).test(line));
    if (!isNumbered) return tool.out.raw(`${' '.repeat(width + separator.length)}${line}\n`);
    const digits = String(number);
    number += Number(options.value('i') ?? 1);
    const label = format === 'ln' ? digits.padEnd(width) : digits.padStart(width, format === 'rz' ? '0' : ' ');
    return tool.out.raw(`${label}${separator}${line}\n`);
  });
  return 0;
};

export const paste: Utility = async (tool) => {
  const { sys } = tool;
  const options = await tool.options({ short: 'd:sz', long: { delimiters: 'd:', serial: 's' }, usage: '[-ds] [FILE]...' });
  const delimiters = [
    ...toRaw(options.value('d') ?? '\t')
      .replace(/\\n/g, '\n')
      .replace(/\\t/g, '\t')
      .replace(/\\0/g, '\0'),
  ];
  const delimiter = (at: number): string => (delimiters[at % delimiters.length] ?? '').replace('\0', '');
  if (tool.isBusybox && delimiters.length === 0) await tool.die("-d '' is not supported");
  const readers: LineReader[] = [];
  const input = new LineReader(sys, 0);
  for (const path of options.operands.length === 0 ? ['-'] : options.operands) {
    const fd = await tool.openInput(path);
    if (fd === null) return 1;
    readers.push(fd === 0 ? input : new LineReader(sys, fd));
  }
  const join = (cells: readonly string[]): string =>
    cells.reduce((text, cell, at) => (at === 0 ? cell : text + delimiter(at - 1) + cell), '');
  if (options.has('s')) {
    for (const reader of readers) {
      const cells: string[] = [];
      for (let line = await reader.next(); line !== null; line = await reader.next()) cells.push(line);
      await tool.out.raw(`${join(cells)}\n`);
    }
    return 0;
  }
  if (tool.isBusybox) return pasteWhatIsLeft(tool, readers, delimiter);
  for (;;) {
    const row: (string | null)[] = [];
    for (const reader of readers) row.push(await reader.next());
    if (row.every((cell) => cell === null)) return 0;
    await tool.out.raw(`${join(row.map((cell) => cell ?? ''))}\n`);
  }
};

/** busybox leaves out a file that has ended, and ends a row only after a line of the last file. */
async function pasteWhatIsLeft(tool: Tool, files: readonly LineReader[], delimiter: (at: number) => string): Promise<number> {
  const open: (LineReader | null)[] = [...files];
  while (open.some((reader) => reader !== null)) {
    let printed = 0;
    for (const [at, reader] of open.entries()) {
      const line = (await reader?.next()) ?? null;
      if (line === null) open[at] = null;
      else await tool.out.raw(line + (at === open.length - 1 ? '\n' : delimiter(printed)));
      if (line !== null) printed += 1;
    }
  }
  return 0;
}

export const fold: Utility = async (tool) => {
  const options = await tool.options({
    short: 'bsw:',
    numbers: true,
    long: { bytes: 'b', spaces: 's', width: 'w:' },
    usage: '[-bs] [-w WIDTH] [FILE]...',
  });
  const width = await tool.number(options.value('w') ?? options.value('#') ?? '80', 'invalid number of columns');
  await tool.eachLine(options.operands, async (line, reader) => {
    let rest = line;
    let text = '';
    while (rest.length > width) {
      const space = options.has('s') ? rest.lastIndexOf(' ', width - 1) : -1;
      const end = space >= 0 ? space + 1 : width;
      text += `${rest.slice(0, end)}\n`;
      rest = rest.slice(end);
    }
    await tool.out.raw(text + rest + (reader.terminated ? '\n' : ''));
  });
  return 0;
};

export const expand: Utility = async (tool) => {
  const options = await tool.options({ short: 'it:', long: { initial: 'i', tabs: 't:' }, usage: '[-i] [-t N] [FILE]...' });
  const stop = Number(options.value('t') ?? 8);
  await tool.eachLine(options.operands, async (line, reader) => {
    let text = '';
    let seenOther = false;
    for (const char of line) {
      if (char !== ' ' && char !== '\t') seenOther = true;
      text += char === '\t' && !(options.has('i') && seenOther) ? ' '.repeat(stop - (text.length % stop)) : char;
    }
    await tool.out.raw(text + (reader.terminated ? '\n' : ''));
  });
  return 0;
};

export const unexpand: Utility = async (tool) => {
  const options = await tool.options({ short: 'aft:', long: { all: 'a', 'first-only': 'f', tabs: 't:' }, usage: '[-fa] [-t N] [FILE]...' });
  const stop = Number(options.value('t') ?? 8);
  await tool.eachLine(options.operands, async (line, reader) => {
    const blanks = /^[ \t]*/.exec(line)?.[0] ?? '';
    const columns = [...blanks].reduce((at, char) => (char === '\t' ? at + stop - (at % stop) : at + 1), 0);
    const text = '\t'.repeat(Math.floor(columns / stop)) + ' '.repeat(columns % stop) + line.slice(blanks.length);
    await tool.out.raw(text + (reader.terminated ? '\n' : ''));
  });
  return 0;
};

export const shuf: Utility = async (tool) => {
  const options = await tool.options({
    short: 'ei:n:o:rz',
    long: { echo: 'e', 'input-range': 'i:', 'head-count': 'n:', repeat: 'r' },
    usage: '[-n NUM] [-o FILE] [-z] [FILE | -e [ARG...] | -i L-H]',
  });
  const lines: string[] = [];
  const range = /^(\d+)-(\d+)$/.exec(options.value('i') ?? '');
  if (range) for (let i = Number(range[1]); i <= Number(range[2]); i += 1) lines.push(String(i));
  else if (options.has('e')) lines.push(...options.operands.map(toRaw));
  else await tool.eachLine(options.operands, async (line) => void lines.push(line));
  for (let i = lines.length - 1; i > 0; i -= 1) {
    const random = tool.sys.random.bytes(4).reduce((sum, byte) => sum * 256 + byte, 0);
    const other = random % (i + 1);
    [lines[i], lines[other]] = [lines[other] ?? '', lines[i] ?? ''];
  }
  for (const line of lines.slice(0, options.has('n') ? Number(options.value('n')) : undefined)) await tool.out.raw(`${line}\n`);
  return 0;
};

export const comm: Utility = async (tool) => {
  const spec = { short: '123', usage: '[-123] FILE1 FILE2' };
  const options = await tool.options(spec);
  const [first, second] = options.operands;
  if (first === undefined || second === undefined)
    return tool.wrongUsage(
      spec,
      tool.isBusybox ? undefined : first === undefined ? 'missing operand' : `missing operand after ${quoted(first)}`,
    );
  const fds = [await tool.openInput(first), await tool.openInput(second)] as const;
  if (fds[0] === null || fds[1] === null) return 1;
  const readers = [new LineReader(tool.sys, fds[0]), new LineReader(tool.sys, fds[1])] as const;
  const indent = (column: number): string => '\t'.repeat(['1', '2'].slice(0, column).filter((key) => !options.has(key)).length);
  let [left, right] = [await readers[0].next(), await readers[1].next()];
  while (left !== null || right !== null) {
    const order: number = left === null ? 1 : right === null ? -1 : left < right ? -1 : left > right ? 1 : 0;
    const column = order < 0 ? 0 : order > 0 ? 1 : 2;
    if (!options.has(String(column + 1))) await tool.out.raw(`${indent(column)}${order <= 0 ? left : right}\n`);
    if (order <= 0) left = await readers[0].next();
    if (order >= 0) right = await readers[1].next();
  }
  return 0;
};

function suffixOf(index: number, { length, numeric }: { length: number; numeric: boolean }): string {
  if (numeric) return String(index).padStart(length, '0');
  let rest = index;
  let text = '';
  for (let i = 0; i < length; i += 1) {
    text = String.fromCharCode(97 + (rest % 26)) + text;
    rest = Math.floor(rest / 26);
  }
  return text;
}

export const split: Utility = async (tool) => {
  const options = await tool.options({
    short: 'l:b:a:d',
    long: { lines: 'l:', bytes: 'b:', 'suffix-length': 'a:', 'numeric-suffixes': 'd' },
    usage: '[OPTIONS] [INPUT [PREFIX]]',
  });
  const [input = '-', prefix = 'x'] = options.operands;
  const fd = await tool.openInput(input);
  if (fd === null) return 1;
  const suffix = { length: Number(options.value('a') ?? 2), numeric: options.has('d') };
  let index = 0;
  const nextFile = async (): Promise<Output> =>
    new Output(tool.sys, await tool.sys.open(`${prefix}${suffixOf(index++, suffix)}`, { write: true, create: true, truncate: true }));
  if (options.has('b')) await splitBytes(tool, { fd, sizeBytes: parseSize(options.value('b') ?? '') ?? 1, nextFile });
  else await splitLines(tool, { fd, count: Number(options.value('l') ?? 1000), nextFile });
  return 0;
};

async function splitLines(
  tool: Tool,
  { fd, count, nextFile }: { fd: number; count: number; nextFile: () => Promise<Output> },
): Promise<void> {
  const reader = new LineReader(tool.sys, fd);
  let out: Output | null = null;
  let written = 0;
  for (let line = await reader.next(); line !== null; line = await reader.next()) {
    if (out === null || written === count) {
      await out?.flush();
      out = await nextFile();
      written = 0;
    }
    await out.raw(line + (reader.terminated ? '\n' : ''));
    written += 1;
  }
  await out?.flush();
}

async function splitBytes(
  tool: Tool,
  { fd, sizeBytes, nextFile }: { fd: number; sizeBytes: number; nextFile: () => Promise<Output> },
): Promise<void> {
  let out: Output | null = null;
  let left = 0;
  for (;;) {
    const bytes = await tool.sys.read(fd, left === 0 ? Math.min(sizeBytes, READ_BYTES) : Math.min(left, READ_BYTES));
    if (bytes.length === 0) break;
    if (out === null || left === 0) {
      await out?.flush();
      out = await nextFile();
      left = sizeBytes;
    }
    await out.bytes(bytes);
    left -= bytes.length;
  }
  await out?.flush();
}
