import type { Sys } from '../../../kernel/sys.ts';
import { exists, isDirectory, namesIn, removeAll } from '../../files.ts';

/** Lays a tree over another: directories are made, files become further names of the same inodes. */
export function linkTree(sys: Sys, from: string, to: string): void {
  for (const name of namesIn(sys, from)) {
    const source = `${from}/${name}`;
    const target = `${to}/${name}`;
    const stat = sys.path.lstat(source);
    if (stat.type === 'directory') {
      if (!isDirectory(sys, target)) {
        removeAll(sys, target);
        sys.path.mkdir(target, stat.mode);
      }
      linkTree(sys, source, target);
      sys.path.chmod(target, stat.mode);
      sys.path.chown(target, stat.uid, stat.gid);
      sys.path.utimes(target, { mtimeNs: stat.mtimeNs });
      continue;
    }
    if (exists(sys, target)) removeAll(sys, target);
    if (stat.type === 'symlink') sys.path.symlink(sys.path.readlink(source), target);
    else if (stat.type === 'regular') sys.path.writeFile(target, sys.path.readFile(source), stat.mode);
    else if (stat.type !== 'socket') sys.path.mknod(target, stat.type, stat.mode, stat.rdev);
    if (stat.type === 'socket') continue;
    sys.path.lchown(target, stat.uid, stat.gid);
    if (stat.type !== 'symlink') sys.path.chmod(target, stat.mode);
    sys.path.utimes(target, { mtimeNs: stat.mtimeNs, atimeNs: stat.mtimeNs }, { noFollow: true });
  }
}
