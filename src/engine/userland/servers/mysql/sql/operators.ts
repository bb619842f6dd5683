/** Operators: between values of whatever kinds, as MySQL takes them. */
import { add, type Decimal, isDecimal, multiply, negate, remainder, rescale } from '../../sql/decimal.ts';
import type { SqlType } from './ast.ts';
import type { Compiled } from './compile.ts';
import { notSupported, plain } from './errors.ts';
import type { FunctionContext } from './functions/index.ts';
import { isTemporal, isUnit, moved, parseMoment, parseTime, stepOf, type Temporal } from './temporal.ts';
import {
  BIGINT,
  categoryOf,
  DOUBLE,
  datetimeType,
  decimalType,
  isBinary,
  isNumber,
  precisionOf,
  scaleOf,
  TEXT,
  UNSIGNED,
} from './types.ts';
import {
  compareValues,
  isTrue,
  isWhollyNumber,
  type NotNull,
  type Numeric,
  toDecimal,
  toDouble,
  toInteger,
  toNumeric,
  toText,
  truth,
  type Value,
} from './values.ts';

type Pair = readonly [Compiled, Compiled];

const [LEAST, MOST] = [-(1n << 63n), (1n << 64n) - 1n];

/** A value as a number; a text that is none leaves a warning. */
function numeric(value: NotNull, context: FunctionContext): Numeric {
  if (typeof value === 'string' && !isWhollyNumber(value)) context.warn(1292, `Truncated incorrect DOUBLE value: '${value}'`);
  return toNumeric(value);
}

export function unary(op: string, of: Compiled, context: FunctionContext): Compiled {
  const { nullable } = of;
  const strict = (type: SqlType, run: (value: NotNull) => Value): Compiled => ({
    type,
    nullable,
    run: (env) => {
      const value = of.run(env);
      return value === null ? null : run(value);
    },
  });
  if (op === 'not') return strict(BIGINT, (value) => truth(!isTrue(value)));
  if (op === '~') return strict(UNSIGNED, (value) => BigInt.asUintN(64, ~toInteger(value)));
  if (op === '+') return of;
  return strict(isNumber(of.type) ? of.type : DOUBLE, (value) => {
    const number = numeric(value, context);
    return isDecimal(number) ? negate(number) : typeof number === 'bigint' ? -number : -number;
  });
}

/** Applied to two values that are both there; null otherwise. */
const strict = (type: SqlType, [left, right]: Pair, run: (a: NotNull, b: NotNull) => Value): Compiled => ({
  type,
  nullable: left.nullable || right.nullable,
  run: (env) => {
    const a = left.run(env);
    const b = right.run(env);
    return a === null || b === null ? null : run(a, b);
  },
});

const COMPARISONS: Readonly<Record<string, (order: number) => boolean>> = {
  '=': (order) => order === 0,
  '<>': (order) => order !== 0,
  '<': (order) => order < 0,
  '>': (order) => order > 0,
  '<=': (order) => order <= 0,
  '>=': (order) => order >= 0,
};

export function binary(op: string, pair: Pair, context: FunctionContext): Compiled {
  const compare = Object.hasOwn(COMPARISONS, op) ? COMPARISONS[op] : undefined;
  if (compare !== undefined) return comparison(compare, pair, context);
  switch (op) {
    case 'and':
    case 'or':
      return logical(op, pair);
    case 'xor':
      return strict(BIGINT, pair, (a, b) => truth(isTrue(a) !== isTrue(b)));
    case '<=>':
      return sameOrNull(pair);
    case 'like':
      return strict(BIGINT, pair, (text, pattern) => truth(likeRegExp(toText(pattern)).test(toText(text))));
    case 'regexp':
      return strict(BIGINT, pair, (text, pattern) => truth(regExp(toText(pattern)).test(toText(text))));
    case '/':
      return division(pair, context);
    case 'div':
      return wholeDivision(pair, context);
    case '&':
    case '|':
    case '^':
    case '<<':
    case '>>':
      return bits(op, pair);
    case '+':
    case '-':
    case '*':
    case '%':
      return arithmetic(op, pair, context);
    default:
      throw notSupported(`the operator ${op}`);
  }
}

