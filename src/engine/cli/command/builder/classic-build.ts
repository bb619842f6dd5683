import type { ProgressMessage } from '../../../api-types/index.ts';
import { type PlainContext, plainContext } from '../../build/context/plain.ts';
import { isRepository, loadContext } from '../../build/context/source.ts';
import { keyValues } from '../../build/options/small-options.ts';
import { registryConfig } from '../../build/request.ts';
import { removeIdFile, writeResultFile } from '../../build/results.ts';
import { build } from '../../client/build.ts';
import type { Query } from '../../client/http.ts';
import { eachJsonLine } from '../../client/json-lines.ts';
import { CliError } from '../../errors.ts';
import { bool, bytes, FlagValueError, type FlagValues, int, list, string, strings } from '../../flags/index.ts';
import { records } from '../../flags/records.ts';
import { parseUlimit } from '../../flags/structured.ts';
import { humanSize } from '../../formatter/units.ts';
import { absolutePath } from '../../path.ts';
import { parseReference } from '../../reference.ts';
import { ProgressScreen } from '../../stream/progress.ts';
import { type Command, type Context, command, exactly } from '../command.ts';

const NOTICE = `DEPRECATED: The legacy builder is deprecated and will be removed in a future release.
            BuildKit is currently disabled; enable it by removing the DOCKER_BUILDKIT=0
            environment-variable.
`;

const FLAGS = {
  'add-host': list('Add a custom host-to-IP mapping ("host:ip")'),
  'build-arg': list('Set build-time variables'),
  'cache-from': strings('Images to consider as cache sources'),
  'cgroup-parent': string('Set the parent cgroup for the "RUN" instructions during build'),
  compress: bool('Compress the build context using gzip'),
  'cpu-period': int('Limit the CPU CFS (Completely Fair Scheduler) period'),
  'cpu-quota': int('Limit the CPU CFS (Completely Fair Scheduler) quota'),
  'cpu-shares': int('CPU shares (relative weight)', { short: 'c' }),
  'cpuset-cpus': string('CPUs in which to allow execution (0-3, 0,1)'),
  'cpuset-mems': string('MEMs in which to allow execution (0-3, 0,1)'),
  file: string('Name of the Dockerfile (Default is "PATH/Dockerfile")', { short: 'f' }),
  'force-rm': bool('Always remove intermediate containers'),
  iidfile: string('Write the image ID to the file'),
  isolation: string('Container isolation technology'),
  label: list('Set metadata for an image'),
  memory: bytes('Memory limit', { short: 'm' }),
  'memory-swap': bytes('Swap limit equal to memory plus swap: -1 to enable unlimited swap', { minusOne: true }),
  network: string('Set the networking mode for the RUN instructions during build', { initial: 'default' }),
  'no-cache': bool('Do not use cache when building the image'),
  platform: string('Set platform if server is multi-platform capable'),
  pull: bool('Always attempt to pull a newer version of the image'),
  quiet: bool('Suppress the build output and print image ID on success', { short: 'q' }),
  rm: bool('Remove intermediate containers after a successful build', { initial: true }),
  'security-opt': strings('Security options'),
  'shm-size': bytes('Size of "/dev/shm"'),
  squash: bool('Squash newly built layers into a single new layer', { hidden: true }),
  tag: list('Name and optionally a tag in the "name:tag" format', { short: 't', check: checkTag }),
  target: string('Set the target build stage to build.'),
  ulimit: records('Ulimit options', 'ulimit', parseUlimit, { shownDefault: '[]' }),
};
type Flags = FlagValues<typeof FLAGS>;

function checkTag(tag: string): string {
  try {
    parseReference(tag);
    return tag;
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    throw new FlagValueError(error.message);
  }
}

/** The builder before BuildKit, for which the daemon runs each step in a container that one can see. `asked` is DOCKER_BUILDKIT. */
export function classicBuild(asked: string): Command {
  const isFalse = /^(0|f|F|FALSE|false|False)$/.test(asked);
  return command({
    names: ['image build', 'build', 'builder build'],
    summary: 'Build an image from a Dockerfile',
    usage: '[OPTIONS] PATH | URL | -',
    args: exactly(1),
    complete: 'directories',
    ...(isFalse ? { notice: NOTICE } : {}),
    flags: FLAGS,
    run: async (context) => {
      if (isFalse) return run(context);
      throw new CliError(
        `DOCKER_BUILDKIT environment variable expects boolean value: strconv.ParseBool: parsing ${JSON.stringify(asked)}: invalid syntax`,
      );
    },
  });
}

