/** Networks as the Engine API shows them. */
import type { NetworkContainer, NetworkInspect, NetworkSummary } from '../../api-types/index.ts';
import { booleanFilter, checkFilters, type Filters, matches, matchesExactly, matchesLabels } from '../filters.ts';
import { rfc3339Nano } from '../time.ts';
import { usage } from './ipam.ts';
import type { Endpoint } from './sandbox.ts';
import { isPredefined, type Network, type Networks } from './store.ts';

/** A container's place in a network, as the network sees it. */
export interface Member {
  readonly containerId: string;
  readonly name: string;
  readonly endpoint: Endpoint;
}

export const summary = (network: Network): NetworkSummary => ({
  Name: network.name,
  Id: network.id,
  Created: rfc3339Nano(BigInt(network.createdNs)),
  Scope: 'local',
  Driver: network.driver,
  EnableIPv4: network.enableIPv4,
  EnableIPv6: network.enableIPv6,
  IPAM: network.ipam,
  Internal: network.internal,
  Attachable: network.attachable,
  Ingress: false,
  ConfigFrom: { Network: network.configFrom },
  ConfigOnly: network.configOnly,
  Options: network.options,
  Labels: network.labels,
});

export function inspect(networks: Networks, network: Network, members: readonly Member[]): NetworkInspect {
  const here = members
    .filter(({ endpoint }) => endpoint.active !== null && endpoint.networkId === network.id)
    .sort((a, b) => (a.containerId < b.containerId ? -1 : 1));
  const pool = networks.pool(network);
  const used = pool && usage(pool);
  return {
    ...summary(network),
    Containers: Object.fromEntries(here.map((member) => [member.containerId, containerOf(member)])),
    Status: {
      IPAM: { Subnets: used ? { [used.subnet]: { IPsInUse: used.IPsInUse, DynamicIPsAvailable: used.DynamicIPsAvailable } } : {} },
    },
  };
}

const containerOf = ({ name, endpoint: { active } }: Member): NetworkContainer => ({
  Name: name,
  EndpointID: active?.id ?? '',
  MacAddress: active?.mac ?? '',
  IPv4Address: active?.ip ? `${active.ip}/${active.prefixLength}` : '',
  IPv6Address: active?.ip6 ? `${active.ip6}/${active.prefixLength6}` : '',
});

const FILTERS = ['dangling', 'driver', 'id', 'label', 'name', 'scope', 'type'] as const;

/** GET /networks. */
export function list(networks: Networks, filters: Filters, members: readonly Member[]): readonly NetworkSummary[] {
  checkFilters(filters, FILTERS);
  const dangling = booleanFilter(filters, 'dangling');
  const inUse = (network: Network): boolean =>
    members.some(({ endpoint }) => endpoint.networkId === network.id && endpoint.active !== null);
  return networks
    .all()
    .filter(
      (network) =>
        matches(filters, 'name', network.name) && matches(filters, 'id', network.id) && matchesExactly(filters, 'driver', network.driver),
    )
    .filter(
      (network) =>
        matchesExactly(filters, 'scope', 'local') &&
        matchesExactly(filters, 'type', isPredefined(network.name) ? 'builtin' : 'custom') &&
        matchesLabels(filters, network.labels),
    )
    .filter((network) => dangling === undefined || dangling === (!isPredefined(network.name) && !inUse(network)))
    .map(summary);
}
