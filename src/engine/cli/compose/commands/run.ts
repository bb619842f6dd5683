import { atLeast } from '../../command/command.ts';
import { CliError } from '../../errors.ts';
import { bool, type FlagValues, list, string } from '../../flags/index.ts';
import type { Io } from '../../io.ts';
import { absolutePath } from '../../path.ts';
import { type ComposeContext, composeCommand } from '../command.ts';
import { projectContainers } from '../engine/containers.ts';
import { createProject } from '../engine/create.ts';
import { runOneOff } from '../engine/run-one-off.ts';
import { readProject } from '../engine/session.ts';
import { startProject } from '../engine/start.ts';
import { waitFor } from '../engine/wait-for.ts';
import { readDotenv } from '../project/dotenv.ts';
import { readText } from '../project/environment.ts';
import { noService } from '../project/errors.ts';
import { portSpecs } from '../project/ports.ts';
import { withoutUnused, withServices } from '../project/profiles.ts';
import { resolvePath } from '../project/resolve.ts';
import type { Port, Project, Service, ServiceVolume } from '../project/types.ts';
import { volumeSpec } from '../project/volumes.ts';
import { InvalidCommandLine, splitWords } from '../project/words.ts';

const texts = (usage: string, short?: string) => list(usage, { type: 'stringArray', ...(short === undefined ? {} : { short }) });
const FLAGS = {
  build: bool('Build image before starting container'),
  'cap-add': list('Add Linux capabilities'),
  'cap-drop': list('Drop Linux capabilities'),
  detach: bool('Run container in background and print container ID', { short: 'd' }),
  entrypoint: string('Override the entrypoint of the image'),
  env: texts('Set environment variables', 'e'),
  'env-from-file': texts('Set environment variables from file'),
  interactive: bool('Keep STDIN open even if not attached', { short: 'i', initial: true }),
  label: texts('Add or override a label', 'l'),
  name: string('Assign a name to the container'),
  'no-deps': bool("Don't start linked services"),
  'no-tty': bool('Disable pseudo-TTY allocation (default: auto-detected)', { short: 'T', shownDefault: 'true' }),
  publish: texts("Publish a container's port(s) to the host", 'p'),
  pull: string('Pull image before running ("always"|"missing"|"never")', { initial: 'policy' }),
  quiet: bool("Don't print anything to STDOUT", { short: 'q' }),
  'quiet-build': bool('Suppress progress output from the build process'),
  'quiet-pull': bool('Pull without printing progress information'),
  'remove-orphans': bool('Remove containers for services not defined in the Compose file'),
  rm: bool('Automatically remove the container when it exits'),
  'service-ports': bool("Run command with all service's ports enabled and mapped to the host", { short: 'P' }),
  tty: bool('Allocate a pseudo-TTY', { short: 't', initial: true, hidden: true }),
  'use-aliases': bool("Use the service's network useAliases in the network(s) the container connects to"),
  user: string('Run as specified username or uid', { short: 'u' }),
  volume: texts('Bind mount a volume', 'v'),
  workdir: string('Working directory inside the container', { short: 'w' }),
};
export type RunFlags = FlagValues<typeof FLAGS>;

export const run = composeCommand({
  name: 'run',
  summary: 'Run a one-off command on a service',
  usage: '[OPTIONS] SERVICE [COMMAND] [ARGS...]',
  args: atLeast(1),
  interspersed: false,
  flags: FLAGS,
  run: async (given) => {
    const { args, flags } = given;
    const [name = '', ...words] = args;
    if (flags.publish.length > 0 && flags['service-ports']) throw new CliError('--service-ports and --publish are incompatible');
    if (given.changed.has('entrypoint')) entrypointOf(flags.entrypoint);
    const context = flags.quiet ? { ...given, progress: { ...given.progress, on: async () => {} } } : given;
    const whole = await readProject(context, { services: [name] });
    if (whole.services[name] === undefined) throw noService(name);
    const project = withoutUnused(withServices(whole, [name], { alone: flags['no-deps'] }));
    const service = serviceToRun(context, project, { name, words });
    await startDependencies(context, project, name);
    return runOneOff(context, project, service, {
      rm: flags.rm,
      detach: flags.detach,
      name: flags.name,
      aliases: flags['use-aliases'],
      quietPull: flags['quiet-pull'],
      quietBuild: flags['quiet-build'] || flags.quiet,
      build: flags.build,
    });
  },
});

