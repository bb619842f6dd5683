/** Commands that are known, with their flags and help, but do nothing yet. */
import { anyArgs, command, type Command } from '../command.ts';
import { absent } from '../not-yet.ts';

export const COMMANDS: readonly Command[] = [
  command({
    names: ['context export'],
    summary: 'Export a context to a tar archive FILE or a tar stream on STDOUT.',
    usage: '[OPTIONS] CONTEXT [FILE|-]',
    args: anyArgs,
    flags: {},
    run: absent,
  }),
  command({
    names: ['context import'],
    summary: 'Import a context from a tar or zip file',
    usage: 'CONTEXT FILE|-',
    args: anyArgs,
    flags: {},
    run: absent,
  }),
];
