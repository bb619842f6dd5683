/** Children: waiting for them, and the table of jobs. Upstream: dash's src/jobs.c. */
import { isErrno } from '../../../kernel/errno.ts';
import { signalNumber } from '../../../kernel/process/signals.ts';
import type { Exited, Pid, Signal } from '../../../kernel/sys.ts';
import type { Job, Shell } from '../shell.ts';
import { interrupt } from './traps.ts';

/** strsignal(3). */
export const SIGNAL_TEXT: Partial<Readonly<Record<Signal, string>>> = {
  SIGHUP: 'Hangup',
  SIGINT: 'Interrupt',
  SIGQUIT: 'Quit',
  SIGILL: 'Illegal instruction',
  SIGTRAP: 'Trace/breakpoint trap',
  SIGABRT: 'Aborted',
  SIGBUS: 'Bus error',
  SIGFPE: 'Floating point exception',
  SIGKILL: 'Killed',
  SIGUSR1: 'User defined signal 1',
  SIGSEGV: 'Segmentation fault',
  SIGUSR2: 'User defined signal 2',
  SIGPIPE: 'Broken pipe',
  SIGALRM: 'Alarm clock',
  SIGTERM: 'Terminated',
  SIGSTOP: 'Stopped (signal)',
  SIGTSTP: 'Stopped',
  SIGTTIN: 'Stopped (tty input)',
  SIGTTOU: 'Stopped (tty output)',
  SIGXCPU: 'CPU time limit exceeded',
  SIGSYS: 'Bad system call',
};

export const signalText = (signal: Signal, coreDumped = false): string =>
  `${SIGNAL_TEXT[signal] ?? `Signal ${signalNumber(signal)}`}${coreDumped ? ' (core dumped)' : ''}`;

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
  if (options.isSilent !== true && last?.signal !== undefined)
    await sayDeath(shell, last.signal, { coreDumped: last.coreDumped === true, pid: pids.at(-1) });
  if (options.pipefail === true)
    return results.reduce((status, result) => (result !== undefined && result.status !== 0 ? result.status : status), 0);
  return last?.status ?? 127;
}

export async function sayDeath(
  shell: Shell,
  signal: Signal,
  { coreDumped = false, pid }: { readonly coreDumped?: boolean; readonly pid?: Pid | undefined } = {},
): Promise<void> {
  if (signal === 'SIGINT' || signal === 'SIGPIPE') return;
  if (shell.dialect.own !== undefined && !shell.options.interactive) {
    const text = `${String(pid ?? 0)} ${signalText(signal).padEnd(23)} ${shell.commandText}`;
    return shell.complain(text + (coreDumped ? ' (core dumped)' : ''));
  }
  await shell.write(2, `${signalText(signal, coreDumped)}\n`);
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
    await shell.write(2, `${shell.dialect.own === undefined ? '' : '\n'}${describeJob(shell, job)}\n`);
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

/** `%1`, `%+`, `%-`, `%name`, or nothing for the current one. */
export function findJob(shell: Shell, name: string | undefined): Job | undefined {
  if (name === undefined || name === '%' || name === '%%' || name === '%+') return currentJob(shell);
  if (name === '%-') return inOrder(shell)[1];
  if (/^%?\d+$/.test(name))
    return shell.jobs.find((job) => (name.startsWith('%') ? job.number === Number(name.slice(1)) : job.pids.includes(Number(name))));
  if (name.startsWith('%?')) return shell.jobs.find((job) => job.text.includes(name.slice(2)));
  return shell.jobs.find((job) => job.text.startsWith(name.slice(1)));
}

function currentJob(shell: Shell): Job | undefined {
  return inOrder(shell)[0];
}

export const isCurrent = (shell: Shell, job: Job): boolean => job === currentJob(shell);

/** One line of `jobs`. */
export function describeJob(shell: Shell, job: Job, isLong = false): string {
  const [current, previous] = inOrder(shell);
  const mark = job === current ? '+' : job === previous ? '-' : ' ';
  const pid = isLong ? String(job.pgid ?? job.pids[0]) : '';
  if (shell.dialect.own !== undefined) {
    const state = job.state === 'stopped' ? 'Stopped' : stateOf(job).replace(/^Done\((\d+)\)$/, 'Exit $1');
    return `[${job.number}]${mark} ${isLong ? `${pid.padStart(5)} ` : ' '}${state.padEnd(24)}${job.text}${job.state === 'running' ? ' &' : ''}`;
  }
  const head = shell.dialect.name === 'dash' ? `[${job.number}] ${mark} ` : `[${job.number}]${mark}  `;
  return `${head}${isLong ? `${pid} ` : ''}${stateOf(job).padEnd(27 - (isLong ? pid.length + 1 : 0))}${job.pgid === null ? '' : job.text}`;
}

function stateOf(job: Job): string {
  if (job.state === 'running') return 'Running';
  if (job.signal !== undefined) return signalText(job.signal);
  return job.status === 0 ? 'Done' : `Done(${job.status})`;
}
