/** Files of a directory that an overlay mount has written into, as an archive has them. */

import { isErrno } from '../../kernel/errno.ts';
import { majorOf, minorOf } from '../../kernel/fs/device-number.ts';
import type { Stat } from '../../kernel/fs/types.ts';
import type { Sys } from '../../kernel/sys.ts';
import type { TarInput } from '../../oci/tar/write.ts';
import { OPAQUE_XATTR } from './apply.ts';

export function isOpaque(sys: Sys, path: string): boolean {
  try {
    return new TextDecoder().decode(sys.path.getxattr(path, OPAQUE_XATTR)) === 'y';
  } catch (error) {
    if (isErrno(error, 'ENODATA', 'EOPNOTSUPP')) return false;
    throw error;
  }
}

/** One file as an archive has it; the second name of a file is a link to its first. */
export function tarEntry(
  sys: Sys,
  { at, name, stat, seen }: { at: string; name: string; stat: Stat; seen: Map<number, string> },
): TarInput {
  const common = { name, mode: stat.mode, uid: stat.uid, gid: stat.gid, mtimeNs: stat.mtimeNs };
  const first = stat.nlink > 1 && stat.type === 'regular' ? seen.get(stat.ino) : undefined;
  if (first !== undefined) return { ...common, type: 'link', linkname: first };
  if (stat.nlink > 1) seen.set(stat.ino, name);
  if (stat.type === 'regular') return { ...common, type: 'file', content: sys.path.readFile(at) };
  if (stat.type === 'symlink') return { ...common, type: 'symlink', linkname: sys.path.readlink(at) };
  if (stat.type === 'directory') return { ...common, type: 'directory' };
  if (stat.type === 'fifo') return { ...common, type: 'fifo' };
  return {
    ...common,
    type: stat.type === 'block-device' ? 'block-device' : 'char-device',
    devmajor: majorOf(stat.rdev),
    devminor: minorOf(stat.rdev),
  };
}
