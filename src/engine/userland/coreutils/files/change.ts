/** `chmod`, `chown`, `chgrp`. */
import { isErrno } from '../../../kernel/errno.ts';
import type { Stat } from '../../../kernel/fs/types.ts';
import { quoted, type Tool, type Utility } from '../../tool.ts';
import { changeMode, modeText } from '../modes.ts';
import { findGid, findUid, users } from '../users.ts';
import { entries, joined } from './entries.ts';

const CHMOD = {
  short: 'Rcfv',
  long: { recursive: 'R', changes: 'c', silent: 'f', quiet: 'f', verbose: 'v', reference: 'reference:' },
  usage: '[-Rcvf] MODE[,MODE]... FILE...',
};

interface Walk {
  readonly recursive: boolean;
  readonly quiet: boolean;
  readonly follow: boolean;
  readonly change: (path: string, stat: Stat) => Promise<void> | void;
  readonly cannotChange: (path: string, reason: string) => string;
}

/** Changes a path and, if asked, all below it; links below are left alone. */
async function walk(tool: Tool, path: string, rules: Walk, isNamed = true): Promise<void> {
  const { sys } = tool;
  let stat: Stat;
  try {
    stat = isNamed && rules.follow ? sys.path.stat(path) : sys.path.lstat(path);
  } catch (error) {
    if (!isErrno(error)) throw error;
    tool.status = 1;
    if (!rules.quiet) await tool.warn(tool.isBusybox ? `${path}: ${error.message}` : `cannot access ${quoted(path)}: ${error.message}`);
    return;
  }
  if (!(stat.type === 'symlink' && rules.follow)) {
    try {
      await rules.change(path, stat);
    } catch (error) {
      if (!isErrno(error)) throw error;
      tool.status = 1;
      if (!rules.quiet) await tool.warn(rules.cannotChange(path, error.message));
    }
  }
  if (!rules.recursive || stat.type !== 'directory') return;
  await tool.attempt(
    async () => {
      for (const { name } of entries(sys, path)) await walk(tool, joined(path, name), rules, false);
    },
    (reason) => (tool.isBusybox ? `can't open '${path}': ${reason}` : `cannot read directory ${quoted(path)}: ${reason}`),
  );
}

export const chmod: Utility = async (tool) => {
  const { sys } = tool;
  // `-w`, `-x` and their like are modes, not options.
  const args = tool.args.map((word) => (/^-[rwxXstugo]+$/.test(word) ? `a${word}` : word));
  const options = await tool.options(CHMOD, args);
  const reference = options.value('reference');
  const [change, ...paths] =
    reference === undefined ? options.operands : [`0${(sys.path.stat(reference).mode & 0o7777).toString(8)}`, ...options.operands];
  if (change === undefined) return tool.wrongUsage(CHMOD, tool.isBusybox ? undefined : 'missing operand');
  if (paths.length === 0) return tool.wrongUsage(CHMOD, tool.isBusybox ? undefined : `missing operand after ${quoted(change)}`);
  if (changeMode(change, { mode: 0, isDirectory: false, umask: 0 }) === undefined)
    return tool.isBusybox ? tool.die(`invalid mode '${change}'`) : tool.wrongUsage(CHMOD, `invalid mode: ${quoted(change)}`);
  const rules: Walk = {
    recursive: options.has('R'),
    quiet: options.has('f'),
    follow: true,
    change: async (path, stat) => {
      const mode = changeMode(change, { mode: stat.mode, isDirectory: stat.type === 'directory', umask: sys.umask() }) ?? stat.mode;
      sys.path.chmod(path, mode);
      if (options.has('v') || (options.has('c') && mode !== stat.mode))
        await tool.out.write(`mode of '${path}' ${changeText(tool, stat.mode, mode)}\n`);
    },
    cannotChange: (path, reason) => (tool.isBusybox ? `${path}: ${reason}` : `changing permissions of ${quoted(path)}: ${reason}`),
  };
  for (const path of paths) await walk(tool, path, rules);
  return 0;
};

/** `changed from 0644 (rw-r--r--) to 0600 (rw-------)`; busybox leaves out what it was. */
function changeText({ isBusybox }: Tool, before: number, after: number): string {
  const text = (mode: number): string => `${mode.toString(8).padStart(4, '0')} (${modeText({ type: 'regular', mode }).slice(1)})`;
  if (before === after) return `retained as ${text(after)}`;
  return isBusybox ? `changed to ${text(after)}` : `changed from ${text(before)} to ${text(after)}`;
}

