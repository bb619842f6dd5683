/** How a file of a lower layer comes into the upper one: on the first write to it or its attributes (fs/overlayfs/copy_up.c). */
import { Errno } from '../../errno.ts';
import type { Node } from '../node.ts';
import { PRIVATE_PREFIX } from './layers.ts';

export interface CopyUp {
  readonly lower: Node;
  /** The directory in the upper layer. */
  readonly directory: Node;
  readonly name: string;
}

/** Makes the copy: the same type, owner, mode, times, attributes and (shared, so at no cost) bytes. Its directory's times stay. */
export function copyUp({ lower, directory, name }: CopyUp): Node {
  const { mtimeNs: directoryNs, atimeNs: directoryReadNs } = directory.stat();
  const { type, mode, uid, gid, rdev, atimeNs, mtimeNs } = lower.stat();
  const copy = directory.create(name, { type, mode, uid, gid, rdev, ...(type === 'symlink' && { target: lower.readlink() }) });
  try {
    if (type === 'regular') copy.body(true).replace(lower.body(false).snapshot());
  } catch (error) {
    // A full disk: as if it had not been tried.
    if (error instanceof Errno) directory.remove(name);
    throw error;
  }
  for (const [key, value] of lower.xattrs()) if (!key.startsWith(PRIVATE_PREFIX)) copy.setXattr(key, value);
  copy.change({ mode, atimeNs, mtimeNs });
  directory.change({ atimeNs: directoryReadNs, mtimeNs: directoryNs });
  return copy;
}
