/** Users and groups are lines of /etc/passwd, /etc/group and /etc/shadow: `adduser`, `useradd`, `deluser`, `addgroup`, `passwd` and their like. */
import { isErrno } from '../../../kernel/errno.ts';
import type { Sys } from '../../../kernel/sys.ts';
import { encode, say } from '../../program-io.ts';
import { quoted, type Tool, type Utility } from '../../tool.ts';
import { removeTree } from '../files/tree.ts';
import { fileLines, findGid, groups, users } from '../users.ts';

const FIRST_ID = 1000;
const FIRST_SYSTEM_ID = 100;
const NAME = /^[a-z_][a-z0-9_.-]*\$?$/i;

function append(sys: Sys, path: string, line: string): void {
  write(sys, path, [...fileLines(sys, path), line]);
}

function write(sys: Sys, path: string, lines: readonly string[]): void {
  sys.path.writeFile(path, encode(lines.map((line) => `${line}\n`).join('')), path.endsWith('shadow') ? 0o640 : 0o644);
}

/** The lowest free number; GNU's system users count downwards from 999. */
function freeId(taken: readonly number[], { isSystem, isBusybox }: { isSystem: boolean; isBusybox: boolean }): number {
  if (isSystem && !isBusybox) {
    for (let id = 999; id >= FIRST_SYSTEM_ID; id -= 1) if (!taken.includes(id)) return id;
  }
  for (let id = isSystem ? FIRST_SYSTEM_ID : FIRST_ID; ; id += 1) if (!taken.includes(id)) return id;
}

interface NewUser {
  readonly name: string;
  readonly uid: number | undefined;
  readonly group: string | undefined;
  readonly comment: string;
  readonly home: string;
  readonly shell: string;
  readonly makesHome: boolean;
  readonly isSystem: boolean;
  readonly more: readonly string[];
}

async function addUser(tool: Tool, user: NewUser): Promise<number> {
  const { sys, isBusybox } = tool;
  const uid =
    user.uid ??
    freeId(
      users(sys).map((other) => other.uid),
      { isSystem: user.isSystem, isBusybox },
    );
  let gid = user.group === undefined ? undefined : findGid(sys, user.group);
  if (user.group !== undefined && gid === undefined)
    return tool.die(isBusybox ? `unknown group ${user.group}` : `group '${user.group}' does not exist`, isBusybox ? 1 : 6);
  if (gid === undefined) {
    const taken = groups(sys).map((other) => other.gid);
    gid = taken.includes(uid) ? freeId(taken, { isSystem: user.isSystem, isBusybox }) : uid;
    append(sys, '/etc/group', `${user.name}:x:${gid}:`);
  }
  append(sys, '/etc/passwd', `${user.name}:x:${uid}:${gid}:${user.comment}:${user.home}:${user.shell}`);
  append(sys, '/etc/shadow', `${user.name}:!:${sys.clock.nowNs() / 86_400_000_000_000n}:0:99999:7:::`);
  for (const group of user.more) join(sys, user.name, group);
  if (!user.makesHome) return 0;
  try {
    sys.path.mkdir(user.home, 0o755);
    sys.path.chmod(user.home, isBusybox ? 0o2755 : 0o700);
    sys.path.chown(user.home, uid, gid);
  } catch (error) {
    if (!isErrno(error, 'EEXIST')) throw error;
  }
  return 0;
}

function join(sys: Sys, name: string, group: string): void {
  write(
    sys,
    '/etc/group',
    fileLines(sys, '/etc/group').map((line) => {
      const [groupName, password, gid, members = ''] = line.split(':');
      if (groupName !== group || members.split(',').includes(name)) return line;
      return [groupName, password, gid, members === '' ? name : `${members},${name}`].join(':');
    }),
  );
}

async function checkNew(tool: Tool, name: string, kind: 'user' | 'group'): Promise<void> {
  const { sys, isBusybox } = tool;
  if (sys.ids.get().euid !== 0)
    await tool.die(
      isBusybox
        ? 'you must be root'
        : tool.applet === 'adduser' || tool.applet === 'addgroup'
          ? 'Only root may add a user or group to the system.'
          : `Permission denied.\n${tool.name}: cannot lock /etc/${kind === 'user' ? 'passwd' : 'group'}; try again later.`,
      1,
    );
  if (!NAME.test(name))
    await tool.die(
      isBusybox ? `'${name}' isn't a valid ${kind} name`.replace("'", "'") : `invalid ${kind} name '${name}'`,
      isBusybox ? 1 : 3,
    );
  const exists = kind === 'user' ? users(sys).some((user) => user.name === name) : groups(sys).some((group) => group.name === name);
  if (exists) await tool.die(isBusybox ? `${kind} '${name}' in use` : `${kind} '${name}' already exists`, isBusybox ? 1 : 9);
}

