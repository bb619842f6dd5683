/** Names of directories as a shell remembers them. */
import { isErrno } from '../../kernel/errno.ts';
import type { Shell } from './shell.ts';

/** `path` seen from `base`, without `.`, `..` and double slashes. */
export function normalize(base: string, path: string): string {
  const out: string[] = [];
  for (const name of `${path.startsWith('/') ? '' : base}/${path}`.split('/')) {
    if (name === '..') out.pop();
    else if (name !== '' && name !== '.') out.push(name);
  }
  return `/${out.join('/')}`;
}

/** The directory that a shell begins in: PWD, if that is where it is. */
export function initialDirectory(shell: Shell): string {
  const { path } = shell.sys;
  const given = shell.variables.get('PWD');
  try {
    if (given?.startsWith('/') === true && normalize('/', given) === given) {
      const [one, two] = [path.stat(given), path.stat('.')];
      if (one.ino === two.ino && one.dev === two.dev) return given;
    }
    return path.cwd();
  } catch (error) {
    if (isErrno(error)) return '/';
    throw error;
  }
}
