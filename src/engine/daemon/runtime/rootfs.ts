/** A container's view of the files: its mounts, its /dev, and at last its own root. All of it happens inside its mount namespace. */

import { isErrno } from '../../kernel/errno.ts';
import { makedev } from '../../kernel/fs/device-number.ts';
import type { Sys } from '../../kernel/sys.ts';
import { baseOf, exists, inRoot, isDirectory, mkdirAll, parentOf, writeText } from '../files.ts';
import { RuntimeError } from './become.ts';
import type { ContainerMount, DeviceSpec, RuntimeSpec } from './spec.ts';

export const DEFAULT_DEVICES: readonly DeviceSpec[] = (
  [
    ['null', 1, 3],
    ['zero', 1, 5],
    ['full', 1, 7],
    ['random', 1, 8],
    ['urandom', 1, 9],
    ['tty', 5, 0],
  ] as const
).map(([name, major, minor]) => ({ path: `/dev/${name}`, type: 'char-device', rdev: makedev(major, minor), mode: 0o666 }));

const LINKS = [
  ['/proc/self/fd', 'fd'],
  ['/proc/self/fd/0', 'stdin'],
  ['/proc/self/fd/1', 'stdout'],
  ['/proc/self/fd/2', 'stderr'],
  ['pts/ptmx', 'ptmx'],
] as const;

/** Makes the container's root the process's own. Throws RuntimeError, Errno. */
export function enterRoot(sys: Sys, spec: RuntimeSpec): void {
  sys.path.mount({ type: 'none', source: spec.rootfs, target: spec.rootfs, bind: true, recursive: true });
  for (const mount of spec.mounts) mountBelow(sys, spec.rootfs, mount);
  if (!spec.mounts.some(({ bind, target }) => bind && target === '/dev')) fillDev(sys, spec);
  makeDirectory(sys, spec);
  sys.path.pivotRoot(spec.rootfs);
  sys.path.chdir('/');
  if (spec.process.tty && isDirectory(sys, '/dev')) openConsole(sys);
  for (const [name, value] of Object.entries(spec.sysctls)) setSysctl(sys, name, value);
  for (const path of spec.readonlyPaths) makeReadOnly(sys, path);
  for (const path of spec.maskedPaths) mask(sys, path);
  if (spec.readonlyRoot) sys.path.mount({ type: 'none', source: '/', target: '/', bind: true, remount: true, readOnly: true });
}

/** Where it begins may lie in a mount, and is made there. */
function makeDirectory(sys: Sys, { rootfs, process: { cwd } }: RuntimeSpec): void {
  const at = inRoot(sys, rootfs, cwd);
  if (exists(sys, at)) return;
  try {
    mkdirAll(sys, at);
  } catch (error) {
    if (!isErrno(error)) throw error;
  }
}

function setSysctl(sys: Sys, name: string, value: string): void {
  const path = `/proc/sys/${name.replaceAll('.', '/')}`;
  if (!exists(sys, path))
    throw new RuntimeError(
      `open sysctl ${name} file: unsafe procfs detected: openat2 fsmount:fscontext:proc/./sys/${name.replaceAll('.', '/')}: no such file or directory`,
    );
  try {
    writeText(sys, path, value);
  } catch (error) {
    if (!isErrno(error)) throw error;
    throw new RuntimeError(`write sysctl key ${name}: write ${path}: ${error.message.toLowerCase()}`);
  }
}

