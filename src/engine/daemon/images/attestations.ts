/** What is attested of an image: the in-toto statements beside it in its index. Upstream: moby daemon/containerd/image_attestations.go. */
import type { AttestationStatement } from '../../api-types/index.ts';
import { ANNOTATION, type Descriptor, isAttestation, MEDIA_TYPE, type Platform, parseManifest } from '../../oci/manifest.ts';
import { formatPlatform, matchesPlatform } from '../../oci/platform.ts';
import { notFound } from '../errors.ts';
import { HOST_PLATFORM, manifestsOf } from './image.ts';
import type { Images } from './store.ts';

export interface AttestationOptions {
  readonly platform?: Platform | undefined;
  /** Only statements of these kinds; none means all. */
  readonly types: readonly string[];
  /** Whether the statements themselves are shown. */
  readonly withStatement: boolean;
}

/** GET /images/{name}/attestations. Throws DockerError for a platform that the index lacks, and for what is not here. */
export function attestations(images: Images, name: string, options: AttestationOptions): readonly AttestationStatement[] {
  const { target } = images.get(name);
  if (target.mediaType !== MEDIA_TYPE.index) return [];
  const layers = attestationOf(images, target, options.platform ?? HOST_PLATFORM);
  return layers.flatMap((layer) => {
    const type = layer.annotations?.[ANNOTATION.predicateType] ?? '';
    if (type === '' || (options.types.length > 0 && !options.types.includes(type))) return [];
    const { mediaType, digest, size, annotations = {} } = layer;
    const shown = { Descriptor: { mediaType, digest, size, annotations }, PredicateType: type };
    return options.withStatement ? { ...shown, Statement: JSON.parse(new TextDecoder().decode(read(images, digest))) as unknown } : shown;
  });
}

/** The layers of the manifest that attests the image for a platform. */
function attestationOf(images: Images, target: Descriptor, platform: Platform): readonly Descriptor[] {
  const all = manifestsOf(images, target);
  const image = all.find((one) => !isAttestation(one) && one.platform && matchesPlatform(platform, one.platform));
  if (!image) throw noManifest(platform);
  const found = all.find((one) => isAttestation(one) && one.annotations?.[ANNOTATION.referenceDigest] === image.digest);
  return found ? parseManifest(read(images, found.digest)).layers : [];
}

function read({ content }: Images, digest: Descriptor['digest']): Uint8Array {
  const bytes = content.find(digest);
  if (!bytes) throw notFound(`reading blob ${digest}: NotFound: content digest ${digest}: not found`);
  return bytes;
}

function noManifest(platform: Platform): Error {
  const { architecture, os, variant = '' } = platform;
  const words = `Architecture:${architecture} OS:${os} OSVersion: OSFeatures:[] Variant:${variant}`;
  return notFound(`resolving image manifest for platform &{${words}}: no manifest for platform ${formatPlatform(platform)}: not found`);
}
