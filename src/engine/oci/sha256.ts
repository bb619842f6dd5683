/** SHA-256 (FIPS 180-4) over bytes that come in pieces: synchronous, the same everywhere, and small enough to come with the first code. */
const BLOCK_BYTES = 64;
/** Where the length in bits begins in the last block. */
const LENGTH_AT = 56;
const ROUNDS = 64;

const PRIMES: readonly number[] = Array.from({ length: 312 }, (_, n) => n).filter(
  (n) => n > 1 && !Array.from({ length: n }, (_, d) => d).some((d) => d > 1 && n % d === 0),
);
/** The first 32 bits behind the point. They lie far enough from the next number that no host's rounding can change them. */
const fraction = (root: number): number => ((root % 1) * 2 ** 32) | 0;
const ROUND_WORDS = Int32Array.from(PRIMES, (prime) => fraction(Math.cbrt(prime)));
const FIRST_STATE = Int32Array.from(PRIMES.slice(0, 8), (prime) => fraction(Math.sqrt(prime)));

const words = new Int32Array(ROUNDS);
const turned = (word: number, by: number): number => (word >>> by) | (word << (32 - by));

/** A state or the words of a round, at a place that is there. */
const at = (array: Int32Array, i: number): number => array[i] as number;

/** Works the 64 bytes from `from` on into the state. */
function compress(state: Int32Array, view: DataView, from: number): void {
  for (let i = 0; i < 16; i += 1) words[i] = view.getInt32(from + 4 * i);
  for (let i = 16; i < ROUNDS; i += 1) {
    const early = at(words, i - 15);
    const late = at(words, i - 2);
    const low = turned(early, 7) ^ turned(early, 18) ^ (early >>> 3);
    const high = turned(late, 17) ^ turned(late, 19) ^ (late >>> 10);
    words[i] = (at(words, i - 16) + low + at(words, i - 7) + high) | 0;
  }
  let a = at(state, 0);
  let b = at(state, 1);
  let c = at(state, 2);
  let d = at(state, 3);
  let e = at(state, 4);
  let f = at(state, 5);
  let g = at(state, 6);
  let h = at(state, 7);
  for (let i = 0; i < ROUNDS; i += 1) {
    const chosen = (turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)) + ((e & f) ^ (~e & g));
    const first = (h + chosen + at(ROUND_WORDS, i) + at(words, i)) | 0;
    const second = (turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
    h = g;
    g = f;
    f = e;
    e = (d + first) | 0;
    d = c;
    c = b;
    b = a;
    a = (first + second) | 0;
  }
  state[0] = at(state, 0) + a;
  state[1] = at(state, 1) + b;
  state[2] = at(state, 2) + c;
  state[3] = at(state, 3) + d;
  state[4] = at(state, 4) + e;
  state[5] = at(state, 5) + f;
  state[6] = at(state, 6) + g;
  state[7] = at(state, 7) + h;
}

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.length);

export class Sha256 {
  readonly #state = FIRST_STATE.slice();
  /** What came after the last whole block. */
  readonly #rest = new Uint8Array(BLOCK_BYTES);
  #sizeBytes = 0;

  update(piece: Uint8Array): this {
    const filled = this.#sizeBytes % BLOCK_BYTES;
    this.#sizeBytes += piece.length;
    let done = Math.min(piece.length, BLOCK_BYTES - filled);
    this.#rest.set(piece.subarray(0, done), filled);
    if (filled + done < BLOCK_BYTES) return this;
    compress(this.#state, viewOf(this.#rest), 0);
    const view = viewOf(piece);
    for (; done + BLOCK_BYTES <= piece.length; done += BLOCK_BYTES) compress(this.#state, view, done);
    this.#rest.set(piece.subarray(done));
    return this;
  }

  /** In hexadecimal digits, of all that came so far; more may come. */
  hex(): string {
    const state = this.#state.slice();
    const filled = this.#sizeBytes % BLOCK_BYTES;
    const end = new Uint8Array(filled < LENGTH_AT ? BLOCK_BYTES : 2 * BLOCK_BYTES);
    end.set(this.#rest.subarray(0, filled));
    end[filled] = 0x80;
    const view = viewOf(end);
    view.setBigUint64(end.length - 8, BigInt(this.#sizeBytes) * 8n);
    for (let from = 0; from < end.length; from += BLOCK_BYTES) compress(state, view, from);
    return Array.from(state, (word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
  }
}

export const sha256Hex = (bytes: Uint8Array): string => new Sha256().update(bytes).hex();
