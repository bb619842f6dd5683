/** Binary and unary operators: of the interpreter's own values at once where it can be, by methods otherwise. */

import { PyComplex } from '../runtime/complex.ts';
import { typeError } from '../runtime/exceptions.ts';
import { argsOf, Call, type Steps, type Thread } from '../runtime/thread.ts';
import { classOf, isSubclass, lookup, NOT_IMPLEMENTED, PyBuiltin, PyFloat, PyInstance, plain, type Value } from '../runtime/values.ts';
import { floatOp, integer, integerOp, toFloat } from './arithmetic.ts';
import { numeric } from './compare.ts';
import { sequenceOp } from './sequences.ts';

const METHODS: Readonly<Record<string, string>> = {
  '+': 'add',
  '-': 'sub',
  '*': 'mul',
  '/': 'truediv',
  '//': 'floordiv',
  '%': 'mod',
  '**': 'pow',
  '@': 'matmul',
  '<<': 'lshift',
  '>>': 'rshift',
  '&': 'and',
  '|': 'or',
  '^': 'xor',
};

/** An operation on numbers; undefined for what are none. */
export function numberOp(op: string, a: Value, b: Value): Value | undefined {
  const [x, y] = [numeric(a), numeric(b)];
  if (x === null || y === null) return a instanceof PyComplex || b instanceof PyComplex ? complexOp(op, a, b) : undefined;
  if (typeof a === 'boolean' && typeof b === 'boolean' && (op === '&' || op === '|' || op === '^'))
    return op === '&' ? a && b : op === '|' ? a || b : a !== b;
  if (a instanceof PyFloat || b instanceof PyFloat) return floatOp(op, toFloat(x), toFloat(y));
  return integerOp(op, x, y);
}

function complexOp(op: string, a: Value, b: Value): Value | undefined {
  const parts = (value: Value): PyComplex | null => {
    if (value instanceof PyComplex) return value;
    const number = numeric(value);
    return number === null ? null : new PyComplex(Number(number), 0);
  };
  const [x, y] = [parts(a), parts(b)];
  if (x === null || y === null) return undefined;
  if (op === '+') return new PyComplex(x.real + y.real, x.imag + y.imag);
  if (op === '-') return new PyComplex(x.real - y.real, x.imag - y.imag);
  if (op === '*') return new PyComplex(x.real * y.real - x.imag * y.imag, x.real * y.imag + x.imag * y.real);
  if (op !== '/') return undefined;
  const size = y.real ** 2 + y.imag ** 2;
  return new PyComplex((x.real * y.real + x.imag * y.imag) / size, (x.imag * y.real - x.real * y.imag) / size);
}

function* ask(value: Value, method: string, other: Value): Steps {
  const type = classOf(value);
  const found = lookup(type, method);
  if (found === undefined || found === null) return NOT_IMPLEMENTED;
  return (yield new Call(found, argsOf([value, other]))) as Value;
}

export function* binary(thread: Thread, op: string, a: Value, b: Value): Steps {
  const name = METHODS[op] ?? 'add';
  const isRightFirst =
    classOf(a) !== classOf(b) && isSubclass(classOf(b), classOf(a)) && !(lookup(classOf(b), `__r${name}__`) instanceof PyBuiltin);
  if (isRightFirst) {
    const result = yield* ask(b, `__r${name}__`, a);
    if (result !== NOT_IMPLEMENTED) return result;
  }
  const left = yield* ask(a, `__${name}__`, b);
  if (left !== NOT_IMPLEMENTED) return left;
  if (!isRightFirst) {
    const right = yield* ask(b, `__r${name}__`, a);
    if (right !== NOT_IMPLEMENTED) return right;
  }
  const result = numberOp(op, plain(a), plain(b)) ?? (yield* sequenceOp(thread, op, plain(a), plain(b)));
  if (result !== undefined) return result;
  throw unsupported(op, a, b);
}

function unsupported(op: string, a: Value, b: Value) {
  const [left, right] = [classOf(a).name, classOf(b).name];
  if (op === '+' && typeof a === 'string') return typeError(`can only concatenate str (not "${right}") to str`);
  if (op === '+' && (left === 'list' || left === 'tuple')) return typeError(`can only concatenate ${left} (not "${right}") to ${left}`);
  if (op === '+' && (left === 'bytes' || left === 'bytearray')) return typeError(`can't concat ${right} to ${left}`);
  if (op === '*' && (isSequence(left) || isSequence(right)))
    return typeError(`can't multiply sequence by non-int of type '${isSequence(left) ? right : left}'`);
  const word = op === '**' ? '** or pow()' : op;
  return typeError(`unsupported operand type(s) for ${word}: '${left}' and '${right}'`);
}

const isSequence = (name: string): boolean => ['str', 'list', 'tuple', 'bytes', 'bytearray'].includes(name);

/** `a += b`: in its own way, if the class has one. */
export function* inplace(thread: Thread, op: string, a: Value, b: Value): Steps {
  const name = METHODS[op] ?? 'add';
  const result = yield* ask(a, `__i${name}__`, b);
  if (result !== NOT_IMPLEMENTED) return result;
  try {
    return yield* binary(thread, op, a, b);
  } catch (error) {
    throw renamed(error, op);
  }
}

/** The message names the operator with its `=`. */
function renamed(error: unknown, op: string): unknown {
  if (typeof error !== 'object' || error === null || !('exc' in error)) return error;
  const { exc } = error as { exc: { args: { items: readonly Value[] }; trace: unknown } };
  const [message] = exc.args.items;
  const old = `unsupported operand type(s) for ${op === '**' ? '** or pow()' : op}: `;
  if (exc.trace !== null || typeof message !== 'string' || !message.startsWith(old)) return error;
  return typeError(`unsupported operand type(s) for ${op === '**' ? '**' : op}=: ${message.slice(old.length)}`);
}

/** `-a`, `+a`, `~a`; undefined if a method has to do it. */
export function unaryNow(op: string, value: Value): Value | undefined {
  const number = integer(value);
  if (number !== null) {
    if (op === '-') return number === 0 ? 0 : -number;
    if (op === '+') return number;
    return typeof number === 'number' ? -number - 1 : -number - 1n;
  }
  if (value instanceof PyComplex && op !== '~') return op === '-' ? new PyComplex(-value.real, -value.imag) : value;
  if (!(value instanceof PyFloat) || op === '~') return undefined;
  return op === '-' ? new PyFloat(-value.v) : value;
}

const UNARY: Readonly<Record<string, string>> = { '-': '__neg__', '+': '__pos__', '~': '__invert__' };

export function* unary(_: Thread, op: string, value: Value): Steps {
  const own = lookup(classOf(value), UNARY[op] ?? '');
  if (own !== undefined && !(own instanceof PyBuiltin && value instanceof PyInstance && value.worth !== undefined))
    return (yield new Call(own, argsOf([value]))) as Value;
  const now = unaryNow(op, plain(value));
  if (now !== undefined) return now;
  throw typeError(`bad operand type for unary ${op}: '${classOf(value).name}'`);
}
