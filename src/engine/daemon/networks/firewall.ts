/**
 * The rules that make published ports work and keep networks apart, in the chains of Docker 29: DOCKER-USER for the administrator,
 * DOCKER-FORWARD with what leads to DOCKER-CT (answers), DOCKER-INTERNAL (networks without a way out) and DOCKER-BRIDGE (what comes
 * in), and DOCKER with a rule for each published port. Upstream: moby daemon/libnetwork/drivers/bridge/internal/iptabler.
 */
import { Errno } from '../../kernel/errno.ts';
import type { Rule, RuleOps, TableName } from '../../kernel/net/types.ts';

export interface BridgeRules {
  readonly bridge: string;
  readonly subnet: string;
  readonly internal: boolean;
  readonly icc: boolean;
  readonly masquerade: boolean;
}

export interface PortRule {
  readonly bridge: string;
  readonly protocol: string;
  /** `0.0.0.0` is any. */
  readonly hostIp: string;
  readonly hostPort: number;
  readonly containerIp: string;
  readonly containerPort: number;
}

const words = (text: string): readonly string[] => text.split(' ');
const CHAINS = ['DOCKER', 'DOCKER-BRIDGE', 'DOCKER-CT', 'DOCKER-FORWARD', 'DOCKER-INTERNAL', 'DOCKER-USER'] as const;

const same = (rule: Rule, spec: readonly string[]): boolean => rule.spec.join(' ') === spec.join(' ');
const rulesOf = (rules: RuleOps, table: TableName, chain: string): readonly Rule[] =>
  rules.chains(table).find(({ name }) => name === chain)?.rules ?? [];
const has = (rules: RuleOps, at: At): boolean => rulesOf(rules, at.table, at.chain).some((rule) => same(rule, words(at.spec)));

interface At {
  readonly table: TableName;
  readonly chain: string;
  readonly spec: string;
}

function append(rules: RuleOps, table: TableName, rule: string): void {
  const [chain = '', ...spec] = words(rule);
  if (!has(rules, { table, chain, spec: spec.join(' ') })) rules.append(table, chain, spec);
}

function insert(rules: RuleOps, table: TableName, rule: string): void {
  const [chain = '', ...spec] = words(rule);
  if (!has(rules, { table, chain, spec: spec.join(' ') })) rules.insert(table, chain, spec, 1);
}

function remove(rules: RuleOps, table: TableName, rule: string): void {
  const [chain = '', ...spec] = words(rule);
  try {
    rules.remove(table, chain, spec);
  } catch (error) {
    if (!(error instanceof Errno)) throw error;
  }
}

function chain(rules: RuleOps, table: TableName, name: string): void {
  if (!rules.chains(table).some((one) => one.name === name)) rules.newChain(table, name);
}

/** The chains that are there as long as dockerd was ever started. */
export function setUpChains(rules: RuleOps): void {
  rules.policy('filter', 'FORWARD', 'DROP');
  for (const name of CHAINS) chain(rules, 'filter', name);
  chain(rules, 'nat', 'DOCKER');
  append(rules, 'filter', 'FORWARD -j DOCKER-USER');
  append(rules, 'filter', 'FORWARD -j DOCKER-FORWARD');
  append(rules, 'filter', 'DOCKER-FORWARD -j DOCKER-CT');
  append(rules, 'filter', 'DOCKER-FORWARD -j DOCKER-INTERNAL');
  append(rules, 'filter', 'DOCKER-FORWARD -j DOCKER-BRIDGE');
  append(rules, 'nat', 'PREROUTING -m addrtype --dst-type LOCAL -j DOCKER');
  append(rules, 'nat', 'OUTPUT ! -d 127.0.0.0/8 -m addrtype --dst-type LOCAL -j DOCKER');
}

function filterRules({ bridge, subnet, internal, icc }: BridgeRules): readonly string[] {
  if (internal) {
    return [
      `DOCKER-INTERNAL ! -s ${subnet} -o ${bridge} -j DROP`,
      `DOCKER-INTERNAL ! -d ${subnet} -i ${bridge} -j DROP`,
      ...(icc ? [] : [`DOCKER-FORWARD -i ${bridge} -o ${bridge} -j DROP`]),
    ];
  }
  return [
    `DOCKER ! -i ${bridge} -o ${bridge} -j DROP`,
    ...(icc ? [] : [`DOCKER -i ${bridge} -o ${bridge} -j DROP`]),
    `DOCKER-BRIDGE -o ${bridge} -j DOCKER`,
    `DOCKER-CT -o ${bridge} -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT`,
    `DOCKER-FORWARD -i ${bridge} -j ACCEPT`,
  ];
}

export function addBridge(rules: RuleOps, network: BridgeRules): void {
  for (const rule of filterRules(network)) append(rules, 'filter', rule);
  if (network.masquerade && !network.internal)
    insert(rules, 'nat', `POSTROUTING -s ${network.subnet} ! -o ${network.bridge} -j MASQUERADE`);
}

export function removeBridge(rules: RuleOps, network: BridgeRules): void {
  for (const rule of filterRules(network)) remove(rules, 'filter', rule);
  remove(rules, 'nat', `POSTROUTING -s ${network.subnet} ! -o ${network.bridge} -j MASQUERADE`);
}

/** From outside, a container's address answers only through its published ports. */
const direct = ({ bridge, containerIp }: Pick<PortRule, 'bridge' | 'containerIp'>): string =>
  `PREROUTING -d ${containerIp}/32 ! -i ${bridge} -j DROP`;

const forward = ({ bridge, protocol, hostIp, hostPort, containerIp, containerPort }: PortRule): string =>
  `DOCKER ${hostIp === '0.0.0.0' ? '' : `-d ${hostIp}/32 `}! -i ${bridge} -p ${protocol} -m ${protocol} --dport ${hostPort} -j DNAT --to-destination ${containerIp}:${containerPort}`;

const accept = ({ bridge, protocol, containerIp, containerPort }: PortRule): string =>
  `DOCKER -d ${containerIp}/32 ! -i ${bridge} -o ${bridge} -p ${protocol} -m ${protocol} --dport ${containerPort} -j ACCEPT`;

export const addEndpoint = (rules: RuleOps, at: Pick<PortRule, 'bridge' | 'containerIp'>): void => append(rules, 'raw', direct(at));
export const removeEndpoint = (rules: RuleOps, at: Pick<PortRule, 'bridge' | 'containerIp'>): void => remove(rules, 'raw', direct(at));

export function addPort(rules: RuleOps, port: PortRule): void {
  append(rules, 'nat', forward(port));
  insert(rules, 'filter', accept(port));
}

export function removePort(rules: RuleOps, port: PortRule): void {
  remove(rules, 'nat', forward(port));
  remove(rules, 'filter', accept(port));
}
