/** int, bool, float, complex. */

import { classMethods, members, methodSteps, methods } from '../library/define.ts';
import { integer, roundHalfEven, toFloat } from '../protocol/arithmetic.ts';
import { exactly, fixed } from '../protocol/floats.ts';
import { format } from '../protocol/format.ts';
import { textRepr } from '../protocol/text.ts';
import { truth } from '../protocol/truth.ts';
import { PyComplex } from '../runtime/complex.ts';
import { fail, typeError, valueError } from '../runtime/exceptions.ts';
import { argsOf, Call, type Steps, type Thread } from '../runtime/thread.ts';
import {
  BOOL,
  COMPLEX,
  classOf,
  FLOAT,
  INT,
  lookup,
  normal,
  PyBytes,
  PyFloat,
  PyInstance,
  PyTuple,
  type PyType,
  plain,
  type Value,
} from '../runtime/values.ts';

const DIGITS: Readonly<Record<number, RegExp>> = { 2: /^[01]+$/, 8: /^[0-7]+$/, 10: /^\d+$/, 16: /^[\da-f]+$/ };
const PREFIXES: Readonly<Record<string, number>> = { '0x': 16, '0o': 8, '0b': 2 };

function parseInteger(text: string, base: number): Value {
  const bad = () => valueError(`invalid literal for int() with base ${base}: ${textRepr(text)}`);
  const found = /^\s*([-+])?(0[xXoObB])?([\da-zA-Z]+(?:_[\da-zA-Z]+)*)\s*$/.exec(
    text.trim() === '' ? '' : text.replace(/^(\s*[-+]?)(0[xXoObB])_/, '$1$2'),
  );
  if (found === null) throw bad();
  const [, sign, prefix, written = ''] = found;
  let radix = base;
  let digits = written.replaceAll('_', '').toLowerCase();
  const own = prefix === undefined ? undefined : PREFIXES[prefix.toLowerCase()];
  if (base === 0) radix = own ?? 10;
  else if (own !== undefined && own !== base) digits = (prefix ?? '').toLowerCase() + digits;
  const check = DIGITS[radix];
  if (check ? !check.test(digits) : [...digits].some((digit) => Number.isNaN(Number.parseInt(digit, radix)))) throw bad();
  let value = 0n;
  if (radix === 10) value = BigInt(digits);
  else for (const digit of digits) value = value * BigInt(radix) + BigInt(Number.parseInt(digit, radix));
  return normal(sign === '-' ? -value : value);
}

function wrap(cls: PyType, base: PyType, value: Value): Value {
  return cls === base ? value : new PyInstance(cls, { worth: value });
}

INT.makeSteps = function* (thread, cls, { list, named }) {
  if (list.length > 2) throw typeError(`int expected at most 2 arguments, got ${list.length}`);
  const base = list[1] ?? named?.get('base');
  return wrap(cls, INT, yield* toInteger(thread, list.length === 0 ? 0 : (list[0] as Value), base));
};

function* toInteger(_: Thread, value: Value, base: Value | undefined): Steps {
  const own = plain(value);
  if (typeof own === 'string') return parseInteger(own, base === undefined ? 10 : Number(base));
  if (own instanceof PyBytes) return parseInteger(String.fromCharCode(...own.data), base === undefined ? 10 : Number(base));
  if (base !== undefined) throw typeError("int() can't convert non-string with explicit base");
  const whole = integer(own);
  if (whole !== null) return whole;
  if (own instanceof PyFloat) return fromFloat(own.v);
  for (const name of ['__int__', '__index__', '__trunc__']) {
    const method = lookup(classOf(value), name);
    if (method !== undefined) return (yield new Call(method, argsOf([value]))) as Value;
  }

  throw typeError(`int() argument must be a string, a bytes-like object or a real number, not '${classOf(value).name}'`);
}

function fromFloat(value: number): Value {
  if (Number.isNaN(value)) throw valueError('cannot convert float NaN to integer');
  if (!Number.isFinite(value)) throw fail('OverflowError', 'cannot convert float infinity to integer');
  return normal(BigInt(Math.trunc(value)));
}

BOOL.makeSteps = function* (thread, _, { list }) {
  return yield* truth(thread, list[0] ?? false);
};

