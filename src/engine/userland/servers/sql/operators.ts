/** Operators: which types they take, and what they do with nulls. */
import type { Compiled, Context } from './compile.ts';
import { isInterval, moved, NO_TIME, scaled, sum, US_PER_DAY } from './datetime.ts';
import { add, divide, isDecimal, multiply, negate, remainder } from './decimal.ts';
import { divisionByZero, notSupported, SqlError } from './errors.ts';
import {
  asDecimal,
  asNumber,
  BOOLEAN,
  categoryOf,
  commonType,
  compareValues,
  convert,
  DATE,
  DOUBLE,
  fitInteger,
  INTEGER,
  INTERVAL,
  isFloat,
  isInteger,
  isMoment,
  NUMERIC,
  outputText,
  type SqlType,
  TEXT,
  TIMESTAMP,
  typeText,
  type Value,
} from './types.ts';

interface Place {
  readonly context: Context;
  readonly at: number;
}

type NotNull = Exclude<Value, null>;

export const operatorError = (op: string, types: readonly SqlType[], at: number): SqlError =>
  new SqlError('42883', `operator does not exist: ${types.length === 1 ? `${op} ` : ''}${types.map(typeText).join(` ${op} `)}`, {
    at,
    hint: 'No operator matches the given name and argument types. You might need to add explicit type casts.',
  });

const brought = (compiled: Compiled, to: SqlType, { nowUs }: Context): Compiled => ({
  type: to,
  run: (env) => convert(compiled.run(env), compiled.type, to, { nowUs }),
});

export function unary(op: string, of: Compiled, { context, at }: Place): Compiled {
  if (op === 'not') {
    const ready = of.type.name === 'unknown' ? brought(of, BOOLEAN, context) : of;
    if (ready.type.name !== 'boolean')
      throw new SqlError('42804', `argument of NOT must be type boolean, not type ${typeText(of.type)}`, { at });
    return {
      type: BOOLEAN,
      run: (env) => {
        const value = ready.run(env);
        return value === null ? null : value !== true;
      },
    };
  }
  const ready = of.type.name === 'unknown' ? brought(of, DOUBLE, context) : of;
  if (categoryOf(ready.type) !== 'number' && ready.type.name !== 'interval') throw operatorError(op, [of.type], at);
  if (op === '+') return ready;
  return {
    type: ready.type,
    run: (env) => {
      const value = ready.run(env);
      if (value === null) return null;
      if (isDecimal(value)) return negate(value);
      if (isInterval(value)) return scaled(value, -1);
      return value === 0 ? 0 : -Number(value);
    },
  };
}

