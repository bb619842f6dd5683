/** `for … range`: over integers, slices, arrays, strings, maps, channels and functions. */
import { receive } from '../runtime/channels.ts';
import { type Code, type Frame, type FuncCode, invoke, type Leave, later, run, type Steps } from '../runtime/frame.ts';
import { decodeRune } from '../runtime/text.ts';
import { Cell, Closure, copierOf, GoMap, type Pointer, Slice, storeInto, type Value } from '../runtime/values.ts';
import type { Expr, Stmt } from '../syntax/ast.ts';
import { basicOf, defaultType, INT, INT32, INVALID, isSort, isValid, type Type, under } from '../types/types.ts';
import { breakable, type Context, complain, declare, inner } from './context.ts';
import { expression, single } from './expressions.ts';
import { afterTurn, turn } from './loops.ts';
import { describe, exprText, type Operand } from './operand.ts';
import { type StmtCode, statements } from './statements.ts';

type Range = Extract<Stmt, { kind: 'range' }>;
/** What is given for each turn. */
type Items = (frame: Frame, of: Value, each: (key: Value, value: Value) => Steps<boolean>) => Steps<void>;

interface Ranged {
  readonly key: Type | null;
  readonly value: Type | null;
  readonly items: Items;
}

export function rangeLoop(context: Context, stmt: Range, label: string | null): StmtCode {
  const outer = inner(context);
  const operand = single(context, stmt.x);
  const ranged = operand.mode === 'invalid' ? null : rangedOver(operand);
  if (ranged === null && operand.mode !== 'invalid') complain(context, stmt.x.at, `cannot range over ${describe(context, operand)}`);
  if (ranged && stmt.value && ranged.value === null)
    complain(context, stmt.value.at, `range over ${describe(context, operand)} permits only one iteration variable`);
  const set = [
    variableOf(outer, stmt, { expr: stmt.key, type: ranged?.key ?? INVALID }),
    variableOf(outer, stmt, { expr: stmt.value, type: ranged?.value ?? INVALID }),
  ];
  const body = statements(breakable(outer, true), stmt.body.body);
  const items = ranged?.items ?? (function* () {} as Items);
  return later(function* (frame) {
    const of = yield* run(operand.code, frame);
    let result: Leave | undefined;
    yield* items(frame, of, function* (key, value) {
      yield* run(set[0] ? set[0](key) : NOTHING, frame);
      yield* run(set[1] ? set[1](value) : NOTHING, frame);
      const after = afterTurn(yield* turn(frame, body), label);
      if (after === 'next') return true;
      if (after !== 'end') result = after;
      return false;
    });
    return result;
  });
}

const NOTHING: Code = { now: () => null };

/** How a variable of the loop is set at each turn; null if there is none. */
function variableOf(
  context: Context,
  stmt: Range,
  { expr, type }: { readonly expr: Expr | null; readonly type: Type },
): ((value: Value) => Code) | null {
  if (expr === null || (expr.kind === 'name' && expr.name === '_')) return null;
  const copy = isValid(type) ? copierOf(type) : null;
  const own = (value: Value): Value => (copy ? copy(value) : value);
  if (stmt.define) {
    if (expr.kind !== 'name' || context.fn === null) {
      complain(context, expr.at, `non-name ${exprText(expr)} on left side of :=`);
      return null;
    }
    const variable = context.fn.declare(expr.name, type, expr.at);
    if (!isValid(type)) variable.used = true;
    declare(context, expr.name, expr.at, variable);
    return (value) => ({
      now: (frame) => {
        frame.locals[variable.slot] = new Cell(own(value));
        return null;
      },
    });
  }
  const target = expression(context, expr);
  if (target.store) {
    const { store } = target;
    return (value) => store({ now: () => own(value) });
  }
  const { pointer } = target;
  if (pointer === undefined) return null;
  const put = storeInto(target.type);
  return (value) =>
    later(function* (frame) {
      put((yield* run(pointer, frame)) as Pointer, own(value));
      return null;
    });
}

function rangedOver(operand: Operand): Ranged | null {
  const type = defaultType(operand.type);
  const below = under(type);
  if (isSort(type, 'int') && basicOf(type)) return { key: type, value: null, items: integers };
  if (isSort(type, 'string')) return { key: INT, value: INT32, items: characters };
  switch (below.kind) {
    case 'slice':
    case 'array':
      return { key: INT, value: below.element, items: elements };
    case 'pointer': {
      const inside = under(below.element);
      return inside.kind === 'array' ? { key: INT, value: inside.element, items: elements } : null;
    }
    case 'map':
      return { key: below.index, value: below.element, items: entries };
    case 'chan':
      return below.direction === 'send' ? null : { key: below.element, value: null, items: received };
    case 'func': {
      const [yielded] = below.params;
      const signature = yielded && under(yielded);
      if (signature?.kind !== 'func' || signature.params.length > 2) return null;
      return { key: signature.params[0] ?? null, value: signature.params[1] ?? null, items: pushed };
    }
    default:
      return null;
  }
}

const integers: Items = function* (_, of, each) {
  for (let next = 0; next < (of as number); next += 1) if (!(yield* each(next, null))) return;
};

const elements: Items = function* (_, of, each) {
  const isPointer = of !== null && typeof of === 'object' && 'v' in of;
  const list = isPointer ? ((of as Pointer).v as Value[]) : of;
  const slice = Array.isArray(list) ? new Slice(isPointer ? list : list.slice()) : list;
  if (!(slice instanceof Slice)) return;
  for (let index = 0; index < slice.length; index += 1) if (!(yield* each(index, slice.array[slice.from + index]))) return;
};

const characters: Items = function* (_, of, each) {
  const text = of as string;
  for (let at = 0; at < text.length; ) {
    const [rune, size] = decodeRune(text, at);
    if (!(yield* each(at, rune))) return;
    at += size;
  }
};

/** In no order that one could rely on. */
const entries: Items = function* (frame, of, each) {
  if (!(of instanceof GoMap)) return;
  const keys = [...of.entries.keys()];
  const start = keys.length > 1 ? frame.goroutine.random(keys.length) : 0;
  for (let offset = 0; offset < keys.length; offset += 1) {
    const entry = of.entries.get(keys[(start + offset) % keys.length]);
    if (entry && !(yield* each(entry[0], entry[1]))) return;
  }
};

const received: Items = function* (frame, of, each) {
  for (;;) {
    const { value, ok } = yield* receive(frame.goroutine, of);
    if (!ok || !(yield* each(value, null))) return;
  }
};

/** A function that calls its argument for each turn. */
const pushed: Items = function* (frame, of, each) {
  const code: FuncCode = {
    name: 'yield',
    file: '',
    line: 0,
    results: null,
    zero: null,
    nativeSteps: ([key, value]) => each(key ?? null, value ?? null),
  };
  yield* invoke(frame.goroutine, of, [new Closure(code)]);
};
