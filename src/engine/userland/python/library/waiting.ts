/** Where threads sleep until another one, or a signal, wakes them. */
import type { TaskQueue } from '../../../kernel/sys.ts';
import { type Steps, type Thread, wait } from '../runtime/thread.ts';

/** Waits in a queue. In the main thread a signal wakes it, and is handled. */
export function* rest(thread: Thread, queue: TaskQueue, timeoutMs?: number): Steps<boolean> {
  const { signals } = thread.interpreter;
  if (!thread.isMain) return yield* wait(queue.wait(timeoutMs));
  if (signals.isPending) yield* signals.deliver(thread);
  signals.wake = () => queue.wake();
  try {
    return yield* wait(queue.wait(timeoutMs));
  } finally {
    signals.wake = null;
    if (signals.isPending) yield* signals.deliver(thread);
  }
}
