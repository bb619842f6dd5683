import { swarmClient } from '../../client/swarm.ts';
import { command, exactly } from '../command.ts';
import { pinned } from './image.ts';
import { waitForService } from './progress.ts';
import { UPDATE_FLAGS } from './update-flags.ts';
import { updatedSpec } from './update-spec.ts';

export const update = command({
  names: ['service update'],
  summary: 'Update a service',
  usage: '[OPTIONS] SERVICE',
  args: exactly(1),
  complete: 'services',
  flags: UPDATE_FLAGS,
  run: async (context) => {
    const {
      client,
      args: [name = ''],
      flags,
      changed,
      out,
      err,
    } = context;
    const swarm = swarmClient(client.http);
    const { ID, Version, Spec } = await swarm.services.inspect(name);
    const wanted = flags.rollback ? Spec : await updatedSpec(context, Spec);
    const { spec, warning } = await pinned(context, wanted, { isOff: flags['no-resolve-image'] || !changed.has('image') });
    const { Warnings } = await swarm.services.update(ID, spec, {
      version: Version.Index,
      rollback: flags.rollback ? 'previous' : 'none',
      registryAuthFrom: flags.rollback ? 'previous-spec' : 'spec',
    });
    for (const text of [...(warning === undefined ? [] : [warning]), ...(Warnings ?? [])]) await err.line(text);
    await out.line(name);
    if (!flags.detach) await waitForService(context, swarm, name, { quiet: flags.quiet });
  },
});
