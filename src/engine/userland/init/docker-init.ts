/**
 * `docker-init` (tini): process 1 of a container started with `--init`. It runs the command as its child, passes signals on to it,
 * buries every orphan, and ends as the command ended.
 */
import { isErrno } from '../../kernel/errno.ts';
import type { Exited, Pid, Program, Signal, Sys } from '../../kernel/sys.ts';
import { signalNumber } from '../coreutils/signals.ts';
import { say } from '../program-io.ts';

/** Signals that tini does not pass on: they are about itself. */
const KEPT: readonly Signal[] = [
  'SIGCHLD',
  'SIGKILL',
  'SIGSTOP',
  'SIGSEGV',
  'SIGBUS',
  'SIGFPE',
  'SIGILL',
  'SIGTRAP',
  'SIGABRT',
  'SIGSYS',
  'SIGTTIN',
  'SIGTTOU',
];
const FORWARDED: readonly Signal[] = [
  'SIGHUP',
  'SIGINT',
  'SIGQUIT',
  'SIGUSR1',
  'SIGUSR2',
  'SIGPIPE',
  'SIGALRM',
  'SIGTERM',
  'SIGCONT',
  'SIGTSTP',
  'SIGWINCH',
];
const SIGNAL_STATUS = 128;
const NOT_FOUND = 127;
const NOT_EXECUTABLE = 126;

async function runCommand(sys: Sys, argv: readonly string[]): Promise<number> {
  const [name = ''] = argv;
  const folders = name.includes('/') ? [''] : (sys.env.get('PATH') ?? '').split(':').map((folder) => `${folder}/`);
  const path = folders.map((folder) => `${folder}${name}`).find((file) => sys.path.access(file, { execute: true })) ?? name;
  for (const signal of FORWARDED) sys.on(signal, 'default');
  try {
    return await sys.exec(path, argv, sys.env);
  } catch (error) {
    if (!isErrno(error)) throw error;
    await say(sys, 2, `[FATAL tini (${sys.pid})] exec ${name} failed: ${error.message}\n`);
    return isErrno(error, 'ENOENT') ? NOT_FOUND : NOT_EXECUTABLE;
  }
}

/** Waits for the command; whoever else ends meanwhile is buried. */
async function bury(sys: Sys, command: Pid): Promise<Exited> {
  for (;;) {
    try {
      const exited = await sys.wait();
      if (exited?.pid === command) return exited;
    } catch (error) {
      if (!isErrno(error, 'EINTR')) throw error;
    }
  }
}

/** A command that has ended meanwhile needs no signal. */
function forward(sys: Sys, command: Pid, signal: Signal): void {
  try {
    sys.kill(command, signal);
  } catch (error) {
    if (!isErrno(error, 'ESRCH')) throw error;
  }
}

export const dockerInit: Program = async (sys) => {
  const at = sys.argv.indexOf('--');
  const argv = sys.argv.slice(at < 0 ? 1 : at + 1);
  if (argv.length === 0) {
    await say(sys, 2, 'tini (docker-init)\nUsage: docker-init [OPTIONS] PROGRAM -- [ARGS]\n');
    return 1;
  }
  const command = sys.fork((child) => runCommand(child, argv), { argv });
  for (const signal of FORWARDED.filter((name) => !KEPT.includes(name))) sys.on(signal, () => forward(sys, command, signal));
  const { status, signal } = await bury(sys, command);
  return status ?? SIGNAL_STATUS + (signal === undefined ? 0 : signalNumber(signal));
};
