/** GET /drydock/volumes/{name}/files and /drydock/containers/{name}/files: what lies where a path of a container leads. */
import type { DrydockFile } from '../../api-types/index.ts';
import type { Daemon } from '../daemon.ts';
import { isDirectory } from '../files.ts';
import { filesBelow } from './file-list.ts';

/** Throws DockerError if the volume is not there. */
export function volumeFiles({ volumes, sys }: Daemon, name: string): readonly DrydockFile[] {
  return filesBelow(sys, volumes.directory(volumes.get(name).name));
}

/**
 * What is at `path` of a container. A volume and a host's folder are read where they are, also while nothing runs; anything else as the
 * first process sees it, so it is empty then. Throws DockerError if the container is not there.
 */
export function placeFiles(daemon: Daemon, name: string, path: string): readonly DrydockFile[] {
  const { mounts, live } = daemon.containers.get(name);
  const mount = mounts.find(({ Destination }) => Destination === path);
  if (mount?.Type === 'volume') return volumeFiles(daemon, mount.Name ?? '');
  const root = mount?.Type === 'bind' ? mount.Source : live.task && `/proc/${live.task.pid}/root${path}`;
  return root && isDirectory(daemon.sys, root) ? filesBelow(daemon.sys, root) : [];
}
