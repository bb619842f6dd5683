/** Commands that are known, with their flags and help, but do nothing yet. */
import { bool, filter, list, string } from '../../flags/index.ts';
import { anyArgs, type Command, command } from '../command.ts';
import { absent } from '../not-yet.ts';
import { FORMAT_INSPECT, FORMAT_TABLE } from '../texts.ts';

export const COMMANDS: readonly Command[] = [
  command({
    names: ['secret create'],
    summary: 'Create a secret from a file or STDIN as content',
    usage: '[OPTIONS] SECRET [file|-]',
    args: anyArgs,
    flags: {
      driver: string('Secret driver', { short: 'd' }),
      label: list('Secret labels', { short: 'l' }),
      'template-driver': string('Template driver'),
    },
    run: absent,
  }),
  command({
    names: ['secret inspect'],
    summary: 'Display detailed information on one or more secrets',
    usage: '[OPTIONS] SECRET [SECRET...]',
    args: anyArgs,
    flags: {
      format: string(FORMAT_INSPECT, { short: 'f' }),
      pretty: bool('Print the information in a human friendly format'),
    },
    run: absent,
  }),
  command({
    names: ['secret ls', 'secret list'],
    summary: 'List secrets',
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
    names: ['secret rm', 'secret remove'],
    summary: 'Remove one or more secrets',
    usage: 'SECRET [SECRET...]',
    args: anyArgs,
    flags: {},
    run: absent,
  }),
];
