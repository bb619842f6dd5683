import type { DockerClient } from '../../client/index.ts';
import { CliError } from '../../errors.ts';

/** `self` is the node that answers. Throws CliError. */
export async function nodeId(client: DockerClient, name: string): Promise<string> {
  if (name !== 'self') return name;
  const { Swarm } = await client.system.info();
  if (Swarm.NodeID !== '') return Swarm.NodeID;
  // Asked as a manager, the engine says what is wrong better.
  await client.http.get('/nodes');
  throw new CliError('node ID not found in /info');
}