FLOAT.makeSteps = function* (_, cls, { list }) {
  const value = yield* toDouble(list.length === 0 ? 0 : (list[0] as Value));
  return cls === FLOAT ? new PyFloat(value) : new PyInstance(cls, { worth: new PyFloat(value) });
};

function* toDouble(value: Value): Steps<number> {
  const own = plain(value);
  if (own instanceof PyFloat) return own.v;
  const whole = integer(own);
  if (whole !== null) return toFloat(whole);
  if (typeof own === 'string') return parseFloat64(own);
  if (own instanceof PyBytes) return parseFloat64(String.fromCharCode(...own.data));
  const method = lookup(classOf(value), '__float__') ?? lookup(classOf(value), '__index__');
  if (method === undefined) throw typeError(`float() argument must be a string or a real number, not '${classOf(value).name}'`);
  const result = (yield new Call(method, argsOf([value]))) as Value;
  return result instanceof PyFloat ? result.v : Number(result);
}

function parseFloat64(text: string): number {
  const bare = text.trim().toLowerCase();
  if (/^[-+]?(\d+(_\d+)*\.?(\d+(_\d+)*)?|\.\d+(_\d+)*)(e[-+]?\d+(_\d+)*)?$/.test(bare)) return Number(bare.replaceAll('_', ''));
  const special = /^([-+])?(inf|infinity|nan)$/.exec(bare);
  if (special === null) throw valueError(`could not convert string to float: ${textRepr(text)}`);
  return special[2] === 'nan' ? Number.NaN : special[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}

COMPLEX.make = (_, __, { list }) => {
  const part = (value: Value): PyComplex =>
    value instanceof PyComplex ? value : new PyComplex(value instanceof PyFloat ? value.v : Number(value), 0);
  const [a, b] = [part(list[0] ?? 0), part(list[1] ?? 0)];
  return new PyComplex(a.real - b.imag, a.imag + b.real);
};
members(COMPLEX, { real: (self) => new PyFloat((self as PyComplex).real), imag: (self) => new PyFloat((self as PyComplex).imag) });
methods(COMPLEX, {
  'conjugate(self)': ([self]) => new PyComplex((self as PyComplex).real, -(self as PyComplex).imag),
  '__abs__(self)': ([self]) => new PyFloat(Math.hypot((self as PyComplex).real, (self as PyComplex).imag)),
});

const whole = (value: Value | undefined): number | bigint => integer(plain(value ?? null)) ?? 0;
const real = (value: Value | undefined): number => {
  const own = plain(value ?? null);
  return own instanceof PyFloat ? own.v : Number(own);
};

methods(INT, {
  'bit_length(self)': ([self]) => {
    const value = BigInt(whole(self));
    return value === 0n ? 0 : (value < 0n ? -value : value).toString(2).length;
  },
  'bit_count(self)': ([self]) => [...BigInt(whole(self)).toString(2)].filter((bit) => bit === '1').length,
  "to_bytes(self, length=1, byteorder='big', *, signed=False)": ([self, length, order, signed]) =>
    toBytes(BigInt(whole(self)), { length: Number(length), order: String(order), signed: signed === true }),
  'conjugate(self)': ([self]) => whole(self),
  'is_integer(self)': () => true,
  'as_integer_ratio(self)': ([self]) => new PyTuple([whole(self), 1]),
  '__index__(self)': ([self]) => whole(self),
  '__int__(self)': ([self]) => whole(self),
  '__trunc__(self)': ([self]) => whole(self),
  '__floor__(self)': ([self]) => whole(self),
  '__ceil__(self)': ([self]) => whole(self),
  '__float__(self)': ([self]) => new PyFloat(toFloat(whole(self))),
  '__bool__(self)': ([self]) => whole(self) !== 0,
  '__abs__(self)': ([self]) => {
    const value = whole(self);
    return value < 0 ? -value : value;
  },
  '__round__(self, ndigits=None)': ([self, digits]) => {
    if (digits === null || Number(digits) >= 0) return whole(self);
    const unit = 10n ** BigInt(-Number(digits));
    const value = BigInt(whole(self));
    const rest = ((value % unit) + unit) % unit;
    const floor = value - rest;
    const isUp = rest * 2n > unit || (rest * 2n === unit && (floor / unit) % 2n !== 0n);
    return normal(isUp ? floor + unit : floor);
  },
});
methodSteps(INT, {
  *'__format__(self, spec)'([self, spec], thread) {
    return yield* format(thread, plain(self as Value), String(spec));
  },
});

function toBytes(value: bigint, { length, order, signed }: { length: number; order: string; signed: boolean }): PyBytes {
  if (value < 0n && !signed) throw fail('OverflowError', "can't convert negative int to unsigned");
  const limit = 1n << BigInt(length * 8);
  if (signed ? value >= limit / 2n || value < -(limit / 2n) : value >= limit) throw fail('OverflowError', 'int too big to convert');
  let rest = value < 0n ? value + limit : value;
  const data = new Uint8Array(length);
  for (let at = length - 1; at >= 0; at -= 1) {
    data[at] = Number(rest & 255n);
    rest >>= 8n;
  }
  return new PyBytes(order === 'little' ? data.reverse() : data);
}

classMethods(INT, {
  "from_bytes(cls, bytes, byteorder='big', *, signed=False)": ([, bytes, order, signed]) => {
    const data = bytes instanceof PyBytes ? [...bytes.data] : [];
    if (order === 'little') data.reverse();
    let value = 0n;
    for (const byte of data) value = value * 256n + BigInt(byte);
    if (signed === true && data.length > 0 && (data[0] ?? 0) > 127) value -= 1n << BigInt(data.length * 8);
    return normal(value);
  },
});
members(INT, {
  real: (self) => whole(self),
  imag: () => 0,
  numerator: (self) => whole(self),
  denominator: () => 1,
});

methods(FLOAT, {
  'is_integer(self)': ([self]) => Number.isInteger(real(self)),
  'hex(self)': ([self]) => hexOf(real(self)),
  'conjugate(self)': ([self]) => new PyFloat(real(self)),
  'as_integer_ratio(self)': ([self]) => {
    const value = real(self);
    const [numerator, bits] = exactly(Math.abs(value));
    return new PyTuple([normal(value < 0 ? -numerator : numerator), normal(1n << bits)]);
  },
  '__abs__(self)': ([self]) => new PyFloat(Math.abs(real(self))),
  '__int__(self)': ([self]) => fromFloat(real(self)),
  '__trunc__(self)': ([self]) => fromFloat(real(self)),
  '__floor__(self)': ([self]) => fromFloat(Math.floor(real(self))),
  '__ceil__(self)': ([self]) => fromFloat(Math.ceil(real(self))),
  '__float__(self)': ([self]) => new PyFloat(real(self)),
  '__bool__(self)': ([self]) => real(self) !== 0,
  '__round__(self, ndigits=None)': ([self, digits]) => roundFloat(real(self), digits ?? null),
});

function roundFloat(value: number, digits: Value): Value {
  if (digits === null) return fromFloat(Number.isFinite(value) ? roundHalfEven(value) : value);
  const places = Number(digits);
  if (!Number.isFinite(value)) return new PyFloat(value);
  if (places >= 0) return new PyFloat(places > 300 ? value : Number(fixed(value, places)));
  const unit = 10 ** -places;
  return new PyFloat(roundHalfEven(value / unit) * unit);
}
methodSteps(FLOAT, {
  *'__format__(self, spec)'([self, spec], thread) {
    return yield* format(thread, plain(self as Value), String(spec));
  },
});
members(FLOAT, { real: (self) => new PyFloat(real(self)), imag: () => new PyFloat(0) });
classMethods(FLOAT, { 'fromhex(cls, text)': ([, text]) => new PyFloat(Number(text)) });

function hexOf(value: number): string {
  if (value === 0) return Object.is(value, -0) ? '-0x0.0p+0' : '0x0.0p+0';
  let [size, exponent] = [Math.abs(value), 0];
  while (size >= 2) [size, exponent] = [size / 2, exponent + 1];
  while (size < 1) [size, exponent] = [size * 2, exponent - 1];
  const digits = BigInt(Math.round((size - 1) * 2 ** 52))
    .toString(16)
    .padStart(13, '0');
  return `${value < 0 ? '-' : ''}0x1.${digits}p${exponent < 0 ? '' : '+'}${exponent}`;
}
