/** `math`. */
import { type Integer, integer, toFloat } from '../../protocol/arithmetic.ts';
import { numeric } from '../../protocol/compare.ts';
import { indexOf } from '../../protocol/items.ts';
import { collect } from '../../protocol/iterate.ts';
import { binary } from '../../protocol/operators.ts';
import { fail, typeError, valueError } from '../../runtime/exceptions.ts';
import type { Interpreter } from '../../runtime/interpreter.ts';
import { argsOf, Call, type Steps } from '../../runtime/thread.ts';
import { classOf, lookup, normal, PyFloat, type PyTuple, plain, PyTuple as Tuple, type Value } from '../../runtime/values.ts';
import { fn, moduleOf, steps } from '../define.ts';

function* real(value: Value | undefined): Steps<number> {
  const own = numeric(plain(value ?? null));
  if (own !== null) return typeof own === 'bigint' ? toFloat(own) : own;
  const method = lookup(classOf(value ?? null), '__float__') ?? lookup(classOf(value ?? null), '__index__');
  if (method === undefined || typeof value === 'string') throw typeError(`must be real number, not ${classOf(value ?? null).name}`);
  const result = (yield new Call(method, argsOf([value as Value]))) as Value;
  return Number(numeric(result));
}

const domain = () => valueError('math domain error');
const range = () => fail('OverflowError', 'math range error');

type Real = (x: number) => number;
const simple = (name: string, compute: Real) =>
  steps(`${name}(x, /)`, function* ([x]) {
    const value = yield* real(x);
    const result = compute(value);
    if (Number.isNaN(result) && !Number.isNaN(value)) throw domain();
    if (!Number.isFinite(result) && Number.isFinite(value))
      throw ['exp', 'sinh', 'cosh', 'expm1', 'exp2', 'gamma'].includes(name) ? range() : domain();
    return new PyFloat(result);
  });

const REAL: Readonly<Record<string, Real>> = {
  sqrt: Math.sqrt,
  exp: Math.exp,
  exp2: (x) => 2 ** x,
  expm1: Math.expm1,
  log1p: Math.log1p,
  sin: Math.sin,
  cos: Math.cos,
  tan: Math.tan,
  asin: Math.asin,
  acos: Math.acos,
  atan: Math.atan,
  sinh: Math.sinh,
  cosh: Math.cosh,
  tanh: Math.tanh,
  asinh: Math.asinh,
  acosh: Math.acosh,
  atanh: Math.atanh,
  cbrt: Math.cbrt,
  fabs: Math.abs,
  degrees: (x) => (x * 180) / Math.PI,
  radians: (x) => (x * Math.PI) / 180,
  gamma,
  lgamma: (x) => Math.log(Math.abs(gamma(x))),
  erf,
  erfc: (x) => 1 - erf(x),
};

function gamma(x: number): number {
  if (Number.isInteger(x) && x > 0 && x < 24) {
    let result = 1;
    for (let at = 2; at < x; at += 1) result *= at;
    return result;
  }
  if (x < 0.5) return Math.PI / (Math.sin(Math.PI * x) * gamma(1 - x));
  const g = 7;
  const parts = [
    0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905,
    -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
  ];
  const z = x - 1;
  let sum = parts[0] ?? 0;
  for (let at = 1; at < g + 2; at += 1) sum += (parts[at] ?? 0) / (z + at);
  const t = z + g + 0.5;
  return Math.sqrt(2 * Math.PI) * t ** (z + 0.5) * Math.exp(-t) * sum;
}

function erf(x: number): number {
  let [sum, term] = [x, x];
  if (Math.abs(x) > 6) return Math.sign(x);
  for (let n = 1; n < 200; n += 1) {
    term *= (-x * x) / n;
    sum += term / (2 * n + 1);
    if (Math.abs(term) < 1e-18) break;
  }
  return (2 / Math.sqrt(Math.PI)) * sum;
}

function* logarithm(value: Value | undefined): Steps<number> {
  const own = integer(plain(value ?? null));
  if (own !== null && own <= 0) throw domain();
  if (typeof own === 'bigint') {
    const bits = own.toString(2).length;
    const shift = Math.max(0, bits - 60);
    return Math.log(Number(own >> BigInt(shift))) + shift * Math.LN2;
  }
  const x = yield* real(value);
  if (x <= 0) throw domain();
  return Math.log(x);
}

