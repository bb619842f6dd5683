/** Functions of numbers. */
import { type Decimal, isDecimal, negate, rescale } from '../../../sql/decimal.ts';
import type { SqlType } from '../ast.ts';
import { BIGINT, categoryOf, commonType, DOUBLE, decimalType, NULL_TYPE, precisionOf, scaleOf, TEXT } from '../types.ts';
import { compareValues, type NotNull, toDecimal, toDouble, toInteger, toNumeric, toText, truth, type Value } from '../values.ts';
import type { SqlFunction } from './types.ts';

const number = (value: Value | undefined): number => (value === null || value === undefined ? 0 : toDouble(value));
const isExact = (of: SqlType | undefined): boolean => of !== undefined && ['integer', 'decimal'].includes(categoryOf(of));
const finite = (value: number): Value => (Number.isFinite(value) ? value : null);
const onNumber = (run: (value: number) => number): SqlFunction => ({
  counts: [1, 1],
  result: DOUBLE,
  nullable: true,
  run: ([value]) => finite(run(number(value))),
});
const same = ([of = DOUBLE]: readonly SqlType[]): SqlType => (isExact(of) ? of : DOUBLE);

const floorOf = ({ digits, scale }: Decimal): bigint => {
  const unit = 10n ** BigInt(scale);
  const whole = digits / unit;
  return digits < 0n && whole * unit !== digits ? whole - 1n : whole;
};
const rounding = (exact: (value: Decimal) => bigint, double: (value: number) => number): SqlFunction => ({
  counts: [1, 1],
  result: ([of]) => (isExact(of) ? BIGINT : DOUBLE),
  run: ([value = null], { types: [of] }) => (isExact(of) ? exact(toDecimal(value ?? 0n)) : double(number(value))),
});
const CEILING = rounding((value) => -floorOf(negate(value)), Math.ceil);

function roundedTo(value: NotNull, places: number, cut: boolean): Value {
  const numeric = toNumeric(value);
  if (typeof numeric === 'number') {
    const unit = 10 ** places;
    const scaled = Math.abs(numeric) * unit;
    const nearest = cut ? Math.floor(scaled) : Math.floor(scaled) + (scaled - Math.floor(scaled) >= 0.5 ? 1 : 0);
    return (Math.sign(numeric) * nearest) / unit;
  }
  const decimal = toDecimal(numeric);
  if (places >= decimal.scale) return isDecimal(numeric) ? decimal : numeric;
  if (!cut) {
    const done = rescale(decimal, places);
    return isDecimal(numeric) && places > 0 ? done : rescale(done, 0).digits;
  }
  const unit = 10n ** BigInt(decimal.scale - places);
  const digits = (decimal.digits / unit) * unit;
  return places > 0 ? rescale({ digits, scale: decimal.scale }, places) : digits / 10n ** BigInt(decimal.scale);
}

const roundType = ([of = DOUBLE]: readonly SqlType[]): SqlType =>
  categoryOf(of) === 'decimal' ? decimalType(precisionOf(of), scaleOf(of) ?? 0) : same([of]);
const extreme = (sign: 1 | -1): SqlFunction => ({
  counts: [2, 1000],
  result: (types) => types.reduce(commonType, NULL_TYPE),
  run: (values) => {
    const given = values.filter((value): value is NotNull => value !== null);
    return given.reduce((a, b) => (compareValues(a, b) * sign >= 0 ? a : b));
  },
});
const POWER: SqlFunction = { counts: [2, 2], result: DOUBLE, run: ([a, b]) => finite(number(a) ** number(b)) };
const SIGN: SqlFunction = { counts: [1, 1], result: BIGINT, run: ([value]) => BigInt(Math.sign(number(value))) };

function conv(text: string, from: number, to: number): string | null {
  if (from < 2 || from > 36 || Math.abs(to) < 2 || Math.abs(to) > 36) return null;
  const value = Number.parseInt(text, from);
  return BigInt(Number.isNaN(value) ? 0 : value)
    .toString(Math.abs(to))
    .toUpperCase();
}

export const NUMBER_FUNCTIONS: Readonly<Record<string, SqlFunction>> = {
  between: {
    counts: [3, 3],
    result: BIGINT,
    run: ([value = null, low = null, high = null]) =>
      value === null || low === null || high === null ? null : truth(compareValues(value, low) >= 0 && compareValues(value, high) <= 0),
  },
  abs: {
    counts: [1, 1],
    result: same,
    run: ([value = null]) => {
      const numeric = toNumeric(value ?? 0n);
      if (isDecimal(numeric)) return numeric.digits < 0n ? negate(numeric) : numeric;
      return typeof numeric === 'bigint' ? (numeric < 0n ? -numeric : numeric) : Math.abs(numeric);
    },
  },
  floor: rounding(floorOf, Math.floor),
  ceil: CEILING,
  ceiling: CEILING,
  round: { counts: [1, 2], result: roundType, run: ([value = null, places = 0n]) => roundedTo(value ?? 0n, number(places), false) },
  truncate: { counts: [2, 2], result: roundType, run: ([value = null, places = 0n]) => roundedTo(value ?? 0n, number(places), true) },
  sign: SIGN,
  mod: {
    counts: [2, 2],
    result: same,
    nullable: true,
    run: ([a = null, b = null]) => {
      const [x, y] = [toNumeric(a ?? 0n), toNumeric(b ?? 0n)];
      if (toDouble(y) === 0) return null;
      if (typeof x === 'bigint' && typeof y === 'bigint') return x % y;
      return toDouble(x) % toDouble(y);
    },
  },
  pow: POWER,
  power: POWER,
  sqrt: onNumber((value) => Math.sqrt(value)),
  exp: onNumber(Math.exp),
  ln: onNumber(Math.log),
  log: {
    counts: [1, 2],
    result: DOUBLE,
    nullable: true,
    run: ([a, b]) => finite(b === undefined ? Math.log(number(a)) : Math.log(number(b)) / Math.log(number(a))),
  },
  log2: onNumber(Math.log2),
  log10: onNumber(Math.log10),
  sin: onNumber(Math.sin),
  cos: onNumber(Math.cos),
  tan: onNumber(Math.tan),
  pi: { counts: [0, 0], result: { base: 'double', args: [8, 6] }, run: () => Number(Math.PI.toFixed(6)) },
  greatest: extreme(1),
  least: extreme(-1),
  rand: { counts: [0, 1], result: DOUBLE, nullable: false, run: (_values, { context }) => context.random() },
  isnull: { counts: [1, 1], result: BIGINT, takesNulls: true, nullable: false, run: ([value]) => truth(value === null) },
  bin: { counts: [1, 1], result: TEXT, run: ([value = null]) => BigInt.asUintN(64, toInteger(value ?? 0n)).toString(2) },
  oct: { counts: [1, 1], result: TEXT, run: ([value = null]) => BigInt.asUintN(64, toInteger(value ?? 0n)).toString(8) },
  conv: {
    counts: [3, 3],
    result: TEXT,
    nullable: true,
    run: ([value = null, from, to]) => conv(toText(value ?? ''), number(from), number(to)),
  },
  bit_count: {
    counts: [1, 1],
    result: BIGINT,
    run: ([value = null]) =>
      BigInt(
        BigInt.asUintN(64, toInteger(value ?? 0n))
          .toString(2)
          .replaceAll('0', '').length,
      ),
  },
};
