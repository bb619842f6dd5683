/** What records of builds point to by its digest, for clients to read. Upstream: containerd's content store, behind `/grpc`. */
import { digestOf } from '../../engine/oci/index.ts';
import { type Methods, serverStream, unary } from './grpc/server.ts';
import { Code, GrpcError } from './grpc/status.ts';
import { INFO_REQUEST, INFO_RESPONSE, READ_REQUEST, READ_RESPONSE } from './messages/content.ts';

const SERVICE = '/containerd.services.content.v1.Content';
const PIECE_BYTES = 1024 * 1024;
/** Errors of builds, each some kilobytes. */
const MAX_BLOBS = 100;

export class Content {
  readonly #blobs = new Map<string, Uint8Array>();

  /** Keeps bytes; their digest. */
  put(blob: Uint8Array): string {
    const digest = digestOf(blob);
    this.#blobs.set(digest, blob);
    const [oldest] = this.#blobs.keys();
    if (this.#blobs.size > MAX_BLOBS && oldest !== undefined) this.#blobs.delete(oldest);
    return digest;
  }

  methods(): Methods {
    return {
      [`${SERVICE}/Info`]: unary(INFO_REQUEST, INFO_RESPONSE, ({ digest }) => ({
        info: { digest, size: this.#find(digest).length, createdAt: 0n, updatedAt: 0n },
      })),
      [`${SERVICE}/Read`]: serverStream(READ_REQUEST, READ_RESPONSE, async ({ digest, offset, size }, send) => {
        const blob = this.#find(digest);
        const end = size > 0 ? Math.min(blob.length, offset + size) : blob.length;
        for (let at = offset; at < end; at += PIECE_BYTES)
          await send({ offset: at, data: blob.subarray(at, Math.min(end, at + PIECE_BYTES)) });
      }),
    };
  }

  #find(digest: string): Uint8Array {
    const blob = this.#blobs.get(digest);
    if (!blob) throw new GrpcError(Code.notFound, `content ${digest}: not found`);
    return blob;
  }
}
