/** Manifests as `docker manifest` keeps and prints them. Upstream: docker/cli cli/manifest/types. */
import { encodeBase64, readBase64 } from '../../../http/base64.ts';
import { CliError } from '../../errors.ts';
import { decodeText } from '../../text.ts';

export interface Platform {
  readonly architecture: string;
  readonly os: string;
  readonly 'os.version'?: string;
  readonly 'os.features'?: readonly string[];
  readonly variant?: string;
}

export interface ImageManifest {
  /** The whole name, with tag or digest. */
  readonly Ref: string;
  readonly Descriptor: { readonly mediaType: string; readonly digest: string; readonly size: number; readonly platform?: Platform };
  /** The document itself, in base 64. */
  readonly Raw: string;
  readonly SchemaV2Manifest?: unknown;
  readonly OCIManifest?: unknown;
}

export const OCI_MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
export const OCI_INDEX = 'application/vnd.oci.image.index.v1+json';
const DOCKER_LIST = 'application/vnd.docker.distribution.manifest.list.v2+json';

/** Keys in the order in which they are printed. */
const platformOf = ({ architecture, os, variant, ...more }: Platform): Platform => ({
  architecture,
  os,
  ...(more['os.version'] ? { 'os.version': more['os.version'] } : {}),
  ...(more['os.features']?.length ? { 'os.features': more['os.features'] } : {}),
  ...(variant ? { variant } : {}),
});

export interface Fetched {
  readonly name: string;
  readonly mediaType: string;
  readonly digest: string;
  readonly bytes: Uint8Array;
  readonly platform: Platform;
}

export function imageManifest({ name, mediaType, digest, bytes, platform }: Fetched): ImageManifest {
  const parsed: unknown = JSON.parse(decodeText(bytes));
  return {
    Ref: name,
    Descriptor: { mediaType, digest, size: bytes.length, platform: platformOf(platform) },
    Raw: encodeBase64(bytes),
    ...(mediaType === OCI_MANIFEST ? { OCIManifest: parsed } : { SchemaV2Manifest: parsed }),
  };
}

/** The same with another platform. */
export const withPlatform = (manifest: ImageManifest, platform: Platform): ImageManifest => ({
  ...manifest,
  Descriptor: { ...manifest.Descriptor, platform: platformOf(platform) },
});

export const rawOf = ({ Raw }: ImageManifest): Uint8Array => readBase64(Raw);

const domainOf = (name: string): string => name.slice(0, name.indexOf('/'));

export interface ListDocument {
  readonly mediaType: string;
  readonly text: string;
}

/** The list that points to these manifests. Throws CliError if one of them is of another registry. */
export function listDocument(target: string, manifests: readonly ImageManifest[]): ListDocument {
  const entries = manifests.map(({ Ref, Descriptor: { mediaType, digest, size, platform } }) => {
    if (domainOf(Ref) !== domainOf(target))
      throw new CliError(
        `failed to assemble ManifestDescriptor: cannot use source images from a different registry than the target image: ${domainOf(Ref)} != ${domainOf(target)}`,
      );
    return { mediaType, size, digest, platform: platformOf(platform ?? { architecture: '', os: '' }) };
  });
  const mediaType = entries[0]?.mediaType === OCI_MANIFEST ? OCI_INDEX : DOCKER_LIST;
  return { mediaType, text: JSON.stringify({ schemaVersion: 2, mediaType, manifests: entries }, null, 3) };
}
