/** Jobs and signals. */
import { isErrno } from '../../../kernel/errno.ts';
import { signalNumber, signalOfNumber } from '../../../kernel/process/signals.ts';
import type { Pid, Signal } from '../../../kernel/sys.ts';
import { describeJob, findJob, sayDeath } from '../run/job-text.ts';
import { inOrder, promote, reap, removeJob, waitForJob } from '../run/jobs.ts';
import type { Job, Shell } from '../shell.ts';
import { parseSignal, SIGNAL_NAMES } from '../signal-names.ts';

function jobNamed(shell: Shell, name: string | undefined): Job {
  const job = findJob(shell, name);
  return job ?? shell.fail(name === undefined ? 'No current job' : shell.dialect.noSuchJob(name));
}

export async function jobs(shell: Shell, argv: readonly string[]): Promise<number> {
  await reap(shell);
  const names = argv.slice(1).filter((word) => !word.startsWith('-'));
  const shown = names.length === 0 ? inOrder(shell) : names.map((name) => jobNamed(shell, name));
  for (const job of shown) {
    await shell.write(1, argv.includes('-p') ? `${job.pgid ?? job.pids[0]}\n` : `${describeJob(shell, job, argv.includes('-l'))}\n`);
    job.isTold = true;
    if (job.state === 'done') removeJob(shell, job);
  }
  return 0;
}

export function resume(shell: Shell, job: Job): void {
  job.state = 'running';
  job.signal = undefined;
  shell.sys.kill(job.pgid === null ? (job.pids[0] ?? 0) : -job.pgid, 'SIGCONT');
}

export async function fg(shell: Shell, argv: readonly string[]): Promise<number> {
  const job = jobNamed(shell, argv[1]);
  await shell.write(1, `${job.text}\n`);
  if (shell.terminal !== null && job.pgid !== null) shell.sys.tty.setForeground(shell.terminal, job.pgid);
  resume(shell, job);
  return waitForJob(shell, job);
}

export async function bg(shell: Shell, argv: readonly string[]): Promise<number> {
  const job = jobNamed(shell, argv[1]);
  resume(shell, job);
  promote(shell, job);
  await shell.write(1, `[${job.number}] ${job.text}\n`);
  return 0;
}

export async function wait(shell: Shell, argv: readonly string[]): Promise<number> {
  const names = argv.slice(1);
  if (names.length === 0) {
    for (const job of [...shell.jobs]) {
      const status = await waitQuietly(shell, job, false);
      if (status.interrupted) return status.status;
    }
    return 0;
  }
  let status = 127;
  for (const name of names) {
    if (!/^(%.*|\d+)$/.test(name)) shell.fail(shell.dialect.illegalNumber(name));
    const job = findJob(shell, name);
    if (job === undefined && name.startsWith('%')) shell.fail(shell.dialect.noSuchJob(name));
    const result = job === undefined ? { status: 127, interrupted: false } : await waitQuietly(shell, job);
    status = result.status;
    if (result.interrupted) break;
  }
  return status;
}

/** Waits for a job in the background; a signal with a trap ends the waiting at once (POSIX 2.11). Who asked for it by name is told of its death. */
export async function waitQuietly(shell: Shell, job: Job, isNamed = true): Promise<{ status: number; interrupted: boolean }> {
  for (;;) {
    const signal = shell.pendingSignals[0];
    if (signal !== undefined) return { status: 128 + signalNumber(signal), interrupted: true };
    await reap(shell);
    if (job.state !== 'running') break;
    await waitForChange(shell, job);
  }
  if (job.state === 'stopped') return { status: job.status, interrupted: false };
  const stays = shell.dialect.own === undefined && !shell.options.monitor;
  if (job.signal !== undefined && shell.dialect.own === undefined && isNamed && job.isWaited !== true) await sayDeath(shell, job.signal);
  if (stays) job.isWaited = true;
  else removeJob(shell, job);
  return { status: job.status, interrupted: false };
}

