/** The functions that are part of the language. */

import { bytesOf } from '../../program-io.ts';
import { listOfBytes } from '../runtime/bytes.ts';
import { Channel } from '../runtime/channels.ts';
import { type Code, constant as constantCode, later, lift1, lift2, liftAll, pure, run } from '../runtime/frame.ts';
import { wait } from '../runtime/goroutine.ts';
import { GoPanic, runtimePanic } from '../runtime/panic.ts';
import { plainError } from '../runtime/plain-error.ts';
import { Boxed, Cell, copierOf, GoMap, keyOf, Slice, type Value, zeroOf } from '../runtime/values.ts';
import { ANY, basicOf, defaultType, hasNil, INT, isSort, isUntyped, pointerTo, UNTYPED_NIL, under } from '../types/types.ts';
import { assign } from './assign.ts';
import { argumentsOf, type CallExpr } from './calls.ts';
import { type Context, complain } from './context.ts';
import { constantOperand, single } from './expressions.ts';
import { indexCode } from './indexing.ts';
import { describe, exprText, invalid, type Operand, value } from './operand.ts';
import { typeOf } from './type-expressions.ts';

type Builtin = (context: Context, expr: CallExpr) => Operand;

/** How many arguments each takes: at least, at most. */
const COUNTS: Readonly<Record<string, readonly [number, number]>> = {
  append: [1, Infinity],
  cap: [1, 1],
  clear: [1, 1],
  close: [1, 1],
  copy: [2, 2],
  delete: [2, 2],
  len: [1, 1],
  make: [1, 3],
  max: [1, Infinity],
  min: [1, Infinity],
  new: [1, 1],
  panic: [1, 1],
  print: [0, Infinity],
  println: [0, Infinity],
  recover: [0, 0],
};
export const BUILTINS = Object.keys(COUNTS);

export function builtin(context: Context, expr: CallExpr, name: string): Operand {
  const [least, most] = COUNTS[name] ?? [0, 0];
  const { length } = expr.args;
  if (length < least || length > most) {
    complain(
      context,
      length < least ? expr.end : (expr.args[most]?.at ?? expr.at),
      `${length < least ? 'not enough' : 'too many'} arguments for ${exprText(expr)} (expected ${length < least ? least : most}, found ${length})`,
    );
    return invalid(expr);
  }
  return TABLE[name]?.(context, expr) ?? invalid(expr);
}

const nothing = (expr: CallExpr, code: Code): Operand => ({ ...value(expr, UNTYPED_NIL, code), mode: 'none' });

function refuse(context: Context, expr: CallExpr, operand: Operand, name: string): Operand {
  if (operand.mode !== 'invalid')
    complain(context, operand.expr.at, `invalid argument: ${describe(context, operand)} for built-in ${name}`);
  return invalid(expr);
}

export const lengthOf = (of: Value): number => {
  if (typeof of === 'string' || Array.isArray(of)) return of.length;
  if (of instanceof Slice) return of.length;
  if (of instanceof GoMap) return of.entries.size;
  return of instanceof Channel ? of.buffer.length : 0;
};

const length: Builtin = (context, expr) => {
  const operand = single(context, expr.args[0] ?? expr);
  const below = under(operand.type);
  if (typeof operand.constant === 'string') return constantOperand(expr, INT, BigInt(operand.constant.length));
  if (below.kind === 'array') return constantOperand(expr, INT, BigInt(below.length));
  if (below.kind === 'pointer' && under(below.element).kind === 'array')
    return constantOperand(expr, INT, BigInt((under(below.element) as { length: number }).length));
  if (!['slice', 'map', 'chan'].includes(below.kind) && !isSort(below, 'string')) return refuse(context, expr, operand, 'len');
  return value(expr, INT, lift1(operand.code, lengthOf));
};

const capacity: Builtin = (context, expr) => {
  const operand = single(context, expr.args[0] ?? expr);
  const below = under(operand.type);
  if (!['slice', 'chan', 'array'].includes(below.kind)) return refuse(context, expr, operand, 'cap');
  return value(
    expr,
    INT,
    lift1(operand.code, (of) => (of instanceof Slice || of instanceof Channel ? of.capacity : Array.isArray(of) ? of.length : 0)),
  );
};

