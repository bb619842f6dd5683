/** Functions of many values: COUNT, SUM and their like. */
import { add, type Decimal, decimalOf, divide, isDecimal } from './decimal.ts';
import {
  asDecimal,
  asNumber,
  BIGINT,
  BOOLEAN,
  compareValues,
  DOUBLE,
  isFloat,
  isInteger,
  NUMERIC,
  outputText,
  type SqlType,
  TEXT,
  type Value,
} from './types.ts';

type NotNull = Exclude<Value, null>;

export interface Aggregate {
  readonly result: (of: SqlType) => SqlType;
  /** Of all values that are not null, in order; `more` are the further arguments of the first row. */
  run(values: readonly NotNull[], of: SqlType, more: readonly Value[]): Value;
}

const decimalSum = (values: readonly NotNull[]): Decimal =>
  values.reduce<Decimal>((total, value) => add(total, asDecimal(value)), { digits: 0n, scale: 0 });
const floatSum = (values: readonly NotNull[]): number => values.reduce<number>((total, value) => total + asNumber(value), 0);
const best = (sign: 1 | -1): Aggregate => ({
  result: (of) => of,
  run: (values) => (values.length === 0 ? null : values.reduce((a, b) => (compareValues(a, b) * sign >= 0 ? a : b))),
});
const joined = (fallback: string): Aggregate => ({
  result: () => TEXT,
  run: (values, of, [separator = fallback]) =>
    values.length === 0 ? null : values.map((value) => outputText(value, of)).join(String(separator)),
});

export const AGGREGATES: Readonly<Record<string, Aggregate>> = {
  count: { result: () => BIGINT, run: (values) => values.length },
  sum: {
    result: (of) => (isFloat(of) ? of : of.name === 'bigint' || of.name === 'numeric' ? NUMERIC : isInteger(of) ? BIGINT : of),
    run: (values, of) => {
      if (values.length === 0) return null;
      if (isFloat(of)) return floatSum(values);
      const total = decimalSum(values);
      return of.name === 'numeric' || of.name === 'bigint' || values.some(isDecimal) ? total : Number(total.digits);
    },
  },
  avg: {
    result: (of) => (isFloat(of) ? DOUBLE : NUMERIC),
    run: (values, of) => {
      if (values.length === 0) return null;
      return isFloat(of) ? floatSum(values) / values.length : divide(decimalSum(values), decimalOf(values.length));
    },
  },
  min: best(-1),
  max: best(1),
  string_agg: joined(''),
  group_concat: joined(','),
  bool_and: { result: () => BOOLEAN, run: (values) => (values.length === 0 ? null : values.every(Boolean)) },
  every: { result: () => BOOLEAN, run: (values) => (values.length === 0 ? null : values.every(Boolean)) },
  bool_or: { result: () => BOOLEAN, run: (values) => (values.length === 0 ? null : values.some(Boolean)) },
};
