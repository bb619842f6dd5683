/** GET /drydock/layers…: the snapshots that an image or a container stands on, and what each of them holds itself. */
import type { DrydockFile, DrydockLayer } from '../../api-types/index.ts';
import { isErrno } from '../../kernel/errno.ts';
import { chainIds } from '../../oci/layer.ts';
import type { Daemon } from '../daemon.ts';
import { invalid, notFound } from '../errors.ts';
import { inRoot } from '../files.ts';
import { chooseManifest, type ImageManifest, layerSizes } from '../images/image.ts';
import { filesBelow } from './file-list.ts';

/** `image=` or `container=`. Throws DockerError as the Engine does for what is not there. */
export function layersOf(daemon: Daemon, query: URLSearchParams): readonly DrydockLayer[] {
  const [container, image] = [query.get('container'), query.get('image')];
  if (container !== null) return containerLayers(daemon, container);
  if (image === null) throw invalid('either image or container must be given');
  const manifest = chooseManifest(daemon.images, daemon.images.get(image).target);
  return manifest ? imageLayers(daemon, manifest) : [];
}

function imageLayers({ images }: Daemon, image: ImageManifest): readonly DrydockLayer[] {
  const sizes = layerSizes(images, image);
  const steps = (image.config.history ?? []).filter(({ empty_layer: isEmpty }) => !isEmpty);
  const keys = chainIds(image.config.rootfs.diff_ids as Parameters<typeof chainIds>[0]);
  return keys.map((Key, i) => ({
    ...{ Key, Parent: keys[i - 1] ?? '', DiffID: image.config.rootfs.diff_ids[i] ?? '', Kind: 'image' as const },
    ...{ CreatedBy: steps[i]?.created_by ?? '', SizeBytes: sizes[i] ?? 0 },
  }));
}

/** The image's, the one with the places that are mounted over, and the one that can be written. */
function containerLayers(daemon: Daemon, name: string): readonly DrydockLayer[] {
  const { snapshots } = daemon.images;
  const { id, image } = daemon.containers.get(name);
  const manifest = daemon.images.find(image.id) && chooseManifest(daemon.images, daemon.images.get(image.id).target);
  const below = manifest ? imageLayers(daemon, manifest) : orphans(daemon, id);
  const own = (Key: string, Kind: 'init' | 'writable'): DrydockLayer => ({
    ...{ Key, Parent: snapshots.get(Key).parent, DiffID: '', Kind, CreatedBy: '', SizeBytes: snapshots.sizeOf(Key) },
  });
  return [...below, own(`${id}-init`, 'init'), own(id, 'writable')];
}

/** An image's layers after its name is gone. */
function orphans({ images: { snapshots } }: Daemon, id: string): readonly DrydockLayer[] {
  const found: DrydockLayer[] = [];
  for (let key = snapshots.get(`${id}-init`).parent; key !== ''; key = snapshots.get(key).parent)
    found.unshift({
      Key: key,
      Parent: snapshots.get(key).parent,
      DiffID: '',
      Kind: 'image',
      CreatedBy: '',
      SizeBytes: snapshots.sizeOf(key),
    });
  return found;
}

export const filesOf = (daemon: Daemon, key: string): readonly DrydockFile[] => filesBelow(daemon.sys, rootOf(daemon, key));

function rootOf({ images: { snapshots } }: Daemon, key: string): string {
  if (!snapshots.has(key)) throw notFound(`No such layer: ${key}`);
  return snapshots.files(key);
}

const LONGEST_CONTENT = 256 * 1024;

/** A file's bytes, as the layer holds them; cut where they get long. */
export function contentOf(daemon: Daemon, key: string, path: string): Uint8Array {
  const at = inRoot(daemon.sys, rootOf(daemon, key), path);
  try {
    return daemon.sys.path.readFile(at).subarray(0, LONGEST_CONTENT);
  } catch (error) {
    if (isErrno(error, 'ENOENT', 'ENOTDIR', 'EISDIR', 'EINVAL')) throw notFound(`No such file in the layer: ${path}`);
    throw error;
  }
}
