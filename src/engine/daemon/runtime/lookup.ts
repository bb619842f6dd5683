import { isErrno } from '../../kernel/errno.ts';
import type { Sys } from '../../kernel/sys.ts';

/** Why a program cannot be started, in the words of Go's os/exec, which runc prints. */
export class LookupError extends Error {
  override readonly name = 'LookupError';
}

/** Finds the file of a command as execvp(3) does, in PATH if it has no slash. Throws LookupError. */
export function lookPath(sys: Sys, name: string, env: ReadonlyMap<string, string>): string {
  const refuse = (why: string): LookupError => new LookupError(`exec: ${JSON.stringify(name)}: ${why}`);
  if (name.includes('/')) {
    const problem = problemOf(sys, name);
    if (problem !== undefined) throw refuse(problem);
    return name;
  }
  let denied = false;
  for (const directory of (env.get('PATH') ?? '').split(':')) {
    const path = `${directory === '' ? '.' : directory}/${name}`;
    const problem = problemOf(sys, path);
    if (problem === undefined) return path;
    denied ||= problem === 'permission denied';
  }
  throw refuse(denied && name !== '' ? 'permission denied' : 'executable file not found in $PATH');
}

function problemOf(sys: Sys, path: string): string | undefined {
  try {
    const stat = sys.path.stat(path);
    if (stat.type === 'directory') return 'is a directory';
    return sys.path.access(path, { execute: true }) ? undefined : 'permission denied';
  } catch (error) {
    if (isErrno(error)) return `stat ${path}: ${error.message.toLowerCase()}`;
    throw error;
  }
}
