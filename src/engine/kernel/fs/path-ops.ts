/** The calls on paths (`PathOps`): what they check, in the order in which Linux does, and then ask of a node. */
import { Errno } from '../errno.ts';
import type { PathOps } from '../sys.ts';
import { bytesContent } from './body.ts';
import type { VfsHost } from './host.ts';
import type { Location } from './mount.ts';
import type { Making, Node } from './node.ts';
import { deviceAt, dropPrivileges, isAllowed, writeComputed } from './open.ts';
import {
  chmodMode,
  demand,
  demandChown,
  demandEntry,
  demandRemoval,
  EXECUTE,
  has,
  inherited,
  isOwner,
  mayCall,
  mustBeWritable,
  READ,
  STICKY,
  WRITE,
  withoutPrivileges,
} from './permission.ts';
import type { FileType } from './types.ts';
import { displayPath, type FsView, pathFrom } from './view.ts';
import { find, type Walked, walk } from './walk.ts';

const PERMISSIONS = 0o777;
const NOBODY = -1;

/** Adds the path to an error that does not say what it is about. */
function about<T>(path: string, call: () => T): T {
  try {
    return call();
  } catch (error) {
    if (error instanceof Errno) error.path ??= path;
    throw error;
  }
}

type FileOps = Omit<PathOps, 'mount' | 'umount' | 'pivotRoot' | 'mounts'>;

export function fileOps(host: VfsHost, view: FsView): FileOps {
  return { ...lookingOps(host, view), ...namingOps(view), ...changingOps(host, view), ...placeOps(view) };
}

function lookingOps(host: VfsHost, view: FsView) {
  return {
    stat: (path: string) => about(path, () => find(view, path).node.stat()),
    lstat: (path: string) => about(path, () => find(view, path, { follow: false }).node.stat()),
    access: (path: string, want: Access) => access(view, path, want),
    readdir: (path: string) => about(path, () => readdir(view, path)),
    readlink: (path: string) => about(path, () => readlink(view, path)),
    realpath: (path: string) => about(path, () => displayPath(view, find(view, path))),
    readFile: (path: string) => about(path, () => readFile(host, view, path)),
    statfs: (path: string) => about(path, () => find(view, path).node.fs.statfs()),
    getxattr: (path: string, name: string) => about(path, () => getxattr(view, path, name)),
  };
}

type Access = Parameters<PathOps['access']>[1];

/** What is not there is the usual case, and must not cost an exception. */
function access(view: FsView, path: string, want: Access): boolean {
  try {
    const { found } = walk(view, path, { follow: want.noFollow !== true });
    return found !== undefined && isAllowed(view, found, want);
  } catch (error) {
    if (error instanceof Errno) return false;
    throw error;
  }
}

function readdir(view: FsView, path: string): ReturnType<PathOps['readdir']> {
  const { node } = find(view, path);
  if (node.type !== 'directory') throw new Errno('ENOTDIR');
  demand(view.credentials(), node, READ);
  return node.list();
}

function readlink(view: FsView, path: string): string {
  const { node } = find(view, path, { follow: false });
  if (node.type !== 'symlink') throw new Errno('EINVAL');
  return node.readlink(view);
}

function readFile(host: VfsHost, view: FsView, path: string): Uint8Array {
  const location = find(view, path);
  const { node } = location;
  if (node.type === 'directory') throw new Errno('EISDIR');
  const device = deviceAt(host, view, location, READ);
  if (device !== undefined) return readOnce(device);
  if (node.type !== 'regular') throw new Errno('EINVAL');
  demand(view.credentials(), node, READ);
  if (node.computed !== undefined) {
    node.computed.open?.(view);
    return new TextEncoder().encode(node.computed.read(view));
  }
  const body = node.body(false);
  return body.read(0, body.sizeBytes);
}

const DEVICE_BYTES = 65_536;