/** Applied to two values that are both there; null otherwise. */
const strict = (type: SqlType, [left, right]: readonly [Compiled, Compiled], run: (a: NotNull, b: NotNull) => Value): Compiled => ({
  type,
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

type Pair = readonly [Compiled, Compiled];

export function binary(op: string, pair: Pair, place: Place): Compiled {
  if (op === 'and' || op === 'or') return logical(op, pair, place);
  if (Object.hasOwn(COMPARISONS, op) || op.includes('distinct')) return comparison(op, pair, place);
  if (op === '||') return concatenation(pair, place);
  if (['like', 'ilike', '~', '~*', '!~', '!~*', 'regexp'].includes(op)) return matching(op, pair, place);
  if (op === '->' || op === '->>') return member(op, pair, place);
  if (['+', '-', '*', '/', '%', '^'].includes(op)) return arithmetic(op, pair, place);
  throw notSupported(`the operator ${op}`, place.at);
}

function logical(op: 'and' | 'or', pair: Pair, { context, at }: Place): Compiled {
  const [left, right] = pair.map((one) => {
    if (one.type.name === 'unknown') return brought(one, BOOLEAN, context);
    if (one.type.name !== 'boolean')
      throw new SqlError('42804', `argument of ${op.toUpperCase()} must be type boolean, not type ${typeText(one.type)}`, { at });
    return one;
  });
  const decides = op === 'or';
  return {
    type: BOOLEAN,
    run: (env) => {
      const a = left?.run(env) ?? null;
      if (a === decides) return decides;
      const b = right?.run(env) ?? null;
      if (b === decides) return decides;
      return a === null || b === null ? null : !decides;
    },
  };
}

function comparison(op: string, [left, right]: Pair, { context, at }: Place): Compiled {
  const common = commonType(left.type, right.type);
  if (common === null) throw operatorError(op, [left.type, right.type], at);
  const type = common.name === 'unknown' || categoryOf(common) === 'text' ? TEXT : { ...common, arguments: [] };
  const trimmed = (one: Compiled): Compiled => {
    const ready = brought(one, type, context);
    if (one.type.name !== 'character') return ready;
    return { type, run: (env) => ready.run(env)?.toString().trimEnd() ?? null };
  };
  const pair: Pair = [trimmed(left), trimmed(right)];
  const test = COMPARISONS[op];
  if (test !== undefined) return strict(BOOLEAN, pair, (a, b) => test(compareValues(a, b)));
  const differs = op === 'is distinct';
  return {
    type: BOOLEAN,
    run: (env) => {
      const [a, b] = [pair[0].run(env), pair[1].run(env)];
      const same = a === null || b === null ? a === b : compareValues(a, b) === 0;
      return same !== differs;
    },
  };
}

function concatenation([left, right]: Pair, { at }: Place): Compiled {
  const isText = [left, right].some(({ type }) => ['text', 'unknown'].includes(categoryOf(type)));
  if (!isText) throw operatorError('||', [left.type, right.type], at);
  const shown = (value: NotNull, { type }: Compiled): string => (typeof value === 'boolean' ? String(value) : outputText(value, type));
  return strict(TEXT, [left, right], (a, b) => shown(a, left) + shown(b, right));
}

const likePattern = (pattern: string): string =>
  pattern.replace(/\\([\s\S])|([%_])|([.*+?^${}()|[\]\\/-])/g, (_, escaped?: string, wild?: string, special?: string) =>
    wild === '%' ? '[\\s\\S]*' : wild === '_' ? '[\\s\\S]' : `\\${escaped ?? special ?? ''}`.replace(/^\\([\w\s])/, '$1'),
  );

function matching(op: string, [left, right]: Pair, { context, at }: Place): Compiled {
  for (const one of [left, right])
    if (!['text', 'unknown'].includes(categoryOf(one.type)))
      throw operatorError(op === 'like' ? '~~' : op === 'ilike' ? '~~*' : op, [left.type, right.type], at);
  const isLike = op.endsWith('like');
  const flags = op === 'ilike' || op.includes('*') || op === 'regexp' ? 'iu' : 'u';
  const known = new Map<string, RegExp>();
  const regex = (pattern: string): RegExp => {
    try {
      const made = known.get(pattern) ?? new RegExp(isLike ? `^${likePattern(pattern)}$` : pattern, flags);
      known.set(pattern, made);
      return made;
    } catch {
      throw new SqlError('2201B', `invalid regular expression: ${pattern}`);
    }
  };
  return strict(
    BOOLEAN,
    [brought(left, TEXT, context), brought(right, TEXT, context)],
    (text, pattern) => regex(String(pattern)).test(String(text)) !== op.startsWith('!'),
  );
}

/** A member of a JSON object or array. */
function member(op: string, [left, right]: Pair, { at }: Place): Compiled {
  if (!left.type.name.startsWith('json')) throw operatorError(op, [left.type, right.type], at);
  return strict(op === '->>' ? TEXT : left.type, [left, right], (value, key) => {
    const parsed: unknown = JSON.parse(String(value));
    const found = typeof parsed === 'object' && parsed !== null ? (parsed as Record<string, unknown>)[String(key)] : undefined;
    if (found === undefined || (found === null && op === '->>')) return null;
    return op === '->>' && typeof found === 'string' ? found : JSON.stringify(found);
  });
}

function arithmetic(op: string, pair: Pair, place: Place): Compiled {
  const temporal = momentArithmetic(op, pair, place);
  if (temporal !== undefined) return temporal;
  const { context, at } = place;
  const [left, right] = pair;
  const common = commonType(left.type, right.type);
  const type = common?.name === 'unknown' ? null : common;
  if (type === null || categoryOf(type) !== 'number') throw operatorError(op, [left.type, right.type], at);
  const plain = { ...type, arguments: [] };
  const both: Pair = [brought(left, plain, context), brought(right, plain, context)];
  if (op === '^')
    return strict(plain.name === 'numeric' ? NUMERIC : DOUBLE, both, (a, b) =>
      convert(asNumber(a) ** asNumber(b), DOUBLE, plain.name === 'numeric' ? NUMERIC : DOUBLE),
    );
  if (isInteger(plain)) return strict(plain, both, (a, b) => fitInteger(whole(op, Number(a), Number(b)), plain));
  if (isFloat(plain)) return strict(plain, both, (a, b) => floating(op, Number(a), Number(b)));
  return strict(NUMERIC, both, (a, b) => {
    const [x, y] = [asDecimal(a), asDecimal(b)];
    switch (op) {
      case '+':
        return add(x, y);
      case '-':
        return add(x, negate(y));
      case '*':
        return multiply(x, y);
      case '/':
        return divide(x, y);
      default:
        return remainder(x, y);
    }
  });
}

function whole(op: string, a: number, b: number): number {
  if ((op === '/' || op === '%') && b === 0) throw divisionByZero();
  switch (op) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return Math.trunc(a / b);
    default:
      return a % b;
  }
}

function floating(op: string, a: number, b: number): number {
  if (op === '%') throw operatorError('%', [DOUBLE, DOUBLE], 0);
  return op === '/' ? (b === 0 ? whole('/', 1, 0) : a / b) : whole(op, a, b);
}

/** Dates, moments and intervals with each other and with numbers. */
function momentArithmetic(op: string, [left, right]: Pair, { context }: Place): Compiled | undefined {
  const [a, b] = [left.type, right.type];
  if (op === '-' && isMoment(a) && (isMoment(b) || b.name === 'unknown')) {
    const other = b.name === 'unknown' ? brought(right, a, context) : right;
    if (a.name === 'date' && other.type.name === 'date') return strict(INTEGER, [left, other], (x, y) => Number(x) - Number(y));
    return strict(INTERVAL, [brought(left, TIMESTAMP, context), brought(other, TIMESTAMP, context)], (x, y) => {
      const us = Number(x) - Number(y);
      const days = Math.trunc(us / US_PER_DAY);
      return { ...NO_TIME, days, us: us - days * US_PER_DAY };
    });
  }
  if ((op === '+' || op === '-') && a.name === 'date' && isInteger(b))
    return strict(DATE, [left, right], (x, y) => Number(x) + (op === '+' ? 1 : -1) * Number(y));
  if ((op === '+' || op === '-') && isMoment(a) && b.name === 'interval') {
    const type = a.name === 'date' ? TIMESTAMP : a;
    return strict(type, [brought(left, type, context), right], (x, y) =>
      isInterval(y) ? moved(Number(x), scaled(y, op === '+' ? 1 : -1)) : null,
    );
  }
  if (op === '+' && a.name === 'interval' && isMoment(b)) return momentArithmetic('+', [right, left], { context, at: 0 });
  if (a.name === 'interval' && b.name === 'interval' && (op === '+' || op === '-'))
    return strict(INTERVAL, [left, right], (x, y) => (isInterval(x) && isInterval(y) ? sum(x, scaled(y, op === '+' ? 1 : -1)) : null));
  if (a.name === 'interval' && categoryOf(b) === 'number' && (op === '*' || op === '/'))
    return strict(INTERVAL, [left, right], (x, y) => (isInterval(x) ? scaled(x, op === '*' ? asNumber(y) : 1 / asNumber(y)) : null));
  if (categoryOf(a) === 'number' && b.name === 'interval' && op === '*') return momentArithmetic('*', [right, left], { context, at: 0 });
  return undefined;
}
