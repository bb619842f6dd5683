/** Jobs in bash's words. */
import { isErrno } from '../../../../kernel/errno.ts';
import { signalNumber, signalOfNumber } from '../../../../kernel/process/signals.ts';
import type { Pid, Signal } from '../../../../kernel/sys.ts';
import type { Builtin } from '../../builtins/index.ts';
import { resume, waitQuietly } from '../../builtins/jobs.ts';
import { describeJob, findJob, isCurrent } from '../../run/job-text.ts';
import { promote, reap, removeJob, waitForAny, waitForJob } from '../../run/jobs.ts';
import type { Job, Shell } from '../../shell.ts';
import { parseSignal } from '../../signal-names.ts';
import { signalTable } from './control.ts';
import { usage } from './usage.ts';

type Run = Builtin['run'];

async function jobNamed(shell: Shell, name: string | undefined): Promise<Job | null> {
  const job = findJob(shell, name);
  if (job !== undefined) return job;
  await shell.complain(`${name ?? 'current'}: no such job`);
  return null;
}

export const jobs: Run = async (shell, argv) => {
  await reap(shell);
  const letters = argv
    .slice(1)
    .filter((word) => word.startsWith('-'))
    .join('');
  const wrong = /[^-lnprs]/.exec(letters)?.[0];
  if (wrong !== undefined) return usage(shell, 'jobs', `-${wrong}: invalid option`);
  const names = argv.slice(1).filter((word) => !word.startsWith('-'));
  let status = 0;
  const shown: Job[] = [];
  for (const name of names) {
    const job = await jobNamed(shell, name);
    if (job === null) status = 1;
    else shown.push(job);
  }
  for (const job of names.length === 0 ? [...shell.jobs] : shown) {
    if (letters.includes('r') && job.state !== 'running') continue;
    if (letters.includes('s') && job.state !== 'stopped') continue;
    const text = letters.includes('p') ? String(job.pgid ?? job.pids[0]) : describeJob(shell, job, letters.includes('l'));
    await shell.write(1, `${text}\n`);
    job.isTold = true;
    if (job.state === 'done') removeJob(shell, job);
  }
  return status;
};

export const fg: Run = async (shell, argv) => {
  if (!shell.options.monitor) return noJobControl(shell);
  const job = await jobNamed(shell, argv[1]);
  if (job === null) return 1;
  await shell.write(1, `${job.text}\n`);
  if (shell.terminal !== null && job.pgid !== null) shell.sys.tty.setForeground(shell.terminal, job.pgid);
  if (job.state !== 'done') resume(shell, job);
  return waitForJob(shell, job);
};

export const bg: Run = async (shell, argv) => {
  if (!shell.options.monitor) return noJobControl(shell);
  let status = 0;
  for (const name of argv.length > 1 ? argv.slice(1) : [undefined]) {
    const job = await jobNamed(shell, name);
    if (job === null) {
      status = 1;
      continue;
    }
    if (job.state === 'running') {
      await shell.complain(`job ${job.number} already in background`);
      continue;
    }
    resume(shell, job);
    promote(shell, job);
    await shell.write(1, `[${job.number}]${isCurrent(shell, job) ? '+' : '-'} ${job.text} &\n`);
  }
  return status;
};

async function noJobControl(shell: Shell): Promise<number> {
  await shell.complain('no job control');
  return 1;
}

export const wait: Run = async (shell, argv) => {
  let i = 1;
  let letters = '';
  let variable: string | undefined;
  for (; /^-[fnp]/.test(argv[i] ?? ''); i += 1) {
    letters += argv[i] ?? '';
    if (argv[i] === '-p') variable = argv[++i];
  }
  if (/^-./.test(argv[i] ?? '')) return usage(shell, 'wait', `${argv[i]}: invalid option`);
  const names = argv.slice(i);
  if (letters.includes('n')) return waitNext(shell, { names, variable });
  if (names.length === 0) {
    for (const job of [...shell.jobs]) {
      const result = await waitQuietly(shell, job);
      if (result.interrupted) return result.status;
    }
    return 0;
  }
  let status = 127;
  for (const name of names) {
    if (!/^(%.*|\d+)$/.test(name)) {
      await shell.complain(`\`${name}': not a pid or valid job spec`);
      return 1;
    }
    const job = findJob(shell, name);
    if (job === undefined) {
      const known = shell.finished.get(Number(name));
      if (known === undefined)
        await shell.complain(name.startsWith('%') ? `${name}: no such job` : `pid ${name} is not a child of this shell`);
      status = known ?? 127;
      continue;
    }
    const result = await waitQuietly(shell, job);
    status = result.status;
    if (result.interrupted) break;
  }
  return status;
};