/** Room for more, as the runtime grows a slice. */
function grown(capacity: number, needed: number): number {
  if (needed > capacity * 2) return needed <= 4 ? needed : needed + (needed % 2);
  return capacity < 256 ? Math.max(1, capacity * 2) : Math.ceil(capacity * 1.25 + 192);
}

export function appended(of: Value, more: readonly Value[]): Value {
  if (more.length === 0) return of;
  const slice = of instanceof Slice ? of : new Slice([]);
  const length = slice.length + more.length;
  if (length <= slice.capacity) {
    more.forEach((one, index) => {
      slice.array[slice.from + slice.length + index] = one;
    });
    return new Slice(slice.array, slice.from, length, slice.capacity);
  }
  const array = slice.list();
  for (const one of more) array.push(one);
  return new Slice(array, 0, length, grown(slice.capacity, length));
}

const append: Builtin = (context, expr) => {
  const [head, ...rest] = argumentsOf(context, expr);
  if (head === undefined || head.mode === 'invalid') return invalid(expr);
  const below = under(head.type);
  if (below.kind !== 'slice') {
    complain(context, head.expr.at, `invalid argument: ${describe(context, head)} is not a slice`);
    return invalid(expr);
  }
  if (expr.spread) {
    const [more] = rest;
    if (more === undefined || more.mode === 'invalid') return invalid(expr);
    if (isSort(more.type, 'string') && basicOf(below.element)?.bits === 8)
      return value(
        expr,
        head.type,
        lift2(head.code, more.code, (of, text) => appended(of, listOfBytes(text as string).array)),
      );
    const code = assign(context, more, under(more.type).kind === 'slice' ? head.type : below, `argument to append`);
    const copy = copierOf(below.element);
    return value(
      expr,
      head.type,
      lift2(head.code, code, (of, list) => appended(of, list instanceof Slice ? (copy ? list.list().map(copy) : list.list()) : [])),
    );
  }
  const codes = rest.map((one) => assign(context, one, below.element, 'argument to append'));
  return value(
    expr,
    head.type,
    liftAll([head.code, ...codes], ([of, ...more]) => appended(of, more)),
  );
};

const make: Builtin = (context, expr) => {
  const [first, ...sizes] = expr.args;
  if (first === undefined) return invalid(expr);
  const type = typeOf(context, first);
  const below = under(type);
  const codes = sizes.map((size) => indexCode(context, size, null));
  if (below.kind === 'map')
    return value(
      expr,
      type,
      liftAll(codes, () => new GoMap()),
    );
  if (below.kind === 'chan') {
    const zero = zeroOf(below.element);
    return value(
      expr,
      type,
      liftAll(codes, ([size]) => new Channel(Number(size ?? 0), zero)),
    );
  }
  if (below.kind !== 'slice') {
    complain(context, first.at, `invalid argument: cannot make ${exprText(first)}; type must be slice, map, or channel`);
    return invalid(expr);
  }
  if (codes.length === 0) {
    complain(context, expr.at, `invalid operation: ${exprText(expr)} expects 2 or 3 arguments; found 1`);
    return invalid(expr);
  }
  const zero = zeroOf(below.element);
  return value(
    expr,
    type,
    liftAll(codes, ([size, limit], frame) => {
      const count = Number(size);
      if (count < 0 || count > 2 ** 32) throw runtimePanic('makeslice: len out of range');
      if (limit !== undefined && Number(limit) < count) throw runtimePanic('makeslice: cap out of range');
      if (count > 65_536) frame.goroutine.sys.grow(count * 8);
      return new Slice(Array.from({ length: count }, zero), 0, count, Number(limit ?? count));
    }),
  );
};

const copy: Builtin = (context, expr) => {
  const [to, from] = argumentsOf(context, expr);
  if (to === undefined || from === undefined || to.mode === 'invalid' || from.mode === 'invalid') return invalid(expr);
  if (under(to.type).kind !== 'slice') return refuse(context, expr, to, 'copy');
  return value(
    expr,
    INT,
    lift2(to.code, from.code, (target, source) => {
      const list = typeof source === 'string' ? listOfBytes(source).array : source instanceof Slice ? source.list() : [];
      if (!(target instanceof Slice)) return 0;
      const count = Math.min(target.length, list.length);
      for (let index = 0; index < count; index += 1) target.array[target.from + index] = list[index];
      return count;
    }),
  );
};

