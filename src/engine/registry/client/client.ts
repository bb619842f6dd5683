/** The client's side of the distribution protocol: names to descriptors, descriptors to content that is what it says it is. */
import { type Dial, header } from '../../http/index.ts';
import { type Digest, digestOf, isDigest } from '../../oci/digest.ts';
import { type Descriptor, mediaTypeOf } from '../../oci/manifest.ts';
import type { Reference } from '../../oci/reference.ts';
import { defaultEndpoints, type EndpointsOf } from './endpoint.ts';
import { RegistryError } from './errors.ts';
import { type BlobOptions, check, fetchBlob } from './fetch-blob.ts';
import type { PushedBlob } from './push.ts';
import { type Answer, ask, pull, type Send, scope } from './send.ts';
import { type Call, type Credentials, openSession, readClosing, type Session } from './session.ts';

export interface RegistryClientOptions {
  readonly dial: Dial;
  /** For the domain of a name; undefined: anonymous. */
  readonly credentials?: (domain: string) => Credentials | undefined;
  readonly endpoints?: EndpointsOf;
  readonly userAgent?: string;
  /** Fetches the code that pushes; in a machine, while it stands still. */
  readonly load?: <Code>(code: () => Promise<Code>) => Promise<Code>;
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
  /** Any content by its descriptor; checked. */
  fetchBlob(reference: Reference, descriptor: Descriptor, options?: BlobOptions): Promise<Uint8Array>;
  hasBlob(reference: Reference, digest: Digest): Promise<boolean>;
  hasManifest(reference: Reference, digest: Digest): Promise<boolean>;
  /** Takes it over from another repository of the same registry if it has it there and lets us; else sends it. */
  pushBlob(reference: Reference, bytes: Uint8Array, options?: PushedBlob): Promise<'pushed' | 'mounted'>;
  /** Takes a blob over from another repository of the same registry; false if the registry wants it pushed. */
  mountBlob(reference: Reference, digest: Digest, from: string): Promise<boolean>;
  /** Under the reference's tag, or by its digest where it has none. */
  pushManifest(reference: Reference, mediaType: string, bytes: Uint8Array): Promise<void>;
  tags(reference: Reference): Promise<readonly string[]>;
  /** Whether the registry of a domain takes these credentials (`docker login`). Rejects with RegistryError. */
  ping(domain: string, credentials?: Credentials): Promise<void>;
}

const MAX_MANIFEST_BYTES = 8 * 1024 * 1024;
const MAX_PAGES = 1000;
const PUSHING = () => import('./push.ts');

/** A client. It keeps tokens for as long as it lives: one for each pull or push, as dockerd does. */
export function createRegistryClient(options: RegistryClientOptions): RegistryClient {
  const sessions = new Map<string, readonly Session[]>();
  const open = (domain: string, credentials = options.credentials?.(domain)): readonly Session[] => {
    const places = (options.endpoints ?? defaultEndpoints)(domain);
    return places.map((place, i) =>
      openSession(place, {
        dial: options.dial,
        // The account is the registry's own, which is tried last; a mirror of it gets to know nothing.
        ...(credentials && i === places.length - 1 ? { credentials } : {}),
        ...(options.userAgent ? { userAgent: options.userAgent } : {}),
      }),
    );
  };
  const sessionsOf = (domain: string): readonly Session[] => {
    const found = sessions.get(domain) ?? open(domain);
    sessions.set(domain, found);
    return found;
  };
  const send = (reference: Reference, call: Call): Promise<Answer> => askInTurn(sessionsOf(reference.domain), call);
  const pushing = () => (options.load ? options.load(PUSHING) : PUSHING());
  return {
    resolve: (reference) => resolve(reference, send),
    fetchManifest: (reference, digest) => fetchManifest(reference, digest, send),
    fetchBlob: (reference, descriptor, options) => fetchBlob({ reference, descriptor, ...options }, send),
    hasBlob: (reference, digest) => exists(reference, { kind: 'blobs', digest }, send),
    hasManifest: (reference, digest) => exists(reference, { kind: 'manifests', digest }, send),
    pushBlob: async (reference, bytes, options) => (await pushing()).pushBlob(reference, bytes, { ...options, send }),
    mountBlob: async (reference, digest, from) => (await (await pushing()).mountBlob(reference, { digest, from }, send)).isMounted,
    pushManifest: async (reference, mediaType, bytes) => (await pushing()).pushManifest(reference, { mediaType, bytes }, send),
    tags: (reference) => listTags(reference, send),
    ping: async (domain, credentials) => {
      const { answer } = await askInTurn(open(domain, credentials), { method: 'GET', target: '/v2/' });
      answer.close();
    },
  };
}

/** Mirrors are only read from; the registry itself has the last word. */
async function askInTurn(sessions: readonly Session[], call: Call): Promise<Answer> {
  const isRead = call.method === 'GET' || call.method === 'HEAD';
  const last = sessions.at(-1);
  if (!last) throw new RegistryError('unreachable', 'no registry to ask', { method: call.method, url: call.target });
  for (const mirror of isRead ? sessions.slice(0, -1) : []) {
    try {
      return await ask(mirror, call);
    } catch (error) {
      if (!(error instanceof RegistryError)) throw error;
    }
  }
  return ask(last, call);
}

const wanted = ({ tag, digest }: Reference): string => digest ?? tag ?? 'latest';

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

/** All of them, page after page. */
async function listTags(reference: Reference, send: Send): Promise<readonly string[]> {
  const tags: string[] = [];
  let target: string | undefined = 'tags/list';
  for (let pages = 0; target !== undefined && pages < MAX_PAGES; pages += 1) {
    const { answer }: Answer = await send(reference, pull(reference, 'GET', target));
    tags.push(...tagsIn(new TextDecoder().decode(await readClosing(answer, MAX_MANIFEST_BYTES))));
    const next: string | undefined = /<([^>]*)>; *rel="?next"?/.exec(header(answer.headers, 'link') ?? '')?.[1];
    target = next === undefined ? undefined : `tags/list${next.slice(next.indexOf('?'))}`;
  }
  return tags;
}

function tagsIn(text: string): readonly string[] {
  const value: unknown = JSON.parse(text);
  const tags = typeof value === 'object' && value !== null && 'tags' in value ? value.tags : null;
  return Array.isArray(tags) ? tags.filter((tag) => typeof tag === 'string') : [];
}
