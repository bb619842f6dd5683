/**
 * The swarm's networks as this node has them: made when somebody here is in them and gone with the last, each with its load balancer.
 * Containers join by the addresses that the managers gave, and find services by name. Upstream: moby daemon/network.go, cluster/networks.go,
 * libnetwork/{agent,service_common,default_gateway}.go.
 */
import type { Container } from '../../containers/container.ts';
import type { Daemon } from '../../daemon.ts';
import { DockerError, system } from '../../errors.ts';
import type { Member } from '../../networks/inspect.ts';
import type { Answer } from '../../networks/names.ts';
import { type Endpoint, join, routeOut, type Sandbox } from '../../networks/sandbox.ts';
import { bridgeOf, type Network } from '../../networks/store.ts';
import { shownNetwork } from '../control/networks.ts';
import type { SwarmNode } from '../node.ts';
import type { NetworkObject } from '../objects.ts';
import { Gossip } from './gossip.ts';
import { Ingress, redirectPorts } from './ingress.ts';
import { LoadBalancer, newMarks } from './load-balancer.ts';
import { Overlay } from './overlay.ts';
import { type PeerRecord, recordOf } from './records.ts';

interface Server {
  readonly vip: string;
  readonly ip: string;
  readonly names: readonly string[];
}

const PEER_NAME_LENGTH = 12;
const GATEWAY_NETWORK = 'docker_gwbridge';
const BRIDGE_OPTION = 'com.docker.network.bridge.';
/** How long an address may take to come. */
const ATTACHMENT_TIMEOUT_NS = 30_000_000_000n;

export class NodeNetwork {
  readonly #node: SwarmNode;
  readonly #daemon: Daemon;
  readonly #balancers = new Map<string, LoadBalancer>();
  readonly #marks = newMarks();
  #ingress: Ingress | undefined;
  #overlay: Overlay | undefined;
  #gossip: Gossip | undefined;

  constructor(node: SwarmNode) {
    this.#node = node;
    this.#daemon = node.daemon;
  }