async function waitNext(shell: Shell, { names, variable }: { names: readonly string[]; variable: string | undefined }): Promise<number> {
  for (;;) {
    await reap(shell);
    const wanted = names.length === 0 ? shell.jobs : shell.jobs.filter((job) => names.some((name) => findJob(shell, name) === job));
    if (wanted.length === 0) return 127;
    const done = wanted.find((job) => job.state === 'done');
    if (done !== undefined) {
      if (variable !== undefined) shell.assign(variable, String(done.pids.at(-1)));
      removeJob(shell, done);
      return done.status;
    }
    if (!(await waitForAny(shell))) return 127;
    const [signal] = shell.pendingSignals;
    if (signal !== undefined) return 128 + signalNumber(signal);
  }
}

export const disown: Run = async (shell, argv) => {
  const letters = argv
    .slice(1)
    .filter((word) => /^-[ahr]+$/.test(word))
    .join('');
  const names = argv.slice(1).filter((word) => !word.startsWith('-'));
  if (letters.includes('h')) return 0;
  if (letters.includes('a') || (letters.includes('r') && names.length === 0)) {
    shell.jobs = shell.jobs.filter((job) => letters.includes('r') && job.state !== 'running');
    return 0;
  }
  let status = 0;
  for (const name of names.length === 0 ? [undefined] : names) {
    const job = await jobNamed(shell, name);
    if (job === null) status = 1;
    else shell.jobs = shell.jobs.filter((other) => other !== job);
  }
  return status;
};

export const suspend: Run = async (shell, argv) => {
  if (!shell.options.monitor) {
    await shell.complain('cannot suspend: no job control');
    return 1;
  }
  if (shell.name.startsWith('-') && !argv.includes('-f')) {
    await shell.complain('cannot suspend a login shell');
    return 1;
  }
  shell.sys.kill(shell.sys.pid, 'SIGSTOP');
  return 0;
};

export const kill: Run = async (shell, argv) => {
  const words = argv.slice(1);
  const [option] = words;
  if (option === '-l' || option === '-L') return listSignals(shell, words.slice(1));
  let signal: Signal | null | undefined = 'SIGTERM';
  if (option === '-s' || option === '-n') {
    signal = parseSignal(words[1] ?? '');
    if (signal === undefined) return refuseSignal(shell, words[1] ?? '');
    words.splice(0, 2);
  } else if (option !== undefined && /^-./.test(option) && option !== '--') {
    signal = parseSignal(option.slice(1));
    if (signal === undefined) return refuseSignal(shell, option.slice(1));
    words.shift();
  }
  if (words[0] === '--') words.shift();
  if (words.length === 0) return usage(shell, 'kill');
  let status = 0;
  for (const word of words) if (!(await send(shell, word, signal))) status = 1;
  return status;
};

async function refuseSignal(shell: Shell, text: string): Promise<number> {
  await shell.complain(`${text}: invalid signal specification`);
  return 1;
}

async function send(shell: Shell, word: string, signal: Signal | null): Promise<boolean> {
  const job = word.startsWith('%') ? findJob(shell, word) : undefined;
  if (job === undefined && word.startsWith('%')) {
    await shell.complain(`${word}: no such job`);
    return false;
  }
  if (job === undefined && !/^-?\d+$/.test(word)) {
    await shell.complain(`${word}: arguments must be process or job IDs`);
    return false;
  }
  const pid: Pid = job === undefined ? Number(word) : job.pgid === null ? (job.pids[0] ?? 0) : -job.pgid;
  try {
    shell.sys.kill(pid, signal);
    shell.killedAtNs = shell.sys.clock.nowNs();
    if (job?.state === 'stopped' && (signal === 'SIGTERM' || signal === 'SIGHUP')) shell.sys.kill(pid, 'SIGCONT');
    return true;
  } catch (error) {
    if (!isErrno(error)) throw error;
    await shell.complain(`(${pid}) - ${error.message}`);
    return false;
  }
}

async function listSignals(shell: Shell, words: readonly string[]): Promise<number> {
  if (words.length === 0) {
    await shell.write(1, signalTable());
    return 0;
  }
  let status = 0;
  for (const word of words) {
    const number = /^\d+$/.test(word) ? (Number(word) > 128 ? Number(word) - 128 : Number(word)) : undefined;
    const named = number === undefined ? parseSignal(word) : undefined;
    const text =
      number !== undefined
        ? number === 0
          ? 'EXIT'
          : signalOfNumber(number)?.slice(3)
        : named == null
          ? undefined
          : String(signalNumber(named));
    if (text !== undefined) await shell.write(1, `${text}\n`);
    else {
      await shell.complain(`${word}: invalid signal specification`);
      status = 1;
    }
  }
  return status;
}
