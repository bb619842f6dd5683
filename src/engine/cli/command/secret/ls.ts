import { swarmClient } from '../../client/swarm.ts';
import { SECRETS } from '../../formatter/swarm.ts';
import { command, noArgs } from '../command.ts';
import { LIST_FLAGS, printNamed } from '../config/list.ts';

export const ls = command({
  names: ['secret ls', 'secret list'],
  summary: 'List secrets',
  usage: '[OPTIONS]',
  args: noArgs,
  flags: LIST_FLAGS,
  run: async (context) => {
    const found = await swarmClient(context.client.http).secrets.list(context.flags.filter);
    await printNamed(context, { list: SECRETS(context.io.clock.nowNs()), found, configured: 'secretFormat' });
  },
});
