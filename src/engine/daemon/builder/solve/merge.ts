import type { Sys } from '../../../kernel/sys.ts';
import { exists, isDirectory, namesIn } from '../../files.ts';

/** Where a tree is laid: an upper directory, and the directories that it lies above. */
export interface Over {
  readonly to: string;
  readonly below: readonly string[];
}

/** Lays a tree over others: directories are made, files become further names of the same inodes. */
export function linkTree(sys: Sys, from: string, { to, below }: Over): void {
  for (const name of namesIn(sys, from)) {
    const [source, target] = [`${from}/${name}`, `${to}/${name}`];
    const stat = sys.path.lstat(source);
    if (stat.type === 'socket') continue;
    if (stat.type !== 'directory') {
      sys.path.link(source, target);
      continue;
    }
    if (!exists(sys, target)) sys.path.mkdir(target, stat.mode);
    linkTree(sys, source, { to: target, below: below.map((layer) => `${layer}/${name}`) });
    // A directory that was only made on the way looks as it did below.
    const model = below.map((layer) => `${layer}/${name}`).find((at) => isDirectory(sys, at));
    const look = model === undefined ? stat : sys.path.lstat(model);
    sys.path.chmod(target, look.mode);
    sys.path.chown(target, look.uid, look.gid);
    sys.path.utimes(target, { mtimeNs: look.mtimeNs });
  }
}
