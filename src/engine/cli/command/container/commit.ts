import { bool, list, string } from '../../flags/index.ts';
import { fullName, parseReference } from '../../reference.ts';
import { between, command } from '../command.ts';

export const commit = command({
  names: ['container commit', 'commit'],
  summary: "Create a new image from a container's changes",
  usage: '[OPTIONS] CONTAINER [REPOSITORY[:TAG]]',
  args: between(1, 2),
  complete: 'running-containers',
  flags: {
    author: string('Author (e.g., "John Hannibal Smith <hannibal@a-team.com>")', { short: 'a' }),
    change: list('Apply Dockerfile instruction to the created image', { short: 'c' }),
    message: string('Commit message', { short: 'm' }),
    'no-pause': bool('Disable pausing container during commit'),
    pause: bool('Pause container during commit (deprecated: use --no-pause instead)', {
      short: 'p',
      initial: true,
      hidden: true,
      deprecated: 'and enabled by default. Use --no-pause to disable pausing during commit.',
    }),
  },
  run: async ({ client, args: [container = '', name = ''], flags, out }) => {
    const target = name === '' ? null : parseReference(name);
    const { Id } = await client.containers.commit({
      container,
      ...(target === null ? {} : { repo: fullName(target), tag: target.tag || 'latest' }),
      comment: flags.message,
      author: flags.author,
      changes: flags.change,
      pause: flags.pause && !flags['no-pause'],
    });
    await out.line(Id);
  },
});
