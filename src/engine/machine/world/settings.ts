/** Who types on a machine, where, and with what environment: the book's reader, and the recorder of the real Docker. */
export interface Settings {
  readonly env: readonly (readonly [string, string])[];
  readonly cwd: string;
  readonly uid: number;
}

export const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
export const HOSTNAME = 'docker-host';

export const BOOK_SETTINGS: Settings = {
  env: [
    ['PATH', PATH],
    ['HOME', '/home/learner'],
    ['USER', 'learner'],
    ['LOGNAME', 'learner'],
    ['SHELL', '/bin/sh'],
    ['LANG', 'C.UTF-8'],
    ['TZ', 'UTC'],
    ['PS1', '$ '],
  ],
  cwd: '/home/learner',
  uid: 1000,
};

export const ORACLE_SETTINGS: Settings = {
  env: [
    ['PATH', PATH],
    ['HOME', '/home/learner'],
    ['USER', 'root'],
    ['LC_ALL', 'C'],
    ['TZ', 'UTC'],
    ['PWD', '/home/learner/lab'],
  ],
  cwd: '/home/learner/lab',
  uid: 0,
};

export const settingsOf = (world: 'book' | 'oracle'): Settings => (world === 'oracle' ? ORACLE_SETTINGS : BOOK_SETTINGS);
