/** `basename` and `dirname`: what can be said of a path without looking. */
import { quoted, type Utility } from '../../tool.ts';

export function baseName(path: string): string {
  const trimmed = path.replace(/\/+$/, '');
  return trimmed === '' ? (path === '' ? '' : '/') : (trimmed.split('/').pop() ?? '');
}

export function dirName(path: string): string {
  const trimmed = path.replace(/\/+$/, '');
  if (trimmed === '') return path.startsWith('/') ? '/' : '.';
  const slash = trimmed.lastIndexOf('/');
  return slash < 0 ? '.' : trimmed.slice(0, slash).replace(/\/+$/, '') || '/';
}

const withoutSuffix = (name: string, suffix: string): string =>
  suffix !== '' && name !== suffix && name.endsWith(suffix) ? name.slice(0, -suffix.length) : name;

export const basename: Utility = async (tool) => {
  const spec = { short: 'as:z', long: { multiple: 'a', suffix: 's:', zero: 'z' }, usage: 'FILE [SUFFIX] | -a FILE... | -s SUFFIX FILE...' };
  const options = await tool.options(spec);
  const { operands } = options;
  if (operands.length === 0) return tool.wrongUsage(spec, tool.isBusybox ? undefined : 'missing operand');
  const isMultiple = options.has('a', 's');
  if (!isMultiple && operands.length > 2)
    return tool.wrongUsage(spec, tool.isBusybox ? undefined : `extra operand ${quoted(operands[2] ?? '')}`);
  const suffix = options.value('s') ?? (isMultiple ? '' : (operands[1] ?? ''));
  for (const path of isMultiple ? operands : operands.slice(0, 1))
    await tool.out.write(withoutSuffix(baseName(path), suffix) + (options.has('z') ? '\0' : '\n'));
  return 0;
};

export const dirname: Utility = async (tool) => {
  const spec = { short: 'z', long: { zero: 'z' }, usage: 'FILENAME' };
  const options = await tool.options(spec);
  if (tool.isBusybox && options.operands.length > 1) return tool.wrongUsage(spec);
  if (options.operands.length === 0) return tool.wrongUsage(spec, tool.isBusybox ? undefined : 'missing operand');
  for (const path of options.operands) await tool.out.write(dirName(path) + (options.has('z') ? '\0' : '\n'));
  return 0;
};