/** What the service depends on is made and started, in the service's own networks. */
async function startDependencies(context: ComposeContext<RunFlags>, project: Project, name: string): Promise<void> {
  const { flags, io, client, progress } = context;
  const { [name]: service, ...others } = project.services;
  const dependencies: Project = {
    ...project,
    services: others,
    disabled: { ...project.disabled, ...(service === undefined ? {} : { [name]: service }) },
  };
  const how = { services: [], recreate: 'diverged', recreateDependencies: 'diverged', inherit: true, build: 'missing' } as const;
  const ignoreOrphans = /^(1|true)$/i.test(io.env.get('COMPOSE_IGNORE_ORPHANS') ?? '');
  await progress.during(
    'run',
    async () => {
      await createProject(context, dependencies, {
        ...how,
        quietPull: flags['quiet-pull'],
        quietBuild: flags['quiet-build'],
        removeOrphans: flags['remove-orphans'],
        ignoreOrphans,
        yes: false,
      });
      if (Object.keys(others).length > 0) await startProject(context, dependencies);
    },
    { detached: flags.detach },
  );
  if (flags['no-deps']) return;
  const containers = await projectContainers(client, project.name, {});
  await waitFor(context, service?.depends_on ?? {}, { project, dependent: name, containers });
}

function serviceToRun(
  { flags, changed, io, out }: ComposeContext<RunFlags>,
  project: Project,
  { name, words }: { name: string; words: readonly string[] },
): Service {
  const { container_name: _, restart: _r, ports, healthcheck: _h, ...service } = project.services[name] as Service;
  const terminal = out.isTerminal && io.stdin.isTerminal;
  const tty = changed.has('no-tty') ? !flags['no-tty'] : changed.has('tty') ? flags.tty : terminal;
  const own = { ...service, ...(_h === undefined ? {} : { healthcheck: _h }) };
  const entrypoint = changed.has('entrypoint')
    ? { entrypoint: entrypointOf(flags.entrypoint), ...(words.length === 0 ? { command: [] } : {}) }
    : {};
  const added = flags.env.map(
    (text) => [text.split('=')[0] ?? '', text.includes('=') ? text.slice(text.indexOf('=') + 1) : project.environment.get(text)] as const,
  );
  const typed = Object.fromEntries(added.filter(([, value]) => value !== undefined)) as Readonly<Record<string, string>>;
  const environment = { ...fromFiles(io, flags['env-from-file'], typed), ...typed };
  const labels = Object.fromEntries(flags.label.map((text) => [text.split('=')[0] ?? '', text.split(/=(.*)/s)[1] ?? '']));
  const shownPorts = flags['service-ports']
    ? (ports ?? [])
    : flags.publish.flatMap((spec) => portSpecs(spec) as unknown as readonly Port[]);
  const volumes = flags.volume.map((spec) =>
    volumeOf(volumeSpec(spec) as unknown as ServiceVolume, (path) => resolvePath(io, io.cwd, path)),
  );
  return {
    ...own,
    ...entrypoint,
    ...(words.length === 0 ? {} : { command: words }),
    ...(flags.user === '' ? {} : { user: flags.user }),
    ...(flags.workdir === '' ? {} : { working_dir: flags.workdir }),
    environment: { ...service.environment, ...environment },
    labels: { ...service.labels, ...labels },
    ports: shownPorts,
    volumes: [...(service.volumes ?? []), ...volumes],
    cap_add: [...(service.cap_add ?? []).filter((cap) => !flags['cap-drop'].includes(cap)), ...flags['cap-add']],
    cap_drop: [...(service.cap_drop ?? []).filter((cap) => !flags['cap-add'].includes(cap)), ...flags['cap-drop']],
    ...(flags.pull === 'policy' ? {} : { pull_policy: flags.pull }),
    tty: tty && !flags.detach,
    stdin_open: flags.interactive && !flags.detach,
    scale: 1,
  };
}

/** What files say that was not typed; later files say less. */
function fromFiles(io: Io, files: readonly string[], typed: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const all = new Map(Object.entries(typed));
  for (const file of files) {
    const lookup = (name: string) => all.get(name);
    for (const [name, value] of readDotenv(readText(io, absolutePath(io.cwd, file), file), file, { lookup, unset: () => {} }))
      if (!all.has(name)) all.set(name, value);
  }
  return Object.fromEntries(all);
}

function entrypointOf(text: string): readonly string[] {
  try {
    return splitWords(text);
  } catch (error) {
    throw error instanceof InvalidCommandLine ? new CliError(error.message) : error;
  }
}

const volumeOf = (volume: ServiceVolume, absolute: (path: string) => string): ServiceVolume =>
  volume.type === 'bind' ? { ...volume, source: absolute(volume.source ?? '') } : volume;
