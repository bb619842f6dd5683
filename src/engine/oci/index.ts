/**
 * What images are made of, as formats and nothing else: digests, references, manifests and configurations, layers as tar and
 * gzip, and archives as `docker save` writes them. Bytes in, records out, and back; nothing here knows a daemon or a network.
 * Everything that comes from outside is checked here: what is wrong throws `FormatError` (or `InvalidReference` for names).
 */

export { type ImageArchive, type LoadedImage, readImageArchive } from './archive/read.ts';
export { type SavedImage, type SaveRequest, writeImageArchive } from './archive/write.ts';
export { concatBytes } from './bytes.ts';
export * from './config.ts';
export * from './digest.ts';
export * from './gzip.ts';
export * from './gzip-write.ts';
export * from './layer.ts';
export {
  ANNOTATION,
  childrenOf,
  type Descriptor,
  descriptorOf,
  encodeJson,
  FormatError,
  type Index,
  isAttestation,
  isConfigType,
  isIndexType,
  isLayerType,
  isManifestType,
  type Manifest,
  MEDIA_TYPE,
  mediaTypeOf,
  type Platform,
  parseIndex,
  parseManifest,
} from './manifest.ts';
export * from './platform.ts';
export * from './reference.ts';
export { contentBytes, safePath, sparseContent, type TarContent, type TarEntry, type TarType, wholeContent } from './tar/entry.ts';
export { readTar, type Source } from './tar/read.ts';
export { readTarStream } from './tar/read-stream.ts';
export { TAR_END, type TarInput, tarEntryPieces, writeTar } from './tar/write.ts';
