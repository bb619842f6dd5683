import { atLeast } from '../../command/command.ts';
import { exportContainer } from '../../command/container/export.ts';
import { CliError } from '../../errors.ts';
import { int, string } from '../../flags/index.ts';
import { call } from '../call.ts';
import { composeCommand } from '../command.ts';
import { nameOf, oneContainer } from '../engine/containers.ts';
import { projectName } from '../engine/session.ts';

export const exportService = composeCommand({
  name: 'export',
  summary: "Export a service container's filesystem as a tar archive",
  usage: '[OPTIONS] SERVICE',
  args: atLeast(1),
  flags: {
    index: int('index of the container if service has multiple replicas.'),
    output: string('Write to a file, instead of STDOUT', { short: 'o' }),
  },
  run: async (context) => {
    const { client, args, flags, out, progress } = context;
    const [service = ''] = args;
    const container = await oneContainer(client, await projectName(context), { service, index: flags.index });
    if (flags.output === '' && out.isTerminal) throw new CliError('output option is required when exporting to terminal');
    await progress.on({ id: nameOf(container), text: 'Exporting', status: 'working' });
    return call(context, exportContainer, [...(flags.output === '' ? [] : ['--output', flags.output]), container.Id]);
  },
});
