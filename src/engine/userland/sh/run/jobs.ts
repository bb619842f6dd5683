/** Children: waiting for them, and the table of jobs. Upstream: dash's src/jobs.c. */
import { isErrno } from '../../../kernel/errno.ts';
import { signalNumber } from '../../../kernel/process/signals.ts';
import type { Exited, Pid } from '../../../kernel/sys.ts';
import { later } from '../later.ts';
import type { Job, Shell } from '../shell.ts';
import { interrupt } from './traps.ts';

const TEXT = () => import('./job-text.ts');
const sayDeath = later(async () => (await TEXT()).sayDeath);
const describeJob = later(async () => (await TEXT()).describeJob);

const statusOf = (exited: Exited): number => exited.status ?? 128 + (exited.signal === undefined ? 0 : signalNumber(exited.signal));

/** Takes note of a child that has changed. */
function note(shell: Shell, exited: Exited): void {
  const job = shell.jobs.find((candidate) => candidate.pids.includes(exited.pid));
  if (exited.stopped === true) {
    if (job !== undefined) {
      Object.assign(job, { state: 'stopped', signal: exited.signal, status: statusOf(exited), isTold: false });
      promote(shell, job);
    }
    return;
  }
  shell.ended.set(exited.pid, {
    status: statusOf(exited),
    ...(exited.signal === undefined ? {} : { signal: exited.signal }),
    ...(exited.coreDumped === undefined ? {} : { coreDumped: exited.coreDumped }),
  });
  if (job?.pids.every((pid) => shell.ended.has(pid)) === true) {
    const last = shell.ended.get(job.pids.at(-1) ?? 0);
    const failed = shell.options.pipefail ? job.pids.findLast((pid) => shell.ended.get(pid)?.status !== 0) : undefined;
    const status = (failed === undefined ? last : shell.ended.get(failed))?.status ?? 0;
    Object.assign(job, { state: 'done', status, signal: last?.signal, isTold: false });
  }
}

/** Looks which children have changed, without waiting. */
export async function reap(shell: Shell): Promise<void> {
  for (;;) {
    try {
      const exited = await shell.sys.wait(undefined, { noHang: true, stopped: shell.options.monitor });
      if (exited === null) return;
      note(shell, exited);
    } catch (error) {
      if (isErrno(error, 'ECHILD')) return;
      if (!isErrno(error, 'EINTR')) throw error;
    }
  }
}

/** Waits until one child has changed. False if there is none. EINTR is the caller's. */
export async function waitForAny(shell: Shell): Promise<boolean> {
  try {
    return await reapOne(shell);
  } catch (error) {
    if (isErrno(error, 'EINTR')) return true;
    throw error;
  }
}

async function reapOne(shell: Shell): Promise<boolean> {
  try {
    const exited = await shell.sys.wait(undefined, { stopped: shell.options.monitor });
    if (exited !== null) note(shell, exited);
    return true;
  } catch (error) {
    if (isErrno(error, 'ECHILD')) return false;
    throw error;
  }
}

export interface WaitForOptions {
  /** Says nothing of a signal that ended it. */
  readonly isSilent?: boolean;
  readonly pipefail?: boolean;
}

/** Waits for children begun together in the foreground; their status is that of the last one. */
export async function waitFor(shell: Shell, pids: readonly Pid[], options: WaitForOptions = {}): Promise<number> {
  while (!pids.every((pid) => shell.ended.has(pid))) {
    try {
      if (!(await reapOne(shell))) break;
    } catch (error) {
      if (!isErrno(error, 'EINTR')) throw error;
    }
  }
  return finish(shell, pids, options);
}

async function finish(shell: Shell, pids: readonly Pid[], options: WaitForOptions): Promise<number> {
  const results = pids.map((pid) => shell.ended.get(pid));
  shell.pipeStatuses = results.map((result) => result?.status ?? 0);
  for (const pid of pids) shell.ended.delete(pid);
  const last = results.at(-1);
  // bash speaks of the last one alone.
  const first = shell.dialect.own === undefined ? 0 : pids.length - 1;
  for (const [at, result] of results.entries())
    if (options.isSilent !== true && at >= first && result?.signal !== undefined)
      await sayDeath(shell, result.signal, { coreDumped: result.coreDumped === true, pid: pids[at] });
  if (options.pipefail === true)
    return results.reduce((status, result) => (result !== undefined && result.status !== 0 ? result.status : status), 0);
  return last?.status ?? 127;
}

/** As `waitFor` with job control: the job has the terminal, and may also stop. */
export async function waitForJob(shell: Shell, job: Job): Promise<number> {
  while (job.state === 'running') {
    try {
      if (!(await reapOne(shell))) break;
    } catch (error) {
      if (!isErrno(error, 'EINTR')) throw error;
    }
  }
  takeTerminal(shell);
  if (job.state === 'stopped') {
    job.isTold = true;
    // busybox's and dash's line goes on after the terminal's ^Z.
    await shell.write(2, `${shell.dialect.own === undefined ? '' : '\n'}${await describeJob(shell, job)}\n`);
    return job.status;
  }
  shell.pipeStatuses = job.pids.map((pid) => shell.ended.get(pid)?.status ?? 0);
  removeJob(shell, job);
  // The rest of the line goes with what was interrupted.
  if (job.signal === 'SIGINT' && shell.options.interactive) return interrupt(shell);
  if (job.signal !== undefined) await sayDeath(shell, job.signal);
  return job.status;
}

/** The shell's own group has the terminal again. */
export function takeTerminal(shell: Shell): void {
  if (shell.terminal !== null) shell.sys.tty.setForeground(shell.terminal, shell.sys.ids.getpgid());
}

export function addJob(shell: Shell, job: { readonly pids: readonly Pid[]; readonly pgid: Pid | null; readonly text: string }): Job {
  for (const other of shell.jobs) if (other.isWaited === true) removeJob(shell, other);
  const number = shell.jobs.reduce((highest, other) => Math.max(highest, other.number), 0) + 1;
  const added: Job = { ...job, number, state: 'running', status: 0, signal: undefined, isTold: true, rank: 0 };
  shell.jobs.push(added);
  promote(shell, added);
  return added;
}

/** Makes a job the latest of its kind. */
export function promote(shell: Shell, job: Job): void {
  job.rank = Math.max(...shell.jobs.map((other) => other.rank)) + 1;
}

/** The current job first: those that are stopped, then the others, the latest of each before. */
export const inOrder = (shell: Shell): readonly Job[] =>
  [...shell.jobs].sort((a, b) => Number(b.state === 'stopped') - Number(a.state === 'stopped') || b.rank - a.rank);

/** Whether an interactive shell has to say first that jobs are stopped. Asked again at once, it may be left. */
export async function isHeld(shell: Shell): Promise<boolean> {
  if (!shell.options.interactive || shell.isSubshell || shell.warnedFor > 0) return false;
  if (!shell.jobs.some((job) => job.state === 'stopped')) return false;
  shell.warnedFor = 2;
  await shell.write(2, shell.dialect.own === undefined ? 'You have stopped jobs.\n' : 'There are stopped jobs.\n');
  return true;
}

export function removeJob(shell: Shell, job: Job): void {
  shell.jobs = shell.jobs.filter((other) => other !== job);
  shell.finished.set(job.pids.at(-1) ?? 0, job.status);
  for (const pid of job.pids) shell.ended.delete(pid);
}
