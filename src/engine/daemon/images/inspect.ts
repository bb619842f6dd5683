/** Images as the Engine API shows them. */
import type { ImageConfig, ImageInspect } from '../../api-types/index.ts';
import type { ImageConfig as StoredConfig } from '../../oci/config.ts';
import { type Descriptor, isAttestation, isIndexType, type Platform } from '../../oci/manifest.ts';
import { formatPlatform, matchesPlatform } from '../../oci/platform.ts';
import { familiarName, familiarRepository, parseCanonical } from '../../oci/reference.ts';
import { rfc3339Nano } from '../time.ts';
import { noPlatform } from './errors.ts';
import { chooseManifest, contentSizeOf, type ImageManifest, manifestsOf } from './image.ts';
import type { Images } from './store.ts';
import { described, type InspectOptions, manifestSummaries, missingOwn, present } from './summary.ts';

/** All its names, those by digest too. Upstream: moby daemon/containerd collectRepoTagsAndDigests. */
const tagsOf = (images: Images, digest: string): readonly string[] =>
  images.namesOf(digest).map(({ name }) => familiarName(parseCanonical(name)));

const digestsOf = (images: Images, digest: string): readonly string[] => [
  ...new Set(images.namesOf(digest).map(({ name }) => `${familiarRepository(parseCanonical(name))}@${digest}`)),
];

/** What is shown of an image for a platform: whole if it is here, else what the index alone tells. */
function shownManifest(images: Images, target: Descriptor, platform: Platform | undefined): ImageManifest | Descriptor | undefined {
  const missing = platform ? undefined : missingOwn(images, target);
  if (missing) return missing;
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
  return Object.fromEntries(
    CONFIG_KEYS.filter((key) => isSet(own[key])).map((key) => [key, SORTED.has(key) ? byKey(own[key]) : own[key]]),
  ) as ImageConfig;
}

/** Maps, whose keys Go writes in order. */
const SORTED: ReadonlySet<string> = new Set(['ExposedPorts', 'Volumes', 'Labels']);
const byKey = (map: unknown): object => Object.fromEntries(Object.entries(map ?? {}).sort(([a], [b]) => (a < b ? -1 : 1)));
