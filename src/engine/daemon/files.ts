/** Files as the daemon needs them: whole documents, whole trees. All at once, between two waits, so nobody sees them half done. */
import { isErrno } from '../kernel/errno.ts';
import type { Sys } from '../kernel/sys.ts';

type Paths = Pick<Sys, 'path'>;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export const readText = (sys: Paths, path: string): string => decoder.decode(sys.path.readFile(path));
export const writeText = (sys: Paths, path: string, text: string, mode = 0o644): void =>
  sys.path.writeFile(path, encoder.encode(text), mode);

/** The text, or undefined if there is no such file. */
export function readTextIfThere(sys: Paths, path: string): string | undefined {
  try {
    return readText(sys, path);
  } catch (error) {
    if (isErrno(error, 'ENOENT', 'ENOTDIR')) return undefined;
    throw error;
  }
}

export const exists = (sys: Paths, path: string): boolean => sys.path.access(path, { noFollow: true });

export function isDirectory(sys: Paths, path: string): boolean {
  try {
    return sys.path.stat(path).type === 'directory';
  } catch (error) {
    if (isErrno(error, 'ENOENT', 'ENOTDIR', 'ELOOP')) return false;
    throw error;
  }
}

/** As `mkdir -p`; a directory that is there keeps its mode. */
export function mkdirAll(sys: Paths, path: string, mode = 0o755): void {
  if (path === '' || path === '/' || isDirectory(sys, path)) return;
  mkdirAll(sys, parentOf(path), mode);
  sys.path.mkdir(path, mode);
  sys.path.chmod(path, mode);
}

/** Names in a directory, sorted; none if it is not there. */
export function namesIn(sys: Paths, path: string): readonly string[] {
  if (!isDirectory(sys, path)) return [];
  return sys.path
    .readdir(path)
    .map(({ name }) => name)
    .filter((name) => name !== '.' && name !== '..')
    .sort();
}

/** As `rm -rf`. */
export function removeAll(sys: Paths, path: string): void {
  if (!exists(sys, path)) return;
  if (sys.path.lstat(path).type !== 'directory') {
    sys.path.unlink(path);
    return;
  }
  for (const name of namesIn(sys, path)) removeAll(sys, `${path}/${name}`);
  sys.path.rmdir(path);
}

/** Replaces a file in one step, as a daemon that may be killed does. */
export function writeWhole(sys: Paths, path: string, text: string, mode = 0o600): void {
  writeText(sys, `${path}.tmp`, text, mode);
  sys.path.rename(`${path}.tmp`, path);
}

export const readJson = (sys: Paths, path: string): unknown => {
  const text = readTextIfThere(sys, path);
  return text === undefined ? undefined : (JSON.parse(text) as unknown);
};

/** What lies on top of a path: `/a/b` → `/a`. */
export const parentOf = (path: string): string => path.replace(/\/+[^/]*\/*$/, '') || '/';
export const baseOf = (path: string): string => path.replace(/\/+$/, '').replace(/^.*\//, '');

/** Bytes in the regular files of a tree, and how many entries it has. */
export function treeSize(sys: Paths, path: string): { readonly sizeBytes: number; readonly allocatedBytes: number } {
  const stat = sys.path.lstat(path);
  let sizeBytes = stat.type === 'regular' ? stat.sizeBytes : 0;
  let allocatedBytes = stat.allocatedBytes;
  if (stat.type !== 'directory') return { sizeBytes, allocatedBytes };
  for (const name of namesIn(sys, path)) {
    const below = treeSize(sys, `${path}/${name}`);
    sizeBytes += below.sizeBytes;
    allocatedBytes += below.allocatedBytes;
  }
  return { sizeBytes, allocatedBytes };
}

/** A path inside `root` as the container means it: links are followed inside, and none leads out. Upstream: FollowSymlinkInScope. */
export function inRoot(sys: Paths, root: string, path: string, options: { readonly noFollowLast?: boolean } = {}): string {
  const parts = path.split('/').filter((part) => part !== '' && part !== '.');
  const done: string[] = [];
  for (let links = 0; parts.length > 0; ) {
    const part = parts.shift() ?? '';
    if (part === '..') {
      done.pop();
      continue;
    }
    const here = [root, ...done, part].join('/');
    const isLast = parts.length === 0;
    const target = isLast && options.noFollowLast ? undefined : linkTarget(sys, here);
    if (target === undefined || links > 40) {
      done.push(part);
      continue;
    }
    links += 1;
    if (target.startsWith('/')) done.length = 0;
    parts.unshift(...target.split('/').filter((piece) => piece !== '' && piece !== '.'));
  }
  return done.length === 0 ? root : [root, ...done].join('/');
}

function linkTarget(sys: Paths, path: string): string | undefined {
  try {
    return sys.path.lstat(path).type === 'symlink' ? sys.path.readlink(path) : undefined;
  } catch (error) {
    if (isErrno(error, 'ENOENT', 'ENOTDIR')) return undefined;
    throw error;
  }
}
