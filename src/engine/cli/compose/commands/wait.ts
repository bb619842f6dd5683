import { atLeast } from '../../command/command.ts';
import { CliError } from '../../errors.ts';
import { bool } from '../../flags/index.ts';
import { composeCommand } from '../command.ts';
import { projectContainers } from '../engine/containers.ts';
import { downProject } from '../engine/down.ts';
import { projectOrName } from '../engine/session.ts';
import { together } from '../engine/tasks.ts';

export const wait = composeCommand({
  name: 'wait',
  summary: 'Block until containers of all (or specified) services stop.',
  usage: 'SERVICE [SERVICE...] [OPTIONS]',
  args: atLeast(1),
  flags: { 'down-project': bool('Drops project when the first container stops') },
  run: async (context) => {
    const { io, client, args, flags, out, progress } = context;
    const project = await projectOrName(context, []);
    const containers = await projectContainers(client, project.name, { all: false, oneOff: 'include', services: args });
    if (containers.length === 0) throw new CliError(`no containers for project ${JSON.stringify(project.name)}`);
    let status = 0;
    await together(io, containers, async ({ Id }) => {
      const { StatusCode } = await (await client.containers.wait(Id)).done();
      await out.line(`container ${JSON.stringify(Id)} exited with status code ${StatusCode}`);
      status = StatusCode;
    });
    if (flags['down-project'])
      await progress.during('down', () => downProject(context, project, { services: [], removeOrphans: true, images: '', volumes: false }));
    return status;
  },
});
