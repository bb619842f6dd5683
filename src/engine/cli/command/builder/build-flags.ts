/** The flags of `docker build`, and what they say about a build. */
import { csvFields } from '../../build/options/csv.ts';
import { finishOutputs, parseOutputs, placeOutputs, withShorthands } from '../../build/options/outputs.ts';
import { parsePlatforms } from '../../build/options/platforms.ts';
import { resourceQuery } from '../../build/options/resources.ts';
import {
  checkNetwork,
  checkTag,
  extraHosts,
  keyValues,
  parseAnnotations,
  parseAttests,
  parseCaches,
  parseCall,
  parseContexts,
  parseSecrets,
  readSecrets,
  shorthandAttest,
} from '../../build/options/small-options.ts';
import { sshAgents } from '../../build/options/ssh.ts';
import type { BuildOptions } from '../../build/request.ts';
import { CliError } from '../../errors.ts';
import { bool, bytes, type FlagValues, list, string, strings } from '../../flags/index.ts';
import { records } from '../../flags/records.ts';
import { parseUlimit } from '../../flags/structured.ts';
import type { Io } from '../../io.ts';
import { BUILDER, PROGRESS } from './plugin-flags.ts';

const texts = (usage: string, short?: string) => list(usage, { type: 'stringArray', ...(short === undefined ? {} : { short }) });
const resource = (name: string) => list(name, { type: 'string', hidden: true });
const hidden = { hidden: true } as const;

export const BUILD_FLAGS = {
  'add-host': strings('Add a custom host-to-IP mapping (format: "host:ip")'),
  allow: texts('Allow extra privileged entitlement (e.g., "network.host", "security.insecure", "device", "buildx.local.delete")'),
  annotation: texts('Add annotation to the image'),
  attest: texts('Attestation parameters (format: "type=sbom,generator=image")'),
  'build-arg': texts('Set build-time variables'),
  'build-context': texts('Additional build contexts (e.g., name=path)'),
  ...BUILDER,
  'cache-from': texts('External cache sources (e.g., "user/app:cache", "type=local,src=path/to/dir")'),
  'cache-to': texts('Cache export destinations (e.g., "user/app:cache", "type=local,dest=path/to/dir")'),
  call: string('Set method for evaluating build ("check", "outline", "targets")', { initial: 'build' }),
  'cgroup-parent': string('Set the parent cgroup for the "RUN" instructions during build'),
  check: bool('Shorthand for "--call=check"'),
  file: string('Name of the Dockerfile (default: "PATH/Dockerfile")', { short: 'f' }),
  iidfile: string('Write the image ID to a file'),
  label: texts('Set metadata for an image'),
  load: bool('Shorthand for "--output=type=docker"'),
  'metadata-file': string('Write build result metadata to a file'),
  network: string('Set the networking mode for the "RUN" instructions during build', { initial: 'default' }),
  'no-cache': bool('Do not use cache when building the image'),
  'no-cache-filter': texts('Do not cache specified stages'),
  output: texts('Output destination (format: "type=local,dest=path")', 'o'),
  platform: texts('Set target platform for build'),
  policy: texts(
    'Policy configuration (format: "filename=path[,filename=path][,reset=true|false][,disabled=true|false][,strict=true|false][,log-level=level]")',
  ),
  progress: PROGRESS('"auto", "none",  "plain", "quiet", "rawjson", "tty"', 'auto'),
  provenance: string('Shorthand for "--attest=type=provenance"'),
  pull: bool('Always attempt to pull all referenced images'),
  push: bool('Shorthand for "--output=type=registry,unpack=false"'),
  quiet: bool('Suppress the build output and print image ID on success', { short: 'q' }),
  resource: texts('Resource limits for build containers (format: "memory=2g", "cpu-quota=50000")'),
  sbom: string('Shorthand for "--attest=type=sbom"'),
  secret: texts('Secret to expose to the build (format: "id=mysecret[,src=/local/secret]")'),
  'shm-size': bytes('Shared memory size for build containers'),
  ssh: texts('SSH agent socket or keys to expose to the build (format: "default|<id>[=<socket>|<key>[,<key>]]")'),
  tag: texts('Image identifier (format: "[registry/]repository[:tag]")', 't'),
  target: string('Set the target build stage to build'),
  ulimit: records('Ulimit options', 'ulimit', parseUlimit, { shownDefault: '[]' }),
  // What the classic builder had: some of it still means something, the rest is only taken.
  memory: { ...resource('Memory limit'), short: 'm' },
  'memory-swap': resource('Swap limit equal to memory plus swap: "-1" to enable unlimited swap'),
  'cpu-shares': { ...resource('CPU shares (relative weight)'), short: 'c' },
  'cpu-period': resource('Limit the CPU CFS (Completely Fair Scheduler) period'),
  'cpu-quota': resource('Limit the CPU CFS (Completely Fair Scheduler) quota'),
  'cpuset-cpus': resource('CPUs in which to allow execution ("0-3", "0,1")'),
  'cpuset-mems': resource('MEMs in which to allow execution ("0-3", "0,1")'),
  compress: bool('Compress the build context using gzip', hidden),
  'force-rm': bool('Always remove intermediate containers', hidden),
  isolation: string('Container isolation technology', hidden),
  rm: bool('Remove intermediate containers after a successful build', { initial: true, hidden: true }),
  'security-opt': strings('Security options', hidden),
  squash: bool('Squash newly built layers into a single new layer', hidden),
};

export type BuildFlags = FlagValues<typeof BUILD_FLAGS>;

