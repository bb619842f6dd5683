/** Work on whole trees that several programs share: looking without failing, copying, removing. */
import { isErrno } from '../../../kernel/errno.ts';
import type { Stat } from '../../../kernel/fs/types.ts';
import type { Sys } from '../../../kernel/sys.ts';
import { quoted, type Tool } from '../../tool.ts';
import { entries, joined } from './entries.ts';

const COPY_BYTES = 1 << 18;

export function statOrNull(sys: Sys, path: string): Stat | null {
  return orNull(() => sys.path.stat(path));
}

export function lstatOrNull(sys: Sys, path: string): Stat | null {
  return orNull(() => sys.path.lstat(path));
}

function orNull(look: () => Stat): Stat | null {
  try {
    return look();
  } catch (error) {
    if (isErrno(error, 'ENOENT', 'ENOTDIR', 'EACCES', 'ELOOP')) return null;
    throw error;
  }
}

export const isDirectory = (sys: Sys, path: string): boolean => statOrNull(sys, path)?.type === 'directory';

export interface CopyRules {
  readonly recursive: boolean;
  /** Mode, owner and times too. */
  readonly preserve: boolean;
  readonly followLinks: 'always' | 'named' | 'never';
  readonly force: boolean;
  readonly hardLinks: boolean;
  readonly symbolicLinks: boolean;
  readonly verbose: boolean;
  /** Inode of the source → where its first copy is: hard links stay links. */
  readonly copied: Map<string, string>;
}

interface Copy {
  readonly from: string;
  readonly to: string;
  readonly isNamed: boolean;
}

/** Copies a file, link, device or tree; false after a complaint. */
export async function copyTree(tool: Tool, copy: Copy, rules: CopyRules): Promise<boolean> {
  const { sys } = tool;
  const { from, to } = copy;
  const follows = rules.followLinks === 'always' || (rules.followLinks === 'named' && copy.isNamed);
  let stat: Stat;
  try {
    stat = follows ? sys.path.stat(from) : sys.path.lstat(from);
  } catch (error) {
    if (!isErrno(error)) throw error;
    await tool.complain(tool.isBusybox ? `can't stat '${from}': ${error.message}` : `cannot stat ${quoted(from)}: ${error.message}`);
    return false;
  }
  if (stat.type === 'directory') return copyDirectory(tool, { ...copy, stat }, rules);
  const existing = lstatOrNull(sys, to);
  if (existing !== null && existing.dev === stat.dev && existing.ino === stat.ino && !rules.symbolicLinks) {
    await tool.complain(tool.isBusybox ? `'${from}' and '${to}' are the same file` : `${quoted(from)} and ${quoted(to)} are the same file`);
    return false;
  }
  if (existing?.type === 'directory') {
    await tool.complain(
      tool.isBusybox
        ? `cannot overwrite directory '${to}' with non-directory`
        : `cannot overwrite directory ${quoted(to)} with non-directory`,
    );
    return false;
  }
  const made = await tool.attempt(
    () => copyOne(tool, { ...copy, stat, existing }, rules),
    (reason) => cannotCreate(tool, stat, to, reason),
  );
  if (made && rules.verbose) await tool.out.write(`'${from}' -> '${to}'\n`);
  return made;
}

function cannotCreate(tool: Tool, { type }: Stat, to: string, reason: string): string {
  if (tool.isBusybox && reason === 'No space left on device') return `write error: ${reason}`;
  if (tool.isBusybox) return type === 'symlink' ? `can't create symlink '${to}': ${reason}` : `can't create '${to}': ${reason}`;
  const what = { regular: 'regular file', symlink: 'symbolic link', fifo: 'fifo' }[type as string] ?? 'special file';
  return `cannot create ${what} ${quoted(to)}: ${reason}`;
}

async function copyOne(
  tool: Tool,
  { from, to, stat, existing }: Copy & { stat: Stat; existing: Stat | null },
  rules: CopyRules,
): Promise<void> {
  const { sys } = tool;
  const replaces = existing !== null && (rules.hardLinks || rules.symbolicLinks || existing.type === 'symlink' || stat.type !== 'regular');
  if (replaces && (rules.force || stat.type !== 'regular' || existing?.type !== 'symlink' || rules.preserve)) sys.path.unlink(to);
  if (rules.hardLinks) return sys.path.link(from, to);
  if (rules.symbolicLinks) return sys.path.symlink(from, to);
  const key = `${stat.dev}:${stat.ino}`;
  const first = stat.nlink > 1 && rules.preserve ? rules.copied.get(key) : undefined;
  if (first !== undefined) {
    if (existing !== null && !replaces) sys.path.unlink(to);
    return sys.path.link(first, to);
  }
  rules.copied.set(key, to);
  if (stat.type === 'symlink') sys.path.symlink(sys.path.readlink(from), to);
  else if (stat.type === 'regular' || !rules.recursive) await copyBytes(tool, { from, to, mode: stat.mode & 0o777, force: rules.force });
  else if (stat.type === 'fifo' || stat.type === 'char-device' || stat.type === 'block-device')
    sys.path.mknod(to, stat.type, stat.mode, stat.rdev);
  if (rules.preserve) preserve(sys, to, stat);
}

