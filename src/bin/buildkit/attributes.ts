/**
 * A build as a client describes it, in attributes of the Dockerfile's frontend, as the engine is asked for it. Upstream: moby/buildkit
 * frontend/dockerui, and docker/buildx build/opt.go, which writes them.
 */
import type { BuildSessionRequest } from '../../engine/api-types/build-session.ts';
import type { Query } from '../../engine/cli/client/http.ts';
import { Code, GrpcError } from './grpc/status.ts';
import type { CacheEntry, Exporter, SolveRequest } from './messages/control.ts';
import { recordOf } from './messages/message.ts';

export type Attributes = Readonly<Record<string, string>>;

/** Where the files of a build come from. */
export interface Sources {
  readonly filename: string;
  /** The local directory with the Dockerfile; undefined if it lies in the context. */
  readonly dockerfileDirectory: string | undefined;
  /** A local directory by its name, something that the client uploads, or what the engine fetches. */
  readonly context:
    | { readonly kind: 'local'; readonly name: string }
    | { readonly kind: 'upload'; readonly url: string }
    | { readonly kind: 'remote'; readonly url: string };
  /** Local directories by the contexts' names. */
  readonly named: ReadonlyMap<string, string>;
}

const UPLOAD = 'http://buildkit-session/';

export function sourcesOf(attrs: Attributes): Sources {
  const { context, contextkey = 'context', dockerfilekey } = attrs;
  const isLocal = context === undefined;
  return {
    filename: attrs.filename || 'Dockerfile',
    dockerfileDirectory: dockerfilekey ?? (isLocal ? 'dockerfile' : undefined),
    context: isLocal ? { kind: 'local', name: contextkey } : { kind: context.startsWith(UPLOAD) ? 'upload' : 'remote', url: context },
    named: new Map(
      [...prefixed(attrs, 'context:')].flatMap(([name, value]) =>
        value.startsWith('local:') ? [[name, value.slice('local:'.length)]] : [],
      ),
    ),
  };
}

function* prefixed(attrs: Attributes, prefix: string): Generator<readonly [string, string]> {
  for (const [name, value] of Object.entries(attrs)) if (name.startsWith(prefix)) yield [name.slice(prefix.length), value];
}

const json = (pairs: Iterable<readonly [string, string]>): string | undefined => {
  const record = Object.fromEntries(pairs);
  return Object.keys(record).length === 0 ? undefined : JSON.stringify(record);
};

/** What limits RUN's containers; the attributes are called as the parameters are. Upstream: buildx addResourceLimits. */
const LIMITS = ['memory', 'memswap', 'cpushares', 'cpuperiod', 'cpuquota', 'cpusetcpus', 'cpusetmems'];

/** The query of `POST /build`. `names` are the image's. */
export function queryOf(attrs: Attributes, names: readonly string[]): Query {
  const { context } = sourcesOf(attrs);
  return {
    ...Object.fromEntries(LIMITS.map((name) => [name, attrs[name]])),
    version: '2',
    t: names,
    remote: context.kind === 'remote' ? context.url : undefined,
    dockerfile: attrs.filename,
    target: attrs.target,
    buildargs: json(prefixed(attrs, 'build-arg:')),
    labels: json(prefixed(attrs, 'label:')),
    nocache: attrs['no-cache'] === undefined ? undefined : '1',
    pull: attrs['image-resolve-mode'] === 'pull' ? '1' : undefined,
    platform: attrs.platform,
  };
}

const commas = (text: string | undefined): readonly string[] => (text === undefined || text === '' ? [] : text.split(','));

/** What goes into the engine's own session, except for what the client has to be asked for. */
export function sessionOf(attrs: Attributes, request: SolveRequest): BuildSessionRequest {
  refuse(request);
  const outputs = request.exporters.map(({ type, attrs: own }) => ({ Type: type, Attrs: recordOf(own) }));
  const size = Number(attrs['shm-size'] ?? 0);
  return {
    Ref: request.ref,
    Call: attrs.requestid?.replace(/^frontend\./, '') ?? 'build',
    NoCacheFilter: commas(attrs['no-cache']),
    Outputs: outputs,
    Attests: { provenance: null, ...Object.fromEntries(prefixed(attrs, 'attest:')) },
    Contexts: Object.fromEntries(
      [...prefixed(attrs, 'context:')].map(([name, value]) => [name, value.startsWith('local:') ? 'local' : value]),
    ),
    CacheFrom: (request.cache?.imports ?? []).map(cacheOf),
    CacheTo: (request.cache?.exports ?? []).map(cacheOf),
    Ulimits: commas(attrs.ulimit),
    AddHosts: commas(attrs['add-hosts']).map((entry) => entry.replace('=', ':')),
    Entitlements: request.entitlements,
    Platforms: commas(attrs.platform),
    ...(attrs['cgroup-parent'] === undefined ? {} : { CgroupParent: attrs['cgroup-parent'] }),
    ...(size > 0 ? { ShmSize: size } : {}),
    ...(attrs['force-network-mode'] === undefined ? {} : { Network: attrs['force-network-mode'] }),
  };
}

const cacheOf = ({ type, attrs }: CacheEntry): Readonly<Record<string, string>> => ({ type, ...recordOf(attrs) });

/** Says so of what a client may ask for and there is not. */
function refuse({ exporters, proxyNetwork, cache }: SolveRequest): void {
  if ([...(cache?.exports ?? []), ...(cache?.imports ?? [])].some(({ type }) => type === 'local'))
    throw new GrpcError(Code.unknown, 'a cache in a directory of the client (type=local) is not supported');
  if (proxyNetwork) throw new GrpcError(Code.unknown, 'the network proxy of policies is not supported');
  const isUnpacked = ({ type, attrs }: Exporter): boolean =>
    ['oci', 'docker'].includes(type) && ['false', '0'].includes(recordOf(attrs).tar ?? '');
  const unpacked = exporters.find(isUnpacked);
  if (unpacked) throw new GrpcError(Code.unknown, `exporting type=${unpacked.type} into a directory is not supported: leave out tar=false`);
}

/** The image's names, which each output repeats. */
export const namesOf = ({ exporters }: SolveRequest): readonly string[] =>
  exporters.map(({ attrs }) => commas(recordOf(attrs).name)).find((names) => names.length > 0) ?? [];

/**
 * Registries that a build may speak to: those of its images, its names and its caches. An image's name can be put together from
 * arguments, so their values count too.
 */
export function registriesOf(texts: readonly string[]): readonly string[] {
  const hosts = texts.flatMap((text) =>
    [...text.matchAll(/(?<![\w.-])((?:[\w-]+\.)+[\w-]+(?::\d+)?|localhost(?::\d+)?|[\w-]+:\d+)\//g)].map(([, host = '']) => host),
  );
  return ['docker.io', ...new Set(hosts)];
}

/** The parts of a Dockerfile that name images. */
export const imageWords = (dockerfile: string): readonly string[] =>
  dockerfile.match(/^\s*(?:FROM|ARG)\b.*|^#\s*syntax\s*=.*|\bfrom=\S+/gim) ?? [];
