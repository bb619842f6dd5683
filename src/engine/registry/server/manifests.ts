import { type HttpResponse, headerWords } from '../../http/index.ts';
import { isDigest } from '../../oci/digest.ts';
import { MEDIA_TYPE, parseIndex } from '../../oci/manifest.ts';
import { matchesPlatform } from '../../oci/platform.ts';
import type { Context } from './context.ts';
import { ProtocolError } from './errors.ts';
import type { StoredManifest } from './storage.ts';

/** GET and HEAD /v2/NAME/manifests/REFERENCE, a tag or a digest. */
export async function getManifest(context: Context, repository: string, reference: string): Promise<HttpResponse> {
  const digest = isDigest(reference) ? reference : await context.storage.resolveTag(repository, reference);
  const found = digest && (await context.storage.manifest(repository, digest));
  if (!found) throw unknownManifest(context, repository, reference);
  const { mediaType, digest: served, bytes } = await negotiate(context, { repository, found });
  return {
    status: 200,
    headers: [
      ['Content-Type', mediaType],
      ['Docker-Content-Digest', served],
      ['Etag', `"${served}"`],
    ],
    body: bytes,
  };
}

export function unknownManifest({ options }: Context, repository: string, reference: string): ProtocolError {
  const inWords = isDigest(reference) ? `unknown manifest name=${repository} revision=${reference}` : `unknown tag=${reference}`;
  const fields = isDigest(reference) ? { Name: repository, Revision: reference } : { Tag: reference };
  const detail = options.reference === undefined ? inWords : fields;
  return new ProtocolError('MANIFEST_UNKNOWN', { detail });
}

/** What the client can read: a client from before the lists gets the one for linux/amd64 (distribution, handlers/manifests.go). */
async function negotiate(
  { request, storage, options }: Context,
  { repository, found }: { repository: string; found: StoredManifest },
): Promise<StoredManifest> {
  const accepts = headerWords(request.headers, 'accept').map((word) => word.split(';')[0]?.trim());
  if (options.reference === undefined || accepts.includes(found.mediaType)) return found;
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