const rounding = (name: string, method: string, compute: Real) =>
  steps(`${name}(x, /)`, function* ([x]) {
    const own = integer(plain(x ?? null));
    if (own !== null) return own;
    if (!(x instanceof PyFloat)) {
      const special = lookup(classOf(x ?? null), method);
      if (special !== undefined) return (yield new Call(special, argsOf([x as Value]))) as Value;
    }
    const value = yield* real(x);
    if (Number.isNaN(value)) throw valueError('cannot convert float NaN to integer');
    if (!Number.isFinite(value)) throw fail('OverflowError', 'cannot convert float infinity to integer');
    return normal(BigInt(compute(value)));
  });

function gcd(a: Integer, b: Integer): bigint {
  let [x, y] = [BigInt(a), BigInt(b)];
  while (y !== 0n) [x, y] = [y, x % y];
  return x < 0n ? -x : x;
}

const wholes = (all: Value | undefined): Integer[] =>
  (all as PyTuple).items.map((one) => {
    const value = integer(one);
    if (value === null) throw typeError(`'${classOf(one).name}' object cannot be interpreted as an integer`);
    return value;
  });

function squareRoot(value: bigint): bigint {
  if (value < 2n) return value;
  let x = BigInt(Math.floor(Math.sqrt(Number(value))));
  for (;;) {
    const next = (x + value / x) >> 1n;
    if (next === x || next === x + 1n || next === x - 1n) {
      x = next;
      break;
    }
    x = next;
  }
  while (x * x > value) x -= 1n;
  while ((x + 1n) * (x + 1n) <= value) x += 1n;
  return x;
}

function choose(n: bigint, k: bigint): bigint {
  let result = 1n;
  for (let at = 1n; at <= k; at += 1n) result = (result * (n - k + at)) / at;
  return result;
}

function factorial(n: number): bigint {
  let result = 1n;
  for (let at = 2; at <= n; at += 1) result *= BigInt(at);
  return result;
}

/** Sums floats without losing what rounding takes away. */
function exactSum(values: readonly number[]): number {
  const partials: number[] = [];
  for (const value of values) {
    let [x, kept] = [value, 0];
    for (const partial of partials) {
      let [a, b] = [x, partial];
      if (Math.abs(a) < Math.abs(b)) [a, b] = [b, a];
      const high = a + b;
      const low = b - (high - a);
      if (low !== 0) {
        partials[kept] = low;
        kept += 1;
      }
      x = high;
    }
    partials.length = kept;
    partials.push(x);
  }
  return partials.reduceRight((sum, one) => sum + one, 0);
}

const isClose = (a: number, b: number, relative: number, absolute: number): boolean =>
  a === b ||
  (Number.isFinite(a) && Number.isFinite(b) && Math.abs(a - b) <= Math.max(relative * Math.max(Math.abs(a), Math.abs(b)), absolute));

