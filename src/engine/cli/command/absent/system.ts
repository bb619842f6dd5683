/** Commands that are known, with their flags and help, but do nothing yet. */
import { bool, string } from '../../flags/index.ts';
import { anyArgs, command, type Command } from '../command.ts';
import { absent } from '../not-yet.ts';
import { FORMAT_TABLE } from '../texts.ts';

export const COMMANDS: readonly Command[] = [
  command({
    names: ['system df'],
    summary: 'Show docker disk usage',
    usage: '[OPTIONS]',
    args: anyArgs,
    flags: {
        format: string(FORMAT_TABLE),
        verbose: bool('Show detailed information on space usage', { short: 'v' }),
      },
    run: absent,
  }),
];
