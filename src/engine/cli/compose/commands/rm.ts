import type { ContainerSummary } from '../../../api-types/index.ts';
import { anyArgs } from '../../command/command.ts';
import { bool } from '../../flags/index.ts';
import { composeCommand } from '../command.ts';
import { isEnabled, nameOf, projectContainers } from '../engine/containers.ts';
import { projectOrName } from '../engine/session.ts';
import { removeContainer } from '../engine/stop.ts';
import { stopServices } from '../engine/stop-services.ts';
import { together } from '../engine/tasks.ts';
import { ask } from '../prompt.ts';

export const rm = composeCommand({
  name: 'rm',
  summary: 'Removes stopped service containers',
  description:
    'Removes stopped service containers\n\nBy default, anonymous volumes attached to containers will not be removed. You\ncan override this with -v. To list all volumes, use "docker volume ls".\n\nAny data which is not in a volume will be lost.',
  usage: '[OPTIONS] [SERVICE...]',
  args: anyArgs,
  flags: {
    all: bool('Deprecated - no effect', { short: 'a', hidden: true }),
    force: bool("Don't ask to confirm removal", { short: 'f' }),
    stop: bool('Stop the containers, if required, before removing', { short: 's' }),
    volumes: bool('Remove any anonymous volumes attached to containers', { short: 'v' }),
  },
  run: async (context) => {
    const { io, client, args, flags, progress, out, err } = context;
    const project = await projectOrName(context, args);
    if (flags.stop) await progress.during('stop', () => stopServices(context, project, { services: args }));
    const stopped: ContainerSummary[] = [];
    for (const container of await projectContainers(client, project.name, { services: args })) {
      if (!isEnabled(project, container)) continue;
      if (!(await client.containers.inspect(container.Id)).State.Running || (flags.stop && context.isDryRun)) stopped.push(container);
    }
    if (stopped.length === 0) return err.line('No stopped containers');
    const question = `Going to remove ${stopped.map(nameOf).join(', ')}`;
    if (flags.force) await out.line(question);
    else if (!(await ask(context, question))) return;
    await progress.during('remove', () =>
      together(io, stopped, (container) => removeContainer(context, container, { volumes: flags.volumes })),
    );
  },
});
