/**
 * `docker-init`: tini, the init that `--init` puts before a container's command. It starts the command in a group of its own,
 * hands on every signal to it, reaps whatever becomes its child, and ends as the command ends.
 */
import { isErrno } from '../kernel/errno.ts';
import type { Exited, Program, Signal, Sys } from '../kernel/sys.ts';
import { executeOrSay, statusOf } from './coreutils/execute.ts';
import { say } from './program-io.ts';

const FORWARDED: readonly Signal[] = ['SIGHUP', 'SIGINT', 'SIGQUIT', 'SIGUSR1', 'SIGUSR2', 'SIGALRM', 'SIGTERM', 'SIGCONT', 'SIGWINCH', 'SIGURG', 'SIGIO', 'SIGPWR'];

export const dockerInit: Program = async (sys) => {
  const args = sys.argv.slice(1);
  if (args[0] === '--version') {
    await say(sys, 1, 'tini version 0.19.0\n');
    return 0;
  }
  while (/^-[^-]/.test(args[0] ?? '')) args.shift();
  if (args[0] === '--') args.shift();
  if (args.length === 0) {
    await say(sys, 2, 'tini (tini version 0.19.0)\nUsage: tini [OPTIONS] PROGRAM -- [ARGS] | --version\n');
    return 1;
  }
  const child = sys.fork(async (self) => {
    lead(self);
    return executeOrSay(self, args, (name, reason) => `[FATAL tini (${self.pid})] exec ${name} failed: ${reason}\n`);
  }, { pgid: 0 });
  for (const signal of FORWARDED) sys.on(signal, () => forward(sys, { child, signal }));
  for (;;) {
    const exited = await reap(sys);
    if (exited?.pid === child) return statusOf(exited);
  }
};

/** The command has the terminal, if there is one. */
function lead(self: Sys): void {
  self.on('SIGTTOU', 'ignore');
  try {
    if (self.fds.isatty(0)) self.tty.setForeground(0, self.pid);
  } catch (error) {
    if (!isErrno(error)) throw error;
  }
  self.on('SIGTTOU', 'default');
}

function forward(sys: Sys, { child, signal }: { child: number; signal: Signal }): void {
  try {
    sys.kill(child, signal);
  } catch (error) {
    if (!isErrno(error, 'ESRCH')) throw error;
  }
}

async function reap(sys: Sys): Promise<Exited | null> {
  try {
    return await sys.wait();
  } catch (error) {
    if (isErrno(error, 'EINTR')) return null;
    throw error;
  }
}
