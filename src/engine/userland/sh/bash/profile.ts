import { isErrno } from '../../../kernel/errno.ts';
import type { Shell } from '../shell.ts';

/** What an interactive bash reads first: a login shell its profiles, any other one its bashrc. */
export function profileFiles(shell: Shell): readonly string[] {
  const { argv } = shell.sys;
  const home = shell.variables.get('HOME') ?? '';
  const isLogin = shell.name.startsWith('-') || argv.slice(1).some((word) => word === '--login' || /^-[a-z]*l[a-z]*$/.test(word));
  if (!isLogin) {
    if (argv.includes('--norc')) return [];
    const at = argv.findIndex((word) => word === '--rcfile' || word === '--init-file');
    return at > 0 ? [argv[at + 1] ?? ''] : ['/etc/bash.bashrc', `${home}/.bashrc`];
  }
  if (argv.includes('--noprofile')) return [];
  const own = [`${home}/.bash_profile`, `${home}/.bash_login`, `${home}/.profile`].find((path) => isThere(shell, path));
  return ['/etc/profile', ...(own === undefined ? [] : [own])];
}

function isThere(shell: Shell, path: string): boolean {
  try {
    return shell.sys.path.stat(path).type === 'regular';
  } catch (error) {
    if (isErrno(error)) return false;
    throw error;
  }
}