const FLOATS = [
  ...Object.entries(REAL).map(([name, compute]) => simple(name, compute)),
  rounding('floor', '__floor__', Math.floor),
  rounding('ceil', '__ceil__', Math.ceil),
  rounding('trunc', '__trunc__', Math.trunc),
  steps('log(x, base=None, /)', function* ([x, base]) {
    const value = yield* logarithm(x);
    if (base === null) return new PyFloat(value);
    if (Number(base) === 10 && typeof base === 'number') return new PyFloat(Math.log10(yield* real(x)));
    return new PyFloat(value / (yield* logarithm(base)));
  }),
  steps('log2(x, /)', function* ([x]) {
    const value = yield* logarithm(x);
    return new PyFloat(typeof x === 'bigint' ? value / Math.LN2 : Math.log2(yield* real(x)));
  }),
  steps('log10(x, /)', function* ([x]) {
    const value = yield* logarithm(x);
    return new PyFloat(typeof x === 'bigint' ? value / Math.LN10 : Math.log10(yield* real(x)));
  }),
  steps('pow(x, y, /)', function* ([x, y], thread) {
    return yield* binary(thread, '**', new PyFloat(yield* real(x)), new PyFloat(yield* real(y)));
  }),
  steps('atan2(y, x, /)', function* ([y, x]) {
    return new PyFloat(Math.atan2(yield* real(y), yield* real(x)));
  }),
  steps('fmod(x, y, /)', function* ([x, y]) {
    const divisor = yield* real(y);
    if (divisor === 0) throw domain();
    return new PyFloat((yield* real(x)) % divisor);
  }),
  steps('copysign(x, y, /)', function* ([x, y]) {
    const [size, sign] = [Math.abs(yield* real(x)), yield* real(y)];
    return new PyFloat(sign < 0 || Object.is(sign, -0) ? -size : size);
  }),
  steps('hypot(*coordinates)', function* ([all]) {
    const values: number[] = [];
    for (const one of (all as PyTuple).items) values.push(yield* real(one));
    return new PyFloat(Math.hypot(...values));
  }),
  steps('dist(p, q, /)', function* ([p, q], thread) {
    const [a, b] = [yield* collect(thread, p as Value), yield* collect(thread, q as Value)];
    const values: number[] = [];
    for (const [index, one] of a.entries()) values.push((yield* real(one)) - (yield* real(b[index])));
    return new PyFloat(Math.hypot(...values));
  }),
  steps('modf(x, /)', function* ([x]) {
    const value = yield* real(x);
    return new Tuple([new PyFloat(value % 1), new PyFloat(Math.trunc(value))]);
  }),
  steps('frexp(x, /)', function* ([x]) {
    let [value, exponent] = [yield* real(x), 0];
    if (value === 0 || !Number.isFinite(value)) return new Tuple([new PyFloat(value), 0]);
    while (Math.abs(value) >= 1) [value, exponent] = [value / 2, exponent + 1];
    while (Math.abs(value) < 0.5) [value, exponent] = [value * 2, exponent - 1];
    return new Tuple([new PyFloat(value), exponent]);
  }),
  steps('ldexp(x, i, /)', function* ([x, i]) {
    return new PyFloat((yield* real(x)) * 2 ** Number(i));
  }),
  steps('isnan(x, /)', function* ([x]) {
    return Number.isNaN(yield* real(x));
  }),
  steps('isinf(x, /)', function* ([x]) {
    return Math.abs(yield* real(x)) === Number.POSITIVE_INFINITY;
  }),
  steps('isfinite(x, /)', function* ([x]) {
    return Number.isFinite(yield* real(x));
  }),
  steps('isclose(a, b, *, rel_tol=None, abs_tol=0)', function* ([a, b, relative, absolute]) {
    return isClose(yield* real(a), yield* real(b), relative === null ? 1e-9 : yield* real(relative), yield* real(absolute));
  }),
];

const INTEGERS = [
  fn('gcd(*integers)', ([all]) => normal(wholes(all).reduce<bigint>((a, b) => gcd(a, b), 0n))),
  fn('lcm(*integers)', ([all]) =>
    normal(wholes(all).reduce<bigint>((a, b) => (BigInt(b) === 0n ? 0n : (BigInt(a) * BigInt(b)) / gcd(a, b)), 1n)),
  ),
  steps('factorial(n, /)', function* ([n], thread) {
    const value = yield* indexOf(thread, n as Value);
    if (value < 0) throw valueError('factorial() not defined for negative values');
    return normal(factorial(value));
  }),
  fn('isqrt(n, /)', ([n]) => {
    if (Number(n) < 0) throw valueError('isqrt() argument must be nonnegative');
    return normal(squareRoot(BigInt(integer(n as Value) ?? 0)));
  }),
  fn('comb(n, k, /)', ([n, k]) => (Number(k) > Number(n) ? 0 : normal(choose(BigInt(n as number), BigInt(k as number))))),
  fn('perm(n, k=None, /)', ([n, k]) => {
    const [all, some] = [Number(n), k === null ? Number(n) : Number(k)];
    return some > all ? 0 : normal(factorial(all) / factorial(all - some));
  }),
  steps('fsum(seq, /)', function* ([all], thread) {
    const values: number[] = [];
    for (const one of yield* collect(thread, all as Value)) values.push(yield* real(one));
    return new PyFloat(exactSum(values));
  }),
  steps('prod(iterable, /, *, start=1)', function* ([all, start], thread) {
    let total = start as Value;
    for (const one of yield* collect(thread, all as Value)) total = yield* binary(thread, '*', total, one);
    return total;
  }),
];

export const create = (_: Interpreter) =>
  moduleOf('math', {
    values: {
      pi: new PyFloat(Math.PI),
      e: new PyFloat(Math.E),
      tau: new PyFloat(2 * Math.PI),
      inf: new PyFloat(Number.POSITIVE_INFINITY),
      nan: new PyFloat(Number.NaN),
    },
    functions: [...FLOATS, ...INTEGERS],
  });
