/** Networks: what was created, their pools of addresses, and the bridges on the host that stand for them. */
import type { IPAM, NetworkCreateRequest } from '../../api-types/index.ts';
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
  readonly #pools = new Map<string, Pool>();
  readonly #pools6 = new Map<string, Pool6>();
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

  pool(network: Network): Pool | undefined {
    return this.#pools.get(network.id);
  }

  pool6(network: Network): Pool6 | undefined {
    return this.#pools6.get(network.id);
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
    const asksForSix = (network.ipam.Config ?? []).some(({ Subnet }) => Subnet?.includes(':'));
    const whole = this.#withPool6(network);
    try {
      return this.#withPool(whole, asksForSix);
    } catch (error) {
      this.#pools6.delete(network.id);
      throw error;
    }
  }

  /** Gives the network its IPv6 subnet, if it has any: the one asked for, or a local one of its own. */
  #withPool6(network: Network): Network {
    const all = network.ipam.Config ?? [];
    if (!network.enableIPv6) return { ...network, ipam: { ...network.ipam, Config: all.filter(({ Subnet }) => !Subnet?.includes(':')) } };
    const configs = all;
    const asked = configs.find(({ Subnet }) => Subnet?.includes(':'));
    const six = asked ?? { Subnet: localSubnet(this.#sys) };
    const pool = openPool6(six, [...this.#pools6.values()]);
    if (network.driver === 'bridge') checkAddress6(pool.gateway, pool.prefix.length);
    this.#pools6.set(network.id, pool);
    const config = { ...six, Gateway: six.Gateway || pool.gateway };
    return { ...network, ipam: { ...network.ipam, Config: [...configs.filter((one) => one !== asked), config] } };
  }

  /** Gives the network its IPv4 subnet: the one asked for, or a free one. */
  #withPool(network: Network, asksForSix: boolean): Network {
    const configs = network.ipam.Config ?? [];
    const four = configs.find(({ Subnet }) => !Subnet?.includes(':'));
    if (!network.enableIPv4) return network;
    const pool = openPool(four, four?.Subnet ? [...this.#pools.values()].map(({ subnet }) => subnet) : this.#taken());
    this.#pools.set(network.id, pool);
    // What was asked for comes first.
    const others = configs.filter((one) => one !== four);
    const gateway = hasGateway(network) ? formatIp(pool.gateway) : undefined;
    if (gateway === undefined) freeGateway(pool);
    const config = {
      ...four,
      Subnet: formatSubnet(pool.subnet),
      Gateway: four?.Gateway || gateway,
      ...(four?.AuxiliaryAddresses && { AuxiliaryAddresses: byKey(four.AuxiliaryAddresses) }),
    };
    const ordered = Object.fromEntries(
      (['Subnet', 'IPRange', 'Gateway', 'AuxiliaryAddresses'] as const).flatMap((key) =>
        config[key] === undefined ? [] : [[key, config[key]]],
      ),
    );
    return { ...network, ipam: { ...network.ipam, Config: four || !asksForSix ? [ordered, ...others] : [...others, ordered] } };
  }

  /** Subnets of other networks, and what the host has routes to. */
  #taken(): readonly Subnet[] {
    const routed = this.#sys.net.link
      .routes('inet')
      .map(({ destination }) => (destination === 'default' ? undefined : parseSubnet(destination)));
    return [...[...this.#pools.values()].map(({ subnet }) => subnet), ...routed.filter((one) => one !== undefined)];
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
    const pool = this.#pools.get(network.id);
    const pool6 = this.#pools6.get(network.id);
    if (isOnParent(network)) openParent(this.#sys, network);
    if (network.driver === 'overlay') this.overlay?.open(network);
    if (network.driver !== 'bridge') return;
    openBridge(this.#sys, network, { pool, pool6 });
    for (const subnet of subnetsOf(pool, pool6)) addBridge(this.#sys.net.rules, rulesFor(network, subnet));
  }

  /** The pools of a network that an earlier daemon made. */
  #knowPools(network: Network): void {
    for (const config of network.ipam.Config ?? []) {
      if (config.Subnet?.includes(':')) {
        if (network.enableIPv6 && !this.#pools6.has(network.id)) this.#pools6.set(network.id, poolOf6(config));
        continue;
      }
      const subnet = config.Subnet === undefined ? undefined : parseSubnet(config.Subnet);
      if (!subnet || !network.enableIPv4 || this.#pools.has(network.id)) continue;
      const pool = poolOf(subnet, config);
      if (!hasGateway(network)) freeGateway(pool);
      this.#pools.set(network.id, pool);
    }
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
    const subnets = subnetsOf(this.#pools.get(network.id), this.#pools6.get(network.id));
    const others = this.all().filter(({ id }) => id !== network.id);
    if (isOnParent(network)) closeParent(this.#sys, network, others);
    if (network.driver === 'overlay') this.overlay?.close(network);
    if (network.driver === 'bridge') {
      for (const subnet of subnets) removeBridge(this.#sys.net.rules, rulesFor(network, subnet));
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

const subnetsOf = (pool: Pool | undefined, pool6: Pool6 | undefined): readonly string[] => [
  ...(pool ? [formatSubnet(pool.subnet)] : []),
  ...(pool6 ? [pool6.prefix.text] : []),
];

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

function openBridge(sys: Sys, network: Network, { pool, pool6 }: { pool: Pool | undefined; pool6: Pool6 | undefined }): void {
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

export function ignoring(code: 'ENODEV' | 'ENOENT' | 'EADDRNOTAVAIL' | 'ESRCH', act: () => void): void {
  try {
    act();
  } catch (error) {
    if (!isErrno(error, code)) throw error;
  }
}
