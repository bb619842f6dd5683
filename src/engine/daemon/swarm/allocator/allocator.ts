/**
 * What is given out once for the whole swarm: subnets, virtual addresses of services, published ports, addresses of tasks and of nodes'
 * load balancers. A new task waits here until it has all that it needs. Upstream: swarmkit manager/allocator.
 */

import type { PortConfig, ServiceEndpoint } from '../../../api-types/index.ts';
import { isAfter } from '../../../api-types/task-states.ts';
import type { NetworkObject, NodeObject, ServiceObject, TaskNetwork, TaskObject } from '../objects.ts';
import type { Component, ManagerParts } from '../orchestrator/component.ts';
import type { AnyChange, Transaction } from '../store.ts';
import { Addresses, DEFAULT_POOLS, type PoolUsage } from './addresses.ts';
import { allocatePorts, portsTaken } from './ports.ts';

const FIRST_VXLAN_ID = 4096;

export class Allocator implements Component {
  readonly #parts: ManagerParts;
  readonly #addresses: Addresses;
  readonly #services = new Set<string>();
  readonly #tasks = new Set<string>();
  #nodesChanged = true;

  constructor(parts: ManagerParts) {
    this.#parts = parts;
    this.#addresses = new Addresses(() => {
      const cluster = parts.store.cluster();
      const { defaults, subnetSize } = DEFAULT_POOLS;
      if (!cluster) return DEFAULT_POOLS;
      return {
        defaults: cluster.defaultAddrPool.length > 0 ? cluster.defaultAddrPool : defaults,
        subnetSize: cluster.subnetSize || subnetSize,
      };
    });
    this.#restore();
  }

  /** What an earlier manager gave stays given. */
  #restore(): void {
    const { store } = this.#parts;
    for (const network of store.all('network')) if (network.ipam) this.#addresses.open(network.id, network.ipam);
    for (const { endpoint } of store.all('service'))
      for (const { NetworkID, Addr } of endpoint?.VirtualIPs ?? []) this.#addresses.keep(NetworkID, Addr ?? '');
    for (const { attachments } of store.all('node'))
      for (const [network, address] of Object.entries(attachments)) this.#addresses.keep(network, address);
    for (const task of store.all('task')) {
      if (!isReleased(task))
        for (const { network, addresses } of task.networks) for (const one of addresses) this.#addresses.keep(network.id, one);
      this.#tasks.add(task.id);
    }
    for (const { id } of store.all('service')) this.#services.add(id);
  }

  handle({ kind, before, after }: AnyChange): void {
    if (kind === 'service' && after) this.#services.add(after.id);
    if (kind === 'service' && before && !after) this.#releaseVips((before as ServiceObject).endpoint, []);
    if (kind === 'task') this.#heardOfTask(before as TaskObject | undefined, after as TaskObject | undefined);
    if (kind === 'node') this.#nodesChanged = true;
    if (kind === 'network' && before && !after) this.#addresses.close(before.id);
  }

  #heardOfTask(before: TaskObject | undefined, after: TaskObject | undefined): void {
    if (after) this.#tasks.add(after.id);
    if (before?.nodeId !== after?.nodeId || !after) this.#nodesChanged = true;
    if (before && !isReleased(before) && (!after || isReleased(after)))
      for (const { network, addresses } of before.networks) for (const one of addresses) this.#addresses.release(network.id, one);
  }

  tick(): undefined {
    const { store } = this.#parts;
    store.write((tx) => {
      for (const network of store.all('network')) if (network.driverState === null) this.#allocateNetwork(tx, network);
      for (const id of this.#services) this.#allocateService(tx, id);
      this.#services.clear();
      for (const id of this.#tasks) if (this.#allocateTask(tx, id)) this.#tasks.delete(id);
      if (this.#nodesChanged) for (const node of store.all('node')) this.#allocateNode(tx, node);
      this.#nodesChanged = false;
    });
  }

  /** Throws DockerError if there is no such subnet to give. */
  #allocateNetwork(tx: Transaction, network: NetworkObject): void {
    const config = this.#addresses.open(network.id, network.spec.IPAMOptions ?? null);
    const ids = this.#parts.store.all('network').map(({ driverState }) => Number(driverState?.Options?.[VXLAN_IDS] ?? 0));
    let id = FIRST_VXLAN_ID;
    while (ids.includes(id)) id += 1;
    const driver = network.spec.DriverConfiguration?.Name || 'overlay';
    tx.update('network', network.id, {
      driverState: { Name: driver, Options: { ...network.spec.DriverConfiguration?.Options, [VXLAN_IDS]: String(id) } },
      ipam: { Driver: { Name: 'default' }, Configs: [config] },
    });
  }

  #ingress(): NetworkObject | undefined {
    return this.#parts.store.all('network').find(({ spec }) => spec.Ingress);
  }

  #allocateService(tx: Transaction, id: string): void {
    const service = this.#parts.store.get('service', id);
    if (!service) return;
    const spec = service.spec.EndpointSpec ?? {};
    const networks = this.#networksOf(service);
    const asked = spec.Ports ?? [];
    if (asked.length === 0 && networks.length === 0) {
      if (service.endpoint === null || (!service.endpoint.Ports && !service.endpoint.VirtualIPs)) return;
      this.#releaseVips(service.endpoint, []);
      tx.update('service', id, { endpoint: { Spec: spec } });
      return;
    }
    const ports = allocatePorts(asked, service.endpoint?.Ports ?? [], portsTaken(this.#parts.store.all('service'), id));
    const endpoint = { Spec: spec, ...(ports.length > 0 && { Ports: ports }), ...this.#vips(service, networks) };
    if (JSON.stringify(endpoint) !== JSON.stringify(service.endpoint)) tx.update('service', id, { endpoint });
  }

  /** The networks that a service is in: first the one that its published ports need. */
  #networksOf({ spec }: ServiceObject): readonly string[] {
    const ingress = this.#ingress();
    const needsIngress = (spec.EndpointSpec?.Ports ?? []).some(({ PublishMode }) => PublishMode !== 'host');
    return [...(needsIngress && ingress ? [ingress.id] : []), ...(spec.TaskTemplate.Networks ?? []).map(({ Target = '' }) => Target)];
  }

  #vips({ spec, endpoint }: ServiceObject, networks: readonly string[]): Pick<ServiceEndpoint, 'VirtualIPs'> {
    const wanted = spec.EndpointSpec?.Mode === 'dnsrr' ? [] : networks;
    this.#releaseVips(endpoint, wanted);
    const known = new Map((endpoint?.VirtualIPs ?? []).map((one) => [one.NetworkID, one]));
    const vips = wanted.map((id) => known.get(id) ?? { NetworkID: id, Addr: this.#addresses.take(id) ?? '' });
    return vips.length > 0 ? { VirtualIPs: vips } : {};
  }

  #releaseVips(endpoint: ServiceEndpoint | null, kept: readonly string[]): void {
    for (const { NetworkID, Addr = '' } of endpoint?.VirtualIPs ?? [])
      if (!kept.includes(NetworkID)) this.#addresses.release(NetworkID, Addr);
  }

  /** True if there is nothing more to do for it. */
  #allocateTask(tx: Transaction, id: string): boolean {
    const { store, sys } = this.#parts;
    const task = store.get('task', id);
    if (task?.status.state !== 'new') return true;
    const service = store.get('service', task.serviceId);
    const networks = service ? this.#attach(task, service) : [];
    if (networks === undefined) return false;
    const status = {
      ...task.status,
      timestampNs: String(sys.clock.nowNs()),
      state: 'pending' as const,
      message: 'pending task scheduling',
    };
    tx.update('task', id, { networks, status, endpoint: { ...task.endpoint, ...endpointOf(service) } });
    return true;
  }

  /** Undefined: a network has no address left, or is not there yet. */
  #attach(task: TaskObject, service: ServiceObject): readonly TaskNetwork[] | undefined {
    const configs = new Map((task.spec.Networks ?? []).map((one) => [one.Target, one]));
    const attached: TaskNetwork[] = [];
    for (const id of this.#networksOf(service)) {
      const network = this.#parts.store.get('network', id);
      const address = network && this.#addresses.take(id);
      if (!network || address === undefined) {
        for (const one of attached) for (const given of one.addresses) this.#addresses.release(one.network.id, given);
        return undefined;
      }
      attached.push({ network, addresses: [address], aliases: configs.get(id)?.Aliases ?? [] });
    }
    return attached;
  }

  /** A node's load balancers: in the ingress network always, in another one while tasks of it are there. */
  #allocateNode(tx: Transaction, node: NodeObject): void {
    const { store } = this.#parts;
    const here = store.all('task').filter((task) => task.nodeId === node.id && !isAfter(task.status.state, 'running'));
    const wanted = new Set(here.flatMap(({ networks }) => networks.map(({ network }) => network.id)));
    const ingress = this.#ingress();
    if (ingress?.driverState) wanted.add(ingress.id);
    const kept = Object.entries(node.attachments).filter(([id]) => wanted.has(id));
    for (const [id, address] of Object.entries(node.attachments)) if (!wanted.has(id)) this.#addresses.release(id, address);
    const known = new Set(kept.map(([id]) => id));
    const added = [...wanted].filter((id) => !known.has(id)).flatMap((id) => this.#given(id));
    if (added.length > 0 || kept.length < Object.keys(node.attachments).length)
      tx.update('node', node.id, { attachments: Object.fromEntries([...kept, ...added]) });
  }

  #given(network: string): readonly (readonly [string, string])[] {
    const address = this.#addresses.take(network);
    return address === undefined ? [] : [[network, address]];
  }

  usageOf(network: string): PoolUsage {
    return this.#addresses.usage(network);
  }

  /** An address for a container that somebody attaches by hand. Undefined: none is left, or not this one. */
  takeAddress(network: string, asked?: string): string | undefined {
    return this.#addresses.take(network, asked);
  }
}

export const VXLAN_IDS = 'com.docker.network.driver.overlay.vxlanid_list';

/** A task that is over and shall be: what it had is free. */
const isReleased = ({ status, desiredState }: TaskObject): boolean => isAfter(status.state, 'running') && isAfter(desiredState, 'running');

const endpointOf = (
  service: ServiceObject | undefined,
): { readonly Ports?: readonly PortConfig[]; readonly VirtualIPs?: ServiceEndpoint['VirtualIPs'] } => ({
  ...(service?.endpoint?.Ports && { Ports: service.endpoint.Ports }),
  ...(service?.endpoint?.VirtualIPs && { VirtualIPs: service.endpoint.VirtualIPs }),
});
