/** The client's side of the distribution protocol: names to descriptors, descriptors to content that is what it says it is. */
import { type ClientResponse, type Dial, header } from '../../http/index.ts';
import { concatBytes } from '../../oci/bytes.ts';
import { createDigester, type Digest, digestOf, isDigest } from '../../oci/digest.ts';
import { type Descriptor, MEDIA_TYPE, mediaTypeOf } from '../../oci/manifest.ts';
import type { Reference } from '../../oci/reference.ts';
import { defaultEndpoints, type EndpointsOf, urlOf } from './endpoint.ts';
import { RegistryError } from './errors.ts';
import { type Call, type Credentials, failure, openSession, readClosing, type Session } from './session.ts';

export interface RegistryClientOptions {
  readonly dial: Dial;
  /** For the domain of a name; undefined: anonymous. */
  readonly credentials?: (domain: string) => Credentials | undefined;
  readonly endpoints?: EndpointsOf;
  readonly userAgent?: string;
}

export interface FetchedManifest {
  readonly descriptor: Descriptor;
  readonly bytes: Uint8Array;
}

export interface RegistryClient {
  /** What a name (tag or digest) points to, by HEAD. */
  resolve(reference: Reference): Promise<Descriptor>;
  /** An index or manifest by its digest; checked. */
  fetchManifest(reference: Reference, digest: Digest): Promise<FetchedManifest>;
  /** Any content by its descriptor; checked. `onProgress` gets the bytes that have come so far. */
  fetchBlob(
    reference: Reference,
    descriptor: Descriptor,
    onProgress?: (receivedBytes: number) => void | Promise<void>,
  ): Promise<Uint8Array>;
  hasBlob(reference: Reference, digest: Digest): Promise<boolean>;
  hasManifest(reference: Reference, digest: Digest): Promise<boolean>;
  pushBlob(reference: Reference, bytes: Uint8Array, onProgress?: (sentBytes: number) => void | Promise<void>): Promise<void>;
  /** Takes a blob over from another repository of the same registry; false if the registry wants it pushed. */
  mountBlob(reference: Reference, digest: Digest, from: string): Promise<boolean>;
  /** Under the reference's tag, or by its digest where it has none. */
  pushManifest(reference: Reference, mediaType: string, bytes: Uint8Array): Promise<void>;
  tags(reference: Reference): Promise<readonly string[]>;
  /** Whether the registry of a domain takes these credentials (`docker login`). Rejects with RegistryError. */
  ping(domain: string, credentials?: Credentials): Promise<void>;
}

const ACCEPT = [MEDIA_TYPE.dockerManifest, MEDIA_TYPE.dockerList, MEDIA_TYPE.manifest, MEDIA_TYPE.index, '*/*'].join(', ');
const MAX_MANIFEST_BYTES = 8 * 1024 * 1024;
const PIECE_BYTES = 64 * 1024;

/** A client. It keeps tokens for as long as it lives: one for each pull or push, as dockerd does. */
export function createRegistryClient(options: RegistryClientOptions): RegistryClient {
  const sessions = new Map<string, Session>();
  const open = (domain: string, credentials = options.credentials?.(domain)): Session => {
    const [place] = (options.endpoints ?? defaultEndpoints)(domain);
    if (!place) throw new RegistryError('unreachable', `no registry for ${domain}`, { method: 'GET', url: domain });
    return openSession(place, {
      dial: options.dial,
      ...(credentials ? { credentials } : {}),
      ...(options.userAgent ? { userAgent: options.userAgent } : {}),
    });
  };
  const sessionOf = (domain: string): Session => {
    const session = sessions.get(domain) ?? open(domain);
    sessions.set(domain, session);
    return session;
  };
  const send = (reference: Reference, call: Call): Promise<Answer> => ask(sessionOf(reference.domain), call);
  return {
    resolve: (reference) => resolve(reference, send),
    fetchManifest: (reference, digest) => fetchManifest(reference, digest, send),
    fetchBlob: (reference, descriptor, onProgress) =>
      fetchBlob({ reference, descriptor, onProgress: onProgress ?? (() => undefined) }, send),
    hasBlob: (reference, digest) => exists(reference, { kind: 'blobs', digest }, send),
    hasManifest: (reference, digest) => exists(reference, { kind: 'manifests', digest }, send),
    pushBlob: (reference, bytes, onProgress) => pushBlob({ reference, bytes, onProgress: onProgress ?? (() => undefined) }, send),
    mountBlob: (reference, digest, from) => mountBlob({ reference, digest, from }, send),
    pushManifest: (reference, mediaType, bytes) => pushManifest(reference, { mediaType, bytes }, send),
    tags: (reference) => listTags(reference, send),
    ping: async (domain, credentials) => {
      const { answer } = await ask(open(domain, credentials), { method: 'GET', target: '/v2/' });
      answer.close();
    },
  };
}

