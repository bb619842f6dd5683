/** Writes a result as an image: configuration, manifest, attestation, index. Upstream: buildkit exporter/containerimage. */

import { ANNOTATION, type Descriptor, descriptorOf, encodeJson, MEDIA_TYPE, type Platform } from '../../../oci/manifest.ts';
import type { Daemon } from '../../daemon.ts';
import type { Progress } from '../progress.ts';
import { type ConfigRequest, imageConfig } from './image-config.ts';
import { PREDICATE } from './provenance.ts';

export interface Annotations {
  readonly manifest: Readonly<Record<string, string>>;
  readonly index: Readonly<Record<string, string>>;
  readonly manifestDescriptor: Readonly<Record<string, string>>;
}

export interface WriteRequest extends ConfigRequest {
  readonly vertex: string;
  readonly platform: Platform;
  /** The predicate of the attestation; none: the image is its manifest alone. */
  readonly attestation: (() => object) | undefined;
  /** Names of the image, for the attestation's subject. */
  readonly subjects: readonly string[];
  readonly annotations: Annotations;
}

export interface WrittenImage {
  /** The index, or the manifest if there is no attestation. */
  readonly target: Descriptor;
  readonly manifest: Descriptor;
  readonly config: Descriptor;
}

const encoder = new TextEncoder();
const ATTESTATION = 'application/vnd.docker.attestation.manifest.v1+json';
/** What stands for a configuration where there is none. */
const EMPTY = encoder.encode('{}');
const compact = (value: unknown): Uint8Array => encoder.encode(JSON.stringify(value));

export async function writeImage(daemon: Daemon, progress: Progress, request: WriteRequest): Promise<WrittenImage> {
  const { content } = daemon.images;
  const { vertex, layers, annotations, platform, attestation } = request;
  const say = (what: string): Promise<void> => progress.task(vertex, what, async () => {});
  const configBytes = compact(imageConfig(request));
  content.put(configBytes);
  const config = descriptorOf(configBytes, MEDIA_TYPE.config);
  const manifestBytes = encodeJson({
    schemaVersion: 2,
    mediaType: MEDIA_TYPE.manifest,
    config,
    layers: layers.map(({ descriptor }) => descriptor),
    ...given('annotations', annotations.manifest),
  });
  content.put(manifestBytes);
  const manifest: Descriptor = {
    ...descriptorOf(manifestBytes, MEDIA_TYPE.manifest),
    ...given('annotations', annotations.manifestDescriptor),
    platform: { architecture: platform.architecture, os: platform.os, ...(platform.variant ? { variant: platform.variant } : {}) },
  };
  await say(`exporting manifest ${manifest.digest}`);
  await say(`exporting config ${config.digest}`);
  const needsIndex = attestation !== undefined || Object.keys(annotations.index).length > 0;
  if (!needsIndex) return { target: descriptorOf(manifestBytes, MEDIA_TYPE.manifest), manifest, config };
  const attested = attestation ? [writeAttestation(daemon, manifest, { ...request, predicate: attestation() })] : [];
  for (const { digest } of attested) await say(`exporting attestation manifest ${digest}`);
  const indexBytes = encodeJson({
    schemaVersion: 2,
    mediaType: MEDIA_TYPE.index,
    manifests: [manifest, ...attested],
    ...given('annotations', annotations.index),
  });
  content.put(indexBytes);
  const target = descriptorOf(indexBytes, MEDIA_TYPE.index);
  await say(`exporting manifest list ${target.digest}`);
  return { target, manifest, config };
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
