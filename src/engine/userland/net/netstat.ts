/** `netstat`: sockets (and with -r routes), in net-tools' layout, which busybox shares. */

import { formatIp, parsePrefix } from '../../kernel/net/ip.ts';
import type { SocketAddress, SocketInfo } from '../../kernel/net/types.ts';
import type { Sys } from '../../kernel/sys.ts';
import { OptionError, type Options, parseOptions } from '../options.ts';
import type { Dialect } from '../tool.ts';
import type { Applet } from './applet.ts';
import { type Holder, socketHolders } from './holders.ts';
import { leave, print } from './text.ts';

export const netstat =
  (dialect: Dialect): Applet =>
  async (sys, args) => {
    try {
      const options = parseOptions(args, {
        short: 'latuwxrneWp',
        long: { listening: 'l', all: 'a', tcp: 't', udp: 'u', numeric: 'n', route: 'r', program: 'p', programs: 'p' },
      });
      await print(sys, options.has('r') ? routes(sys) : sockets(sys, options, dialect));
      return 0;
    } catch (error) {
      if (!(error instanceof OptionError)) throw error;
      return leave(sys, `netstat: ${error.message}\n`);
    }
  };

const STATES: Readonly<Record<string, string>> = {
  LISTEN: 'LISTEN',
  ESTAB: 'ESTABLISHED',
  'CLOSE-WAIT': 'CLOSE_WAIT',
  'FIN-WAIT': 'FIN_WAIT2',
  'TIME-WAIT': 'TIME_WAIT',
  'SYN-SENT': 'SYN_SENT',
};

function sockets(sys: Sys, options: Options, dialect: Dialect): string {
  const picked = sys.net.sockets().filter((socket) => socket.family !== 'unix' && isWanted(socket, options));
  const what = options.has('a') ? '(servers and established)' : options.has('l') ? '(only servers)' : '(w/o servers)';
  const holders = options.has('p') ? socketHolders(sys) : new Map<number, readonly Holder[]>();
  const head = `Active Internet connections ${what}\nProto Recv-Q Send-Q Local Address           Foreign Address         State       ${options.has('p') ? 'PID/Program name' : ''}\n`;
  const rows = picked.map((socket) => {
    const { family, type, state, queued = 0, unsent = 0, local, peer, inode } = socket;
    const protocol = `${type === 'stream' ? 'tcp' : 'udp'}${family === 'inet6' && dialect === 'gnu' ? '6' : ''}`.slice(0, 5);
    const holder = holders.get(inode)?.at(-1);
    const owner = options.has('p') ? (holder === undefined ? '-' : `${holder.pid}/${holder.program}`) : '';
    return `${protocol.padEnd(5)} ${String(queued).padStart(6)} ${String(unsent).padStart(6)} ${text(local).padEnd(23)} ${text(peer ?? nobody(family)).padEnd(23)} ${(type === 'dgram' && state === 'UNCONN' ? '' : (STATES[state] ?? '')).padEnd(11)} ${owner}\n`;
  });
  return head + rows.join('');
}

function isWanted({ type, state }: SocketInfo, options: Options): boolean {
  if (options.has('t', 'u') && !options.has(type === 'stream' ? 't' : 'u')) return false;
  const isListening = state === 'LISTEN' || (type === 'dgram' && state === 'UNCONN');
  if (options.has('a')) return state !== 'UNCONN' || isListening;
  return options.has('l') ? isListening : !isListening && state !== 'UNCONN';
}

const nobody = (family: SocketInfo['family']): SocketAddress =>
  family === 'inet6' ? { family, ip: '::', port: 0 } : { family: 'inet', ip: '0.0.0.0', port: 0 };
const text = (address: SocketAddress): string =>
  address.family === 'unix' ? address.path : `${address.ip}:${address.port === 0 ? '*' : address.port}`;

function routes(sys: Sys): string {
  const rows = sys.net.link.routes('inet').map(({ destination, via, device }) => {
    const prefix = parsePrefix(destination, 'inet');
    const mask = formatIp('inet', (0xffffffffn << prefix.shift) & 0xffffffffn);
    const flags = `U${via === undefined ? '' : 'G'}${prefix.length === 32 ? 'H' : ''}`;
    return `${formatIp('inet', prefix.bits).padEnd(15)} ${(via ?? '0.0.0.0').padEnd(15)} ${mask.padEnd(15)} ${flags.padEnd(5)}     0 0          0 ${device}\n`;
  });
  return `Kernel IP routing table\nDestination     Gateway         Genmask         Flags   MSS Window  irtt Iface\n${rows.join('')}`;
}
