/** bcrypt (Provos and Mazières, 1999): the password hashes of htpasswd files. Blowfish's tables are the digits of pi, computed here. */

const ALPHABET = './ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const ROUNDS = 16;
const KEYS = ROUNDS + 2;
const BOX_WORDS = 256;
const TABLE_WORDS = KEYS + 4 * BOX_WORDS;
const WORD_BITS = 32n;
const GUARD_BITS = 64n;
const MAX_PASSWORD_BYTES = 72;
const SALT_BYTES = 16;
const HASH_BYTES = 23;
const ENCRYPTIONS = 64;
/** A hash that takes longer than a login should (beyond 2^14 rounds) is refused. */
export const MAX_COST = 14;
const FORMAT = /^\$2[abxy]\$(\d\d)\$([./A-Za-z0-9]{22})([./A-Za-z0-9]{31})$/;

/** arctan(1/x) as a fixed-point number. */
function arctanOfInverse(x: bigint, one: bigint): bigint {
  let term = one / x;
  let sum = term;
  for (let n = 3n, sign = -1n; term !== 0n; n += 2n, sign = -sign) {
    term /= x * x;
    sum += (sign * term) / n;
  }
  return sum;
}

let digits: Uint32Array | undefined;

/** The fraction of pi in words, by Machin's formula. */
function digitsOfPi(): Uint32Array {
  if (digits) return digits;
  const bits = BigInt(TABLE_WORDS) * WORD_BITS;
  const one = 1n << (bits + GUARD_BITS);
  const pi = 4n * (4n * arctanOfInverse(5n, one) - arctanOfInverse(239n, one));
  const hex = ((pi - 3n * one) >> GUARD_BITS).toString(16).padStart(TABLE_WORDS * 8, '0');
  digits = Uint32Array.from({ length: TABLE_WORDS }, (_, i) => Number.parseInt(hex.slice(i * 8, i * 8 + 8), 16));
  return digits;
}

/** Blowfish's key schedule: subkeys, then the four boxes, in one array. */
class Blowfish {
  readonly #tables = digitsOfPi().slice();
  left = 0;
  right = 0;

  #word(index: number): number {
    return this.#tables[index] ?? 0;
  }

  #mix(x: number): number {
    const a = this.#word(KEYS + (x >>> 24));
    const b = this.#word(KEYS + BOX_WORDS + ((x >>> 16) & 255));
    const c = this.#word(KEYS + 2 * BOX_WORDS + ((x >>> 8) & 255));
    const d = this.#word(KEYS + 3 * BOX_WORDS + (x & 255));
    return (((a + b) ^ c) + d) | 0;
  }

  /** One block, in `left` and `right`. */
  encrypt(): void {
    let { left, right } = this;
    for (let i = 0; i < ROUNDS; i += 2) {
      left ^= this.#word(i);
      right ^= this.#mix(left);
      right ^= this.#word(i + 1);
      left ^= this.#mix(right);
    }
    this.left = right ^ this.#word(ROUNDS + 1);
    this.right = left ^ this.#word(ROUNDS);
  }

  /** Mixes a key in, and a salt (all zero: none). */
  expand(key: Uint32Array, salt: Uint32Array): void {
    for (let i = 0; i < KEYS; i += 1) this.#tables[i] = this.#word(i) ^ (key[i] ?? 0);
    this.left = this.right = 0;
    for (let i = 0; i < TABLE_WORDS; i += 2) {
      this.left ^= salt[i % 4] ?? 0;
      this.right ^= salt[(i + 1) % 4] ?? 0;
      this.encrypt();
      this.#tables[i] = this.left;
      this.#tables[i + 1] = this.right;
    }
  }
}

/** So many words of bytes that are repeated. */
function wordsOf(bytes: Uint8Array, count: number): Uint32Array {
  let at = 0;
  const next = (): number => bytes[at++ % bytes.length] ?? 0;
  return Uint32Array.from({ length: count }, () => (next() << 24) | (next() << 16) | (next() << 8) | next());
}

/** The password with the zero that ends it, as far as bcrypt looks at it. */
function keyOf(password: string): Uint32Array {
  const bytes = new TextEncoder().encode(`${password}\0`);
  return wordsOf(bytes.subarray(0, MAX_PASSWORD_BYTES), KEYS);
}

function rawHash(password: string, cost: number, saltBytes: Uint8Array): Uint8Array {
  const key = keyOf(password);
  const salt = wordsOf(saltBytes, 4);
  const saltAsKey = wordsOf(saltBytes, KEYS);
  const none = new Uint32Array(4);
  const cipher = new Blowfish();
  cipher.expand(key, salt);
  for (let round = 0; round < 2 ** cost; round += 1) {
    cipher.expand(key, none);
    cipher.expand(saltAsKey, none);
  }
  const text = wordsOf(new TextEncoder().encode('OrpheanBeholderScryDoubt'), 6);
  for (let i = 0; i < text.length; i += 2) {
    cipher.left = text[i] ?? 0;
    cipher.right = text[i + 1] ?? 0;
    for (let n = 0; n < ENCRYPTIONS; n += 1) cipher.encrypt();
    text[i] = cipher.left;
    text[i + 1] = cipher.right;
  }
  return Uint8Array.from({ length: HASH_BYTES }, (_, i) => ((text[i >> 2] ?? 0) >>> (24 - 8 * (i & 3))) & 255);
}

/** bcrypt's own base 64, most significant bits first, without padding. */
function encode(bytes: Uint8Array): string {
  let text = '';
  for (let bit = 0; bit < bytes.length * 8; bit += 6) {
    const pair = ((bytes[bit >> 3] ?? 0) << 8) | (bytes[(bit >> 3) + 1] ?? 0);
    text += ALPHABET[(pair >> (10 - (bit & 7))) & 63] ?? '';
  }
  return text;
}

function decode(text: string, sizeBytes: number): Uint8Array {
  const bytes = new Uint8Array(sizeBytes);
  let held = 0;
  let bits = 0;
  let at = 0;
  for (const digit of text) {
    held = ((held << 6) | ALPHABET.indexOf(digit)) & 0xffff;
    bits += 6;
    if (bits < 8 || at === sizeBytes) continue;
    bits -= 8;
    bytes[at] = (held >> bits) & 255;
    at += 1;
  }
  return bytes;
}

export const isBcrypt = (hash: string): boolean => FORMAT.test(hash);

/** `$2y$05$…` of a password. `cost` is 4 to MAX_COST, `salt` 16 bytes. */
export const bcrypt = (password: string, { cost, salt }: { readonly cost: number; readonly salt: Uint8Array }): string =>
  `$2y$${String(cost).padStart(2, '0')}$${encode(salt)}${encode(rawHash(password, cost, salt))}`;

/** Whether a hash is this password's. False for what is no hash of bcrypt, or costs too much to compute. */
export function matchesBcrypt(password: string, hash: string): boolean {
  const [, cost, salt, expected] = FORMAT.exec(hash) ?? [];
  if (cost === undefined || salt === undefined || Number(cost) < 4 || Number(cost) > MAX_COST) return false;
  return encode(rawHash(password, Number(cost), decode(salt, SALT_BYTES))) === expected;
}
