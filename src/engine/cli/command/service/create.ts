import { swarmClient } from '../../client/swarm.ts';
import { atLeast, command } from '../command.ts';
import { CREATE_FLAGS } from './create-flags.ts';
import { createSpec } from './create-spec.ts';
import { pinned } from './image.ts';
import { waitForService } from './progress.ts';

export const create = command({
  names: ['service create'],
  summary: 'Create a new service',
  usage: '[OPTIONS] IMAGE [COMMAND] [ARG...]',
  args: atLeast(1),
  complete: 'images',
  interspersed: false,
  flags: CREATE_FLAGS,
  run: async (context) => {
    const { client, flags, out, err } = context;
    const swarm = swarmClient(client.http);
    const { spec, warning } = await pinned(context, await createSpec(context), { isOff: flags['no-resolve-image'] });
    const { ID, Warnings } = await swarm.services.create(spec);
    for (const text of [...(warning === undefined ? [] : [warning]), ...(Warnings ?? [])]) await err.line(text);
    await out.line(ID);
    if (!flags.detach) await waitForService(context, swarm, ID, { quiet: flags.quiet });
  },
});
