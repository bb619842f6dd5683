import { atLeast, command } from '../command.ts';
import { changeRoles } from './role.ts';

export const demote = command({
  names: ['node demote'],
  summary: 'Demote one or more nodes from manager in the swarm',
  usage: 'NODE [NODE...]',
  args: atLeast(1),
  complete: 'nodes',
  flags: {},
  run: (context) => changeRoles(context, 'worker'),
});
