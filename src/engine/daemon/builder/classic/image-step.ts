/** A step of the classic builder as an image: its configuration, and a layer if it has changed anything. */
import type { ContainerConfig, HistoryEntry, ImageConfig } from '../../../oci/config.ts';
import { digestOf } from '../../../oci/digest.ts';
import { gzip } from '../../../oci/gzip-write.ts';
import { type Descriptor, descriptorOf, encodeJson, isIndexType, MEDIA_TYPE } from '../../../oci/manifest.ts';
import { TAR_END } from '../../../oci/tar/write.ts';
import type { Daemon } from '../../daemon.ts';
import { type ImageManifest, readManifest } from '../../images/image.ts';
import { PARENT_LABEL } from '../../images/store.ts';
import { unpack } from '../../images/unpack.ts';
import { rfc3339Nano } from '../../time.ts';

/** What the builder stands on after a step. */
export interface StepImage {
  /** Empty for `scratch`. */
  readonly id: string;
  readonly manifest: ImageManifest | undefined;
}

export interface NewStep {
  readonly parent: StepImage;
  readonly config: ContainerConfig;
  readonly createdBy: string;
  readonly author: string | undefined;
  readonly platform: { readonly architecture: string; readonly os: string };
  /** As a tar; one without entries is none. */
  readonly layer: Uint8Array | undefined;
}

/** Throws DockerError. */
export async function commitStep(daemon: Daemon, step: NewStep): Promise<StepImage> {
  const { images, sys } = daemon;
  const { content } = images;
  const { parent, layer } = step;
  const isEmpty = !layer || layer.length <= TAR_END.length;
  const blob = isEmpty ? undefined : gzip(layer);
  if (blob) content.put(blob);
  const config = configOf(daemon, step, isEmpty);
  const configBytes = encodeJson(config);
  content.put(configBytes);
  const manifest = encodeJson({
    schemaVersion: 2,
    mediaType: MEDIA_TYPE.manifest,
    config: descriptorOf(configBytes, MEDIA_TYPE.config),
    layers: [...(parent.manifest?.manifest.layers ?? []), ...(blob ? [descriptorOf(blob, MEDIA_TYPE.layerGzip)] : [])],
  });
  content.put(manifest);
  const target: Descriptor = descriptorOf(manifest, MEDIA_TYPE.manifest);
  images.keepDangling(target, { [PARENT_LABEL]: parent.id });
  const image = readManifest(images, target);
  if (image) await unpack(sys, images, image);
  return { id: target.digest, manifest: image };
}

function configOf(daemon: Daemon, { parent, config, createdBy, author, platform, layer }: NewStep, isEmpty: boolean): ImageConfig {
  const below = parent.manifest?.config;
  const created = rfc3339Nano(daemon.sys.clock.nowNs());
  const entry: HistoryEntry = {
    created,
    created_by: createdBy,
    ...(author === undefined ? {} : { author }),
    ...(isEmpty ? { empty_layer: true } : {}),
  };
  const own = isEmpty || !layer ? [] : [digestOf(layer)];
  return {
    architecture: below?.architecture ?? platform.architecture,
    os: below?.os ?? platform.os,
    created,
    ...(author === undefined ? {} : { author }),
    config,
    history: [...(below?.history ?? []), entry],
    rootfs: { type: 'layers', diff_ids: [...(below?.rootfs.diff_ids ?? []), ...own] },
  };
}

/** An image that the same step made out of the same parent. */
export function cachedStep(
  { images }: Daemon,
  { parent, createdBy, config }: Pick<NewStep, 'parent' | 'createdBy' | 'config'>,
): StepImage | undefined {
  for (const target of images.targets()) {
    if (isIndexType(target.mediaType) || images.parentOf(target.digest) !== parent.id) continue;
    const manifest = readManifest(images, target);
    const last = manifest?.config.history?.at(-1);
    if (last?.created_by === createdBy && JSON.stringify(manifest?.config.config) === JSON.stringify(config))
      return { id: target.digest, manifest };
  }
  return undefined;
}
