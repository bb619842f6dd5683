import { Gunzip, gzipSync } from 'fflate';
import { concatBytes } from './bytes.ts';
import { FormatError } from './manifest.ts';

const compressed = new WeakMap<Uint8Array, Uint8Array>();
const unpacked = new WeakMap<Uint8Array, Uint8Array>();
/** Pieces small enough that a bomb is noticed before it fills the memory. */
const INPUT_PIECE_BYTES = 64 * 1024;
export const MAX_UNPACKED_BYTES = 2 ** 31;

/** Always the same bytes for the same input, in Node and in every browser. Remembered. */
export function gzip(bytes: Uint8Array): Uint8Array {
  const known = compressed.get(bytes);
  if (known) return known;
  const result = gzipSync(bytes, { level: 9, mtime: 0 });
  compressed.set(bytes, result);
  unpacked.set(result, bytes);
  return result;
}

export const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;
export const isZstd = (bytes: Uint8Array): boolean => bytes[0] === 0x28 && bytes[1] === 0xb5 && bytes[2] === 0x2f && bytes[3] === 0xfd;

/** Unpacks, several members too. Throws FormatError for what is no gzip, is cut short, or is larger than `maxBytes`. Remembered. */
export function gunzip(bytes: Uint8Array, maxBytes = MAX_UNPACKED_BYTES): Uint8Array {
  const known = unpacked.get(bytes);
  if (known) return known;
  if (!isGzip(bytes)) throw new FormatError('gzip: invalid header');
  const result = inflate(bytes, maxBytes);
  unpacked.set(bytes, result);
  return result;
}

function inflate(bytes: Uint8Array, maxBytes: number): Uint8Array {
  const pieces: Uint8Array[] = [];
  let sizeBytes = 0;
  const stream = new Gunzip((piece) => {
    sizeBytes += piece.length;
    if (sizeBytes > maxBytes) throw new FormatError(`gzip: more than ${maxBytes} bytes when unpacked`);
    if (piece.length > 0) pieces.push(piece);
  });
  try {
    for (let at = 0; at < bytes.length; at += INPUT_PIECE_BYTES) {
      stream.push(bytes.subarray(at, at + INPUT_PIECE_BYTES), at + INPUT_PIECE_BYTES >= bytes.length);
    }
  } catch (error) {
    throw error instanceof FormatError ? error : new FormatError('gzip: corrupt input');
  }
  return concatBytes(pieces);
}

/** The tar of a layer or archive, compressed or not. Throws FormatError (zstd is not understood). */
export function decompress(bytes: Uint8Array, maxBytes?: number): Uint8Array {
  if (isGzip(bytes)) return gunzip(bytes, maxBytes);
  if (isZstd(bytes)) throw new FormatError('zstd-compressed content is not supported');
  return bytes;
}
