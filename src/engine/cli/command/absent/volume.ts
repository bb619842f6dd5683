/** Commands that are known, with their flags and help, but do nothing yet. */
import { bool, filter, list, map, string } from '../../flags/index.ts';
import { anyArgs, command, type Command } from '../command.ts';
import { absent } from '../not-yet.ts';
import { FORMAT_INSPECT, FORMAT_TABLE } from '../texts.ts';

export const COMMANDS: readonly Command[] = [
  command({
    names: ['volume update'],
    summary: 'Update a volume (cluster volumes only)',
    usage: '[OPTIONS] [VOLUME]',
    args: anyArgs,
    flags: {},
    run: absent,
  }),
  command({
    names: ['volume create'],
    summary: 'Create a volume',
    usage: '[OPTIONS] [VOLUME]',
    args: anyArgs,
    flags: {
        driver: string('Specify volume driver name', { short: 'd', initial: 'local' }),
        label: list('Set metadata for a volume'),
        opt: map('Set driver specific options', { short: 'o' }),
      },
    run: absent,
  }),
  command({
    names: ['volume inspect'],
    summary: 'Display detailed information on one or more volumes',
    usage: '[OPTIONS] VOLUME [VOLUME...]',
    args: anyArgs,
    flags: {
        format: string(FORMAT_INSPECT, { short: 'f' }),
      },
    run: absent,
  }),
  command({
    names: ['volume ls', 'volume list'],
    summary: 'List volumes',
    usage: '[OPTIONS]',
    args: anyArgs,
    flags: {
        filter: filter('Provide filter values (e.g. "dangling=true")', { short: 'f' }),
        format: string(FORMAT_TABLE),
        quiet: bool('Only display volume names', { short: 'q' }),
      },
    run: absent,
  }),
  command({
    names: ['volume prune'],
    summary: 'Remove unused local volumes',
    usage: '[OPTIONS]',
    args: anyArgs,
    flags: {
        all: bool('Remove all unused volumes, not just anonymous ones', { short: 'a' }),
        filter: filter('Provide filter values (e.g. "label=<label>")'),
        force: bool('Do not prompt for confirmation', { short: 'f' }),
      },
    run: absent,
  }),
  command({
    names: ['volume rm', 'volume remove'],
    summary: 'Remove one or more volumes. You cannot remove a volume that is in use by a container.',
    usage: '[OPTIONS] VOLUME [VOLUME...]',
    args: anyArgs,
    flags: {
        force: bool('Force the removal of one or more volumes', { short: 'f' }),
      },
    run: absent,
  }),
];