function readOnce(device: { read(maxBytes: number): Uint8Array | 'again'; close(): void }): Uint8Array {
  const bytes = device.read(DEVICE_BYTES);
  device.close();
  if (bytes === 'again') throw new Errno('EAGAIN');
  return bytes;
}

function getxattr(view: FsView, path: string, name: string): Uint8Array {
  const value =
    name.startsWith('trusted.') && !has(view.credentials(), 'CAP_SYS_ADMIN') ? undefined : find(view, path).node.xattrs().get(name);
  if (value === undefined) throw new Errno('ENODATA');
  return value;
}

function namingOps(view: FsView) {
  return {
    mkdir: (path: string, mode = PERMISSIONS) =>
      about(path, () => void make(view, path, { type: 'directory', mode: mode & (PERMISSIONS | STICKY) & ~view.umask })),
    symlink: (target: string, path: string) => about(path, () => symlink(view, target, path)),
    mknod: (path: string, type: 'char-device' | 'block-device' | 'fifo', mode: number, rdev = 0) =>
      about(path, () => mknod(view, path, { type, mode, rdev })),
    link: (existing: string, path: string) => about(path, () => link(view, existing, path)),
    unlink: (path: string) => about(path, () => unlink(view, path)),
    rmdir: (path: string) => about(path, () => rmdir(view, path)),
    rename: (from: string, to: string) => about(from, () => rename(view, from, to)),
  };
}

/** Makes something new; EEXIST if the name is taken, whatever by. */
export function make(view: FsView, path: string, making: Omit<Making, 'uid' | 'gid'>): Node {
  const { directory, name, found, wantsDirectory } = walk(view, path, { follow: false });
  if (found !== undefined) throw new Errno('EEXIST');
  if (wantsDirectory && making.type !== 'directory') throw new Errno('ENOENT');
  const who = view.credentials();
  demandEntry(who, directory);
  return directory.node.create(name, { ...making, ...inherited(who, directory.node, making) });
}

function symlink(view: FsView, target: string, path: string): void {
  if (target === '') throw new Errno('ENOENT');
  make(view, path, { type: 'symlink', mode: PERMISSIONS, target });
}

/** A device needs CAP_MKNOD, but for 0/0: an overlay's whiteout gives no access to anything. */
function mknod(view: FsView, path: string, { type, mode, rdev }: { type: FileType; mode: number; rdev: number }): void {
  if (type !== 'fifo' && rdev !== 0 && !has(view.credentials(), 'CAP_MKNOD')) throw new Errno('EPERM');
  make(view, path, { type, mode: mode & 0o7777 & ~view.umask, rdev });
}

function link(view: FsView, existing: string, path: string): void {
  const source = find(view, existing, { follow: false });
  const { directory, name, found, wantsDirectory } = walk(view, path, { follow: false });
  if (found !== undefined) throw new Errno('EEXIST');
  if (wantsDirectory) throw new Errno('ENOENT');
  if (source.mount !== directory.mount) throw new Errno('EXDEV');
  if (source.node.type === 'directory') throw new Errno('EPERM');
  demandEntry(view.credentials(), directory);
  directory.node.link(name, source.node);
}

/** Somebody's mount hangs there. */
const isBusy = ({ node, mount }: Location): boolean => node === mount.root || mount.children.has(node);

function unlink(view: FsView, path: string): void {
  const { directory, name, found, wantsDirectory } = walk(view, path, { follow: false });
  if (found === undefined) throw new Errno('ENOENT');
  if (found.node.type === 'directory') throw new Errno('EISDIR');
  if (wantsDirectory) throw new Errno('ENOTDIR');
  demandRemoval(view.credentials(), directory, found.node);
  if (isBusy(found)) throw new Errno('EBUSY');
  directory.node.remove(name);
}

