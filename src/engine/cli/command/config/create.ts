import { encodeBase64 } from '../../../http/base64.ts';
import { swarmClient } from '../../client/swarm.ts';
import { CliError } from '../../errors.ts';
import { list, string } from '../../flags/index.ts';
import { command, exactly } from '../command.ts';
import { readContent } from '../secret/content.ts';
import { pairsOf } from '../service/values.ts';

export const create = command({
  names: ['config create'],
  summary: 'Create a config from a file or STDIN',
  usage: '[OPTIONS] CONFIG file|-',
  args: exactly(2),
  flags: {
    label: list('Config labels', { short: 'l' }),
    'template-driver': string('Template driver'),
  },
  run: async ({ io, client, args: [name = '', file], flags, out }) => {
    if (file === undefined) throw new CliError('a config needs a file');
    const Data = file === undefined ? undefined : encodeBase64(await readContent(io, file));
    const { ID } = await swarmClient(client.http).configs.create({
      Name: name,
      Labels: pairsOf(flags.label),
      ...(Data !== undefined && { Data }),
      ...(flags['template-driver'] !== '' && { Templating: { Name: flags['template-driver'] } }),
    });
    await out.line(ID);
  },
});
