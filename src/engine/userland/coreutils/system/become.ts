/** Becoming somebody else: `su`, `sudo`, `setpriv`, `setuidgid`. Passwords are not asked: who may, may. */
import { isErrno } from '../../../kernel/errno.ts';
import type { Sys } from '../../../kernel/sys.ts';
import { say } from '../../program-io.ts';
import type { Tool, Utility } from '../../tool.ts';
import { DEFAULT_PATH, executeOrSay } from '../execute.ts';
import { findGid, groups, type User, users } from '../users.ts';

const SUDO_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** Takes on a user's ids; groups first, as long as that is still allowed. */
export function become(sys: Sys, user: User): void {
  for (const { take } of stepsTo(sys, user)) take();
}

interface IdStep {
  readonly take: () => void;
  /** How busybox and how GNU's programs call it, where it is refused. */
  readonly brief: string;
  readonly long: string;
}

const stepsTo = (sys: Sys, { uid, gid, name }: User): readonly IdStep[] => [
  { take: () => sys.ids.setgroups([gid, ...gidsOf(sys, name)]), brief: "can't set groups", long: 'cannot set groups' },
  { take: () => sys.ids.setgid(gid), brief: 'setgid', long: 'cannot set group id' },
  { take: () => sys.ids.setuid(uid), brief: 'setuid', long: 'cannot set user id' },
];

const gidsOf = (sys: Sys, name: string): readonly number[] =>
  groups(sys)
    .filter(({ members }) => members.includes(name))
    .map((group) => group.gid);

/** The same by a program, which says what it may not do. */
async function becomeOrDie(tool: Tool, user: User): Promise<void> {
  for (const { take, brief, long } of stepsTo(tool.sys, user)) {
    try {
      take();
    } catch (error) {
      if (!isErrno(error)) throw error;
      await tool.die(`${tool.isBusybox ? brief : long}: ${error.message}`);
    }
  }
}

const find = (sys: Sys, name: string): User | undefined => users(sys).find((user) => user.name === name || `#${user.uid}` === name);

const SU = {
  short: 'lmpc:s:h',
  long: { login: 'l', command: 'c:', 'preserve-environment': 'p', shell: 's:' },
  usage: '[-lmp] [-s SH] [-] [USER [FILE ARGS | -c CMD [ARG0 ARGS]]]',
  package: 'from util-linux 2.41',
};

export const su: Utility = async (tool) => {
  const { sys } = tool;
  const options = await tool.options(SU);
  const operands = options.operands.filter((word) => word !== '-');
  const isLogin = options.has('l') || options.operands.includes('-');
  const [name = 'root', ...rest] = operands;
  const user = find(sys, name);
  if (user === undefined)
    return tool.die(
      tool.isBusybox ? `unknown user ${name}` : `user ${name} does not exist or the user entry does not contain all the required fields`,
    );
  if (sys.ids.get().euid !== 0) return tool.die(tool.isBusybox ? 'must be suid to work properly' : 'Authentication failure');
  if (/nologin$/.test(user.shell) && !options.has('s')) {
    await say(sys, 2, 'This account is currently not available.\n');
    return 1;
  }
  const shell = options.value('s') ?? (user.shell === '' ? '/bin/sh' : user.shell);
  await becomeOrDie(tool, user);
  if (isLogin) {
    const term = sys.env.get('TERM');
    sys.env.clear();
    if (term !== undefined) sys.env.set('TERM', term);
    sys.env.set('PATH', user.uid === 0 ? DEFAULT_PATH : '/usr/local/bin:/usr/bin:/bin');
    goHome(sys, user.home);
  }
  if (!options.has('p', 'm'))
    for (const [key, value] of [
      ['HOME', user.home],
      ['SHELL', shell],
      ['USER', user.name],
      ['LOGNAME', user.name],
    ] as const)
      sys.env.set(key, value);
  const command = options.value('c');
  const argv0 = isLogin ? `-${shell.replace(/.*\//, '')}` : shell.replace(/.*\//, '');
  return run(sys, { shell, argv: [argv0, ...(command === undefined ? [] : ['-c', command]), ...rest], name: tool.name });
};

export function goHome(sys: Sys, home: string): void {
  try {
    sys.path.chdir(home);
  } catch (error) {
    if (!isErrno(error)) throw error;
    sys.path.chdir('/');
  }
}

async function run(sys: Sys, { shell, argv, name }: { shell: string; argv: readonly string[]; name: string }): Promise<number> {
  try {
    return await sys.exec(shell, argv);
  } catch (error) {
    if (!isErrno(error)) throw error;
    await say(sys, 2, `${name}: failed to execute ${shell}: ${error.message}\n`);
    return error.code === 'ENOENT' ? 127 : 126;
  }
}

const SUDO = {
  short: 'AbEeHhiKklnPSsu:g:vVC:p:D:',
  long: {
    user: 'u:',
    group: 'g:',
    login: 'i',
    shell: 's',
    'preserve-env': 'E::',
    list: 'l',
    'non-interactive': 'n',
    validate: 'v',
    version: 'V',
    chdir: 'D:',
    'set-home': 'H',
    background: 'b',
    stdin: 'S',
  },
  stopsAtOperand: true,
};

/** Whoever is in the groups that /etc/sudoers trusts may do anything, as the host is set up. */
export const sudo: Utility = async (tool) => {
  const { sys } = tool;
  const options = await tool.options(SUDO);
  if (options.has('V')) {
    await tool.out.write('Sudo version 1.9.16p2\n');
    return 0;
  }
  const caller = users(sys).find(({ uid }) => uid === sys.ids.get().uid);
  if (!mayBecome(sys, caller)) {
    await say(sys, 2, `${caller?.name ?? sys.ids.get().uid} is not in the sudoers file.\n`);
    return 1;
  }
  if (options.has('v', 'K', 'k') && options.operands.length === 0) return 0;
  if (options.has('l')) {
    await tool.out.write(
      `User ${caller?.name ?? 'root'} may run the following commands on ${sys.hostname()}:\n    (ALL : ALL) NOPASSWD: ALL\n`,
    );
    return 0;
  }
  const name = options.value('u') ?? 'root';
  const user = find(sys, name);
  if (user === undefined) return tool.die(`unknown user ${name}`);
  const words = [...options.operands];
  while (/^\w+=/.test(words[0] ?? '')) {
    const word = words.shift() ?? '';
    sys.env.set(word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1));
  }
  if (words.length === 0 && !options.has('i', 's')) return usage(tool);
  const { uid, gid } = sys.ids.get();
  if (!options.has('E'))
    for (const key of [...sys.env.keys()])
      if (!/^(TERM|LANG|LC_\w+|COLORTERM|PATH|DISPLAY|TZ)$/.test(key) && !options.operands.some((word) => word.startsWith(`${key}=`)))
        sys.env.delete(key);
  for (const [key, value] of [
    ['PATH', SUDO_PATH],
    ['HOME', user.home],
    ['USER', user.name],
    ['LOGNAME', user.name],
    ['SHELL', user.shell],
    ['SUDO_USER', caller?.name ?? ''],
    ['SUDO_UID', String(uid)],
    ['SUDO_GID', String(gid)],
    ['SUDO_COMMAND', words.join(' ')],
  ] as const)
    sys.env.set(key, value);
  become(sys, options.has('g') ? { ...user, gid: findGid(sys, options.value('g') ?? '') ?? user.gid } : user);
  if (options.has('D')) sys.path.chdir(options.value('D') ?? '/');
  if (options.has('i')) goHome(sys, user.home);
  const argv = options.has('i', 's') ? [user.shell, ...(words.length === 0 ? [] : ['-c', words.join(' ')])] : words;
  return executeOrSay(sys, argv, (command, reason) =>
    reason === 'No such file or directory' ? `sudo: ${command}: command not found\n` : `sudo: unable to execute ${command}: ${reason}\n`,
  ).then((status) => (status === 127 ? 1 : status));
};

