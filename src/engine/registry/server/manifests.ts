import { type HttpResponse, header, headerWords, readAll } from '../../http/index.ts';
import { type Digest, isDigest } from '../../oci/digest.ts';
import { FormatError, isIndexType, isManifestType, MEDIA_TYPE, mediaTypeOf, parseIndex, parseManifest } from '../../oci/manifest.ts';
import { matchesPlatform } from '../../oci/platform.ts';
import { COMMON_HEADERS, type Context, locationOf } from './context.ts';
import { ProtocolError } from './errors.ts';
import { type StoredManifest, storedManifest } from './storage.ts';
import { writesOf } from './uploads.ts';

const MAX_MANIFEST_BYTES = 4 * 1024 * 1024;
const TAG = /^[\w][\w.-]{0,127}$/;

/** GET and HEAD /v2/NAME/manifests/REFERENCE, a tag or a digest. */
export async function getManifest(context: Context, repository: string, reference: string): Promise<HttpResponse> {
  const digest = isDigest(reference) ? reference : await context.storage.resolveTag(repository, reference);
  const found = digest && (await context.storage.manifest(repository, digest));
  if (!found) throw unknownManifest(repository, reference);
  const { mediaType, digest: served, bytes } = await negotiate(context, { repository, found });
  return {
    status: 200,
    headers: [['Content-Type', mediaType], ['Docker-Content-Digest', served], ...COMMON_HEADERS, ['Etag', `"${served}"`]],
    body: bytes,
  };
}

function unknownManifest(repository: string, reference: string): ProtocolError {
  const detail = isDigest(reference) ? `unknown manifest name=${repository} revision=${reference}` : `unknown tag=${reference}`;
  return new ProtocolError('MANIFEST_UNKNOWN', { detail });
}

/** What the client can read: a client from before the lists gets the one for linux/amd64 (distribution, handlers/manifests.go). */
async function negotiate(
  { request, storage, options }: Context,
  { repository, found }: { repository: string; found: StoredManifest },
): Promise<StoredManifest> {
  const accepts = headerWords(request.headers, 'accept').map((word) => word.split(';')[0]?.trim());
  if (!options.strictAccept || accepts.includes(found.mediaType)) return found;
  if (found.mediaType === MEDIA_TYPE.manifest)
    throw new ProtocolError('MANIFEST_UNKNOWN', { message: 'OCI manifest found, but accept header does not support OCI manifests' });
  if (found.mediaType === MEDIA_TYPE.index)
    throw new ProtocolError('MANIFEST_UNKNOWN', { message: 'OCI index found, but accept header does not support OCI indexes' });
  if (found.mediaType !== MEDIA_TYPE.dockerList) return found;
  const plain = parseIndex(found.bytes).manifests.find(
    ({ platform }) => platform && matchesPlatform({ os: 'linux', architecture: 'amd64' }, platform),
  );
  const chosen = plain && (await storage.manifest(repository, plain.digest));
  if (!chosen) throw new ProtocolError('MANIFEST_UNKNOWN');
  return chosen;
}

/** PUT: everything it points to must be there already. */
export async function putManifest(context: Context, repository: string, reference: string): Promise<HttpResponse> {
  const writes = writesOf(context);
  const bytes = await readAll(context.request, MAX_MANIFEST_BYTES);
  const manifest = storedManifest(header(context.request.headers, 'content-type') ?? typeOf(bytes), bytes);
  if (isDigest(reference) && reference !== manifest.digest) throw new ProtocolError('DIGEST_INVALID');
  if (!isDigest(reference) && !TAG.test(reference)) throw new ProtocolError('TAG_INVALID');
  await checkChildren(context, { repository, manifest });
  await writes.putManifest(repository, manifest, isDigest(reference) ? undefined : reference);
  const location = locationOf(context, `/v2/${repository}/manifests/${manifest.digest}`);
  return { status: 201, headers: [...COMMON_HEADERS, ['Docker-Content-Digest', manifest.digest], ['Location', location]] };
}

function checked<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof FormatError) throw new ProtocolError('MANIFEST_INVALID', { detail: error.message });
    throw error;
  }
}

const typeOf = (bytes: Uint8Array): string => checked(() => mediaTypeOf(bytes));

async function checkChildren(
  { storage }: Context,
  { repository, manifest }: { repository: string; manifest: StoredManifest },
): Promise<void> {
  const missing = async (digests: readonly Digest[], find: (digest: Digest) => Promise<unknown>): Promise<void> => {
    for (const digest of digests) {
      if ((await find(digest)) === null) throw new ProtocolError('MANIFEST_BLOB_UNKNOWN', { detail: { digest } });
    }
  };
  if (isIndexType(manifest.mediaType)) {
    const { manifests } = checked(() => parseIndex(manifest.bytes));
    return missing(
      manifests.map(({ digest }) => digest),
      (digest) => storage.manifest(repository, digest),
    );
  }
  if (!isManifestType(manifest.mediaType))
    throw new ProtocolError('MANIFEST_INVALID', { detail: `unsupported media type ${manifest.mediaType}` });
  const { config, layers } = checked(() => parseManifest(manifest.bytes));
  return missing(
    [config, ...layers.filter(({ urls }) => urls === undefined)].map(({ digest }) => digest),
    (digest) => storage.blob(repository, digest),
  );
}

/** DELETE: by digest the manifest with its tags, by tag the tag. */
export async function deleteManifest(context: Context, repository: string, reference: string): Promise<HttpResponse> {
  const writes = writesOf(context);
  if (!context.options.canDelete) throw new ProtocolError('UNSUPPORTED');
  const gone = isDigest(reference) ? await writes.deleteManifest(repository, reference) : await writes.deleteTag(repository, reference);
  if (!gone) throw unknownManifest(repository, reference);
  return { status: 202, headers: COMMON_HEADERS };
}
