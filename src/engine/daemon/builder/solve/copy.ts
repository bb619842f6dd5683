/** Copies files into a stage's root, as `cp` of a build does: into directories, over files, with another owner or mode. */

import { isErrno } from '../../../kernel/errno.ts';
import { makedev } from '../../../kernel/fs/device-number.ts';
import type { Stat } from '../../../kernel/fs/types.ts';
import type { Sys } from '../../../kernel/sys.ts';
import { decompress, isGzip } from '../../../oci/gzip.ts';
import { FormatError } from '../../../oci/manifest.ts';
import { contentBytes, safePath, type TarEntry } from '../../../oci/tar/entry.ts';
import { readTar } from '../../../oci/tar/read.ts';
import { system } from '../../errors.ts';
import { baseOf, exists, inRoot, isDirectory, mkdirAll, parentOf, removeAll } from '../../files.ts';
import { changedMode, modeOfNew } from '../plan/modes.ts';
import type { CopyAction } from '../plan/vertex.ts';
import { filterOf, type Selected, walk } from './select.ts';

export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

export interface CopyTo {
  /** The root that is written into. */
  readonly root: string;
  /** Undefined: as the source has it. */
  readonly owner: Owner | undefined;
}

const COPY_NS_PER_BYTE = 1;

/** Throws DockerError. */
export async function copySelected(
  sys: Sys,
  selected: readonly Selected[],
  { action, to }: { action: CopyAction; to: CopyTo },
): Promise<void> {
  const copying: Copying = { action, to, copied: new Map() };
  for (const one of selected) {
    if (action.unpack && (await unpackInto(sys, one, copying))) continue;
    const path = action.dest.endsWith('/') ? action.dest : parentOf(action.dest);
    makeDirectory(sys, { root: to.root, path, owner: to.owner, mode: modeOfNew(action.mode) });
    await copyOne(sys, one, copying);
  }
}

export interface NewDirectory {
  readonly root: string;
  readonly path: string;
  readonly owner: Owner | undefined;
  readonly createdNs?: bigint | undefined;
  readonly mode?: number;
}

/** As `mkdir -p` inside the root. Throws DockerError where something else stands in the way. */
export function makeDirectory(sys: Sys, { root, path, owner, createdNs, mode = 0o755 }: NewDirectory): string {
  const at = inRoot(sys, root, path);
  const missing: string[] = [];
  for (let here = at; here !== root && here.startsWith(root) && !isDirectory(sys, here); here = parentOf(here)) {
    if (exists(sys, here)) throw system(`mkdir ${path.replace(/\/+$/, '')}: not a directory`);
    missing.unshift(here);
  }
  for (const here of missing) {
    sys.path.mkdir(here, mode);
    sys.path.chmod(here, mode);
    if (owner) sys.path.chown(here, owner.uid, owner.gid);
    if (createdNs !== undefined) sys.path.utimes(here, { mtimeNs: createdNs, atimeNs: createdNs });
  }
  return at;
}

interface Copying {
  readonly action: CopyAction;
  readonly to: CopyTo;
  /** Where a file with several names went first, by inode. */
  readonly copied: Map<number, string>;
}

async function copyOne(sys: Sys, { at, path }: Selected, copying: Copying): Promise<void> {
  const { action, to } = copying;
  const isTree = sys.path.lstat(at).type === 'directory';
  const dest = inRoot(sys, to.root, action.dest);
  const intoDirectory = isDirectory(sys, dest) && (!isTree || !action.isPath);
  const target = intoDirectory ? `${dest}/${baseOf(path)}` : dest;
  if (!isTree) return copyFile(sys, { at, target }, copying);
  if (exists(sys, target) && !isDirectory(sys, target)) throw system(`cannot copy to non-directory: ${target}`);
  const wanted = filterOf(action);
  makeDirectory(sys, { root: to.root, path: target.slice(to.root.length), owner: to.owner, mode: modeOfNew(action.mode) });
  const directories: Timed[] = action.includes.length > 0 ? [] : [{ at, target }];
  for (const found of walk(sys, at)) {
    if (found.path === '') continue;
    if (!wanted(found.path)) continue;
    parents(sys, { at, path: found.path, target }, copying);
    const one = { at: found.at, target: `${target}/${found.path}` };
    await copyFile(sys, one, copying);
    if (sys.path.lstat(one.at).type === 'directory') directories.push(one);
  }
  for (const one of directories.reverse()) keepTime(sys, one);
}

interface Timed {
  readonly at: string;
  readonly target: string;
}

/** A directory has its source's time, whatever was put into it; also one that was there before. */
function keepTime(sys: Sys, { at, target }: Timed): void {
  const { mtimeNs } = sys.path.lstat(at);
  sys.path.utimes(target, { mtimeNs, atimeNs: mtimeNs });
}

/** Directories on the way to a chosen file, which were not chosen themselves. */
function parents(sys: Sys, { at, path, target }: { at: string; path: string; target: string }, { action, to }: Copying): void {
  const parts = path.split('/').slice(0, -1);
  parts.forEach((_, i) => {
    const here = parts.slice(0, i + 1).join('/');
    if (isDirectory(sys, `${target}/${here}`)) return;
    const stat = sys.path.lstat(`${at}/${here}`);
    sys.path.mkdir(`${target}/${here}`, stat.mode);
    stamp(sys, `${target}/${here}`, { stat, action, owner: to.owner });
  });
}

