/** What a new network may ask for. Upstream: moby daemon/network.go validateIpamConfig, libnetwork/controller.go, drivers/bridge. */
import { prefixFault, addressFault as textFault } from '../../api-types/address-fault.ts';
import type { IPAMPool, NetworkCreateRequest } from '../../api-types/index.ts';
import { contains, formatIp, type Ip, parseIp, parsePrefix } from '../../kernel/net/ip.ts';
import { DockerError, invalid, notFound, system } from '../errors.ts';
import { readBool } from '../read-bool.ts';
import { noSuchDriver } from './change-errors.ts';

const forbidden = (message: string): DockerError => new DockerError('forbidden', message);
const BRIDGE = 'com.docker.network.bridge.';
const SWITCHES = [`${BRIDGE}enable_icc`, `${BRIDGE}enable_ip_masquerade`, `${BRIDGE}inhibit_ipv4`, `${BRIDGE}default_bridge`] as const;
const MODES = [`${BRIDGE}gateway_mode_ipv4`, `${BRIDGE}gateway_mode_ipv6`] as const;
const GATEWAY_MODES = ['nat', 'nat-unprotected', 'routed', 'isolated'];
const MTU = 'com.docker.network.driver.mtu';

interface Range {
  readonly text: string;
  readonly ip: Ip;
  readonly length: number;
  readonly masked: string;
}

function readRange(text: string): Range | undefined {
  const [address = '', length = ''] = text.split('/');
  const ip = parseIp(address);
  const width = ip?.family === 'inet6' ? 128 : 32;
  if (ip === null || !/^\d+$/.test(length) || Number(length) > width) return undefined;
  const shift = BigInt(width - Number(length));
  return { text, ip, length: Number(length), masked: `${formatIp(ip.family, (ip.bits >> shift) << shift)}/${Number(length)}` };
}

const versionOf = ({ family }: Ip): 4 | 6 => (family === 'inet6' ? 6 : 4);
const holds = (subnet: Range, address: string): boolean => contains(parsePrefix(subnet.masked, subnet.ip.family), address);

/** Texts that are no addresses at all are no JSON of that kind. Throws DockerError. */
export function checkTexts(pools: readonly IPAMPool[]): void {
  const bitsOf = (address: string): number | null => {
    const ip = parseIp(address);
    return ip === null ? null : ip.family === 'inet6' ? 128 : 32;
  };
  const faults = pools.flatMap(({ Subnet = '', IPRange = '', Gateway = '', AuxiliaryAddresses = {} }) => [
    ...[Subnet, IPRange].map((text) => (text === '' ? null : prefixFault(text, bitsOf))),
    ...[Gateway, ...Object.values(AuxiliaryAddresses)].map((text) =>
      text === '' || parseIp(text) !== null ? null : `ParseAddr(${JSON.stringify(text)}): ${textFault(text)}`,
    ),
  ]);
  const [first] = faults.filter((fault) => fault !== null);
  if (first !== undefined) throw invalid(`invalid JSON: ${first}`);
}

/** Throws DockerError with everything that is wrong. */
export function checkPools(pools: readonly IPAMPool[], enableIPv6: boolean): void {
  const faults = pools.flatMap((pool) => poolFaults(pool, enableIPv6));
  if (faults.length === 1) throw invalid(`invalid network config:\n${faults[0]}`);
  if (faults.length > 0) throw invalid(`invalid network config:\n${faults.map((fault) => `* ${fault}`).join('\n')}`);
}

function poolFaults({ Subnet = '', IPRange, Gateway, AuxiliaryAddresses }: IPAMPool, enableIPv6: boolean): readonly string[] {
  const subnet = readRange(Subnet);
  if (subnet === undefined || (versionOf(subnet.ip) === 6 && !enableIPv6)) return [];
  const faults = subnet.masked === Subnet ? [] : [`invalid subnet ${Subnet}: it should be ${subnet.masked}`];
  const range = IPRange ? readRange(IPRange) : undefined;
  if (range) faults.push(...rangeFaults(range, subnet).map((fault) => `invalid ip-range ${range.text}: ${fault}`));
  const gateway = Gateway ? addressFault(Gateway, subnet) : undefined;
  if (gateway) faults.push(`invalid gateway ${Gateway}: ${gateway}`);
  for (const [name, address] of Object.entries(AuxiliaryAddresses ?? {})) {
    const fault = addressFault(address, subnet);
    if (fault) faults.push(`invalid auxiliary address ${name}: ${fault}`);
  }
  return faults;
}

