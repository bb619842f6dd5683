/** `docker cp` and `docker export`: a container's files as archives, whether it runs or not. Upstream: moby daemon/archive.go. */

import type { ContainerPathStat } from '../../api-types/index.ts';
import { isErrno } from '../../kernel/errno.ts';
import { makedev } from '../../kernel/fs/device-number.ts';
import type { Stat } from '../../kernel/fs/types.ts';
import type { Sys } from '../../kernel/sys.ts';
import { decompress } from '../../oci/gzip.ts';
import { contentBytes, safePath, type TarEntry } from '../../oci/tar/entry.ts';
import { readTar } from '../../oci/tar/read.ts';
import { type TarInput, writeTar } from '../../oci/tar/write.ts';
import type { Daemon } from '../daemon.ts';
import { invalid, system } from '../errors.ts';
import { baseOf, exists, inRoot, mkdirAll, namesIn, parentOf, removeAll } from '../files.ts';
import { tarEntry } from '../snapshots/diff.ts';
import { rfc3339Nano } from '../time.ts';
import { tellMounted, tellUnmounted } from '../volumes/container-events.ts';
import type { Container } from './container.ts';
import { etcPaths } from './etc-files.ts';
import { happened } from './happened.ts';
import { mountedOver, noFile } from './requests/errors.ts';
import { withRoot } from './root.ts';

/** Go's os.FileMode: the type's bits stand elsewhere than in Linux. */
const GO_MODE: Readonly<Record<Stat['type'], number>> = {
  regular: 0,
  directory: 2 ** 31,
  symlink: 2 ** 27,
  fifo: 2 ** 25,
  socket: 2 ** 24,
  'block-device': 2 ** 26,
  'char-device': 2 ** 26 + 2 ** 21,
};

function goMode({ type, mode }: Stat): number {
  const special = (mode & 0o4000 ? 2 ** 23 : 0) + (mode & 0o2000 ? 2 ** 22 : 0) + (mode & 0o1000 ? 2 ** 20 : 0);
  return GO_MODE[type] + special + (mode & 0o777);
}

export interface Archive {
  readonly stat: ContainerPathStat;
  readonly bytes: Uint8Array;
}

/** Looks into a container's files as it would see them: its volumes are mounted once more for that. Upstream: moby daemon/containerfs_linux.go. */
function withMounts<T>(daemon: Daemon, container: Container, look: (rootfs: string) => T): T {
  return withRoot(daemon, container, (rootfs) => {
    tellMounted(daemon, container);
    try {
      return look(rootfs);
    } finally {
      tellUnmounted(daemon, container);
    }
  });
}

/** What is at a path. The last link is followed only if a slash stands behind it. Throws DockerError. */
export function statPath(daemon: Daemon, name: string, path: string): ContainerPathStat {
  const container = daemon.containers.get(name);
  return withMounts(daemon, container, (rootfs) => describe(daemon, { container, rootfs, path, name }));
}

interface Place {
  readonly container: Container;
  readonly rootfs: string;
  readonly path: string;
  readonly name: string;
}

/** Volumes and binds lie outside the root: their own directory is looked into. */
function onHost(daemon: Daemon, { container, rootfs, path }: Omit<Place, 'name'>): string {
  const at = inRoot(daemon.sys, rootfs, path, { noFollowLast: !/\/\.?$/.test(path) });
  const inside = at.slice(rootfs.length) || '/';
  const etc = etcFile(daemon, container, inside);
  if (etc !== undefined) return etc;
  const mount = [...container.mounts]
    .filter(({ Type, Destination }) => Type !== 'tmpfs' && (inside === Destination || inside.startsWith(`${Destination}/`)))
    .sort((a, b) => b.Destination.length - a.Destination.length)[0];
  if (!mount) return at;
  // What was removed on the host is still mounted in there.
  const isGone = container.live.task !== null && !exists(daemon.sys, mount.Source);
  if (isGone) return `/proc/${container.live.task?.pid}/root${inside}`;
  return inRoot(daemon.sys, mount.Source, inside.slice(mount.Destination.length), { noFollowLast: true });
}

/** The three files that Docker itself mounts over those of the image. */
function etcFile(daemon: Daemon, { id }: Container, inside: string): string | undefined {
  const paths = etcPaths(daemon, id);
  const at = { '/etc/resolv.conf': paths.resolvConf, '/etc/hostname': paths.hostname, '/etc/hosts': paths.hosts }[inside];
  return at !== undefined && exists(daemon.sys, at) ? at : undefined;
}

function describe(daemon: Daemon, place: Place): ContainerPathStat {
  const at = onHost(daemon, place);
  if (!exists(daemon.sys, at)) throw noFile(place.path, place.name);
  const stat = daemon.sys.path.lstat(at);
  if (/\/\.?$/.test(place.path) && stat.type !== 'directory') throw system(`lstat ${place.path}: not a directory`);
  return {
    name: baseOf(place.path === '/' ? '/' : place.path) || '/',
    size: stat.sizeBytes,
    mode: goMode(stat),
    mtime: rfc3339Nano(stat.mtimeNs),
    linkTarget: stat.type === 'symlink' ? ultimateTarget(daemon, place) : '',
  };
}

/** Where a link leads in the end, seen from inside. */
const ultimateTarget = ({ sys }: Daemon, { rootfs, path }: Place): string => inRoot(sys, rootfs, path).slice(rootfs.length) || '/';

