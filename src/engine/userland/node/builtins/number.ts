/** `Number` and `Math`. */
import { toInteger, toNumber } from '../runtime/convert.ts';
import { objectOf } from '../runtime/objects.ts';
import { toNumeric } from '../runtime/operators.ts';
import { isObject, SYMBOLS, type Value } from '../runtime/values.ts';
import { insist, intrinsics, realm } from '../runtime/vm.ts';
import { constant, makeClass, method, methods, tag } from './define.ts';
import { localNumber } from './locale.ts';

function own(self: Value, name: string): number {
  if (typeof self === 'number') return self;
  if (isObject(self) && self.inner?.kind === 'primitive' && typeof self.inner.value === 'number') return self.inner.value;
  throw realm().typeError(`Number.prototype.${name} requires that 'this' be a Number`);
}

function digits(value: Value, low: number, name: string): number {
  const count = toInteger(value);
  if (count < low || count > 100)
    throw realm().rangeError(`${name}() ${name === 'toPrecision' ? 'argument' : 'digits argument'} must be between ${low} and 100`);
  return count;
}

export function setUpNumber(): void {
  const proto = intrinsics().number;
  const number = makeClass({ name: 'Number', length: 1, prototype: proto }, (args, _, newTarget) => {
    const value = args.length === 0 ? 0 : Number(insist(toNumeric(args[0])));
    return newTarget === undefined ? value : realm().box(value);
  });
  for (const name of [
    'EPSILON',
    'MAX_SAFE_INTEGER',
    'MIN_SAFE_INTEGER',
    'MAX_VALUE',
    'MIN_VALUE',
    'NaN',
    'NEGATIVE_INFINITY',
    'POSITIVE_INFINITY',
  ] as const)
    constant(number, name, Number[name]);
  methods(number, {
    isInteger: [1, ([value]) => Number.isInteger(value)],
    isSafeInteger: [1, ([value]) => Number.isSafeInteger(value)],
    isFinite: [1, ([value]) => Number.isFinite(value)],
    isNaN: [1, ([value]) => Number.isNaN(value)],
    parseFloat: [1, ([value]) => Number.parseFloat(String(value))],
    parseInt: [2, ([value, radix]) => Number.parseInt(String(value), radix === undefined ? undefined : toInteger(radix))],
  });
  methods(proto, {
    toString: [
      1,
      ([radix], self) => {
        const base = radix === undefined ? 10 : toInteger(radix);
        if (base < 2 || base > 36) throw realm().rangeError('toString() radix must be between 2 and 36');
        return own(self, 'toString').toString(base);
      },
    ],
    toFixed: [1, ([count], self) => own(self, 'toFixed').toFixed(digits(count, 0, 'toFixed'))],
    toPrecision: [
      1,
      ([count], self) =>
        count === undefined ? String(own(self, 'toPrecision')) : own(self, 'toPrecision').toPrecision(digits(count, 1, 'toPrecision')),
    ],
    toExponential: [
      1,
      ([count], self) => own(self, 'toExponential').toExponential(count === undefined ? undefined : digits(count, 0, 'toExponential')),
    ],
    valueOf: [0, (_, self) => own(self, 'valueOf')],
    toLocaleString: [0, ([, options], self) => localNumber(own(self, 'toLocaleString'), options)],
  });
}

const ONE = [
  'abs',
  'acos',
  'acosh',
  'asin',
  'asinh',
  'atan',
  'atanh',
  'cbrt',
  'ceil',
  'clz32',
  'cos',
  'cosh',
  'exp',
  'expm1',
  'floor',
  'fround',
  'log',
  'log10',
  'log1p',
  'log2',
  'round',
  'sign',
  'sin',
  'sinh',
  'sqrt',
  'tan',
  'tanh',
  'trunc',
] as const;

/** 53 bits of chance, as a number from 0 to below 1. */
export function chance(): number {
  const bytes = realm().sys.random.bytes(8);
  const [high, low] = [
    new DataView(bytes.buffer, bytes.byteOffset, 8).getUint32(0) >>> 5,
    new DataView(bytes.buffer, bytes.byteOffset, 8).getUint32(4) >>> 6,
  ];
  return (high * 67_108_864 + low) / 9_007_199_254_740_992;
}

export function setUpMath(): void {
  const math = objectOf();
  tag(math, SYMBOLS.toStringTag, 'Math');
  for (const name of ['E', 'LN10', 'LN2', 'LOG10E', 'LOG2E', 'PI', 'SQRT1_2', 'SQRT2'] as const) constant(math, name, Math[name]);
  for (const name of ONE) method(math, name, 1, ([value]) => Math[name](toNumber(value)));
  methods(math, {
    max: [2, (args) => extreme(args, Math.max, Number.NEGATIVE_INFINITY)],
    min: [2, (args) => extreme(args, Math.min, Number.POSITIVE_INFINITY)],
    pow: [2, ([a, b]) => toNumber(a) ** toNumber(b)],
    atan2: [2, ([a, b]) => Math.atan2(toNumber(a), toNumber(b))],
    imul: [2, ([a, b]) => Math.imul(toNumber(a), toNumber(b))],
    hypot: [2, (args) => Math.hypot(...args.map(toNumber))],
    random: [0, () => chance()],
  });
  realm().setGlobal('Math', math);
}

function extreme(args: readonly Value[], pick: (a: number, b: number) => number, from: number): number {
  let found = from;
  for (const value of args) found = pick(found, typeof value === 'number' ? value : toNumber(value));
  return found;
}
