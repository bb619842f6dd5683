import { isErrno } from '../../../kernel/errno.ts';
import { strftime, zoneOf } from '../../coreutils/dates.ts';
import type { Shell } from '../shell.ts';
import { VERSION } from './special.ts';

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

/** What only bash's prompts know: its version, dates, jobs, control characters by number. */
export function promptEscape(shell: Shell, letter: string): string | undefined {
  const date = (format: string): string => strftime(format, shell.sys.clock.nowNs(), zoneOf(shell.variables.get('TZ')));
  if (letter.startsWith('D{')) return date(letter.slice(2, -1) || '%X');
  if (/^[0-7]{3}$/.test(letter)) return String.fromCharCode(Number.parseInt(letter, 8) & 255);
  switch (letter) {
    case 'v':
      return VERSION.split('.').slice(0, 2).join('.');
    case 'V':
      return VERSION.replace(/\(.*/, '');
    case 'd':
      return date('%a %b %e').replace(/ {2}/, ' ');
    case 't':
      return date('%H:%M:%S');
    case 'T':
      return date('%I:%M:%S');
    case '@':
      return date('%I:%M %p');
    case 'A':
      return date('%H:%M');
    case 'j':
      return String(shell.jobs.length);
    case 'l':
      return shell.terminal === null ? 'tty' : shell.sys.tty.name(shell.terminal).replace(/.*\//, '');
    case '#':
      return String(shell.history.length + 1);
    case 'a':
      return '\x07';
    case 'r':
      return '\r';
    default:
      return undefined;
  }
}