const ADDUSER = {
  short: 'h:g:s:G:DSHu:k:',
  long: {
    home: 'h:',
    gecos: 'g:',
    shell: 's:',
    ingroup: 'G:',
    'disabled-password': 'D',
    system: 'S',
    'no-create-home': 'H',
    uid: 'u:',
    group: 'group',
    gid: 'gid:',
    comment: 'g:',
    'disabled-login': 'D',
    quiet: 'q',
  },
  usage: '[OPTIONS] USER [GROUP]',
};

export const adduser: Utility = async (tool) => {
  const options = await tool.options(ADDUSER);
  const [name, group] = options.operands;
  if (name === undefined) return tool.wrongUsage(ADDUSER, undefined);
  if (group !== undefined) {
    if (!groups(tool.sys).some((found) => found.name === group))
      return tool.die(tool.isBusybox ? `unknown group ${group}` : `The group \`${group}' does not exist.`);
    join(tool.sys, name, group);
    return 0;
  }
  await checkNew(tool, name, 'user');
  const isSystem = options.has('S');
  const ingroup =
    options.value('G') ??
    options.value('gid') ??
    (isSystem && !options.has('group') ? (tool.isBusybox ? 'nogroup' : 'nogroup') : undefined);
  return addUser(tool, {
    name,
    uid: options.has('u') ? Number(options.value('u')) : undefined,
    group: ingroup !== undefined && findGid(tool.sys, ingroup) === undefined && isSystem && !options.has('G', 'gid') ? undefined : ingroup,
    comment: options.value('g') ?? (tool.isBusybox ? (isSystem ? name : 'Linux User,,,') : ''),
    home: options.value('h') ?? (isSystem && !tool.isBusybox ? '/nonexistent' : `/home/${name}`),
    shell:
      options.value('s') ?? (isSystem ? (tool.isBusybox ? '/bin/false' : '/usr/sbin/nologin') : tool.isBusybox ? '/bin/sh' : '/bin/bash'),
    makesHome: !options.has('H') && !(isSystem && !tool.isBusybox),
    isSystem,
    more: [],
  });
};

const USERADD = {
  short: 'b:c:d:e:f:g:G:k:lmMNoru:Us:p:',
  long: {
    comment: 'c:',
    'home-dir': 'd:',
    gid: 'g:',
    groups: 'G:',
    'create-home': 'm',
    'no-create-home': 'M',
    system: 'r',
    uid: 'u:',
    'user-group': 'U',
    'no-user-group': 'N',
    shell: 's:',
    password: 'p:',
    'no-log-init': 'l',
    'non-unique': 'o',
  },
  usageStatus: 2,
};

export const useradd: Utility = async (tool) => {
  const options = await tool.options(USERADD);
  const [name] = options.operands;
  if (name === undefined) return tool.wrongUsage(USERADD, undefined);
  await checkNew(tool, name, 'user');
  const uid = options.has('u') ? Number(options.value('u')) : undefined;
  if (uid !== undefined && !options.has('o') && users(tool.sys).some((user) => user.uid === uid))
    return tool.die(`UID ${uid} is not unique`, 4);
  return addUser(tool, {
    name,
    uid,
    group: options.value('g') ?? (options.has('N') ? 'users' : undefined),
    comment: options.value('c') ?? '',
    home: options.value('d') ?? `/home/${name}`,
    shell: options.value('s') ?? '/bin/sh',
    makesHome: options.has('m'),
    isSystem: options.has('r'),
    more: (options.value('G') ?? '').split(',').filter((group) => group !== ''),
  });
};

export const usermod: Utility = async (tool) => {
  const { sys } = tool;
  const spec = {
    short: 'aG:g:s:d:c:u:l:LUmp:',
    long: { append: 'a', groups: 'G:', gid: 'g:', shell: 's:', home: 'd:', comment: 'c:', uid: 'u:', login: 'l:' },
    usageStatus: 2,
  };
  const options = await tool.options(spec);
  const [name = ''] = options.operands;
  if (!users(sys).some((user) => user.name === name)) return tool.die(`user '${name}' does not exist`, 6);
  write(
    sys,
    '/etc/passwd',
    fileLines(sys, '/etc/passwd').map((line) => {
      const parts = line.split(':');
      if (parts[0] !== name) return line;
      const gid = options.has('g') ? String(findGid(sys, options.value('g') ?? '') ?? parts[3]) : parts[3];
      return [
        options.value('l') ?? name,
        parts[1],
        options.value('u') ?? parts[2],
        gid,
        options.value('c') ?? parts[4],
        options.value('d') ?? parts[5],
        options.value('s') ?? parts[6],
      ].join(':');
    }),
  );
  const wanted = (options.value('G') ?? '').split(',').filter((group) => group !== '');
  const missing = wanted.find((group) => findGid(sys, group) === undefined);
  if (missing !== undefined) return tool.die(`group '${missing}' does not exist`, 6);
  if (options.has('G') && !options.has('a')) leave(sys, name);
  for (const group of wanted) join(sys, name, group);
  return 0;
};

