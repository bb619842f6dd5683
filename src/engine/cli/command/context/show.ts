import { currentContext } from '../../config/current-context.ts';
import { command, noArgs } from '../command.ts';

export const show = command({
  names: ['context show'],
  summary: 'Print the name of the current context',
  usage: '',
  args: noArgs,
  flags: {},
  run: ({ io, config, out }) => out.line(currentContext(io, config)),
});