function rmdir(view: FsView, path: string): void {
  const { directory, name, found } = walk(view, path, { follow: false });
  if (name === '.') throw new Errno('EINVAL');
  if (name === '..') throw new Errno('ENOTEMPTY');
  if (found === undefined) throw new Errno('ENOENT');
  if (name === '/') throw new Errno('EBUSY');
  if (found.node.type !== 'directory') throw new Errno('ENOTDIR');
  demandRemoval(view.credentials(), directory, found.node);
  if (isBusy(found)) throw new Errno('EBUSY');
  directory.node.remove(name);
}

function rename(view: FsView, from: string, to: string): void {
  const source = walk(view, from, { follow: false });
  const target = walk(view, to, { follow: false });
  const special = ['.', '..', '/'];
  if (special.includes(source.name) || special.includes(target.name)) throw new Errno('EBUSY');
  if (source.directory.mount !== target.directory.mount) throw new Errno('EXDEV');
  if (source.found === undefined) throw new Errno('ENOENT');
  const { node } = source.found;
  if (node.type !== 'directory' && (source.wantsDirectory || target.wantsDirectory)) throw new Errno('ENOTDIR');
  if (isWithin(target.directory.node, node)) throw new Errno('EINVAL');
  const who = view.credentials();
  demandRemoval(who, source.directory, node);
  demandEntry(who, target.directory);
  if (target.found !== undefined && !mayReplace(view, source.found, target, target.found)) return;
  if (isBusy(source.found)) throw new Errno('EBUSY');
  source.directory.node.rename(source.name, target.directory.node, target.name);
}

/** Whether `node` is `ancestor` or lies below it. */
function isWithin(node: Node, ancestor: Node): boolean {
  for (let at: Node | undefined = node; at !== undefined; at = at.parent) if (at === ancestor) return true;
  return false;
}

/** False if both names are one file already, and nothing is to be done. */
function mayReplace(view: FsView, source: Location, target: Walked, there: Location): boolean {
  if (there.node === source.node) return false;
  demandRemoval(view.credentials(), target.directory, there.node);
  const [isDirectory, wasDirectory] = [source.node.type === 'directory', there.node.type === 'directory'];
  if (isDirectory && !wasDirectory) throw new Errno('ENOTDIR');
  if (!isDirectory && wasDirectory) throw new Errno('EISDIR');
  if (isBusy(there)) throw new Errno('EBUSY');
  if (wasDirectory && there.node.list().length > 0) throw new Errno('ENOTEMPTY');
  return true;
}

function changingOps(host: VfsHost, view: FsView) {
  return {
    chmod: (path: string, mode: number) => about(path, () => chmod(view, path, mode)),
    chown: (path: string, uid: number, gid: number) => about(path, () => chown(view, find(view, path), { uid, gid })),
    lchown: (path: string, uid: number, gid: number) => about(path, () => chown(view, find(view, path, { follow: false }), { uid, gid })),
    utimes: (path: string, times: { atimeNs?: bigint; mtimeNs?: bigint }, options: { noFollow?: boolean } = {}) =>
      about(path, () => utimes(view, find(view, path, { follow: options.noFollow !== true }), times)),
    truncate: (path: string, sizeBytes: number) => about(path, () => truncate(view, path, sizeBytes)),
    writeFile: (path: string, bytes: Uint8Array, mode = 0o666) => about(path, () => writeFile(host, view, { path, bytes, mode })),
    appendFile: (path: string, bytes: Uint8Array, mode = 0o666) =>
      about(path, () => writeFile(host, view, { path, bytes, mode, isAdded: true })),
    setxattr: (path: string, name: string, value: Uint8Array) => about(path, () => setxattr(view, path, { name, value })),
  };
}

function chmod(view: FsView, path: string, mode: number): void {
  const location = find(view, path);
  mustBeWritable(location);
  location.node.change({ mode: chmodMode(view.credentials(), location.node, mode) });
}

function chown(view: FsView, location: Location, owner: { uid: number; gid: number }): void {
  const { node } = location;
  mustBeWritable(location);
  demandChown(view.credentials(), node, owner);
  node.change({
    mode: withoutPrivileges(node),
    ...(owner.uid !== NOBODY && { uid: owner.uid }),
    ...(owner.gid !== NOBODY && { gid: owner.gid }),
  });
}

