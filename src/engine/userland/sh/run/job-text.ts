/** How jobs are called and what is said of them. */
import { signalNumber } from '../../../kernel/process/signals.ts';
import type { Pid, Signal } from '../../../kernel/sys.ts';
import type { Job, Shell } from '../shell.ts';
import { inOrder } from './jobs.ts';

/** strsignal(3). */
const SIGNAL_TEXT: Partial<Readonly<Record<Signal, string>>> = {
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
  SIGXFSZ: 'File size limit exceeded',
  SIGSYS: 'Bad system call',
};

const signalText = (signal: Signal, coreDumped = false): string =>
  `${SIGNAL_TEXT[signal] ?? `Signal ${signalNumber(signal)}`}${coreDumped ? ' (core dumped)' : ''}`;

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
