/** Commands that are known, with their flags and help, but do nothing yet. */
import { bool, filter, list, string } from '../../flags/index.ts';
import { anyArgs, type Command, command } from '../command.ts';
import { absent } from '../not-yet.ts';
import { FORMAT_INSPECT, FORMAT_TABLE } from '../texts.ts';

export const COMMANDS: readonly Command[] = [
  command({
    names: ['config create'],
    summary: 'Create a config from a file or STDIN',
    usage: '[OPTIONS] CONFIG file|-',
    args: anyArgs,
    flags: {
      label: list('Config labels', { short: 'l' }),
      'template-driver': string('Template driver'),
    },
    run: absent,
  }),
  command({
    names: ['config inspect'],
    summary: 'Display detailed information on one or more configs',
    usage: '[OPTIONS] CONFIG [CONFIG...]',
    args: anyArgs,
    flags: {
      format: string(FORMAT_INSPECT, { short: 'f' }),
      pretty: bool('Print the information in a human friendly format'),
    },
    run: absent,
  }),
  command({
    names: ['config ls', 'config list'],
    summary: 'List configs',
    usage: '[OPTIONS]',
    args: anyArgs,
    flags: {
      filter: filter('Filter output based on conditions provided', { short: 'f' }),
      format: string(FORMAT_TABLE),
      quiet: bool('Only display IDs', { short: 'q' }),
    },
    run: absent,
  }),
  command({
    names: ['config rm', 'config remove'],
    summary: 'Remove one or more configs',
    usage: 'CONFIG [CONFIG...]',
    args: anyArgs,
    flags: {},
    run: absent,
  }),
];
