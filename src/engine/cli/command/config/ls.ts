import { swarmClient } from '../../client/swarm.ts';
import { CONFIGS } from '../../formatter/swarm.ts';
import { command, noArgs } from '../command.ts';
import { LIST_FLAGS, printNamed } from './list.ts';

export const ls = command({
  names: ['config ls', 'config list'],
  summary: 'List configs',
  usage: '[OPTIONS]',
  args: noArgs,
  flags: LIST_FLAGS,
  run: async (context) => {
    const found = await swarmClient(context.client.http).configs.list(context.flags.filter);
    await printNamed(context, { list: CONFIGS(context.io.clock.nowNs()), found, configured: 'configFormat' });
  },
});