const remove: Builtin = (context, expr) => {
  const [map, key] = argumentsOf(context, expr);
  if (map === undefined || key === undefined || map.mode === 'invalid') return invalid(expr);
  const below = under(map.type);
  if (below.kind !== 'map') return refuse(context, expr, map, 'delete');
  const kept = keyOf(below.index);
  const at = assign(context, key, below.index, 'argument to delete');
  return nothing(
    expr,
    lift2(map.code, at, (of, one) => (of instanceof GoMap && of.entries.delete(kept(one)) ? null : null)),
  );
};

const clear: Builtin = (context, expr) => {
  const operand = single(context, expr.args[0] ?? expr);
  const below = under(operand.type);
  if (below.kind !== 'map' && below.kind !== 'slice') return refuse(context, expr, operand, 'clear');
  const zero = zeroOf(below.element);
  return nothing(
    expr,
    lift1(operand.code, (of) => {
      if (of instanceof GoMap) of.entries.clear();
      if (of instanceof Slice) for (let index = 0; index < of.length; index += 1) of.array[of.from + index] = zero();
      return null;
    }),
  );
};

const create: Builtin = (context, expr) => {
  const type = typeOf(context, expr.args[0] ?? expr);
  const zero = zeroOf(type);
  return value(
    expr,
    pointerTo(type),
    pure(() => new Cell(zero())),
  );
};

const close: Builtin = (context, expr) => {
  const operand = single(context, expr.args[0] ?? expr);
  if (under(operand.type).kind !== 'chan') return refuse(context, expr, operand, 'close');
  return nothing(
    expr,
    lift1(operand.code, (of) => {
      if (!(of instanceof Channel)) throw new GoPanic(plainError('close of nil channel'));
      of.close();
      return null;
    }),
  );
};

const panic: Builtin = (context, expr) => {
  const code = assign(context, single(context, expr.args[0] ?? expr), ANY, 'argument to panic');
  return nothing(
    expr,
    lift1(code, (of): Value => {
      throw of === null
        ? new GoPanic(new Boxed(plainError('').type, 'panic called with nil argument (use GODEBUG=panicnil=1 to disable)'))
        : new GoPanic(of);
    }),
  );
};

const recover: Builtin = (_, expr) =>
  value(
    expr,
    ANY,
    pure((frame) => {
      const owner = frame.deferredBy;
      const found = owner?.panic ?? null;
      if (owner) owner.panic = null;
      return found?.value ?? null;
    }),
  );

const printed =
  (gap: string, end: string): Builtin =>
  (context, expr) => {
    const codes = argumentsOf(context, expr).map((operand) =>
      operand.mode === 'nil' ? constantCode('nil') : assign(context, operand, defaultType(operand.type), 'argument to print'),
    );
    const all = liftAll(codes, (values) => values.map(String).join(gap) + end);
    return nothing(
      expr,
      later(function* (frame) {
        const text = yield* run(all, frame);
        yield* wait(frame.goroutine.sys.write(2, bytesOf(text)));
        return null;
      }),
    );
  };

/** `min` and `max` are folded as operators are. */
const extreme =
  (op: '<' | '>'): Builtin =>
  (context, expr) => {
    const operands = argumentsOf(context, expr);
    if (operands.some(({ mode }) => mode === 'invalid')) return invalid(expr);
    const type =
      operands.map((one) => one.type).find((one) => !isUntyped(one)) ??
      defaultType(operands.find((one) => one.type.key === 'untyped float')?.type ?? operands[0]?.type ?? INT);
    if (!isSort(type, 'int', 'float', 'string') || hasNil(type))
      return refuse(context, expr, operands[0] ?? invalid(expr), op === '<' ? 'min' : 'max');
    const codes = operands.map((one) => assign(context, one, type, `argument to ${op === '<' ? 'min' : 'max'}`));
    return value(
      expr,
      type,
      liftAll(codes, (values) =>
        values.reduce((best, one) => ((op === '<' ? (one as number) < (best as number) : (one as number) > (best as number)) ? one : best)),
      ),
    );
  };

const TABLE: Readonly<Record<string, Builtin>> = {
  append,
  cap: capacity,
  clear,
  close,
  copy,
  delete: remove,
  len: length,
  make,
  max: extreme('>'),
  min: extreme('<'),
  new: create,
  panic,
  print: printed('', ''),
  println: printed(' ', '\n'),
  recover,
};
