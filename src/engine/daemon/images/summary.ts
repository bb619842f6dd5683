/** Images as a list shows them, and what such a line has in common with all that is told of one. */
import type { Descriptor as ApiDescriptor, ImageSummary, ManifestSummary } from '../../api-types/index.ts';
import { type Descriptor, isAttestation, type Platform } from '../../oci/manifest.ts';
import { matchesPlatform } from '../../oci/platform.ts';
import { familiarName, familiarRepository, type Reference } from '../../oci/reference.ts';
import { parseTime } from '../time.ts';
import { chooseManifest, contentSizeOf, HOST_PLATFORM, isComplete, manifestsOf, readManifest, unpackedSizeOf } from './image.ts';
import type { Images } from './store.ts';

export interface InspectOptions {
  readonly platform?: Platform | undefined;
  readonly manifests?: boolean;
  /** Containers by the digest of the manifest that they run. */
  readonly users?: ReadonlyMap<string, readonly string[]>;
}

/** Without what is not there. */
export const present = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as T;

/** A descriptor as the API has it. */
export function described({ mediaType, digest, size, annotations, platform }: Descriptor): ApiDescriptor {
  return present({ mediaType, digest, size, annotations, platform }) as ApiDescriptor;
}

/** An image for this machine below an index, of which nothing is here: what the image is stays open then. */
export function missingOwn(images: Images, target: Descriptor): Descriptor | undefined {
  const own = manifestsOf(images, target).find(({ platform }) => platform && matchesPlatform(HOST_PLATFORM, platform));
  return own && !images.content.has(own.digest) ? own : undefined;
}

/** An element of GET /images/json, with those of the image's names that are to be shown. Of its digests only the last name's is. */
export function summary(
  images: Images,
  target: Descriptor,
  { names, ...options }: InspectOptions & { readonly names: readonly Reference[] },
): ImageSummary {
  const image = missingOwn(images, target) ? undefined : chooseManifest(images, target);
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
    RepoTags: names.map(familiarName),
    SharedSize: -1,
    Size: manifests.reduce((sum, { Size }) => sum + Size.Total, 0),
  }) as ImageSummary;
}

/** The manifests below an index, or the one that there is. */
export const manifestSummaries = (images: Images, target: Descriptor, options: InspectOptions): readonly ManifestSummary[] =>
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
