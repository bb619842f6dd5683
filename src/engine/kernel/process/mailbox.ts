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
  /** Nothing more will come: `next` answers null once everything has been taken. */
  close(): void;
  /** For a program: waits like any system call, without being interrupted by caught signals. */
  next(): Promise<T | null>;
  /** What is there already, without waiting. */
  take(): T | undefined;
}

export function createMailbox<T>(state: KernelState): Mailbox<T> {
  const items: T[] = [];
  const changed = new WaitQueue();
  let isClosed = false;
  const enter = (action: () => void): void =>
    state.scheduler.enter(() => {
      action();
      changed.wake();
    });
  return {
    push: (item) => enter(() => void items.push(item)),
    close: () => enter(() => void (isClosed = true)),
    take: () => items.shift(),
    next: () =>
      callerOf(state).call<T | null>({
        costNs: COSTS.callNs,
        attempt: () => items.shift() ?? (isClosed ? null : AGAIN),
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
