import { swarmClient } from '../../client/swarm.ts';
import type { Context } from '../command.ts';

type Role = 'worker' | 'manager';

/** Tells how others join: the command with its token. */
export async function showJoinCommand({ client, out }: Pick<Context, 'client' | 'out'>, nodeId: string, role: Role): Promise<void> {
  const swarm = swarmClient(client.http);
  const { ManagerStatus } = await swarm.nodes.inspect(nodeId);
  const { JoinTokens } = await swarm.inspect();
  if (!ManagerStatus) return;
  const token = role === 'worker' ? JoinTokens.Worker : JoinTokens.Manager;
  await out.text(
    `To add a ${role} to this swarm, run the following command:\n\n    docker swarm join --token ${token} ${ManagerStatus.Addr}\n\n`,
  );
}

/** Tells the key without which a manager that was stopped stays locked. */
export async function showUnlockKey({ out }: Pick<Context, 'out'>, key: string): Promise<void> {
  if (key === '') return;
  await out.text(
    `To unlock a swarm manager after it restarts, run the \`docker swarm unlock\`\ncommand and provide the following key:\n\n    ${key}\n\nRemember to store this key in a password manager, since without it you\nwill not be able to restart the manager.\n`,
  );
}
