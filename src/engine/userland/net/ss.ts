/** `ss`: the sockets of this network namespace, as iproute2 lays them out. */
import type { SocketAddress, SocketInfo } from '../../kernel/net/types.ts';
import type { Sys } from '../../kernel/sys.ts';
import { OptionError, type Options, parseOptions } from '../options.ts';
import type { Applet } from './applet.ts';
import { type Holder, socketHolders } from './holders.ts';
import { type Filter, readFilter } from './ss-filter.ts';
import { leave, print, textOf } from './text.ts';

const LONG = {
  listening: 'l',
  all: 'a',
  numeric: 'n',
  tcp: 't',
  udp: 'u',
  processes: 'p',
  unix: 'x',
  ipv4: '4',
  ipv6: '6',
  'no-header': 'H',
  summary: 's',
  extended: 'e',
  options: 'o',
};

export const ss: Applet = async (sys, args) => {
  try {
    const options = parseOptions(args, { short: 'lantupx46Heos', long: LONG });
    await print(sys, options.has('s') ? summary(sys) : table(sys, options));
    return 0;
  } catch (error) {
    if (!(error instanceof OptionError)) throw error;
    return leave(sys, `ss: ${error.message}\n`, 255);
  }
};

/** `-s`: how many there are of each kind. */
function summary(sys: Sys): string {
  const all = sys.net.sockets();
  const inet = all.filter(({ family }) => family !== 'unix');
  const tcp = inet.filter(({ type }) => type === 'stream');
  const waiting = tcp.filter(({ state }) => state === 'TIME-WAIT').length;
  const open = tcp.filter(({ state }) => state !== 'TIME-WAIT');
  const row = (name: string, some: readonly SocketInfo[]): string => {
    const four = some.filter(({ family }) => family === 'inet').length;
    return `${name}\t  ${String(some.length).padEnd(9)} ${String(four).padEnd(9)} ${String(some.length - four).padEnd(9)}\n`;
  };
  const udp = inet.filter(({ type }) => type === 'dgram');
  const established = open.filter(({ state }) => state === 'ESTAB').length;
  return [
    `Total: ${all.length - waiting}\n`,
    `TCP:   ${tcp.length} (estab ${established}, closed ${waiting}, orphaned 0, timewait ${waiting})\n\n`,
    'Transport Total     IP        IPv6\n',
    row('RAW', []),
    row('UDP', udp),
    row('TCP', open),
    row('INET', [...udp, ...open]),
    row('FRAG', []),
    '\n',
  ].join('');
}

interface Row {
  readonly netid: string;
  readonly state: string;
  readonly receive: string;
  readonly send: string;
  readonly local: Cell;
  readonly peer: Cell;
  readonly process: string;
}
interface Cell {
  readonly address: string;
  readonly port: string;
}

function table(sys: Sys, options: Options): string {
  const known = readServices(sys);
  const portOf = (name: string): number | undefined => {
    const found = [...known].find(([, service]) => service === name)?.[0];
    return found === undefined ? undefined : Number.parseInt(found, 10);
  };
  const filter = readFilter(options.operands, portOf);
  const picked = sys.net.sockets().filter((socket) => isWanted(socket, options, filter) && filter.holds(socket));
  const services = options.has('n') ? new Map<string, string>() : known;
  const holders = options.has('p') ? socketHolders(sys) : new Map<number, readonly Holder[]>();
  const rows = picked.sort(order).map((socket) => rowOf(socket, { holders, services }));
  const kinds = ['t', 'u', 'x'].filter((kind) => options.has(kind)).length;
  const hasNetid = kinds !== 1;
  const head: Row = {
    netid: 'Netid',
    state: 'State',
    receive: 'Recv-Q',
    send: 'Send-Q',
    local: { address: 'Local Address', port: 'Port' },
    peer: { address: 'Peer Address', port: 'Port' },
    process: 'Process',
  };
  const all = options.has('H') ? rows : [head, ...rows];
  return layout(all, hasNetid);
}

