/** A container's /dev/shm: its own, one that is kept on the host for others to share, the host's, or none. Upstream: moby daemon/container_operations_unix.go. */
import { isErrno } from '../../kernel/errno.ts';
import type { Daemon } from '../daemon.ts';
import { mkdirAll } from '../files.ts';
import type { ContainerMount } from '../runtime/spec.ts';
import type { Container } from './container.ts';

const FLAGS = ['nosuid', 'nodev', 'noexec', 'relatime'];
const sharedPath = (daemon: Daemon, id: string): string => `${daemon.containers.directory(id)}/mounts/shm`;
const sizeOf = ({ hostConfig: { ShmSize } }: Container): string => `size=${Math.round(ShmSize / 1024)}k`;

/** What others may join lies on the host. */
export function mountShm(daemon: Daemon, container: Container): void {
  if (container.hostConfig.IpcMode !== 'shareable') return;
  const target = sharedPath(daemon, container.id);
  mkdirAll(daemon.sys, target, 0o700);
  if (isMounted(daemon, target)) return;
  daemon.sys.path.mount({ type: 'tmpfs', source: 'shm', target, flags: FLAGS, data: sizeOf(container) });
}

export function unmountShm(daemon: Daemon, container: Container): void {
  const target = sharedPath(daemon, container.id);
  if (container.hostConfig.IpcMode !== 'shareable' || !isMounted(daemon, target)) return;
  try {
    daemon.sys.path.umount(target, { lazy: true });
  } catch (error) {
    if (!isErrno(error)) throw error;
  }
}

/** Where the secrets and configs of a task lie on the host, in memory alone. */
export const filesPath = (daemon: Daemon, id: string): string => `${daemon.containers.directory(id)}/mounts/secrets`;

export function unmountFiles(daemon: Daemon, container: Container): void {
  const target = filesPath(daemon, container.id);
  if (container.files !== undefined && isMounted(daemon, target)) daemon.sys.path.umount(target, { lazy: true });
}

/** One bind for each, at its place in the container. */
export const fileMounts = (daemon: Daemon, { id, files = [] }: Container): readonly ContainerMount[] =>
  files.map((file) => ({
    type: 'none',
    source: `${filesPath(daemon, id)}/${file.id}`,
    target: file.target,
    bind: true,
    readOnly: true,
    place: 'file',
  }));

const isMounted = ({ sys }: Daemon, path: string): boolean => sys.path.mounts().some(({ target }) => target === path);

/** The mount inside the container. */
export function shmMount(daemon: Daemon, container: Container): readonly ContainerMount[] {
  const { IpcMode } = container.hostConfig;
  if (IpcMode === 'none') return [];
  const source = sourceOf(daemon, container);
  if (source !== undefined) return [{ type: 'none', source, target: '/dev/shm', bind: true, recursive: true, place: 'directory' }];
  return [{ type: 'tmpfs', source: 'shm', target: '/dev/shm', flags: FLAGS, data: sizeOf(container), place: 'directory' }];
}

/** Whose it is, if it is not the container's alone. */
function sourceOf(daemon: Daemon, { id, hostConfig: { IpcMode } }: Container): string | undefined {
  if (IpcMode === 'host') return '/dev/shm';
  if (IpcMode === 'shareable') return sharedPath(daemon, id);
  if (!IpcMode.startsWith('container:')) return undefined;
  const donor = daemon.containers.find(IpcMode.slice('container:'.length));
  return donor && sourceOf(daemon, donor);
}
