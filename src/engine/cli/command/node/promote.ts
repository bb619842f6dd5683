import { atLeast, command } from '../command.ts';
import { changeRoles } from './role.ts';

export const promote = command({
  names: ['node promote'],
  summary: 'Promote one or more nodes to manager in the swarm',
  usage: 'NODE [NODE...]',
  args: atLeast(1),
  complete: 'nodes',
  flags: {},
  run: (context) => changeRoles(context, 'manager'),
});