function utimes(view: FsView, location: Location, times: { atimeNs?: bigint; mtimeNs?: bigint }): void {
  const who = view.credentials();
  mustBeWritable(location);
  if (!isOwner(who, location.node)) demand(who, location.node, WRITE);
  location.node.change(times);
}

function truncate(view: FsView, path: string, sizeBytes: number): void {
  const location = find(view, path);
  const { node } = location;
  if (node.type === 'directory') throw new Errno('EISDIR');
  if (node.type !== 'regular' || sizeBytes < 0) throw new Errno('EINVAL');
  mustBeWritable(location);
  demand(view.credentials(), node, WRITE);
  node.body(true).truncate(sizeBytes);
  dropPrivileges(view, node);
}

interface Writing {
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly mode: number;
  /** At the end of what is there. */
  readonly isAdded?: boolean;
}

function writeFile(host: VfsHost, view: FsView, writing: Writing): void {
  const { path, bytes, mode } = writing;
  const { directory, name, found, wantsDirectory } = walk(view, path);
  if (wantsDirectory) throw new Errno('EISDIR');
  if (found !== undefined) return overwrite(host, view, found, writing);
  const who = view.credentials();
  demandEntry(who, directory);
  const node = directory.node.create(name, {
    type: 'regular',
    ...inherited(who, directory.node, { type: 'regular', mode: mode & 0o7777 & ~view.umask }),
  });
  if (bytes.length > 0) node.body(true).replace(bytesContent(bytes));
}

function overwrite(host: VfsHost, view: FsView, location: Location, { bytes, isAdded = false }: Writing): void {
  const { node } = location;
  if (node.type === 'directory') throw new Errno('EISDIR');
  const device = deviceAt(host, view, location, WRITE);
  if (device !== undefined) {
    device.write(bytes);
    return device.close();
  }
  if (node.type !== 'regular') throw new Errno('EINVAL');
  mustBeWritable(location);
  demand(view.credentials(), node, WRITE);
  if (node.computed !== undefined) return writeComputed(node, bytes, view);
  const body = node.body(true);
  if (isAdded) body.write(body.sizeBytes, bytes);
  else body.replace(bytesContent(bytes));
  dropPrivileges(view, node);
}

function setxattr(view: FsView, path: string, { name, value }: { name: string; value: Uint8Array }): void {
  const location = find(view, path);
  const who = view.credentials();
  mustBeWritable(location);
  if (!/^(user|trusted|security|system)\./.test(name)) throw new Errno('EOPNOTSUPP');
  if (name.startsWith('trusted.') && !has(who, 'CAP_SYS_ADMIN')) throw new Errno('EPERM');
  if (!isOwner(who, location.node)) demand(who, location.node, WRITE);
  location.node.setXattr(name, value.slice());
}

function placeOps(view: FsView) {
  return {
    cwd: () => cwd(view),
    chdir: (path: string) => about(path, () => chdir(view, path)),
    chroot: (path: string) => about(path, () => chroot(view, path)),
  };
}

function cwd(view: FsView): string {
  if (view.cwd.node.stat().nlink === 0) throw new Errno('ENOENT');
  return pathFrom(view.root, view.cwd) ?? displayPath(view, view.cwd);
}

function enterable(view: FsView, path: string): Location {
  const location = find(view, path);
  if (location.node.type !== 'directory') throw new Errno('ENOTDIR');
  demand(view.credentials(), location.node, EXECUTE);
  return location;
}

function chdir(view: FsView, path: string): void {
  view.cwd = enterable(view, path);
}

function chroot(view: FsView, path: string): void {
  const location = enterable(view, path);
  if (!mayCall(view.credentials(), 'CAP_SYS_CHROOT')) throw new Errno('EPERM');
  view.root = location;
}
