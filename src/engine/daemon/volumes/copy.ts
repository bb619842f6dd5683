/** Copies a tree with everything it is: what an image has at a volume's place goes into the volume when it is new and empty. */
import { isErrno } from '../../kernel/errno.ts';
import type { Stat } from '../../kernel/fs/types.ts';
import type { Sys } from '../../kernel/sys.ts';
import { exists } from '../files.ts';

/** `to` is a directory that is there. Links between files inside are kept. */
export function copyTree(sys: Sys, from: string, to: string): void {
  const seen = new Map<number, string>();
  copyInto(sys, { from, to, seen });
  stamp(sys, to, sys.path.stat(from));
}

interface Copy {
  readonly from: string;
  readonly to: string;
  readonly seen: Map<number, string>;
}

function copyInto(sys: Sys, { from, to, seen }: Copy): void {
  for (const { name } of sys.path.readdir(from)) {
    const source = `${from}/${name}`;
    const target = `${to}/${name}`;
    if (exists(sys, target)) continue;
    const stat = sys.path.lstat(source);
    const linked = stat.nlink > 1 && stat.type !== 'directory' ? seen.get(stat.ino) : undefined;
    if (linked !== undefined) {
      sys.path.link(linked, target);
      continue;
    }
    seen.set(stat.ino, target);
    if (stat.type === 'socket') continue;
    copyOne(sys, { source, target, stat });
    if (stat.type === 'directory') copyInto(sys, { from: source, to: target, seen });
    stamp(sys, target, stat);
  }
}

function copyOne(sys: Sys, { source, target, stat }: { source: string; target: string; stat: Stat }): void {
  if (stat.type === 'directory') sys.path.mkdir(target, stat.mode);
  else if (stat.type === 'symlink') sys.path.symlink(sys.path.readlink(source), target);
  else if (stat.type === 'regular') sys.path.writeFile(target, sys.path.readFile(source), stat.mode);
  else if (stat.type !== 'socket') sys.path.mknod(target, stat.type, stat.mode, stat.rdev);
}

function stamp(sys: Sys, at: string, { type, mode, uid, gid, mtimeNs, atimeNs }: Stat): void {
  try {
    sys.path.lchown(at, uid, gid);
    if (type !== 'symlink') sys.path.chmod(at, mode);
    sys.path.utimes(at, { mtimeNs, atimeNs }, { noFollow: true });
  } catch (error) {
    if (!isErrno(error, 'ENOENT')) throw error;
  }
}
