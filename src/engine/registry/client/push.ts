/** Sending: a blob is mounted or uploaded in one piece, a manifest put under its name. */
import { header } from '../../http/index.ts';
import { type Digest, digestOf } from '../../oci/digest.ts';
import type { Reference } from '../../oci/reference.ts';
import { RegistryError } from './errors.ts';
import { type Answer, base, type Send, scope } from './send.ts';

const PIECE_BYTES = 64 * 1024;

export interface PushedBlob {
  /** Gets the bytes that have gone so far. */
  readonly onProgress?: (sentBytes: number) => void | Promise<void>;
  /** Another repository of the registry, which has it too. */
  readonly from?: string;
}

const canPush = (reference: Reference): string => scope(reference, 'pull,push');

/** Where an upload goes on: the path that the registry named. */
function locationOf({ answer, method, url }: Answer): string {
  const location = header(answer.headers, 'location');
  if (location === undefined) throw new RegistryError('unexpected', 'upload without a Location', { method, url });
  return location.replace(/^https?:\/\/[^/]+/, '');
}

interface Mount {
  readonly isMounted: boolean;
  /** Where it may be sent instead. */
  readonly location?: string;
}

export async function mountBlob(
  reference: Reference,
  { digest, from }: { readonly digest: Digest; readonly from: string },
  send: Send,
): Promise<Mount> {
  const query = new URLSearchParams({ mount: digest, from });
  const asked = await send(reference, {
    method: 'POST',
    target: `${base(reference)}/blobs/uploads/?${query}`,
    scope: `${canPush(reference)} repository:${from}:pull`,
  });
  asked.answer.close();
  return asked.answer.status === 201 ? { isMounted: true } : { isMounted: false, location: locationOf(asked) };
}

async function startUpload(reference: Reference, send: Send): Promise<string> {
  const opened = await send(reference, { method: 'POST', target: `${base(reference)}/blobs/uploads/`, scope: canPush(reference) });
  opened.answer.close();
  return locationOf(opened);
}

/** Somebody who may not read the other repository may still push here. */
async function tryMount(reference: Reference, mount: { digest: Digest; from: string }, send: Send): Promise<Mount> {
  try {
    return await mountBlob(reference, mount, send);
  } catch (error) {
    if (error instanceof RegistryError && (error.kind === 'unauthorized' || error.kind === 'denied')) return { isMounted: false };
    throw error;
  }
}

export async function pushBlob(
  reference: Reference,
  bytes: Uint8Array,
  { onProgress, from, send }: PushedBlob & { readonly send: Send },
): Promise<'pushed' | 'mounted'> {
  const digest = digestOf(bytes);
  const mount: Mount = from === undefined ? { isMounted: false } : await tryMount(reference, { digest, from }, send);
  if (mount.isMounted) return 'mounted';
  const target = mount.location ?? (await startUpload(reference, send));
  const body = async (write: (piece: Uint8Array) => Promise<void>): Promise<void> => {
    for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
      await write(bytes.subarray(at, at + PIECE_BYTES));
      await onProgress?.(Math.min(at + PIECE_BYTES, bytes.length));
    }
  };
  const { answer } = await send(reference, {
    method: 'PUT',
    target: `${target}${target.includes('?') ? '&' : '?'}digest=${encodeURIComponent(digest)}`,
    headers: [
      ['Content-Type', 'application/octet-stream'],
      ['Content-Length', String(bytes.length)],
    ],
    body,
    scope: canPush(reference),
  });
  answer.close();
  return 'pushed';
}

export async function pushManifest(
  reference: Reference,
  { mediaType, bytes }: { mediaType: string; bytes: Uint8Array },
  send: Send,
): Promise<void> {
  const target = `${base(reference)}/manifests/${reference.tag ?? digestOf(bytes)}`;
  const { answer } = await send(reference, {
    method: 'PUT',
    target,
    headers: [['Content-Type', mediaType]],
    body: bytes,
    scope: canPush(reference),
  });
  answer.close();
}
