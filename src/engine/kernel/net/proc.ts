/** /proc/net: what older tools read instead of asking over netlink. */
import type { NetHost } from './host.ts';
import { formatIp, parseIp } from './ip.ts';
import { BROADCAST_MAC } from './link.ts';
import { byNetwork } from './link-ops.ts';
import type { NetNamespace } from './namespace.ts';
import { neighboursOf } from './neighbours.ts';
import type { SocketAddress, SocketInfo } from './types.ts';

export function procFile(host: NetHost, namespace: NetNamespace, file: string): string | undefined {
  switch (file) {
    case 'dev':
      return devices(namespace);
    case 'route':
      return routes(namespace);
    case 'arp':
      return neighbours(host, namespace);
    case 'ip_vs':
      return virtualServers(namespace);
    case 'if_inet6':
      return addresses6(namespace);
    case 'tcp':
      return sockets(host, namespace, { family: 'inet', type: 'stream' });
    case 'tcp6':
      return sockets(host, namespace, { family: 'inet6', type: 'stream' });
    case 'udp':
      return sockets(host, namespace, { family: 'inet', type: 'dgram' });
    case 'udp6':
      return sockets(host, namespace, { family: 'inet6', type: 'dgram' });
    default:
      return file.startsWith('link/') ? linkAttribute(namespace, file) : undefined;
  }
}

/** `link/eth0/mtu`: not a file of /proc/net, but what /sys/class/net shows of a link. */
function linkAttribute(namespace: NetNamespace, file: string): string | undefined {
  const [, name = '', attribute = ''] = file.split('/');
  const link = namespace.link(name);
  if (link === undefined) return undefined;
  const attributes: Readonly<Record<string, string | number>> = {
    address: link.mac,
    addr_len: 6,
    broadcast: link.kind === 'loopback' ? '00:00:00:00:00:00' : BROADCAST_MAC,
    carrier: link.carrier ? 1 : 0,
    ifindex: link.index,
    iflink: link.kind === 'veth' ? (link.peer?.index ?? link.index) : (link.parent?.index ?? link.index),
    mtu: link.mtu,
    operstate: link.kind === 'loopback' ? 'unknown' : link.carrier ? 'up' : 'down',
    type: link.kind === 'loopback' ? 772 : 1,
  };
  if (attribute === 'brif') return link.kind === 'bridge' ? link.ports.map((port) => `${port.name}\n`).join('') : undefined;
  return Object.hasOwn(attributes, attribute) ? `${attributes[attribute]}\n` : undefined;
}

/** There once somebody has a service, as the module is then. Upstream: net/netfilter/ipvs/ip_vs_ctl.c. */
function virtualServers({ ipvs }: NetNamespace): string | undefined {
  if (ipvs.isEmpty) return undefined;
  const head =
    'IP Virtual Server version 1.2.1 (size=4096)\nProt LocalAddress:Port Scheduler Flags\n  -> RemoteAddress:Port Forward Weight ActiveConn InActConn\n';
  const hex = (value: number, digits: number): string => value.toString(16).toUpperCase().padStart(digits, '0');
  const address = (ip: string): string =>
    ip
      .split('.')
      .map((byte) => hex(Number(byte), 2))
      .join('');
  const services = ipvs.list().map(({ mark, scheduler, servers }) => {
    const lines = servers.map(
      ({ ip, weight, connections }) =>
        `  -> ${address(ip)}:0000      Masq    ${String(weight).padEnd(6)} ${'0'.padEnd(10)} ${String(connections).padEnd(10)}\n`,
    );
    return `FWM  ${hex(mark, 8)} ${scheduler} \n${lines.join('')}`;
  });
  return head + services.join('');
}

function devices(namespace: NetNamespace): string {
  const head =
    'Inter-|   Receive                                                |  Transmit\n face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed\n';
  const lines = namespace.links().map(({ name, received, sent }) => {
    const rx = `${String(received.bytes).padStart(8)} ${String(received.packets).padStart(7)}    0    0    0     0          0         0`;
    return `${name.padStart(6)}: ${rx} ${String(sent.bytes).padStart(8)} ${String(sent.packets).padStart(7)}    0    0    0     0       0          0\n`;
  });
  return head + lines.join('');
}

