/** The packets of a stream, and how they are counted: by the links and rules on their way, and by the flow. */
import type { SpanId } from '../../sys.ts';
import type { Flow } from '../flows.ts';
import { HEADER_BYTES, type Packet, type PacketKind } from '../packet.ts';
import { count, type Trace } from '../trace.ts';
import type { InetSocket } from './table.ts';

const SEGMENT_BYTES = 1448;

export function segment(socket: InetSocket, kind: PacketKind, span: SpanId): Packet {
  const { localIp: source, localPort: sourcePort, peerIp: destination = '', peerPort: destinationPort } = socket;
  return { tuple: { protocol: 'tcp', source, sourcePort, destination, destinationPort }, kind, ttl: 64, sizeBytes: HEADER_BYTES.tcp, span };
}

/** So many bytes have gone this way, in as many segments as they need. */
export function countSegments(payloadBytes: number, { trace, flow }: { trace: Trace | undefined; flow: Flow | undefined }): void {
  const packets = Math.ceil(payloadBytes / SEGMENT_BYTES) || 1;
  if (trace !== undefined) count(trace, payloadBytes + packets * HEADER_BYTES.tcp, packets);
  if (flow === undefined) return;
  flow.packets += packets;
  flow.bytes += payloadBytes;
}
