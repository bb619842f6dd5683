/** `--mount type=image`: another image's files, seen read-only. Upstream: moby daemon/containerd/image_snapshot_mounts.go, daemon/volumes.go. */
import { isErrno } from '../../kernel/errno.ts';
import type { Sys } from '../../kernel/sys.ts';
import type { Container, ContainerMountPoint } from '../containers/container.ts';
import { rootfsOf } from '../containers/root.ts';
import type { Daemon } from '../daemon.ts';
import { system } from '../errors.ts';
import { exists, inRoot } from '../files.ts';
import { newId } from '../ids.ts';
import { type ImageManifest, topSnapshot } from '../images/image.ts';

/** An image that is ready to be mounted: its id, and a snapshot of its own on top of its layers. */
export interface MountedImage {
  readonly imageId: string;
  readonly snapshot: string;
  readonly source: string;
}

export function prepareImageMount(daemon: Daemon, { id, manifest }: { id: string; manifest: ImageManifest }): MountedImage {
  const snapshot = newId(daemon.sys);
  daemon.images.snapshots.prepare(snapshot, topSnapshot(manifest));
  return { imageId: id, snapshot, source: rootfsOf(daemon, snapshot) };
}

const imagesOf = ({ mounts }: Container): readonly MountedImage[] =>
  mounts.flatMap(({ Source, mountedImage }) => (mountedImage ? [{ ...mountedImage, source: Source }] : []));

const isMounted = ({ path }: Sys, source: string): boolean => path.mounts().some(({ target }) => target === source);

export function mountImages({ sys, images }: Daemon, container: Container): void {
  for (const { snapshot, source } of imagesOf(container)) if (!isMounted(sys, source)) images.snapshots.mount(snapshot, source);
}

export function unmountImages({ sys }: Daemon, container: Container): void {
  for (const { source } of imagesOf(container)) {
    if (!isMounted(sys, source)) continue;
    sys.path.umount(source, { lazy: true });
    try {
      sys.path.rmdir(source);
    } catch (error) {
      if (!isErrno(error, 'ENOENT', 'EBUSY', 'ENOTEMPTY')) throw error;
    }
  }
}

export function dropImageMounts({ images: { snapshots } }: Daemon, container: Container): void {
  for (const { snapshot } of imagesOf(container)) if (snapshots.has(snapshot)) snapshots.remove(snapshot);
}

/** Where a mount's files are on the host: a part of it, if only that was asked for. Throws DockerError. */
export function sourceOf(sys: Sys, { Source, subpath }: ContainerMountPoint): string {
  if (subpath === undefined) return Source;
  const path = inRoot(sys, Source, subpath);
  if (!exists(sys, path)) throw system(`cannot access path ${path}: lstat ${path}: no such file or directory`);
  return path;
}