const leave = (sys: Sys, name: string, group?: string): void =>
  write(
    sys,
    '/etc/group',
    fileLines(sys, '/etc/group').map((line) => {
      const [groupName, password, gid, members = ''] = line.split(':');
      return group !== undefined && groupName !== group
        ? line
        : [
            groupName,
            password,
            gid,
            members
              .split(',')
              .filter((member) => member !== name)
              .join(','),
          ].join(':');
    }),
  );

export const deluser: Utility = async (tool) => {
  const { sys } = tool;
  const spec = { short: 'rf', long: { 'remove-home': 'r', remove: 'r' }, usage: '[--remove-home] USER' };
  const options = await tool.options(spec);
  const [name, group] = options.operands;
  if (name === undefined) return tool.wrongUsage(spec, undefined);
  if (group !== undefined) {
    leave(sys, name, group);
    return 0;
  }
  const user = users(sys).find((found) => found.name === name);
  if (user === undefined)
    return tool.die(tool.isBusybox ? `unknown user ${name}` : `user '${name}' does not exist`, tool.isBusybox ? 1 : 6);
  for (const path of ['/etc/passwd', '/etc/shadow'])
    write(
      sys,
      path,
      fileLines(sys, path).filter((line) => !line.startsWith(`${name}:`)),
    );
  leave(sys, name);
  write(
    sys,
    '/etc/group',
    fileLines(sys, '/etc/group').filter((line) => !(line.startsWith(`${name}:`) && line.endsWith(':'))),
  );
  if (options.has('r') && sys.path.access(user.home, {})) await removeTree(tool, user.home, { verbose: false });
  return 0;
};

const GROUP = { short: 'g:Srfo', long: { gid: 'g:', system: 'r' }, usage: '[-g GID] [-S] [USER] GROUP' };

export const addgroup: Utility = async (tool) => {
  const { sys } = tool;
  const options = await tool.options(GROUP);
  const [first, second] = options.operands;
  if (first === undefined) return tool.wrongUsage(GROUP, undefined);
  if (second !== undefined) {
    join(sys, first, second);
    return 0;
  }
  if (options.has('f') && groups(sys).some(({ name }) => name === first)) return 0;
  await checkNew(tool, first, 'group');
  const gid = options.has('g')
    ? Number(options.value('g'))
    : freeId(
        groups(sys).map((group) => group.gid),
        { isSystem: options.has('S', 'r'), isBusybox: tool.isBusybox },
      );
  if (options.has('g') && groups(sys).some((group) => group.gid === gid))
    return tool.die(tool.isBusybox ? `gid '${gid}' in use` : `GID '${gid}' already exists`, tool.isBusybox ? 1 : 4);
  append(sys, '/etc/group', `${first}:x:${gid}:`);
  return 0;
};

export const delgroup: Utility = async (tool) => {
  const [first = '', second] = tool.args.filter((word) => !word.startsWith('-'));
  if (second !== undefined) leave(tool.sys, first, second);
  else if (!groups(tool.sys).some(({ name }) => name === first))
    return tool.die(tool.isBusybox ? `unknown group ${first}` : `group '${first}' does not exist`, tool.isBusybox ? 1 : 6);
  else
    write(
      tool.sys,
      '/etc/group',
      fileLines(tool.sys, '/etc/group').filter((line) => !line.startsWith(`${first}:`)),
    );
  return 0;
};

/** Passwords are kept as marks only: nobody logs in with one here. */
export const passwd: Utility = async (tool) => {
  const { sys } = tool;
  const options = await tool.options({
    short: 'a:dluSe',
    long: { delete: 'd', lock: 'l', unlock: 'u', status: 'S' },
    usage: '[-a ALG] [-dlu] [USER]',
  });
  const [name = users(sys).find(({ uid }) => uid === sys.ids.get().uid)?.name ?? 'root'] = options.operands;
  if (!users(sys).some((user) => user.name === name))
    return tool.die(tool.isBusybox ? `unknown user ${name}` : `user ${quoted(name)} does not exist`);
  if (!options.has('d', 'l', 'u')) {
    await say(sys, 2, tool.isBusybox ? `Changing password for ${name}\n` : 'New password: ');
    return tool.die(tool.isBusybox ? 'passwords are not kept on this machine' : 'passwords are not kept on this machine', 10);
  }
  const mark = options.has('d') ? '' : options.has('l') ? '!' : '*';
  write(
    sys,
    '/etc/shadow',
    fileLines(sys, '/etc/shadow').map((line) => (line.startsWith(`${name}:`) ? line.replace(/^([^:]*):[^:]*/, `$1:${mark}`) : line)),
  );
  return 0;
};