function rangeFaults(range: Range, subnet: Range): readonly string[] {
  if (versionOf(range.ip) !== versionOf(subnet.ip)) return [`parent subnet is an IPv${versionOf(subnet.ip)} block`];
  const faults: string[] = [];
  if (range.length < subnet.length) faults.push(`CIDR block is bigger than its parent subnet ${subnet.text}`);
  if (range.masked !== range.text) faults.push(`it should be ${range.masked}`);
  const overlaps = holds(subnet, range.ip.text) || holds(range, subnet.ip.text);
  if (!overlaps) faults.push(`parent subnet ${subnet.text} doesn't contain ip-range`);
  return faults;
}

function addressFault(address: string, subnet: Range): string | undefined {
  const ip = parseIp(address);
  if (ip === null) return undefined;
  if (versionOf(ip) !== versionOf(subnet.ip)) return `parent subnet is an IPv${versionOf(subnet.ip)} block`;
  return holds(subnet, address) ? undefined : `parent subnet ${subnet.text} doesn't contain this address`;
}

/** What does not go together, before a driver is asked. Throws DockerError. */
export function checkRequest(request: NetworkCreateRequest): void {
  const { Scope = '', Ingress, Internal, Attachable, ConfigOnly, ConfigFrom } = request;
  if (ConfigOnly && (Ingress || Internal || Attachable || Scope !== ''))
    throw forbidden(
      'configuration network can only contain network specific fields. Network operator fields like [ ingress | internal | attachable | scope ] are not supported.',
    );
  if (!ConfigFrom?.Network) return;
  if (ConfigOnly) throw forbidden('a configuration network cannot depend on another configuration network');
  const { IPAM, Labels, Options, EnableIPv4, EnableIPv6 } = request;
  const isEmpty = (map: object | null | undefined): boolean => Object.keys(map ?? {}).length === 0;
  const hasOwn = (IPAM?.Driver ?? 'default') !== 'default' || EnableIPv4 === false || EnableIPv6 || (IPAM?.Config ?? []).length > 0;
  if (hasOwn || !isEmpty(Labels) || !isEmpty(IPAM?.Options))
    throw forbidden('user-specified configurations are not supported if the network depends on a configuration network');
  if (!isEmpty(Options)) throw forbidden('network driver options are not supported if the network depends on a configuration network');
}

/** Throws DockerError if the network would be of a whole swarm. */
export function checkScope({ Scope, Ingress }: NetworkCreateRequest): void {
  if (Ingress) throw forbidden('Ingress network can only be global scope network');
  if (Scope === 'swarm') throw forbidden('cannot create a swarm scoped network when swarm is not active');
}

export const noConfiguration = (name: string): DockerError => notFound(`configuration network ${JSON.stringify(name)} does not exist`);

/** Throws DockerError. */
export function checkIpamDriver({ IPAM, EnableIPv4 }: NetworkCreateRequest): void {
  const driver = IPAM?.Driver || 'default';
  if (driver === 'default') return;
  if (driver !== 'null') throw noSuchDriver(driver);
  if ((IPAM?.Config ?? []).length > 0) throw invalid('null ipam driver does not handle specific address pool requests');
  throw invalid(EnableIPv4 === false ? 'ipv6 pool is empty' : 'ipv4 pool is empty');
}

interface BridgeWish {
  readonly options: Readonly<Record<string, string>>;
  readonly internal: boolean;
  readonly enableIPv4: boolean;
  readonly enableIPv6: boolean;
}

/** Throws DockerError if the bridge driver cannot read its options. */
export function checkBridge({ options, internal, enableIPv4, enableIPv6 }: BridgeWish): void {
  const bad = (label: string, value: string, why: string): DockerError => invalid(`failed to parse ${label} value: ${value} (${why})`);
  for (const label of SWITCHES) {
    const value = options[label];
    if (value !== undefined && readBool(value) === undefined)
      throw bad(label, value, `strconv.ParseBool: parsing ${JSON.stringify(value)}: invalid syntax`);
  }
  for (const label of MODES) {
    const value = options[label];
    if (value !== undefined && !GATEWAY_MODES.includes(value)) throw bad(label, value, `unknown gateway mode ${value}`);
    if (value === 'isolated' && !internal) throw system("gateway mode 'isolated' can only be used for an internal network");
  }
  const mtu = options[MTU];
  if (mtu !== undefined && !/^[-+]?\d+$/.test(mtu)) throw bad(MTU, mtu, `strconv.Atoi: parsing ${JSON.stringify(mtu)}: invalid syntax`);
  const binding = options[`${BRIDGE}host_binding_ipv4`];
  if (binding !== undefined && parseIp(binding) === null) throw bad(`${BRIDGE}host_binding_ipv4`, binding, 'nil ip');
  if (!enableIPv4 && !enableIPv6) throw invalid('IPv4 or IPv6 must be enabled');
  if (mtu !== undefined && Number(mtu) < 0) throw invalid(`invalid MTU number: ${Number(mtu)}`);
}
