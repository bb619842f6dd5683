/** Networks as the Engine API shows them. */
import type { NetworkContainer, NetworkInspect, NetworkSummary } from '../../api-types/index.ts';
import { invalid } from '../errors.ts';
import { checkFilters, type Filters, matches, matchesExactly, matchesLabels, wantedOf } from '../filters.ts';
import { rfc3339Nano } from '../time.ts';
import type { Endpoint } from './sandbox.ts';
import { isPredefined, type Network, type Networks } from './store.ts';
import { usage, usage6 } from './usage.ts';

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
  Scope: network.scope ?? 'local',
  Driver: network.driver,
  EnableIPv4: network.enableIPv4,
  EnableIPv6: network.enableIPv6,
  IPAM: network.configOnly ? { ...network.ipam, Config: null } : network.ipam,
  Internal: network.internal,
  Attachable: network.attachable,
  Ingress: network.ingress ?? false,
  ConfigFrom: { Network: network.configFrom },
  ConfigOnly: network.configOnly,
  Options: network.options,
  Labels: network.labels,
});

export function inspect(networks: Networks, network: Network, members: readonly Member[]): NetworkInspect {
  const here = members
    .filter(({ endpoint }) => endpoint.active !== null && endpoint.networkId === network.id)
    .sort((a, b) => (a.containerId < b.containerId ? -1 : 1));
  const used = [...networks.pools(network).map(usage), ...networks.pools6(network).map(usage6)];
  const Subnets = Object.fromEntries(used.map(({ subnet, ...counts }) => [subnet, counts]));
  return {
    ...summary(network),
    Containers: Object.fromEntries(here.map((member) => [member.containerId, containerOf(member)])),
    Status: {
      IPAM: used.length > 0 || !(isPredefined(network.name) || network.configOnly) ? { Subnets } : {},
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

function danglingOf(filters: Filters): boolean | undefined {
  const [wanted, ...others] = wantedOf(filters, 'dangling');
  if (wanted === undefined) return undefined;
  if (others.length === 0 && ['true', '1'].includes(wanted)) return true;
  if (others.length === 0 && ['false', '0'].includes(wanted)) return false;
  throw invalid('invalid value for filter \'dangling\', must be "true" (or "1"), or "false" (or "0")');
}

/** GET /networks. */
export function list(networks: Networks, filters: Filters, members: readonly Member[]): readonly NetworkSummary[] {
  checkFilters(filters, FILTERS);
  const dangling = danglingOf(filters);
  for (const type of wantedOf(filters, 'type'))
    if (type !== 'builtin' && type !== 'custom') throw invalid(`invalid filter: 'type'='${type}'`);
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
        matchesExactly(filters, 'scope', network.scope ?? 'local') &&
        matchesExactly(filters, 'type', isPredefined(network.name) ? 'builtin' : 'custom') &&
        matchesLabels(filters, network.labels),
    )
    .filter((network) => dangling === undefined || dangling === (!isPredefined(network.name) && !inUse(network)))
    .map(summary);
}
