import type { Daemon } from '../daemon.ts';
import { invalid, notFound } from '../errors.ts';
import { collect } from '../images/collect.ts';
import { dropImageMounts, unmountImages } from '../volumes/image-mounts.ts';
import type { Container } from './container.ts';
import { happened } from './happened.ts';
import { heldImages } from './held.ts';
import { disconnectAll } from './networking.ts';
import { removePaused, removeRunning, removeTwice } from './requests/errors.ts';
import { unmountRoot } from './root.ts';

export interface RemoveOptions {
  readonly force?: boolean;
  /** Its anonymous volumes too. */
  readonly volumes?: boolean;
}

/** `docker rm`. Throws DockerError. */
export async function remove(daemon: Daemon, name: string, { force = false, volumes = false }: RemoveOptions = {}): Promise<void> {
  const container = daemon.containers.get(name);
  if (container.state.removing) throw removeTwice(name);
  if (container.state.running) {
    if (!force) throw container.state.paused ? removePaused(container.name) : removeRunning(container.name);
    container.state.removing = true;
    const { killForRemoval } = await daemon.sys.stall(() => import('./stop.ts'));
    await killForRemoval(daemon, container);
  }
  if (!container.live.isRemoved) removeNow(daemon, container, { volumes });
}

/** Takes a container that does not run out of the world. */
export function removeNow(daemon: Daemon, container: Container, { volumes }: { readonly volumes: boolean }): void {
  if (container.live.isRemoved) return;
  container.state.removing = true;
  disconnectAll(daemon, container);
  unmountRoot(daemon, container);
  unmountImages(daemon, container);
  dropImageMounts(daemon, container);
  daemon.containers.remove(container);
  for (const key of [container.id, `${container.id}-init`]) if (daemon.images.snapshots.has(key)) daemon.images.snapshots.remove(key);
  if (volumes) removeVolumes(daemon, container);
  happened(daemon, container, 'destroy');
  container.live.output.end();
  releaseImages(daemon, container);
}

/** What nothing leads to goes; an image that has lost its last name stays, without one. */
function releaseImages(daemon: Daemon, { image, mounts }: Container): void {
  const { images } = daemon;
  if (images.recordsOf(image.id).length > 0 && mounts.every(({ mountedImage }) => mountedImage === undefined)) return;
  const { snapshots, targets } = heldImages(daemon);
  collect(images, snapshots, targets);
}

function removeVolumes(daemon: Daemon, container: Container): void {
  const isUsed = (name: string): boolean => daemon.containers.all().some(({ mounts }) => mounts.some(({ Name }) => Name === name));
  for (const { Name, isAnonymous } of container.mounts)
    if (Name !== undefined && isAnonymous && !isUsed(Name) && daemon.volumes.find(Name)) daemon.volumes.remove(Name);
}

/** `docker rm --link linked/site`. Throws DockerError. */
export function removeLink(daemon: Daemon, path: string): void {
  daemon.containers.get(path);
  const [, parent = '', alias = ''] = /^\/?(.+)\/([^/]+)$/.exec(path) ?? [];
  if (alias === '') throw invalid('Conflict, cannot remove the default link name of the container');
  const container = daemon.containers.find(parent);
  if (!container) throw notFound(`Cannot get parent /${parent} for link name /${parent}/${alias}`);
  container.links = (container.links ?? []).filter((link) => link.alias !== alias);
  daemon.containers.save(container);
}
