/** Generators as objects: `send`, `throw`, `close`. */
import { fail, Raised, typeError } from '../runtime/exceptions.ts';
import { argsOf, Call, type Steps, type Thread } from '../runtime/thread.ts';
import { classOf, lookup, PyException, PyGenerator, PyIterator, PyTuple, PyType, STOP, type Stop, type Value } from '../runtime/values.ts';
import { PyAsyncStep } from './awaiting.ts';
import { next } from './iterate.ts';

type How = { readonly send: Value } | { readonly raise: Raised };

/** Goes on with whatever is iterated: the next value, or STOP with what it returned in `thread.returned`. */
export function* sendTo(thread: Thread, to: Value, how: How): Steps<Value | Stop> {
  if (to instanceof PyGenerator) return (yield new Call(to, argsOf([]), how)) as Value | Stop;
  if (to instanceof PyAsyncStep) return yield* to.advance(thread, how);
  if ('raise' in how) {
    const method = to instanceof PyIterator ? undefined : lookup(classOf(to), 'throw');
    if (method === undefined) throw how.raise;
    return yield* stopping(thread, method, [to, how.raise.exc]);
  }
  thread.returned = null;
  if (how.send === null) return yield* next(thread, to);
  const method = lookup(classOf(to), 'send');
  if (method === undefined) throw fail('AttributeError', `'${classOf(to).name}' object has no attribute 'send'`);
  return yield* stopping(thread, method, [to, how.send]);
}

function* stopping(thread: Thread, method: Value, args: readonly Value[]): Steps<Value | Stop> {
  try {
    return (yield new Call(method, argsOf(args))) as Value;
  } catch (error) {
    if (!(error instanceof Raised) || error.exc.cls.name !== 'StopIteration') throw error;
    thread.returned = error.exc.args.items[0] ?? null;
    return STOP;
  }
}

/** As methods have it: the end is an exception. */
export function* advance(thread: Thread, generator: PyGenerator, how: How): Steps {
  const value = (yield new Call(generator, argsOf([]), how)) as Value | Stop;
  if (value === STOP) throw stopIteration(thread.returned);
  return value;
}

export function stopIteration(value: Value, type = 'StopIteration'): Raised {
  const raised = fail(type, '');
  raised.exc.args = new PyTuple(value === null ? [] : [value]);
  return raised;
}

export function* close(_: Thread, generator: PyGenerator): Steps<null> {
  if (generator.state === 'created') generator.state = 'done';
  if (generator.state === 'done') return null;
  try {
    const value = (yield new Call(generator, argsOf([]), { raise: fail('GeneratorExit', '') })) as Value | Stop;
    if (value !== STOP) throw fail('RuntimeError', 'generator ignored GeneratorExit');
  } catch (error) {
    if (!(error instanceof Raised) || !['GeneratorExit', 'StopIteration'].includes(error.exc.cls.name)) throw error;
  }
  return null;
}

/** What is given to `raise` or `throw`: an exception, or a class of them that is called. */
export function* exceptionOf(_: Thread, value: Value, args: readonly Value[] = []): Steps<PyException> {
  if (value instanceof PyException) return value;
  if (value instanceof PyType && value.mro.some(({ name }) => name === 'BaseException')) {
    const made = (yield new Call(value, argsOf(args))) as Value;
    if (made instanceof PyException) return made;
  }
  throw typeError('exceptions must derive from BaseException');
}
