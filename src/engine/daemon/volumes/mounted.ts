/** What a container's mounts are on the host: loaded with the first container that has any. */
import { isErrno } from '../../kernel/errno.ts';
import type { Sys } from '../../kernel/sys.ts';
import type { Container } from '../containers/container.ts';
import type { Daemon } from '../daemon.ts';
import { invalid, system } from '../errors.ts';
import { inRoot, isDirectory, mkdirAll, namesIn } from '../files.ts';
import { copyTree } from './copy.ts';
import { mountImages } from './image-mounts.ts';
import { mountVolume } from './local-mount.ts';

/** Volumes that are new get what the image has at their place. */
export function fillVolumes({ sys, volumes }: Daemon, { mounts }: Container, rootfs: string): void {
  for (const { Type, Name = '', Source, Destination, noCopy } of mounts) {
    const from = inRoot(sys, rootfs, Destination);
    if (Type !== 'volume' || noCopy || !isDirectory(sys, from)) continue;
    mountVolume(volumes, Name);
    if (namesIn(sys, Source).length === 0) copyTree(sys, from, Source);
    volumes.unmount(Name);
  }
}

/** Has on the host what is to be mounted: sources that are made, volumes, other images. Throws DockerError. */
export function mountSources(daemon: Daemon, container: Container): void {
  const { sys, volumes } = daemon;
  mountImages(daemon, container);
  const { mounts, live } = container;
  for (const { Type, Name, Source, makesSource } of mounts) {
    if (Type === 'bind') makeSource(sys, Source, makesSource ?? false);
    if (Type !== 'volume' || Name === undefined) continue;
    mountVolume(volumes, Name);
    live.volumes.push(Name);
  }
}

/** Where a symbolic link leads counts, not the link. */
function isThere(sys: Sys, path: string): boolean {
  try {
    return sys.path.stat(path).nlink > 0;
  } catch (error) {
    if (!isErrno(error)) throw error;
    return false;
  }
}

function makeSource(sys: Sys, path: string, isMade: boolean): void {
  if (isThere(sys, path)) return;
  if (!isMade) throw invalid(`invalid mount config for type "bind": bind source path does not exist: ${path}`);
  try {
    mkdirAll(sys, path);
  } catch (error) {
    if (!isErrno(error)) throw error;
    throw system(`error while creating mount source path '${path}': mkdir ${error.path ?? path}: ${error.message.toLowerCase()}`);
  }
}
