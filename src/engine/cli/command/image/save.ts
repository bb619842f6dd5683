import { CliError } from '../../errors.ts';
import { string, strings } from '../../flags/index.ts';
import { checkOutput, saveBody } from '../../stream/files.ts';
import { atLeast, command } from '../command.ts';

export const save = command({
  names: ['image save', 'save'],
  summary: 'Save one or more images to a tar archive (streamed to STDOUT by default)',
  usage: '[OPTIONS] IMAGE [IMAGE...]',
  args: atLeast(1),
  complete: 'images',
  valueKinds: { platform: 'platforms' },
  flags: {
    output: string('Write to a file, instead of STDOUT', { short: 'o' }),
    platform: strings(
      'Save only the given platform(s). Formatted as a comma-separated list of "os[/arch[/variant]]" (e.g., "linux/amd64,linux/arm64/v8")',
    ),
  },
  run: async ({ io, client, args, flags, out }) => {
    if (flags.output === '' && out.isTerminal) throw new CliError('cowardly refusing to save to a terminal. Use the -o flag or redirect');
    if (flags.output !== '') checkOutput(io, flags.output, 'failed to save image');
    const answer = await client.images.save(args, { platforms: flags.platform });
    await saveBody(answer, { io, path: flags.output, out: out.stream });
  },
});
