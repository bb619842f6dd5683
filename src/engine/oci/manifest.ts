import { type Digest, digestOf, isDigest } from './digest.ts';

/** What a piece of content is called, on both sides of Docker's history. */
export const MEDIA_TYPE = {
  index: 'application/vnd.oci.image.index.v1+json',
  manifest: 'application/vnd.oci.image.manifest.v1+json',
  config: 'application/vnd.oci.image.config.v1+json',
  layer: 'application/vnd.oci.image.layer.v1.tar',
  layerGzip: 'application/vnd.oci.image.layer.v1.tar+gzip',
  layerZstd: 'application/vnd.oci.image.layer.v1.tar+zstd',
  empty: 'application/vnd.oci.empty.v1+json',
  inToto: 'application/vnd.in-toto+json',
  dockerList: 'application/vnd.docker.distribution.manifest.list.v2+json',
  dockerManifest: 'application/vnd.docker.distribution.manifest.v2+json',
  dockerManifest1: 'application/vnd.docker.distribution.manifest.v1+prettyjws',
  dockerConfig: 'application/vnd.docker.container.image.v1+json',
  dockerLayer: 'application/vnd.docker.image.rootfs.diff.tar',
  dockerLayerGzip: 'application/vnd.docker.image.rootfs.diff.tar.gzip',
} as const;

export interface Platform {
  readonly architecture: string;
  readonly os: string;
  readonly variant?: string;
  readonly 'os.version'?: string;
}

export interface Descriptor {
  readonly mediaType: string;
  readonly digest: Digest;
  readonly size: number;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly platform?: Platform;
  readonly urls?: readonly string[];
  readonly artifactType?: string;
}

export interface Index {
  readonly schemaVersion: 2;
  readonly mediaType?: string;
  readonly manifests: readonly Descriptor[];
  readonly annotations?: Readonly<Record<string, string>>;
}

export interface Manifest {
  readonly schemaVersion: 2;
  readonly mediaType?: string;
  readonly config: Descriptor;
  readonly layers: readonly Descriptor[];
  readonly annotations?: Readonly<Record<string, string>>;
  readonly subject?: Descriptor;
}

/** Annotations of ours and of others that rooms look at. */
export const ANNOTATION = {
  /** The compressed and unpacked size of the layer that a miniature stands for. */
  originalSize: 'io.drydock.original.size',
  originalUnpacked: 'io.drydock.original.unpacked',
  imageName: 'io.containerd.image.name',
  refName: 'org.opencontainers.image.ref.name',
  referenceType: 'vnd.docker.reference.type',
  referenceDigest: 'vnd.docker.reference.digest',
  predicateType: 'in-toto.io/predicate-type',
} as const;

/** Content that is not what it says it is. */
export class FormatError extends Error {
  override readonly name = 'FormatError';
}

export const isIndexType = (mediaType: string): boolean => mediaType === MEDIA_TYPE.index || mediaType === MEDIA_TYPE.dockerList;
export const isManifestType = (mediaType: string): boolean => mediaType === MEDIA_TYPE.manifest || mediaType === MEDIA_TYPE.dockerManifest;
export const isConfigType = (mediaType: string): boolean => mediaType === MEDIA_TYPE.config || mediaType === MEDIA_TYPE.dockerConfig;
export const isLayerType = (mediaType: string): boolean => /^application\/vnd\.(oci\.image\.layer|docker\.image\.rootfs)\./.test(mediaType);
export const isAttestation = (descriptor: Descriptor): boolean =>
  descriptor.annotations?.[ANNOTATION.referenceType] === 'attestation-manifest';

export const descriptorOf = (bytes: Uint8Array, mediaType: string): Descriptor => ({
  mediaType,
  digest: digestOf(bytes),
  size: bytes.length,
});

export const encodeJson = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value, null, 2));

type Json = Readonly<Record<string, unknown>>;

const isRecord = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

function parseObject(bytes: Uint8Array, what: string): Json {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(bytes));
  } catch (cause) {
    throw new FormatError(`${what} is not valid JSON`, { cause });
  }
  if (!isRecord(value)) throw new FormatError(`${what} is not a JSON object`);
  return value;
}

function isDescriptor(value: unknown): value is Descriptor {
  return (
    isRecord(value) &&
    typeof value.mediaType === 'string' &&
    typeof value.digest === 'string' &&
    isDigest(value.digest) &&
    typeof value.size === 'number' &&
    Number.isSafeInteger(value.size) &&
    value.size >= 0 &&
    (value.annotations === undefined || isStringMap(value.annotations)) &&
    (value.platform === undefined || isPlatform(value.platform))
  );
}

const isStringMap = (value: unknown): boolean => isRecord(value) && Object.values(value).every((text) => typeof text === 'string');
const isPlatform = (value: unknown): boolean => isRecord(value) && typeof value.os === 'string' && typeof value.architecture === 'string';

/** Throws FormatError: what comes from a registry or a file is not trusted. */
export function parseIndex(bytes: Uint8Array): Index {
  const value = parseObject(bytes, 'index');
  if (!Array.isArray(value.manifests) || !value.manifests.every(isDescriptor))
    throw new FormatError('index has a descriptor that is not valid');
  return value as unknown as Index;
}

/** Throws FormatError. */
export function parseManifest(bytes: Uint8Array): Manifest {
  const value = parseObject(bytes, 'manifest');
  if (!isDescriptor(value.config)) throw new FormatError('manifest has no valid config descriptor');
  if (!Array.isArray(value.layers) || !value.layers.every(isDescriptor))
    throw new FormatError('manifest has a layer descriptor that is not valid');
  return value as unknown as Manifest;
}

/** The descriptors that an index or a manifest points to. Throws FormatError. */
export function childrenOf(mediaType: string, bytes: Uint8Array): readonly Descriptor[] {
  if (isIndexType(mediaType)) return parseIndex(bytes).manifests;
  if (!isManifestType(mediaType)) return [];
  const { config, layers } = parseManifest(bytes);
  return [config, ...layers];
}

/** The media type that a manifest or index says it has, or that its shape shows. Throws FormatError. */
export function mediaTypeOf(bytes: Uint8Array): string {
  const value = parseObject(bytes, 'manifest');
  if (typeof value.mediaType === 'string') return value.mediaType;
  if (Array.isArray(value.manifests)) return MEDIA_TYPE.index;
  if (value.schemaVersion === 1) return MEDIA_TYPE.dockerManifest1;
  return MEDIA_TYPE.manifest;
}

export { isRecord, parseObject };
