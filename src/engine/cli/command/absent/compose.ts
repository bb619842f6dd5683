/** Docker Compose is a plugin of its own; it is not built here yet. */
import { anyArgs, type Command, command } from '../command.ts';
import { absent } from '../not-yet.ts';

export const COMMANDS: readonly Command[] = [
  command({
    names: ['compose'],
    summary: 'Docker Compose',
    usage: '[OPTIONS] COMMAND',
    args: anyArgs,
    interspersed: false,
    flags: {},
    run: absent,
  }),
];
