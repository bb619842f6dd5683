/** `ip -j`: the same as JSON, in iproute2's keys. */
import type { AddressInfo, LinkInfo, NeighbourInfo, RouteInfo } from '../../../kernel/net/types.ts';
import { flagsOf, nameOf, queueOf, stateOf } from './describe.ts';
import type { IpCall } from './words.ts';

const FOREVER = 4_294_967_295;

/** On one line, or with `-p` laid out. */
export const jsonText = (documents: readonly object[], { pretty }: IpCall): string =>
  pretty ? `${laidOut(documents)}\n` : `${JSON.stringify(documents)}\n`;

/** iproute2 opens with `[ {`, indents by eight and closes with `} ]`; lists of words stay on a line. */
function laidOut(documents: readonly object[]): string {
  const member = ([key, value]: readonly [string, unknown], indent: string): string =>
    `${indent}${JSON.stringify(key)}: ${
      Array.isArray(value)
        ? value.some((one) => typeof one === 'object')
          ? `[ ${value.map((one) => block(one as object, `${indent}    `)).join(',')} ]`
          : `[ ${value.map((one) => JSON.stringify(one)).join(',')} ]`
        : JSON.stringify(value)
    }`;
  const block = (document: object, indent: string): string =>
    `{\n${Object.entries(document)
      .map((entry) => member(entry, `${indent}    `))
      .join(',\n')}\n${indent}}`;
  return `[ ${documents.map((document) => block(document, '    ')).join(',')} ]`;
}

/** The other end of a link, as a name here or as a number elsewhere. */
function otherEnd(link: LinkInfo, all: readonly LinkInfo[]): object {
  const [, other] = nameOf(link, all).split('@');
  if (other === undefined) return {};
  return /^if\d+$/.test(other) ? { link_index: link.peerIndex } : { link: other };
}

export function linkJson(link: LinkInfo, all: readonly LinkInfo[], mode?: string): object {
  const isLoopback = link.kind === 'loopback';
  return {
    ifindex: link.index,
    ...otherEnd(link, all),
    ifname: link.name,
    flags: flagsOf(link, { dialect: 'gnu' }).split(','),
    mtu: link.mtu,
    qdisc: queueOf(link),
    ...(link.master !== undefined && { master: link.master }),
    operstate: stateOf(link),
    ...(mode !== undefined && { linkmode: mode }),
    group: 'default',
    ...(link.queueLength > 0 && { txqlen: link.queueLength }),
    link_type: isLoopback ? 'loopback' : 'ether',
    address: link.mac,
    broadcast: isLoopback ? '00:00:00:00:00:00' : 'ff:ff:ff:ff:ff:ff',
    ...(link.peerNetnsId !== undefined && { link_netnsid: link.peerNetnsId }),
  };
}

export const addressJson = ({ family, ip, prefixLength, broadcast, scope, label }: AddressInfo): object => ({
  family,
  local: ip,
  prefixlen: prefixLength,
  ...(broadcast !== undefined && { broadcast }),
  scope,
  ...(family === 'inet' && label !== undefined && { label }),
  valid_life_time: FOREVER,
  preferred_life_time: FOREVER,
});

export const briefJson = (link: LinkInfo, all: readonly LinkInfo[], own: readonly AddressInfo[]): object => ({
  ...otherEnd(link, all),
  ifname: link.name,
  operstate: stateOf(link),
  addr_info: own.map(({ ip, prefixLength }) => ({ local: ip, prefixlen: prefixLength })),
});

export const briefLinkJson = (link: LinkInfo, all: readonly LinkInfo[]): object => ({
  ...otherEnd(link, all),
  ifname: link.name,
  operstate: stateOf(link),
  address: link.mac,
  flags: flagsOf(link, { dialect: 'gnu' }).split(','),
});

export const routeJson = (
  { destination, refuses, via, device, protocol, scope, source, metric }: RouteInfo,
  flags: readonly string[],
): object => ({
  ...(refuses !== undefined && { type: refuses }),
  dst: destination,
  ...(via !== undefined && { gateway: via }),
  ...(device !== '' && { dev: device }),
  ...(protocol !== undefined && protocol !== 'boot' && { protocol }),
  ...(scope !== undefined && scope !== 'global' && { scope }),
  ...(source !== undefined && { prefsrc: source }),
  ...(metric !== undefined && { metric }),
  flags,
});

export const neighbourJson = ({ ip, device, mac, state }: NeighbourInfo): object => ({
  dst: ip,
  dev: device,
  ...(mac !== '' && { lladdr: mac }),
  state: [state],
});
