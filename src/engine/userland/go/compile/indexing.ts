/** `x[i]` and `x[low:high]`. */

import { type Code, lift2, liftAll } from '../runtime/frame.ts';
import { GoPanic, runtimePanic } from '../runtime/panic.ts';
import { plainError } from '../runtime/plain-error.ts';
import { GoMap, keyOf, Place, Slice, type Value, zeroOf } from '../runtime/values.ts';
import type { Expr } from '../syntax/ast.ts';
import { Fraction } from '../syntax/fraction.ts';
import {
  type ArrayType,
  INT,
  isSort,
  isUntyped,
  type MapType,
  type SliceType,
  STRING,
  sliceOf,
  type Type,
  UINT8,
  under,
} from '../types/types.ts';
import { assign, tryAssign } from './assign.ts';
import { type Context, complain } from './context.ts';
import { dereference, expression, single } from './expressions.ts';
import { instantiated } from './generics.ts';
import { describe, exprText, invalid, type Operand, value } from './operand.ts';

type Index = Extract<Expr, { kind: 'index' }>;

export const outOfRange = (index: Value, length: number): GoPanic =>
  runtimePanic(`index out of range [${String(index)}]${(index as number) < 0 ? '' : ` with length ${length}`}`);

export function indexed(context: Context, expr: Index): Operand {
  const operand = expression(context, expr.x);
  if (operand.mode === 'generic') return instantiated(context, expr, operand);
  if (operand.mode === 'invalid') return invalid(expr);
  const below = under(operand.type);
  const [argument] = expr.args;
  if (argument === undefined) return invalid(expr);
  if (below.kind === 'map') return element(context, expr, { operand, of: below });
  if (below.kind === 'slice') return sliceElement(context, expr, { operand, of: below });
  if (below.kind === 'array') return arrayElement(context, expr, { operand, of: below });
  if (below.kind === 'pointer' && under(below.element).kind === 'array') {
    const pointed: Operand = { ...operand, mode: 'variable', code: dereference(operand.code), pointer: operand.code };
    return arrayElement(context, expr, { operand: pointed, of: under(below.element) as ArrayType });
  }
  if (isSort(operand.type, 'string')) {
    const at = indexCode(context, argument, typeof operand.constant === 'string' ? operand.constant.length : null);
    return value(
      expr,
      UINT8,
      lift2(operand.code, at, (text, index) => {
        const byte = (text as string).charCodeAt(index as number);
        if (Number.isNaN(byte)) throw outOfRange(index, (text as string).length);
        return byte;
      }),
    );
  }
  complain(context, expr.x.at, `invalid operation: cannot index ${describe(context, operand)}`);
  return invalid(expr);
}

/** An index: an integer, and not beyond a length that is known. */
export function indexCode(context: Context, expr: Expr, length: number | null): Code {
  const operand = single(context, expr);
  if (operand.mode === 'invalid') return operand.code;
  const code = isUntyped(operand.type) ? tryAssign(operand, INT) : isSort(operand.type, 'int') ? operand.code : null;
  if (code === null) {
    const truncated = operand.constant instanceof Fraction ? ' truncated to int' : '';
    complain(
      context,
      expr.at,
      truncated
        ? `${exprText(expr)} (untyped float constant)${truncated}`
        : `invalid argument: index ${describe(context, operand)} must be integer`,
    );
    return operand.code;
  }
  if (typeof operand.constant === 'bigint' && operand.constant < 0n)
    complain(context, expr.at, `invalid argument: index ${exprText(expr)} (constant of type int) must not be negative`);
  else if (length !== null && typeof operand.constant === 'bigint' && operand.constant >= BigInt(length))
    complain(context, expr.at, `invalid argument: index ${operand.constant} out of bounds [0:${length}]`);
  return code;
}

interface Of<T> {
  readonly operand: Operand;
  readonly of: T;
}

function sliceElement(context: Context, expr: Index, { operand, of }: Of<SliceType>): Operand {
  const at = indexCode(context, expr.args[0] as Expr, null);
  const check = (slice: Value, index: Value): Slice => {
    if (!(slice instanceof Slice)) throw outOfRange(index, 0);
    if ((index as number) < 0 || (index as number) >= slice.length) throw outOfRange(index, slice.length);
    return slice;
  };
  return {
    mode: 'variable',
    type: of.element,
    expr,
    code: lift2(operand.code, at, (slice, index) => {
      const from = check(slice, index);
      return from.array[from.from + (index as number)];
    }),
    pointer: lift2(operand.code, at, (slice, index) => {
      const from = check(slice, index);
      return new Place(from.array, from.from + (index as number));
    }),
  };
}

