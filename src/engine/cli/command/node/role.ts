import { swarmClient } from '../../client/swarm.ts';
import type { Context } from '../command.ts';
import { nodeId } from './reference.ts';

type Role = 'worker' | 'manager';

/** `node promote` and `node demote`. Throws CliError. */
export async function changeRoles({ client, args, out }: Pick<Context, 'client' | 'args' | 'out'>, role: Role): Promise<void> {
  const { nodes } = swarmClient(client.http);
  for (const name of args) {
    const { ID, Version, Spec } = await nodes.inspect(await nodeId(client, name));
    if (Spec.Role === role) {
      await out.line(`Node ${name} is already a ${role}.`);
      continue;
    }
    await nodes.update(ID, Version.Index, { ...Spec, Role: role });
    await out.line(role === 'manager' ? `Node ${name} promoted to a manager in the swarm.` : `Manager ${name} demoted in the swarm.`);
  }
}