function mayBecome(sys: Sys, caller: User | undefined): boolean {
  const { uid, groups: own } = sys.ids.get();
  if (uid === 0) return true;
  const trusted = ['sudo', 'wheel', 'admin'];
  return groups(sys).some(
    ({ name, gid, members }) => trusted.includes(name) && (own.includes(gid) || (caller !== undefined && members.includes(caller.name))),
  );
}

async function usage(tool: Tool): Promise<number> {
  await say(
    tool.sys,
    2,
    'usage: sudo -h | -K | -k | -V\nusage: sudo -v [-ABkNnS] [-g group] [-h host] [-p prompt] [-u user]\nusage: sudo -l [-ABkNnS] [-g group] [-h host] [-p prompt] [-U user] [-u user] [command [arg ...]]\n',
  );
  return 1;
}

/** util-linux' setpriv, as far as ids go. */
export const setpriv: Utility = async (tool) => {
  const { sys } = tool;
  const spec = {
    short: 'dh',
    long: {
      reuid: 'reuid:',
      regid: 'regid:',
      ruid: 'reuid:',
      rgid: 'regid:',
      euid: 'reuid:',
      egid: 'regid:',
      'clear-groups': 'clear',
      'init-groups': 'init',
      'keep-groups': 'keep',
      groups: 'groups:',
      'no-new-privs': 'nnp',
      'inh-caps': 'caps:',
      'bounding-set': 'caps:',
      'ambient-caps': 'caps:',
      dump: 'd',
    },
    stopsAtOperand: true,
    usage: '[OPTIONS] PROG ARGS',
  };
  const options = await tool.options(spec);
  if (options.has('nnp')) sys.prctl('no-new-privs');
  const [uid, gid] = [options.value('reuid'), options.value('regid')];
  const user =
    uid === undefined
      ? undefined
      : (users(sys).find(({ name, uid: number }) => name === uid || String(number) === uid) ?? { uid: Number(uid), name: '' });
  if (options.has('clear')) sys.ids.setgroups([]);
  if (options.has('groups'))
    sys.ids.setgroups((options.value('groups') ?? '').split(',').map((name) => findGid(sys, name) ?? Number(name)));
  if (options.has('init') && user !== undefined)
    sys.ids.setgroups(
      groups(sys)
        .filter(({ members }) => members.includes(user.name))
        .map((group) => group.gid),
    );
  if (gid !== undefined) sys.ids.setgid(findGid(sys, gid) ?? Number(gid));
  if (user !== undefined) sys.ids.setuid(user.uid);
  if (options.operands.length === 0) return tool.die('No program specified');
  return executeOrSay(sys, options.operands, (name, reason) => `${tool.name}: failed to execute ${name}: ${reason}\n`);
};
