/** The last steps of a container's process before it is one: limits, ids, capabilities, directory, program. Upstream: runc's init. */
import { Errno, isErrno } from '../../kernel/errno.ts';
import type { Fd, Rlimit, RlimitName, Signal, Sys } from '../../kernel/sys.ts';
import { exists, writeText } from '../files.ts';
import { LookupError, lookPath } from './lookup.ts';
import type { ProcessSpec } from './spec.ts';

/** Where a process that is being set up tells its parent what went wrong; closed when its program begins. */
export const ERROR_FD: Fd = 3;
const EXEC_FAILED = 255;
const encoder = new TextEncoder();

/** A failure that the runtime reports in its own words. */
export class RuntimeError extends Error {
  override readonly name = 'RuntimeError';
}

/** dockerd's own ways with signals are not those of a container. */
export function defaultSignals(sys: Sys): void {
  for (const signal of [
    'SIGPIPE',
    'SIGTERM',
    'SIGINT',
    'SIGHUP',
    'SIGQUIT',
    'SIGUSR1',
    'SIGUSR2',
    'SIGCHLD',
  ] as const satisfies readonly Signal[])
    sys.on(signal, 'default');
}

export const envMap = (env: readonly string[]): Map<string, string> =>
  new Map(env.map((entry) => [entry.split('=', 1)[0] ?? '', entry.slice(entry.indexOf('=') + 1)]));

/** How many threads Go has begun in runc's init by the time that it becomes the program: of a container's first process, and of one more. */
export const THREADS = { first: 5, more: 6 };

/** Runs `prepare`, then the program; tells ERROR_FD why if that fails. Never returns but with an exit status. */
export async function become(sys: Sys, process: ProcessSpec, prepare: () => void): Promise<number> {
  let program: { path: string; env: Map<string, string> };
  try {
    prepare();
    program = settle(sys, process);
  } catch (error) {
    await sys.write(ERROR_FD, encoder.encode(sentence(error)));
    return 1;
  }
  sys.fds.close(ERROR_FD);
  try {
    return await sys.exec(program.path, process.argv, program.env);
  } catch (error) {
    if (!isErrno(error)) throw error;
    await sys.write(2, encoder.encode(`exec ${program.path}: ${error.message.toLowerCase()}\n`));
    return EXEC_FAILED;
  }
}

const sentence = (error: unknown): string => {
  if (error instanceof LookupError || error instanceof RuntimeError) return error.message;
  if (isErrno(error)) return `${error.path === undefined ? '' : `${error.path}: `}${error.message.toLowerCase()}`;
  throw error;
};

function settle(sys: Sys, process: ProcessSpec): { path: string; env: Map<string, string> } {
  if (process.tty) sys.tty.control(0);
  if (process.oomScoreAdj !== undefined && process.oomScoreAdj !== 0)
    writeText(sys, '/proc/self/oom_score_adj', String(process.oomScoreAdj));
  for (const [name, limit] of process.rlimits) setLimit(sys, name, limit);
  if (process.noNewPrivileges) sys.prctl('no-new-privs');
  if (process.seccomp) sys.seccomp(process.seccomp);
  ownStreams(sys, process);
  enterDirectory(sys, process.cwd);
  sys.ids.setgid(process.gid);
  sys.ids.setgroups(process.groups);
  sys.ids.setuid(process.uid);
  sys.ids.setCapabilities(process.capabilities);
  sys.umask(process.umask ?? 0o022);
  const env = envMap(process.env);
  if (!env.has('HOME')) env.set('HOME', homeOf(sys, process.uid));
  return { path: lookPath(sys, process.argv[0] ?? '', env), env };
}

/** What fs.nr_open says: not even root has more descriptors. */
const MAX_OPEN_FILES = 1_048_576;
const NOFILE = 7;

function setLimit(sys: Sys, name: RlimitName, limit: Rlimit): void {
  if (name === 'nofile' && limit.hard > MAX_OPEN_FILES)
    throw new RuntimeError(`error setting rlimits for ready process: error setting rlimit type ${NOFILE}: operation not permitted`);
  if (name === 'nofile') checkDescriptors(limit.soft);
  sys.rlimit(name, limit);
}

/** How many descriptors runc's own start needs, and how it fails with fewer. */
function checkDescriptors(count: number): void {
  if (count < 9) throw new RuntimeError('too many open files');
  if (count < 11) throw new RuntimeError('procReady not received');
  if (count < 14)
    throw new RuntimeError('error mounting "proc" to rootfs at "/proc": re-opening handle to "/proc": open /proc: too many open files');
}

/** A program that opens /dev/stdout again must be allowed to, whoever runs it. */
function ownStreams(sys: Sys, { uid, tty }: ProcessSpec): void {
  if (uid === 0) return;
  for (const fd of [0, 1, 2]) {
    try {
      if (tty) sys.path.chown(sys.tty.name(fd), uid, 5);
      else sys.fds.chmod(fd, 0o666);
    } catch (error) {
      if (!isErrno(error)) throw error;
    }
  }
}

function enterDirectory(sys: Sys, cwd: string): void {
  try {
    sys.path.chdir(cwd);
  } catch (error) {
    if (!(error instanceof Errno)) throw error;
    throw new RuntimeError(`chdir to cwd ("${cwd}") set in config.json failed: ${error.message.toLowerCase()}`);
  }
  // A directory that was removed has no way from the root any more.
  if (sys.path.stat('.').nlink === 0)
    throw new RuntimeError(
      'current working directory is outside of container mount namespace root -- possible container breakout detected',
    );
}

function homeOf(sys: Sys, uid: number): string {
  if (!exists(sys, '/etc/passwd')) return '/';
  const lines = new TextDecoder().decode(sys.path.readFile('/etc/passwd')).split('\n');
  return lines.map((line) => line.split(':')).find((fields) => fields[2] === String(uid))?.[5] ?? '/';
}