interface Answer {
  readonly answer: ClientResponse;
  readonly method: string;
  readonly url: string;
}
type Send = (reference: Reference, call: Call) => Promise<Answer>;

/** Rejects with RegistryError for any status that is not a success. */
async function ask(session: Session, call: Call): Promise<Answer> {
  const about = { method: call.method, url: urlOf(session.endpoint, call.target) };
  const answer = await session.call(call);
  if (answer.status < 200 || answer.status > 299) throw await failure(answer, about);
  return { answer, ...about };
}

const base = ({ path }: Reference): string => `/v2/${path}`;
const scope = ({ path }: Reference, actions = 'pull'): string => `repository:${path}:${actions}`;
const wanted = ({ tag, digest }: Reference): string => digest ?? tag ?? 'latest';

const pull = (reference: Reference, method: string, rest: string): Call => ({
  method,
  target: `${base(reference)}/${rest}`,
  headers: [['Accept', rest.startsWith('manifests/') ? ACCEPT : '*/*']],
  scope: scope(reference),
});

async function resolve(reference: Reference, send: Send): Promise<Descriptor> {
  const asked = await send(reference, pull(reference, 'HEAD', `manifests/${wanted(reference)}`));
  const { headers } = asked.answer;
  asked.answer.close();
  const digest = header(headers, 'docker-content-digest') ?? reference.digest;
  const mediaType = header(headers, 'content-type')?.split(';')[0]?.trim();
  const size = Number(header(headers, 'content-length') ?? Number.NaN);
  if (digest !== undefined && isDigest(digest) && mediaType !== undefined && Number.isSafeInteger(size)) return { mediaType, digest, size };
  // A registry that does not say is asked for the whole of it.
  return fetchUnknown(reference, send);
}

async function fetchUnknown(reference: Reference, send: Send): Promise<Descriptor> {
  const { answer } = await send(reference, pull(reference, 'GET', `manifests/${wanted(reference)}`));
  const bytes = await readClosing(answer, MAX_MANIFEST_BYTES);
  return { mediaType: header(answer.headers, 'content-type') ?? mediaTypeOf(bytes), digest: digestOf(bytes), size: bytes.length };
}

async function fetchManifest(reference: Reference, digest: Digest, send: Send): Promise<FetchedManifest> {
  const asked = await send(reference, pull(reference, 'GET', `manifests/${digest}`));
  const bytes = await readClosing(asked.answer, MAX_MANIFEST_BYTES);
  check(asked, { digest, actual: digestOf(bytes) });
  const mediaType = header(asked.answer.headers, 'content-type')?.split(';')[0]?.trim() ?? mediaTypeOf(bytes);
  return { descriptor: { mediaType, digest, size: bytes.length }, bytes };
}

function check({ method, url }: { method: string; url: string }, { digest, actual }: { digest: Digest; actual: Digest }): void {
  if (actual === digest) return;
  throw new RegistryError('digest-mismatch', `unexpected commit digest ${actual}, expected ${digest}: failed precondition`, {
    method,
    url,
  });
}

