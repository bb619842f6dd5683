/** Networks whose containers sit on an interface of the host, each with an address of its own out there. Upstream: libnetwork/drivers/macvlan. */
import type { IPAM } from '../../api-types/index.ts';
import type { Sys } from '../../kernel/sys.ts';
import { invalid } from '../errors.ts';
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

/** Throws DockerError if the host has no such interface, or the mode is none. */
export function checkParent(sys: Sys, driver: string, options: Readonly<Record<string, string>>): void {
  const modes = MODES[driver];
  if (!modes) return;
  const mode = options[`${driver}_mode`];
  if (mode && !modes.includes(mode))
    throw invalid(`requested ${driver} mode '${mode}' is not valid, '${modes[0]}' mode is the ${driver} driver default`);
  const { parent } = options;
  if (parent && !sys.net.link.list().some(({ name }) => name === parent))
    throw invalid(`invalid subinterface vlan name ${parent}, example formatting is eth0.10`);
}

/** Without an interface asked for, a dummy stands for it, and the network has no way out. */
export const parentLinkOf = ({ id, options }: OnParent): string => options['parent'] || `dm-${shortId(id)}`;

export function openParent(sys: Sys, network: OnParent): void {
  const name = parentLinkOf(network);
  if (network.options['parent'] || sys.net.link.list().some((link) => link.name === name)) return;
  sys.net.link.add({ name, kind: 'dummy' });
  sys.net.link.set(name, { up: true });
}

/** A bridge is its network's gateway; out there is one only if somebody says which. */
export const hasGateway = ({ driver, ipam }: { readonly driver: string; readonly ipam: IPAM }): boolean =>
  MODES[driver] === undefined || (ipam.Config ?? []).some(({ Subnet, Gateway }) => Gateway && !Subnet?.includes(':'));
