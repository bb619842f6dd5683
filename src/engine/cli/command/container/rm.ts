import { CliError, isNotFound } from '../../errors.ts';
import { bool } from '../../flags/index.ts';
import { atLeast, command } from '../command.ts';
import { sideBySide } from '../side-by-side.ts';

export const rm = command({
  names: ['container rm', 'container remove', 'rm'],
  summary: 'Remove one or more containers',
  usage: '[OPTIONS] CONTAINER [CONTAINER...]',
  args: atLeast(1),
  complete: 'removable-containers',
  flags: {
    force: bool('Force the removal of a running container (uses SIGKILL)', { short: 'f' }),
    link: bool('Remove the specified link', { short: 'l' }),
    volumes: bool('Remove anonymous volumes associated with the container', { short: 'v' }),
  },
  run: ({ client, flags, ...call }) =>
    sideBySide(call, async (name) => {
      const path = name.replace(/^\/+|\/+$/g, '');
      if (path === '') throw new CliError('container name cannot be empty');
      try {
        await client.containers.remove(path, { volumes: flags.volumes, link: flags.link, force: flags.force });
      } catch (error) {
        if (flags.force && isNotFound(error)) return false;
        throw error;
      }
      return true;
    }),
});
