/**
 * DEFLATE read back (RFC 1951): what `gzip.ts` finds between a member's header and its checksum. Written here because a page needs no
 * more of compression than this before anybody packs something; packing is the library's (gzip-write.ts).
 */

const MAX_CODE_BITS = 15;
const END_OF_BLOCK = 256;
/** Bits may be looked at before they are known to be there; more than these bytes past the end were really wanted. */
const LOOK_AHEAD_BYTES = 3;
const FIRST_OUTPUT_BYTES = 64 * 1024;
const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/** The input is no DEFLATE, or ends too early; or the output would be larger than allowed. */
export class InflateError extends Error {
  override readonly name = 'InflateError';
  readonly isTooLarge: boolean;

  constructor(isTooLarge = false) {
    super('corrupt deflate data');
    this.isTooLarge = isTooLarge;
  }
}

/** For each way the next bits may look: a symbol times 16, and how many bits it takes; 0 where no code begins so. */
interface Codes {
  readonly table: Uint16Array;
  readonly mask: number;
}

function reversed(code: number, bits: number): number {
  let result = 0;
  for (let left = bits, rest = code; left > 0; left -= 1, rest >>= 1) result = (result << 1) | (rest & 1);
  return result;
}

/** Canonical codes (section 3.2.2) out of each symbol's length. */
function codesOf(lengths: Uint8Array): Codes {
  const counts = new Uint16Array(MAX_CODE_BITS + 1);
  for (const length of lengths) if (length > 0) counts[length] = (counts[length] ?? 0) + 1;
  const next = new Uint16Array(MAX_CODE_BITS + 2);
  let bits = 1;
  for (let length = 1, code = 0; length <= MAX_CODE_BITS; length += 1) {
    next[length] = code;
    const count = counts[length] ?? 0;
    if (count > 0) bits = length;
    if (code + count > 1 << length) throw new InflateError();
    code = (code + count) << 1;
  }
  const table = new Uint16Array(1 << bits);
  lengths.forEach((length, symbol) => {
    if (length === 0) return;
    const code = next[length] ?? 0;
    next[length] = code + 1;
    for (let at = reversed(code, length); at < table.length; at += 1 << length) table[at] = symbol * 16 + length;
  });
  return { table, mask: table.length - 1 };
}

/** What a length or distance symbol begins at, and how many bits follow: `step` symbols share each number of bits. */
function ranges(count: number, { step, first }: { step: number; first: number }): readonly (readonly [base: number, bits: number])[] {
  let base = first;
  return Array.from({ length: count }, (_, symbol) => {
    const bits = Math.max(0, Math.floor(symbol / step) - 1);
    const range = [base, bits] as const;
    base += 1 << bits;
    return range;
  });
}

/** Symbol 285 is 258 alone, and no range. */
const LENGTHS = [...ranges(28, { step: 4, first: 3 }), [258, 0] as const];
const DISTANCES = ranges(30, { step: 2, first: 1 });

const fixed: { literals?: Codes; distances?: Codes } = {};

function fixedCodes(): { literals: Codes; distances: Codes } {
  fixed.literals ??= codesOf(Uint8Array.from({ length: 288 }, (_, symbol) => (symbol < 144 ? 8 : symbol < 256 ? 9 : symbol < 280 ? 7 : 8)));
  fixed.distances ??= codesOf(new Uint8Array(30).fill(5));
  return { literals: fixed.literals, distances: fixed.distances };
}

export class Inflater {
  readonly #input: Uint8Array;
  readonly #maxBytes: number;
  #at = 0;
  #bits = 0;
  #count = 0;
  #output: Uint8Array;
  #size = 0;

  constructor(input: Uint8Array, maxBytes: number) {
    this.#input = input;
    this.#maxBytes = maxBytes;
    this.#output = new Uint8Array(Math.min(maxBytes, Math.max(FIRST_OUTPUT_BYTES, input.length * 4)));
  }

  get sizeBytes(): number {
    return this.#size;
  }

  /** Everything unpacked so far, from `start`. */
  output(start = 0): Uint8Array {
    return this.#output.subarray(start, this.#size);
  }

