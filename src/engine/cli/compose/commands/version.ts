import { noArgs } from '../../command/command.ts';
import { bool, string } from '../../flags/index.ts';
import { composeCommand } from '../command.ts';
import { showVersion } from '../version.ts';

export const version = composeCommand({
  name: 'version',
  summary: 'Show the Docker Compose version information',
  usage: '[OPTIONS]',
  args: noArgs,
  flags: {
    format: string('Format the output. Values: [pretty | json]. (Default: pretty)', { short: 'f' }),
    short: bool("Shows only Compose's version number"),
  },
  run: ({ out, flags }) => out.line(showVersion(flags.short ? 'short' : flags.format)),
});