const CHOWN = {
  short: 'RhcfvLHP',
  long: {
    recursive: 'R',
    'no-dereference': 'h',
    dereference: 'dereference',
    changes: 'c',
    silent: 'f',
    quiet: 'f',
    verbose: 'v',
    reference: 'reference:',
    from: 'from:',
  },
  usage: '[-Rhcvf] USER[:[GRP]] FILE...',
};

export const chown: Utility = async (tool) => {
  const options = await tool.options(CHOWN);
  const reference = options.has('reference') ? tool.sys.path.stat(options.value('reference') ?? '') : undefined;
  const [owner, ...paths] = reference === undefined ? options.operands : [`${reference.uid}:${reference.gid}`, ...options.operands];
  if (owner === undefined) return tool.wrongUsage(CHOWN, tool.isBusybox ? undefined : 'missing operand');
  if (paths.length === 0) return tool.wrongUsage(CHOWN, tool.isBusybox ? undefined : `missing operand after ${quoted(owner)}`);
  return changeOwner(tool, {
    ids: await idsOf(tool, owner),
    paths,
    recursive: options.has('R'),
    quiet: options.has('f'),
    noFollow: options.has('h'),
  });
};

export const chgrp: Utility = async (tool) => {
  const spec = { ...CHOWN, usage: '[-Rhcvf] GROUP FILE...' };
  const options = await tool.options(spec);
  const [group, ...paths] = options.operands;
  if (group === undefined) return tool.wrongUsage(spec, tool.isBusybox ? undefined : 'missing operand');
  if (paths.length === 0) return tool.wrongUsage(spec, tool.isBusybox ? undefined : `missing operand after ${quoted(group)}`);
  const gid = findGid(tool.sys, group);
  if (gid === undefined) return tool.die(tool.isBusybox ? `unknown group ${group}` : `invalid group: ${quoted(group)}`);
  return changeOwner(tool, { ids: { gid }, paths, recursive: options.has('R'), quiet: options.has('f'), noFollow: options.has('h') });
};

interface Ids {
  readonly uid?: number;
  readonly gid?: number;
}

/** `user`, `user:group`, `user:` (the user's own group), `:group`. */
async function idsOf(tool: Tool, owner: string): Promise<Ids> {
  const match = /^([^:.]*)(?:([:.])(.*))?$/.exec(owner);
  const [, user = '', separator, group = ''] = match ?? [];
  const uid = user === '' ? undefined : findUid(tool.sys, user);
  if (user !== '' && uid === undefined)
    return tool.die(tool.isBusybox ? `unknown user${separator === undefined ? '' : '/group'} ${owner}` : `invalid user: ${quoted(owner)}`);
  if (separator === undefined) return { ...(uid === undefined ? {} : { uid }) };
  const gid = group === '' ? users(tool.sys).find((entry) => entry.uid === uid)?.gid : findGid(tool.sys, group);
  if (group !== '' && gid === undefined)
    return tool.die(tool.isBusybox ? `unknown user/group ${owner}` : `invalid group: ${quoted(owner)}`);
  return { ...(uid === undefined ? {} : { uid }), ...(gid === undefined ? {} : { gid }) };
}

interface OwnerChange {
  readonly ids: Ids;
  readonly paths: readonly string[];
  readonly recursive: boolean;
  readonly quiet: boolean;
  readonly noFollow: boolean;
}

async function changeOwner(tool: Tool, { ids, paths, recursive, quiet, noFollow }: OwnerChange): Promise<number> {
  const { sys } = tool;
  const isGroupOnly = ids.uid === undefined && ids.gid !== undefined;
  const rules: Walk = {
    recursive,
    quiet,
    follow: !noFollow && !recursive,
    change: (path, stat) => (stat.type === 'symlink' ? sys.path.lchown : sys.path.chown)(path, ids.uid ?? stat.uid, ids.gid ?? stat.gid),
    cannotChange: (path, reason) =>
      tool.isBusybox ? `${path}: ${reason}` : `changing ${isGroupOnly ? 'group' : 'ownership'} of ${quoted(path)}: ${reason}`,
  };
  for (const path of paths) await walk(tool, path, rules);
  return 0;
}
