/** What a build was asked to be: the query of POST /build, and the session that goes with it. */
import type { BuildOutput } from '../../api-types/build-session.ts';
import { jsonFault } from '../../api-types/go-json.ts';
import type { Platform } from '../../oci/manifest.ts';
import { formatPlatform } from '../../oci/platform.ts';
import { canonicalName, InvalidReference, parseReference, withDefaultTag } from '../../oci/reference.ts';
import { invalid } from '../errors.ts';
import { HOST_PLATFORM } from '../images/image.ts';
import { readPlatform } from '../images/requests.ts';
import type { Session } from './sessions.ts';

export interface BuildRequest {
  readonly names: readonly string[];
  readonly dockerfile: string;
  readonly target: string;
  readonly buildArgs: ReadonlyMap<string, string>;
  readonly labels: Readonly<Record<string, string>>;
  readonly noCache: boolean;
  readonly pull: boolean;
  readonly networkMode: string;
  /** None: the host's. */
  readonly platforms: readonly Platform[];
  readonly extraHosts: readonly string[];
  readonly shmSizeBytes: number;
  readonly cgroupParent: string;
  readonly ulimits: readonly string[];
  readonly outputs: readonly BuildOutput[];
  /** A URL in the context's place. */
  readonly remote: string;
  readonly session: Session | undefined;
}

const isTrue = (text: string | null): boolean => text !== null && !['', '0', 'no', 'false', 'none'].includes(text.trim().toLowerCase());

const JSON_PARAMETERS: Readonly<Record<string, string>> = { buildargs: 'build args' };

function json(query: URLSearchParams, name: string): unknown {
  const text = query.get(name);
  if (text === null || text === '') return undefined;
  const fault = jsonFault(text, 'all');
  if (fault !== null) throw invalid(`error reading ${JSON_PARAMETERS[name] ?? name}: ${fault}`);
  return JSON.parse(text) as unknown;
}

const strings = (value: unknown): Readonly<Record<string, string | null>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).filter(([, one]) => typeof one === 'string' || one === null))
    : {};

/** `localhost:5000/app` as the image store knows it. Throws DockerError. */
function nameOf(text: string): string {
  try {
    return canonicalName(withDefaultTag(parseReference(text)));
  } catch (error) {
    if (error instanceof InvalidReference) throw invalid(`invalid reference format: ${error.message}`);
    throw error;
  }
}

/** Throws DockerError. */
export function readRequest(query: URLSearchParams, session: Session | undefined): BuildRequest {
  const asked = session?.request;
  const args = strings(json(query, 'buildargs'));
  const labels = strings(json(query, 'labels'));
  const hosts = query.getAll('extrahosts').flatMap((text) => text.split(','));
  return {
    names: query
      .getAll('t')
      .filter((name) => name !== '')
      .map(nameOf),
    dockerfile: query.get('dockerfile') || 'Dockerfile',
    target: query.get('target') ?? '',
    buildArgs: new Map(Object.entries(args).flatMap(([key, value]): [string, string][] => (value === null ? [] : [[key, value]]))),
    labels: Object.fromEntries(Object.entries(labels).map(([key, value]) => [key, value ?? ''])),
    noCache: isTrue(query.get('nocache')),
    pull: isTrue(query.get('pull')),
    networkMode: asked?.Network ?? query.get('networkmode') ?? '',
    platforms: platformsIn(query.get('platform')),
    extraHosts: asked?.AddHosts ?? hosts.filter((text) => text !== ''),
    shmSizeBytes: asked?.ShmSize ?? Number(query.get('shmsize') ?? 0),
    cgroupParent: asked?.CgroupParent ?? query.get('cgroupparent') ?? '',
    ulimits: asked?.Ulimits ?? [],
    outputs: asked?.Outputs ?? outputsOf(json(query, 'outputs')),
    remote: query.get('remote') ?? '',
    session,
  };
}

/** `linux/amd64,linux/arm64`, or one as JSON. Throws DockerError. */
function platformsIn(text: string | null): readonly Platform[] {
  const words = text === null || text.startsWith('{') ? [text] : text.split(',');
  return words.map((word) => readPlatform(word === 'local' ? formatPlatform(HOST_PLATFORM) : word)).filter((one) => one !== undefined);
}

function outputsOf(value: unknown): readonly BuildOutput[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((one: unknown) => {
    const { Type = '', Attrs = {} } = (typeof one === 'object' && one !== null ? one : {}) as { Type?: unknown; Attrs?: unknown };
    return typeof Type === 'string'
      ? [{ Type, Attrs: Object.fromEntries(Object.entries(strings(Attrs)).map(([k, v]) => [k, v ?? ''])) }]
      : [];
  });
}
