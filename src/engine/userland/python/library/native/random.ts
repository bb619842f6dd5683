/** `random`: the generator behind it, a Mersenne Twister as the real one has, so that a seed gives the same numbers. */

import { sha512 } from '@noble/hashes/sha2.js';
import { encode } from '../../../program-io.ts';
import { integer } from '../../protocol/arithmetic.ts';
import { textRepr } from '../../protocol/text.ts';
import type { Interpreter } from '../../runtime/interpreter.ts';
import { builtinType, normal, PyBytes, PyFloat, PyInstance, PyTuple, plain, type Value } from '../../runtime/values.ts';
import { methods, moduleOf } from '../define.ts';

const N = 624;
const M = 397;

class Twister {
  #state = new Uint32Array(N);
  #index = N;

  #init(seed: number): void {
    this.#state[0] = seed >>> 0;
    for (let at = 1; at < N; at += 1) {
      const before = (this.#state[at - 1] ?? 0) ^ ((this.#state[at - 1] ?? 0) >>> 30);
      this.#state[at] = (Math.imul(1_812_433_253, before) + at) >>> 0;
    }
    this.#index = N;
  }

  seed(key: readonly number[]): void {
    this.#init(19_650_218);
    const state = this.#state;
    let [i, j] = [1, 0];
    const mixed = (at: number): number => (state[at - 1] ?? 0) ^ ((state[at - 1] ?? 0) >>> 30);
    const wrap = (): void => {
      if (i < N) return;
      state[0] = state[N - 1] ?? 0;
      i = 1;
    };
    for (let count = Math.max(N, key.length); count > 0; count -= 1) {
      state[i] = (((state[i] ?? 0) ^ Math.imul(mixed(i), 1_664_525)) + (key[j] ?? 0) + j) >>> 0;
      i += 1;
      j = (j + 1) % key.length;
      wrap();
    }
    for (let count = N - 1; count > 0; count -= 1) {
      state[i] = (((state[i] ?? 0) ^ Math.imul(mixed(i), 1_566_083_941)) - i) >>> 0;
      i += 1;
      wrap();
    }
    state[0] = 0x80000000;
  }

  next(): number {
    if (this.#index >= N) this.#refill();
    let y = this.#state[this.#index] ?? 0;
    this.#index += 1;
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return (y ^ (y >>> 18)) >>> 0;
  }

  #refill(): void {
    const state = this.#state;
    for (let at = 0; at < N; at += 1) {
      const y = ((state[at] ?? 0) & 0x80000000) | ((state[(at + 1) % N] ?? 0) & 0x7fffffff);
      state[at] = (state[(at + M) % N] ?? 0) ^ (y >>> 1) ^ (y & 1 ? 0x9908b0df : 0);
    }
    this.#index = 0;
  }

  bits(count: number): bigint {
    let result = 0n;
    for (let left = count, shift = 0n; left > 0; left -= 32, shift += 32n) {
      const word = left < 32 ? this.next() >>> (32 - left) : this.next();
      result |= BigInt(word) << shift;
    }
    return result;
  }

  get state(): readonly number[] {
    return [...this.#state, this.#index];
  }

  set state(values: readonly number[]) {
    this.#state = Uint32Array.from(values.slice(0, N));
    this.#index = values[N] ?? N;
  }
}

const RANDOM = builtinType('Random');
const t = (value: Value | undefined): Twister => {
  const self = value as PyInstance;
  if (!(self.host instanceof Twister)) self.host = new Twister();
  return self.host as Twister;
};

/** A number as words of 32 bits, the lowest first. */
function wordsOf(value: bigint): number[] {
  const words: number[] = [];
  for (let rest = value < 0n ? -value : value; rest > 0n; rest >>= 32n) words.push(Number(rest & 0xffffffffn));
  return words.length === 0 ? [0] : words;
}

function seedWords(value: Value, interpreter: Interpreter): number[] {
  const own = plain(value);
  if (own === null)
    return wordsOf(BigInt(`0x${[...interpreter.sys.random.bytes(32)].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`));
  const whole = integer(own);
  if (whole !== null) return wordsOf(BigInt(whole));
  if (own instanceof PyFloat) return wordsOf(BigInt(Math.floor(Math.abs(own.v) * 2 ** 20)));
  const bytes = own instanceof PyBytes ? own.data : encode(typeof own === 'string' ? own : textRepr(String(own)));
  const all = Uint8Array.from([...bytes, ...sha512(bytes)]);
  return wordsOf(BigInt(`0x${[...all].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`));
}

RANDOM.make = (thread, cls, { list }) => {
  const self = new PyInstance(cls);
  t(self).seed(seedWords(list[0] ?? null, thread.interpreter));
  return self;
};
methods(RANDOM, {
  '__init__(self, x=None)': ([self, x], { interpreter }) => {
    t(self).seed(seedWords(x as Value, interpreter));
    return null;
  },
  'seed(self, a=None, version=2)': ([self, seed], { interpreter }) => {
    t(self).seed(seedWords(seed as Value, interpreter));
    return null;
  },
  'random(self)': ([self]) => {
    const [a, b] = [t(self).next() >>> 5, t(self).next() >>> 6];
    return new PyFloat((a * 67_108_864 + b) / 9_007_199_254_740_992);
  },
  'getrandbits(self, k)': ([self, k]) => (Number(k) === 0 ? 0 : normal(t(self).bits(Number(k)))),
  'getstate(self)': ([self]) => new PyTuple([3, new PyTuple(t(self).state), null]),
  'setstate(self, state)': ([self, state]) => {
    t(self).state = ((state as PyTuple).items[1] as PyTuple).items.map(Number);
    return null;
  },
});

export const create = (_: Interpreter) => moduleOf('_random', { values: { _Generator: RANDOM } });
