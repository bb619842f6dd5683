/** `od`, and `hexdump` in its traditional forms: bytes as numbers and characters, a line for each block. */
import { concat, readAll } from '../../program-io.ts';
import type { Tool, Utility } from '../../tool.ts';
import { parseSize } from '../sizes.ts';

/** How the items of a line are shown: each of `size` bytes, in cells of `width` characters. */
interface Format {
  readonly size: number;
  readonly width: number;
  /** Behind the line: the characters themselves (`z`). */
  readonly hasText?: boolean;
  show(bytes: DataView, at: number): string;
}

const NAMED = 'nul soh stx etx eot enq ack bel bs ht nl vt ff cr so si dle dc1 dc2 dc3 dc4 nak syn etb can em sub esc fs gs rs us sp'.split(
  ' ',
);
const ESCAPES: Readonly<Record<number, string>> = { 0: '\\0', 7: '\\a', 8: '\\b', 9: '\\t', 10: '\\n', 11: '\\v', 12: '\\f', 13: '\\r' };
const printable = (code: number): boolean => code >= 32 && code < 127;

const character: Format = {
  size: 1,
  width: 4,
  show: (bytes, at) => {
    const code = bytes.getUint8(at);
    return ESCAPES[code] ?? (printable(code) ? String.fromCharCode(code) : code.toString(8).padStart(3, '0'));
  },
};
const named: Format = {
  size: 1,
  width: 4,
  show: (bytes, at) => {
    const code = bytes.getUint8(at) & 127;
    return code === 127 ? 'del' : (NAMED[code] ?? String.fromCharCode(code));
  },
};

function unsigned(bytes: DataView, at: number, size: number): bigint {
  let value = 0n;
  for (let i = size - 1; i >= 0; i -= 1) value = value * 256n + BigInt(bytes.getUint8(at + i));
  return value;
}

/** Digits that the largest number of `size` bytes has. */
const digitsOf = (size: number, radix: number): number => (256n ** BigInt(size) - 1n).toString(radix).length;

function numeric(letter: string, size: number): Format {
  if (letter === 'd') {
    const width = (-(256n ** BigInt(size)) / 2n).toString().length + 1;
    return { size, width, show: (bytes, at) => BigInt.asIntN(size * 8, unsigned(bytes, at, size)).toString() };
  }
  const radix = letter === 'o' ? 8 : letter === 'x' ? 16 : 10;
  const digits = digitsOf(size, radix);
  const show = (bytes: DataView, at: number): string => unsigned(bytes, at, size).toString(radix);
  return { size, width: digits + 1, show: (bytes, at) => (letter === 'u' ? show(bytes, at) : show(bytes, at).padStart(digits, '0')) };
}

function floating(size: number): Format {
  const width = size === 4 ? 16 : 25;
  return { size, width, show: (bytes, at) => shortest(size === 4 ? bytes.getFloat32(at, true) : bytes.getFloat64(at, true), size) };
}

/** The shortest digits that are this number again. */
function shortest(value: number, size: number): string {
  for (let digits = 1; digits <= 17; digits += 1) {
    const text = value.toPrecision(digits);
    if ((size === 4 ? Math.fround(Number(text)) : Number(text)) === value) return String(Number(text));
  }
  return String(value);
}

const SIZES: Readonly<Record<string, number>> = { C: 1, S: 2, I: 4, L: 8, F: 4, D: 8 };

/** The formats of a `-t`: `x1`, `o2z`, `x1c`. Null: it is none. */
function formatsOf(type: string): readonly Format[] | null {
  const formats: Format[] = [];
  let rest = type;
  while (rest !== '') {
    const match = /^(?:([ac])|([doux])(\d+|[CSIL])?|(f)(\d+|[FDL])?)(z?)/.exec(rest);
    if (match === null) return null;
    const [all, plain, letter, width, float, floatWidth, text] = match;
    const size = Number(SIZES[width ?? ''] ?? width ?? 4);
    const floatSize = Number(SIZES[floatWidth ?? ''] ?? floatWidth ?? 8);
    if (![1, 2, 4, 8].includes(size) || (float !== undefined && ![4, 8].includes(floatSize))) return null;
    const format =
      plain === 'a' ? named : plain === 'c' ? character : float !== undefined ? floating(floatSize) : numeric(letter ?? 'o', size);
    formats.push(text === 'z' ? { ...format, hasText: true } : format);
    rest = rest.slice(all.length);
  }
  return formats;
}

