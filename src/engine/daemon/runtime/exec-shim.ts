/** One more process in a container that runs, as `docker exec` begins it. */
import { signalNumber } from '../../kernel/process/signals.ts';
import type { Pid, Program, Sys } from '../../kernel/sys.ts';
import { become, defaultSignals, ERROR_FD, THREADS } from './become.ts';
import { type ExecOptions, KILLED_STATUS, readAll, StartError, statusOf } from './shim.ts';
import type { ProcessSpec } from './spec.ts';

/** Starts one more process in a container that runs. The descriptors of `streams` are closed here. Throws StartError. */
export async function startExec(
  sys: Sys,
  { process, join, cgroup, streams }: ExecOptions,
): Promise<{ readonly pid: Pid; exit(): Promise<number> }> {
  const errors = sys.fds.pipe();
  const fds = new Map([
    [streams.stdin, 0],
    [streams.stdout, 1],
    [streams.stderr, 2],
    [errors.write, ERROR_FD],
  ]);
  const pid = sys.fork(joiner(process), { join, cgroup, fds, argv: ['runc', 'init'] });
  for (const fd of new Set([streams.stdin, streams.stdout, streams.stderr, errors.write])) sys.fds.close(fd);
  const error = await readAll(sys, errors.read);
  const exit = async (): Promise<number> => {
    const exited = await sys.wait(pid);
    return exited ? statusOf(exited, signalNumber) : KILLED_STATUS;
  };
  if (error === '') return { pid, exit };
  await exit();
  throw new StartError(error);
}

const joiner =
  (process: ProcessSpec): Program =>
  async (sys) => {
    defaultSignals(sys);
    sys.prctl('name', 'runc:[2:INIT]');
    sys.passThreads(THREADS.more);
    return become(sys, process, () => {
      sys.ids.setsid();
      if (process.tty) sys.tty.moveHere(0);
    });
  };
