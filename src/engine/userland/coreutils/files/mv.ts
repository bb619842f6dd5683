import { isErrno } from '../../../kernel/errno.ts';
import { quoted, type Tool, type Utility } from '../../tool.ts';
import { baseName } from '../shell/paths.ts';
import { destinationOf, isKept } from './cp.ts';
import { joined } from './entries.ts';
import { copyTree, lstatOrNull, removeTree } from './tree.ts';

const SPEC = {
  short: 'finTt:uv',
  long: {
    force: 'f',
    interactive: 'i',
    'no-clobber': 'n',
    'no-target-directory': 'T',
    'target-directory': 't:',
    update: 'u',
    verbose: 'v',
  },
  usage: '[-finT] SOURCE DEST\nor: mv [-fin] SOURCE... { -t DIRECTORY | DIRECTORY }',
};

export const mv: Utility = async (tool) => {
  const options = await tool.options(SPEC);
  const { sources, target } = await destinationOf(tool, {
    operands: options.operands,
    directory: options.value('t'),
    spec: SPEC,
    noDirectory: options.has('T'),
  });
  for (const from of sources) {
    const to = target.isDirectory ? joined(target.path, baseName(from)) : target.path;
    if (lstatOrNull(tool.sys, from) === null) {
      await tool.complain(
        tool.isBusybox ? `can't rename '${from}': No such file or directory` : `cannot stat ${quoted(from)}: No such file or directory`,
      );
      continue;
    }
    if (await isKept(tool, { from, to, options })) continue;
    if ((await move(tool, from, to)) && options.has('v'))
      await tool.out.write(tool.isBusybox ? `'${from}' -> '${to}'\n` : `renamed ${quoted(from)} -> ${quoted(to)}\n`);
  }
  return 0;
};

/** Within a file system a rename; across, a copy and a removal. */
async function move(tool: Tool, from: string, to: string): Promise<boolean> {
  try {
    tool.sys.path.rename(from, to);
    return true;
  } catch (error) {
    if (!isErrno(error)) throw error;
    if (error.code !== 'EXDEV') {
      await tool.complain(
        tool.isBusybox
          ? `can't rename '${from}': ${error.message}`
          : error.code === 'EINVAL'
            ? `cannot move ${quoted(from)} to a subdirectory of itself, ${quoted(to)}`
            : `cannot move ${quoted(from)} to ${quoted(to)}: ${error.message}`,
      );
      return false;
    }
  }
  const rules = {
    recursive: true,
    preserve: true,
    followLinks: 'never',
    force: true,
    hardLinks: false,
    symbolicLinks: false,
    verbose: false,
    copied: new Map<string, string>(),
  } as const;
  return (await copyTree(tool, { from, to, isNamed: true }, rules)) && removeTree(tool, from, { verbose: false });
}
