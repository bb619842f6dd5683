/**
 * The machine's only source of chance: a generator whose whole future follows from its seed (xoshiro128**, seeded by splitmix32).
 * It is one stream for the whole machine; as only one task runs at a time, who draws what is part of the machine's history.
 */
export class Random {
  readonly #state = new Uint32Array(4);

  constructor(seed: number) {
    let word = seed >>> 0;
    for (let i = 0; i < 4; i += 1) {
      word = (word + 0x9e3779b9) >>> 0;
      this.#state[i] = mix(word);
    }
  }

  /** The next 32 bits, as an unsigned number. */
  next(): number {
    const [a = 0, b = 0, c = 0, d = 0] = this.#state;
    const result = Math.imul(rotate(Math.imul(b, 5), 7), 9) >>> 0;
    const third = c ^ a;
    const fourth = d ^ b;
    this.#state[0] = a ^ fourth;
    this.#state[1] = b ^ third;
    this.#state[2] = third ^ (b << 9);
    this.#state[3] = rotate(fourth, 11);
    return result;
  }

  /** What comes next, to be put back later: the function makes this the future again. */
  keep(): () => void {
    const kept = this.#state.slice();
    return () => this.#state.set(kept);
  }

  /** `count` fresh bytes. */
  bytes(count: number): Uint8Array {
    const bytes = new Uint8Array(count);
    let word = 0;
    for (let i = 0; i < count; i += 1) {
      if (i % 4 === 0) word = this.next();
      bytes[i] = word & 0xff;
      word >>>= 8;
    }
    return bytes;
  }
}

function rotate(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by));
}

function mix(word: number): number {
  let z = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
  return (z ^ (z >>> 16)) >>> 0;
}
