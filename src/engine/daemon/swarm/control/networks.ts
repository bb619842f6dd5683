/** Networks of the whole swarm. Upstream: moby daemon/cluster/networks.go, swarmkit manager/controlapi/network.go. */
import type { NetworkCreateRequest, NetworkInspect, NetworkSummary, SwarmNetworkSpec } from '../../../api-types/index.ts';
import { DockerError } from '../../errors.ts';
import { contains, parseIp, parseSubnet } from '../../networks/ip.ts';
import { isPredefined } from '../../networks/store.ts';
import { rfc3339Nano } from '../../time.ts';
import type { PoolUsage } from '../allocator/addresses.ts';
import { rpcError } from '../errors.ts';
import type { NetworkObject } from '../objects.ts';
import type { ClusterStore } from '../store.ts';
import { find } from './lookup.ts';
import { sortedMap } from './spec.ts';
import { checkName } from './validate.ts';

/** Throws DockerError. */
export function createNetwork(store: ClusterStore, request: NetworkCreateRequest): NetworkObject {
  const name = request.Name;
  if (isPredefined(name)) throw new DockerError('forbidden', `${name} is a pre-defined network and cannot be created`);
  checkName(name);
  checkPools(request);
  if (request.Ingress) {
    if (request.Attachable) throw rpcError('InvalidArgument', 'ingress network cannot be attachable');
    const present = store.all('network').find(({ spec }) => spec.Ingress);
    if (present) throw rpcError('AlreadyExists', `ingress network (${present.id}) is already present`);
  }
  if (store.all('network').some(({ spec }) => spec.Name === name))
    throw new DockerError('conflict', `network with name ${name} already exists`);
  return store.write((tx) => tx.create('network', { spec: specOf(request), driverState: null, ipam: null }));
}

function checkPools({ IPAM }: NetworkCreateRequest): void {
  for (const { Subnet = '', IPRange, Gateway } of IPAM?.Config ?? []) {
    const refuse = (why: string): never => {
      throw rpcError('InvalidArgument', `ipam configuration: ${why}`);
    };
    const subnet = parseSubnet(Subnet);
    if (!subnet) return refuse(`invalid subnet ${Subnet}`);
    if (IPRange) {
      const range = parseSubnet(IPRange);
      if (!range) return refuse(`invalid range ${IPRange}`);
      if (!contains(subnet, range.base)) return refuse(`subnet ${Subnet} does not contain range ${IPRange}`);
    }
    if (!Gateway) continue;
    const gateway = parseIp(Gateway);
    if (gateway === undefined) return refuse(`invalid gateway ${Gateway}`);
    if (!contains(subnet, gateway)) return refuse(`subnet ${Subnet} does not contain gateway ${Gateway}`);
  }
}

function specOf({
  Name,
  Labels,
  Driver = '',
  Options,
  IPAM,
  Internal,
  Attachable,
  Ingress,
  EnableIPv6,
}: NetworkCreateRequest): SwarmNetworkSpec {
  const configs = (IPAM?.Config ?? []).map(({ Subnet, IPRange, Gateway }) => ({
    ...(Subnet && { Subnet }),
    ...(IPRange && { Range: IPRange }),
    ...(Gateway && { Gateway }),
  }));
  const hasOptions = Object.keys(Options ?? {}).length > 0;
  return {
    Name,
    Labels: Labels ?? {},
    DriverConfiguration: { ...(Driver !== '' && { Name: Driver }), ...(hasOptions && { Options: Options ?? {} }) } as {
      readonly Name: string;
    },
    ...(EnableIPv6 && { IPv6Enabled: true }),
    ...(Internal && { Internal: true }),
    ...(Attachable && { Attachable: true }),
    ...(Ingress && { Ingress: true }),
    ...(IPAM && {
      IPAMOptions: { Driver: { Name: IPAM.Driver ?? 'default' }, ...(configs.length > 0 && { Configs: configs }) },
    }),
    Scope: 'swarm',
  };
}

/** The network that published ports need on every node. */
export const INGRESS: NetworkCreateRequest = { Name: 'ingress', Driver: '', Ingress: true };

/** Throws DockerError while somebody is in it. */
export function removeNetwork(store: ClusterStore, name: string): NetworkObject {
  const network = find(store, 'network', name);
  const { id, spec } = network;
  const service = store.all('service').find(({ spec: { TaskTemplate } }) => TaskTemplate.Networks?.some(({ Target }) => Target === id));
  if (service) throw rpcError('FailedPrecondition', `network ${id} is in use by service ${service.id}`);
  const isIn = ({ networks }: { readonly networks: readonly { readonly network: NetworkObject }[] }): boolean =>
    networks.some((one) => one.network.id === id);
  const task = store.all('task').find((one) => isIn(one) && one.serviceId === '' && one.desiredState === 'running');
  if (task) throw rpcError('FailedPrecondition', `network ${id} is in use by task ${task.id}`);
  const published = spec.Ingress
    ? store.all('service').find(({ endpoint }) => endpoint?.Ports?.some(({ PublishMode }) => PublishMode !== 'host'))
    : undefined;
  if (published) throw rpcError('FailedPrecondition', `ingress network cannot be removed because service ${published.id} depends on it`);
  store.write((tx) => tx.remove('network', id));
  return network;
}

/** As the Engine API shows a network that nobody on this node is in. */
export function shownNetwork({ id, createdNs, spec, driverState, ipam }: NetworkObject): NetworkSummary {
  const configs = ipam?.Configs ?? [];
  return {
    Name: spec.Name,
    Id: id,
    Created: rfc3339Nano(BigInt(createdNs)),
    Scope: 'swarm',
    Driver: driverState?.Name ?? spec.DriverConfiguration?.Name ?? '',
    EnableIPv4: true,
    EnableIPv6: spec.IPv6Enabled ?? false,
    IPAM: {
      Driver: ipam?.Driver?.Name ?? 'default',
      Options: null,
      Config: configs.map(({ Subnet, Range, Gateway }) => ({
        ...(Subnet && { Subnet }),
        ...(Range && { IPRange: Range }),
        ...(Gateway && { Gateway }),
      })),
    },
    Internal: spec.Internal ?? false,
    Attachable: spec.Attachable ?? false,
    Ingress: spec.Ingress ?? false,
    ConfigFrom: { Network: '' },
    ConfigOnly: false,
    Options: driverState?.Options ? sortedMap(driverState.Options) : null,
    Labels: Object.keys(spec.Labels).length === 0 ? null : spec.Labels,
  };
}

export const inspectedNetwork = (network: NetworkObject, Subnets: PoolUsage): NetworkInspect => ({
  ...shownNetwork(network),
  Containers: {},
  Status: { IPAM: { Subnets } },
});