/** A constant text beside a number is taken as a number once, not for each row. */
function asNumbers([left, right]: Pair, context: FunctionContext): Pair {
  const taken = (one: Compiled, other: Compiled): Compiled => {
    const { constant: value } = one;
    if (typeof value !== 'string' || !isNumber(other.type)) return one;
    const known = numeric(value, context);
    return { ...one, run: () => known };
  };
  return [taken(left, right), taken(right, left)];
}

function comparison(compare: (order: number) => boolean, given: Pair, context: FunctionContext): Compiled {
  const pair = asNumbers(given, context);
  const isExact = pair.some(({ type }) => isBinary(type));
  return strict(BIGINT, pair, (a, b) => {
    if (typeof a === 'string' && typeof b !== 'string' && !isTemporal(b)) numeric(a, context);
    if (typeof b === 'string' && typeof a !== 'string' && !isTemporal(a)) numeric(b, context);
    if (isExact && typeof a === 'string' && typeof b === 'string') return truth(compare(a < b ? -1 : a > b ? 1 : 0));
    return truth(compare(compareValues(a, b)));
  });
}

function sameOrNull([left, right]: Pair): Compiled {
  return {
    type: BIGINT,
    nullable: false,
    run: (env) => {
      const [a, b] = [left.run(env), right.run(env)];
      return truth(a === null || b === null ? a === b : compareValues(a, b) === 0);
    },
  };
}

function logical(op: 'and' | 'or', [left, right]: Pair): Compiled {
  const decides = op === 'or';
  return {
    type: BIGINT,
    nullable: left.nullable || right.nullable,
    run: (env) => {
      const a = left.run(env);
      if (a !== null && isTrue(a) === decides) return truth(decides);
      const b = right.run(env);
      if (b !== null && isTrue(b) === decides) return truth(decides);
      return a === null || b === null ? null : truth(!decides);
    },
  };
}

export function likeRegExp(pattern: string): RegExp {
  const source = pattern.replace(/\\([\s\S])|([%_])|([.*+?^${}()|[\]\\/-])/gu, (_, escaped?: string, wild?: string, special?: string) => {
    if (wild !== undefined) return wild === '%' ? '[\\s\\S]*' : '[\\s\\S]';
    const char = escaped ?? special ?? '';
    return /[\w\s]/.test(char) || char.codePointAt(0) === undefined || (char.codePointAt(0) ?? 0) > 127 ? char : `\\${char}`;
  });
  return new RegExp(`^${source.replaceAll('\\-', '-')}$`, 'iu');
}

export function regExp(pattern: string): RegExp {
  const source = pattern.replaceAll('[[:alpha:]]', '\\p{L}').replaceAll('[[:digit:]]', '\\d').replaceAll('[[:space:]]', '\\s');
  try {
    return new RegExp(source, 'iu');
  } catch {
    throw plain(3685, 'HY000', 'Illegal argument to a regular expression.');
  }
}

const BITWISE: Readonly<Record<string, (a: bigint, b: bigint) => bigint>> = {
  '&': (a, b) => a & b,
  '|': (a, b) => a | b,
  '^': (a, b) => a ^ b,
  '<<': (a, b) => (b > 63n ? 0n : a << b),
  '>>': (a, b) => (b > 63n ? 0n : a >> b),
};

function bits(op: string, pair: Pair): Compiled {
  const unsigned = (value: NotNull): bigint => BigInt.asUintN(64, toInteger(value));
  return strict(UNSIGNED, pair, (a, b) => BigInt.asUintN(64, BITWISE[op]?.(unsigned(a), unsigned(b)) ?? 0n));
}

/** What a sum, difference, product or rest of two types is. */
function resultOf(op: string, [left, right]: Pair): SqlType {
  const [a, b] = [left.type, right.type];
  const exact = (type: SqlType): boolean => ['integer', 'decimal'].includes(categoryOf(type));
  const temporal = (type: SqlType): boolean => ['date', 'datetime', 'time'].includes(categoryOf(type));
  if (!(exact(a) || temporal(a)) || !(exact(b) || temporal(b))) return DOUBLE;
  if (categoryOf(a) !== 'decimal' && categoryOf(b) !== 'decimal') return a.isUnsigned || b.isUnsigned ? UNSIGNED : BIGINT;
  const [x, y] = [scaleOf(a) ?? 0, scaleOf(b) ?? 0];
  if (op === '*') return decimalType(precisionOf(a) + precisionOf(b), x + y);
  const scale = Math.max(x, y);
  return decimalType(Math.max(precisionOf(a) - x, precisionOf(b) - y) + scale + 1, scale);
}

