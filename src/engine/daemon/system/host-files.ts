/**
 * Files of the machine's host, for an editor beside its terminal. No part of the Engine API: a real Engine does not show its host. What is
 * written belongs to whoever has the folder.
 */
import type { Sys } from '../../kernel/sys.ts';
import { DockerError, invalid, notFound } from '../errors.ts';
import { exists, isDirectory, mkdirAll, namesIn, parentOf, removeAll } from '../files.ts';

export interface HostFile {
  readonly name: string;
  readonly type: 'file' | 'directory' | 'symlink' | 'other';
  readonly sizeBytes: number;
  readonly mtimeNs: string;
}

const FOLDER_MODE = 0o755;
const FILE_MODE = 0o644;
const PERMISSIONS = 0o7777;

/** Throws DockerError: only whole paths, without `..`. */
function checked(path: string): string {
  if (!path.startsWith('/') || path.split('/').includes('..')) throw invalid(`path must be absolute: "${path}"`);
  return path;
}

const typeOf = (type: string): HostFile['type'] => {
  if (type === 'directory' || type === 'symlink') return type;
  return type === 'regular' ? 'file' : 'other';
};

/** What is in a folder, sorted; null if the path is a file. Throws DockerError if there is nothing. */
export function readdir(sys: Sys, path: string): readonly HostFile[] | null {
  if (!exists(sys, checked(path))) throw notFound(`${path}: no such file or directory`);
  if (!isDirectory(sys, path)) return null;
  return namesIn(sys, path).map((name) => {
    const { type, sizeBytes, mtimeNs } = sys.path.lstat(`${path}/${name}`);
    return { name, type: typeOf(type), sizeBytes, mtimeNs: String(mtimeNs) };
  });
}

export const readFile = (sys: Sys, path: string): Uint8Array => sys.path.readFile(checked(path));

/** Creates or replaces it, with the folders above it. A file that was there keeps its mode and its owner. */
export function writeFile(sys: Sys, path: string, bytes: Uint8Array): void {
  if (isDirectory(sys, checked(path))) throw new DockerError('conflict', `${path}: is a directory`);
  if (exists(sys, path)) {
    sys.path.writeFile(path, bytes, sys.path.stat(path).mode & PERMISSIONS);
    return;
  }
  let kept = parentOf(path);
  while (!isDirectory(sys, kept)) kept = parentOf(kept);
  const { uid, gid } = sys.path.stat(kept);
  mkdirAll(sys, parentOf(path), FOLDER_MODE);
  sys.path.writeFile(path, bytes, FILE_MODE);
  for (let made = path; made !== kept; made = parentOf(made)) sys.path.chown(made, uid, gid);
}

/** As `rm -rf` of one name. */
export function remove(sys: Sys, path: string): void {
  if (!exists(sys, checked(path))) throw notFound(`${path}: no such file or directory`);
  removeAll(sys, path);
}
