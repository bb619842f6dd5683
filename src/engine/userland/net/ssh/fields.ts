/** Numbers and strings as SSH's protocols and files have them (RFC 4251, section 5). */
import { concat, encode } from '../../encoding.ts';

export function uint32(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
}

/** Bytes with their length before them. */
export const lengthed = (field: string | Uint8Array): Uint8Array => {
  const bytes = typeof field === 'string' ? encode(field) : field;
  return concat([uint32(bytes.length), bytes]);
};
