/** Networks: what was created, their pools of addresses, and the bridges on the host that stand for them. */
import type { IPAM, IPAMPool, NetworkCreateRequest } from '../../api-types/index.ts';
import { isErrno } from '../../kernel/errno.ts';
import type { Sys } from '../../kernel/sys.ts';
import type { EventLog } from '../events/log.ts';
import { mkdirAll, parentOf, readJson, writeText, writeWhole } from '../files.ts';
import { newId, shortId } from '../ids.ts';
import { readBool } from '../read-bool.ts';
import { ambiguousNetwork, configurationInUse, noSuchNetwork } from './errors.ts';
import { addBridge, type BridgeRules, removeBridge, setUpChains } from './firewall.ts';
import { formatIp, formatSubnet, lastOf, parseSubnet, type Subnet } from './ip.ts';
import { freeGateway, openPool, type Pool, poolOf } from './ipam.ts';
import { closeParent, hasGateway, isOnParent, openParent } from './macvlan.ts';
import { checkAddress6, localSubnet, openPool6, type Pool6, poolOf6 } from './pool6.ts';

export interface Network {
  readonly id: string;
  readonly name: string;
  /** Nanoseconds since 1970. */
  readonly createdNs: string;
  readonly driver: string;
  readonly enableIPv4: boolean;
  readonly enableIPv6: boolean;
  readonly ipam: IPAM;
  readonly internal: boolean;
  readonly attachable: boolean;
  readonly configOnly: boolean;
  readonly configFrom: string;
  readonly options: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
  /** The swarm's: known here only while somebody on this host is in it, and never written down. */
  readonly scope?: 'swarm';
  readonly ingress?: boolean;
}

/** What stands for the swarm's networks on this host; there while the host is part of one: swarm/network/overlay.ts. */
export interface OverlayDriver {
  open(network: Network): void;
  close(network: Network): void;
  /** Puts one end of a pair, which is still in the host's namespace, on the network. */
  plug(network: Network, link: string): void;
}

const PREDEFINED = ['bridge', 'host', 'none'] as const;
const BRIDGE_OPTION = 'com.docker.network.bridge.';
const DEFAULT_BRIDGE_OPTIONS = {
  [`${BRIDGE_OPTION}default_bridge`]: 'true',
  [`${BRIDGE_OPTION}enable_icc`]: 'true',
  [`${BRIDGE_OPTION}enable_ip_masquerade`]: 'true',
  [`${BRIDGE_OPTION}host_binding_ipv4`]: '0.0.0.0',
  [`${BRIDGE_OPTION}name`]: 'docker0',
  'com.docker.network.driver.mtu': '1500',
};

export const isPredefined = (name: string): boolean => (PREDEFINED as readonly string[]).includes(name);
export const bridgeOf = (network: Network): string => network.options[`${BRIDGE_OPTION}name`] ?? `br-${shortId(network.id)}`;
/** An overlay's packets travel in others. */
export const mtuOf = ({ driver, options }: Network): number =>
  Number(options['com.docker.network.driver.mtu'] ?? (driver === 'overlay' ? 1450 : 1500));

export class Networks {
  readonly #sys: Sys;
  readonly #path: string;
  readonly #events: EventLog;
  readonly #byId = new Map<string, Network>();
  readonly #pools = new Map<string, readonly Pool[]>();
  readonly #pools6 = new Map<string, readonly Pool6[]>();
  overlay: OverlayDriver | null = null;

