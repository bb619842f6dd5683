/** Literals of structures, arrays, slices and maps. */
import { type Code, liftAll } from '../runtime/frame.ts';
import { GoMap, keyOf, Slice, type Value, zeroOf } from '../runtime/values.ts';
import type { Expr, Item } from '../syntax/ast.ts';
import { arrayOf, isValid, type MapType, pointerTo, type StructType, type Type, under } from '../types/types.ts';
import { assign } from './assign.ts';
import { type Context, complain, textOf } from './context.ts';
import { expression, newCell, single } from './expressions.ts';
import { exprText, invalid, type Operand, value } from './operand.ts';
import { typeOf } from './type-expressions.ts';

type Composite = Extract<Expr, { kind: 'composite' }>;

export function composite(context: Context, expr: Composite, wanted?: Type): Operand {
  const isOpenArray = expr.type?.kind === 'array-type' && expr.type.length === '...';
  const type =
    isOpenArray && expr.type?.kind === 'array-type'
      ? arrayOf(typeOf(context, expr.type.element), lengthOf(context, expr.items))
      : expr.type
        ? typeOf(context, expr.type)
        : wanted;
  if (type === undefined) {
    complain(context, expr.at, 'invalid composite literal type: missing type');
    return invalid(expr);
  }
  if (!isValid(type)) {
    for (const { value: one } of expr.items) if (one.kind !== 'composite') expression(context, one);
    return invalid(expr);
  }
  const below = under(type);
  if (below.kind === 'pointer' && expr.type === null) {
    const inner = composite(context, expr, below.element);
    return value(expr, pointerTo(below.element), newCell(inner.code));
  }
  switch (below.kind) {
    case 'struct':
      return value(expr, type, structLiteral(context, expr, { type, below }));
    case 'array':
    case 'slice': {
      const { code, length } = listLiteral(context, expr, below.element);
      if (below.kind === 'slice')
        return value(
          expr,
          type,
          liftAll([code], ([list]) => new Slice(list as Value[])),
        );
      if (length > below.length) complain(context, expr.at, `index ${below.length} out of bounds [0:${below.length}]`);
      const zero = zeroOf(below.element);
      return value(
        expr,
        type,
        liftAll([code], ([list]) => padded(list as Value[], below.length, zero)),
      );
    }
    case 'map':
      return value(expr, type, mapLiteral(context, expr, below));
    default:
      complain(context, expr.at, `invalid composite literal type ${textOf(context, type)}`);
      return invalid(expr);
  }
}

function padded(list: Value[], length: number, zero: () => Value): Value[] {
  while (list.length < length) list.push(zero());
  return list;
}

function lengthOf(context: Context, items: readonly Item[]): number {
  let [next, length] = [0, 0];
  for (const { key } of items) {
    if (key) next = Number(single(context, key).constant ?? 0);
    next += 1;
    length = Math.max(length, next);
  }
  return length;
}

function structLiteral(context: Context, expr: Composite, { type, below }: { readonly type: Type; readonly below: StructType }): Code {
  const name = textOf(context, type);
  const isKeyed = expr.items.some(({ key }) => key !== null);
  const given = new Map<number, Code>();
  for (const [position, { key, value: one }] of expr.items.entries()) {
    const index = isKeyed ? (key?.kind === 'name' ? below.fields.findIndex((field) => field.name === key.name) : -1) : position;
    const field = below.fields[index];
    if (isKeyed && key === null) {
      complain(context, one.at, 'mixture of field:value and value elements in struct literal');
      continue;
    }
    if (field === undefined) {
      if (isKeyed) complain(context, key?.at ?? one.at, `unknown field ${key ? exprText(key) : ''} in struct literal of type ${name}`);
      else complain(context, one.at, `too many values in struct literal of type ${name}`);
      single(context, one);
      continue;
    }
    if (given.has(index)) complain(context, key?.at ?? one.at, `duplicate field name ${field.name} in struct literal`);
    given.set(index, assign(context, single(context, one, field.type), field.type, 'struct literal'));
  }
  if (!isKeyed && expr.items.length > 0 && expr.items.length < below.fields.length)
    complain(context, expr.at, `too few values in struct literal of type ${name}`);
  return inOrder(below, given);
}

/** The fields that are given, the others as they begin. */
function inOrder(below: StructType, given: ReadonlyMap<number, Code>): Code {
  const indexes = [...given.keys()];
  let zeros: readonly (() => Value)[] | undefined;
  return liftAll([...given.values()], (values) => {
    zeros ??= below.fields.map((field) => zeroOf(field.type));
    const struct: Value[] = zeros.map((zero, index) => (given.has(index) ? null : zero()));
    indexes.forEach((index, position) => {
      struct[index] = values[position];
    });
    return struct;
  });
}

function listLiteral(context: Context, expr: Composite, element: Type): { readonly code: Code; readonly length: number } {
  const places: number[] = [];
  const codes: Code[] = [];
  let next = 0;
  for (const { key, value: one } of expr.items) {
    if (key) {
      const index = single(context, key).constant;
      if (typeof index !== 'bigint') complain(context, key.at, `index ${exprText(key)} must be integer constant`);
      else next = Number(index);
    }
    places.push(next);
    next += 1;
    codes.push(assign(context, single(context, one, element), element, 'array or slice literal'));
  }
  const length = places.reduce((most, at) => Math.max(most, at + 1), 0);
  const isPlain = places.every((at, index) => at === index);
  const zero = zeroOf(element);
  const code = liftAll(codes, (values): Value => {
    if (isPlain) return values.slice();
    const list = Array.from({ length }, () => zero());
    places.forEach((at, index) => {
      list[at] = values[index];
    });
    return list;
  });
  return { code, length };
}

function mapLiteral(context: Context, expr: Composite, { index, element }: MapType): Code {
  const codes: Code[] = [];
  const seen = new Set<unknown>();
  for (const { key, value: one } of expr.items) {
    if (key === null) {
      complain(context, one.at, 'missing key in map literal');
      continue;
    }
    const operand = single(context, key, index);
    if (operand.constant !== undefined && seen.has(operand.constant))
      complain(context, key.at, `duplicate key ${exprText(key)} in map literal`);
    if (operand.constant !== undefined) seen.add(operand.constant);
    codes.push(assign(context, operand, index, 'map literal'), assign(context, single(context, one, element), element, 'map literal'));
  }
  let kept: ((of: Value) => Value) | undefined;
  return liftAll(codes, (values) => {
    kept ??= keyOf(index);
    const map = new GoMap();
    for (let at = 0; at < values.length; at += 2) map.entries.set(kept(values[at]), [values[at], values[at + 1]]);
    return map;
  });
}
