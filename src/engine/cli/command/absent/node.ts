/** Commands that are known, with their flags and help, but do nothing yet. */
import { bool, filter, list, string } from '../../flags/index.ts';
import { anyArgs, type Command, command } from '../command.ts';
import { absent } from '../not-yet.ts';
import { FORMAT_INSPECT, FORMAT_TABLE } from '../texts.ts';

export const COMMANDS: readonly Command[] = [
  command({
    names: ['node demote'],
    summary: 'Demote one or more nodes from manager in the swarm',
    usage: 'NODE [NODE...]',
    args: anyArgs,
    flags: {},
    run: absent,
  }),
  command({
    names: ['node inspect'],
    summary: 'Display detailed information on one or more nodes',
    usage: '[OPTIONS] self|NODE [NODE...]',
    args: anyArgs,
    flags: {
      format: string(FORMAT_INSPECT, { short: 'f' }),
      pretty: bool('Print the information in a human friendly format'),
    },
    run: absent,
  }),
  command({
    names: ['node ls', 'node list'],
    summary: 'List nodes in the swarm',
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
    names: ['node promote'],
    summary: 'Promote one or more nodes to manager in the swarm',
    usage: 'NODE [NODE...]',
    args: anyArgs,
    flags: {},
    run: absent,
  }),
  command({
    names: ['node ps'],
    summary: 'List tasks running on one or more nodes, defaults to current node',
    usage: '[OPTIONS] [NODE...]',
    args: anyArgs,
    flags: {
      filter: filter('Filter output based on conditions provided', { short: 'f' }),
      format: string('Pretty-print tasks using a Go template'),
      'no-resolve': bool('Do not map IDs to Names'),
      'no-trunc': bool('Do not truncate output'),
      quiet: bool('Only display task IDs', { short: 'q' }),
    },
    run: absent,
  }),
  command({
    names: ['node rm', 'node remove'],
    summary: 'Remove one or more nodes from the swarm',
    usage: '[OPTIONS] NODE [NODE...]',
    args: anyArgs,
    flags: {
      force: bool('Force remove a node from the swarm', { short: 'f' }),
    },
    run: absent,
  }),
  command({
    names: ['node update'],
    summary: 'Update a node',
    usage: '[OPTIONS] NODE',
    args: anyArgs,
    flags: {
      availability: string('Availability of the node ("active", "pause", "drain")'),
      'label-add': list('Add or update a node label ("key=value")'),
      'label-rm': list('Remove a node label if exists'),
      role: string('Role of the node ("worker", "manager")'),
    },
    run: absent,
  }),
];
