/** Every file below a folder, as the parts of a page that look inside list them. */
import type { DrydockFile } from '../../api-types/index.ts';
import { isErrno } from '../../kernel/errno.ts';
import type { Stat } from '../../kernel/fs/types.ts';
import type { Sys } from '../../kernel/sys.ts';
import { namesIn } from '../files.ts';
import { OPAQUE_XATTR } from '../snapshots/apply.ts';

const MOST_FILES = 5000;

/** At most 5,000, in the order of a walk; paths begin at `root`. A mount below it is walked too. */
export function filesBelow(sys: Sys, root: string): readonly DrydockFile[] {
  const found: DrydockFile[] = [];
  for (const file of walk(sys, root, '')) {
    if (found.length === MOST_FILES) break;
    found.push(file);
  }
  return found;
}

function* walk(sys: Sys, root: string, path: string): Generator<DrydockFile> {
  for (const name of namesIn(sys, root + path)) {
    const here = `${path}/${name}`;
    const stat = sys.path.lstat(root + here);
    yield fileOf(sys, { at: root + here, path: here, stat });
    if (stat.type === 'directory') yield* walk(sys, root, here);
  }
}

function fileOf(sys: Sys, { at, path, stat }: { at: string; path: string; stat: Stat }): DrydockFile {
  const isOpaque = stat.type === 'directory' && hasOpaqueMark(sys, at);
  return {
    ...{ Path: path, Type: typeOf(stat), Mode: stat.mode, Uid: stat.uid, Gid: stat.gid },
    ...{ SizeBytes: stat.type === 'regular' ? stat.sizeBytes : 0, ModifiedNs: String(stat.mtimeNs) },
    ...(isOpaque ? { Opaque: true as const } : {}),
    ...(stat.type === 'symlink' ? { Target: sys.path.readlink(at) } : {}),
  };
}

function typeOf({ type, rdev }: Stat): DrydockFile['Type'] {
  if (type === 'regular') return 'file';
  if (type === 'directory' || type === 'symlink') return type;
  return type === 'char-device' && rdev === 0 ? 'whiteout' : 'other';
}

function hasOpaqueMark(sys: Sys, path: string): boolean {
  try {
    return new TextDecoder().decode(sys.path.getxattr(path, OPAQUE_XATTR)) === 'y';
  } catch (error) {
    if (isErrno(error, 'ENODATA', 'EOPNOTSUPP')) return false;
    throw error;
  }
}
