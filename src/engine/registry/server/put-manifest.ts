/** Manifests on their way in and out. */
import { type HttpResponse, header, readAll } from '../../http/index.ts';
import { type Digest, isDigest } from '../../oci/digest.ts';
import { FormatError, isIndexType, isManifestType, MEDIA_TYPE, mediaTypeOf, parseIndex, parseManifest } from '../../oci/manifest.ts';
import { type Context, locationOf, writesOf } from './context.ts';
import { ProtocolError } from './errors.ts';
import { unknownManifest } from './manifests.ts';
import { type StoredManifest, storedManifest } from './storage.ts';

const MAX_MANIFEST_BYTES = 4 * 1024 * 1024;
const TAG = /^[\w][\w.-]{0,127}$/;

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
  return {
    status: 201,
    headers: [
      ['Docker-Content-Digest', manifest.digest],
      ['Location', location],
    ],
  };
}

/** Reads it; version 2 keeps to itself what is wrong with it, unless it is no JSON. */
function checked<T>(read: () => T, { mediaType, bytes }: StoredManifest, { reference }: Context['options']): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    if (reference !== 2) throw invalid(error.message);
    if (error.cause instanceof SyntaxError) throw invalid({ Offset: bytes.length });
    throw mediaType === MEDIA_TYPE.manifest ? new ProtocolError('UNKNOWN', { detail: {} }) : invalid({});
  }
}

const invalid = (detail: unknown): ProtocolError => new ProtocolError('MANIFEST_INVALID', { detail });

function typeOf(bytes: Uint8Array): string {
  try {
    return mediaTypeOf(bytes);
  } catch (error) {
    throw error instanceof FormatError ? invalid(error.message) : error;
  }
}

async function checkChildren(
  { storage, options }: Context,
  { repository, manifest }: { repository: string; manifest: StoredManifest },
): Promise<void> {
  const missing = async (digests: readonly Digest[], find: (digest: Digest) => Promise<unknown>): Promise<void> => {
    for (const digest of digests) {
      if ((await find(digest)) === null) throw new ProtocolError('MANIFEST_BLOB_UNKNOWN', { detail: { digest } });
    }
  };
  if (isIndexType(manifest.mediaType)) {
    const { manifests } = checked(() => parseIndex(manifest.bytes), manifest, options);
    return missing(
      manifests.map(({ digest }) => digest),
      (digest) => storage.manifest(repository, digest),
    );
  }
  if (!isManifestType(manifest.mediaType)) throw invalid(options.reference === 2 ? {} : `unsupported media type ${manifest.mediaType}`);
  const { config, layers } = checked(() => parseManifest(manifest.bytes), manifest, options);
  return missing(
    [config, ...layers.filter(({ urls }) => urls === undefined)].map(({ digest }) => digest),
    (digest) => storage.blob(repository, digest),
  );
}

/** DELETE: by digest the manifest with its tags, by tag the tag. */
export async function deleteManifest(context: Context, repository: string, reference: string): Promise<HttpResponse> {
  const writes = writesOf(context);
  if (!context.options.canDelete) throw new ProtocolError('UNSUPPORTED');
  if (context.options.reference === 2 && !isDigest(reference)) throw new ProtocolError('DIGEST_INVALID');
  const gone = isDigest(reference) ? await writes.deleteManifest(repository, reference) : await writes.deleteTag(repository, reference);
  if (!gone) throw context.options.reference ? new ProtocolError('MANIFEST_UNKNOWN') : unknownManifest(context, repository, reference);
  return { status: 202 };
}