/** Little-endian, as the machine's memory has it. */
function hex4(ip: string): string {
  const bits = parseIp(ip)?.bits ?? 0n;
  return swap(bits);
}

const swap = (bits: bigint): string => {
  const text = bits.toString(16).padStart(8, '0').toUpperCase();
  return [6, 4, 2, 0].map((at) => text.slice(at, at + 2)).join('');
};

function routes(namespace: NetNamespace): string {
  const lines = namespace.routes
    .filter(({ family }) => family === 'inet')
    .sort(byNetwork)
    .map(({ info, prefix, link }) => {
      const mask = swap((0xffffffffn << prefix.shift) & 0xffffffffn);
      const flags = (link.up ? 1 : 0) | (info.via === undefined ? 0 : 2) | (prefix.length === 32 ? 4 : 0);
      const network = hex4(formatIp('inet', prefix.bits));
      return `${link.name}\t${network}\t${hex4(info.via ?? '0.0.0.0')}\t${flags.toString(16).padStart(4, '0')}\t0\t0\t${info.metric ?? 0}\t${mask}\t0\t0\t0`;
    });
  const head = 'Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT';
  return [head, ...lines].map((line) => `${line.padEnd(127)}\n`).join('');
}

function neighbours(host: NetHost, namespace: NetNamespace): string {
  const lines = neighboursOf(host, namespace)
    .filter(({ ip }) => !ip.includes(':'))
    .map(
      ({ ip, mac, device, state }) =>
        `${ip.padEnd(16)} 0x1         ${state === 'FAILED' ? '0x0' : '0x2'}         ${(mac || '00:00:00:00:00:00').padEnd(20)}     *        ${device}\n`,
    );
  return `IP address       HW type     Flags       HW address            Mask     Device\n${lines.join('')}`;
}

function addresses6(namespace: NetNamespace): string {
  return namespace
    .links()
    .flatMap((link) =>
      link.addresses
        .filter(({ family }) => family === 'inet6')
        .map(({ ip, prefixLength, scope }) => {
          const hex = (parseIp(ip)?.bits ?? 0n).toString(16).padStart(32, '0');
          const kind = scope === 'link' ? '20' : scope === 'host' ? '10' : '00';
          return `${hex} ${link.index.toString(16).padStart(2, '0')} ${prefixLength.toString(16)} ${kind} 80 ${link.name.padStart(8)}\n`;
        }),
    )
    .join('');
}

const STATES: Readonly<Record<SocketInfo['state'], string>> = {
  ESTAB: '01',
  'SYN-SENT': '02',
  'FIN-WAIT': '05',
  'TIME-WAIT': '06',
  UNCONN: '07',
  'CLOSE-WAIT': '08',
  LISTEN: '0A',
};

function sockets(host: NetHost, namespace: NetNamespace, wanted: Pick<SocketInfo, 'family' | 'type'>): string {
  const head =
    '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode                                                     \n';
  const own = namespace.sockets.list(host.nowNs()).filter(({ family, type }) => family === wanted.family && type === wanted.type);
  return (
    head +
    own
      .map((info, at) => {
        const queues = `${hexWord(info.unsent ?? 0)}:${hexWord(info.queued ?? 0)}`;
        return `${String(at).padStart(4)}: ${end(info.local)} ${end(info.peer)} ${STATES[info.state]} ${queues} 00:00000000 00000000     0        0 ${info.inode} 1 0000000000000000 100 0 0 10 0\n`;
      })
      .join('')
  );
}

const hexWord = (value: number): string => value.toString(16).padStart(8, '0').toUpperCase();

function end(address: SocketAddress | undefined): string {
  if (address === undefined || address.family === 'unix') return `${'0'.repeat(8)}:0000`;
  const bits = parseIp(address.ip)?.bits ?? 0n;
  const port = address.port.toString(16).padStart(4, '0').toUpperCase();
  if (address.family === 'inet') return `${swap(bits)}:${port}`;
  return `${[96n, 64n, 32n, 0n].map((shift) => swap((bits >> shift) & 0xffffffffn)).join('')}:${port}`;
}
