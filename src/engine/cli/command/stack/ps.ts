import { swarmClient } from '../../client/swarm.ts';
import { CliError } from '../../errors.ts';
import { bool, filter, string } from '../../flags/index.ts';
import { command, exactly } from '../command.ts';
import { printTasks } from '../service/tasks.ts';
import { FORMAT_TABLE } from '../texts.ts';
import { checkStackName, ofStack } from './namespace.ts';

export const ps = command({
  names: ['stack ps'],
  summary: 'List the tasks in the stack',
  usage: '[OPTIONS] STACK',
  args: exactly(1),
  flags: {
    filter: filter('Filter output based on conditions provided', { short: 'f' }),
    format: string(FORMAT_TABLE),
    'no-resolve': bool('Do not map IDs to Names'),
    'no-trunc': bool('Do not truncate output'),
    quiet: bool('Only display task IDs', { short: 'q' }),
  },
  run: async (context) => {
    const {
      client,
      args: [name = ''],
      flags,
    } = context;
    checkStackName(name);
    const swarm = swarmClient(client.http);
    const tasks = await swarm.tasks.list(ofStack(name, flags.filter));
    if (tasks.length === 0) throw new CliError(`nothing found in stack: ${name}`);
    await printTasks(context, swarm, { tasks, flags: { ...flags, 'no-trunc': flags['no-trunc'] || flags.quiet } });
  },
});
