import { atMost } from '../../command/command.ts';
import { stats as containerStats } from '../../command/container/stats.ts';
import { bool, string } from '../../flags/index.ts';
import { call } from '../call.ts';
import { composeCommand } from '../command.ts';
import { nameOf, projectContainers } from '../engine/containers.ts';
import { projectName } from '../engine/session.ts';
import { STATS_FORMAT } from '../texts.ts';

export const stats = composeCommand({
  name: 'stats',
  summary: 'Display a live stream of container(s) resource usage statistics',
  usage: '[OPTIONS] [SERVICE]',
  args: atMost(1),
  flags: {
    all: bool('Show all containers (default shows just running)', { short: 'a' }),
    format: string(STATS_FORMAT),
    'no-stream': bool('Disable streaming stats and only pull the first result'),
    'no-trunc': bool('Do not truncate output'),
  },
  run: async (context) => {
    const { client, args, flags } = context;
    const project = await projectName(context);
    const containers = await projectContainers(client, project, { all: flags.all, oneOff: 'include', services: args, asListed: true });
    if (containers.length === 0) return 0;
    return call(context, containerStats, [
      ...(flags.format === '' ? [] : ['--format', flags.format]),
      ...(flags['no-stream'] ? ['--no-stream'] : []),
      ...(flags['no-trunc'] ? ['--no-trunc'] : []),
      ...containers.map(nameOf),
    ]);
  },
});
