/** How an image came to be, as a signed statement would say it: SLSA provenance, version 1, and the one before for clients. Upstream: buildkit solver/llbsolver/provenance. */

import type { Digest } from '../../../oci/digest.ts';
import type { Platform } from '../../../oci/manifest.ts';
import { formatPlatform } from '../../../oci/platform.ts';
import { familiarRepository } from '../../../oci/reference.ts';
import { HOST_PLATFORM } from '../../images/image.ts';
import { rfc3339Nano } from '../../time.ts';
import type { Vertex } from '../plan/vertex.ts';
import type { SourceImage } from '../solve/images.ts';

export interface ProvenanceRequest {
  readonly mode: 'min' | 'max';
  readonly builderId: string;
  readonly platform: Platform;
  readonly sources: readonly SourceImage[];
  readonly dockerfile: string;
  readonly dockerfileText: string;
  readonly target: string;
  readonly buildArgs: ReadonlyMap<string, string>;
  readonly labels: Readonly<Record<string, string>>;
  readonly secrets: readonly string[];
  readonly vertices: readonly Vertex[];
  readonly startedNs: bigint;
  readonly finishedNs: bigint;
  readonly invocation: string;
}

export const PREDICATE = 'https://slsa.dev/provenance/v1';
const BUILD_TYPE = 'https://github.com/moby/buildkit/blob/master/docs/attestations/slsa-definitions.md';
export const DOCKERFILE_VERSION = '1.26.0';
const COMPATIBILITY = 30;

/** `pkg:docker/busybox@1.35?platform=linux%2Famd64`. */
export function packageUrl({ reference, platform }: { readonly reference: SourceImage['reference']; readonly platform: Platform }): string {
  const name = familiarRepository(reference).split('/').map(encodeURIComponent).join('/');
  const version = reference.tag ?? reference.digest ?? 'latest';
  return `pkg:docker/${name}@${encodeURIComponent(version)}?platform=${encodeURIComponent(formatPlatform(platform))}`;
}

export const materialsOf = ({ sources }: Pick<ProvenanceRequest, 'sources'>): readonly object[] =>
  sources.map(({ reference, digest, platform }) => ({ uri: packageUrl({ reference, platform }), digest: { sha256: digest.slice(7) } }));

const given = (name: string, list: readonly object[]): object => (list.length > 0 ? { [name]: list } : {});

/** The predicate of an image's attestation. */
export function provenance(request: ProvenanceRequest): object {
  const { mode, dockerfile, startedNs, finishedNs, builderId, invocation } = request;
  const isMax = mode === 'max';
  const { args, ...parameters } = parametersOf(request);
  const asked = args === undefined ? {} : { args };
  const configSource = { path: dockerfile };
  // What the client asked for itself, where that is more than the file.
  const root = { configSource, request: asked };
  return {
    buildDefinition: {
      buildType: BUILD_TYPE,
      ...given('resolvedDependencies', materialsOf(request)),
      externalParameters: { configSource, request: { ...parameters, ...asked, ...(args === undefined ? {} : { root }) } },
      internalParameters: {
        ...(isMax ? { buildConfig: buildConfig(request) } : {}),
        builderPlatform: formatPlatform(HOST_PLATFORM),
        dockerfileVersion: DOCKERFILE_VERSION,
      },
    },
    runDetails: {
      builder: { id: builderId },
      metadata: {
        invocationId: invocation,
        startedOn: rfc3339Nano(startedNs),
        finishedOn: rfc3339Nano(finishedNs),
        buildkit_metadata: isMax ? sourceMetadata(request) : {},
        buildkit_completeness: { request: isWhole(request), resolvedDependencies: false },
      },
    },
  };
}

/** The same as clients are told it (SLSA 0.2). */
export function provenanceForClients(request: ProvenanceRequest): object {
  const { mode, dockerfile, startedNs, finishedNs, builderId, invocation } = request;
  return {
    builder: { id: builderId },
    buildType: 'https://mobyproject.org/buildkit@v1',
    ...given('materials', materialsOf(request)),
    invocation: {
      configSource: { entryPoint: dockerfile },
      parameters: parametersOf(request),
      environment: { dockerfileVersion: DOCKERFILE_VERSION, platform: formatPlatform(HOST_PLATFORM) },
    },
    ...(mode === 'max' ? { buildConfig: buildConfig(request) } : {}),
    metadata: {
      buildInvocationID: invocation,
      buildStartedOn: rfc3339Nano(startedNs),
      buildFinishedOn: rfc3339Nano(finishedNs),
      completeness: { parameters: isWhole(request), environment: true, materials: false },
      reproducible: false,
      ...(mode === 'max' ? { 'https://mobyproject.org/buildkit@v1#metadata': sourceMetadata(request) } : {}),
    },
  };
}

/** Whether it tells all that was asked for: a short one leaves arguments and labels out. */
const isWhole = ({ mode, buildArgs, labels }: ProvenanceRequest): boolean =>
  mode === 'max' || (buildArgs.size === 0 && Object.keys(labels).length === 0);

function parametersOf({ mode, target, buildArgs, labels, secrets }: ProvenanceRequest): {
  readonly [name: string]: unknown;
  readonly args?: object;
} {
  const isMax = mode === 'max';
  const own = isMax
    ? [
        ...[...buildArgs].map(([key, value]) => [`build-arg:${key}`, value]),
        ...Object.entries(labels).map(([key, value]) => [`label:${key}`, value]),
      ]
    : [];
  const args = Object.fromEntries([...(target === '' ? [] : [['target', target]]), ...own]) as Record<string, string>;
  return {
    frontend: 'dockerfile.v0',
    ...(Object.keys(args).length > 0 ? { args } : {}),
    ...(isMax && secrets.length > 0 ? { secrets: secrets.map((id) => ({ id, optional: true })) } : {}),
    locals: [{ name: 'context' }, { name: 'dockerfile' }],
    compatibilityVersion: COMPATIBILITY,
  };
}

function buildConfig({ vertices, platform }: ProvenanceRequest): object {
  const index = new Map(vertices.map(({ digest }, i) => [digest, i]));
  return {
    llbDefinition: vertices.map(({ operation, inputs }, i) => ({
      id: `step${i}`,
      op: { Op: operation, platform: { OS: platform.os, Architecture: platform.architecture } },
      inputs: inputs.map(({ digest }: { digest: Digest }) => `step${index.get(digest) ?? 0}:0`),
    })),
    digestMapping: Object.fromEntries(vertices.map(({ digest }, i) => [digest, `step${i}`])),
  };
}

const sourceMetadata = ({ dockerfile, dockerfileText, vertices }: ProvenanceRequest): object => ({
  source: {
    locations: Object.fromEntries(
      vertices.flatMap(({ lines }, i) =>
        lines ? [[`step${i}`, { locations: [{ ranges: [{ start: { line: lines.start }, end: { line: lines.end } }] }] }]] : [],
      ),
    ),
    infos: [{ filename: dockerfile, language: 'Dockerfile', data: dockerfileText }],
  },
});
