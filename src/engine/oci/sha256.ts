/** SHA-256 (FIPS 180-4), over bytes that come in pieces. Written here, because it is all of hashing that running images needs. */

const BLOCK_BYTES = 64;
const DIGEST_BYTES = 32;
const ROUNDS = 64;

function primes(count: number): readonly number[] {
  const found: number[] = [];
  for (let n = 2; found.length < count; n += 1) if (found.every((prime) => n % prime !== 0)) found.push(n);
  return found;
}

/** The first 32 bits behind the point. */
const fraction = (value: number): number => Math.floor((value - Math.floor(value)) * 2 ** 32) | 0;
const ROUND = Int32Array.from(primes(ROUNDS), (prime) => fraction(Math.cbrt(prime)));
const START = Int32Array.from(primes(8), (prime) => fraction(Math.sqrt(prime)));
const words = new Int32Array(ROUNDS);

function expand(bytes: Uint8Array, from: number): void {
  for (let i = 0, at = from; i < 16; i += 1, at += 4)
    words[i] =
      ((bytes[at] as number) << 24) | ((bytes[at + 1] as number) << 16) | ((bytes[at + 2] as number) << 8) | (bytes[at + 3] as number);
  for (let i = 16; i < ROUNDS; i += 1) {
    const x = words[i - 15] as number;
    const y = words[i - 2] as number;
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    words[i] = ((words[i - 16] as number) + s0 + (words[i - 7] as number) + s1) | 0;
  }
}

/** Takes one block of 64 bytes into `state`. */
function compress(state: Int32Array, bytes: Uint8Array, from: number): void {
  expand(bytes, from);
  let a = state[0] as number;
  let b = state[1] as number;
  let c = state[2] as number;
  let d = state[3] as number;
  let e = state[4] as number;
  let f = state[5] as number;
  let g = state[6] as number;
  let h = state[7] as number;
  for (let i = 0; i < ROUNDS; i += 1) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + (ROUND[i] as number) + (words[i] as number)) | 0;
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + t1) | 0;
    d = c;
    c = b;
    b = a;
    a = (t1 + t2) | 0;
  }
  state[0] = ((state[0] as number) + a) | 0;
  state[1] = ((state[1] as number) + b) | 0;
  state[2] = ((state[2] as number) + c) | 0;
  state[3] = ((state[3] as number) + d) | 0;
  state[4] = ((state[4] as number) + e) | 0;
  state[5] = ((state[5] as number) + f) | 0;
  state[6] = ((state[6] as number) + g) | 0;
  state[7] = ((state[7] as number) + h) | 0;
}

export class Sha256 {
  #state: Int32Array = START.slice();
  /** What does not fill a block yet. */
  readonly #rest = new Uint8Array(BLOCK_BYTES);
  #restBytes = 0;
  #sizeBytes = 0;

  update(piece: Uint8Array): this {
    this.#sizeBytes += piece.length;
    let at = 0;
    if (this.#restBytes > 0) {
      at = Math.min(piece.length, BLOCK_BYTES - this.#restBytes);
      this.#rest.set(piece.subarray(0, at), this.#restBytes);
      this.#restBytes += at;
      if (this.#restBytes < BLOCK_BYTES) return this;
      compress(this.#state, this.#rest, 0);
      this.#restBytes = 0;
    }
    for (; at + BLOCK_BYTES <= piece.length; at += BLOCK_BYTES) compress(this.#state, piece, at);
    this.#rest.set(piece.subarray(at));
    this.#restBytes = piece.length - at;
    return this;
  }

  /** In hexadecimal digits, of all that came so far; more may come. */
  hex(): string {
    const tail = new Uint8Array(Math.ceil((this.#restBytes + 9) / BLOCK_BYTES) * BLOCK_BYTES);
    tail.set(this.#rest.subarray(0, this.#restBytes));
    tail[this.#restBytes] = 0x80;
    new DataView(tail.buffer).setBigUint64(tail.length - 8, BigInt(this.#sizeBytes) * 8n);
    const state = this.#state.slice();
    for (let at = 0; at < tail.length; at += BLOCK_BYTES) compress(state, tail, at);
    return Array.from(state, (word) => (word >>> 0).toString(16).padStart(DIGEST_BYTES / 4, '0')).join('');
  }
}

export const sha256Hex = (bytes: Uint8Array): string => new Sha256().update(bytes).hex();