interface BlobRequest {
  readonly reference: Reference;
  readonly descriptor: Descriptor;
  readonly onProgress: (receivedBytes: number) => void | Promise<void>;
}

async function fetchBlob({ reference, descriptor, onProgress }: BlobRequest, send: Send): Promise<Uint8Array> {
  const asked = await send(reference, pull(reference, 'GET', `blobs/${descriptor.digest}`));
  const digester = createDigester();
  const pieces: Uint8Array[] = [];
  let receivedBytes = 0;
  for (let piece = await asked.answer.readBody(); piece; piece = await asked.answer.readBody()) {
    receivedBytes += piece.length;
    if (receivedBytes > descriptor.size) break;
    digester.update(piece);
    pieces.push(piece);
    await onProgress(receivedBytes);
  }
  asked.answer.close();
  if (receivedBytes !== descriptor.size) {
    throw new RegistryError(
      'digest-mismatch',
      `unexpected commit size ${receivedBytes}, expected ${descriptor.size}: failed precondition`,
      asked,
    );
  }
  check(asked, { digest: descriptor.digest, actual: digester.digest() });
  return concatBytes(pieces);
}

async function exists(
  reference: Reference,
  { kind, digest }: { kind: 'blobs' | 'manifests'; digest: Digest },
  send: Send,
): Promise<boolean> {
  try {
    const { answer } = await send(reference, { ...pull(reference, 'HEAD', `${kind}/${digest}`), scope: scope(reference, 'pull,push') });
    answer.close();
    return true;
  } catch (error) {
    if (error instanceof RegistryError && error.kind === 'not-found') return false;
    throw error;
  }
}

interface BlobPush {
  readonly reference: Reference;
  readonly bytes: Uint8Array;
  readonly onProgress: (sentBytes: number) => void | Promise<void>;
}

/** POST opens the upload, one PUT closes it, as containerd pushes. */
async function pushBlob({ reference, bytes, onProgress }: BlobPush, send: Send): Promise<void> {
  const opened = await send(reference, {
    method: 'POST',
    target: `${base(reference)}/blobs/uploads/`,
    scope: scope(reference, 'pull,push'),
  });
  opened.answer.close();
  const location = header(opened.answer.headers, 'location');
  if (location === undefined) throw new RegistryError('unexpected', 'upload without a Location', opened);
  const target = location.replace(/^https?:\/\/[^/]+/, '');
  const body = async (write: (piece: Uint8Array) => Promise<void>): Promise<void> => {
    for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
      await write(bytes.subarray(at, at + PIECE_BYTES));
      await onProgress(Math.min(at + PIECE_BYTES, bytes.length));
    }
  };
  const { answer } = await send(reference, {
    method: 'PUT',
    target: `${target}${target.includes('?') ? '&' : '?'}digest=${encodeURIComponent(digestOf(bytes))}`,
    headers: [
      ['Content-Type', 'application/octet-stream'],
      ['Content-Length', String(bytes.length)],
    ],
    body,
    scope: scope(reference, 'pull,push'),
  });
  answer.close();
}

async function mountBlob(
  { reference, digest, from }: { reference: Reference; digest: Digest; from: string },
  send: Send,
): Promise<boolean> {
  const query = new URLSearchParams({ mount: digest, from });
  const { answer } = await send(reference, {
    method: 'POST',
    target: `${base(reference)}/blobs/uploads/?${query}`,
    scope: scope(reference, 'pull,push'),
  });
  answer.close();
  return answer.status === 201;
}

async function pushManifest(
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
    scope: scope(reference, 'pull,push'),
  });
  answer.close();
}

async function listTags(reference: Reference, send: Send): Promise<readonly string[]> {
  const { answer } = await send(reference, pull(reference, 'GET', 'tags/list'));
  const value: unknown = JSON.parse(new TextDecoder().decode(await readClosing(answer, MAX_MANIFEST_BYTES)));
  const tags = typeof value === 'object' && value !== null && 'tags' in value ? value.tags : null;
  return Array.isArray(tags) ? tags.filter((tag) => typeof tag === 'string') : [];
}
