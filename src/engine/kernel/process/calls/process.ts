/** The calls by which processes begin, end, wait for each other and signal each other. */
import { COSTS } from '../../costs.ts';
import { Errno, isErrno } from '../../errno.ts';
import { AGAIN } from '../../open-file.ts';
import type { Disposition, ForkOptions, Pid, Program, Signal, Sys } from '../../sys.ts';
import { type Caller, never } from '../caller.ts';
import { prepare } from '../exec.ts';
import { terminate } from '../exit.ts';
import { fork } from '../fork.ts';
import { isInside, passId, processesIn } from '../pids.ts';
import type { Process } from '../process.ts';
import { ProcessGone } from '../program.ts';
import { dispositionOf } from '../signal.ts';
import { isUncatchable } from '../signals.ts';
import { waitForChild } from '../wait.ts';

type ProcessCalls = Pick<
  Sys,
  'fork' | 'exec' | 'exit' | 'fault' | 'wait' | 'kill' | 'on' | 'disposition' | 'pause' | 'sleep' | 'passThreads'
>;

export function processCalls(caller: Caller): ProcessCalls {
  return {
    fork: (program, options) => forkCall(caller, program, options),
    exec: (path, argv, env) => exec(caller, { path, argv, env: env ?? caller.image.env }),
    exit: (status) => end(caller, { status: status & 0xff }),
    fault: (signal = 'SIGSEGV') => end(caller, { signal }),
    wait: (pid, options) => waitForChild(caller, pid, options),
    kill: (pid, signal) => kill(caller, pid, signal),
    on: (signal, disposition) => setDisposition(caller, signal, disposition),
    disposition: (signal) => dispositionOf(caller.process, signal),
    pause: () => pause(caller),
    sleep: (ms) => sleep(caller, ms),
    passThreads: (count) => passThreads(caller, count),
  };
}

function forkCall(caller: Caller, program: Program, options?: ForkOptions): Pid {
  caller.begin(COSTS.callNs);
  const limit = caller.process.rlimits.get('nproc')?.soft ?? Number.POSITIVE_INFINITY;
  if (limit !== Number.POSITIVE_INFINITY && caller.process.identity.uid !== 0 && countOf(caller) >= limit) throw new Errno('EAGAIN');
  return fork(caller.state, caller.process, program, options);
}

function countOf(caller: Caller): number {
  const { uid } = caller.process.identity;
  return processesIn(caller.state.initial().pid.payload).filter((process) => process.identity.uid === uid).length;
}

async function exec(caller: Caller, request: { path: string; argv: readonly string[]; env: ReadonlyMap<string, string> }): Promise<never> {
  if (!caller.image.isAlive) return never();
  caller.begin(COSTS.pathNs);
  const replace = await prepare(caller.state, caller.process, request);
  replace();
  return never();
}

function passThreads(caller: Caller, count: number): void {
  caller.begin(0);
  for (let thread = 0; thread < count; thread += 1) passId(caller.process.id.namespace);
}

function end(caller: Caller, how: { readonly status: number } | { readonly signal: 'SIGSEGV' | 'SIGSYS' }): never {
  caller.begin(COSTS.exitNs);
  terminate(caller.state, caller.process, how);
  throw new ProcessGone();
}

function sleep(caller: Caller, ms: number): Promise<void> {
  const { scheduler } = caller.state;
  const untilNs = scheduler.nowNs + COSTS.callNs + Math.max(0, Math.round(ms * 1e6));
  return caller.call<void>({
    costNs: COSTS.callNs,
    attempt: () => (scheduler.nowNs >= untilNs ? undefined : AGAIN),
    untilNs,
  });
}

async function pause(caller: Caller): Promise<void> {
  try {
    await caller.call<true>({ costNs: COSTS.callNs, attempt: () => AGAIN });
  } catch (error) {
    if (!isErrno(error, 'EINTR')) throw error;
  }
}

function setDisposition(caller: Caller, signal: Signal, disposition: Disposition): void {
  caller.begin(COSTS.callNs);
  if (isUncatchable(signal)) throw new Errno('EINVAL');
  caller.process.dispositions.set(signal, disposition);
}

function kill(caller: Caller, pid: Pid, signal: Signal | null): void {
  caller.begin(COSTS.callNs);
  const targets = targetsOf(caller, pid);
  if (targets.length === 0) throw new Errno('ESRCH');
  const allowed = targets.filter((target) => mayKill(caller.process, target, signal));
  if (allowed.length === 0) throw new Errno('EPERM');
  if (signal === null) return;
  // The caller last: the others must not escape because it dies first.
  for (const target of allowed) if (target !== caller.process) caller.state.signal(target, signal, caller.process);
  if (allowed.includes(caller.process)) caller.state.signal(caller.process, signal, caller.process);
  caller.checkAlive();
}

function targetsOf({ process }: Caller, pid: Pid): readonly Process[] {
  const { namespace } = process.id;
  if (pid > 0) {
    const target = namespace.ids.get(pid)?.process;
    return target === null || target === undefined ? [] : [target];
  }
  if (pid === -1) return processesIn(namespace).filter((target) => target !== process && target !== namespace.init);
  const group = pid === 0 ? process.group : namespace.ids.get(-pid)?.group;
  return [...(group?.members ?? [])].filter((target) => isInside(target.id.namespace, namespace));
}

function mayKill(sender: Process, target: Process, signal: Signal | null): boolean {
  const { uid, euid, capabilities } = sender.identity;
  if (capabilities.has('CAP_KILL')) return true;
  if (signal === 'SIGCONT' && sender.group.session === target.group.session) return true;
  return [uid, euid].some((id) => id === target.identity.uid || id === target.identity.suid);
}
