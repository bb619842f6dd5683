/** A container's root file system on the host: its snapshots, mounted below /var/lib/docker/rootfs while somebody needs it. */
import { isErrno } from '../../kernel/errno.ts';
import type { Sys } from '../../kernel/sys.ts';
import type { Daemon } from '../daemon.ts';
import { system } from '../errors.ts';
import { exists, inRoot, isDirectory, mkdirAll, parentOf, writeText } from '../files.ts';
import type { Snapshots } from '../snapshots/snapshots.ts';
import type { Container } from './container.ts';

export const rootfsOf = (daemon: Daemon, id: string): string => `${daemon.root}/rootfs/overlayfs/${id}`;

export function mountRoot(daemon: Daemon, container: Container): string {
  const target = rootfsOf(daemon, container.id);
  if (container.live.isMounted) return target;
  daemon.images.snapshots.mount(container.id, target);
  container.live.isMounted = true;
  return target;
}

export function unmountRoot(daemon: Daemon, container: Container): void {
  if (!container.live.isMounted) return;
  const target = rootfsOf(daemon, container.id);
  daemon.sys.path.umount(target, { lazy: true });
  container.live.isMounted = false;
  try {
    daemon.sys.path.rmdir(target);
  } catch (error) {
    if (!isErrno(error, 'ENOENT', 'EBUSY', 'ENOTEMPTY')) throw error;
  }
}

/** Looks into a container's files, mounted for that moment if it does not run. */
export function withRoot<T>(daemon: Daemon, container: Container, look: (rootfs: string) => T): T {
  const wasMounted = container.live.isMounted;
  const rootfs = mountRoot(daemon, container);
  try {
    return look(rootfs);
  } finally {
    if (!wasMounted) unmountRoot(daemon, container);
  }
}

const INIT_FILES = ['/.dockerenv', '/dev/console', '/etc/resolv.conf', '/etc/hosts', '/etc/hostname'] as const;
const INIT_DIRECTORIES = ['/dev/pts', '/dev/shm', '/proc', '/sys'] as const;

/** A container's two snapshots: the init layer, with the places that are mounted over, and above it the writable one. */
export function prepareSnapshots(
  sys: Sys,
  snapshots: Snapshots,
  { id, parent, scratch }: { id: string; parent: string; scratch: string },
): void {
  const init = `${id}-init`;
  snapshots.prepare(`${init}-key`, parent);
  snapshots.mount(`${init}-key`, scratch);
  try {
    for (const path of INIT_DIRECTORIES) if (!exists(sys, inRoot(sys, scratch, path))) mkdirAll(sys, inRoot(sys, scratch, path));
    for (const path of INIT_FILES) makeFile(sys, scratch, path);
    if (!exists(sys, `${scratch}/etc/mtab`)) sys.path.symlink('/proc/mounts', `${scratch}/etc/mtab`);
  } finally {
    sys.path.umount(scratch);
    sys.path.rmdir(scratch);
  }
  snapshots.commit(init, `${init}-key`);
  snapshots.prepare(id, init);
}

function makeFile(sys: Sys, root: string, path: string): void {
  const at = inRoot(sys, root, path);
  if (exists(sys, at)) return;
  mkdirAll(sys, parentOf(at));
  writeText(sys, at, '', 0o755);
}

/** Upstream: moby container SetupWorkingDirectory. */
export function makeWorkingDir(sys: Sys, rootfs: string, path: string): void {
  if (path === '') return;
  const at = inRoot(sys, rootfs, path);
  try {
    if (exists(sys, at) && !isDirectory(sys, at)) throw system(`Cannot mkdir: ${path} is not a directory`);
    mkdirAll(sys, at);
  } catch (error) {
    if (isErrno(error, 'ENOTDIR', 'EEXIST')) throw system(`lstat ${at}: not a directory`);
    throw error;
  }
}
