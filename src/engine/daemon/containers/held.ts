import type { Descriptor } from '../../oci/manifest.ts';
import type { Daemon } from '../daemon.ts';
import { collect } from '../images/collect.ts';
import type { ImageUser } from '../images/remove.ts';

/** What containers keep alive of images: the snapshots they stand on, and the manifests they were made from. */
export function heldImages(daemon: Daemon): { readonly snapshots: readonly string[]; readonly targets: readonly Descriptor[] } {
  const { snapshots } = daemon.images;
  const containers = daemon.containers.all();
  const mounted = containers.flatMap(({ mounts }) => mounts.flatMap(({ mountedImage }) => mountedImage?.snapshot ?? []));
  return {
    snapshots: [...containers.map(({ id }) => id), ...mounted].filter((id) => snapshots.has(id)),
    targets: containers.flatMap(({ image }) => (image.manifest ? [image.manifest as Descriptor] : [])),
  };
}

/** Containers as the users of images. */
export const imageUsers = (daemon: Daemon): readonly ImageUser[] =>
  daemon.containers
    .all()
    .flatMap(({ id, image, state, mounts }) => [
      { id, imageId: image.id, imageName: image.name, isRunning: state.running },
      ...mounts.flatMap(({ Name = '', mountedImage }) =>
        mountedImage ? [{ id, imageId: mountedImage.imageId, imageName: Name, isRunning: false }] : [],
      ),
    ]);

/** Context for removing images: who uses them, and how to sweep afterwards. */
export const removeContext = (daemon: Daemon): { images: Daemon['images']; users: readonly ImageUser[]; collect: () => void } => ({
  images: daemon.images,
  users: imageUsers(daemon),
  collect: () => {
    const { snapshots, targets } = heldImages(daemon);
    collect(daemon.images, snapshots, targets);
  },
});
