import { bool } from '../../flags/index.ts';
import { atLeast, command } from '../command.ts';
import { removeStacks } from './remove.ts';

export const rm = command({
  names: ['stack rm', 'stack remove', 'stack down'],
  summary: 'Remove one or more stacks',
  usage: '[OPTIONS] STACK [STACK...]',
  args: atLeast(1),
  flags: {
    detach: bool('Do not wait for stack removal', { short: 'd', initial: true }),
  },
  run: (context) => removeStacks(context, context.flags),
});
