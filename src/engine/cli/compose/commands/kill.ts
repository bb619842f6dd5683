import { anyArgs } from '../../command/command.ts';
import { CliError } from '../../errors.ts';
import { bool, string } from '../../flags/index.ts';
import { composeCommand } from '../command.ts';
import { eventId, isEnabled, projectContainers } from '../engine/containers.ts';
import { containerEvent, errorEvent } from '../engine/events.ts';
import { projectOrName } from '../engine/session.ts';
import { together } from '../engine/tasks.ts';

export const kill = composeCommand({
  name: 'kill',
  summary: 'Force stop service containers',
  usage: '[OPTIONS] [SERVICE...]',
  args: anyArgs,
  flags: {
    'remove-orphans': bool('Remove containers for services not defined in the Compose file'),
    signal: string('SIGNAL to send to the container', { short: 's', initial: 'SIGKILL' }),
  },
  run: async (context) => {
    const { io, client, args, flags, progress, err } = context;
    const project = await projectOrName(context, args);
    const all = await projectContainers(client, project.name, { all: false, oneOff: 'include', services: args });
    const containers = flags['remove-orphans'] ? all : all.filter((container) => isEnabled(project, container));
    if (containers.length === 0) return err.line('No container to kill');
    await progress.during('kill', () =>
      together(io, containers, async (container) => {
        await progress.on(containerEvent(container, 'killing'));
        try {
          await client.containers.kill(container.Id, flags.signal);
        } catch (error) {
          if (error instanceof CliError) await progress.on(errorEvent(eventId(container), 'Error while Killing'));
          throw error;
        }
        await progress.on(containerEvent(container, 'killed'));
      }),
    );
  },
});