async function copyFile(sys: Sys, { at, target }: { at: string; target: string }, { action, to, copied }: Copying): Promise<void> {
  const stat = sys.path.lstat(at);
  const there = exists(sys, target) ? sys.path.lstat(target).type : undefined;
  if (there === 'directory' && stat.type !== 'directory') throw system(`cannot replace to directory ${target} with file`);
  if (there !== undefined && there !== 'directory') removeAll(sys, target);
  const first = stat.type === 'regular' && stat.nlink > 1 ? copied.get(stat.ino) : undefined;
  if (first !== undefined) sys.path.link(first, target);
  else make(sys, { at, target, stat });
  if (stat.nlink > 1) copied.set(stat.ino, target);
  if (stat.type === 'regular') await sys.charge(stat.sizeBytes * COPY_NS_PER_BYTE);
  stamp(sys, target, { stat, action, owner: to.owner });
}

function make(sys: Sys, { at, target, stat }: { at: string; target: string; stat: Stat }): void {
  const { type, mode, rdev } = stat;
  if (type === 'directory') {
    if (!isDirectory(sys, target)) sys.path.mkdir(target, mode);
  } else if (type === 'regular') sys.path.writeFile(target, sys.path.readFile(at), mode);
  else if (type === 'symlink') sys.path.symlink(sys.path.readlink(at), target);
  else if (type !== 'socket') sys.path.mknod(target, type, mode, rdev);
}

function stamp(sys: Sys, target: string, { stat, action, owner }: { stat: Stat; action: CopyAction; owner: Owner | undefined }): void {
  if (stat.type === 'socket') return;
  sys.path.lchown(target, owner?.uid ?? stat.uid, owner?.gid ?? stat.gid);
  if (stat.type !== 'symlink')
    sys.path.chmod(target, action.mode === '' ? stat.mode : changedMode(action.mode, stat.mode, stat.type === 'directory'));
  sys.path.utimes(target, { mtimeNs: stat.mtimeNs, atimeNs: stat.mtimeNs }, { noFollow: true });
}

/** Unpacks an archive; false if it is none. */
async function unpackInto(sys: Sys, { at }: Selected, { action, to }: Copying): Promise<boolean> {
  if (sys.path.lstat(at).type !== 'regular') return false;
  const entries = archiveIn(sys.path.readFile(at));
  if (!entries) return false;
  const directory = makeDirectory(sys, { root: to.root, path: action.dest, owner: to.owner });
  for (const entry of entries) extract(sys, entry, { root: directory, ...(to.owner ? { owner: to.owner } : {}) });
  await sys.charge(sys.path.lstat(at).sizeBytes * COPY_NS_PER_BYTE);
  return true;
}

const isTar = (bytes: Uint8Array): boolean => bytes.length >= 512 && new TextDecoder().decode(bytes.subarray(257, 262)) === 'ustar';

function archiveIn(bytes: Uint8Array): readonly TarEntry[] | undefined {
  try {
    const tar = isGzip(bytes) ? decompress(bytes) : bytes;
    return isTar(tar) ? [...readTar(tar)] : undefined;
  } catch (error) {
    if (error instanceof FormatError) return undefined;
    throw error;
  }
}

/** Writes an entry below a root that it cannot leave. */
export function extract(sys: Sys, entry: TarEntry, { root, owner }: { readonly root: string; readonly owner?: Owner }): void {
  const path = safePath(entry.name);
  if (path === null || path === '') return;
  const parent = inRoot(sys, root, parentOf(`/${path}`));
  if (!isDirectory(sys, parent)) mkdirAll(sys, parent);
  const at = `${parent}/${baseOf(path)}`;
  if (exists(sys, at) && !(entry.type === 'directory' && isDirectory(sys, at))) removeAll(sys, at);
  makeEntry(sys, entry, { root, at });
  if (entry.type === 'link') return;
  sys.path.lchown(at, owner?.uid ?? entry.uid, owner?.gid ?? entry.gid);
  if (entry.type !== 'symlink') sys.path.chmod(at, entry.mode);
  sys.path.utimes(at, { mtimeNs: entry.mtimeNs, atimeNs: entry.mtimeNs }, { noFollow: true });
}

function makeEntry(sys: Sys, entry: TarEntry, { root, at }: { root: string; at: string }): void {
  const { type, mode } = entry;
  if (type === 'directory') {
    if (!isDirectory(sys, at)) sys.path.mkdir(at, mode);
  } else if (type === 'file') sys.path.writeFile(at, contentBytes(entry.content), mode);
  else if (type === 'symlink') sys.path.symlink(entry.linkname, at);
  else if (type === 'link') linkTo(sys, inRoot(sys, root, entry.linkname, { noFollowLast: true }), at);
  else sys.path.mknod(at, type, mode, type === 'fifo' ? 0 : makedev(entry.devmajor, entry.devminor));
}

function linkTo(sys: Sys, existing: string, at: string): void {
  try {
    sys.path.link(existing, at);
  } catch (error) {
    if (!isErrno(error)) throw error;
    throw system(`failed to create hard link: ${error.message.toLowerCase()}`);
  }
}
