import { encodeBase64 } from '../../../http/base64.ts';
import { swarmClient } from '../../client/swarm.ts';
import { CliError } from '../../errors.ts';
import { list, string } from '../../flags/index.ts';
import { between, command } from '../command.ts';
import { pairsOf } from '../service/values.ts';
import { readContent } from './content.ts';

export const create = command({
  names: ['secret create'],
  summary: 'Create a secret from a file or STDIN as content',
  usage: '[OPTIONS] SECRET [file|-]',
  args: between(1, 2),
  flags: {
    driver: string('Secret driver', { short: 'd' }),
    label: list('Secret labels', { short: 'l' }),
    'template-driver': string('Template driver'),
  },
  run: async ({ io, client, args: [name = '', file], flags, out }) => {
    if (file === undefined && flags.driver === '') throw new CliError('either specify a secret file or a driver');
    const Data = file === undefined ? undefined : encodeBase64(await readContent(io, file));
    const { ID } = await swarmClient(client.http).secrets.create({
      Name: name,
      Labels: pairsOf(flags.label),
      ...(Data !== undefined && { Data }),
      ...(flags.driver !== '' && { Driver: { Name: flags.driver } }),
      ...(flags['template-driver'] !== '' && { Templating: { Name: flags['template-driver'] } }),
    });
    await out.line(ID);
  },
});
