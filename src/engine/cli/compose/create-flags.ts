/** Flags that `up` and `create` share, and what they say about making containers. */
import { CliError } from '../errors.ts';
import { bool, type FlagValues, list, string } from '../flags/index.ts';
import type { ComposeContext } from './command.ts';
import type { Create } from './engine/create.ts';
import { noService } from './project/errors.ts';
import type { Project } from './project/types.ts';

export const CREATE_FLAGS = {
  build: bool('Build images before starting containers'),
  'force-recreate': bool("Recreate containers even if their configuration and image haven't changed"),
  'no-build': bool("Don't build an image, even if it's policy"),
  'no-recreate': bool("If containers already exist, don't recreate them. Incompatible with --force-recreate."),
  pull: string('Pull image before running ("always"|"missing"|"never"|"build")', { initial: 'policy' }),
  'quiet-pull': bool('Pull without printing progress information'),
  'remove-orphans': bool('Remove containers for services not defined in the Compose file'),
  scale: list('Scale SERVICE to NUM instances. Overrides the scale setting in the Compose file if present.', { type: 'scale' }),
  yes: bool('Assume "yes" as answer to all prompts and run non-interactively', { short: 'y' }),
};
export type CreateFlags = FlagValues<typeof CREATE_FLAGS>;

export function checkCreateFlags(flags: CreateFlags): void {
  checkBuildFlags(flags);
  checkRecreateFlags(flags);
}

export function checkRecreateFlags(flags: CreateFlags): void {
  if (flags['force-recreate'] && flags['no-recreate']) throw new CliError('--force-recreate and --no-recreate are incompatible');
  if (!['policy', 'always', 'missing', 'never', 'build', 'if_not_present'].includes(flags.pull))
    throw new CliError(`invalid --pull option ${JSON.stringify(flags.pull)}`);
}

export function checkBuildFlags(flags: CreateFlags): void {
  if (flags.build && flags['no-build']) throw new CliError('--build and --no-build are incompatible');
}

/** `--pull` and `--scale` on the project. */
export function applyCreateFlags(project: Project, flags: Pick<CreateFlags, 'pull' | 'scale'>): Project {
  const policy = flags.pull === 'policy' ? {} : { pull_policy: flags.pull };
  return scaled(
    {
      ...project,
      services: Object.fromEntries(Object.entries(project.services).map(([name, service]) => [name, { ...service, ...policy }])),
    },
    flags.scale,
  );
}

/** `web=2`. */
export function scaled(project: Project, scales: readonly string[]): Project {
  const services = { ...project.services };
  for (const text of scales) {
    const [name = '', count = ''] = text.split('=');
    if (!text.includes('=') || name === '') throw new CliError(`invalid --scale option ${JSON.stringify(text)}. Should be SERVICE=NUM`);
    if (!/^\d+$/.test(count)) throw new CliError(`strconv.Atoi: parsing ${JSON.stringify(count)}: invalid syntax`);
    const service = services[name];
    if (service === undefined) throw new CliError(`${noService(name).message}: not found`);
    const { deploy } = service;
    services[name] = {
      ...service,
      scale: Number(count),
      ...(deploy === undefined ? {} : { deploy: { ...deploy, replicas: Number(count) } }),
    };
  }
  return { ...project, services };
}

export function createOptions(context: ComposeContext<CreateFlags>, services: readonly string[]): Create {
  const { flags, io } = context;
  const truth = (name: string) => /^(1|true)$/i.test(io.env.get(name) ?? '');
  const recreate = flags['force-recreate'] ? 'force' : flags['no-recreate'] ? 'never' : 'diverged';
  return {
    services,
    recreate,
    recreateDependencies: flags['no-recreate'] ? 'never' : services.length === 0 ? recreate : 'diverged',
    inherit: true,
    quietPull: flags['quiet-pull'],
    build: flags['no-build'] ? 'never' : flags.build ? 'always' : 'missing',
    quietBuild: false,
    removeOrphans: flags['remove-orphans'] || truth('COMPOSE_REMOVE_ORPHANS'),
    ignoreOrphans: truth('COMPOSE_IGNORE_ORPHANS'),
    yes: flags.yes,
  };
}