const TRADITIONAL: Readonly<Record<string, string>> = {
  a: 'a',
  b: 'o1',
  c: 'c',
  d: 'u2',
  f: 'fF',
  i: 'dI',
  l: 'dL',
  o: 'o2',
  s: 'd2',
  x: 'x2',
  B: 'o2',
  e: 'fD',
  h: 'x2',
  H: 'x4',
  O: 'o4',
  D: 'u4',
  L: 'dL',
};

const SPEC = {
  short: 'A:abcdfij:lN:oS::st:vw::xBeHhODL',
  long: {
    'address-radix': 'A:',
    'skip-bytes': 'j:',
    'read-bytes': 'N:',
    strings: 'S::',
    format: 't:',
    'output-duplicates': 'v',
    width: 'w::',
    endian: 'endian:',
  },
  usage: '[-abcdfhilovxs] [-t TYPE] [-A RADIX] [-N SIZE] [-j SIZE] [-S MINSTR] [-w WIDTH] [FILE]...',
};

export const od: Utility = async (tool) => {
  const options = await tool.options(SPEC);
  const formats: Format[] = [];
  for (const [key, value] of options.given) {
    const type = key === 't' ? value : TRADITIONAL[key];
    const found = type === undefined ? [] : formatsOf(type);
    if (found === null) return tool.die(`invalid type string '${type}'`);
    formats.push(...found);
  }
  if (formats.length === 0) formats.push(...(formatsOf('o2') ?? []));
  const bytes = await input(tool, options.operands);
  const skip = await size(tool, options.value('j') ?? '0');
  const limit = options.value('N') === undefined ? bytes.length : await size(tool, options.value('N') ?? '');
  if (skip > bytes.length) return tool.die('cannot skip past end of combined input');
  const width = options.has('w') ? Number(options.value('w') || 32) : 16;
  const block = bytes.subarray(skip, skip + limit);
  await dump(tool, block, { formats, width, from: skip, radix: options.value('A') ?? 'o', showsAll: options.has('v') });
  return 0;
};

async function input(tool: Tool, paths: readonly string[]): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  await tool.eachInput(paths, async (fd) => {
    pieces.push(await readAll(tool.sys, fd));
  });
  return concat(pieces);
}

async function size(tool: Tool, text: string): Promise<number> {
  const value = /^0[xX][0-9a-fA-F]+$/.test(text) ? Number(text) : /^0[0-7]+$/.test(text) ? Number.parseInt(text, 8) : parseSize(text);
  return value ?? tool.die(`invalid number '${text}'`);
}

interface Dump {
  readonly formats: readonly Format[];
  readonly width: number;
  readonly from: number;
  readonly radix: string;
  readonly showsAll: boolean;
}

function address(offset: number, radix: string): string {
  if (radix === 'n') return '';
  const [base, digits] = radix === 'd' ? [10, 7] : radix === 'x' ? [16, 6] : [8, 7];
  return offset.toString(base).padStart(digits, '0');
}

async function dump(tool: Tool, bytes: Uint8Array, { formats, width, from, radix, showsAll }: Dump): Promise<void> {
  let before = '';
  let isStarred = false;
  for (let at = 0; at < bytes.length; at += width) {
    const block = bytes.subarray(at, at + width);
    const key = block.join();
    if (key === before && block.length === width && !showsAll) {
      if (!isStarred) await tool.out.write('*\n');
      isStarred = true;
      continue;
    }
    isStarred = false;
    before = key;
    await tool.out.write(lines(block, { formats, width, head: address(from + at, radix) }));
    await tool.sys.turn();
  }
  const end = address(from + bytes.length, radix);
  if (end !== '') await tool.out.write(`${end}\n`);
}

/** One block in every format. Cells are as wide as the widest format needs for the same bytes. */
function lines(block: Uint8Array, { formats, width, head }: { formats: readonly Format[]; width: number; head: string }): string {
  const padded = new Uint8Array(Math.ceil(block.length / 8) * 8);
  padded.set(block);
  const view = new DataView(padded.buffer);
  const perByte = Math.max(...formats.map((format) => format.width / format.size));
  return formats
    .map((format, i) => {
      const cell = Math.ceil(perByte * format.size);
      let text = '';
      for (let at = 0; at < block.length; at += format.size) text += format.show(view, at).padStart(cell);
      const tail =
        format.hasText === true
          ? `${' '.repeat((Math.ceil(width / format.size) - Math.ceil(block.length / format.size)) * cell)}  >${shown(block)}<`
          : '';
      return `${i === 0 ? head : ' '.repeat(head.length)}${text}${tail}\n`;
    })
    .join('');
}

export const shown = (bytes: Uint8Array): string => [...bytes].map((code) => (printable(code) ? String.fromCharCode(code) : '.')).join('');