function isWanted({ family, type, state }: SocketInfo, options: Options, { states }: Filter): boolean {
  const anyKind = !options.has('t', 'u', 'x');
  const isOfKind =
    family === 'unix' ? options.has('x') || anyKind : type === 'stream' ? options.has('t') || anyKind : options.has('u') || anyKind;
  if (!isOfKind) return false;
  if (options.has('4') && family !== 'inet') return false;
  if (options.has('6') && family !== 'inet6') return false;
  if (states !== undefined) return states.includes(state);
  const isListening = state === 'LISTEN' || (state === 'UNCONN' && type === 'dgram');
  if (options.has('a')) return state !== 'UNCONN' || isListening;
  return options.has('l') ? isListening : !isListening && state !== 'UNCONN' && state !== 'TIME-WAIT';
}

const rank = ({ type, family }: SocketInfo): number => (family === 'unix' ? 0 : type === 'dgram' ? 2 : 4) + (family === 'inet6' ? 1 : 0);
const order = (a: SocketInfo, b: SocketInfo): number => rank(a) - rank(b);

function readServices(sys: Sys): ReadonlyMap<string, string> {
  const lines = (textOf(sys, '/etc/services') ?? '').split('\n').map((line) => line.replace(/#.*/, '').trim().split(/\s+/));
  return new Map(lines.flatMap(([name = '', port = '']) => (port === '' ? [] : [[port, name] as const])));
}

interface Known {
  readonly holders: ReadonlyMap<number, readonly Holder[]>;
  readonly services: ReadonlyMap<string, string>;
}

function rowOf(socket: SocketInfo, { holders, services }: Known): Row {
  const { family, type, state, inode, queued = 0, unsent = 0, backlog } = socket;
  const protocol = type === 'stream' ? 'tcp' : 'udp';
  const name = (port: number): string => services.get(`${port}/${protocol}`) ?? String(port);
  return {
    netid: family === 'unix' ? (type === 'stream' ? 'u_str' : 'u_dgr') : protocol,
    state: state === 'FIN-WAIT' ? 'FIN-WAIT-2' : state,
    receive: String(queued),
    send: String(state === 'LISTEN' ? (backlog ?? 0) : unsent),
    local: cell(socket, socket.local, name),
    peer: socket.peer === undefined ? nobody(socket) : cell(socket, socket.peer, name),
    process: heldBy(holders.get(inode) ?? []),
  };
}

const heldBy = (holders: readonly Holder[]): string =>
  holders.length === 0 ? '' : `users:(${holders.map(({ program, pid, fd }) => `("${program}",pid=${pid},fd=${fd})`).join(',')})`;

function cell({ dual, inode }: SocketInfo, address: SocketAddress, name: (port: number) => string): Cell {
  if (address.family === 'unix') return { address: address.path.replace('\0', '@') || '*', port: String(inode) };
  const shown = address.family === 'inet' ? address.ip : dual && address.ip === '::' ? '*' : `[${address.ip}]`;
  return { address: shown, port: name(address.port) };
}

const nobody = ({ family, dual }: SocketInfo): Cell =>
  family === 'unix' ? { address: '*', port: '0' } : { address: family === 'inet' ? '0.0.0.0' : dual ? '*' : '[::]', port: '*' };

function layout(rows: readonly Row[], hasNetid: boolean): string {
  const width = (value: (row: Row) => string): number => Math.max(0, ...rows.map((row) => value(row).length));
  const widths = {
    netid: width((row) => row.netid),
    state: width((row) => row.state),
    receive: width((row) => row.receive),
    send: width((row) => row.send),
    local: width((row) => row.local.address),
    localPort: width((row) => row.local.port),
    peer: width((row) => row.peer.address),
    peerPort: width((row) => row.peer.port),
    process: width((row) => row.process),
  };
  return rows
    .map((row) => {
      const front = [
        ...(hasNetid ? [row.netid.padEnd(widths.netid)] : []),
        row.state.padEnd(widths.state),
        row.receive.padEnd(widths.receive),
        row.send.padEnd(widths.send),
      ].join(' ');
      const local = `${row.local.address.padStart(widths.local)}:${row.local.port.padEnd(widths.localPort)}`;
      const peer = `${row.peer.address.padStart(widths.peer)}:${row.peer.port.padEnd(widths.peerPort)}`;
      return `${front} ${local} ${peer}${row.process.padEnd(widths.process)}\n`;
    })
    .join('');
}
