/** Jumps, loops, and leaving a function. */
import { iterator, iteratorNow, next } from '../protocol/iterate.ts';
import { truth, truthNow } from '../protocol/truth.ts';
import { fail } from '../runtime/exceptions.ts';
import type { Frame } from '../runtime/frame.ts';
import { PENDING, type Steps, type Thread } from '../runtime/thread.ts';
import { PyGenerator, PyIterator, STOP, type Value } from '../runtime/values.ts';
import { type Handler, type Handlers, later, silently, tick } from './handler.ts';

const LOOP_NS = 100;

/** Whether the value on top is true; if it takes code of the program to know, that is put in its place, and the jump is made again. */
function decide(frame: Frame, thread: Thread): boolean | undefined {
  const value = frame.top;
  const now = typeof value === 'boolean' ? value : truthNow(value);
  if (now !== undefined) return now;
  frame.pop();
  frame.ip -= 1;
  later(thread, truth(thread, value));
  return undefined;
}

const popJump =
  (when: boolean): Handler =>
  (frame, arg, thread) => {
    const is = decide(frame, thread);
    if (is === undefined) return;
    frame.stack.pop();
    if (is === when) frame.ip = arg;
  };

/** The value stays if the jump is made. */
const jumpOrPop =
  (when: boolean): Handler =>
  (frame, arg, thread) => {
    const value = frame.top;
    const now = truthNow(value);
    if (now === undefined) silently(thread, judged(thread, frame, { value, when, target: arg }));
    else if (now === when) frame.ip = arg;
    else frame.stack.pop();
  };

interface Judgement {
  readonly value: Value;
  readonly when: boolean;
  readonly target: number;
}

function* judged(thread: Thread, frame: Frame, { value, when, target }: Judgement): Steps<void> {
  const is = yield* truth(thread, value);
  if (is === when) frame.ip = target;
  else frame.stack.pop();
}

/** The next of the loop's iterator, or the jump out of it. */
const forIter: Handler = (frame, arg, thread) => {
  const it = frame.top;
  if (it instanceof PyIterator && it.next !== null) {
    const value = it.next();
    if (value === STOP) {
      frame.stack.pop();
      frame.ip = arg;
    } else {
      frame.stack.push(value);
      frame.ip += 1;
    }
    return;
  }
  if (it instanceof PyGenerator) {
    const result = thread.resume(it, { send: null });
    if (result !== PENDING) frame.stack.push(result);
    return;
  }
  later(thread, next(thread, it));
};

export function leave(frame: Frame, thread: Thread, value: Value): void {
  thread.popFrame();
  const { generator } = frame;
  if (generator !== null) {
    generator.state = 'done';
    thread.returned = value;
    thread.deliver(STOP);
  } else thread.deliver(frame.hasResult ? initialized(frame, value) : value);
}

function initialized(frame: Frame, value: Value): Value {
  if (value !== null)
    throw fail('TypeError', `__init__() should return None, not '${typeof value === 'object' ? value.cls.name : typeof value}'`);
  return frame.result ?? null;
}

export const FLOW: Handlers = {
  JUMP: (frame, arg) => {
    frame.ip = arg;
  },
  JUMP_BACK: (frame, arg, thread) => {
    frame.ip = arg;
    tick(thread, LOOP_NS);
  },
  POP_JUMP_FALSE: popJump(false),
  POP_JUMP_TRUE: popJump(true),
  JUMP_FALSE_OR_POP: jumpOrPop(false),
  JUMP_TRUE_OR_POP: jumpOrPop(true),
  GET_ITER: (frame, _, thread) => {
    const value = frame.pop();
    const now = iteratorNow(value);
    if (now === undefined) later(thread, iterator(thread, value));
    else frame.stack.push(now);
  },
  FOR_ITER: forIter,
  FOR_CHECK: (frame, arg) => {
    if (frame.stack[frame.stack.length - 1] !== STOP) return;
    frame.stack.length -= 2;
    frame.ip = arg;
  },
  POP: (frame) => {
    frame.stack.pop();
  },
  DUP: (frame) => {
    frame.stack.push(frame.stack[frame.stack.length - 1]);
  },
  DUP2: (frame) => {
    const { stack } = frame;
    stack.push(stack[stack.length - 2], stack[stack.length - 1]);
  },
  ROT2: ({ stack }) => {
    const b = stack.pop();
    const a = stack.pop();
    stack.push(b, a);
  },
  ROT3: ({ stack }) => {
    const c = stack.pop();
    const b = stack.pop();
    const a = stack.pop();
    stack.push(c, a, b);
  },
  RETURN: (frame, _, thread) => leave(frame, thread, frame.pop()),
  YIELD: (frame, _, thread) => {
    const value = frame.pop();
    thread.popFrame();
    if (frame.generator !== null) frame.generator.state = 'suspended';
    thread.deliver(value);
  },
  NOP: () => undefined,
};