function arrayElement(context: Context, expr: Index, { operand, of }: Of<ArrayType>): Operand {
  const at = indexCode(context, expr.args[0] as Expr, of.length);
  const check = (index: Value): number => {
    if ((index as number) < 0 || (index as number) >= of.length) throw outOfRange(index, of.length);
    return index as number;
  };
  const code = lift2(operand.code, at, (array, index) => (array as Value[])[check(index)]);
  if (operand.mode !== 'variable') return value(expr, of.element, code);
  return {
    mode: 'variable',
    type: of.element,
    expr,
    code,
    pointer: lift2(operand.code, at, (array, index) => new Place(array as Value[], check(index))),
  };
}

function element(context: Context, expr: Index, { operand, of }: Of<MapType>): Operand {
  const key = assign(context, single(context, expr.args[0] as Expr, of.index), of.index, 'map index');
  const kept = keyOf(of.index);
  const zero = zeroOf(of.element);
  const find = (map: Value, at: Value): Value[] | undefined => (map instanceof GoMap ? map.entries.get(kept(at)) : undefined);
  return {
    mode: 'element',
    type: of.element,
    expr,
    code: lift2(operand.code, key, (map, at) => {
      const entry = find(map, at);
      return entry === undefined ? zero() : entry[1];
    }),
    pair: lift2(operand.code, key, (map, at) => {
      const entry = find(map, at);
      return entry === undefined ? [zero(), false] : [entry[1], true];
    }),
    store: (stored) =>
      liftAll([operand.code, key, stored], ([map, at, what]) => {
        if (!(map instanceof GoMap)) throw new GoPanic(plainError('assignment to entry in nil map'));
        const [known, own] = [kept(at), map.entries.get(kept(at))];
        if (own) own[1] = what;
        else map.entries.set(known, [at, what]);
        return null;
      }),
  };
}

export function sliced(context: Context, expr: Extract<Expr, { kind: 'slice' }>): Operand {
  const operand = single(context, expr.x);
  if (operand.mode === 'invalid') return invalid(expr);
  const part = (one: Expr | null): Code | null => one && indexCode(context, one, null);
  const [low, high, max] = [part(expr.low), part(expr.high), part(expr.max)];
  const type = slicedType(operand.type);
  if (type === null) {
    complain(context, expr.x.at, `cannot slice ${describe(context, operand)}`);
    return invalid(expr);
  }
  const isPointer = under(operand.type).kind === 'pointer';
  const element = under(type);
  const zero = element.kind === 'slice' ? zeroOf(element.element) : () => 0;
  const nothing: Code = { now: () => undefined };
  const parts = [isPointer ? dereference(operand.code) : operand.code, low ?? nothing, high ?? nothing, max ?? nothing];
  return value(
    expr,
    type,
    liftAll(parts, ([of, from, to, limit]) =>
      typeof of === 'string' ? sliceText(of, from as number, to as number) : filled(sliceOfArray(of, { from, to, limit } as Bounds), zero),
    ),
  );
}

function slicedType(type: Type): Type | null {
  const below = under(type);
  if (below.kind === 'array') return sliceOf(below.element);
  if (below.kind === 'pointer') return slicedType(below.element);
  if (isSort(type, 'string')) return isUntyped(type) ? STRING : type;
  return below.kind === 'slice' ? type : null;
}

interface Bounds {
  readonly from?: number;
  readonly to?: number;
  readonly limit?: number;
}

const bounds = (text: string): GoPanic => runtimePanic(`slice bounds out of range ${text}`);

function sliceText(text: string, from = 0, to = text.length): string {
  if (to < 0 || to > text.length) throw bounds(`[:${to}] with length ${text.length}`);
  if (from < 0 || from > to) throw bounds(`[${from}:${to}]`);
  return text.slice(from, to);
}

/** What was never written, beyond a slice's length, is as it begins. */
function filled(of: Value, zero: () => Value): Value {
  if (of instanceof Slice) for (let at = of.from; at < of.from + of.length; at += 1) if (of.array[at] === undefined) of.array[at] = zero();
  return of;
}

export function sliceOfArray(of: Value, { from = 0, to, limit }: Bounds): Value {
  const slice = Array.isArray(of) ? new Slice(of) : of instanceof Slice ? of : null;
  if (slice === null) {
    if (from > 0 || (to ?? 0) > 0) throw bounds(`[:${to ?? from}] with capacity 0`);
    return null;
  }
  const end = to ?? slice.length;
  const max = limit ?? slice.capacity;
  if (max < 0 || max > slice.capacity) throw bounds(`[::${max}] with capacity ${slice.capacity}`);
  if (end < 0 || end > max) throw bounds(`[:${end}] with ${Array.isArray(of) ? 'length' : 'capacity'} ${slice.capacity}`);
  if (from < 0 || from > end) throw bounds(`[${from}:${end}]`);
  return new Slice(slice.array, slice.from + from, end - from, max - from);
}
