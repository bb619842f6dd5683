/** Writes a result as an image: configuration, manifest, attestation, index. Upstream: buildkit exporter/containerimage. */

import { ANNOTATION, type Descriptor, descriptorOf, encodeJson, MEDIA_TYPE, type Platform } from '../../../oci/manifest.ts';
import type { Daemon } from '../../daemon.ts';
import { BuildFailure } from '../failure.ts';
import type { Progress } from '../progress.ts';
import { INLINE_CACHE } from '../solve/cache-import.ts';
import { type ConfigRequest, imageConfig } from './image-config.ts';
import { PREDICATE } from './provenance.ts';

export interface Annotations {
  readonly manifest: Readonly<Record<string, string>>;
  readonly index: Readonly<Record<string, string>>;
  readonly manifestDescriptor: Readonly<Record<string, string>>;
}

/** The image of one platform. */
export interface ManifestRequest extends ConfigRequest {
  readonly platform: Platform;
  /** The build's cache, in base64. */
  readonly inlineCache: string | undefined;
  /** The predicate of the attestation; none: the image is its manifest alone. */
  readonly attestation: (() => object) | undefined;
  /** Names of the image, for the attestation's subject. */
  readonly subjects: readonly string[];
  readonly annotations: Omit<Annotations, 'index'>;
}

export interface WriteRequest {
  readonly vertex: string;
  readonly manifests: readonly ManifestRequest[];
  /** Of the index. */
  readonly annotations: Annotations['index'];
}

export interface WrittenManifest {
  readonly manifest: Descriptor;
  readonly config: Descriptor;
  readonly attestation: Descriptor | undefined;
}

export interface WrittenImage {
  /** The index, or the manifest if there is but one and no attestation; that says for which platform it is. */
  readonly target: Descriptor;
  readonly manifests: readonly WrittenManifest[];
}

const encoder = new TextEncoder();
const ATTESTATION = 'application/vnd.docker.attestation.manifest.v1+json';
/** What stands for a configuration where there is none. */
const EMPTY = encoder.encode('{}');
const compact = (value: unknown): Uint8Array => encoder.encode(JSON.stringify(value));

/** Each platform's image, and the index of them all. */
export async function writeImage(daemon: Daemon, progress: Progress, request: WriteRequest): Promise<WrittenImage> {
  const { vertex, annotations } = request;
  const say: Say = (what) => progress.task(vertex, what, async () => {});
  const manifests: WrittenManifest[] = [];
  for (const one of request.manifests) manifests.push(await writeManifest(daemon, say, one));
  const [first] = manifests;
  const attested = manifests.flatMap(({ attestation }) => attestation ?? []);
  if (first && manifests.length === 1 && attested.length === 0) {
    if (Object.keys(annotations).length > 0) await refuse(progress, vertex, 'index annotations not supported for single platform export');
    return { target: first.manifest, manifests };
  }
  const bytes = encodeJson({
    schemaVersion: 2,
    mediaType: MEDIA_TYPE.index,
    manifests: [...manifests.map(({ manifest }) => manifest), ...attested],
    ...given('annotations', annotations),
  });
  daemon.images.content.put(bytes);
  const target = descriptorOf(bytes, MEDIA_TYPE.index);
  await say(`exporting manifest list ${target.digest}`);
  return { target, manifests };
}

async function refuse(progress: Progress, vertex: string, message: string): Promise<never> {
  await progress.complete(vertex, { error: message });
  throw new BuildFailure(message, { vertex });
}

type Say = (what: string) => Promise<void>;

async function writeManifest(daemon: Daemon, say: Say, request: ManifestRequest): Promise<WrittenManifest> {
  const { content } = daemon.images;
  const { layers, annotations, platform, attestation: predicate } = request;
  const inline = request.inlineCache === undefined ? {} : { [INLINE_CACHE]: request.inlineCache };
  const configBytes = compact({ ...imageConfig(request), ...inline });
  content.put(configBytes);
  const config = descriptorOf(configBytes, MEDIA_TYPE.config);
  const bytes = encodeJson({
    schemaVersion: 2,
    mediaType: MEDIA_TYPE.manifest,
    config,
    layers: layers.map(({ descriptor }) => descriptor),
    ...given('annotations', annotations.manifest),
  });
  content.put(bytes);
  const manifest: Descriptor = {
    ...descriptorOf(bytes, MEDIA_TYPE.manifest),
    ...given('annotations', annotations.manifestDescriptor),
    platform: { architecture: platform.architecture, os: platform.os, ...(platform.variant ? { variant: platform.variant } : {}) },
  };
  await say(`exporting manifest ${manifest.digest}`);
  await say(`exporting config ${config.digest}`);
  const attestation = predicate && writeAttestation(daemon, manifest, { subjects: request.subjects, predicate: predicate() });
  if (attestation) await say(`exporting attestation manifest ${attestation.digest}`);
  return { manifest, config, attestation };
}

const given = (name: 'annotations', value: Readonly<Record<string, string>>): object =>
  Object.keys(value).length > 0 ? { [name]: value } : {};

interface Attesting {
  readonly subjects: readonly string[];
  readonly predicate: object;
}

/** A manifest of its own beside the image's, for no platform. */
function writeAttestation(daemon: Daemon, manifest: Descriptor, { subjects, predicate }: Attesting): Descriptor {
  const { content } = daemon.images;
  const sha256 = manifest.digest.slice(7);
  const statement = compact({
    _type: 'https://in-toto.io/Statement/v0.1',
    predicateType: PREDICATE,
    subject: subjects.length > 0 ? subjects.map((name) => ({ name, digest: { sha256 } })) : [{ name: '_', digest: { sha256 } }],
    predicate,
  });
  content.put(statement);
  content.put(EMPTY);
  const { mediaType, digest, size } = manifest;
  const bytes = encodeJson({
    schemaVersion: 2,
    mediaType: MEDIA_TYPE.manifest,
    artifactType: ATTESTATION,
    config: { ...descriptorOf(EMPTY, MEDIA_TYPE.empty), data: 'e30=' },
    layers: [{ ...descriptorOf(statement, MEDIA_TYPE.inToto), annotations: { 'in-toto.io/predicate-type': PREDICATE } }],
    subject: { mediaType, digest, size },
  });
  content.put(bytes);
  return {
    ...descriptorOf(bytes, MEDIA_TYPE.manifest),
    annotations: { [ANNOTATION.referenceDigest]: manifest.digest, [ANNOTATION.referenceType]: 'attestation-manifest' },
    platform: { architecture: 'unknown', os: 'unknown' },
  };
}
