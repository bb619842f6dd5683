/** GET /drydock/namespaces and /drydock/rules: the host's network and the containers', as `ip`, `ss` and `iptables -S` would tell it in each. */
import type { DrydockChain, DrydockLink, DrydockNetns } from '../../api-types/index.ts';
import type { LinkInfo, NetOps, SocketInfo, TableName } from '../../kernel/net/types.ts';
import type { Daemon } from '../daemon.ts';

export function namespacesNow({ sys, containers }: Daemon): readonly DrydockNetns[] {
  const host = sys.ns.of('net').inode;
  const all = new Map<number, { net: NetOps; ids: string[] }>([[host, { net: sys.net, ids: [] }]]);
  for (const { id, live } of containers.all()) {
    if (!live.task) continue;
    const ref = sys.ns.of('net', live.task.pid);
    const known = all.get(ref.inode) ?? { net: sys.net.at(ref), ids: [] };
    known.ids.push(id);
    all.set(ref.inode, known);
  }
  return [...all].map(([inode, { net, ids }]) => namespaceOf(inode, net, ids));
}

const namespaceOf = (inode: number, net: NetOps, ids: readonly string[]): DrydockNetns => ({
  Namespace: inode,
  Containers: ids,
  Links: net.link.list().map(linkOf),
  Routes: net.link.routes().map(({ destination, via = '', device }) => ({ Destination: destination, Via: via, Device: device })),
  Listening: net.sockets().flatMap(listening),
});

const linkOf = (link: LinkInfo): DrydockLink => ({
  ...{ Index: link.index, Name: link.name, Kind: link.kind, Mac: link.mac, Mtu: link.mtu, Up: link.up, Master: link.master ?? '' },
  Addresses: link.addresses.filter(({ family }) => family === 'inet').map(({ ip, prefixLength }) => `${ip}/${prefixLength}`),
  ...{ PeerIndex: link.peerIndex ?? 0, RxPackets: link.rxPackets, TxPackets: link.txPackets },
});

function listening({ family, type, state, local, program }: SocketInfo): DrydockNetns['Listening'] {
  if (local.family === 'unix' || (type === 'stream' ? state !== 'LISTEN' : state !== 'UNCONN')) return [];
  const ip = family === 'inet6' ? `[${local.ip}]` : local.ip;
  return [{ Address: `${ip}:${local.port}`, Protocol: type === 'stream' ? 'tcp' : 'udp', Program: program }];
}

const TABLES: readonly TableName[] = ['raw', 'nat', 'filter'];

export const chainsNow = ({ sys }: Daemon): readonly DrydockChain[] =>
  TABLES.flatMap((table) =>
    sys.net.rules.chains(table).map(({ name, policy = '', rules }) => ({
      ...{ Table: table, Chain: name, Policy: policy },
      Rules: rules.map(({ spec, packets, bytes, span }) => ({
        ...{ Spec: `-A ${name} ${spec.join(' ')}`, Packets: packets, Bytes: bytes, Span: span },
      })),
    })),
  );
