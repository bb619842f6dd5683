/** Puts an archive's files on the disk, and takes them away again. */
import { isErrno } from '../../kernel/errno.ts';
import type { Sys } from '../../kernel/sys.ts';
import { contentBytes, readTar, safePath, type TarEntry } from '../../oci/index.ts';

const exists = (sys: Sys, path: string): boolean => sys.path.access(path, { noFollow: true });

function put(sys: Sys, entry: TarEntry, path: string): void {
  switch (entry.type) {
    case 'directory':
      if (exists(sys, path)) return;
      sys.path.mkdir(path, entry.mode);
      break;
    case 'symlink':
      if (exists(sys, path)) sys.path.unlink(path);
      sys.path.symlink(entry.linkname, path);
      return;
    default: {
      // Beside it first: a program that runs keeps its file.
      const fresh = `${path}.new`;
      sys.path.writeFile(fresh, contentBytes(entry.content), entry.mode);
      sys.path.chmod(fresh, entry.mode);
      sys.path.utimes(fresh, { mtimeNs: entry.mtimeNs });
      sys.path.rename(fresh, path);
    }
  }
}

/** Unpacks a tar below the root; returns the paths of its files and folders, without a slash in front. */
export async function unpack(sys: Sys, tar: Uint8Array, skip: (path: string) => boolean = () => false): Promise<readonly string[]> {
  const paths: string[] = [];
  for (const entry of readTar(tar)) {
    const path = safePath(entry.name);
    if (path === null || path === '' || skip(path)) continue;
    put(sys, entry, `/${path}`);
    paths.push(path);
    await sys.turn();
  }
  return paths;
}

/** Takes a package's files away; a folder goes when it is empty. */
export function removeFiles(sys: Sys, paths: readonly string[]): void {
  for (const path of [...paths].sort().reverse()) {
    try {
      if (sys.path.lstat(`/${path}`).type === 'directory') sys.path.rmdir(`/${path}`);
      else sys.path.unlink(`/${path}`);
    } catch (error) {
      if (!isErrno(error, 'ENOENT', 'ENOTEMPTY', 'EBUSY', 'ENOTDIR', 'EEXIST')) throw error;
    }
  }
}

export function makeFolders(sys: Sys, path: string): void {
  const parts = path.split('/').filter((part) => part !== '');
  for (let i = 1; i <= parts.length; i += 1) {
    const folder = `/${parts.slice(0, i).join('/')}`;
    if (!sys.path.access(folder, {})) sys.path.mkdir(folder, 0o755);
  }
}