  /** The way out for containers that are in the swarm's networks only. It stays when the swarm is left. */
  setUp(): void {
    const { networks, sys } = this.#daemon;
    this.#overlay = new Overlay(sys, networks);
    networks.overlay = this.#overlay;
    this.#gossip = new Gossip(sys, {
      key: this.#node.clusterKey,
      node: this.#node.nodeId,
      own: () => this.#records(),
      appeared: (record, { ip }) => this.#appeared(record, ip),
      vanished: (record) => this.#vanished(record),
    });
    this.#gossip.start();
    if (networks.all().some(({ name }) => name === GATEWAY_NETWORK)) return;
    const Options = {
      [`${BRIDGE_OPTION}enable_icc`]: 'false',
      [`${BRIDGE_OPTION}enable_ip_masquerade`]: 'true',
      [`${BRIDGE_OPTION}name`]: GATEWAY_NETWORK,
    };
    networks.establish(networks.describe({ Name: GATEWAY_NETWORK, Driver: 'bridge', Options }));
  }

  /** Another node, with which this one exchanges what it knows. */
  meet(node: string, ip: string): void {
    this.#gossip?.meet(node, ip);
  }

  /** Nothing is told any more, and nothing heard. */
  stop(): void {
    this.#gossip?.stop();
  }

  tearDown(): void {
    const { networks } = this.#daemon;
    for (const network of networks.all().filter(({ scope }) => scope === 'swarm')) this.#close(network);
    networks.overlay = null;
  }

  /** The load balancers' places in their networks. */
  members(): readonly Member[] {
    return [...this.#balancers.values()].flatMap(({ sandboxName, endpointName, endpoint, sandbox }) => [
      { containerId: sandboxName, name: endpointName, endpoint },
      ...(sandbox.gateway ? [{ containerId: sandboxName, name: `gateway_${sandboxName}`, endpoint: sandbox.gateway }] : []),
    ]);
  }

  #local(id: string): Network | undefined {
    return this.#daemon.networks.all().find((network) => network.id === id);
  }

  /** Makes a network here, once the node has an address in it. Throws DockerError. */
  async ensure(id: string): Promise<Network> {
    const known = this.#local(id);
    if (known) return known;
    const object = this.#node.store.get('network', id);
    if (!object) throw new DockerError('not-found', `network ${id} not found`);
    const ip = await this.#ownAddress(id);
    await this.#overlay?.load(this.#node.dataPathPort);
    const again = this.#local(id);
    if (again) return again;
    const { networks, sys } = this.#daemon;
    const network = localNetwork(object);
    networks.addManaged(network);
    const balancer = new LoadBalancer(sys, networks, { network, ip, marks: this.#marks });
    this.#balancers.set(id, balancer);
    if (network.ingress) this.#openIngress(balancer);
    for (const [record, peer] of this.#gossip?.recordsIn(id) ?? []) this.#appeared(record, peer.ip);
    this.#gossip?.refresh();
    return network;
  }

  async #ownAddress(id: string): Promise<string> {
    const { sys } = this.#daemon;
    const { store } = this.#node;
    const until = sys.clock.monotonicNs() + ATTACHMENT_TIMEOUT_NS;
    for (;;) {
      const address = this.#node.nodeObject.attachments[id];
      if (address !== undefined) return address.split('/')[0] ?? '';
      const leftMs = Number(until - sys.clock.monotonicNs()) / 1e6;
      if (leftMs <= 0) throw system('node is missing network attachments, ip addresses may be exhausted');
      await store.changed.wait(leftMs);
    }
  }

  #openIngress({ sandbox }: LoadBalancer): void {
    const gateway = this.#joinGateway(sandbox, 'ingress-sbox');
    if (gateway) routeOut(this.#daemon.sys, sandbox, [gateway]);
    const bridge = bridgeOf(this.#daemon.networks.get(GATEWAY_NETWORK));
    this.#ingress = new Ingress(this.#daemon.sys, { gateway: gateway?.active?.ip ?? '', bridge });
  }

  #joinGateway(sandbox: Sandbox, container: string): Endpoint | null {
    const { networks, sys } = this.#daemon;
    const network = networks.get(GATEWAY_NETWORK);
    const endpoint: Endpoint = { network: network.name, networkId: network.id, wanted: {}, active: null };
    join(sys, networks, { sandbox, network, endpoint, container });
    sandbox.gateway = endpoint;
    return endpoint;
  }

  /** Gives a container that somebody started by hand its addresses in the swarm's networks. Throws DockerError. */
  async attach(container: Container): Promise<void> {
    if (container.service) return;
    for (const endpoint of container.endpoints) {
      if (endpoint.active !== null) continue;
      const local = this.#daemon.networks.all().find(({ id, name }) => id === endpoint.networkId || name === endpoint.network);
      if (local && local.scope !== 'swarm') continue;
      const asked = endpoint.wanted.IPAMConfig?.IPv4Address ?? '';
      const given = await this.#node.upstream.attach({ network: endpoint.network, containerId: container.id, asked });
      if (!given) continue;
      endpoint.assigned = given.ip;
      endpoint.networkId = (await this.ensure(given.network.id)).id;
    }
  }

  /** After a container has joined a network: its redirected ports, and a way out if it has none. */
  leadOut(container: Container, { networkId, active }: Endpoint): void {
    const { sandbox } = container.live;
    const network = this.#local(networkId);
    if (!sandbox || !active || network?.scope !== 'swarm') return;
    if (network.ingress) redirectPorts(this.#daemon.sys, active, { ports: container.service?.ports ?? [], namespace: sandbox.namespace });
    if (!network.internal && sandbox.gateway === null) this.#joinGateway(sandbox, container.name);
    this.#gossip?.refresh();
  }

  /** Its service's load balancers send it connections from now on. */
  activate(container: Container): void {
    const { service } = container;
    if (!service || service.isActive) return;
    service.isActive = true;
    for (const { networkId, active } of container.endpoints) {
      const vip = service.networks[networkId]?.vip ?? '';
      const balancer = this.#balancers.get(networkId);
      if (!active || vip === '' || !balancer) continue;
      const ports = balancer.network.ingress ? service.ports : [];
      this.#balance(balancer, service.id, { vip, ip: active.ip, ports });
    }
    this.#gossip?.refresh();
  }

  #balance(balancer: LoadBalancer, service: string, server: Parameters<LoadBalancer['add']>[1]): void {
    const opened = balancer.add(service, server);
    if (opened && opened.length > 0) this.#ingress?.open(opened);
  }

  #unbalance(networkId: string, service: string, ip: string): void {
    const closed = this.#balancers.get(networkId)?.remove(service, ip);
    if (closed && closed.length > 0) this.#ingress?.close(closed);
  }

  /** No new connections for it. */
  deactivate(container: Container): void {
    const { service } = container;
    if (!service?.isActive) return;
    service.isActive = false;
    for (const { networkId, active } of container.endpoints) {
      if (active) this.#unbalance(networkId, service.id, active.ip);
    }
    this.#gossip?.refresh();
  }

  /** All who are in the swarm's networks here. */
  #records(): readonly PeerRecord[] {
    const isShared = ({ networkId }: Endpoint): boolean => this.#balancers.has(networkId);
    return [
      ...[...this.#balancers.values()].flatMap(({ endpoint }) => recordOf(endpoint) ?? []),
      ...this.#daemon.containers
        .all()
        .flatMap((container) => container.endpoints.filter(isShared).flatMap((endpoint) => recordOf(endpoint, container) ?? [])),
    ];
  }

  /** Somebody on another host: where its frames go, and whether it is among those who serve. */
  #appeared(record: PeerRecord, host: string): void {
    const balancer = this.#balancers.get(record.network);
    if (!balancer) return;
    this.#overlay?.addPeer(record, host);
    const { service, ip } = record;
    if (service && service.vip !== '')
      this.#balance(balancer, service.id, { vip: service.vip, ip, ports: balancer.network.ingress ? service.ports : [] });
  }

  #vanished(record: PeerRecord): void {
    if (record.service) this.#unbalance(record.network, record.service.id, record.ip);
    this.#overlay?.removePeer(record);
  }

  /** The nodes that are in a network, with this one. */
  peersOf(networkId: string): readonly { readonly Name: string; readonly IP: string }[] {
    const shown = (node: string, ip: string) => ({ Name: node.slice(0, PEER_NAME_LENGTH), IP: ip });
    const others = new Map((this.#gossip?.recordsIn(networkId) ?? []).map(([, { node, ip }]) => [node, ip]));
    const { nodeId, config } = this.#node;
    return [shown(nodeId, config.advertiseAddr.replace(/:\d+$/, '')), ...[...others].map(([node, ip]) => shown(node, ip))];
  }

  /** A container that was attached by hand gives its addresses back. */
  detach(container: Container): void {
    this.#gossip?.refresh();
    const given = container.endpoints.filter(({ assigned }) => assigned !== undefined);
    for (const endpoint of given) delete endpoint.assigned;
    if (given.length === 0) return;
    this.#node.upstream.detach(container.id);
    this.prune();
  }

  /** Takes away the networks that nobody here is in any more. */
  prune(): void {
    const used = new Set(
      this.#daemon.containers.all().flatMap(({ endpoints }) => endpoints.filter(({ active }) => active).map(({ networkId }) => networkId)),
    );
    const coming = this.#node.networksInUse();
    for (const network of this.#daemon.networks.all())
      if (network.scope === 'swarm' && !network.ingress && !used.has(network.id) && !coming.has(network.id)) this.#close(network);
  }

  #close(network: Network): void {
    this.#balancers.get(network.id)?.close();
    this.#balancers.delete(network.id);
    this.#daemon.networks.remove(network);
    this.#gossip?.refresh();
  }

  /** What a name stands for in a network: a service's virtual address, or those of its tasks. Undefined: no service is called so. */
  resolve(networkId: string, asked: string): Answer {
    if (this.#local(networkId)?.ingress) return undefined;
    const wantsTasks = asked.startsWith('tasks.');
    const name = wantsTasks ? asked.slice('tasks.'.length) : asked;
    const found: string[] = [];
    for (const { vip, ip, names } of this.#servers(networkId)) {
      if (!names.some((one) => isSame(one, name))) continue;
      if (vip !== '' && !wantsTasks) return [vip];
      if (ip !== '') found.push(ip);
    }
    return found.length > 0 ? found : undefined;
  }

  /** Everybody who serves in a network, here and elsewhere. */
  #servers(networkId: string): readonly Server[] {
    const here = this.#daemon.containers.all().flatMap(({ service, endpoints }) => {
      const place = service?.isActive ? service.networks[networkId] : undefined;
      const ip = endpoints.find((endpoint) => endpoint.networkId === networkId)?.active?.ip ?? '';
      return service && place ? [{ vip: place.vip, ip, names: [service.name, ...place.aliases] }] : [];
    });
    const elsewhere = (this.#gossip?.recordsIn(networkId) ?? []).flatMap(([{ service, ip }]) =>
      service ? [{ vip: service.vip, ip, names: [service.name, ...service.aliases] }] : [],
    );
    return [...here, ...elsewhere];
  }

  /** A container on another host that is called so. */
  resolveFar(networkId: string, asked: string): Answer {
    const found = (this.#gossip?.recordsIn(networkId) ?? []).filter(([{ names }]) => names.includes(asked)).map(([{ ip }]) => ip);
    return found.length > 0 ? found : undefined;
  }
}

const isSame = (name: string, asked: string): boolean => name.toLowerCase() === asked;

/** The network as this engine keeps those of its own. */
function localNetwork(object: NetworkObject): Network {
  const { Driver, IPAM, Internal, Attachable, Ingress, Options, Labels, EnableIPv4, EnableIPv6 } = shownNetwork(object);
  return {
    id: object.id,
    name: object.spec.Name,
    createdNs: object.createdNs,
    driver: Driver,
    enableIPv4: EnableIPv4,
    enableIPv6: EnableIPv6,
    ipam: IPAM,
    internal: Internal,
    attachable: Attachable,
    ingress: Ingress,
    scope: 'swarm',
    configOnly: false,
    configFrom: '',
    options: Options ?? {},
    labels: Labels ?? {},
  };
}
