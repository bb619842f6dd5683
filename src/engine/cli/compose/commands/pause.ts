import { anyArgs } from '../../command/command.ts';
import { type ComposeContext, composeCommand } from '../command.ts';
import { isEnabled, projectContainers } from '../engine/containers.ts';
import { containerEvent } from '../engine/events.ts';
import { projectOrName } from '../engine/session.ts';
import { together } from '../engine/tasks.ts';

export const pause = composeCommand({
  name: 'pause',
  summary: 'Pause services',
  usage: '[SERVICE...]',
  args: anyArgs,
  flags: {},
  run: (context) => each(context, 'pause'),
});

export const unpause = composeCommand({
  name: 'unpause',
  summary: 'Unpause services',
  usage: '[SERVICE...]',
  args: anyArgs,
  flags: {},
  run: (context) => each(context, 'unpause'),
});

async function each(context: ComposeContext, verb: 'pause' | 'unpause'): Promise<void> {
  const { io, client, args, progress } = context;
  const project = await projectOrName(context, args);
  const running = await projectContainers(client, project.name, { all: false, services: args });
  const containers = running.filter((container) => isEnabled(project, container));
  await progress.during(verb, () =>
    together(io, containers, async (container) => {
      await client.containers[verb](container.Id);
      await progress.on(containerEvent(container, verb === 'pause' ? 'paused' : 'unpaused'));
    }),
  );
}
