/** Makes an image out of a configuration and layers: what `docker commit` and `docker import` end with. */
import type { Sys } from '../../kernel/sys.ts';
import type { ImageConfig } from '../../oci/config.ts';
import { digestOf } from '../../oci/digest.ts';
import { gzip } from '../../oci/gzip-write.ts';
import { type Descriptor, descriptorOf, encodeJson, FormatError, MEDIA_TYPE } from '../../oci/manifest.ts';
import { canonicalName, familiarName, type Reference } from '../../oci/reference.ts';
import { isContainerdApart } from '../containerd.ts';
import { type DockerError, system } from '../errors.ts';
import { readManifest } from './image.ts';
import { type Images, PARENT_LABEL } from './store.ts';
import { point } from './tag.ts';
import { unpack } from './unpack.ts';

export interface NewImage {
  /** The image below; absent: nothing. */
  readonly base?: {
    readonly layers: readonly Descriptor[];
    readonly config: ImageConfig;
    /** Its id, which stays known as the new image's parent. */
    readonly id: string;
  };
  /** The layer on top, as a tar; undefined if nothing is different. */
  readonly layer: Uint8Array | undefined;
  readonly config: Omit<ImageConfig, 'rootfs'>;
  /** What is told of it: a commit creates it. */
  readonly event?: 'create' | 'import';
  /** Its name; without one it is kept as dangling. */
  readonly name?: Reference;
}

/** Where containerd mounts for a moment: dockerd's own one keeps its files within dockerd's. */
const momentary = (sys: Sys): string => `/var/lib/${isContainerdApart(sys) ? 'containerd' : 'docker/containerd/daemon'}/tmpmounts`;

function unpackFailed(
  sys: Sys,
  { name, layer, why }: { readonly name: string; readonly layer: string; readonly why: string },
): DockerError {
  const number = new DataView(sys.random.bytes(4).buffer).getUint32(0);
  const mount = `mount callback failed on ${momentary(sys)}/containerd-mount${number}`;
  return system(
    `failed to unpack image: apply layer error for ${JSON.stringify(name)}: failed to extract layer ${layer}: ${mount}: ${why}`,
  );
}

/** Stores it and unpacks it; its id. Throws DockerError for a layer that cannot be unpacked; what was stored stays. */
export async function makeImage(sys: Sys, images: Images, { base, layer, config, name, event = 'create' }: NewImage): Promise<string> {
  const blob = layer && gzip(layer);
  if (blob) images.content.put(blob);
  const whole: ImageConfig = {
    ...config,
    rootfs: { type: 'layers', diff_ids: [...(base?.config.rootfs.diff_ids ?? []), ...(layer ? [digestOf(layer)] : [])] },
  };
  const configBytes = encodeJson(whole);
  images.content.put(configBytes);
  const manifest = encodeJson({
    schemaVersion: 2,
    mediaType: MEDIA_TYPE.manifest,
    config: descriptorOf(configBytes, MEDIA_TYPE.config),
    layers: [...(base?.layers ?? []), ...(blob ? [descriptorOf(blob, MEDIA_TYPE.layerGzip)] : [])],
  });
  images.content.put(manifest);
  const target = descriptorOf(manifest, MEDIA_TYPE.manifest);
  const labels = base ? { [PARENT_LABEL]: base.id } : undefined;
  if (name) point(images, name, { target, labels });
  else images.keepDangling(target, labels);
  const image = readManifest(images, target);
  try {
    if (image) await unpack(sys, images, image);
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    if (name) images.tell('tag', { target, name: familiarName(name) });
    throw unpackFailed(sys, {
      name: name ? canonicalName(name) : `moby-dangling@${target.digest}`,
      layer: layer ? digestOf(layer) : '',
      why: error.message,
    });
  }
  if (event === 'create') images.tell('create', { target, name: target.digest });
  if (name) images.tell('tag', { target, name: familiarName(name) });
  if (event === 'import') images.tell('import', { target, name: target.digest });
  return target.digest;
}
