/** A value made into one that a column can hold, and what is wrong with it if it cannot. */
import { compareDecimals, type Decimal, decimalText, isDecimal, parseDecimal, rescale } from '../../sql/decimal.ts';
import type { SqlType } from './ast.ts';
import { badMoment, badValue, type MysqlError, outOfRange, plain, tooLong, truncated } from './errors.ts';
import { normalJson } from './json.ts';
import { dateOf, isTemporal, parseMoment, parseTime, rounded, type Temporal } from './temporal.ts';
import { isWhollyNumber, type NotNull, toDecimal, toDouble, toInteger, toText, type Value } from './values.ts';

export interface Stored {
  readonly value: Value;
  /** In strict mode the statement is refused with it, otherwise it is a warning. */
  readonly problem?: MysqlError;
  /** What is only remarked upon. */
  readonly note?: MysqlError;
}
export interface Place {
  readonly column: string;
  readonly row: number;
}

const BITS: Readonly<Record<string, bigint>> = { tinyint: 8n, smallint: 16n, mediumint: 24n, int: 32n, bigint: 64n };

function limits({ base, isUnsigned }: SqlType): readonly [bigint, bigint] {
  const bits = BITS[base] ?? 64n;
  return isUnsigned ? [0n, (1n << bits) - 1n] : [-(1n << (bits - 1n)), (1n << (bits - 1n)) - 1n];
}

/** What is wrong with a text that is to be a number. */
function numberProblem(value: NotNull, kind: string, place: Place): MysqlError | undefined {
  if (typeof value !== 'string' || isWhollyNumber(value)) return undefined;
  return /^\s*[+-]?\d/.test(value) ? truncated(place.column, place.row) : badValue(kind, value, place);
}

const withProblem = (value: Value, problem: MysqlError | undefined): Stored => (problem === undefined ? { value } : { value, problem });

function integer(value: NotNull, type: SqlType, place: Place): Stored {
  const whole = toInteger(value);
  const [low, high] = limits(type);
  if (whole < low || whole > high) return { value: whole < low ? low : high, problem: outOfRange(place.column, place.row) };
  return withProblem(whole, numberProblem(value, 'integer', place));
}

function decimal(value: NotNull, { args: [precision = 10, scale = 0], isUnsigned }: SqlType, place: Place): Stored {
  const fitted: Decimal = rescale(toDecimal(value), scale);
  const size = fitted.digits < 0n ? -fitted.digits : fitted.digits;
  if (String(size).length > precision || (isUnsigned && fitted.digits < 0n)) {
    const most = 10n ** BigInt(precision) - 1n;
    const clipped = isUnsigned && fitted.digits < 0n ? 0n : fitted.digits < 0n ? -most : most;
    return { value: { digits: clipped, scale }, problem: outOfRange(place.column, place.row) };
  }
  const problem = numberProblem(value, 'decimal', place);
  const isCut = typeof value !== 'number' && compareDecimals(fitted, toDecimal(value)) !== 0;
  return problem === undefined && isCut ? { value: fitted, note: truncated(place.column, place.row) } : withProblem(fitted, problem);
}

const TEXT_BYTES: Readonly<Record<string, number>> = {
  tinytext: 255,
  tinyblob: 255,
  text: 65_535,
  blob: 65_535,
  mediumtext: 16_777_215,
  mediumblob: 16_777_215,
};

function text(value: NotNull, { base, args }: SqlType, place: Place): Stored {
  const shown = toText(value);
  const letters = [...shown];
  const most =
    base === 'char' || base === 'varchar' || base === 'binary' || base === 'varbinary' ? (args[0] ?? 1) : (TEXT_BYTES[base] ?? Infinity);
  const fitting = base === 'char' ? shown.replace(/ +$/, '') : shown;
  if (letters.length <= most) return { value: fitting };
  const cut = letters.slice(0, most).join('');
  return letters.slice(most).join('').trim() === '' ? { value: cut } : { value: cut, problem: tooLong(place.column, place.row) };
}

function choice(value: NotNull, { base, values = [] }: SqlType, place: Place): Stored {
  const find = (word: string): string | undefined => values.find((one) => one.toLowerCase() === word.trimEnd().toLowerCase());
  if (base === 'set') {
    const words = toText(value)
      .split(',')
      .filter((word) => word !== '');
    const found = values.filter((one) => words.some((word) => word.toLowerCase() === one.toLowerCase()));
    return withProblem(found.join(','), words.every((word) => find(word) !== undefined) ? undefined : truncated(place.column, place.row));
  }
  const found = typeof value === 'string' ? find(value) : values[Number(toInteger(value)) - 1];
  return found === undefined ? { value: '', problem: truncated(place.column, place.row) } : { value: found };
}

