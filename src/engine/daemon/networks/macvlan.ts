/** Networks whose containers sit on an interface of the host, each with an address of its own out there. Upstream: libnetwork/drivers/macvlan. */
import type { IPAMPool } from '../../api-types/index.ts';
import type { Sys } from '../../kernel/sys.ts';
import { invalid } from '../errors.ts';
import { shortId } from '../ids.ts';

export interface OnParent {
  readonly id: string;
  readonly driver: string;
  readonly options: Readonly<Record<string, string>>;
}

export const MODES: Readonly<Record<string, readonly string[]>> = {
  macvlan: ['bridge', 'private', 'vepa', 'passthru'],
  ipvlan: ['l2', 'l3', 'l3s'],
};

export const hasLink = (sys: Sys, name: string): boolean => sys.net.link.list().some((link) => link.name === name);

/** `eth0.10` is VLAN 10 on eth0. Throws DockerError if it is no such name, or the host has no eth0. */
export function vlanOf(sys: Sys, name: string): { readonly on: string } {
  const [, on = '', id = ''] = /^([^.]+)\.(\d+)$/.exec(name) ?? [];
  if (on === '') throw invalid(`invalid subinterface vlan name ${name}, example formatting is eth0.10`);
  if (Number(id) < 1 || Number(id) > 4094) throw invalid(`vlan id must be between 1-4094, received: ${Number(id)}`);
  if (!hasLink(sys, on)) throw invalid(`failed to find master interface ${on} on the Docker host: Link not found`);
  return { on };
}

/** Without an interface asked for, a dummy stands for it, and the network has no way out. */
export const parentLinkOf = (network: OnParent): string => network.options.parent || dummyOf(network);

export const dummyOf = ({ id, driver }: OnParent): string => `${driver === 'ipvlan' ? 'di' : 'dm'}-${shortId(id)}`;

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
