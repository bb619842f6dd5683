/** `hexdump`, `hd`. */
import { concat, readAll } from '../../program-io.ts';
import type { Tool, Utility } from '../../tool.ts';
import { parseSize } from '../sizes.ts';
import { shown } from './od.ts';

const SPEC = {
  short: 'bcCdoxe:f:n:s:vL',
  long: {
    canonical: 'C',
    length: 'n:',
    skip: 's:',
    'no-squeezing': 'v',
    'one-byte-octal': 'b',
    'one-byte-char': 'c',
    'two-bytes-hex': 'x',
  },
  usage: '[-bcCdefnosvx] [FILE]...',
  package: 'from util-linux 2.38.1',
};

const ROW = 16;
type Row = (bytes: Uint8Array) => string;

const word = (bytes: Uint8Array, at: number): number => (bytes[at] ?? 0) + (bytes[at + 1] ?? 0) * 256;

const words =
  (radix: number, digits: number, cell: number): Row =>
  (bytes) => {
    const cells = Array.from({ length: Math.ceil(bytes.length / 2) }, (_, i) =>
      word(bytes, i * 2)
        .toString(radix)
        .padStart(digits, '0')
        .padStart(cell),
    );
    return cells.join('').padEnd(cell * 8);
  };

const canonical: Row = (bytes) => {
  const half = (from: number): string =>
    [...bytes.subarray(from, from + 8)]
      .map((byte) => byte.toString(16).padStart(2, '0'))
      .join(' ')
      .padEnd(23);
  return `  ${half(0)}  ${half(8)}  |${shown(bytes)}|`;
};

const ESCAPES: Readonly<Record<number, string>> = { 0: '\\0', 7: '\\a', 8: '\\b', 9: '\\t', 10: '\\n', 11: '\\v', 12: '\\f', 13: '\\r' };
const characters: Row = (bytes) =>
  [...bytes]
    .map((byte) =>
      (ESCAPES[byte] ?? (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : byte.toString(8).padStart(3, '0'))).padStart(4),
    )
    .join('')
    .padEnd(64);
const octets: Row = (bytes) =>
  [...bytes]
    .map((byte) => ` ${byte.toString(8).padStart(3, '0')}`)
    .join('')
    .padEnd(64);

const ROWS: Readonly<Record<string, Row>> = {
  b: octets,
  c: characters,
  C: canonical,
  d: words(10, 5, 8),
  o: words(8, 6, 8),
  x: words(16, 4, 8),
};

export const hexdump: Utility = async (tool) => {
  const options = await tool.options(SPEC);
  if (options.has('e', 'f'))
    return tool.die("formats of one's own (-e, -f) are not supported by this model; -C, -b, -c, -d, -o and -x are");
  const isCanonical = tool.applet === 'hd';
  const rows = options.given.flatMap(([key]) => ROWS[key] ?? []);
  if (isCanonical) rows.unshift(canonical);
  if (rows.length === 0) rows.push(words(16, 4, 5));
  const pieces: Uint8Array[] = [];
  await tool.eachInput(options.operands, async (fd) => {
    pieces.push(await readAll(tool.sys, fd));
  });
  const skip = parseSize(options.value('s') ?? '0') ?? 0;
  const length = options.value('n');
  const bytes = concat(pieces).subarray(skip, length === undefined ? undefined : skip + (parseSize(length) ?? 0));
  const digits = isCanonical || options.has('C') ? 8 : 7;
  await show(tool, { bytes, rows, skip, digits, showsAll: options.has('v') });
  return 0;
};

interface Shown {
  readonly bytes: Uint8Array;
  readonly rows: readonly Row[];
  readonly skip: number;
  readonly digits: number;
  readonly showsAll: boolean;
}

async function show(tool: Tool, { bytes, rows, skip, digits, showsAll }: Shown): Promise<void> {
  const address = (offset: number): string => (skip + offset).toString(16).padStart(digits, '0');
  let before = '';
  let isStarred = false;
  for (let at = 0; at < bytes.length; at += ROW) {
    const block = bytes.subarray(at, at + ROW);
    const key = block.join();
    if (key === before && block.length === ROW && !showsAll) {
      if (!isStarred) await tool.out.write('*\n');
      isStarred = true;
      continue;
    }
    isStarred = false;
    before = key;
    for (const row of rows) await tool.out.write(`${address(at)}${row(block)}\n`);
    await tool.sys.turn();
  }
  if (bytes.length > 0) await tool.out.write(`${address(bytes.length)}\n`);
}
