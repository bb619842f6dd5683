/** The five places where rules look at a packet (netfilter hooks), in Linux's order: raw, tracking, mangle, nat, filter. */
import { type Tracked, translated } from './conntrack.ts';
import { familyOf } from './ip.ts';
import type { Link } from './link.ts';
import type { NetNamespace } from './namespace.ts';
import { type IcmpError, keyOf, type Packet, type Tuple } from './packet.ts';
import { findWay, isLocal, sourceFor } from './routing.ts';
import type { Hook, Verdict } from './rules/tables.ts';
import { type Ending, ended, LATENCY_NS, type Trace } from './trace.ts';
import type { TableName } from './types.ts';

/** A packet at one host, on its way through that host's hooks. */
export interface Passage {
  readonly namespace: NetNamespace;
  readonly trace: Trace;
  packet: Packet;
  tracked: Tracked | undefined;
  input: Link | undefined;
  output: Link | undefined;
  mark: number;
}

const ORDER: Readonly<Record<Hook, readonly TableName[]>> = {
  PREROUTING: ['raw', 'mangle', 'nat'],
  INPUT: ['mangle', 'filter', 'nat'],
  FORWARD: ['mangle', 'filter'],
  OUTPUT: ['raw', 'mangle', 'nat', 'filter'],
  POSTROUTING: ['mangle', 'nat'],
};

/** Sends the packet through a hook's tables. An ending, if a rule stops it. */
export function passHook(passage: Passage, hook: Hook): Ending | undefined {
  passage.trace.latencyNs += LATENCY_NS.rules;
  for (const table of ORDER[hook]) {
    if (table !== 'raw') track(passage);
    if (hook === 'INPUT' && table === 'nat' && balance(passage)) return undefined;
    const stopped = table === 'nat' ? translate(passage, hook) : judge(passage, table, hook);
    if (stopped !== undefined) return stopped;
  }
  if ((hook === 'INPUT' || hook === 'POSTROUTING') && passage.tracked !== undefined && passage.packet.about === undefined) {
    passage.namespace.conntrack.confirm(passage.tracked.connection);
  }
  return undefined;
}

/** The virtual servers stand behind the filter: what is theirs goes on to a real server. True if it does. */
function balance(passage: Passage): boolean {
  const { namespace, tracked, packet, mark } = passage;
  if (namespace.ipvs.isEmpty || tracked?.direction !== 'original') return false;
  const { connection } = tracked;
  const isNew = !connection.confirmed && (packet.tuple.protocol === 'tcp' || packet.tuple.protocol === 'udp');
  if (!connection.balanced && isNew) {
    const ip = namespace.ipvs.choose(mark);
    if (ip === undefined) return false;
    connection.balanced = true;
    namespace.conntrack.translate(connection, 'destination', { ip });
  }
  if (connection.balanced) rewrite(passage, 'destination');
  return connection.balanced;
}

function track(passage: Passage): void {
  passage.tracked ??= passage.namespace.conntrack.track(passage.packet);
}

function ask(passage: Passage, table: TableName, hook: Hook): Verdict {
  const { namespace, packet, trace } = passage;
  const situation = {
    packet,
    state: passage.tracked?.state,
    original: passage.tracked?.connection.original,
    direction: passage.tracked?.direction,
    input: passage.input?.name,
    output: passage.output?.name,
    mark: passage.mark,
    isBalanced: passage.tracked?.connection.balanced === true,
    isLocal: (ip: string) => isLocal(namespace, ip),
  };
  const verdict = namespace.rules.judge(table, hook, { situation, family: familyOf(packet.tuple.destination) });
  passage.mark = situation.mark;
  (table === 'nat' ? trace.countedOnce : trace.counted).push(...verdict.counted);
  return verdict;
}

function judge(passage: Passage, table: TableName, hook: Hook): Ending | undefined {
  const verdict = ask(passage, table, hook);
  const { target } = verdict;
  if (target.kind === 'reject') {
    note(passage, table, { verdict, says: 'REJECT' });
    return ended(passage.trace, { reason: 'rejected-by-rule', at: passage.namespace, error: rejection(target.with) });
  }
  const isDrop = target.kind === 'verdict' && target.verdict === 'DROP';
  if (isDrop || verdict.number > 0) note(passage, table, { verdict, says: isDrop ? 'DROP' : 'ACCEPT' });
  return isDrop ? ended(passage.trace, { reason: 'dropped-by-rule', at: passage.namespace }) : undefined;
}

function note(passage: Passage, table: string, { verdict, says }: { verdict: Verdict; says: string }): void {
  const { chain, number, rule } = verdict;
  passage.trace.hops.push({
    kind: 'rule',
    namespace: passage.namespace.id,
    table,
    chain,
    number,
    verdict: says,
    spec: rule?.spec ?? [],
    span: rule?.span ?? 0,
  });
}

