/** Looking for programs and becoming one (POSIX 2.9.1.1, 2.9.1.2). */
import { type Errno, isErrno } from '../../../kernel/errno.ts';
import type { Sys } from '../../../kernel/sys.ts';
import { later } from '../later.ts';
import { type Shell, ShellAbort } from '../shell.ts';

const runScriptFile = later(async () => (await import('../script.ts')).runScriptFile);

const DEFAULT_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** The paths that a command's name may mean. */
export function candidates(shell: Shell, name: string, path = shell.variables.get('PATH') ?? DEFAULT_PATH): readonly string[] {
  if (name.includes('/')) return [name];
  return path.split(':').map((directory) => (directory === '' ? name : `${directory.replace(/\/$/, '')}/${name}`));
}

/** The program that a command's name means; undefined if there is none. */
export function findProgram(shell: Shell, name: string): string | undefined {
  return candidates(shell, name).find((path) => isExecutable(shell, path));
}

export function isExecutable(shell: Shell, path: string): boolean {
  try {
    return shell.sys.path.stat(path).type === 'regular' && shell.sys.path.access(path, { execute: true });
  } catch (error) {
    if (isErrno(error)) return false;
    throw error;
  }
}

/** Becomes a program. Fails with 127 if there is none, 126 if it cannot be executed. */
export async function executeProgram(
  shell: Shell,
  words: readonly string[],
  variables: ReadonlyMap<string, string>,
  argv0 = words[0] ?? '',
): Promise<number> {
  const name = words[0] ?? '';
  const environment = shell.dialect.ordered?.(variables) ?? variables;
  const argv = [argv0, ...words.slice(1)];
  if (name === '') throw new ShellAbort(shell.told(': Permission denied'), 127);
  const { sys, dialect } = shell;
  const own = dialect.inPlace && (await sys.stall(async () => dialect.inPlace?.(name)));
  if (own) {
    sys.prctl('name', name);
    return own(Object.create(sys, { argv: { value: argv }, env: { value: environment } }) as Sys);
  }
  let refusal: Errno | null = null;
  for (const path of candidates(shell, name)) {
    try {
      return await shell.sys.exec(path, argv, environment);
    } catch (error) {
      if (!isErrno(error)) throw error;
      if (error.code === 'ENOEXEC' && dialect.own !== undefined && isBinary(sys.path.readFile(path)))
        throw new ShellAbort(shell.told(`${name}: cannot execute binary file: ${error.message}`), 126);
      if (error.code === 'ENOEXEC') return runScriptFile(shell, path, argv);
      if (error.code !== 'ENOENT' && error.code !== 'ENOTDIR') refusal ??= error;
    }
  }
  const isThere = refusal !== null && (refusal.code !== 'EACCES' || name.includes('/') || findRegular(shell, name) !== undefined);
  if (refusal === null || !isThere) throw new ShellAbort(shell.told(missing(shell, name)), 127);
  if (shell.dialect.own !== undefined && isDirectory(shell, name)) throw new ShellAbort(shell.told(`${name}: Is a directory`), 126);
  throw new ShellAbort(shell.told(`${name}: ${refusal.message}`), 126);
}

const SAMPLE_BYTES = 80;

/** As bash's check_binary_file: a NUL in the first line, as far as it is looked at. */
function isBinary(bytes: Uint8Array): boolean {
  const sample = bytes.subarray(0, SAMPLE_BYTES);
  const end = sample.indexOf(10);
  return (end < 0 ? sample : sample.subarray(0, end)).includes(0);
}

const missing = (shell: Shell, name: string): string =>
  shell.builtin === 'exec' && shell.dialect.own !== undefined ? `${name}: not found` : shell.dialect.notFound(name);

function isDirectory(shell: Shell, name: string): boolean {
  try {
    return name.includes('/') && shell.sys.path.stat(name).type === 'directory';
  } catch (error) {
    if (isErrno(error)) return false;
    throw error;
  }
}

const findRegular = (shell: Shell, name: string): string | undefined =>
  candidates(shell, name).find((path) => {
    try {
      return shell.sys.path.stat(path).type === 'regular';
    } catch (error) {
      if (isErrno(error)) return false;
      throw error;
    }
  });
