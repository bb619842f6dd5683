/** Commands that are known, with their flags and help, but do nothing yet. */
import { bool, filter, string } from '../../flags/index.ts';
import { anyArgs, command, type Command } from '../command.ts';
import { absent } from '../not-yet.ts';
import { FORMAT_INSPECT, FORMAT_TABLE } from '../texts.ts';

export const COMMANDS: readonly Command[] = [
  command({
    names: ['system df'],
    summary: 'Show docker disk usage',
    usage: '[OPTIONS]',
    args: anyArgs,
    flags: {
        format: string(FORMAT_TABLE),
        verbose: bool('Show detailed information on space usage', { short: 'v' }),
      },
    run: absent,
  }),
  command({
    names: ['system events', 'events'],
    summary: 'Get real time events from the server',
    usage: '[OPTIONS]',
    args: anyArgs,
    flags: {
        filter: filter('Filter output based on conditions provided', { short: 'f' }),
        format: string(FORMAT_INSPECT),
        since: string('Show all events created since timestamp'),
        until: string('Stream events until this timestamp'),
      },
    run: absent,
  }),
  command({
    names: ['system info', 'info'],
    summary: 'Display system-wide information',
    usage: '[OPTIONS]',
    args: anyArgs,
    flags: {
        format: string(FORMAT_INSPECT, { short: 'f' }),
      },
    run: absent,
  }),
  command({
    names: ['system prune'],
    summary: 'Remove unused data',
    usage: '[OPTIONS]',
    args: anyArgs,
    flags: {
        all: bool('Remove all unused images not just dangling ones', { short: 'a' }),
        filter: filter('Provide filter values (e.g. "label=<key>=<value>")'),
        force: bool('Do not prompt for confirmation', { short: 'f' }),
        volumes: bool('Prune anonymous volumes'),
      },
    run: absent,
  }),
];
