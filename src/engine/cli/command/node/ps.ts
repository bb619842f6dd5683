import { swarmClient } from '../../client/swarm.ts';
import { CliError } from '../../errors.ts';
import { anyArgs, command } from '../command.ts';
import { printTasks, TASK_LIST_FLAGS } from '../service/tasks.ts';
import { nodeId } from './reference.ts';

export const ps = command({
  names: ['node ps'],
  summary: 'List tasks running on one or more nodes, defaults to current node',
  usage: '[OPTIONS] [NODE...]',
  args: anyArgs,
  complete: 'nodes',
  flags: TASK_LIST_FLAGS,
  run: async (context) => {
    const { client, args, flags } = context;
    const swarm = swarmClient(client.http);
    const ids: string[] = [];
    const errors: string[] = [];
    for (const name of args.length === 0 ? ['self'] : args) {
      try {
        ids.push((await swarm.nodes.inspect(await nodeId(client, name))).ID);
      } catch (error) {
        if (!(error instanceof CliError)) throw error;
        errors.push(error.message);
      }
    }
    const filters = new Map(flags.filter).set('node', ids);
    if (ids.length > 0) await printTasks(context, swarm, { tasks: await swarm.tasks.list(filters), flags });
    if (errors.length > 0) throw new CliError(errors.join('\n'));
  },
});
