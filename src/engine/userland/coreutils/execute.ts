/** Running other programs: execvp(3), and fork, exec and wait in one. */
import { Errno, isErrno } from '../../kernel/errno.ts';
import type { Exited, ForkOptions, Signal, Sys } from '../../kernel/sys.ts';
import { say } from '../program-io.ts';
import { signalNumber } from './signals.ts';

export const DEFAULT_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** The paths that `name` may mean: itself if it has a slash, else one in each directory of PATH. */
export const candidates = (sys: Sys, name: string, path = sys.env.get('PATH') ?? DEFAULT_PATH): readonly string[] =>
  name.includes('/') ? [name] : path.split(':').map((directory) => `${directory === '' ? '.' : directory.replace(/\/$/, '')}/${name}`);

/** Whether there is an executable regular file. */
export function isExecutable(sys: Sys, path: string): boolean {
  try {
    return sys.path.stat(path).type === 'regular' && sys.path.access(path, { execute: true });
  } catch (error) {
    if (isErrno(error)) return false;
    throw error;
  }
}

/** As execvp(3): the first that can be executed; a file without a known format is a shell script. */
export async function execute(sys: Sys, argv: readonly string[], env: ReadonlyMap<string, string> = sys.env): Promise<never> {
  const name = argv[0] ?? '';
  let refusal = new Errno('ENOENT', name);
  if (name === '') throw refusal;
  for (const path of candidates(sys, name)) {
    try {
      return await sys.exec(path, argv, env);
    } catch (error) {
      if (isErrno(error, 'ENOEXEC')) return sys.exec('/bin/sh', ['/bin/sh', path, ...argv.slice(1)], env);
      if (!isErrno(error, 'ENOENT', 'ENOTDIR', 'EACCES')) throw error;
      if (error.code === 'EACCES') refusal = error;
    }
  }
  throw refusal;
}

export const NOT_FOUND = 127;
export const NOT_EXECUTABLE = 126;

/** Replaces this program, or says why not in the given words; then the status to end with. */
export async function executeOrSay(sys: Sys, argv: readonly string[], message: (name: string, reason: string) => string): Promise<number> {
  try {
    return await execute(sys, argv);
  } catch (error) {
    if (!isErrno(error)) throw error;
    await say(sys, 2, message(argv[0] ?? '', error.message));
    return error.code === 'ENOENT' ? NOT_FOUND : NOT_EXECUTABLE;
  }
}

/** Starts a child with that command line. */
export const start = (
  sys: Sys,
  argv: readonly string[],
  options: ForkOptions & { readonly complain: (name: string, reason: string) => string },
): number => sys.fork((child) => executeOrSay(child, argv, options.complain), options);

/** Waits for a child, however often a caught signal comes in between. */
export async function waitFor(sys: Sys, pid: number): Promise<Exited> {
  for (;;) {
    try {
      const exited = await sys.wait(pid);
      if (exited !== null) return exited;
    } catch (error) {
      if (!isErrno(error, 'EINTR')) throw error;
    }
  }
}

/** As a shell shows it in `$?`. */
export const statusOf = ({ status, signal }: { readonly status?: number; readonly signal?: Signal }): number =>
  status ?? 128 + signalNumber(signal ?? 'SIGKILL');