function rejection(word: string): IcmpError | 'tcp-reset' {
  if (word === 'tcp-reset') return 'tcp-reset';
  if (word.includes('prohibited') || word === 'adm-prohibited') return 'prohibited';
  if (word.includes('net-unreach') || word === 'no-route') return 'unreachable-net';
  return word.includes('host-unreach') || word.includes('addr-unreach') ? 'unreachable-host' : 'unreachable-port';
}

/** The nat table: asked once for each connection and side; the answer holds for all of its packets. */
function translate(passage: Passage, hook: Hook): Ending | undefined {
  const { tracked } = passage;
  if (tracked === undefined) return undefined;
  const side = hook === 'PREROUTING' || hook === 'OUTPUT' ? 'destination' : 'source';
  const { connection } = tracked;
  if (tracked.state === 'NEW' && tracked.direction === 'original' && !connection.confirmed && !connection.decided.has(side)) {
    connection.decided.add(side);
    const verdict = ask(passage, 'nat', hook);
    if (verdict.target.kind === 'verdict' && verdict.target.verdict === 'DROP')
      return ended(passage.trace, { reason: 'dropped-by-rule', at: passage.namespace });
    decide(passage, verdict, side);
  }
  // A virtual server's packets are rewritten where they arrive.
  if (!(side === 'destination' && connection.balanced && tracked.direction === 'original')) rewrite(passage, side);
  return undefined;
}

function decide(passage: Passage, verdict: Verdict, side: 'destination' | 'source'): void {
  const { target } = verdict;
  if (verdict.number > 0) note(passage, 'nat', { verdict, says: target.kind.toUpperCase() });
  const connection = passage.tracked?.connection;
  const to = newEnd(passage, verdict);
  if (connection !== undefined && to !== undefined) passage.namespace.conntrack.translate(connection, side, to);
}

function newEnd(passage: Passage, { target }: Verdict): { ip: string; ports?: readonly [number, number] } | undefined {
  const { tuple } = passage.packet;
  switch (target.kind) {
    case 'dnat':
      return withPorts(target.ip ?? tuple.destination, target.ports);
    case 'snat':
      return withPorts(target.ip ?? tuple.source, target.ports);
    case 'masquerade':
      return withPorts(masqueradeAddress(passage), target.ports);
    case 'redirect':
      return withPorts(
        passage.input?.addresses.find(({ family }) => family === familyOf(tuple.destination))?.ip ?? '127.0.0.1',
        target.ports,
      );
    default:
      return undefined;
  }
}

const withPorts = (ip: string, ports: readonly [number, number] | undefined): { ip: string; ports?: readonly [number, number] } =>
  ports === undefined ? { ip } : { ip, ports };

/** The address that this host itself would use on the way out. */
function masqueradeAddress({ namespace, packet, output }: Passage): string {
  const { destination, source } = packet.tuple;
  const way = findWay(namespace, destination, output?.name);
  return (way && sourceFor(namespace, way, destination)) ?? source;
}

/** Gives the packet the tuple that its connection says, on one side. */
function rewrite(passage: Passage, side: 'destination' | 'source'): void {
  const { tracked, packet } = passage;
  if (tracked === undefined) return;
  const wanted = translated(tracked);
  const { tuple } = packet;
  const next: Tuple =
    side === 'destination'
      ? { ...tuple, destination: wanted.destination, destinationPort: portOf(packet, wanted.destinationPort, tuple.destinationPort) }
      : {
          ...tuple,
          source: isForeignError(passage) ? tuple.source : wanted.source,
          sourcePort: portOf(packet, wanted.sourcePort, tuple.sourcePort),
        };
  if (keyOf(next) === keyOf(tuple)) return;
  passage.trace.hops.push({
    kind: 'rewrite',
    namespace: passage.namespace.id,
    what: side,
    from: endText(tuple, side),
    to: endText(next, side),
  });
  passage.packet = { ...packet, tuple: next, ...(packet.about && { about: aboutFor(tracked) }) };
}

/** An error has no ports of its own, and comes from whichever host met it. */
const portOf = (packet: Packet, wanted: number, own: number): number => (packet.kind === 'error' ? own : wanted);
function isForeignError({ packet, tracked }: Passage): boolean {
  if (packet.kind !== 'error' || tracked === undefined) return false;
  const { original, reply } = tracked.connection;
  return tracked.direction === 'reply' ? original.destination === reply.source : original.source === reply.destination;
}

/** The packet that an error is about, as its sender called it. */
const aboutFor = ({ connection, direction }: Tracked): Tuple => (direction === 'reply' ? connection.original : connection.reply);

const endText = (tuple: Tuple, side: 'destination' | 'source'): string => {
  const [ip, port] = side === 'destination' ? [tuple.destination, tuple.destinationPort] : [tuple.source, tuple.sourcePort];
  return tuple.protocol === 'tcp' || tuple.protocol === 'udp' ? `${ip.includes(':') ? `[${ip}]` : ip}:${port}` : ip;
};
