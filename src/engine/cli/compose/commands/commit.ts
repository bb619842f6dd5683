import { between } from '../../command/command.ts';
import { bool, int, list, string } from '../../flags/index.ts';
import { fullName, parseReference, withDefaultTag } from '../../reference.ts';
import { composeCommand } from '../command.ts';
import { nameOf, oneContainer } from '../engine/containers.ts';
import { projectName } from '../engine/session.ts';

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
    const { client, args, flags, progress } = context;
    const [service = '', reference] = args;
    const container = await oneContainer(client, await projectName(context), { service, index: flags.index });
    const id = nameOf(container);
    await progress.on({ id, text: 'Committing', status: 'working' });
    const named = reference === undefined ? undefined : withDefaultTag(parseReference(reference));
    const { Id } = await client.containers.commit({
      container: container.Id,
      ...(named === undefined ? {} : { repo: fullName(named), tag: named.tag }),
      comment: flags.message,
      author: flags.author,
      changes: flags.change,
      pause: flags.pause,
    });
    await progress.on({ id, text: `Committed as ${Id}`, status: 'done' });
  },
});
