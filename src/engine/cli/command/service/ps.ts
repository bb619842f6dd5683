import { swarmClient } from '../../client/swarm.ts';
import { CliError } from '../../errors.ts';
import { atLeast, command } from '../command.ts';
import { findServices } from './find.ts';
import { printTasks, TASK_LIST_FLAGS } from './tasks.ts';

export const ps = command({
  names: ['service ps'],
  summary: 'List the tasks of one or more services',
  usage: '[OPTIONS] SERVICE [SERVICE...]',
  args: atLeast(1),
  complete: 'services',
  flags: TASK_LIST_FLAGS,
  run: async (context) => {
    const { client, args, flags } = context;
    const swarm = swarmClient(client.http);
    const { ids, missing } = await findServices(swarm, args);
    if (ids.length === 0) throw new CliError(missing.join('\n'));
    const tasks = await swarm.tasks.list(new Map(flags.filter).set('service', ids));
    await printTasks(context, swarm, { tasks, flags: { ...flags, 'no-trunc': flags['no-trunc'] || flags.quiet } });
    if (missing.length > 0) throw new CliError(missing.join('\n'));
  },
});