const DEFAULT_PROVENANCE = 'mode=min,inline-only=true';
const ENTITLEMENTS = ['network.host', 'security.insecure', 'device'];
const LOCAL_DELETE = 'buildx.local.delete';

/** What is said before a build that uses a flag of old. */
export const FLAG_WARNINGS: Readonly<Record<string, string>> = {
  isolation: 'isolation flag is deprecated with BuildKit.',
  'security-opt': 'security-opt flag is deprecated. "RUN --security=insecure" should be used with BuildKit.',
  squash:
    'experimental flag squash is removed with BuildKit. You should squash inside build using a multi-stage Dockerfile for efficiency.',
};

/** What can be checked before anything is shown. `finish` checks the rest, once the display is there. */
export interface ParsedBuild {
  readonly call: ReturnType<typeof parseCall>;
  readonly finish: () => BuildOptions;
}

/** `git@host:path` and `ssh://…`: what git would use SSH for. */
const isGitOverSsh = (path: string): boolean => /^ssh:\/\//.test(path) || /^[a-zA-Z0-9_.-]+@[a-zA-Z0-9.-]+:/.test(path);

export function parseBuild(io: Io, flags: BuildFlags, contextPath: string): ParsedBuild {
  const buildArgs = keyValues(flags['build-arg'], io.env);
  const epoch = io.env.get('SOURCE_DATE_EPOCH') ?? '';
  const labels = keyValues(flags.label);
  const attests = parseAttests([...flags.attest, shorthandAttest('provenance', flags.provenance), shorthandAttest('sbom', flags.sbom)]);
  const contexts = parseContexts(flags['build-context']);
  const entries = parseOutputs(flags.output);
  if (flags.iidfile !== '' && entries.some(({ type }) => type === 'local' || type === 'tar'))
    throw new CliError('local and tar exporters are incompatible with image ID file');
  const [cacheFrom, cacheTo] = [parseCaches(flags['cache-from']), parseCaches(flags['cache-to'])];
  const secrets = parseSecrets(flags.secret);
  const call = parseCall(flags.check ? 'check' : flags.call);
  const finish = (): BuildOptions => {
    if (flags['no-cache'] && flags['no-cache-filter'].length > 0)
      throw new CliError('--no-cache and --no-cache-filter cannot currently be used together');
    const secretValues = readSecrets(io, secrets);
    // A repository that is reached by SSH wants an agent.
    const ssh = sshAgents(io, flags.ssh.length === 0 && isGitOverSsh(contextPath) ? ['default'] : flags.ssh);
    const outputs = withShorthands(placeOutputs(io, entries), { push: flags.push, load: flags.load });
    const annotations = parseAnnotations(flags.annotation);
    const tags = flags.tag.map(checkTag);
    const platforms = platformsOf(io, flags.platform);
    return {
      contextPath,
      dockerfile: flags.file,
      buildArgs: epoch === '' || buildArgs.SOURCE_DATE_EPOCH !== undefined ? buildArgs : { ...buildArgs, SOURCE_DATE_EPOCH: epoch },
      labels,
      tags,
      target: flags.target,
      secrets: secretValues,
      ssh,
      noCache: flags['no-cache'],
      noCacheFilter: flags['no-cache-filter'].flatMap(csvFields),
      pull: flags.pull,
      network: checkNetwork(flags.network),
      extraHosts: extraHosts(flags['add-host']),
      shmSizeBytes: flags['shm-size'],
      ulimits: flags.ulimit.map(({ Name, Soft, Hard }) => `${Name}=${Soft}:${Hard}`),
      cgroupParent: flags['cgroup-parent'],
      platforms,
      outputs: call === undefined ? finishOutputs(outputs, { tags, platforms }) : [],
      attests: withDefaults(io, attests),
      // They are put on the outputs that are asked for by name; the usual one is none of them.
      annotations: outputs.length === 0 ? {} : annotations,
      cacheFrom,
      cacheTo: buildArgs.BUILDKIT_INLINE_CACHE === '1' ? [...cacheTo, { type: 'inline' }] : cacheTo,
      contexts,
      entitlements: entitlementsOf(flags.allow),
      resources: resourceQuery(flags),
      ...(call === undefined ? {} : { call }),
    };
  };
  return { call, finish };
}

const platformsOf = (io: Io, given: readonly string[]): readonly string[] => {
  const usual = io.env.get('DOCKER_DEFAULT_PLATFORM') ?? '';
  return parsePlatforms(given.length === 0 && usual !== '' ? [usual] : given);
};

/** A little provenance goes with every image, unless one says otherwise. */
function withDefaults(io: Io, attests: Readonly<Record<string, string | null>>): Readonly<Record<string, string | null>> {
  if (attests.provenance !== undefined) return attests;
  const off = /^(1|t|true)$/i.test(io.env.get('BUILDX_NO_DEFAULT_ATTESTATIONS') ?? '');
  return { ...attests, provenance: off ? null : DEFAULT_PROVENANCE };
}

function entitlementsOf(list: readonly string[]): readonly string[] {
  return list
    .filter((text) => text !== '' && text !== LOCAL_DELETE)
    .map((text) => {
      const name = text.split('=')[0] ?? '';
      if (name === LOCAL_DELETE) throw new CliError(`${LOCAL_DELETE} does not accept a value`);
      if (!ENTITLEMENTS.includes(name === 'device' ? name : text)) throw new CliError(`unknown entitlement ${text}`);
      return text;
    });
}
