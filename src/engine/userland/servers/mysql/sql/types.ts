/** Types: which of two a result has, and by which number the protocol names one. */
import type { SqlType } from './ast.ts';

const type = (base: string, ...args: readonly number[]): SqlType => ({ base, args });
export const INT: SqlType = type('int');
export const BIGINT: SqlType = type('bigint');
export const UNSIGNED: SqlType = { ...BIGINT, isUnsigned: true };
export const DOUBLE: SqlType = type('double');
export const TEXT: SqlType = type('varchar', 255);
export const LONG_TEXT: SqlType = type('longtext');
export const DATE: SqlType = type('date');
export const JSON_TYPE: SqlType = type('json');
export const NULL_TYPE: SqlType = type('null');
export const decimalType = (precision: number, scale: number): SqlType => type('decimal', precision, scale);
export const datetimeType = (places: number): SqlType => (places === 0 ? type('datetime') : type('datetime', places));
export const timeType = (places: number): SqlType => (places === 0 ? type('time') : type('time', places));

export type Category = 'integer' | 'decimal' | 'double' | 'text' | 'date' | 'datetime' | 'time' | 'json' | 'null';
const INTEGERS = ['tinyint', 'smallint', 'mediumint', 'int', 'bigint', 'year', 'bit'];
const TEXTS = [
  'char',
  'varchar',
  'binary',
  'varbinary',
  'tinytext',
  'text',
  'mediumtext',
  'longtext',
  'tinyblob',
  'blob',
  'mediumblob',
  'longblob',
  'enum',
  'set',
];

export function categoryOf({ base }: SqlType): Category {
  if (INTEGERS.includes(base)) return 'integer';
  if (TEXTS.includes(base)) return 'text';
  if (base === 'float' || base === 'double') return 'double';
  if (base === 'timestamp') return 'datetime';
  return base as Category;
}

export const isNumber = (of: SqlType): boolean => ['integer', 'decimal', 'double'].includes(categoryOf(of));
/** Digits behind the point that values of the type have; undefined where it is not fixed. */
export const scaleOf = (of: SqlType): number | undefined => {
  const category = categoryOf(of);
  return category === 'integer' ? 0 : category === 'decimal' ? of.args[1] : undefined;
};

const DIGITS: Readonly<Record<string, number>> = { tinyint: 3, smallint: 5, mediumint: 7, int: 10, bigint: 19, year: 4 };
export const precisionOf = (of: SqlType): number => (categoryOf(of) === 'decimal' ? (of.args[0] ?? 10) : (DIGITS[of.base] ?? 19));

/** The type that both can be brought to: of CASE, IF, COALESCE and UNION. */
export function commonType(a: SqlType, b: SqlType): SqlType {
  const [x, y] = [categoryOf(a), categoryOf(b)];
  if (x === 'null') return b;
  if (y === 'null') return a;
  if (x === y) {
    if (x === 'decimal') {
      const scale = Math.max(a.args[1] ?? 0, b.args[1] ?? 0);
      return decimalType(Math.max(precisionOf(a) - (a.args[1] ?? 0), precisionOf(b) - (b.args[1] ?? 0)) + scale, scale);
    }
    if (x === 'integer') return a.base === b.base ? a : BIGINT;
    return a.base === b.base && a.args.join() === b.args.join() ? a : x === 'text' ? TEXT : a;
  }
  if (isNumber(a) && isNumber(b)) {
    if (x === 'double' || y === 'double') return DOUBLE;
    return x === 'decimal' ? a : b;
  }
  const moments = ['date', 'datetime', 'time'];
  if (moments.includes(x) && moments.includes(y)) return datetimeType(0);
  return TEXT;
}

const CODES: Readonly<Record<string, number>> = {
  tinyint: 1,
  smallint: 2,
  int: 3,
  float: 4,
  double: 5,
  null: 6,
  timestamp: 7,
  bigint: 8,
  mediumint: 9,
  date: 10,
  time: 11,
  datetime: 12,
  year: 13,
  bit: 16,
  json: 245,
  decimal: 246,
  enum: 254,
  set: 254,
  char: 254,
  binary: 254,
  varchar: 253,
  varbinary: 253,
};
const BLOB_CODE = 252;
export const codeOf = ({ base }: SqlType): number => CODES[base] ?? BLOB_CODE;
/** Types whose values stand at the right in a table. */
export const isNumericCode = (code: number): boolean => (code <= 9 && code !== 7) || code === 13 || code === 246;
export const isBinary = ({ base }: SqlType): boolean => /binary|blob|^bit$/.test(base);
