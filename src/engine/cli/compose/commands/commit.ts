import { between } from '../../command/command.ts';
import { commit as containerCommit } from '../../command/container/commit.ts';
import { bool, int, list, string } from '../../flags/index.ts';
import { call } from '../call.ts';
import { composeCommand } from '../command.ts';
import { oneContainer } from '../engine/containers.ts';
import { projectOrName } from '../engine/session.ts';

export const commit = composeCommand({
  name: 'commit',
  summary: "Create a new image from a service container's changes",
  usage: '[OPTIONS] SERVICE [REPOSITORY[:TAG]]',
  args: between(1, 2),
  flags: {
    author: string('Author (e.g., "John Hannibal Smith <hannibal@a-team.com>")', { short: 'a' }),
    change: list('Apply Dockerfile instruction to the created image', { short: 'c' }),
    index: int('index of the container if service has multiple replicas.'),
    message: string('Commit message', { short: 'm' }),
    pause: bool('Pause container during commit', { short: 'p', initial: true }),
  },
  run: async (context) => {
    const { client, args, flags } = context;
    const [service = '', reference] = args;
    const container = await oneContainer(client, await projectOrName(context, [service]), { service, index: flags.index });
    return call(context, containerCommit, [
      ...(flags.author === '' ? [] : ['--author', flags.author]),
      ...flags.change.flatMap((one) => ['--change', one]),
      ...(flags.message === '' ? [] : ['--message', flags.message]),
      ...(flags.pause ? [] : ['--no-pause']),
      container.Id,
      ...(reference === undefined ? [] : [reference]),
    ]);
  },
});
