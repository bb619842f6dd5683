/**
 * Signals: from whom to whom, and what they do. A signal that nobody catches acts at once: only one task runs at a time, so
 * its target is at rest. A caught one waits until a task of its process comes by: at a turn, or out of an interrupted wait.
 */

import { COSTS } from '../costs.ts';
import type { Disposition, Signal } from '../sys.ts';
import { terminate } from './exit.ts';
import { isInside } from './pids.ts';
import { type Process, releaseTasks } from './process.ts';
import { defaultAction, isUncatchable } from './signals.ts';
import type { KernelState } from './state.ts';

/** Sends `signal`; `sender` is null if the kernel itself does. */
export function sendSignal(state: KernelState, target: Process, signal: Signal, sender: Process | null): void {
  if (target.state !== 'alive') return;
  const disposition = dispositionOf(target, signal);
  if (isProtected(target, { signal, disposition, sender })) return;
  if (signal === 'SIGCONT') continueProcess(state, target);
  if (disposition === 'ignore') return;
  const mustWait = target.isStopped || target.cgroup.isFrozen();
  if (mustWait && signal !== 'SIGKILL') keep(target, signal);
  else act(state, target, signal);
}

export function dispositionOf(process: Process, signal: Signal): Disposition {
  return isUncatchable(signal) ? 'default' : (process.dispositions.get(signal) ?? 'default');
}

/**
 * Pid 1 of a namespace has no default actions: a signal that it does not catch is lost, unless it is SIGKILL or SIGSTOP
 * from outside (pid_namespaces(7)).
 */
function isProtected(target: Process, what: { signal: Signal; disposition: Disposition; sender: Process | null }): boolean {
  if (!target.isInit || what.disposition !== 'default') return false;
  const action = defaultAction(what.signal);
  if (action === 'ignore' || action === 'continue') return false;
  if (!isUncatchable(what.signal)) return true;
  return what.sender !== null && isInside(what.sender.id.namespace, target.id.namespace);
}

function keep(target: Process, signal: Signal): void {
  if (!target.pending.includes(signal)) target.pending.push(signal);
}

function act(state: KernelState, target: Process, signal: Signal): void {
  if (typeof dispositionOf(target, signal) === 'function') {
    keep(target, signal);
    interruptOne(state, target);
    return;
  }
  switch (defaultAction(signal)) {
    case 'terminate':
      terminate(state, target, { signal });
      return;
    case 'core':
      terminate(state, target, { signal, coreDumped: (target.rlimits.get('core')?.soft ?? 0) > 0 });
      return;
    case 'stop':
      stopProcess(state, target, signal);
      return;
    case 'ignore':
    case 'continue':
      return;
  }
}

/** One task has to run the handler: rather one that waits for nothing in particular than one whose call would fail with EINTR. */
function interruptOne(state: KernelState, target: Process): void {
  if (target.tasks.some((task) => task === state.scheduler.current)) {
    state.scheduler.deadlineNs = 0;
    return;
  }
  const waiting = target.tasks.filter((task) => task.state === 'waiting');
  const chosen = waiting.find((task) => task.undisturbed) ?? waiting[0];
  chosen?.interrupt();
}

function stopProcess(state: KernelState, target: Process, signal: Signal): void {
  if (target.isStopped) return;
  target.isStopped = true;
  target.stopSignal = signal;
  state.scheduler.deadlineNs = 0;
  target.parent?.childChanged.wake();
  if (target.parent !== null) sendSignal(state, target.parent, 'SIGCHLD', null);
}

function continueProcess(state: KernelState, target: Process): void {
  if (!target.isStopped) return;
  target.isStopped = false;
  target.stopSignal = null;
  // Whoever was stopped for reading in the background looks again.
  for (const task of target.tasks) task.wake();
  letGo(state, target);
}

/** Nothing holds it any more, perhaps: signals that came meanwhile act, and its tasks may run. */
export function letGo(state: KernelState, process: Process): void {
  if (process.state !== 'alive' || process.isStopped || process.cgroup.isFrozen()) return;
  const kept = process.pending;
  process.pending = [];
  for (const signal of kept) {
    if (process.state !== 'alive') return;
    if (dispositionOf(process, signal) !== 'ignore') act(state, process, signal);
  }
  releaseTasks(process, (task) => state.scheduler.release(task));
}

/** Runs the handlers of the signals that have come. The caller is a task of the process. */
export function runHandlers(state: KernelState, process: Process): void {
  while (process.pending.length > 0 && process.state === 'alive') {
    const signal = process.pending.shift();
    if (signal === undefined) return;
    state.scheduler.spend(COSTS.signalNs);
    const disposition = dispositionOf(process, signal);
    if (typeof disposition === 'function') disposition(signal);
    else if (disposition === 'default') act(state, process, signal);
  }
}
