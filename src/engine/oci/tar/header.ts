import { FormatError } from '../manifest.ts';
import { BLOCK_BYTES } from './entry.ts';

/** One header block as it stands, before pax records and long names are applied. POSIX ustar; GNU's base-256 numbers too. */
export interface RawHeader {
  readonly name: string;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly sizeBytes: number;
  readonly mtimeSeconds: number;
  readonly typeflag: string;
  readonly linkname: string;
  readonly uname: string;
  readonly gname: string;
  readonly devmajor: number;
  readonly devminor: number;
  readonly block: Uint8Array;
}

const decoder = new TextDecoder();

/** Go's sentence. */
export const invalidHeader = (): FormatError => new FormatError('archive/tar: invalid tar header');

export function textField(block: Uint8Array, at: number, length: number): string {
  const field = block.subarray(at, at + length);
  const end = field.indexOf(0);
  return decoder.decode(end === -1 ? field : field.subarray(0, end));
}

/** Octal text, or GNU's base 256 when the first bit is set. Throws FormatError for anything else. */
export function numberField(block: Uint8Array, at: number, length: number): number {
  const first = block[at] ?? 0;
  if (first >= 0x80) return base256(block.subarray(at, at + length));
  const text = textField(block, at, length).trim();
  if (text === '') return 0;
  if (!/^[0-7]+$/.test(text)) throw invalidHeader();
  return Number.parseInt(text, 8);
}

function base256(field: Uint8Array): number {
  const isNegative = (field[0] ?? 0) >= 0xc0;
  let value = BigInt((field[0] ?? 0) & 0x7f);
  for (const byte of field.subarray(1)) value = value * 256n + BigInt(byte);
  if (isNegative) value -= 1n << BigInt(field.length * 8 - 1);
  const result = Number(value);
  if (!Number.isSafeInteger(result)) throw invalidHeader();
  return result;
}

export const isZeroBlock = (block: Uint8Array): boolean => block.every((byte) => byte === 0);

/** Throws FormatError if the checksum is wrong or a number is none. */
export function readHeader(block: Uint8Array): RawHeader {
  checkSum(block);
  const isUstar = textField(block, 257, 5) === 'ustar';
  const isPosix = isUstar && block[262] === 0;
  const prefix = isPosix ? textField(block, 345, 155) : '';
  const name = textField(block, 0, 100);
  const sizeBytes = numberField(block, 124, 12);
  if (sizeBytes < 0) throw invalidHeader();
  return {
    name: prefix === '' ? name : `${prefix}/${name}`,
    mode: numberField(block, 100, 8),
    uid: numberField(block, 108, 8),
    gid: numberField(block, 116, 8),
    sizeBytes,
    mtimeSeconds: numberField(block, 136, 12),
    typeflag: String.fromCharCode(block[156] ?? 0),
    linkname: textField(block, 157, 100),
    uname: isUstar ? textField(block, 265, 32) : '',
    gname: isUstar ? textField(block, 297, 32) : '',
    devmajor: isUstar ? numberField(block, 329, 8) : 0,
    devminor: isUstar ? numberField(block, 337, 8) : 0,
    block,
  };
}

/** The sum of all bytes with the field itself as spaces; old tars added signed bytes. */
function checkSum(block: Uint8Array): void {
  let unsigned = 0;
  let signed = 0;
  for (let i = 0; i < BLOCK_BYTES; i += 1) {
    const byte = i >= 148 && i < 156 ? 0x20 : (block[i] ?? 0);
    unsigned += byte;
    signed += byte > 127 ? byte - 256 : byte;
  }
  const said = numberField(block, 148, 8);
  if (said !== unsigned && said !== signed) throw invalidHeader();
}

export interface HeaderFields {
  readonly name: string;
  readonly prefix?: string;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly sizeBytes: number;
  readonly mtimeSeconds: number;
  readonly typeflag: string;
  readonly linkname: string;
  readonly uname: string;
  readonly gname: string;
  readonly devmajor: number;
  readonly devminor: number;
}