  /** Unpacks what begins at `from`; returns where the input goes on behind it. Throws InflateError. */
  run(from: number): number {
    this.#at = from;
    this.#bits = 0;
    this.#count = 0;
    for (let isLast = false; !isLast; ) {
      isLast = this.#take(1) === 1;
      const kind = this.#take(2);
      if (kind === 0) this.#stored();
      else if (kind === 1) this.#block(fixedCodes());
      else if (kind === 2) this.#block(this.#dynamicCodes());
      else throw new InflateError();
    }
    const next = this.#at - (this.#count >> 3);
    if (next > this.#input.length) throw new InflateError();
    return next;
  }

  /** At least so many bits are there to be looked at; behind the end they are 0. */
  #fill(count: number): void {
    while (this.#count < count) {
      if (this.#at >= this.#input.length + LOOK_AHEAD_BYTES) throw new InflateError();
      this.#bits |= (this.#input[this.#at] ?? 0) << this.#count;
      this.#at += 1;
      this.#count += 8;
    }
  }

  #take(count: number): number {
    if (count === 0) return 0;
    this.#fill(count);
    const value = this.#bits & ((1 << count) - 1);
    this.#bits >>>= count;
    this.#count -= count;
    return value;
  }

  #symbol({ table, mask }: Codes): number {
    this.#fill(MAX_CODE_BITS);
    const entry = table[this.#bits & mask] ?? 0;
    const bits = entry & 15;
    if (bits === 0) throw new InflateError();
    this.#bits >>>= bits;
    this.#count -= bits;
    return entry >> 4;
  }

  #stored(): void {
    this.#take(this.#count & 7);
    const length = this.#take(16);
    if ((this.#take(16) ^ 0xffff) !== length) throw new InflateError();
    // Whole bytes that were looked at already are given back.
    this.#at -= this.#count >> 3;
    this.#bits = 0;
    this.#count = 0;
    if (this.#at + length > this.#input.length) throw new InflateError();
    this.#reserve(length);
    this.#output.set(this.#input.subarray(this.#at, this.#at + length), this.#size);
    this.#at += length;
    this.#size += length;
  }

  #dynamicCodes(): { literals: Codes; distances: Codes } {
    const [literals, distances, kinds] = [this.#take(5) + 257, this.#take(5) + 1, this.#take(4) + 4];
    const kindLengths = new Uint8Array(ORDER.length);
    for (const kind of ORDER.slice(0, kinds)) kindLengths[kind] = this.#take(3);
    const lengths = this.#lengths(codesOf(kindLengths), literals + distances);
    return { literals: codesOf(lengths.subarray(0, literals)), distances: codesOf(lengths.subarray(literals)) };
  }

  #lengths(codes: Codes, total: number): Uint8Array {
    const lengths = new Uint8Array(total);
    for (let at = 0; at < total; ) {
      const symbol = this.#symbol(codes);
      if (symbol < 16) {
        lengths[at++] = symbol;
        continue;
      }
      if (symbol === 16 && at === 0) throw new InflateError();
      const value = symbol === 16 ? (lengths[at - 1] ?? 0) : 0;
      const times = symbol === 16 ? 3 + this.#take(2) : symbol === 17 ? 3 + this.#take(3) : 11 + this.#take(7);
      if (at + times > total) throw new InflateError();
      lengths.fill(value, at, at + times);
      at += times;
    }
    return lengths;
  }

  #block({ literals, distances }: { literals: Codes; distances: Codes }): void {
    for (let symbol = this.#symbol(literals); symbol !== END_OF_BLOCK; symbol = this.#symbol(literals)) {
      if (symbol < END_OF_BLOCK) {
        if (this.#size === this.#output.length) this.#reserve(1);
        this.#output[this.#size++] = symbol;
      } else {
        this.#copy(this.#ranged(LENGTHS, symbol - END_OF_BLOCK - 1), this.#ranged(DISTANCES, this.#symbol(distances)));
      }
    }
  }

  #ranged(table: readonly (readonly [number, number])[], symbol: number): number {
    const range = table[symbol];
    if (range === undefined) throw new InflateError();
    return range[0] + this.#take(range[1]);
  }

  /** Repeats what stands so far back; it may overlap with what it makes. */
  #copy(length: number, distance: number): void {
    if (distance > this.#size) throw new InflateError();
    this.#reserve(length);
    const end = this.#size + length;
    if (distance >= length) this.#output.copyWithin(this.#size, this.#size - distance, this.#size - distance + length);
    else for (let at = this.#size; at < end; at += 1) this.#output[at] = this.#output[at - distance] ?? 0;
    this.#size = end;
  }

  #reserve(count: number): void {
    const wanted = this.#size + count;
    if (wanted <= this.#output.length) return;
    if (wanted > this.#maxBytes) throw new InflateError(true);
    const larger = new Uint8Array(Math.min(this.#maxBytes, Math.max(wanted, this.#output.length * 2)));
    larger.set(this.output());
    this.#output = larger;
  }
}
