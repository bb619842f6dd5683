/** How things come into a machine: outside code pushes, at a tick of the scheduler; a program waits for the next. */
import { COSTS } from '../costs.ts';
import { AGAIN } from '../open-file.ts';
import { WaitQueue } from '../wait-queue.ts';
import { Caller } from './caller.ts';
import { Process } from './process.ts';
import type { KernelState } from './state.ts';

export interface Mailbox<T> {
  /** From outside (or from a program). Taken over at the next tick. */
  push(item: T): void;
  /** For a program: waits for the next item like any system call, without being interrupted by caught signals. */
  take(): Promise<T>;
}

export function createMailbox<T>(state: KernelState): Mailbox<T> {
  const items: T[] = [];
  const changed = new WaitQueue();
  return {
    push: (item) =>
      state.scheduler.enter(() => {
        items.push(item);
        changed.wake();
      }),
    take: () =>
      callerOf(state).call<T>({
        costNs: COSTS.callNs,
        attempt: () => items.shift() ?? AGAIN,
        queues: () => [changed],
        undisturbed: true,
      }),
  };
}

/** The running task's process. */
function callerOf(state: KernelState): Caller {
  const owner = state.scheduler.current?.owner;
  if (!(owner instanceof Process)) throw new Error('A mailbox is read by programs only');
  return new Caller(state, owner, owner.image);
}
