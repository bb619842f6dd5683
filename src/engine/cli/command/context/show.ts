import { command, noArgs } from '../command.ts';

export const show = command({
  names: ['context show'],
  summary: 'Print the name of the current context',
  usage: '',
  args: noArgs,
  flags: {},
  run: ({ contextName, out }) => out.line(contextName),
});
