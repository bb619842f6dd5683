/** Unpacks a layer into a directory that an overlay mount can use: whiteouts become 0/0 devices and opaque marks, as on Linux. */

import { isErrno } from '../../kernel/errno.ts';
import { makedev } from '../../kernel/fs/device-number.ts';
import type { Sys } from '../../kernel/sys.ts';
import { readWhiteout } from '../../oci/layer.ts';
import { contentBytes, safePath, type TarEntry } from '../../oci/tar/entry.ts';
import { readTar } from '../../oci/tar/read.ts';
import { system } from '../errors.ts';
import { exists, parentOf, removeAll } from '../files.ts';

export const OPAQUE_XATTR = 'trusted.overlay.opaque';

export interface Target {
  /** Where the layer's files go. */
  readonly directory: string;
  /** The directories of the layers below, uppermost first: what a parent that the layer leaves out looks like. */
  readonly below: readonly string[];
}

/** Throws DockerError for an entry that leads out of the root; FormatError for a broken archive. */
export function applyLayer(sys: Sys, tar: Uint8Array, target: Target): void {
  const directories: TarEntry[] = [];
  for (const entry of readTar(tar)) {
    const path = safePath(entry.name);
    if (path === null) throw system(`invalid tar: "${entry.name}" leads out of the layer`);
    const whiteout = readWhiteout(path);
    if (whiteout) applyWhiteout(sys, target, whiteout.kind === 'opaque' ? { opaque: whiteout.directory } : { removed: whiteout.path });
    else if (path === '') stamp(sys, target.directory, entry);
    else applyEntry(sys, { target, path, entry });
    if (entry.type === 'directory') directories.push(entry);
  }
  // What was put into a directory afterwards has changed its time.
  for (const entry of directories) sys.path.utimes(`${target.directory}/${safePath(entry.name) ?? ''}`, { mtimeNs: entry.mtimeNs });
}

function applyWhiteout(sys: Sys, target: Target, what: { readonly opaque: string } | { readonly removed: string }): void {
  if ('opaque' in what) {
    ensureParents(sys, target, `${what.opaque}/x`);
    sys.path.setxattr(`${target.directory}/${what.opaque}`, OPAQUE_XATTR, new TextEncoder().encode('y'));
    return;
  }
  ensureParents(sys, target, what.removed);
  removeAll(sys, `${target.directory}/${what.removed}`);
  sys.path.mknod(`${target.directory}/${what.removed}`, 'char-device', 0, 0);
}

function applyEntry(sys: Sys, { target, path, entry }: { target: Target; path: string; entry: TarEntry }): void {
  const at = `${target.directory}/${path}`;
  ensureParents(sys, target, path);
  if (exists(sys, at) && !(entry.type === 'directory' && sys.path.lstat(at).type === 'directory')) removeAll(sys, at);
  make(sys, { at, entry, directory: target.directory });
  if (entry.type === 'link') return;
  stamp(sys, at, entry);
}

function make(sys: Sys, { at, entry, directory }: { at: string; entry: TarEntry; directory: string }): void {
  const { type, mode } = entry;
  if (type === 'directory') {
    if (!exists(sys, at)) sys.path.mkdir(at, mode);
  } else if (type === 'file') sys.path.writeFile(at, contentBytes(entry.content), mode);
  else if (type === 'symlink') sys.path.symlink(entry.linkname, at);
  else if (type === 'link') sys.path.link(`${directory}/${safePath(entry.linkname) ?? ''}`, at);
  else sys.path.mknod(at, type, mode, type === 'fifo' ? 0 : makedev(entry.devmajor, entry.devminor));
}

function stamp(sys: Sys, at: string, entry: TarEntry): void {
  sys.path.lchown(at, entry.uid, entry.gid);
  if (entry.type !== 'symlink') sys.path.chmod(at, entry.mode);
  for (const [name, value] of entry.xattrs) setxattr(sys, at, { name, value });
  sys.path.utimes(at, { mtimeNs: entry.mtimeNs, atimeNs: entry.mtimeNs }, { noFollow: true });
}

function setxattr(sys: Sys, at: string, { name, value }: { name: string; value: Uint8Array }): void {
  try {
    sys.path.setxattr(at, name, value);
  } catch (error) {
    if (!isErrno(error, 'EOPNOTSUPP')) throw error;
  }
}

/** Directories that the layer does not have itself look as in the layers below. */
function ensureParents(sys: Sys, target: Target, path: string): void {
  const parent = parentOf(`/${path}`).slice(1);
  if (parent === '' || exists(sys, `${target.directory}/${parent}`)) return;
  ensureParents(sys, target, parent);
  const at = `${target.directory}/${parent}`;
  sys.path.mkdir(at, 0o755);
  const model = target.below.map((layer) => `${layer}/${parent}`).find((candidate) => exists(sys, candidate));
  if (model === undefined) return;
  const { mode, uid, gid, mtimeNs } = sys.path.lstat(model);
  sys.path.chmod(at, mode);
  sys.path.lchown(at, uid, gid);
  sys.path.utimes(at, { mtimeNs });
}
