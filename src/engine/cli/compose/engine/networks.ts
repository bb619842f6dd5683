import type { NetworkSummary } from '../../../api-types/index.ts';
import { CliError, DaemonError } from '../../errors.ts';
import type { ComposeContext } from '../command.ts';
import { networkHash } from '../project/hash.ts';
import type { NetworkConfig, Project, Service } from '../project/types.ts';
import { byText } from '../project/value.ts';
import { COMPOSE_VERSION } from '../version.ts';
import { checkPools } from './addresses.ts';
import { type Observed, stopOnTheWay } from './converge.ts';
import type { Create } from './create.ts';
import { errorEvent } from './events.ts';
import { making as creating } from './failed-resource.ts';
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

/** What a project's networks and volumes are made for. */
export interface Making {
  readonly project: Project;
  readonly observed: Observed;
  readonly how: Pick<Create, 'timeoutSeconds' | 'yes'>;
}

/** Creates the project's networks that are not there, and makes anew those that are to be otherwise. */
export async function createNetworks(context: ComposeContext, making: Making): Promise<void> {
  const { project, observed } = making;
  const own = Object.entries(project.networks).filter(([, { external }]) => external !== true);
  const all = own.map(([key, network]) => ({
    key,
    network,
    live: liveNetwork([...observed.networks.values()], project, { key, network }),
  }));
  for (const { network, live } of all) await warnUnmanaged(context, project, { network, live });
  await together(context.io, all, async ({ key, network, live }) => {
    const resource = { id: `network:${key}`, usedBy: ({ networks }: Service) => networks?.[key] !== undefined, project, observed };
    if (live === undefined) return creating(context, resource, () => createNetwork(context, project, { key, network }));
    const hash = live.Labels?.[LABEL.hash] ?? '';
    if (hash !== '' && hash !== networkHash(network)) await recreateNetwork(context, making, { key, network, live });
  });
}

interface OneNetwork {
  readonly key: string;
  readonly network: NetworkConfig;
}

/** The one that was made for this entry, whatever its name was then. */
function liveNetwork(all: readonly NetworkSummary[], project: Project, { key, network }: OneNetwork): NetworkSummary | undefined {
  const named = all.find(({ Name }) => Name === network.name);
  const made = all
    .filter(({ Labels }) => Labels?.[LABEL.project] === project.name && Labels[LABEL.network] === key)
    .sort((a, b) => byText(a.Name, b.Name));
  return named ?? made[0];
}

async function warnUnmanaged(
  { warn }: ComposeContext,
  project: Project,
  { network, live }: { readonly network: NetworkConfig; readonly live: NetworkSummary | undefined },
): Promise<void> {
  const owner = live?.Labels?.[LABEL.project] ?? '';
  if (live === undefined || owner === project.name) return;
  const whose = owner === '' ? 'created by compose' : `created for project ${JSON.stringify(project.name)}`;
  await warn(`a network with name ${network.name} exists but was not ${whose}.\nSet \`external: true\` to use an existing network`);
}

/** Its containers stay: they are stopped, taken off, and put on the new one. */
async function recreateNetwork(
  context: ComposeContext,
  { project, observed, how }: Making,
  { live, ...one }: OneNetwork & { readonly live: NetworkSummary },
): Promise<void> {
  const { client, progress } = context;
  const services = Object.values(project.services).filter(({ networks }) => networks?.[one.key] !== undefined);
  const containers = services.flatMap(({ name }) => observed.containers.get(name) ?? []);
  await stopOnTheWay(context, observed, { containers, how });
  for (const { Id } of containers) await client.networks.disconnect(live.Name, { Container: Id, Force: true });
  await progress.on({ id: `Network ${live.Name}`, text: 'Removing', status: 'working' });
  const isGone = await removeOld(context, live.Name, live.Name !== one.network.name);
  if (isGone) await progress.on({ id: `Network ${live.Name}`, text: 'Removed', status: 'done' });
  await createNetwork(context, project, one);
  for (const { Id } of containers) await client.networks.connect(one.network.name, { Container: Id });
}

/** Answers false if it stays, which it may when the new one has another name. */
async function removeOld({ client, progress, warn }: ComposeContext, name: string, mayStay: boolean): Promise<boolean> {
  try {
    await client.networks.remove(name);
    return true;
  } catch (error) {
    if (mayStay && error instanceof DaemonError && error.httpStatus === 409) {
      await warn(`network ${name} is still in use and was left in place; remove it manually once no container is attached`);
      return false;
    }
    if (error instanceof CliError) await progress.on({ id: `Network ${name}`, text: error.message, status: 'error' });
    throw error;
  }
}

async function createNetwork({ client, progress }: ComposeContext, project: Project, one: { key: string; network: NetworkConfig }) {
  const { key, network } = one;
  const id = `Network ${network.name}`;
  // Compose says this twice: once for the operation, once for the call.
  await progress.on({ id, text: 'Creating', status: 'working' });
  checkPools(network);
  await progress.on({ id, text: 'Creating', status: 'working' });
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
    if (error instanceof CliError) await progress.on(errorEvent(id, error.message));
    throw error instanceof CliError ? new CliError(`failed to create network ${network.name}: ${error.message}`) : error;
  }
  for (let i = 0; i < 2; i++) await progress.on({ id, text: 'Created', status: 'done' });
}
