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

/** Reads fields off a message, one after the other; undefined where there are no more. */
export class FieldReader {
  readonly #bytes: Uint8Array;
  #at: number;

  constructor(bytes: Uint8Array, at = 0) {
    this.#bytes = bytes;
    this.#at = at;
  }

  number(): number | undefined {
    if (this.#at + 4 > this.#bytes.length) return undefined;
    const value = new DataView(this.#bytes.buffer, this.#bytes.byteOffset).getUint32(this.#at);
    this.#at += 4;
    return value;
  }

  field(): Uint8Array | undefined {
    const length = this.number();
    if (length === undefined || this.#at + length > this.#bytes.length) return undefined;
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }
}
