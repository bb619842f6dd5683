/** Commands that are known, with their flags and help, but do nothing yet. */
import { anyArgs, type Command, command } from '../command.ts';
import { absent } from '../not-yet.ts';

export const COMMANDS: readonly Command[] = [
  command({
    names: ['volume update'],
    summary: 'Update a volume (cluster volumes only)',
    usage: '[OPTIONS] [VOLUME]',
    args: anyArgs,
    flags: {},
    run: absent,
  }),
];
