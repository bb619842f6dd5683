/** A link in the words of `ip`: flags, state, queueing discipline, the name with what it is tied to. */
import type { LinkInfo } from '../../../kernel/net/types.ts';
import type { IpCall } from './words.ts';

export function flagsOf(link: LinkInfo, { dialect }: Pick<IpCall, 'dialect'>): string {
  const isLoopback = link.kind === 'loopback';
  const flags = [
    ...(link.up && !link.carrier ? ['NO-CARRIER'] : []),
    ...(isLoopback ? ['LOOPBACK'] : ['BROADCAST', 'MULTICAST']),
    ...(link.kind === 'ipvlan' && link.mode !== 'l2' ? ['NOARP'] : []),
    ...(link.up ? ['UP'] : []),
    ...(link.up && link.carrier ? ['LOWER_UP'] : []),
    ...(dialect === 'busybox' && isElsewhere(link) ? ['M-DOWN'] : []),
  ];
  return flags.join(',');
}

const isElsewhere = (link: LinkInfo): boolean => link.peerIndex !== undefined && link.peerNetnsId !== undefined;

export function stateOf(link: LinkInfo): string {
  if (link.kind === 'loopback') return link.up ? 'UNKNOWN' : 'DOWN';
  if ((link.kind === 'dummy' || link.kind === 'vxlan') && link.up) return 'UNKNOWN';
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

export const hardwareLine = (link: LinkInfo, { dialect, details }: IpCall): string => {
  const isLoopback = link.kind === 'loopback';
  const netns = dialect === 'gnu' && link.peerNetnsId !== undefined ? ` link-netnsid ${link.peerNetnsId}` : '';
  return `    link/${isLoopback ? 'loopback' : 'ether'} ${link.mac} brd ${isLoopback ? '00:00:00:00:00:00' : 'ff:ff:ff:ff:ff:ff'}${netns}${details ? driverLimits(link) : ''}`;
};

/** What every link has for its driver, as `-d` tells it. */
function driverLimits({ kind, master }: LinkInfo): string {
  const isPort = master !== undefined;
  const [least, most] = kind === 'loopback' ? [0, 0] : [68, 65_535];
  return ` promiscuity ${isPort ? 1 : 0}  allmulti ${isPort ? 1 : 0} minmtu ${least} maxmtu ${most} ${kind === 'loopback' || kind === 'ethernet' ? queues(kind) : ''}`;
}

function queues(kind: LinkInfo['kind']): string {
  const count = kind === 'veth' ? 2 : 1;
  return `addrgenmode eui64 numtxqueues ${count} numrxqueues ${count} gso_max_size 65536 gso_max_segs 65535 `;
}

/** With `-d`: what kind of link it is, with its settings, and what it is to the bridge that it is a port of. */
export function detailLines(link: LinkInfo, all: readonly LinkInfo[], { details, dialect }: IpCall): readonly string[] {
  if (!details || dialect !== 'gnu' || link.kind === 'loopback' || link.kind === 'ethernet') return [];
  const master = all.find(({ name }) => name === link.master);
  const port = `bridge_slave state ${link.carrier ? 'forwarding' : 'disabled'} priority 32 cost 2 hairpin off guard off root_block off fastleave off learning on flood on port_id 0x8001 port_no 0x1 designated_port 32769 designated_cost 0 designated_bridge 8000.${master?.mac ?? ''} designated_root 8000.${master?.mac ?? ''}`;
  const lines = [kindText(link), ...(master === undefined ? [] : [`${port} `])];
  return lines.map((text, at) => `    ${text}${at === lines.length - 1 ? queues(link.kind) : ''}`);
}

function kindText({ kind, mac, mode, tunnel }: LinkInfo): string {
  switch (kind) {
    case 'bridge':
      return `bridge forward_delay 1500 hello_time 200 max_age 2000 ageing_time 30000 stp_state 0 priority 32768 vlan_filtering 0 bridge_id 8000.${mac} designated_root 8000.${mac} root_port 0 root_path_cost 0 `;
    case 'macvlan':
      return `macvlan mode ${mode ?? ''} bcqueuelen 1000 usedbcqueuelen 1000 `;
    case 'ipvlan':
      return `ipvlan mode ${mode ?? ''} bridge `;
    case 'vxlan':
      return `vxlan id ${tunnel?.vni ?? 0} srcport 0 0 dstport ${tunnel?.port ?? 0} ${tunnel?.proxy ? 'proxy l2miss l3miss ' : ''}ttl auto ageing 300 udpcsum noudp6zerocsumtx noudp6zerocsumrx `;
    default:
      return `${kind} `;
  }
}

/** With `-s`: what passed it. */
export function statistics({ rxBytes, rxPackets, txBytes, txPackets }: LinkInfo): readonly string[] {
  const row = (bytes: number, packets: number): string =>
    `    ${String(bytes).padStart(10)} ${String(packets).padStart(7)}      0       0       0       0 `;
  return [
    '    RX:  bytes packets errors dropped  missed   mcast           ',
    row(rxBytes, rxPackets),
    '    TX:  bytes packets errors dropped carrier collsns           ',
    row(txBytes, txPackets),
  ];
}