  constructor(sys: Sys, root: string, events: EventLog) {
    this.#sys = sys;
    this.#path = `${root}/network/files/local-kv.db`;
    this.#events = events;
    for (const network of (readJson(sys, this.#path) as readonly Network[] | undefined) ?? []) this.#byId.set(network.id, network);
  }

  /** What stands on the host as long as dockerd runs: the chains, docker0, and the bridges of the networks that are known. */
  setUp(): void {
    setUpChains(this.#sys.net.rules);
    for (const name of ['none', 'host'] as const)
      if (!this.named(name)) this.#add({ ...this.#base(name), driver: name === 'none' ? 'null' : name });
    for (const network of this.#byId.values()) this.#open(network);
    if (!this.named('bridge')) this.establish(this.describe({ Name: 'bridge', Driver: 'bridge', Options: DEFAULT_BRIDGE_OPTIONS }));
  }

  #base(name: string): Network {
    return {
      id: newId(this.#sys),
      name,
      createdNs: String(this.#sys.clock.nowNs()),
      driver: 'bridge',
      enableIPv4: true,
      enableIPv6: false,
      ipam: { Driver: 'default', Options: null, Config: null },
      internal: false,
      attachable: false,
      configOnly: false,
      configFrom: '',
      options: {},
      labels: {},
    };
  }

  /** In the order in which they were created. */
  all(): readonly Network[] {
    return [...this.#byId.values()];
  }

  /** Its IPv4 subnets, in the order in which addresses are taken. */
  pools({ id }: Network): readonly Pool[] {
    return this.#pools.get(id) ?? [];
  }

  /** Its IPv6 subnets. */
  pools6({ id }: Network): readonly Pool6[] {
    return this.#pools6.get(id) ?? [];
  }

  /** Of exactly this name. */
  named(name: string): Network | undefined {
    return this.all().find((network) => network.name === name);
  }

  /** By name, id or the beginning of an id. Throws DockerError. */
  get(text: string): Network {
    const found = this.#byId.get(text) ?? this.named(text);
    if (found) return found;
    const some = text === '' ? [] : this.all().filter(({ id }) => id.startsWith(text));
    if (some.length > 1) throw ambiguousNetwork(text);
    const [one] = some;
    if (!one) throw noSuchNetwork(text);
    return one;
  }

  /** A network as it is asked for, or as a configuration says that it is asked for; it has no addresses yet. */
  describe(request: NetworkCreateRequest, from?: Network): Network {
    return {
      ...this.#base((request.Name ?? '').trim()),
      driver: request.ConfigOnly ? 'null' : request.Driver || 'bridge',
      enableIPv4: from?.enableIPv4 ?? request.EnableIPv4 ?? true,
      enableIPv6: from?.enableIPv6 ?? request.EnableIPv6 ?? false,
      ipam: from?.ipam ?? {
        Driver: request.IPAM?.Driver ?? 'default',
        Options: request.IPAM?.Options ?? null,
        Config: request.IPAM?.Config ?? [],
      },
      internal: request.Internal ?? false,
      attachable: request.Attachable ?? false,
      configOnly: request.ConfigOnly ?? false,
      configFrom: request.ConfigFrom?.Network ?? '',
      options: byKey(from?.options ?? request.Options ?? {}),
      labels: byKey(from?.labels ?? request.Labels ?? {}),
    };
  }

  /** Gives it its addresses, and has it stand on the host. Throws DockerError. */
  establish(network: Network): Network {
    const whole = network.configOnly || network.driver === 'null' || network.driver === 'host' ? network : this.#withPools(network);
    this.#add(whole);
    try {
      this.#open(whole);
    } catch (error) {
      this.#forget(whole);
      throw error;
    }
    return whole;
  }

  /** A network of the swarm, as long as somebody on this host is in it. */
  addManaged(network: Network): void {
    this.#byId.set(network.id, network);
    this.#open(network);
  }

  #withPools(network: Network): Network {
    const asksForSix = (network.ipam.Config ?? []).some(isSix);
    const whole = this.#withPool6(network);
    try {
      return this.#withPool(whole, asksForSix);
    } catch (error) {
      this.#pools6.delete(network.id);
      throw error;
    }
  }

  /** Gives the network its IPv6 subnets, if it has any: those asked for, or a local one of its own. */
  #withPool6(network: Network): Network {
    const configs = network.ipam.Config ?? [];
    const others = configs.filter((one) => !isSix(one));
    if (!network.enableIPv6) return { ...network, ipam: { ...network.ipam, Config: others } };
    const asked = configs.filter(isSix);
    const pools: Pool6[] = [];
    const sixes = (asked.length > 0 ? asked : [{ Subnet: localSubnet(this.#sys) }]).map((six) => {
      const pool = openPool6(six, [...[...this.#pools6.values()].flat(), ...pools]);
      if (network.driver === 'bridge') checkAddress6(pool.gateway, pool.prefix.length);
      pools.push(pool);
      return { ...six, Gateway: six.Gateway || pool.gateway };
    });
    this.#pools6.set(network.id, pools);
    return { ...network, ipam: { ...network.ipam, Config: [...others, ...sixes] } };
  }

  /** Gives the network its IPv4 subnets: those asked for, or a free one. */
  #withPool(network: Network, asksForSix: boolean): Network {
    if (!network.enableIPv4) return network;
    const configs = network.ipam.Config ?? [];
    const asked = configs.filter((one) => !isSix(one));
    const pools: Pool[] = [];
    const fours = (asked.length > 0 ? asked : [undefined]).map((four) => {
      const taken = four?.Subnet ? [...this.#pools.values()].flat().map(({ subnet }) => subnet) : this.#taken();
      const pool = openPool(four, [...taken, ...pools.map(({ subnet }) => subnet)]);
      pools.push(pool);
      return poolConfig(network, four, pool);
    });
    this.#pools.set(network.id, pools);
    // What was asked for comes first.
    const others = configs.filter(isSix);
    return {
      ...network,
      ipam: { ...network.ipam, Config: asked.length > 0 || !asksForSix ? [...fours, ...others] : [...others, ...fours] },
    };
  }

  /** Subnets of other networks, and what the host has routes to. */
  #taken(): readonly Subnet[] {
    const routed = this.#sys.net.link
      .routes('inet')
      .map(({ destination }) => (destination === 'default' ? undefined : parseSubnet(destination)));
    return [...[...this.#pools.values()].flat().map(({ subnet }) => subnet), ...routed.filter((one) => one !== undefined)];
  }

  #add(network: Network): void {
    this.#byId.set(network.id, network);
    this.#save();
  }

  #save(): void {
    mkdirAll(this.#sys, parentOf(this.#path), 0o750);
    writeWhole(this.#sys, this.#path, JSON.stringify(this.all().filter(({ scope }) => scope !== 'swarm')));
  }

  #open(network: Network): void {
    if (network.configOnly) return;
    this.#knowPools(network);
    if (isOnParent(network)) openParent(this.#sys, network);
    if (network.driver === 'overlay') this.overlay?.open(network);
    if (network.driver !== 'bridge') return;
    openBridge(this.#sys, network, { pools: this.pools(network), pools6: this.pools6(network) });
    for (const subnet of this.#subnets(network)) addBridge(this.#sys.net.rules, rulesFor(network, subnet));
  }

  /** The pools of a network that an earlier daemon made. */
  #knowPools(network: Network): void {
    if (this.#pools.has(network.id) || this.#pools6.has(network.id)) return;
    const configs = network.ipam.Config ?? [];
    if (network.enableIPv6) this.#pools6.set(network.id, configs.filter(isSix).map(poolOf6));
    if (!network.enableIPv4) return;
    const pools = configs.flatMap((config) => {
      const subnet = isSix(config) ? undefined : parseSubnet(config.Subnet ?? '');
      if (!subnet) return [];
      const pool = poolOf(subnet, config);
      if (!hasGateway(network, config)) freeGateway(pool);
      return [pool];
    });
    this.#pools.set(network.id, pools);
  }

  #subnets(network: Network): readonly string[] {
    return [...this.pools(network).map(({ subnet }) => formatSubnet(subnet)), ...this.pools6(network).map(({ prefix }) => prefix.text)];
  }

  #forget({ id }: Network): void {
    this.#pools.delete(id);
    this.#pools6.delete(id);
    this.#byId.delete(id);
    this.#save();
  }

  /** Throws DockerError if others are made after it. */
  remove(network: Network): void {
    if (network.configOnly && this.all().some(({ configFrom }) => configFrom === network.name)) throw configurationInUse(network.name);
    const others = this.all().filter(({ id }) => id !== network.id);
    if (isOnParent(network)) closeParent(this.#sys, network, others);
    if (network.driver === 'overlay') this.overlay?.close(network);
    if (network.driver === 'bridge') {
      for (const subnet of this.#subnets(network)) removeBridge(this.#sys.net.rules, rulesFor(network, subnet));
      ignoring('ENODEV', () => this.#sys.net.link.delete(bridgeOf(network)));
    }
    this.#forget(network);
    if (network.scope === 'swarm') return;
    this.#events.emit({ type: 'network', action: 'destroy', id: network.id, attributes: { name: network.name, type: network.driver } });
  }
}

/** Maps are shown by their keys. */
const byKey = (map: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1)));

const isSix = ({ Subnet }: IPAMPool): boolean => Subnet?.includes(':') === true;

/** A subnet as it is shown: what was asked for, and what the pool made of it. */
function poolConfig(network: Network, asked: IPAMPool | undefined, pool: Pool): IPAMPool {
  const isOwn = hasGateway(network, asked);
  if (!isOwn) freeGateway(pool);
  const gateway = asked?.Gateway || (isOwn ? formatIp(pool.gateway) : undefined);
  return {
    Subnet: formatSubnet(pool.subnet),
    ...(asked?.IPRange !== undefined && { IPRange: asked.IPRange }),
    ...(gateway !== undefined && { Gateway: gateway }),
    ...(asked?.AuxiliaryAddresses && { AuxiliaryAddresses: byKey(asked.AuxiliaryAddresses) }),
  };
}

const rulesFor = (network: Network, subnet: string): BridgeRules => ({
  bridge: bridgeOf(network),
  subnet,
  internal: network.internal,
  icc: isOn(network, 'enable_icc'),
  masquerade: isOn(network, 'enable_ip_masquerade'),
  mode: gatewayMode(network, subnet.includes(':') ? 6 : 4),
  sourceIp: network.options[`com.docker.network.host_ipv${subnet.includes(':') ? 6 : 4}`],
});

const isOn = ({ options }: Network, name: string): boolean => readBool(options[`${BRIDGE_OPTION}${name}`] ?? 'true') !== false;

/** How a bridge leads out. `isolated`: not at all, the host included. */
export type GatewayMode = 'nat' | 'nat-unprotected' | 'routed' | 'isolated';
export const gatewayMode = ({ options }: Network, version: 4 | 6): GatewayMode =>
  (options[`${BRIDGE_OPTION}gateway_mode_ipv${version}`] as GatewayMode | undefined) ?? 'nat';
/** Where ports are published that name no address of the host. */
export const bindingOf = ({ options }: Network): string => options[`${BRIDGE_OPTION}host_binding_ipv4`] ?? '0.0.0.0';

interface Pools {
  readonly pools: readonly Pool[];
  readonly pools6: readonly Pool6[];
}

function openBridge(sys: Sys, network: Network, { pools: [pool], pools6: [pool6] }: Pools): void {
  const name = bridgeOf(network);
  if (sys.net.link.list().some((link) => link.name === name)) return;
  sys.net.link.add({ name, kind: 'bridge', mtu: mtuOf(network) });
  if (pool && gatewayMode(network, 4) !== 'isolated' && readBool(network.options[`${BRIDGE_OPTION}inhibit_ipv4`] ?? 'false') !== true)
    sys.net.link.addAddress(name, {
      ip: formatIp(pool.gateway),
      prefixLength: pool.subnet.prefixLength,
      broadcast: formatIp(lastOf(pool.subnet)),
    });
  if (pool6) {
    writeText(sys, '/proc/sys/net/ipv6/conf/all/forwarding', '1');
    if (gatewayMode(network, 6) !== 'isolated') sys.net.link.addAddress(name, { ip: pool6.gateway, prefixLength: pool6.prefix.length });
  }
  sys.net.link.set(name, { up: true });
}

export function ignoring(code: 'ENODEV' | 'ENOENT' | 'EADDRNOTAVAIL' | 'ESRCH' | 'EINVAL', act: () => void): void {
  try {
    act();
  } catch (error) {
    if (!isErrno(error, code)) throw error;
  }
}
