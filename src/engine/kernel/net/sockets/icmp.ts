/** Echo requests: each walks there, and its answer (or the error of a host on the way) walks back and is kept until `ping` asks. */
import { Errno } from '../../errno.ts';
import { canonicalIp, isV6 } from '../ip.ts';
import { HEADER_BYTES, inverse, type Packet } from '../packet.ts';
import { setting } from '../settings.ts';
import { count } from '../trace.ts';
import type { EchoOptions, EchoReply } from '../types.ts';
import { type Delivered, type Lost, type Outcome, send, sendError } from '../walk.ts';
import { concrete, type NetCore, type Owner, sourceTowards } from './socket.ts';

const MAX_KEPT = 256;

/** Sends one echo. EPERM without the right to, ENETUNREACH without a way. */
export function sendEcho(core: NetCore, owner: Owner, { to, options }: { to: string; options: EchoOptions }): void {
  mustBeAllowed(owner, options);
  const { namespace } = owner;
  const destination = concrete({ ip: canonicalIp(to), port: 0 }).ip;
  const source = sourceTowards(namespace, destination, undefined);
  const protocol = isV6(destination) ? 'icmp6' : 'icmp';
  const tuple = { protocol, source, sourcePort: options.id, destination, destinationPort: options.id } as const;
  const packet: Packet = {
    tuple,
    kind: 'echo',
    ttl: options.ttl ?? 64,
    sizeBytes: HEADER_BYTES[protocol] + (options.sizeBytes ?? 56),
    span: core.host.span(),
  };
  const sent = send(core.host, namespace, packet);
  count(sent.trace, packet.sizeBytes);
  const back = sent.kind === 'delivered' ? reply(core, sent) : sendError(core.host, sent);
  note(core, owner, { packet, sent, back });
  if (back?.kind === 'delivered' && back.at === namespace) keepLater(core, owner, { sent, back, options });
}

function mustBeAllowed({ namespace, binding }: Owner, options: EchoOptions): void {
  const { capabilities, egid } = binding.credentials();
  if (capabilities.has('CAP_NET_RAW')) return;
  const [first = 1, last = 0] = (setting(namespace, 'net.ipv4.ping_group_range') ?? '').split('\t').map(Number);
  if (!options.datagram || egid < first || egid > last) throw new Errno('EPERM');
}

function reply(core: NetCore, { at, packet }: Delivered): Outcome {
  const back = send(core.host, at, { ...packet, tuple: inverse(packet.tuple), kind: 'echo-reply', ttl: 64 });
  count(back.trace, packet.sizeBytes);
  return back;
}

function keepLater(
  core: NetCore,
  { namespace }: Owner,
  { sent, back, options }: { sent: Outcome; back: Delivered; options: EchoOptions },
): void {
  const waitedNs = sent.kind === 'lost' ? (sent.ending.delayNs ?? 0) : 0;
  const delayNs = sent.trace.latencyNs + back.trace.latencyNs + waitedNs;
  const echo: EchoReply = {
    from: back.packet.tuple.source,
    id: options.id,
    sequence: options.sequence,
    ttl: back.packet.ttl,
    sizeBytes: (options.sizeBytes ?? 56) + 8,
    rttNs: BigInt(Math.round(delayNs)),
    kind: back.packet.error ?? 'reply',
  };
  core.host.after(delayNs, () => {
    const kept = namespace.echoes.get(options.id) ?? [];
    namespace.echoes.set(options.id, [...kept, echo].slice(-MAX_KEPT));
  });
}

function note(
  core: NetCore,
  { namespace, binding }: Owner,
  { packet, sent, back }: { packet: Packet; sent: Delivered | Lost; back: Outcome | undefined },
): void {
  const from = { namespace: namespace.id, pid: binding.pid(), program: binding.program() };
  const isAnswered = sent.kind === 'delivered' && back?.kind === 'delivered' && back.at === namespace;
  core.flows.add({
    atNs: core.host.nowNs(),
    span: packet.span,
    protocol: packet.tuple.protocol,
    from: { ip: packet.tuple.source, port: 0, ...from },
    to: { ip: packet.tuple.destination, port: 0 },
    outcome: isAnswered ? 'answered' : back === undefined ? 'dropped' : 'unreachable',
    there: [{ kind: 'process', ...from }, ...sent.trace.hops],
    back: back?.trace.hops ?? [],
  });
}

/** What has come back for an identifier since the last call. */
export function takeEchoes({ namespace }: Owner, id: number): readonly EchoReply[] {
  const kept = namespace.echoes.get(id) ?? [];
  namespace.echoes.delete(id);
  return kept;
}
