/** An image as the content store has it: a name's target, and below it the manifests of which some are here. */
import { type ImageConfig, parseConfig } from '../../oci/config.ts';
import type { Digest } from '../../oci/digest.ts';
import { chainId, chainIds } from '../../oci/layer.ts';
import {
  ANNOTATION,
  type Descriptor,
  isAttestation,
  isIndexType,
  type Manifest,
  type Platform,
  parseIndex,
  parseManifest,
} from '../../oci/manifest.ts';
import { matchesPlatform } from '../../oci/platform.ts';
import type { ContentStore } from '../content/store.ts';
import type { Snapshots } from '../snapshots/snapshots.ts';

export interface Shelf {
  readonly content: ContentStore;
  readonly snapshots: Snapshots;
}

/** One manifest of an image that may run or attest. */
export interface ImageManifest {
  readonly descriptor: Descriptor;
  readonly manifest: Manifest;
  readonly config: ImageConfig;
}

/** The manifests that a target leads to, in the index's order; a target that is a manifest leads to itself. */
export function manifestsOf({ content }: Shelf, target: Descriptor): readonly Descriptor[] {
  if (!isIndexType(target.mediaType)) return [target];
  const bytes = content.find(target.digest);
  return bytes ? parseIndex(bytes).manifests : [];
}

/** Reads a manifest whose configuration is here too; undefined otherwise. */
export function readManifest({ content }: Shelf, descriptor: Descriptor): ImageManifest | undefined {
  const bytes = content.find(descriptor.digest);
  if (!bytes || isAttestation(descriptor)) return undefined;
  const manifest = parseManifest(bytes);
  const config = content.find(manifest.config.digest);
  return config ? { descriptor: withPlatform(descriptor, parseConfig(config)), manifest, config: parseConfig(config) } : undefined;
}

function withPlatform(descriptor: Descriptor, { architecture, os, variant }: ImageConfig): Descriptor {
  const { mediaType, digest, size } = descriptor;
  const platform: Platform = descriptor.platform ?? { architecture, os, ...(variant === undefined ? {} : { variant }) };
  return { mediaType, digest, size, ...(descriptor.annotations ? { annotations: descriptor.annotations } : {}), platform };
}

export const HOST_PLATFORM: Platform = { os: 'linux', architecture: 'amd64' };

/** The manifest for a platform; without one, the host's, or the first that is here. */
export function chooseManifest(shelf: Shelf, target: Descriptor, platform?: Platform): ImageManifest | undefined {
  const here = manifestsOf(shelf, target)
    .map((one) => readManifest(shelf, one))
    .filter((one) => one !== undefined);
  const wanted = platform ?? HOST_PLATFORM;
  const match = here.find(({ descriptor }) => descriptor.platform && matchesPlatform(wanted, descriptor.platform));
  return match ?? (platform ? undefined : here[0]);
}

/** Whether the manifest, its configuration and all its layers are here. */
export function isComplete({ content }: Shelf, descriptor: Descriptor): boolean {
  const bytes = content.find(descriptor.digest);
  if (!bytes) return false;
  const { config, layers } = parseManifest(bytes);
  return [config, ...layers].every(({ digest }) => content.has(digest));
}

/** The layers from the first one on that is not unpacked: those that a pull has to have here. */
export function missingLayers(shelf: Shelf, descriptor: Descriptor): readonly Descriptor[] {
  const image = readManifest(shelf, descriptor);
  if (!image) return [];
  const first = chainIds(image.config.rootfs.diff_ids as readonly Digest[]).findIndex((chain) => !shelf.snapshots.has(chain));
  return first < 0 ? [] : image.manifest.layers.slice(first);
}

/** A layer's size as its original has it, if it stands for one. */
const contentSize = (descriptor: Descriptor): number => numberIn(descriptor, ANNOTATION.originalSize) ?? descriptor.size;

export function numberIn(descriptor: Descriptor, annotation: string): number | undefined {
  const text = descriptor.annotations?.[annotation];
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
}

/** A manifest, its configuration and those of its layers that are here, with their sizes. */
export function contentsOf({ content }: Shelf, descriptor: Descriptor): ReadonlyMap<Digest, number> {
  const bytes = content.find(descriptor.digest);
  if (!bytes) return new Map();
  const { config, layers } = parseManifest(bytes);
  const here = [config, ...layers].filter(({ digest }) => content.has(digest));
  return new Map([[descriptor.digest, descriptor.size], ...here.map((one) => [one.digest, contentSize(one)] as const)]);
}

export const contentSizeOf = (shelf: Shelf, descriptor: Descriptor): number =>
  [...contentsOf(shelf, descriptor).values()].reduce((sum, size) => sum + size, 0);

/** What each layer takes on the disk, unpacked, from the bottom up; 0 for one that is not unpacked. */
export const layerSizes = ({ snapshots }: Shelf, { config }: ImageManifest): readonly number[] =>
  chainIds(config.rootfs.diff_ids as readonly Digest[]).map((key) => (snapshots.has(key) ? snapshots.sizeOf(key) : 0));

export const unpackedSizeOf = (shelf: Shelf, image: ImageManifest): number => layerSizes(shelf, image).reduce((sum, size) => sum + size, 0);

/** The snapshot that a container of it stands on; empty for an image without layers. */
export const topSnapshot = ({ config }: ImageManifest): string =>
  config.rootfs.diff_ids.length === 0 ? '' : chainId(config.rootfs.diff_ids as readonly Digest[]);