function arithmetic(op: '+' | '-' | '*' | '%', pair: Pair, context: FunctionContext): Compiled {
  const type = resultOf(op, pair);
  return strict(type, pair, (left, right) => {
    const [a, b] = [numeric(left, context), numeric(right, context)];
    if (op === '%' && !isTrue(b)) return byZero(context);
    if (typeof a === 'bigint' && typeof b === 'bigint') {
      const result = op === '+' ? a + b : op === '-' ? a - b : op === '*' ? a * b : a % b;
      if (result < (type.isUnsigned ? 0n : LEAST) || result > (type.isUnsigned ? MOST : MOST >> 1n))
        throw plain(1690, '22003', `BIGINT${type.isUnsigned ? ' UNSIGNED' : ''} value is out of range in '(${a} ${op} ${b})'`);
      return result;
    }
    if (typeof a !== 'number' && typeof b !== 'number') return exactly(op, toDecimal(a), toDecimal(b));
    const [x, y] = [toDouble(a), toDouble(b)];
    return op === '+' ? x + y : op === '-' ? x - y : op === '*' ? x * y : x % y;
  });
}

function exactly(op: '+' | '-' | '*' | '%', a: Decimal, b: Decimal): Decimal {
  switch (op) {
    case '+':
      return add(a, b);
    case '-':
      return add(a, negate(b));
    case '*':
      return multiply(a, b);
    case '%':
      return remainder(a, b);
  }
}

function byZero(context: FunctionContext): null {
  if (context.isOn('ERROR_FOR_DIVISION_BY_ZERO')) context.warn(1365, 'Division by 0');
  return null;
}

/** Digits that a division adds behind the point. */
const MORE_DIGITS = 4;

/** Exact division, with four digits more than the dividend has. */
export function divided(a: Decimal, b: Decimal, scale = a.scale + MORE_DIGITS): Decimal {
  const shift = scale + b.scale - a.scale + 1;
  return rescale({ digits: (a.digits * 10n ** BigInt(shift)) / b.digits, scale: scale + 1 }, scale);
}

function division(pair: Pair, context: FunctionContext): Compiled {
  const isExact = pair.every(({ type }) => ['integer', 'decimal'].includes(categoryOf(type)));
  const scale = (scaleOf(pair[0].type) ?? 0) + MORE_DIGITS;
  const done = strict(isExact ? decimalType(precisionOf(pair[0].type) + MORE_DIGITS, scale) : DOUBLE, pair, (left, right) => {
    const [a, b] = [numeric(left, context), numeric(right, context)];
    if (!isTrue(b)) return byZero(context);
    return typeof a !== 'number' && typeof b !== 'number' && isExact ? divided(toDecimal(a), toDecimal(b)) : toDouble(a) / toDouble(b);
  });
  return { ...done, nullable: true };
}

function wholeDivision(pair: Pair, context: FunctionContext): Compiled {
  const done = strict(BIGINT, pair, (left, right) => {
    const [a, b] = [toDecimal(numeric(left, context)), toDecimal(numeric(right, context))];
    if (b.digits === 0n) return byZero(context);
    const scale = Math.max(a.scale, b.scale);
    return rescale(a, scale).digits / rescale(b, scale).digits;
  });
  return { ...done, nullable: true };
}

/** A date or time plus or minus an interval. */
export function shifted(of: Compiled, count: Compiled, { unit, sign }: { readonly unit: string; readonly sign: 1 | -1 }): Compiled {
  if (!isUnit(unit)) throw notSupported(`INTERVAL ... ${unit.toUpperCase()}`);
  const category = categoryOf(of.type);
  const isText = !['date', 'datetime', 'time'].includes(category);
  const hasClock = /second|minute|hour/.test(unit);
  const type = isText ? TEXT : category === 'date' && hasClock ? datetimeType(0) : of.type;
  return {
    type,
    nullable: true,
    run: (env) => {
      const [value, by] = [of.run(env), count.run(env)];
      if (value === null || by === null) return null;
      const from: Temporal | null = isTemporal(value) ? value : (parseMoment(toText(value)) ?? parseTime(toText(value)));
      if (from === null) return null;
      const step = stepOf(toText(by), unit);
      const after = moved(from, { months: step.months * sign, us: step.us * sign }, unit);
      return after !== null && isText ? toText(after) : after;
    },
  };
}
