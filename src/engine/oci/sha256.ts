/** SHA-256 over bytes that come in pieces: @noble/hashes, synchronous and the same everywhere, in the shape that this project asks for. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';

export class Sha256 {
  readonly #hash = sha256.create();

  update(piece: Uint8Array): this {
    this.#hash.update(piece);
    return this;
  }

  /** In hexadecimal digits, of all that came so far; more may come. */
  hex(): string {
    return bytesToHex(this.#hash.clone().digest());
  }
}

export const sha256Hex = (bytes: Uint8Array): string => bytesToHex(sha256(bytes));
