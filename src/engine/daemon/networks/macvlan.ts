/** Networks whose containers sit on an interface of the host, each with an address of its own out there. Upstream: libnetwork/drivers/macvlan. */
import type { IPAMPool } from '../../api-types/index.ts';
import type { Sys } from '../../kernel/sys.ts';
import { invalid, system } from '../errors.ts';
import { shortId } from '../ids.ts';

interface OnParent {
  readonly id: string;
  readonly driver: string;
  readonly options: Readonly<Record<string, string>>;
}

const MODES: Readonly<Record<string, readonly string[]>> = {
  macvlan: ['bridge', 'private', 'vepa', 'passthru'],
  ipvlan: ['l2', 'l3', 'l3s'],
};

const FLAGS = ['bridge', 'private', 'vepa'];

interface ParentWish {
  readonly driver: string;
  readonly options: Readonly<Record<string, string>>;
  /** The networks that there are. */
  readonly others: readonly OnParent[];
}

/** Throws DockerError if the host has no such interface, it is somebody's alone, or the mode is none. */
export function checkParent(sys: Sys, { driver, options, others }: ParentWish): void {
  const modes = MODES[driver];
  if (!modes) return;
  const mode = options[`${driver}_mode`];
  if (mode && !modes.includes(mode))
    throw invalid(`requested ${driver} mode '${mode}' is not valid, '${modes[0]}' mode is the ${driver} driver default`);
  const { parent, ipvlan_flag: flag } = options;
  if (driver === 'ipvlan' && flag && !FLAGS.includes(flag))
    throw invalid(`requested ipvlan flag '${flag}' is not valid, 'bridge' is the ipvlan driver default`);
  if (parent === 'lo') throw system(`loopback interface is not a valid ${driver} parent link`);
  const beside = others.find((other) => other.driver === driver && other.options.parent === parent);
  if (driver === 'ipvlan' && parent && beside) throw system(`network ${dummyOf(beside)} is already using parent interface ${parent}`);
  if (driver === 'macvlan' && parent && beside) checkAlone(mode, beside, parent);
  if (parent && !hasLink(sys, parent)) vlanOf(sys, parent);
}

/** In passthru mode an interface serves one network only. */
function checkAlone(mode: string | undefined, beside: OnParent, parent: string): void {
  if (mode === 'passthru')
    throw system(`cannot use mode passthru, macvlan network ${beside.id} is already using parent interface ${parent}`);
  if (modeOf(beside) === 'passthru')
    throw system(`macvlan network ${beside.id} is already using parent interface ${parent} in mode passthru`);
}

const hasLink = (sys: Sys, name: string): boolean => sys.net.link.list().some((link) => link.name === name);

/** `eth0.10` is VLAN 10 on eth0. Throws DockerError if it is no such name, or the host has no eth0. */
function vlanOf(sys: Sys, name: string): { readonly on: string } {
  const [, on = '', id = ''] = /^([^.]+)\.(\d+)$/.exec(name) ?? [];
  if (on === '') throw invalid(`invalid subinterface vlan name ${name}, example formatting is eth0.10`);
  if (Number(id) < 1 || Number(id) > 4094) throw invalid(`vlan id must be between 1-4094, received: ${Number(id)}`);
  if (!hasLink(sys, on)) throw invalid(`failed to find master interface ${on} on the Docker host: Link not found`);
  return { on };
}

/** Without an interface asked for, a dummy stands for it, and the network has no way out. */
export const parentLinkOf = (network: OnParent): string => network.options.parent || dummyOf(network);

const dummyOf = ({ id, driver }: OnParent): string => `${driver === 'ipvlan' ? 'di' : 'dm'}-${shortId(id)}`;

/** Makes what its containers will sit on, if it is not there. */
export function openParent(sys: Sys, network: OnParent): void {
  const name = parentLinkOf(network);
  if (hasLink(sys, name)) return;
  if (network.options.parent) sys.net.link.add({ name, kind: 'vlan', parent: vlanOf(sys, name).on });
  else sys.net.link.add({ name, kind: 'dummy' });
  sys.net.link.set(name, { up: true });
}

/** Removes what `openParent` made, if nobody else sits on it. */
export function closeParent(sys: Sys, network: OnParent, others: readonly OnParent[]): void {
  const name = parentLinkOf(network);
  const kind = sys.net.link.list().find((link) => link.name === name)?.kind;
  if (kind !== 'vlan' && kind !== 'dummy') return;
  if (!others.some((other) => isOnParent(other) && parentLinkOf(other) === name)) sys.net.link.delete(name);
}

/** A network of containers that sit on an interface of the host. */
export const isOnParent = ({ driver }: Pick<OnParent, 'driver'>): boolean => MODES[driver] !== undefined;

export const modeOf = ({ driver, options }: OnParent): string | undefined => options[`${driver}_mode`] || MODES[driver]?.[0];

/** In these modes of ipvlan the host routes between its interface and the containers, whose way out is the interface itself. */
export const isRouted = (network: OnParent): boolean => network.driver === 'ipvlan' && modeOf(network) !== 'l2';

/** A bridge is its network's gateway; out there a subnet has one only if somebody says which. */
export const hasGateway = (network: Pick<OnParent, 'driver'>, asked: IPAMPool | undefined): boolean =>
  !isOnParent(network) || Boolean(asked?.Gateway);