async function waitForChange(shell: Shell, job: Job): Promise<void> {
  try {
    const alive = job.pids.find((pid) => !shell.ended.has(pid));
    const exited = await shell.sys.wait(alive, { stopped: shell.options.monitor });
    if (exited === null || exited.stopped === true) return;
    const status = exited.status ?? 128 + (exited.signal === undefined ? 0 : signalNumber(exited.signal));
    shell.ended.set(exited.pid, { status, ...(exited.signal === undefined ? {} : { signal: exited.signal }) });
    if (job.pids.every((pid) => shell.ended.has(pid))) {
      const last = shell.ended.get(job.pids.at(-1) ?? 0);
      Object.assign(job, { state: 'done', status: last?.status ?? 0, signal: last?.signal });
    }
  } catch (error) {
    if (isErrno(error, 'ECHILD')) Object.assign(job, { state: 'done', status: 127 });
    else if (!isErrno(error, 'EINTR')) throw error;
  }
}

const KILL_USAGE = 'Usage: kill [-s sigspec | -signum | -sigspec] [pid | job]... or\nkill -l [exitstatus]';

export async function kill(shell: Shell, argv: readonly string[]): Promise<number> {
  const words = argv.slice(1);
  if (words[0] === '-l') return listSignals(shell, words.slice(1));
  const isDash = shell.dialect.name === 'dash';
  let signal: Signal | null | undefined = 'SIGTERM';
  const option = words[0];
  if (option === '-s' || option === '-n') {
    signal = parseSignal(words[1] ?? '');
    words.splice(0, 2);
  } else if (option !== undefined && /^-[A-Z0-9]/i.test(option)) {
    signal = parseSignal(option.slice(1));
    words.shift();
  }
  if (signal === undefined) return refuseSignal(shell, argv[1] === '-s' ? (argv[2] ?? '') : (option ?? '').slice(1));
  if (words[0] === '--') words.shift();
  if (words.length === 0) {
    if (isDash) shell.fail(KILL_USAGE);
    await shell.write(2, `${shell.name}: you need to specify whom to kill\n`);
    return 1;
  }
  let status = 0;
  for (const word of words) if (!(await send(shell, word, signal))) status = 1;
  return status;
}

async function refuseSignal(shell: Shell, text: string): Promise<number> {
  if (shell.dialect.name === 'dash') shell.fail(`Illegal option -${text.charAt(0)}`);
  await shell.write(2, `${shell.name}: bad signal name '${text}'\n`);
  return 1;
}

async function send(shell: Shell, word: string, signal: Signal | null): Promise<boolean> {
  const isDash = shell.dialect.name === 'dash';
  const job = word.startsWith('%') ? jobNamed(shell, word) : undefined;
  if (job === undefined && !/^-?\d+$/.test(word)) {
    if (isDash) shell.fail(shell.dialect.illegalNumber(word));
    await shell.write(2, `${shell.name}: invalid number '${word}'\n`);
    return false;
  }
  const pid: Pid = job === undefined ? Number(word) : job.pgid === null ? (job.pids[0] ?? 0) : -job.pgid;
  try {
    shell.sys.kill(pid, signal);
    shell.killedAtNs = shell.sys.clock.nowNs();
    return true;
  } catch (error) {
    if (!isErrno(error)) throw error;
    if (isDash) await shell.write(2, `${shell.told(error.message)}\n\n`);
    else await shell.write(2, `${shell.name}: can't kill pid ${word}: ${error.message}\n`);
    return false;
  }
}

async function listSignals(shell: Shell, words: readonly string[]): Promise<number> {
  const [word] = words;
  if (word === undefined) {
    const line =
      shell.dialect.name === 'dash'
        ? (name: string) => `${name}\n`
        : (name: string, i: number) => `${String(i + 1).padStart(2)}) ${name}\n`;
    await shell.write(1, SIGNAL_NAMES.map(line).join(''));
    return 0;
  }
  if (!/^\d+$/.test(word)) {
    const signal = parseSignal(word);
    await shell.write(1, signal === undefined || signal === null ? '' : `${signalNumber(signal)}\n`);
    return 0;
  }
  const number = Number(word) > 128 ? Number(word) - 128 : Number(word);
  const name = signalOfNumber(number)?.slice(3);
  await shell.write(1, `${name ?? number}\n`);
  return 0;
}
