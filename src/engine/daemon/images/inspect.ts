/** Images as the Engine API shows them. */
import type { Descriptor as ApiDescriptor, ImageConfig, ImageInspect, ImageSummary, ManifestSummary } from '../../api-types/index.ts';
import { type Descriptor, isAttestation, isIndexType, type Platform } from '../../oci/manifest.ts';
import { formatPlatform } from '../../oci/platform.ts';
import { familiarName, familiarRepository, parseCanonical } from '../../oci/reference.ts';
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
  const image = chooseManifest(images, target, options.platform);
  if (!image) throw noPlatform(options.platform ? formatPlatform(options.platform) : 'linux/amd64', name);
  const shown = options.platform ? image.descriptor : (record?.target ?? target);
  const updated = images
    .namesOf(target.digest)
    .map(({ updatedNs }) => BigInt(updatedNs))
    .reduce((a, b) => (a > b ? a : b), 0n);
  return present({
    Id: shown.digest,
    RepoTags: tagsOf(images, target.digest),
    RepoDigests: digestsOf(images, target.digest),
    Comment: image.config.history?.at(-1)?.comment || undefined,
    Created: image.config.created,
    Author: image.config.author || undefined,
    Config: configOf(image),
    Architecture: image.config.architecture,
    Variant: image.config.variant,
    Os: image.config.os,
    Size: (isIndexType(shown.mediaType) ? shown.size : 0) + contentSizeOf(images, image.descriptor),
    RootFS: { Type: 'layers', Layers: image.config.rootfs.diff_ids },
    Metadata: { LastTagTime: updated === 0n ? '0001-01-01T00:00:00Z' : rfc3339Nano(updated) },
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

function configOf({ config }: ImageManifest): ImageConfig {
  const own: Readonly<Record<string, unknown>> = { ...config.config };
  const isSet = (value: unknown): boolean =>
    value !== undefined && value !== null && value !== '' && value !== false && !(Array.isArray(value) && value.length === 0);
  return Object.fromEntries(CONFIG_KEYS.filter((key) => isSet(own[key])).map((key) => [key, own[key]])) as ImageConfig;
}

/** An element of GET /images/json; undefined for a target of which nothing can be shown. */
export function summary(images: Images, target: Descriptor, options: InspectOptions = {}): ImageSummary {
  const image = chooseManifest(images, target);
  const manifests = manifestSummaries(images, target, options);
  const containers = manifests.flatMap(({ ImageData }) => ImageData?.Containers ?? []);
  return present({
    Containers: containers.length,
    Created: Number((parseTime(image?.config.created ?? '') ?? 0n) / 1_000_000_000n),
    Id: target.digest,
    Labels: image?.config.config?.Labels ?? {},
    ParentId: '',
    Descriptor: described(target),
    Manifests: options.manifests ? manifests : undefined,
    RepoDigests: digestsOf(images, target.digest),
    RepoTags: tagsOf(images, target.digest),
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
