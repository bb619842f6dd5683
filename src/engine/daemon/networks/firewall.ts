/**
 * The rules that make published ports work and keep networks apart, in the chains of Docker 29: DOCKER-USER for the administrator,
 * DOCKER-FORWARD with what leads to DOCKER-CT (answers), DOCKER-INTERNAL (networks without a way out) and DOCKER-BRIDGE (what comes
 * in), and DOCKER with a rule for each published port. Upstream: moby daemon/libnetwork/drivers/bridge/internal/iptabler.
 */
import { Errno } from '../../kernel/errno.ts';
import type { RuleOps, TableName } from '../../kernel/net/types.ts';

export interface BridgeRules {
  /** Of the host, that containers are seen under outside. */
  readonly sourceIp?: string | undefined;
  readonly bridge: string;
  readonly subnet: string;
  readonly internal: boolean;
  readonly icc: boolean;
  readonly masquerade: boolean;
  readonly mode: 'nat' | 'nat-unprotected' | 'routed' | 'isolated';
}

export interface PortRule {
  readonly bridge: string;
  readonly protocol: string;
  /** `0.0.0.0` is any. */
  readonly hostIp: string;
  /** 0: the port is open at the container's own address only. */
  readonly hostPort: number;
  readonly containerIp: string;
  readonly containerPort: number;
  /** All ports are open already. */
  readonly unprotected?: boolean;
}

const words = (text: string): readonly string[] => text.split(' ');
const CHAINS = ['DOCKER', 'DOCKER-BRIDGE', 'DOCKER-CT', 'DOCKER-FORWARD', 'DOCKER-INTERNAL', 'DOCKER-USER'] as const;

/** The rules of one family of addresses. */
interface Tables {
  readonly rules: RuleOps;
  readonly family: 'inet' | 'inet6';
}
const tablesFor = (rules: RuleOps, address: string): Tables => ({ rules, family: address.includes(':') ? 'inet6' : 'inet' });

function has({ rules, family }: Tables, table: TableName, rule: string): boolean {
  const [chain = '', ...spec] = words(rule);
  return rules.has(table, chain, spec, family);
}

function append(tables: Tables, table: TableName, rule: string): void {
  const [chain = '', ...spec] = words(rule);
  if (!has(tables, table, rule)) tables.rules.append(table, chain, spec, tables.family);
}

function insert(tables: Tables, table: TableName, rule: string): void {
  const [chain = '', ...spec] = words(rule);
  if (!has(tables, table, rule)) tables.rules.insert(table, chain, spec, 1, tables.family);
}

function remove({ rules, family }: Tables, table: TableName, rule: string): void {
  const [chain = '', ...spec] = words(rule);
  try {
    rules.remove(table, chain, spec, family);
  } catch (error) {
    if (!(error instanceof Errno)) throw error;
  }
}

function chain({ rules, family }: Tables, table: TableName, name: string): void {
  if (!rules.chains(table, family).some((one) => one.name === name)) rules.newChain(table, name, family);
}

/** The chains that are there as long as dockerd was ever started. */
export function setUpChains(rules: RuleOps): void {
  for (const family of ['inet', 'inet6'] as const) setUpFamily({ rules, family });
}

function setUpFamily(tables: Tables): void {
  const { rules, family } = tables;
  // Nothing is forwarded over IPv6 before there is a network that has it.
  if (family === 'inet') rules.policy('filter', 'FORWARD', 'DROP', family);
  for (const name of CHAINS) chain(tables, 'filter', name);
  chain(tables, 'nat', 'DOCKER');
  append(tables, 'filter', 'FORWARD -j DOCKER-USER');
  append(tables, 'filter', 'FORWARD -j DOCKER-FORWARD');
  append(tables, 'filter', 'DOCKER-FORWARD -j DOCKER-CT');
  append(tables, 'filter', 'DOCKER-FORWARD -j DOCKER-INTERNAL');
  append(tables, 'filter', 'DOCKER-FORWARD -j DOCKER-BRIDGE');
  append(tables, 'nat', 'PREROUTING -m addrtype --dst-type LOCAL -j DOCKER');
  append(tables, 'nat', `OUTPUT ! -d ${family === 'inet' ? '127.0.0.0/8' : '::1/128'} -m addrtype --dst-type LOCAL -j DOCKER`);
}

