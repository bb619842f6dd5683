import type { NetworkSummary } from '../../../api-types/index.ts';
import { notYet } from '../../command/not-yet.ts';
import { CliError } from '../../errors.ts';
import type { ComposeContext } from '../command.ts';
import { networkHash } from '../project/hash.ts';
import type { NetworkConfig, Project } from '../project/types.ts';
import { COMPOSE_VERSION } from '../version.ts';
import { LABEL } from './labels.ts';
import { together } from './tasks.ts';

/** External networks have to be there. Answers the ids of the networks that are, by their names. */
export async function findNetworks({ client }: ComposeContext, project: Project): Promise<ReadonlyMap<string, NetworkSummary>> {
  const all = await client.networks.list(new Map());
  const found = new Map(all.map((network) => [network.Name, network]));
  for (const { external, name } of Object.values(project.networks)) {
    if (external !== true) continue;
    const one = found.get(name) ?? all.find(({ Id }) => Id === name || Id.startsWith(name));
    if (one === undefined) throw new CliError(`network ${name} declared as external, but could not be found`);
    found.set(name, one);
  }
  return found;
}

/** Creates the project's networks that are not there. */
export async function createNetworks(context: ComposeContext, project: Project): Promise<void> {
  const found = await findNetworks(context, project);
  const missing = Object.entries(project.networks).filter(([, { external, name }]) => external !== true && !found.has(name));
  for (const [, network] of Object.entries(project.networks))
    await warnUnmanaged(context, project, { network, found: found.get(network.name) });
  await together(context.io, missing, ([key, network]) => createNetwork(context, project, { key, network }));
}

async function warnUnmanaged(
  { warn }: ComposeContext,
  project: Project,
  { network, found }: { network: NetworkConfig; found: NetworkSummary | undefined },
): Promise<void> {
  const owner = found?.Labels?.[LABEL.project] ?? '';
  if (found === undefined || network.external === true) return;
  if (owner === project.name) return checkUnchanged(found, network);
  const whose = owner === '' ? 'created by compose' : `created for project ${JSON.stringify(project.name)}`;
  await warn(`a network with name ${network.name} exists but was not ${whose}.\nSet \`external: true\` to use an existing network`);
}

/** Throws CliError: Compose would take it down with all that is in it, and make it anew. */
function checkUnchanged({ Labels }: NetworkSummary, network: NetworkConfig): void {
  const hash = Labels?.[LABEL.hash] ?? '';
  if (hash !== '' && hash !== networkHash(network))
    throw notYet(
      `changing the configuration of network ${JSON.stringify(network.name)} ('docker compose down' removes it, 'up' makes it anew)`,
    );
}

async function createNetwork({ client, progress }: ComposeContext, project: Project, one: { key: string; network: NetworkConfig }) {
  const { key, network } = one;
  const id = `Network ${network.name}`;
  // Compose says this twice: once for the operation, once for the call.
  for (let i = 0; i < 2; i++) await progress.on({ id, text: 'Creating', status: 'working' });
  const labels = {
    ...network.labels,
    [LABEL.network]: key,
    [LABEL.project]: project.name,
    [LABEL.version]: COMPOSE_VERSION,
    [LABEL.hash]: networkHash(network),
  };
  const { ipam } = network;
  const pools = (ipam?.config ?? []).map(({ subnet, gateway, ip_range: range, aux_addresses: auxiliary }) => ({
    ...(subnet === undefined ? {} : { Subnet: subnet }),
    ...(range === undefined ? {} : { IPRange: range }),
    ...(gateway === undefined ? {} : { Gateway: gateway }),
    ...(auxiliary === undefined ? {} : { AuxiliaryAddresses: auxiliary }),
  }));
  try {
    await client.networks.create({
      Name: network.name,
      Driver: network.driver ?? 'bridge',
      Scope: '',
      Internal: network.internal ?? false,
      Attachable: network.attachable ?? false,
      Ingress: false,
      ConfigOnly: false,
      ...(network.enable_ipv4 === undefined ? {} : { EnableIPv4: network.enable_ipv4 }),
      ...(network.enable_ipv6 === undefined ? {} : { EnableIPv6: network.enable_ipv6 }),
      ...(ipam === undefined ? {} : { IPAM: { Driver: ipam.driver ?? 'default', Options: ipam.options ?? null, Config: pools } }),
      Options: network.driver_opts ?? {},
      Labels: labels,
    } as Parameters<typeof client.networks.create>[0]);
  } catch (error) {
    if (error instanceof CliError) await progress.on({ id, text: 'Error', status: 'error' });
    throw error instanceof CliError ? new CliError(`failed to create network ${network.name}: ${error.message}`) : error;
  }
  for (let i = 0; i < 2; i++) await progress.on({ id, text: 'Created', status: 'done' });
}