interface FileCopy {
  readonly from: string;
  readonly to: string;
  readonly mode: number;
  readonly force: boolean;
}

async function copyBytes(tool: Tool, { from, to, mode, force }: FileCopy): Promise<void> {
  const { sys } = tool;
  const input = await sys.open(from, { read: true });
  let output: number;
  try {
    output = await sys.open(to, { write: true, create: true, truncate: true }, mode);
  } catch (error) {
    if (!force || !isErrno(error, 'EACCES', 'ETXTBSY')) throw error;
    sys.path.unlink(to);
    output = await sys.open(to, { write: true, create: true, truncate: true }, mode);
  }
  for (;;) {
    const bytes = await sys.read(input, COPY_BYTES);
    if (bytes.length === 0) break;
    await sys.write(output, bytes);
  }
  sys.fds.close(input);
  sys.fds.close(output);
}

/** Owner first: a change of owner clears the set-id bits. */
export function preserve(sys: Sys, path: string, stat: Stat): void {
  try {
    sys.path.lchown(path, stat.uid, stat.gid);
  } catch (error) {
    if (!isErrno(error, 'EPERM')) throw error;
  }
  if (stat.type !== 'symlink') sys.path.chmod(path, stat.mode);
  sys.path.utimes(path, { atimeNs: stat.atimeNs, mtimeNs: stat.mtimeNs }, { noFollow: true });
}

async function copyDirectory(tool: Tool, { from, to, stat }: Copy & { stat: Stat }, rules: CopyRules): Promise<boolean> {
  const { sys } = tool;
  if (!rules.recursive) {
    await tool.complain(tool.isBusybox ? `omitting directory '${from}'` : `-r not specified; omitting directory ${quoted(from)}`);
    return false;
  }
  const existing = statOrNull(sys, to);
  if (existing !== null && existing.type !== 'directory') {
    await tool.complain(
      tool.isBusybox ? `target '${to}' is not a directory` : `cannot overwrite non-directory ${quoted(to)} with directory ${quoted(from)}`,
    );
    return false;
  }
  if (`${sys.path.realpath(parentOf(to))}/`.startsWith(`${sys.path.realpath(from)}/`)) {
    await tool.complain(
      tool.isBusybox
        ? `recursion detected, omitting directory '${from}'`
        : `cannot copy a directory, ${quoted(from)}, into itself, ${quoted(to)}`,
    );
    return false;
  }
  // Writable until it is filled.
  const isMade =
    existing !== null ||
    (await tool.attempt(
      () => sys.path.mkdir(to, (stat.mode & 0o777) | 0o700),
      (reason) => (tool.isBusybox ? `can't create directory '${to}': ${reason}` : `cannot create directory ${quoted(to)}: ${reason}`),
    ));
  if (!isMade) return false;
  if (rules.verbose && existing === null) await tool.out.write(`'${from}' -> '${to}'\n`);
  let isWhole = true;
  await tool.attempt(
    async () => {
      // GNU's reads files in the order of their inodes, which is that of the disk.
      const names = tool.isBusybox ? entries(sys, from) : [...entries(sys, from)].sort((a, b) => a.ino - b.ino);
      for (const { name } of names) {
        isWhole = (await copyTree(tool, { from: joined(from, name), to: joined(to, name), isNamed: false }, rules)) && isWhole;
        await sys.turn();
      }
    },
    (reason) => (tool.isBusybox ? `can't open '${from}': ${reason}` : `cannot access ${quoted(from)}: ${reason}`),
  );
  if (rules.preserve) preserve(sys, to, stat);
  else if (existing === null) sys.path.chmod(to, stat.mode & 0o777 & ~sys.umask());
  return isWhole;
}

const parentOf = (path: string): string => {
  const trimmed = path.replace(/\/+$/, '');
  const slash = trimmed.lastIndexOf('/');
  return slash < 0 ? '.' : slash === 0 ? '/' : trimmed.slice(0, slash);
};

/** Removes a tree; false after a complaint. */
export async function removeTree(tool: Tool, path: string, rules: { readonly verbose: boolean }): Promise<boolean> {
  const { sys } = tool;
  const cannot = (reason: string): string =>
    tool.isBusybox ? `can't remove '${path}': ${reason}` : `cannot remove ${quoted(path)}: ${reason}`;
  if (sys.path.lstat(path).type !== 'directory') {
    const isGone = await tool.attempt(() => sys.path.unlink(path), cannot);
    if (isGone && rules.verbose) await tool.out.write(tool.isBusybox ? `removed '${path}'\n` : `removed ${quoted(path)}\n`);
    return isGone;
  }
  let isEmpty = true;
  await tool.attempt(async () => {
    for (const { name } of entries(sys, path)) {
      isEmpty = (await removeTree(tool, joined(path, name), rules)) && isEmpty;
      await sys.turn();
    }
  }, cannot);
  if (!isEmpty) return false;
  const isGone = await tool.attempt(() => sys.path.rmdir(path), cannot);
  if (isGone && rules.verbose)
    await tool.out.write(tool.isBusybox ? `removed directory: '${path}'\n` : `removed directory ${quoted(path)}\n`);
  return isGone;
}
