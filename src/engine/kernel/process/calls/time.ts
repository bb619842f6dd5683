/** The calls that use up time and memory, and the tasks of one process among themselves. */
import { COSTS } from '../../costs.ts';
import { AGAIN } from '../../open-file.ts';
import type { Sys, TaskQueue, Thread } from '../../sys.ts';
import { WaitQueue } from '../../wait-queue.ts';
import { type Caller, never } from '../caller.ts';
import { crash } from '../program.ts';
import type { Task } from '../task.ts';

type TimeCalls = Pick<Sys, 'turn' | 'charge' | 'grow' | 'stall' | 'thread' | 'queue'>;

export function timeCalls(caller: Caller): TimeCalls {
  const { scheduler } = caller.state;
  const { image } = caller;
  return {
    turn: () => {
      if (!image.isAlive) return never();
      scheduler.spend(COSTS.turnNs);
      return scheduler.nowNs < scheduler.deadlineNs ? undefined : spend(caller, 0);
    },
    charge: (ns) => {
      if (!image.isAlive) return never();
      if (scheduler.nowNs + ns >= scheduler.deadlineNs) return spend(caller, ns);
      scheduler.spend(Math.round(ns));
      return undefined;
    },
    grow: (bytes) => grow(caller, bytes),
    stall: (load) => stall(caller, load),
    thread: (body) => thread(caller, body),
    queue: () => queue(caller),
  };
}

/** Spends CPU time, slice by slice. */
async function spend(caller: Caller, ns: number): Promise<void> {
  const { scheduler } = caller.state;
  for (let leftNs = Math.round(ns); ; ) {
    const task = caller.begin(0);
    const pieceNs = Math.min(leftNs, scheduler.leftNs);
    scheduler.spend(pieceNs);
    leftNs -= pieceNs;
    try {
      await caller.passIfOver(task);
    } catch (error) {
      if (!caller.image.isAlive) return never();
      throw error;
    }
    if (leftNs <= 0) return;
  }
}

function grow(caller: Caller, bytes: number): void {
  caller.begin(COSTS.callNs);
  const { process } = caller;
  const change = Math.max(bytes, -process.rssBytes);
  process.rssBytes += change;
  if (change <= 0) process.cgroup.memory.move(change);
  else process.cgroup.memory.charge(change);
  caller.checkAlive();
}

async function stall<T>(caller: Caller, load: () => Promise<T>): Promise<T> {
  if (!caller.image.isAlive) return never();
  // It costs nothing: who remembers what was loaded before (a warm module, another machine's) must not be ahead of who does not.
  caller.begin(0);
  return caller.state.scheduler.stall(load);
}

function thread(caller: Caller, body: () => Promise<void>): Thread {
  const creator = caller.begin(COSTS.callNs);
  const done = new WaitQueue();
  let isDone = false;
  const finish = (task: Task): void => {
    isDone = true;
    const { tasks } = caller.process;
    tasks.splice(tasks.indexOf(task) >>> 0, 1);
    task.kill();
    done.wake();
    if (caller.state.scheduler.current === task) caller.state.scheduler.endTurn();
  };
  const task = caller.state.scheduler.createTask(caller.process, (self) => void runBody(caller, body, () => finish(self)));
  task.span = creator.span;
  caller.process.tasks.push(task);
  return {
    join: () =>
      caller.call<void>({ costNs: COSTS.callNs, attempt: () => (isDone ? undefined : AGAIN), queues: () => [done], undisturbed: true }),
  };
}

async function runBody(caller: Caller, body: () => Promise<void>, finish: () => void): Promise<void> {
  try {
    await body();
    if (caller.image.isAlive) finish();
  } catch (error) {
    if (caller.image.isAlive) crash(caller.state, caller.process, error);
  }
}

function queue(caller: Caller): TaskQueue {
  const waiters = new WaitQueue();
  let wakes = 0;
  return {
    wait: (timeoutMs) => {
      const seen = wakes;
      return caller.call<boolean>({
        costNs: COSTS.callNs,
        attempt: () => (wakes === seen ? AGAIN : true),
        queues: () => [waiters],
        untilNs: timeoutMs === undefined ? undefined : caller.state.scheduler.nowNs + Math.round(timeoutMs * 1e6),
        timedOut: () => false,
        undisturbed: true,
      });
    },
    wake: () => {
      wakes += 1;
      waiters.wake();
    },
  };
}
