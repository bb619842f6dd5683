import { CliError } from '../../errors.ts';
import { string } from '../../flags/index.ts';
import { checkOutput, saveBody } from '../../stream/files.ts';
import { command, exactly } from '../command.ts';

export const exportContainer = command({
  names: ['container export', 'export'],
  summary: "Export a container's filesystem as a tar archive",
  usage: '[OPTIONS] CONTAINER',
  args: exactly(1),
  complete: 'containers',
  flags: {
    output: string('Write to a file, instead of STDOUT', { short: 'o' }),
  },
  run: async ({ io, client, args: [name = ''], flags, out }) => {
    if (flags.output === '' && out.isTerminal) throw new CliError('cowardly refusing to save to a terminal. Use the -o flag or redirect');
    if (flags.output !== '') checkOutput(io, flags.output, 'failed to export container');
    const answer = await client.containers.export(name);
    await saveBody(answer, { io, path: flags.output, out: out.stream });
  },
});
