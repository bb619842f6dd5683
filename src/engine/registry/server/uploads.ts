/** Blobs on their way in: a POST opens one, PATCH adds to it, PUT with a digest closes it. */
import { type HttpResponse, header, readAll } from '../../http/index.ts';
import { concatBytes } from '../../oci/bytes.ts';
import { type Digest, digestOf, isDigest } from '../../oci/digest.ts';
import { type Context, locationOf, type Upload, writesOf } from './context.ts';
import { ProtocolError } from './errors.ts';

const MAX_BLOB_BYTES = 2 ** 31;
/** Uploads that nobody ended: beyond so many the oldest is forgotten, as the real one's purge does after some time. */
const MAX_OPEN = 1000;

function newId({ uploads, options }: Context): string {
  uploads.count += 1;
  const bytes =
    options.random?.bytes(16) ??
    new Uint8Array(16)
      .fill(0)
      .with(15, uploads.count % 256)
      .with(14, Math.floor(uploads.count / 256) % 256);
  const hex = Array.from(bytes, (byte, i) =>
    (i === 6 ? (byte % 16) + 0x40 : i === 8 ? (byte % 64) + 0x80 : byte).toString(16).padStart(2, '0'),
  ).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** POST /v2/NAME/blobs/uploads/: opens an upload, or takes the blob at once, or from another repository (`mount`, `from`). */
export async function startUpload(context: Context, repository: string): Promise<HttpResponse> {
  const { request, storage } = context;
  const writes = writesOf(context);
  const mount = request.query.get('mount') ?? '';
  const from = request.query.get('from') ?? '';
  const found = mount !== '' && from !== '' && isDigest(mount) ? await storage.blob(from, mount) : null;
  if (found && isDigest(mount)) {
    await writes.putBlob(repository, mount, found);
    return created(context, repository, mount);
  }
  const id = newId(context);
  open(context, id, repository);
  if (request.query.has('digest')) return finishUpload(context, repository, id);
  return accepted(context, { repository, id, sizeBytes: 0 });
}

function open({ uploads }: Context, id: string, repository: string): void {
  const [oldest] = uploads.open.keys();
  if (uploads.open.size >= MAX_OPEN && oldest !== undefined) uploads.open.delete(oldest);
  uploads.open.set(id, { repository, pieces: [], sizeBytes: 0 });
}

/** Adds what the request brings. */
async function append({ request }: Context, upload: Upload): Promise<void> {
  const bytes = await readAll(request, MAX_BLOB_BYTES);
  upload.pieces.push(bytes);
  upload.sizeBytes += bytes.length;
}

function find({ uploads, options }: Context, repository: string, id: string): Upload {
  const upload = uploads.open.get(id);
  if (upload?.repository === repository) return upload;
  // The reference implementation asks for the state that it has put into the address.
  throw options.reference && id !== ''
    ? new ProtocolError('BLOB_UPLOAD_INVALID', { detail: {} })
    : new ProtocolError('BLOB_UPLOAD_UNKNOWN');
}

/** GET of an upload: how much has come. */
export async function uploadStatus(context: Context, repository: string, id: string): Promise<HttpResponse> {
  const { sizeBytes } = find(context, repository, id);
  return { ...accepted(context, { repository, id, sizeBytes }), status: 204 };
}

/** PATCH: adds a chunk, which must begin where the last one ended. */
export async function continueUpload(context: Context, repository: string, id: string): Promise<HttpResponse> {
  const upload = find(context, repository, id);
  checkRange(context, upload);
  await append(context, upload);
  return accepted(context, { repository, id, sizeBytes: upload.sizeBytes });
}

function checkRange({ request }: Context, { sizeBytes }: Upload): void {
  const range = header(request.headers, 'content-range');
  if (range === undefined) return;
  const match = /^(?:bytes )?(\d+)-(\d+)(?:\/.*)?$/.exec(range);
  if (!match || Number(match[1]) !== sizeBytes || Number(match[2]) < Number(match[1])) throw new ProtocolError('RANGE_INVALID');
}

/** PUT with `digest`: the last piece, and the end. */
export async function finishUpload(context: Context, repository: string, id: string): Promise<HttpResponse> {
  const upload = find(context, repository, id);
  const digest = context.request.query.get('digest') ?? '';
  if (!isDigest(digest)) throw new ProtocolError('DIGEST_INVALID', { detail: digest === '' ? 'digest missing' : 'digest parsing failed' });
  checkRange(context, upload);
  await append(context, upload);
  const bytes = concatBytes(upload.pieces);
  context.uploads.open.delete(id);
  if (digestOf(bytes) !== digest) throw new ProtocolError('DIGEST_INVALID', { detail: { Digest: digest, Reason: {} } });
  await writesOf(context).putBlob(repository, digest, bytes);
  return created(context, repository, digest);
}

export async function cancelUpload(context: Context, repository: string, id: string): Promise<HttpResponse> {
  find(context, repository, id);
  context.uploads.open.delete(id);
  return { status: 204, headers: [['Docker-Upload-Uuid', id]] };
}

function accepted(context: Context, { repository, id, sizeBytes }: { repository: string; id: string; sizeBytes: number }): HttpResponse {
  return {
    status: 202,
    headers: [
      ['Content-Length', '0'],
      ['Docker-Upload-Uuid', id],
      ['Location', locationOf(context, `/v2/${repository}/blobs/uploads/${id}`)],
      ['Range', `0-${Math.max(0, sizeBytes - 1)}`],
    ],
  };
}

function created(context: Context, repository: string, digest: Digest): HttpResponse {
  return {
    status: 201,
    headers: [
      ['Docker-Content-Digest', digest],
      ['Location', locationOf(context, `/v2/${repository}/blobs/${digest}`)],
    ],
  };
}
