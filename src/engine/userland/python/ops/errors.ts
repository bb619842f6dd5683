/** Exceptions: raising them, and the blocks that wait for them. */
import { attributeNow, getAttribute, LATER } from '../protocol/attributes.ts';
import { matchesException, splitGroup } from '../protocol/exceptions.ts';
import { exceptionOf } from '../protocol/generators.ts';
import { EXCEPTION_GROUP, exceptionType, fail, Raised, typeError } from '../runtime/exceptions.ts';
import type { Frame } from '../runtime/frame.ts';
import { argsOf, Call, type Steps, type Thread } from '../runtime/thread.ts';
import { classOf, lookup, PyException, PyList, PyMethod, PyTraceback, PyType, type Value } from '../runtime/values.ts';
import { type Handlers, later } from './handler.ts';

function* raise(thread: Thread, error: Value, cause: Value | undefined): Steps<never> {
  const exc = yield* exceptionOf(thread, error);
  if (cause !== undefined) {
    if (cause !== null && !(cause instanceof PyException || cause instanceof PyType))
      throw typeError('exception causes must derive from BaseException');
    exc.cause = cause === null ? null : yield* exceptionOf(thread, cause);
    exc.isContextHidden = true;
  }
  throw new Raised(exc);
}

function raiseAgain(thread: Thread): never {
  const { handling } = thread;
  if (handling === null) throw fail('RuntimeError', 'No active exception to reraise');
  throw new Raised(handling, true);
}

/** `__enter__` and `__exit__` of what a `with` has. */
function* enter(thread: Thread, frame: Frame, manager: Value): Steps {
  const type = classOf(manager);
  const [start, exit] = [lookup(type, '__enter__'), lookup(type, '__exit__')];
  if (start === undefined) throw typeError(`'${type.name}' object does not support the context manager protocol`);
  if (exit === undefined) throw typeError(`'${type.name}' object does not support the context manager protocol (missed __exit__ method)`);
  frame.push(bound(thread, manager, '__exit__'));
  return (yield new Call(bound(thread, manager, '__enter__'), argsOf([]))) as Value;
}

function bound(thread: Thread, manager: Value, name: string): Value {
  const found = attributeNow(thread, manager, name);
  return found === undefined || found === LATER ? new PyMethod(lookup(classOf(manager), name) ?? null, manager) : found;
}

function* enterAsync(thread: Thread, frame: Frame, manager: Value): Steps {
  const type = classOf(manager);
  if (lookup(type, '__aenter__') === undefined)
    throw typeError(`'${type.name}' object does not support the asynchronous context manager protocol`);
  frame.push(yield* getAttribute(thread, manager, '__aexit__'));
  return (yield new Call(yield* getAttribute(thread, manager, '__aenter__'), argsOf([]))) as Value;
}

/** Puts back the exception that was handled before. */
function popHandled(frame: Frame): PyException {
  const exc = frame.stack.pop() as PyException;
  frame.handling = (frame.stack.pop() ?? null) as PyException | null;
  return exc;
}

const guard = (frame: Frame, handler: number, depth: number): void => {
  frame.guards.push({ handler, depth, handling: frame.handling });
};

/** The end of `except*`: what is left, and what handlers raised, goes on. */
function endGroup(frame: Frame): void {
  const raised = frame.pop() as PyList;
  const rest = frame.pop();
  const exc = frame.top as PyException;
  if (raised.items.length === 0) {
    if (rest === null) return;
    throw new Raised(rest as PyException, rest === exc);
  }
  if (raised.items.length === 1 && rest === null) throw new Raised(raised.items[0] as PyException, true);
  const all = new PyException(EXCEPTION_GROUP, ['', new PyList([...raised.items, ...(rest === null ? [] : [rest])])]);
  throw new Raised(all);
}

export const ERRORS: Handlers = {
  SETUP_TRY: (frame, arg) => guard(frame, arg, frame.stack.length),
  SETUP_WITH: (frame, arg) => guard(frame, arg, frame.stack.length - 1),
  POP_BLOCK: (frame) => {
    frame.guards.pop();
  },
  POP_EXCEPT: (frame) => {
    popHandled(frame);
  },
  RERAISE: (frame) => {
    throw new Raised(popHandled(frame), true);
  },
  RAISE: (frame, arg, thread) => {
    if (arg === 0) raiseAgain(thread);
    const cause = arg === 2 ? frame.pop() : undefined;
    const error = frame.pop();
    if (error instanceof PyException && cause === undefined) throw new Raised(error);
    later(thread, raise(thread, error, cause));
  },
  MATCH_EXC: (frame) => {
    const type = frame.pop();
    frame.stack.push(matchesException(frame.top as PyException, type));
  },
  MATCH_GROUP: (frame) => {
    const type = frame.pop();
    const rest = frame.stack[frame.stack.length - 2] as Value;
    const [matched, left] = splitGroup(rest, type);
    frame.stack[frame.stack.length - 2] = left;
    frame.stack.push(matched);
    if (matched !== null) frame.handling = matched as PyException;
  },
  END_GROUP: (frame, arg) => {
    if (arg === 0) {
      endGroup(frame);
      return;
    }
    const exc = popHandled(frame);
    (frame.stack[frame.stack.length - 2] as PyList).items.push(exc);
  },
  WITH: (frame, _, thread) => later(thread, enter(thread, frame, frame.pop())),
  ASYNC_WITH: (frame, _, thread) => later(thread, enterAsync(thread, frame, frame.pop())),
  /** Calls `__exit__` with the exception on top. */
  WITH_EXIT: (frame, _, thread) => {
    const exc = frame.top as PyException;
    const exit = frame.stack[frame.stack.length - 3] as Value;
    const trace = exc.trace === null ? null : new PyTraceback(exc.trace);
    later(
      thread,
      (function* (): Steps {
        return (yield new Call(exit, argsOf([exc.cls, exc, trace]))) as Value;
      })(),
    );
  },
  END_ASYNC_FOR: (frame) => {
    const exc = popHandled(frame);
    if (exc.cls.name !== 'StopAsyncIteration') throw new Raised(exc, true);
    frame.stack.pop();
  },
  LOAD_ASSERTION: (frame) => {
    frame.stack.push(exceptionType('AssertionError'));
  },
};
