/** Functions of many values: COUNT, SUM and their like. */
import { add, type Decimal, decimalOf } from '../../sql/decimal.ts';
import type { SqlType } from './ast.ts';
import { jsonText, parsedJson } from './json.ts';
import { divided } from './operators.ts';
import { BIGINT, categoryOf, DOUBLE, decimalType, JSON_TYPE, LONG_TEXT, precisionOf, scaleOf } from './types.ts';
import { compareValues, type NotNull, toDecimal, toDouble, toInteger, toText, type Value } from './values.ts';

interface Over {
  readonly type: SqlType;
  readonly separator: string;
}
export interface Aggregate {
  readonly result: (of: SqlType) => SqlType;
  readonly nullable: boolean;
  /** Of all values that are not null, in order. */
  run(values: readonly NotNull[], over: Over): Value;
}

const isExact = (of: SqlType): boolean => ['integer', 'decimal'].includes(categoryOf(of));
const total = (values: readonly NotNull[]): Decimal =>
  values.reduce<Decimal>((sum, value) => add(sum, toDecimal(value)), { digits: 0n, scale: 0 });
const floating = (values: readonly NotNull[]): number => values.reduce<number>((sum, value) => sum + toDouble(value), 0);
const best = (sign: 1 | -1): Aggregate => ({
  result: (of) => of,
  nullable: true,
  run: (values) => (values.length === 0 ? null : values.reduce((a, b) => (compareValues(a, b) * sign >= 0 ? a : b))),
});
const ALL_BITS = (1n << 64n) - 1n;
const bitwise = (from: bigint, join: (a: bigint, b: bigint) => bigint): Aggregate => ({
  result: () => ({ ...BIGINT, isUnsigned: true }),
  nullable: false,
  run: (values) => values.reduce<bigint>((all, value) => join(all, toInteger(value)), from),
});
const variance = (less: 0 | 1, finish: (value: number) => number): Aggregate => ({
  result: () => DOUBLE,
  nullable: true,
  run: (values) => {
    const count = values.length - less;
    if (count <= 0) return null;
    const mean = floating(values) / values.length;
    return finish(values.reduce<number>((sum, value) => sum + (toDouble(value) - mean) ** 2, 0) / count);
  },
});

export const AGGREGATES: Readonly<Record<string, Aggregate>> = {
  count: { result: () => BIGINT, nullable: false, run: (values) => BigInt(values.length) },
  sum: {
    result: (of) => (isExact(of) ? decimalType(precisionOf(of) + 22, scaleOf(of) ?? 0) : DOUBLE),
    nullable: true,
    run: (values, { type }) => (values.length === 0 ? null : isExact(type) ? total(values) : floating(values)),
  },
  avg: {
    result: (of) => (isExact(of) ? decimalType(precisionOf(of) + 4, (scaleOf(of) ?? 0) + 4) : DOUBLE),
    nullable: true,
    run: (values, { type }) => {
      if (values.length === 0) return null;
      if (!isExact(type)) return floating(values) / values.length;
      const sum = total(values);
      return divided(sum, decimalOf(values.length), (scaleOf(type) ?? sum.scale) + 4);
    },
  },
  min: best(-1),
  max: best(1),
  any_value: { result: (of) => of, nullable: true, run: ([first = null]) => first },
  group_concat: {
    result: () => LONG_TEXT,
    nullable: true,
    run: (values, { separator }) => (values.length === 0 ? null : values.map(toText).join(separator)),
  },
  bit_and: bitwise(ALL_BITS, (a, b) => a & b),
  bit_or: bitwise(0n, (a, b) => a | b),
  std: variance(0, Math.sqrt),
  stddev: variance(0, Math.sqrt),
  stddev_pop: variance(0, Math.sqrt),
  stddev_samp: variance(1, Math.sqrt),
  variance: variance(0, (value) => value),
  var_pop: variance(0, (value) => value),
  var_samp: variance(1, (value) => value),
  json_arrayagg: {
    result: () => JSON_TYPE,
    nullable: true,
    run: (values, { type }) => {
      if (values.length === 0) return null;
      return jsonText(
        values.map((value) =>
          type.base === 'json' ? parsedJson(toText(value)) : isExact(type) || type.base === 'double' ? toDouble(value) : toText(value),
        ),
      );
    },
  },
};
