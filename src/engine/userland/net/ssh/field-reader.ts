/** Reading what fields.ts writes. */

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
