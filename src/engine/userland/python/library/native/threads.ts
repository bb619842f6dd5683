/** `_thread`: threads and locks; `threading` is made of them. */

import type { TaskQueue } from '../../../../kernel/sys.ts';
import { numeric } from '../../protocol/compare.ts';
import { asRaised, fail } from '../../runtime/exceptions.ts';
import type { Interpreter } from '../../runtime/interpreter.ts';
import { drive } from '../../runtime/run.ts';
import { argsOf, Call, HostCall, type Steps, type Thread } from '../../runtime/thread.ts';
import { builtinType, PyDict, PyInstance, type PyTuple, type Value } from '../../runtime/values.ts';
import { fn, members, methodSteps, methods, moduleOf, steps } from '../define.ts';
import { rest } from '../waiting.ts';

const LOCK = builtinType('lock');
LOCK.attrs.set('__module__', '_thread');

interface Lock {
  isHeld: boolean;
  owner: Thread | null;
  readonly queue: TaskQueue;
}

const l = (value: Value | undefined): Lock => (value as PyInstance).host as Lock;

function* acquire(thread: Thread, lock: Lock, isBlocking: boolean, timeout: number): Steps<boolean> {
  const { sys } = thread;
  const end = timeout < 0 ? null : Number(sys.clock.monotonicNs()) + timeout * 1e9;
  while (lock.isHeld) {
    if (!isBlocking) return false;
    const left = end === null ? undefined : (end - Number(sys.clock.monotonicNs())) / 1e6;
    if (left !== undefined && left <= 0) return false;
    yield* rest(thread, lock.queue, left);
  }
  lock.isHeld = true;
  lock.owner = thread;
  return true;
}

function release(lock: Lock): null {
  if (!lock.isHeld) throw fail('RuntimeError', 'release unlocked lock');
  lock.isHeld = false;
  lock.owner = null;
  lock.queue.wake();
  return null;
}

const seconds = (value: Value | undefined): number => Number(numeric(value ?? null) ?? -1);

LOCK.make = (thread, cls) => {
  const lock = new PyInstance(cls);
  lock.host = { isHeld: false, owner: null, queue: thread.sys.queue() } satisfies Lock;
  return lock;
};
methods(LOCK, {
  'release(self)': ([self]) => release(l(self)),
  'locked(self)': ([self]) => l(self).isHeld,
  '__exit__(self, *args)': ([self]) => release(l(self)),
  '__repr__(self)': ([self], { interpreter }) =>
    `<${l(self).isHeld ? 'locked' : 'unlocked'} _thread.lock object at 0x${interpreter.address(self as object).toString(16)}>`,
});
methodSteps(LOCK, {
  *'acquire(self, blocking=True, timeout=-1)'([self, blocking, timeout], thread) {
    return yield* acquire(thread, l(self), blocking === true || blocking === 1, seconds(timeout));
  },
  *'__enter__(self)'([self], thread) {
    return yield* acquire(thread, l(self), true, -1);
  },
});
members(LOCK, {});

const namedOf = (value: Value): ReadonlyMap<string, Value> | null =>
  value instanceof PyDict && value.map.size > 0 ? new Map([...value.map.values()].map(({ k, v }) => [String(k), v] as const)) : null;

/** A thread ends by itself; what it raises is told by whoever started it. */
function start(thread: Thread, body: { fn: Value; args: Value; kwargs: Value }): number {
  const { interpreter } = thread;
  const made = interpreter.createThread('Thread');
  made.push(
    new HostCall(
      (function* (): Steps {
        return (yield new Call(body.fn, argsOf((body.args as PyTuple).items, namedOf(body.kwargs)))) as Value;
      })(),
    ),
  );
  interpreter.sys.thread(async () => {
    try {
      await drive(made);
    } catch (error) {
      // `threading` prints what its threads raise; a bare one just ends.
      asRaised(error);
    }
    interpreter.threads.delete(made);
  });
  return made.ident;
}

export const create = (_: Interpreter) =>
  moduleOf('_thread', {
    functions: [
      fn('start_new_thread(function, args, kwargs=None)', ([body, args, kwargs], thread) =>
        start(thread, { fn: body as Value, args: args as Value, kwargs: kwargs as Value }),
      ),
      fn('allocate_lock()', (_args, thread) => LOCK.make?.(thread, LOCK, argsOf([])) ?? null),
      fn('get_ident()', (_args, thread) => thread.ident),
      fn('get_native_id()', (_args, thread) => thread.sys.pid),
      fn('is_main()', (_args, thread) => thread.isMain),
      fn('_count()', (_args, { interpreter }) => interpreter.threads.size),
      fn('exit()', () => {
        throw fail('SystemExit', '');
      }),
      steps('_yield()', function* (_args, thread) {
        const passed = thread.sys.turn();
        if (passed) yield passed;
        return null;
      }),
    ],
    values: { LockType: LOCK, TIMEOUT_MAX: 9223372036 },
  });
