/** Commands that are known, with their flags and help, but do nothing yet. */
import { bool, filter, string, strings } from '../../flags/index.ts';
import { anyArgs, type Command, command } from '../command.ts';
import { absent } from '../not-yet.ts';
import { FORMAT_TABLE } from '../texts.ts';

export const COMMANDS: readonly Command[] = [
  command({
    names: ['stack config'],
    summary: 'Outputs the final config file, after doing merges and interpolations',
    usage: '[OPTIONS]',
    args: anyArgs,
    flags: {
      'compose-file': strings('Path to a Compose file, or "-" to read from stdin', { short: 'c' }),
      'skip-interpolation': bool('Skip interpolation and output only merged config'),
    },
    run: absent,
  }),
  command({
    names: ['stack deploy', 'stack up'],
    summary: 'Deploy a new stack or update an existing stack',
    usage: '[OPTIONS] STACK',
    args: anyArgs,
    flags: {
      'compose-file': strings('Path to a Compose file, or "-" to read from stdin', { short: 'c' }),
      detach: bool('Exit immediately instead of waiting for the stack services to converge', { short: 'd', initial: true }),
      prune: bool('Prune services that are no longer referenced'),
      quiet: bool('Suppress progress output', { short: 'q' }),
      'resolve-image': string('Query the registry to resolve image digest and supported platforms ("always", "changed", "never")', {
        initial: 'always',
      }),
      'with-registry-auth': bool('Send registry authentication details to Swarm agents'),
    },
    run: absent,
  }),
  command({
    names: ['stack ls', 'stack list'],
    summary: 'List stacks',
    usage: '[OPTIONS]',
    args: anyArgs,
    flags: {
      format: string(FORMAT_TABLE),
    },
    run: absent,
  }),
  command({
    names: ['stack ps'],
    summary: 'List the tasks in the stack',
    usage: '[OPTIONS] STACK',
    args: anyArgs,
    flags: {
      filter: filter('Filter output based on conditions provided', { short: 'f' }),
      format: string(FORMAT_TABLE),
      'no-resolve': bool('Do not map IDs to Names'),
      'no-trunc': bool('Do not truncate output'),
      quiet: bool('Only display task IDs', { short: 'q' }),
    },
    run: absent,
  }),
  command({
    names: ['stack rm', 'stack remove', 'stack down'],
    summary: 'Remove one or more stacks',
    usage: '[OPTIONS] STACK [STACK...]',
    args: anyArgs,
    flags: {
      detach: bool('Do not wait for stack removal', { short: 'd', initial: true }),
    },
    run: absent,
  }),
  command({
    names: ['stack services'],
    summary: 'List the services in the stack',
    usage: '[OPTIONS] STACK',
    args: anyArgs,
    flags: {
      filter: filter('Filter output based on conditions provided', { short: 'f' }),
      format: string(FORMAT_TABLE),
      quiet: bool('Only display IDs', { short: 'q' }),
    },
    run: absent,
  }),
];
