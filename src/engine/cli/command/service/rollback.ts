import { swarmClient } from '../../client/swarm.ts';
import { bool } from '../../flags/index.ts';
import { command, exactly } from '../command.ts';
import { waitForService } from './progress.ts';

export const rollback = command({
  names: ['service rollback'],
  summary: "Revert changes to a service's configuration",
  usage: '[OPTIONS] SERVICE',
  args: exactly(1),
  complete: 'services',
  flags: {
    detach: bool('Exit immediately instead of waiting for the service to converge', { short: 'd' }),
    quiet: bool('Suppress progress output', { short: 'q' }),
  },
  run: async (context) => {
    const {
      client,
      args: [name = ''],
      flags,
      out,
      err,
    } = context;
    const swarm = swarmClient(client.http);
    const { ID, Version, Spec } = await swarm.services.inspect(name);
    const { Warnings } = await swarm.services.update(ID, Spec, { version: Version.Index, rollback: 'previous' });
    for (const text of Warnings ?? []) await err.line(text);
    await out.line(name);
    if (!flags.detach) await waitForService(context, swarm, name, { quiet: flags.quiet });
  },
});