function moment(value: NotNull, type: SqlType, place: Place): Stored {
  const isDate = type.base === 'date';
  const found = isTemporal(value) ? (value.temporal === 'time' ? null : value) : parseMoment(toText(value));
  if (found === null) return { value: null, problem: badMoment(isDate ? 'date' : 'datetime', toText(value), place) };
  if (isDate) return { value: dateOf(found.us) };
  return { value: rounded({ ...found, temporal: 'datetime' }, type.args[0] ?? 0) };
}

function time(value: NotNull, type: SqlType, place: Place): Stored {
  const inDay = (one: Temporal): Temporal => (one.temporal === 'time' ? one : { ...one, temporal: 'time', us: one.us - dateOf(one.us).us });
  const found = isTemporal(value) ? inDay(value) : parseTime(toText(value));
  if (found === null) return { value: null, problem: badMoment('time', toText(value), place) };
  return { value: rounded(found, type.args[0] ?? 0) };
}

function double(value: NotNull, type: SqlType, place: Place): Stored {
  const exact = toDouble(value);
  const places = type.args[1];
  const shown = type.base === 'float' ? Number(exact.toPrecision(6)) : exact;
  const fitted = places === undefined ? shown : Number(exact.toFixed(places));
  if (type.isUnsigned && fitted < 0) return { value: 0, problem: outOfRange(place.column, place.row) };
  return withProblem(fitted, numberProblem(value, type.base, place));
}

/** The value as a column of this type holds it. */
export function stored(value: Value, type: SqlType, place: Place): Stored {
  if (value === null) return { value: null };
  switch (type.base) {
    case 'tinyint':
    case 'smallint':
    case 'mediumint':
    case 'int':
    case 'bigint':
    case 'year':
    case 'bit':
      return integer(value, type.base === 'year' ? { base: 'smallint', args: [] } : type, place);
    case 'decimal':
      return decimal(value, type, place);
    case 'float':
    case 'double':
      return double(value, type, place);
    case 'date':
    case 'datetime':
    case 'timestamp':
      return moment(value, type, place);
    case 'time':
      return time(value, type, place);
    case 'enum':
    case 'set':
      return choice(value, type, place);
    case 'json': {
      const parsed = normalJson(toText(value));
      if (parsed !== null) return { value: parsed };
      throw plain(3140, '22032', `Invalid JSON text: "Invalid value." at position 0 in value for column '${place.column}'.`);
    }
    default:
      return text(value, type, place);
  }
}

/** CAST: never refuses. */
export function cast(value: Value, type: SqlType): Value {
  if (value === null) return null;
  if (type.base === 'bigint' && !isDecimal(value) && typeof value === 'string') {
    const whole = /^\s*[+-]?\d+/.exec(value)?.[0];
    const parsed = BigInt(whole?.trim().replace(/^\+/, '') ?? '0');
    return type.isUnsigned ? BigInt.asUintN(64, parsed) : parsed;
  }
  if (type.base === 'bigint' && type.isUnsigned) return BigInt.asUintN(64, toInteger(value));
  if (type.base === 'char' || type.base === 'binary') {
    const shown = toText(value);
    return type.args[0] === undefined || type.args[0] === 1 ? shown : [...shown].slice(0, type.args[0]).join('');
  }
  return stored(value, type, { column: '', row: 1 }).value;
}

/** A kept text as a value of the type. */
export function restored(kept: string | null, type: SqlType): Value {
  if (kept === null) return null;
  if (type.base === 'decimal') return parseDecimal(kept);
  if (type.base === 'float' || type.base === 'double') return Number(kept);
  if (type.base === 'json') return kept;
  return stored(
    kept,
    { ...type, args: ['char', 'varchar', 'binary', 'varbinary'].includes(type.base) ? [Infinity] : type.args },
    { column: '', row: 1 },
  ).value;
}

/** A value as it stands in a result or a file. */
export function shownAs(value: NotNull, type: SqlType): string {
  const shown = isDecimal(value) ? decimalText(value) : toText(value);
  if (type.base === 'float' && typeof value === 'number') return toText(Number(value.toPrecision(6)));
  return type.isZerofill ? shown.padStart(type.args[0] ?? 0, '0') : shown;
}
