import { bool, int, list, string } from '../flags/index.ts';

/** Flags that stand before the command: `docker compose -f shop.yaml up`. */
export const COMPOSE_FLAGS = {
  'all-resources': bool('Include all resources, even those not used by services'),
  ansi: string('Control when to print ANSI control characters ("never"|"always"|"auto")', { initial: 'auto' }),
  compatibility: bool('Run compose in backward compatibility mode'),
  'dry-run': bool('Execute command in dry run mode'),
  'env-file': list('Specify an alternate environment file', { type: 'stringArray' }),
  file: list('Compose configuration files', { short: 'f', type: 'stringArray' }),
  parallel: int('Control max parallelism, -1 for unlimited', { initial: -1 }),
  profile: list('Specify a profile to enable', { type: 'stringArray' }),
  progress: string('Set type of progress output (auto, tty, plain, json, quiet)'),
  'project-directory': string('Specify an alternate working directory\n(default: the path of the, first specified, Compose file)'),
  'project-name': string('Project name', { short: 'p' }),
  verbose: bool('Show more output', { hidden: true }),
  version: bool('Show the Docker Compose version information', { short: 'v', hidden: true }),
};
