/** A link in the words of `ip`: flags, state, queueing discipline, the name with what it is tied to. */
import type { LinkInfo } from '../../../kernel/net/types.ts';
import type { IpCall } from './words.ts';

export function flagsOf(link: LinkInfo, { dialect }: IpCall): string {
  const isLoopback = link.kind === 'loopback';
  const flags = [
    ...(link.up && !link.carrier ? ['NO-CARRIER'] : []),
    ...(isLoopback ? ['LOOPBACK'] : ['BROADCAST', 'MULTICAST']),
    ...(link.up ? ['UP'] : []),
    ...(link.up && link.carrier ? ['LOWER_UP'] : []),
    ...(dialect === 'busybox' && isElsewhere(link) ? ['M-DOWN'] : []),
  ];
  return flags.join(',');
}

const isElsewhere = (link: LinkInfo): boolean => link.peerNetnsId !== undefined;

export function stateOf(link: LinkInfo): string {
  if (link.kind === 'loopback') return link.up ? 'UNKNOWN' : 'DOWN';
  if (link.kind === 'dummy' && link.up) return 'UNKNOWN';
  return link.up && link.carrier ? 'UP' : link.up && link.kind === 'veth' ? 'LOWERLAYERDOWN' : 'DOWN';
}

/** `eth0@if4`: the other end by its number if it is elsewhere, else by its name. */
export function nameOf(link: LinkInfo, all: readonly LinkInfo[]): string {
  if (link.peerIndex === undefined) return link.name;
  const here = isElsewhere(link) ? undefined : all.find(({ index }) => index === link.peerIndex)?.name;
  return `${link.name}@${here ?? `if${link.peerIndex}`}`;
}

export const queueOf = (link: LinkInfo): string =>
  !link.up && link.kind !== 'ethernet' && link.kind !== 'loopback'
    ? 'noop'
    : link.kind === 'ethernet'
      ? link.up
        ? 'fq_codel'
        : 'noop'
      : 'noqueue';

/** The first line of a link, without its number. */
export function firstLine(link: LinkInfo, all: readonly LinkInfo[], call: IpCall): string {
  const master = link.master === undefined ? '' : ` master ${link.master}`;
  const head = `${nameOf(link, all)}: <${flagsOf(link, call)}> mtu ${link.mtu}`;
  if (call.dialect === 'gnu')
    return `${head} qdisc ${queueOf(link)}${master} state ${stateOf(link)} ${call.brief ? '' : 'group default '}${queue(link)}`;
  const discipline = call.family === 'inet6' ? '' : ` qdisc ${queueOf(link)}`;
  return `${head}${discipline}${master} ${call.family === 'inet6' ? '' : queue(link)}`;
}

const queue = ({ queueLength }: LinkInfo): string => (queueLength > 0 ? `qlen ${queueLength}` : '');

export const hardwareLine = (link: LinkInfo, { dialect }: IpCall): string => {
  const isLoopback = link.kind === 'loopback';
  const netns = dialect === 'gnu' && link.peerNetnsId !== undefined ? ` link-netnsid ${link.peerNetnsId}` : '';
  return `    link/${isLoopback ? 'loopback' : 'ether'} ${link.mac} brd ${isLoopback ? '00:00:00:00:00:00' : 'ff:ff:ff:ff:ff:ff'}${netns}`;
};
