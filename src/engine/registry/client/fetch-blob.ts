import { concatBytes } from '../../oci/bytes.ts';
import { createDigester, type Digest } from '../../oci/digest.ts';
import type { Descriptor } from '../../oci/manifest.ts';
import type { Reference } from '../../oci/reference.ts';
import { RegistryError } from './errors.ts';
import { type Answer, pull, type Send } from './send.ts';

export interface BlobOptions {
  /** Gets the bytes that have come so far, those of an earlier attempt too. */
  readonly onProgress?: (receivedBytes: number) => void | Promise<void>;
  /** What an earlier attempt got: the rest alone is asked for. */
  readonly partial?: Uint8Array;
  /** Gets what had come when it failed. */
  readonly onInterrupted?: (received: Uint8Array) => void;
}

interface BlobRequest extends BlobOptions {
  readonly reference: Reference;
  readonly descriptor: Descriptor;
}

/** A connection that breaks is taken up where it was, so often, as long as something comes. */
const MAX_ATTEMPTS = 5;

interface Received {
  readonly pieces: Uint8Array[];
  sizeBytes: number;
}

export async function fetchBlob(request: BlobRequest, send: Send): Promise<Uint8Array> {
  const { partial } = request;
  const received: Received = partial ? { pieces: [partial], sizeBytes: partial.length } : { pieces: [], sizeBytes: 0 };
  try {
    for (let attempt = 1; ; attempt += 1) {
      const before = received.sizeBytes;
      const failure = await fetchOn(request, received, send);
      if (failure === null) return await finish(request, received, send);
      if (attempt === MAX_ATTEMPTS || received.sizeBytes === before) throw failure;
    }
  } catch (error) {
    const isBad = error instanceof RegistryError && error.kind === 'digest-mismatch';
    if (!isBad && received.sizeBytes > 0) request.onInterrupted?.(concatBytes(received.pieces));
    throw error;
  }
}

/** Reads to the end; the failure, if the connection broke before. */
async function fetchOn(request: BlobRequest, received: Received, send: Send): Promise<RegistryError | null> {
  const { reference, descriptor, onProgress } = request;
  if (received.sizeBytes >= descriptor.size && received.sizeBytes > 0) return null;
  const call = pull(reference, 'GET', `blobs/${descriptor.digest}`);
  const range = received.sizeBytes > 0 ? [['Range', `bytes=${received.sizeBytes}-`] as const] : [];
  const asked = await send(reference, { ...call, headers: [...(call.headers ?? []), ...range] });
  // A registry that does not know ranges sends all of it again.
  if (range.length > 0 && asked.answer.status !== 206) received.pieces.length = received.sizeBytes = 0;
  try {
    for (;;) {
      const piece = await asked.answer.readBody().catch((error: unknown) => broken(asked, error));
      if (piece instanceof RegistryError) return piece;
      if (piece === null) break;
      received.pieces.push(piece);
      received.sizeBytes += piece.length;
      if (received.sizeBytes > descriptor.size) throw wrongSize(asked, received, descriptor);
      await onProgress?.(received.sizeBytes);
    }
  } finally {
    asked.answer.close();
  }
  return received.sizeBytes < descriptor.size ? broken(asked, new Error('unexpected EOF')) : null;
}

const broken = ({ method, url }: Answer, cause: unknown): RegistryError =>
  new RegistryError('unreachable', cause instanceof Error ? cause.message : String(cause), { method, url, cause });

const wrongSize = ({ method, url }: Answer, { sizeBytes }: Received, { size }: Descriptor): RegistryError =>
  new RegistryError('digest-mismatch', `unexpected commit size ${sizeBytes}, expected ${size}: failed precondition`, { method, url });

/** What has come, if it is what was asked for. What an earlier attempt left may be bad: then it is fetched anew, once. */
async function finish(request: BlobRequest, { pieces }: Received, send: Send): Promise<Uint8Array> {
  const digester = createDigester();
  for (const piece of pieces) digester.update(piece);
  const { partial: _, ...fresh } = request;
  const actual = digester.digest();
  if (actual !== request.descriptor.digest && request.partial) return fetchBlob(fresh, send);
  const { reference, descriptor } = request;
  check({ method: 'GET', url: `${reference.domain}/${reference.path}@${descriptor.digest}` }, { digest: descriptor.digest, actual });
  return concatBytes(pieces);
}

export function check({ method, url }: { method: string; url: string }, { digest, actual }: { digest: Digest; actual: Digest }): void {
  if (actual === digest) return;
  throw new RegistryError('digest-mismatch', `unexpected commit digest ${actual}, expected ${digest}: failed precondition`, {
    method,
    url,
  });
}
