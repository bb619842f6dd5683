/** Operators and comparisons. */
import { INPLACE_OPS, UNARY_OPS } from '../compile/expressions.ts';
import { type Comparison, compare, compareNumbers, compareText, equalsNow, numeric } from '../protocol/compare.ts';
import { contains } from '../protocol/items.ts';
import { keyOf } from '../protocol/keys.ts';
import { binary, inplace, numberOp, unary, unaryNow } from '../protocol/operators.ts';
import { joinText } from '../protocol/sequences.ts';
import { truth, truthNow } from '../protocol/truth.ts';
import type { Steps, Thread } from '../runtime/thread.ts';
import { PyDict, PySet, type Value } from '../runtime/values.ts';
import { type Handler, type Handlers, later } from './handler.ts';

const operator =
  (op: string): Handler =>
  (frame, _, thread) => {
    const b = frame.pop();
    const a = frame.pop();
    const now = numberOp(op, a, b);
    if (now === undefined) later(thread, binary(thread, op, a, b));
    else frame.stack.push(now);
  };

const comparison =
  (op: Comparison): Handler =>
  (frame, _, thread) => {
    const b = frame.pop();
    const a = frame.pop();
    if (typeof a === 'number' && typeof b === 'number') {
      frame.stack.push(compareNumbers(op, a, b));
      return;
    }
    if (typeof a === 'string' && typeof b === 'string') {
      frame.stack.push(op === '==' ? a === b : op === '!=' ? a !== b : compareNumbers(op, compareText(a, b), 0));
      return;
    }
    const [x, y] = [numeric(a), numeric(b)];
    if (x !== null && y !== null) {
      frame.stack.push(compareNumbers(op, x, y));
      return;
    }
    if (op === '==' || op === '!=') {
      const same = typeof a === 'object' && a !== null && typeof b === 'object' && b !== null ? undefined : equalsNow(a, b);
      if (same !== undefined) {
        frame.stack.push((op === '==') === same);
        return;
      }
    }
    later(thread, compare(thread, op, a, b));
  };

function* isIn(thread: Thread, value: Value, item: Value, wanted: boolean): Steps {
  return (yield* contains(thread, value, item)) === wanted;
}

const membership =
  (wanted: boolean): Handler =>
  (frame, _, thread) => {
    const value = frame.pop();
    const item = frame.pop();
    if (typeof value === 'string' && typeof item === 'string') frame.stack.push(value.includes(item) === wanted);
    else if ((value instanceof PyDict || value instanceof PySet) && value.cls.isBuiltin) {
      const key = keyOf(item);
      if (key === undefined) later(thread, isIn(thread, value, item, wanted));
      else frame.stack.push(value.map.has(key) === wanted);
    } else later(thread, isIn(thread, value, item, wanted));
  };

function* not(thread: Thread, value: Value): Steps {
  return !(yield* truth(thread, value));
}

const isSmall = (value: unknown): value is number => typeof value === 'number' && value < 2 ** 51 && value > -(2 ** 51);

export const OPERATORS: Handlers = {
  ADD: (frame, _, thread) => {
    const b = frame.pop();
    const a = frame.pop();
    if (isSmall(a) && isSmall(b)) frame.stack.push(a + b);
    else if (typeof a === 'string' && typeof b === 'string') frame.stack.push(joinText(thread, a, b));
    else {
      const now = numberOp('+', a, b);
      if (now === undefined) later(thread, binary(thread, '+', a, b));
      else frame.stack.push(now);
    }
  },
  SUB: (frame, _, thread) => {
    const b = frame.pop();
    const a = frame.pop();
    if (isSmall(a) && isSmall(b)) frame.stack.push(a - b);
    else {
      const now = numberOp('-', a, b);
      if (now === undefined) later(thread, binary(thread, '-', a, b));
      else frame.stack.push(now);
    }
  },
  MUL: operator('*'),
  TRUEDIV: operator('/'),
  FLOORDIV: operator('//'),
  MOD: operator('%'),
  POW: operator('**'),
  MATMUL: operator('@'),
  LSHIFT: operator('<<'),
  RSHIFT: operator('>>'),
  AND: operator('&'),
  OR: operator('|'),
  XOR: operator('^'),
  INPLACE: (frame, arg, thread) => {
    const b = frame.pop();
    const a = frame.pop();
    const op = INPLACE_OPS[arg] ?? '+';
    if (typeof a === 'string' && typeof b === 'string' && op === '+') {
      frame.stack.push(joinText(thread, a, b));
      return;
    }
    const now = numberOp(op, a, b);
    if (now === undefined) later(thread, inplace(thread, op, a, b));
    else frame.stack.push(now);
  },
  LT: comparison('<'),
  LE: comparison('<='),
  GT: comparison('>'),
  GE: comparison('>='),
  EQ: comparison('=='),
  NE: comparison('!='),
  IS: (frame) => {
    const b = frame.pop();
    frame.stack.push(frame.pop() === b);
  },
  IS_NOT: (frame) => {
    const b = frame.pop();
    frame.stack.push(frame.pop() !== b);
  },
  IN: membership(true),
  NOT_IN: membership(false),
  NOT: (frame, _, thread) => {
    const value = frame.pop();
    const now = truthNow(value);
    if (now === undefined) later(thread, not(thread, value));
    else frame.stack.push(!now);
  },
  UNARY: (frame, arg, thread) => {
    const value = frame.pop();
    const op = UNARY_OPS[arg] ?? '-';
    const now = unaryNow(op, value);
    if (now === undefined) later(thread, unary(thread, op, value));
    else frame.stack.push(now);
  },
};