/** GET /containers/{id}/archive. */
export function archive(daemon: Daemon, name: string, path: string): Archive {
  const container = daemon.containers.get(name);
  const result = withMounts(daemon, container, (rootfs) => {
    const stat = describe(daemon, { container, rootfs, path, name });
    const at = onHost(daemon, { container, rootfs, path });
    const base = baseOf(path) || '.';
    return { stat, bytes: writeTar(entriesOf(daemon.sys, at, base === '.' ? '.' : base)) };
  });
  happened(daemon, container, 'archive-path');
  return result;
}

/** The whole root, as `docker export` writes it. */
export function exportRoot(daemon: Daemon, name: string): Uint8Array {
  const container = daemon.containers.get(name);
  const bytes = withRoot(daemon, container, (rootfs) =>
    writeTar(namesIn(daemon.sys, rootfs).flatMap((entry) => entriesOf(daemon.sys, `${rootfs}/${entry}`, entry))),
  );
  happened(daemon, container, 'export');
  return bytes;
}

function entriesOf(sys: Sys, at: string, name: string, seen: Map<number, string> = new Map()): readonly TarInput[] {
  const stat = sys.path.lstat(at);
  if (stat.type === 'socket') return [];
  const own = tarEntry(sys, { at, name, stat, seen });
  if (stat.type !== 'directory') return [own];
  return [own, ...namesIn(sys, at).flatMap((child) => entriesOf(sys, `${at}/${child}`, `${name}/${child}`, seen))];
}

export interface ExtractOptions {
  readonly path: string;
  readonly noOverwriteDirNonDir: boolean;
  readonly bytes: Uint8Array;
}

/** PUT /containers/{id}/archive. Throws DockerError. */
export function extract(daemon: Daemon, name: string, { path, noOverwriteDirNonDir, bytes }: ExtractOptions): void {
  const container = daemon.containers.get(name);
  withMounts(daemon, container, (rootfs) => {
    const at = onHost(daemon, { container, rootfs, path: `${path}/` });
    if (!exists(daemon.sys, at)) throw noFile(path, name);
    if (daemon.sys.path.stat(at).type !== 'directory') throw invalid('extraction point is not a directory');
    mustBeWritable(container, inRoot(daemon.sys, rootfs, path).slice(rootfs.length));
    for (const entry of readTar(decompress(bytes))) {
      const inside = `${at.slice(rootfs.length)}/${safePath(entry.name) ?? ''}`;
      if (etcFile(daemon, container, inside) !== undefined) throw mountedOver(entry.name);
      extractEntry(daemon.sys, { at, entry, noOverwriteDirNonDir });
    }
  });
  happened(daemon, container, 'extract-to-dir');
}

/** Throws DockerError if what lies there is mounted read-only, or the root is. Upstream: moby daemon/archive_unix.go checkIfPathIsInAVolume. */
function mustBeWritable({ mounts, hostConfig }: Container, inside: string): void {
  const mount = mounts.find(({ Destination }) => inside === Destination || inside.startsWith(`${Destination}/`));
  if (mount && !mount.RW) throw invalid('mounted volume is marked read-only');
  if (!mount && hostConfig.ReadonlyRootfs) throw invalid('container rootfs is marked read-only');
}

interface Extract {
  readonly at: string;
  readonly entry: TarEntry;
  readonly noOverwriteDirNonDir: boolean;
}

function extractEntry(sys: Sys, { at, entry, noOverwriteDirNonDir }: Extract): void {
  const path = safePath(entry.name);
  if (path === null) throw invalid(`"${entry.name}" is outside of "${at}"`);
  if (path === '') return;
  const target = inRoot(sys, at, path, { noFollowLast: true });
  mkdirAll(sys, parentOf(target));
  const isDirectory = entry.type === 'directory';
  const there = exists(sys, target) ? sys.path.lstat(target).type : undefined;
  if (there !== undefined && noOverwriteDirNonDir && (there === 'directory') !== isDirectory) {
    throw invalid(
      isDirectory
        ? `cannot overwrite non-directory "${target}" with directory "${entry.name}"`
        : `cannot overwrite directory "${target}" with non-directory "${entry.name}"`,
    );
  }
  if (there !== undefined && !(there === 'directory' && isDirectory)) removeAll(sys, target);
  write(sys, { at, target, entry });
}

function write(sys: Sys, { at, target, entry }: { at: string; target: string; entry: TarEntry }): void {
  if (entry.type === 'directory' && !exists(sys, target)) sys.path.mkdir(target, entry.mode);
  if (entry.type === 'file') sys.path.writeFile(target, contentBytes(entry.content), entry.mode);
  if (entry.type === 'symlink') sys.path.symlink(entry.linkname, target);
  if (entry.type === 'link') sys.path.link(inRoot(sys, at, entry.linkname, { noFollowLast: true }), target);
  if (entry.type === 'fifo') sys.path.mknod(target, 'fifo', entry.mode);
  if (entry.type === 'char-device' || entry.type === 'block-device')
    sys.path.mknod(target, entry.type, entry.mode, makedev(entry.devmajor, entry.devminor));
  if (entry.type === 'link') return;
  try {
    sys.path.lchown(target, entry.uid, entry.gid);
    if (entry.type !== 'symlink') sys.path.chmod(target, entry.mode);
    sys.path.utimes(target, { mtimeNs: entry.mtimeNs }, { noFollow: true });
  } catch (error) {
    if (!isErrno(error, 'ENOENT')) throw error;
  }
}