function filterRules({ bridge, subnet, internal, icc, mode }: BridgeRules): readonly string[] {
  if (internal) {
    return [
      `DOCKER-INTERNAL ! -s ${subnet} -o ${bridge} -j DROP`,
      `DOCKER-INTERNAL ! -d ${subnet} -i ${bridge} -j DROP`,
      `DOCKER-FORWARD -i ${bridge} -o ${bridge} -j ${icc ? 'ACCEPT' : 'DROP'}`,
    ];
  }
  const outgoing = icc
    ? [`DOCKER-FORWARD -i ${bridge} -j ACCEPT`]
    : [`DOCKER-FORWARD -i ${bridge} -o ${bridge} -j DROP`, `DOCKER-FORWARD -i ${bridge} ! -o ${bridge} -j ACCEPT`];
  const ping = mode === 'routed' ? [`DOCKER -o ${bridge} -p ${subnet.includes(':') ? 'ipv6-icmp' : 'icmp'} -j ACCEPT`] : [];
  return [
    ...outgoing,
    ...ping,
    `DOCKER ! -i ${bridge} -o ${bridge} -j ${mode === 'nat-unprotected' ? 'ACCEPT' : 'DROP'}`,
    `DOCKER-CT -o ${bridge} -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT`,
    `DOCKER-BRIDGE -o ${bridge} -j DOCKER`,
  ];
}

export function addBridge(rules: RuleOps, network: BridgeRules): void {
  if (network.subnet.includes(':')) rules.policy('filter', 'FORWARD', 'DROP', 'inet6');
  const tables = tablesFor(rules, network.subnet);
  for (const rule of filterRules(network)) append(tables, 'filter', rule);
  if (network.masquerade && !network.internal && network.mode !== 'routed') insert(tables, 'nat', masquerade(network));
}

export function removeBridge(rules: RuleOps, network: BridgeRules): void {
  const tables = tablesFor(rules, network.subnet);
  for (const rule of filterRules(network)) remove(tables, 'filter', rule);
  remove(tables, 'nat', masquerade(network));
}

/** By the address of whatever interface it leaves by, or by one that was chosen for it. */
const masquerade = ({ subnet, bridge, sourceIp }: BridgeRules): string =>
  `POSTROUTING -s ${subnet} ! -o ${bridge} -j ${sourceIp === undefined ? 'MASQUERADE' : `SNAT --to-source ${sourceIp}`}`;
const only = (ip: string): string => `${ip}/${ip.includes(':') ? 128 : 32}`;
const withPort = (ip: string, port: number): string => `${ip.includes(':') ? `[${ip}]` : ip}:${port}`;

/** From outside, a container's address answers only through its published ports. */
const direct = ({ bridge, containerIp }: Pick<PortRule, 'bridge' | 'containerIp'>): string =>
  `PREROUTING -d ${only(containerIp)} ! -i ${bridge} -j DROP`;

/** Addresses of one link only are left to the proxy. */
function forward({ bridge, protocol, hostIp, hostPort, containerIp, containerPort }: PortRule): string {
  const source = containerIp.includes(':') ? '! -s fe80::/10 ' : '';
  const destination = hostIp === '0.0.0.0' || hostIp === '::' ? '' : `-d ${only(hostIp)} `;
  return `DOCKER ${source}${destination}! -i ${bridge} -p ${protocol} -m ${protocol} --dport ${hostPort} -j DNAT --to-destination ${withPort(containerIp, containerPort)}`;
}

const accept = ({ bridge, protocol, containerIp, containerPort }: PortRule): string =>
  `DOCKER -d ${only(containerIp)} ! -i ${bridge} -o ${bridge} -p ${protocol} -m ${protocol} --dport ${containerPort} -j ACCEPT`;

export const addEndpoint = (rules: RuleOps, at: Pick<PortRule, 'bridge' | 'containerIp'>): void =>
  append(tablesFor(rules, at.containerIp), 'raw', direct(at));
export const removeEndpoint = (rules: RuleOps, at: Pick<PortRule, 'bridge' | 'containerIp'>): void =>
  remove(tablesFor(rules, at.containerIp), 'raw', direct(at));

/** What comes from outside to an address that only the host has. */
const onLoopback = ({ protocol, hostIp, hostPort }: PortRule): string | undefined =>
  hostIp.startsWith('127.') ? `PREROUTING -d ${only(hostIp)} ! -i lo -p ${protocol} -m ${protocol} --dport ${hostPort} -j DROP` : undefined;

/** The rules of a port by their tables; those that are inserted stand first. */
function portRules(port: PortRule): readonly { readonly table: TableName; readonly rule: string; readonly first?: true }[] {
  const loopback = onLoopback(port);
  return [
    ...(loopback === undefined ? [] : [{ table: 'raw' as const, rule: loopback }]),
    ...(port.hostPort === 0 ? [] : [{ table: 'nat' as const, rule: forward(port) }]),
    ...(port.unprotected ? [] : [{ table: 'filter' as const, rule: accept(port), first: true as const }]),
  ];
}

export function addPort(rules: RuleOps, port: PortRule): void {
  const tables = tablesFor(rules, port.containerIp);
  for (const { table, rule, first } of portRules(port)) (first ? insert : append)(tables, table, rule);
}

export function removePort(rules: RuleOps, port: PortRule): void {
  const tables = tablesFor(rules, port.containerIp);
  for (const { table, rule } of portRules(port)) remove(tables, table, rule);
}
