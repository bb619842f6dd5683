/** Images as the Engine API shows them. */
import type { Descriptor as ApiDescriptor, ImageConfig, ImageInspect, ImageSummary, ManifestSummary } from '../../api-types/index.ts';
import type { ImageConfig as StoredConfig } from '../../oci/config.ts';
import { type Descriptor, isAttestation, isIndexType, type Platform } from '../../oci/manifest.ts';
import { formatPlatform, matchesPlatform } from '../../oci/platform.ts';
import { familiarName, familiarRepository, parseCanonical, type Reference } from '../../oci/reference.ts';
import { parseTime, rfc3339Nano } from '../time.ts';
import { noPlatform } from './errors.ts';
import { chooseManifest, contentSizeOf, type ImageManifest, isComplete, manifestsOf, readManifest, unpackedSizeOf } from './image.ts';
import type { Images } from './store.ts';

export interface InspectOptions {
  readonly platform?: Platform | undefined;
  readonly manifests?: boolean;
  /** Containers by the digest of the manifest that they run. */
  readonly users?: ReadonlyMap<string, readonly string[]>;
}

const present = <T extends object>(value: T): T => Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as T;

function described({ mediaType, digest, size, annotations, platform }: Descriptor): ApiDescriptor {
  return present({ mediaType, digest, size, annotations, platform }) as ApiDescriptor;
}

const tagsOf = (images: Images, digest: string): readonly string[] =>
  images
    .namesOf(digest)
    .map(({ name }) => parseCanonical(name))
    .filter(({ tag }) => tag !== undefined)
    .map(familiarName);

const digestsOf = (images: Images, digest: string): readonly string[] => [
  ...new Set(images.namesOf(digest).map(({ name }) => `${familiarRepository(parseCanonical(name))}@${digest}`)),
];

/** What is shown of an image for a platform: whole if it is here, else what the index alone tells. */
function shownManifest(images: Images, target: Descriptor, platform: Platform | undefined): ImageManifest | Descriptor | undefined {
  const image = chooseManifest(images, target, platform);
  if (image || !platform) return image;
  return manifestsOf(images, target).find((one) => one.platform && !isAttestation(one) && matchesPlatform(platform, one.platform));
}

/** Where it came from: a build, or registries. */
function identityOf(images: Images, digest: string): ImageInspect['Identity'] {
  const sources = images.sourcesOf(digest);
  const build = images.buildOf(digest);
  if (sources.length === 0 && !build) return undefined;
  return {
    ...(build ? { Build: [{ Ref: build.ref, CreatedAt: rfc3339Nano(BigInt(build.createdNs)) }] } : {}),
    ...(sources.length > 0 ? { Pull: sources.map((Repository) => ({ Repository })) } : {}),
  };
}

/** GET /images/{name}/json. */
export function inspect(images: Images, name: string, options: InspectOptions = {}): ImageInspect {
  const { target, record } = images.get(name);
  const found = shownManifest(images, target, options.platform);
  if (!found && options.platform) throw noPlatform(formatPlatform(options.platform), name);
  const [descriptor, config] = found && 'config' in found ? [found.descriptor, found.config] : [found, undefined];
  const shown = (options.platform && descriptor) || record?.target || target;
  const updated = images
    .recordsOf(target.digest)
    .map(({ updatedNs }) => BigInt(updatedNs))
    .reduce((a, b) => (a > b ? a : b), 0n);
  return present({
    Id: shown.digest,
    RepoTags: tagsOf(images, target.digest),
    RepoDigests: digestsOf(images, target.digest),
    Parent: images.parentOf(target.digest) || undefined,
    Comment: config?.history?.at(-1)?.comment || undefined,
    Created: config?.created,
    Author: config?.author || undefined,
    Config: config ? configOf(config) : {},
    Architecture: config?.architecture ?? '',
    Variant: config?.variant,
    Os: config?.os ?? '',
    Size: (isIndexType(shown.mediaType) ? shown.size : 0) + (descriptor ? contentSizeOf(images, descriptor) || descriptor.size : 0),
    RootFS: config ? { Type: 'layers', Layers: config.rootfs.diff_ids } : {},
    Metadata: { LastTagTime: rfc3339Nano(updated) },
    Descriptor: described(shown),
    Manifests: options.manifests ? manifestSummaries(images, target, options) : undefined,
    Identity: identityOf(images, target.digest),
  }) as ImageInspect;
}

const CONFIG_KEYS = [
  'User',
  'ExposedPorts',
  'Env',
  'Entrypoint',
  'Cmd',
  'Volumes',
  'WorkingDir',
  'Labels',
  'StopSignal',
  'ArgsEscaped',
  'Healthcheck',
  'OnBuild',
  'Shell',
] as const;

function configOf({ config }: StoredConfig): ImageConfig {
  const own: Readonly<Record<string, unknown>> = { ...config };
  const isSet = (value: unknown): boolean =>
    value !== undefined && value !== null && value !== '' && value !== false && !(Array.isArray(value) && value.length === 0);
  return Object.fromEntries(CONFIG_KEYS.filter((key) => isSet(own[key])).map((key) => [key, own[key]])) as ImageConfig;
}

/** An element of GET /images/json, with those of the image's names that are to be shown. Of its digests only the last name's is. */
export function summary(
  images: Images,
  target: Descriptor,
  { names, ...options }: InspectOptions & { readonly names: readonly Reference[] },
): ImageSummary {
  const image = chooseManifest(images, target);
  const manifests = manifestSummaries(images, target, options);
  const containers = manifests.flatMap(({ ImageData }) => ImageData?.Containers ?? []);
  return present({
    Containers: containers.length,
    Created: Number((parseTime(image?.config.created ?? '') ?? 0n) / 1_000_000_000n),
    Id: target.digest,
    Labels: image?.config.config?.Labels ?? {},
    ParentId: images.parentOf(target.digest),
    Descriptor: described(target),
    Manifests: options.manifests ? manifests : undefined,
    RepoDigests: names.slice(-1).map((name) => `${familiarRepository(name)}@${target.digest}`),
    RepoTags: names.filter(({ tag }) => tag !== undefined).map(familiarName),
    SharedSize: -1,
    Size: manifests.reduce((sum, { Size }) => sum + Size.Total, 0),
  }) as ImageSummary;
}

const manifestSummaries = (images: Images, target: Descriptor, options: InspectOptions): readonly ManifestSummary[] =>
  manifestsOf(images, target).map((descriptor) => manifestSummary(images, descriptor, options));

function manifestSummary(images: Images, descriptor: Descriptor, { users }: InspectOptions): ManifestSummary {
  const isHere = isComplete(images, descriptor);
  const content = isHere ? contentSizeOf(images, descriptor) : 0;
  const image = readManifest(images, descriptor);
  const attests = isAttestation(descriptor);
  const unpacked = image && isHere ? unpackedSizeOf(images, image) : 0;
  const platform = image?.descriptor.platform ?? descriptor.platform ?? { architecture: 'unknown', os: 'unknown' };
  return present({
    ID: descriptor.digest,
    Descriptor: described({ ...descriptor, platform }),
    Available: isHere,
    Size: { Content: content, Total: content + unpacked },
    Kind: attests ? 'attestation' : 'image',
    ImageData: attests
      ? undefined
      : { Platform: platform, Size: { Unpacked: unpacked }, Containers: users?.get(descriptor.digest) ?? null },
    AttestationData: attests ? { For: descriptor.annotations?.['vnd.docker.reference.digest'] ?? '' } : undefined,
  }) as ManifestSummary;
}
