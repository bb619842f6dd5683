/** How an image came to be, as a signed statement would say it: SLSA provenance. Upstream: buildkit solver/llbsolver/provenance. */

import type { Digest } from '../../../oci/digest.ts';
import type { Platform } from '../../../oci/manifest.ts';
import { formatPlatform } from '../../../oci/platform.ts';
import { familiarRepository } from '../../../oci/reference.ts';
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

export const PREDICATE = 'https://slsa.dev/provenance/v0.2';
export const DOCKERFILE_VERSION = '1.26.0';
const COMPATIBILITY = 30;

/** `pkg:docker/busybox@1.35?platform=linux%2Famd64`. */
export function packageUrl({ reference, platform }: { readonly reference: SourceImage['reference']; readonly platform: Platform }): string {
  const name = familiarRepository(reference).split('/').map(encodeURIComponent).join('/');
  const version = reference.tag ?? reference.digest ?? 'latest';
  return `pkg:docker/${name}@${encodeURIComponent(version)}?platform=${encodeURIComponent(formatPlatform(platform))}`;
}

export const materialsOf = ({ sources, platform }: Pick<ProvenanceRequest, 'sources' | 'platform'>): readonly object[] =>
  sources.map(({ reference, digest }) => ({ uri: packageUrl({ reference, platform }), digest: { sha256: digest.slice(7) } }));

/** The predicate. */
export function provenance(request: ProvenanceRequest): object {
  const { mode, platform, dockerfile, startedNs, finishedNs, builderId, invocation } = request;
  return {
    builder: { id: builderId },
    buildType: 'https://mobyproject.org/buildkit@v1',
    materials: materialsOf(request),
    invocation: {
      configSource: { entryPoint: dockerfile },
      parameters: parametersOf(request),
      environment: { dockerfileVersion: DOCKERFILE_VERSION, platform: formatPlatform(platform) },
    },
    ...(mode === 'max' ? { buildConfig: buildConfig(request) } : {}),
    metadata: {
      buildInvocationID: invocation,
      buildStartedOn: rfc3339Nano(startedNs),
      buildFinishedOn: rfc3339Nano(finishedNs),
      completeness: { parameters: mode === 'max', environment: true, materials: false },
      reproducible: false,
      ...(mode === 'max' ? { 'https://mobyproject.org/buildkit@v1#metadata': sourceMetadata(request) } : {}),
    },
  };
}

function parametersOf({ mode, target, buildArgs, labels, secrets }: ProvenanceRequest): object {
  const args = Object.fromEntries([
    ...(target === '' ? [] : [['target', target]]),
    ...[...buildArgs].map(([key, value]) => [`build-arg:${key}`, value]),
    ...Object.entries(labels).map(([key, value]) => [`label:${key}`, value]),
  ]) as Record<string, string>;
  const isMax = mode === 'max';
  return {
    frontend: 'dockerfile.v0',
    ...(isMax && Object.keys(args).length > 0 ? { args } : {}),
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