async function run(context: Context<Flags>): Promise<void> {
  const { io, args, flags, out, err, client, config } = context;
  if (flags.iidfile !== '') removeIdFile(io, flags.iidfile);
  const source = await loadContext(io, { path: args[0] ?? '', dockerfile: flags.file });
  if (source.dockerfile === null) throw noDockerfile(context, source.root ?? '', source.dockerfileName);
  if (flags.squash) throw new CliError('"--squash" is only supported on a Docker daemon with experimental features enabled');
  if (source.url !== undefined && isRepository(source.url))
    throw new CliError('unable to prepare context: unable to find \'git\': exec: "git": executable file not found in $PATH');
  const plain = plainContext(io, source);
  // What a quiet build holds back is shown if it fails; of the daemon's words only the image's id is left then.
  const held = { sending: '', building: '' };
  const say = async (text: string, of: keyof typeof held = 'building') => {
    if (flags.quiet) held[of] += text;
    else await out.text(text);
  };
  const answer = await build(client.http).start({
    query: { ...query(flags, context), dockerfile: plain.dockerfile, remote: source.url },
    headers: [['X-Registry-Config', registryConfig(config)]],
    ...(plain.body === undefined ? {} : { body: withProgress(plain.body, (text) => say(text, 'sending')) }),
  });
  const screen = new ProgressScreen(out);
  let imageId = '';
  let failure: CliError | undefined;
  await eachJsonLine<ProgressMessage>(answer, async (message) => {
    const reason = message.errorDetail?.message ?? message.error;
    if (reason !== undefined) failure = new CliError(reason, message.errorDetail?.code || 1);
    const id = (message.aux as { readonly ID?: string } | undefined)?.ID;
    if (id !== undefined) imageId = id;
    else if (message.stream !== undefined) await say(message.stream);
    else if (message.status !== undefined && !flags.quiet) await screen.show(message);
  });
  if (failure !== undefined) {
    await err.text(held.sending + held.building);
    throw failure;
  }
  if (flags.quiet) await out.text(held.building);
  if (flags.iidfile !== '') writeResultFile(io, flags.iidfile, { text: imageId || held.building, what: 'writing image ID file: ' });
}

function noDockerfile({ io, flags }: Context<Flags>, root: string, name: string): CliError {
  const path = flags.file === '' ? `${root}/${name}` : absolutePath(io.cwd, flags.file);
  return new CliError(
    `unable to prepare context: unable to evaluate symlinks in Dockerfile path: lstat ${path}: no such file or directory`,
  );
}

const PROGRESS_BYTES = 512 * 1024;

/** Tells how much of the context has gone out, now and then and at the end. */
const withProgress =
  (body: NonNullable<PlainContext['body']>, say: (text: string) => Promise<void>): NonNullable<PlainContext['body']> =>
  async (write) => {
    let [sent, told] = [0, 0];
    const tell = () => say(`Sending build context to Docker daemon ${humanSize(sent).padStart(8)}\r`);
    await body(async (bytes) => {
      await write(bytes);
      sent += bytes.length;
      if (sent - told <= PROGRESS_BYTES) return;
      told = sent;
      await tell();
    });
    await tell();
    await say('\r\n');
  };

const json = (value: Readonly<Record<string, unknown>> | readonly unknown[]): string | undefined =>
  Object.keys(value).length === 0 ? undefined : JSON.stringify(value);
const text = (value: string): string | undefined => (value === '' ? undefined : value);
const number = (value: number): string | undefined => (value === 0 ? undefined : String(value));
const one = (value: boolean): string | undefined => (value ? '1' : undefined);

const query = (flags: Flags, { io }: Context<Flags>): Query => ({
  t: flags.tag,
  target: text(flags.target),
  buildargs: json(keyValues(flags['build-arg'], io.env)),
  labels: json(keyValues(flags.label)),
  cachefrom: json(flags['cache-from']),
  cgroupparent: text(flags['cgroup-parent']),
  cpuperiod: number(flags['cpu-period']),
  cpuquota: number(flags['cpu-quota']),
  cpushares: number(flags['cpu-shares']),
  cpusetcpus: text(flags['cpuset-cpus']),
  cpusetmems: text(flags['cpuset-mems']),
  extrahosts: text(flags['add-host'].join(',')),
  forcerm: one(flags['force-rm']),
  memory: number(flags.memory),
  memswap: number(flags['memory-swap']),
  networkmode: text(flags.network),
  nocache: one(flags['no-cache']),
  platform: text(flags.platform),
  pull: one(flags.pull),
  q: one(flags.quiet),
  rm: flags.rm ? '1' : '0',
  shmsize: number(flags['shm-size']),
  ulimits: json(flags.ulimit),
  version: '1',
});
