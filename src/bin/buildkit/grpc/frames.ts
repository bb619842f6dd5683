/** gRPC's messages in a stream of bytes: a flag, a length, a message. Specification: grpc doc/PROTOCOL-HTTP2.md, "Length-Prefixed-Message". */
import { Code, GrpcError } from './status.ts';

const PREFIX_BYTES = 5;
/** What BuildKit's own ends take. */
export const MAX_MESSAGE_BYTES = 16 * 1024 * 1024;

/** A message as it goes over the wire, not compressed. */
export function frame(message: Uint8Array): Uint8Array {
  const framed = new Uint8Array(PREFIX_BYTES + message.length);
  new DataView(framed.buffer).setUint32(1, message.length);
  framed.set(message, PREFIX_BYTES);
  return framed;
}

/** Puts messages together from pieces that are cut anywhere. */
export class Unframer {
  #pieces: Uint8Array[] = [];
  #sizeBytes = 0;

  /** The messages that are complete now. Throws GrpcError for one that is compressed or larger than MAX_MESSAGE_BYTES. */
  push(piece: Uint8Array): readonly Uint8Array[] {
    this.#pieces.push(piece);
    this.#sizeBytes += piece.length;
    const messages: Uint8Array[] = [];
    for (let size = this.#nextSize(); size !== undefined && this.#sizeBytes >= PREFIX_BYTES + size; size = this.#nextSize())
      messages.push(this.#take(PREFIX_BYTES + size).subarray(PREFIX_BYTES));
    return messages;
  }

  /** Throws GrpcError if the stream ended inside of a message. */
  end(): void {
    if (this.#sizeBytes > 0) throw new GrpcError(Code.internal, 'unexpected EOF: the stream ended in the middle of a message');
  }

  #nextSize(): number | undefined {
    if (this.#sizeBytes < PREFIX_BYTES) return undefined;
    const head = this.#whole();
    if (head[0] !== 0) throw new GrpcError(Code.unimplemented, 'grpc: compressed messages are not supported');
    const size = new DataView(head.buffer, head.byteOffset).getUint32(1);
    if (size > MAX_MESSAGE_BYTES)
      throw new GrpcError(Code.resourceExhausted, `grpc: received message larger than max (${size} vs. ${MAX_MESSAGE_BYTES})`);
    return size;
  }

  /** The first piece, which has at least a prefix; pieces are joined only when one is too short, and once for each message. */
  #whole(): Uint8Array {
    const [first = new Uint8Array()] = this.#pieces;
    if (first.length >= PREFIX_BYTES) return first;
    const joined = this.#take(this.#sizeBytes);
    this.#pieces = [joined];
    this.#sizeBytes = joined.length;
    return joined;
  }

  #take(sizeBytes: number): Uint8Array {
    const [first] = this.#pieces;
    if (first === undefined || first.length < sizeBytes) {
      this.#pieces = [new Uint8Array(Buffer.concat(this.#pieces))];
      return this.#take(sizeBytes);
    }
    const taken = first.subarray(0, sizeBytes);
    if (first.length === sizeBytes) this.#pieces.shift();
    else this.#pieces[0] = first.subarray(sizeBytes);
    this.#sizeBytes -= sizeBytes;
    return taken;
  }
}
