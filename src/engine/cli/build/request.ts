/** A build as the engine is asked for it: the query of `POST /build`, and what goes into the session beside it. */

import type { BuildSessionRequest } from '../../api-types/build-session.ts';
import { encodeBase64 } from '../../http/base64.ts';
import type { Query } from '../client/http.ts';
import { authOf, type ConfigFile } from '../config/config-file.ts';
import { absolutePath } from '../path.ts';
import { encodeText } from '../text.ts';
import type { BuildContext } from './context/source.ts';
import type { Output } from './options/outputs.ts';
import type { Call } from './options/small-options.ts';
import type { SshAgent } from './options/ssh.ts';

type Texts = Readonly<Record<string, string>>;

/** All that a command line says about a build, checked. */
export interface BuildOptions {
  readonly contextPath: string;
  readonly dockerfile: string;
  readonly buildArgs: Texts;
  readonly labels: Texts;
  readonly tags: readonly string[];
  readonly target: string;
  readonly secrets: Texts;
  readonly ssh: readonly SshAgent[];
  readonly noCache: boolean;
  readonly noCacheFilter: readonly string[];
  readonly pull: boolean;
  readonly network: string;
  readonly extraHosts: readonly string[];
  readonly shmSizeBytes: number;
  readonly ulimits: readonly string[];
  readonly cgroupParent: string;
  readonly platforms: readonly string[];
  readonly outputs: readonly Output[];
  readonly attests: Readonly<Record<string, string | null>>;
  readonly annotations: Texts;
  readonly cacheFrom: readonly Texts[];
  readonly cacheTo: readonly Texts[];
  readonly contexts: Texts;
  readonly entitlements: readonly string[];
  readonly resources: Query;
  readonly call?: Call;
}

const json = (value: Texts | readonly unknown[]): string | undefined =>
  Object.keys(value).length === 0 ? undefined : JSON.stringify(value);
const one = (is: boolean): string | undefined => (is ? '1' : undefined);
const text = (value: string): string | undefined => (value === '' ? undefined : value);

/** What every engine understands. */
export function buildQuery(options: BuildOptions, context: BuildContext): Query {
  return {
    ...options.resources,
    version: '2',
    t: options.tags,
    remote: context.url,
    target: text(options.target),
    buildargs: json(options.buildArgs),
    labels: json(options.labels),
    nocache: one(options.noCache),
    pull: one(options.pull),
    networkmode: text(options.network),
    platform: text(options.platforms.join(',')),
    extrahosts: text(options.extraHosts.join(',')),
    shmsize: options.shmSizeBytes === 0 ? undefined : String(options.shmSizeBytes),
    cgroupparent: text(options.cgroupParent),
    outputs: json(options.outputs.map(({ type, attrs }) => ({ Type: type, Attrs: attrs }))),
  };
}

/** Accounts as the header X-Registry-Config has them. */
export function registryConfig(config: ConfigFile): string {
  const servers = Object.keys(config.data.auths ?? {});
  const accounts = Object.fromEntries(servers.map((server) => [server, authOf(config, server)]));
  return encodeBase64(encodeText(JSON.stringify(accounts)), { url: true });
}

/** What needs a session. */
export function sessionRequest(
  options: BuildOptions,
  context: BuildContext,
  { config, cwd }: { readonly config: ConfigFile; readonly cwd: string },
): BuildSessionRequest & { readonly BuildName: string; readonly DockerfileName: string } {
  const contexts = Object.entries(options.contexts).map(([name, value]) => [name, isLocal(value) ? 'local' : value] as const);
  return {
    ...(context.dockerfile === undefined ? {} : { Dockerfile: context.dockerfile }),
    ...(context.kind === 'nothing' ? { NoSources: true } : {}),
    ...(context.ignoreFile === undefined ? {} : { Dockerignore: context.ignoreFile }),
    Secrets: options.secrets,
    Ssh: options.ssh.map(({ id }) => id),
    NoCacheFilter: options.noCacheFilter,
    Call: options.call?.name ?? 'build',
    Outputs: options.outputs.map(({ type, attrs }) => ({ Type: type, Attrs: attrs })),
    Attests: options.attests,
    Annotations: options.annotations,
    Contexts: Object.fromEntries(contexts),
    CacheFrom: options.cacheFrom,
    CacheTo: options.cacheTo,
    Ulimits: options.ulimits,
    AddHosts: options.extraHosts,
    CgroupParent: options.cgroupParent,
    ShmSize: options.shmSizeBytes,
    Network: options.network,
    Platforms: options.platforms,
    Entitlements: options.entitlements,
    Auths: Object.fromEntries(Object.keys(config.data.auths ?? {}).map((server) => [server, authOf(config, server)])),
    SharedKey: options.contextPath === '-' ? '-' : lastOf(absolutePath(cwd, options.contextPath)),
    ContextName: options.contextPath,
    BuildName: buildName(options, context, cwd),
    DockerfileName: relativeTo(options, context, cwd),
  };
}

/** A named context that this client has to send. */
export const isLocal = (value: string): boolean => !/^[a-z+-]+:\/\//.test(value) && !value.startsWith('target:');

/** The Dockerfile as history shows it: from the context on, where it lies in there. */
function relativeTo({ contextPath, dockerfile }: BuildOptions, { dockerfileName, kind }: BuildContext, cwd: string): string {
  if (kind !== 'directory' || dockerfile === '' || dockerfile === '-' || contextPath === '-') return dockerfileName;
  const [root, file] = [absolutePath(cwd, contextPath), absolutePath(cwd, dockerfile)];
  return file.startsWith(`${root}/`) ? file.slice(root.length + 1) : file;
}

/** How history calls a build: the directory's last name with the Dockerfile's if it has one of its own, then the target. Upstream: buildx util/history/name.go. */
function buildName({ contextPath, dockerfile, target, buildArgs }: BuildOptions, context: BuildContext, cwd: string): string {
  const own = buildArgs.BUILDKIT_BUILD_NAME ?? '';
  if (own !== '') return own;
  const name = context.url ?? placeName(cwd, contextPath, dockerfile);
  if (target === '') return name;
  return name === '' ? target : `${name} (${target})`;
}

const lastOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

function placeName(cwd: string, contextPath: string, dockerfile: string): string {
  const local = contextPath === '-' ? '' : absolutePath(cwd, contextPath);
  const file = dockerfile === '' || dockerfile === '-' ? '' : absolutePath(cwd, dockerfile).replace(/\/Dockerfile$/, '');
  if (file.startsWith(local) && file.length > local.length) return file.slice(local.lastIndexOf('/') + 1);
  const path = file === '' ? local : file;
  if (file === '' || dockerfile.endsWith('/Dockerfile') || dockerfile === 'Dockerfile') return lastOf(path);
  return `${lastOf(path.slice(0, path.lastIndexOf('/')))}/${lastOf(path)}`;
}