function mountBelow(sys: Sys, rootfs: string, { place, links = [], ...request }: ContainerMount): void {
  const target = inRoot(sys, rootfs, request.target);
  const failed = `error mounting "${request.source}" to rootfs at "${request.target}"`;
  if (request.bind && request.target === '/proc' && sys.path.statfs(request.source).type !== 'proc')
    throw new RuntimeError(
      `${failed}: create mountpoint for /proc mount: check proc-safety of /proc mount: "${target}" cannot be mounted because it is not of type proc`,
    );
  try {
    makePlace(sys, target, place);
  } catch (error) {
    if (!isErrno(error)) throw error;
    throw new RuntimeError(
      `${failed}: create mountpoint for ${request.target} mount: make mountpoint "${request.target}": ${place === 'directory' ? 'mkdirat' : 'openat'} ${target}: ${error.message.toLowerCase()}`,
    );
  }
  try {
    sys.path.mount({ ...request, target });
    // A bind mount takes over the flags of its source; read-only needs a second step (mount(2)).
    if (request.bind && request.readOnly)
      sys.path.mount({ type: 'none', source: request.source, target, bind: true, remount: true, readOnly: true });
    for (const name of links) sys.path.symlink(baseOf(target), `${parentOf(target)}/${name}`);
  } catch (error) {
    if (!isErrno(error)) throw error;
    const how = request.bind
      ? `, dstFd=/proc/thread-self/fd/${PLACE_FD}, flags=MS_BIND${request.recursive ? '|MS_REC' : ''}`
      : `, dstFd=/proc/thread-self/fd/${NEW_PLACE_FD}${flagsText(request.flags)}${request.data ? `, data=${request.data}` : ''}`;
    throw new RuntimeError(`${failed}: mount src=${request.source}, dst=${request.target}${how}: ${error.message.toLowerCase()}`);
  }
}

/** Where runc holds the place that is mounted over. */
const PLACE_FD = 14;
const NEW_PLACE_FD = 11;

const FLAGS: Readonly<Record<string, string>> = { nosuid: 'MS_NOSUID', nodev: 'MS_NODEV', noexec: 'MS_NOEXEC', ro: 'MS_RDONLY' };

function flagsText(words: readonly string[] = []): string {
  const known = words.flatMap((word) => FLAGS[word] ?? []);
  return known.length > 0 ? `, flags=${known.join('|')}` : '';
}

function makePlace(sys: Sys, target: string, place: 'file' | 'directory'): void {
  if (exists(sys, target)) return;
  mkdirAll(sys, place === 'directory' ? target : parentOf(target));
  if (place === 'file') writeText(sys, target, '');
}

function fillDev(sys: Sys, { rootfs, devices }: RuntimeSpec): void {
  const dev = `${rootfs}/dev`;
  if (!isDirectory(sys, dev)) return;
  for (const device of devices) {
    const at = inRoot(sys, rootfs, device.path);
    if (exists(sys, at)) continue;
    mkdirAll(sys, parentOf(at));
    sys.path.mknod(at, device.type, device.mode, device.rdev);
    sys.path.chmod(at, device.mode);
  }
  for (const [target, name] of LINKS) if (!exists(sys, `${dev}/${name}`)) sys.path.symlink(target, `${dev}/${name}`);
}

/** The terminal becomes one of the container's own, and its console. */
function openConsole(sys: Sys): void {
  sys.tty.moveHere(0);
  writeText(sys, '/dev/console', '', 0o620);
  try {
    sys.path.mount({ type: 'none', source: sys.tty.name(0), target: '/dev/console', bind: true });
  } catch (error) {
    if (!isErrno(error)) throw error;
  }
}

function makeReadOnly(sys: Sys, path: string): void {
  if (!exists(sys, path)) return;
  sys.path.mount({ type: 'none', source: path, target: path, bind: true, recursive: true });
  sys.path.mount({ type: 'none', source: path, target: path, bind: true, remount: true, readOnly: true });
}

function mask(sys: Sys, path: string): void {
  if (!exists(sys, '/dev/null')) throw new RuntimeError("can't mask paths: open /dev/null: no such file or directory");
  if (!exists(sys, path)) return;
  if (isDirectory(sys, path)) sys.path.mount({ type: 'tmpfs', source: 'tmpfs', target: path, readOnly: true, data: 'size=4k,nr_inodes=1' });
  else sys.path.mount({ type: 'none', source: '/dev/null', target: path, bind: true });
}
