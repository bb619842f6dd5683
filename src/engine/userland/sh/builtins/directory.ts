/** Where the shell is. It remembers the way it came: `cd ..` leaves a symbolic link by the door it entered (POSIX, cd -L). */
import { isErrno } from '../../../kernel/errno.ts';
import { normalize } from '../directory.ts';
import type { Shell } from '../shell.ts';

interface Destination {
  readonly path: string;
  /** The new directory is printed. */
  readonly isTold: boolean;
}

export async function cd(shell: Shell, argv: readonly string[]): Promise<number> {
  let isPhysical = false;
  let i = 1;
  for (; /^-[LP]+$/.test(argv[i] ?? ''); i += 1) isPhysical = (argv[i] ?? '').endsWith('P');
  if (argv[i] === '--') i += 1;
  const target = argv[i];
  const destination = destinationOf(shell, target);
  if (destination === null) return 0;
  enter(shell, destination.path, { isPhysical, shown: target ?? destination.path });
  if (destination.isTold) await shell.write(1, `${shell.directory}\n`);
  return 0;
}

function destinationOf(shell: Shell, target: string | undefined): Destination | null {
  if (target === undefined) {
    const home = shell.variables.get('HOME');
    return home === undefined || home === '' ? null : { path: home, isTold: false };
  }
  if (target === '-') return { path: shell.variables.get('OLDPWD') ?? shell.directory, isTold: true };
  if (/^\.{0,2}(\/|$)/.test(target) && target !== '') return { path: target, isTold: false };
  for (const base of (shell.variables.get('CDPATH') ?? '').split(':')) {
    const path = base === '' ? target : `${base}/${target}`;
    if (base !== '' && isDirectory(shell, path)) return { path, isTold: true };
  }
  return { path: target, isTold: false };
}

function isDirectory(shell: Shell, path: string): boolean {
  try {
    return shell.sys.path.stat(path).type === 'directory';
  } catch (error) {
    if (isErrno(error)) return false;
    throw error;
  }
}

function enter(shell: Shell, path: string, { isPhysical, shown }: { isPhysical: boolean; shown: string }): void {
  const logical = normalize(shell.directory, path);
  try {
    shell.sys.path.chdir(isPhysical || path === '' ? path || '.' : logical);
  } catch (error) {
    if (isErrno(error)) shell.fail(shell.dialect.cannotChangeDirectory(shown, error.message));
    throw error;
  }
  shell.variables.set('OLDPWD', shell.directory, shell.dialect.name === 'ash' ? { isExported: true } : {});
  shell.directory = isPhysical ? shell.sys.path.cwd() : logical;
  shell.variables.set('PWD', shell.directory);
}

export async function pwd(shell: Shell, argv: readonly string[]): Promise<number> {
  await shell.write(1, `${argv[1] === '-P' ? shell.sys.path.cwd() : shell.directory}\n`);
  return 0;
}
