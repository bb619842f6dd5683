/** Calls, functions and classes; generators and what awaits. */

import type { Code } from '../compile/code.ts';
import { HAS_ANNOTATIONS, HAS_CELLS, HAS_DEFAULTS, HAS_KEYWORD_DEFAULTS } from '../compile/functions.ts';
import { asyncIterator, awaitable, nextOfAsync, wrapAsync } from '../protocol/awaiting.ts';
import { sendTo } from '../protocol/generators.ts';
import { iterator } from '../protocol/iterate.ts';
import { typeError } from '../runtime/exceptions.ts';
import type { Frame } from '../runtime/frame.ts';
import { PENDING, type Thread } from '../runtime/thread.ts';
import { type PyCell, type PyDict, PyFunction, PyGenerator, type PyList, type PyTuple, STOP, type Value } from '../runtime/values.ts';
import { type Handlers, later, tick } from './handler.ts';

const CALL_NS = 150;

function enter(frame: Frame, thread: Thread, fn: Value, args: readonly Value[], named: ReadonlyMap<string, Value> | null = null): void {
  const result = thread.enter(fn, args, named);
  if (result !== PENDING) frame.stack.push(result);
  tick(thread, CALL_NS);
}

/** Takes so many values from the stack. */
function take(frame: Frame, count: number): Value[] {
  return count === 0 ? [] : (frame.stack.splice(frame.stack.length - count) as Value[]);
}

function makeFunction(frame: Frame, flags: number): void {
  const code = frame.pop() as Code;
  const cells = flags & HAS_CELLS ? ((frame.pop() as PyTuple).items as unknown as readonly PyCell[]) : [];
  const annotations = flags & HAS_ANNOTATIONS ? (frame.pop() as PyDict) : null;
  const named = flags & HAS_KEYWORD_DEFAULTS ? (frame.pop() as PyDict) : null;
  const defaults = flags & HAS_DEFAULTS ? (frame.pop() as PyTuple).items : [];
  const keywordDefaults = named === null ? null : new Map([...named.map.values()].map(({ k, v }) => [String(k), v] as const));
  const fn = new PyFunction(code, frame.globals, { cells, defaults, keywordDefaults });
  fn.annotations = annotations;
  frame.stack.push(fn);
}

function namesOf(mapping: PyDict): ReadonlyMap<string, Value> | null {
  if (mapping.map.size === 0) return null;
  return new Map(
    [...mapping.map.values()].map(({ k, v }) => {
      if (typeof k !== 'string') throw typeError('keywords must be strings');
      return [k, v] as const;
    }),
  );
}

export const CALLS: Handlers = {
  CALL: (frame, arg, thread) => {
    const args = take(frame, arg);
    enter(frame, thread, frame.pop(), args);
  },
  CALL_METHOD: (frame, arg, thread) => {
    const args = take(frame, arg);
    const self = frame.stack.pop();
    const fn = frame.stack.pop();
    if (self === STOP) enter(frame, thread, fn as Value, args);
    else if (fn === STOP) enter(frame, thread, self as Value, args);
    else {
      args.unshift(self as Value);
      enter(frame, thread, fn as Value, args);
    }
  },
  CALL_KW: (frame, arg, thread) => {
    const names = (frame.pop() as PyTuple).items as readonly string[];
    const all = take(frame, arg);
    const count = arg - names.length;
    const named = new Map<string, Value>(names.map((name, index) => [name, all[count + index] as Value]));
    enter(frame, thread, frame.pop(), all.slice(0, count), named);
  },
  CALL_EX: (frame, _, thread) => {
    const mapping = frame.pop() as PyDict;
    const list = frame.pop() as PyList;
    enter(frame, thread, frame.pop(), list.items, namesOf(mapping));
  },
  MAKE_FUNCTION: makeFunction,
  BUILD_CLASS: (frame, _, thread) => {
    frame.stack.push(thread.interpreter.builtins.get('__build_class__') ?? null);
  },
  GET_AWAITABLE: (frame, _, thread) => {
    const value = frame.pop();
    if (value instanceof PyGenerator && value.cls.name === 'coroutine') frame.stack.push(value);
    else later(thread, awaitable(thread, value));
  },
  GET_YIELD_ITER: (frame, _, thread) => {
    const value = frame.pop();
    if (value instanceof PyGenerator) frame.stack.push(value);
    else later(thread, iterator(thread, value));
  },
  SEND: (frame, _, thread) => {
    const value = frame.pop();
    const to = frame.top;
    const { throwing } = frame;
    frame.throwing = null;
    if (to instanceof PyGenerator) {
      const result = thread.resume(to, throwing === null ? { send: value } : { raise: throwing });
      if (result !== PENDING) frame.stack.push(result);
    } else later(thread, sendTo(thread, to, throwing === null ? { send: value } : { raise: throwing }));
  },
  SEND_CHECK: (frame, arg, thread) => {
    if (frame.stack[frame.stack.length - 1] !== STOP) return;
    frame.stack.length -= 2;
    frame.stack.push(thread.returned);
    frame.ip = arg;
  },
  WRAP_ASYNC: (frame) => {
    frame.stack.push(wrapAsync(frame.pop()));
  },
  GET_AITER: (frame, _, thread) => later(thread, asyncIterator(thread, frame.pop())),
  GET_ANEXT: (frame, _, thread) => later(thread, nextOfAsync(thread, frame.top)),
};
