/** Packing, apart from unpacking: a page that only runs images never fetches it. */
import { gzipSync } from 'fflate';
import { rememberUnpacked } from './gzip.ts';

const compressed = new WeakMap<Uint8Array, Uint8Array>();

/** Always the same bytes for the same input, in Node and in every browser. Remembered. */
export function gzip(bytes: Uint8Array): Uint8Array {
  const known = compressed.get(bytes);
  if (known) return known;
  const result = gzipSync(bytes, { level: 9, mtime: 0 });
  compressed.set(bytes, result);
  rememberUnpacked(result, bytes);
  return result;
}
