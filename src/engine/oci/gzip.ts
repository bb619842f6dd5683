/** gzip (RFC 1952), unpacked. Packing is in gzip-write.ts: a page that only runs images never fetches it. */
import { Gunzip } from 'fflate';
import { concatBytes } from './bytes.ts';
import { FormatError } from './manifest.ts';

const unpacked = new WeakMap<Uint8Array, Uint8Array>();
/** Pieces small enough that a bomb is noticed before it fills the memory. */
const INPUT_PIECE_BYTES = 64 * 1024;
/** A header and a trailer around nothing. */
const SHORTEST_BYTES = 18;
export const MAX_UNPACKED_BYTES = 2 ** 31;

/** Unpacking `packed` will be free: somebody knows what it was made from. */
export const rememberUnpacked = (packed: Uint8Array, bytes: Uint8Array): void => void unpacked.set(packed, bytes);

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
  let memberBytes = 0;
  const stream = new Gunzip((piece) => {
    sizeBytes += piece.length;
    memberBytes += piece.length;
    if (sizeBytes > maxBytes) throw new FormatError(`gzip: more than ${maxBytes} bytes when unpacked`);
    if (piece.length > 0) pieces.push(piece);
  });
  stream.onmember = () => {
    memberBytes = 0;
  };
  try {
    for (let at = 0; at < bytes.length; at += INPUT_PIECE_BYTES) {
      stream.push(bytes.subarray(at, at + INPUT_PIECE_BYTES), at + INPUT_PIECE_BYTES >= bytes.length);
    }
  } catch (error) {
    throw error instanceof FormatError ? error : new FormatError('gzip: corrupt input');
  }
  if (endOf(bytes) !== memberBytes % 2 ** 32) throw new FormatError('gzip: corrupt input');
  return concatBytes(pieces);
}

/** How long its last member says that it is: what is cut short says something else. */
function endOf(bytes: Uint8Array): number {
  if (bytes.length < SHORTEST_BYTES) return -1;
  return new DataView(bytes.buffer, bytes.byteOffset + bytes.length - 4, 4).getUint32(0, true);
}

/** The tar of a layer or archive, compressed or not. Throws FormatError (zstd is not understood). */
export function decompress(bytes: Uint8Array, maxBytes?: number): Uint8Array {
  if (isGzip(bytes)) return gunzip(bytes, maxBytes);
  if (isZstd(bytes)) throw new FormatError('zstd-compressed content is not supported');
  return bytes;
}
