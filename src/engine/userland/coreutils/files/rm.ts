import { isErrno } from '../../../kernel/errno.ts';
import { quoted, type Tool, type Utility } from '../../tool.ts';
import { baseName } from '../shell/paths.ts';
import { confirmed } from './cp.ts';
import { removeTree } from './tree.ts';

const RM = {
  short: 'firRdIvx',
  long: {
    force: 'f',
    interactive: 'i',
    recursive: 'r',
    dir: 'd',
    verbose: 'v',
    'preserve-root': 'preserve-root::',
    'no-preserve-root': 'no-preserve-root',
    'one-file-system': 'x',
  },
  usage: '[-irf] FILE...',
};

export const rm: Utility = async (tool) => {
  const options = await tool.options(RM);
  const rules = {
    verbose: options.has('v'),
    recursive: options.has('r', 'R'),
    force: options.last('f', 'i') === 'f',
    asks: options.last('f', 'i') === 'i',
    directories: options.has('d'),
  };
  if (options.operands.length === 0) return rules.force ? 0 : tool.wrongUsage(RM, tool.isBusybox ? undefined : 'missing operand');
  for (const path of options.operands) await remove(tool, path, rules);
  return 0;
};

interface Rules {
  readonly verbose: boolean;
  readonly recursive: boolean;
  readonly force: boolean;
  readonly asks: boolean;
  readonly directories: boolean;
}

async function remove(tool: Tool, path: string, rules: Rules): Promise<void> {
  const { sys } = tool;
  const base = baseName(path);
  if (base === '.' || base === '..')
    return tool.complain(
      tool.isBusybox ? "can't remove '.' or '..'" : `refusing to remove '.' or '..' directory: skipping ${quoted(path)}`,
    );
  if (base === '/' && rules.recursive && !tool.isBusybox)
    return tool.complain("it is dangerous to operate recursively on '/'\nrm: use --no-preserve-root to override this failsafe");
  try {
    const isDirectory = sys.path.lstat(path).type === 'directory';
    if (isDirectory && rules.directories && !rules.recursive) return sys.path.rmdir(path);
    if (isDirectory && !rules.recursive)
      return await tool.complain(tool.isBusybox ? `'${path}' is a directory` : `cannot remove ${quoted(path)}: Is a directory`);
    if (
      rules.asks &&
      !(await confirmed(
        tool,
        tool.isBusybox
          ? `${isDirectory ? 'descend into directory' : 'remove'} '${path}'? `
          : `remove ${isDirectory ? 'directory' : 'regular file'} ${quoted(path)}? `,
      ))
    )
      return;
    await removeTree(tool, path, rules);
  } catch (error) {
    if (!isErrno(error)) throw error;
    if (rules.force && isErrno(error, 'ENOENT', 'ENOTDIR')) return;
    await tool.complain(tool.isBusybox ? `can't remove '${path}': ${error.message}` : `cannot remove ${quoted(path)}: ${error.message}`);
  }
}

const RMDIR = { short: 'pv', long: { parents: 'p', verbose: 'v', 'ignore-fail-on-non-empty': 'ignore' }, usage: '[-p] DIRECTORY...' };

export const rmdir: Utility = async (tool) => {
  const options = await tool.options(RMDIR);
  if (options.operands.length === 0) return tool.wrongUsage(RMDIR, tool.isBusybox ? undefined : 'missing operand');
  for (const operand of options.operands) {
    for (let path = operand; path !== ''; path = options.has('p') && path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '') {
      const isGone = await tool.attempt(
        () => tool.sys.path.rmdir(path),
        (reason) => (tool.isBusybox ? `'${path}': ${reason}` : `failed to remove ${quoted(path)}: ${reason}`),
      );
      if (!isGone) break;
    }
  }
  return 0;
};

export const unlink: Utility = async (tool) => {
  const [path = ''] = tool.args;
  await tool.attempt(
    () => tool.sys.path.unlink(path),
    (reason) => (tool.isBusybox ? `can't remove '${path}': ${reason}` : `cannot unlink ${quoted(path)}: ${reason}`),
  );
  return 0;
};
