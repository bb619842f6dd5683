/** Commands that are known, with their flags and help, but do nothing yet. */
import { bool } from '../../flags/index.ts';
import { anyArgs, command, type Command } from '../command.ts';
import { absent } from '../not-yet.ts';

export const COMMANDS: readonly Command[] = [
  command({
    names: ['container cp', 'cp'],
    summary: '\tdocker cp [OPTIONS] SRC_PATH|- CONTAINER:DEST_PATH',
    description: "Copy files/folders between a container and the local filesystem\n\nUse '-' as the source to read a tar archive from stdin\nand extract it to a directory destination in a container.\nUse '-' as the destination to stream a tar archive of a\ncontainer source to stdout.",
    usage: '[OPTIONS] CONTAINER:SRC_PATH DEST_PATH|-',
    args: anyArgs,
    flags: {
        archive: bool('Archive mode (copy all uid/gid information)', { short: 'a' }),
        'follow-link': bool('Always follow symlinks in SRC_PATH', { short: 'L' }),
        quiet: bool('Suppress progress output during copy. Progress output is automatically suppressed if no terminal is attached', { short: 'q' }),
      },
    run: absent,
  }),
];
