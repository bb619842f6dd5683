/** gzip (RFC 1952), unpacked. */
import { InflateError, Inflater } from './inflate.ts';
import { FormatError } from './manifest.ts';

const unpacked = new WeakMap<Uint8Array, Uint8Array>();
export const MAX_UNPACKED_BYTES = 2 ** 31;

const HEADER_BYTES = 10;
const TRAILER_BYTES = 8;
const DEFLATE = 8;
const FLAG = { headerCrc: 2, extra: 4, name: 8, comment: 16 } as const;
const POLYNOMIAL = 0xedb88320;

/** Unpacking `packed` will be free: somebody knows what it was made from. */
export const rememberUnpacked = (packed: Uint8Array, bytes: Uint8Array): void => void unpacked.set(packed, bytes);

export const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;
export const isZstd = (bytes: Uint8Array): boolean => bytes[0] === 0x28 && bytes[1] === 0xb5 && bytes[2] === 0x2f && bytes[3] === 0xfd;

/** Unpacks, several members too. Throws FormatError for what is no gzip, is cut short, or is larger than `maxBytes`. Remembered. */
export function gunzip(bytes: Uint8Array, maxBytes = MAX_UNPACKED_BYTES): Uint8Array {
  const known = unpacked.get(bytes);
  if (known) return known;
  const result = members(bytes, maxBytes);
  unpacked.set(bytes, result);
  return result;
}

function members(bytes: Uint8Array, maxBytes: number): Uint8Array {
  const inflater = new Inflater(bytes, maxBytes);
  try {
    for (let at = 0; at < bytes.length || at === 0; ) at = member(bytes, at, inflater);
  } catch (error) {
    if (!(error instanceof InflateError)) throw error;
    throw new FormatError(error.isTooLarge ? `gzip: more than ${maxBytes} bytes when unpacked` : 'gzip: corrupt input');
  }
  return inflater.output().slice();
}

/** Unpacks the member that begins at `at`; returns where the next would. */
function member(bytes: Uint8Array, at: number, inflater: Inflater): number {
  const start = inflater.sizeBytes;
  const end = inflater.run(contentAt(bytes, at));
  if (end + TRAILER_BYTES > bytes.length) throw new InflateError();
  const trailer = new DataView(bytes.buffer, bytes.byteOffset + end, TRAILER_BYTES);
  const content = inflater.output(start);
  if (trailer.getUint32(0, true) !== crc32(content) || trailer.getUint32(4, true) !== content.length % 2 ** 32)
    throw new FormatError('gzip: invalid checksum');
  return end + TRAILER_BYTES;
}

/** Where a member's header ends. Throws FormatError if there is none. */
function contentAt(bytes: Uint8Array, from: number): number {
  if (!isGzip(bytes.subarray(from)) || bytes[from + 2] !== DEFLATE) throw new FormatError('gzip: invalid header');
  const flags = bytes[from + 3] ?? 0;
  let at = from + HEADER_BYTES;
  if ((flags & FLAG.extra) !== 0) at += 2 + (bytes[at] ?? 0) + (bytes[at + 1] ?? 0) * 256;
  for (const flag of [FLAG.name, FLAG.comment]) if ((flags & flag) !== 0) at = behindZero(bytes, at);
  if ((flags & FLAG.headerCrc) !== 0) at += 2;
  return at;
}

function behindZero(bytes: Uint8Array, from: number): number {
  const zero = bytes.indexOf(0, from);
  if (zero < 0) throw new InflateError();
  return zero + 1;
}

const remainders = new Uint32Array(256);

function fillRemainders(): void {
  for (let byte = 0; byte < 256; byte += 1) {
    let rest = byte;
    for (let bit = 0; bit < 8; bit += 1) rest = (rest & 1) === 1 ? (rest >>> 1) ^ POLYNOMIAL : rest >>> 1;
    remainders[byte] = rest;
  }
}

function crc32(bytes: Uint8Array): number {
  if (remainders[1] === 0) fillRemainders();
  let crc = 0xffffffff;
  for (let at = 0; at < bytes.length; at += 1) crc = (crc >>> 8) ^ (remainders[(crc ^ (bytes[at] ?? 0)) & 255] ?? 0);
  return (crc ^ 0xffffffff) >>> 0;
}

/** The tar of a layer or archive, compressed or not. Throws FormatError (zstd is not understood). */
export function decompress(bytes: Uint8Array, maxBytes?: number): Uint8Array {
  if (isGzip(bytes)) return gunzip(bytes, maxBytes);
  if (isZstd(bytes)) throw new FormatError('zstd-compressed content is not supported');
  return bytes;
}
