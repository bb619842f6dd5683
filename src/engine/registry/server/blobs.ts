import { type HttpResponse, header } from '../../http/index.ts';
import { type Digest, isDigest } from '../../oci/digest.ts';
import type { Context } from './context.ts';
import { ProtocolError } from './errors.ts';

const PIECE_BYTES = 64 * 1024;

export function asDigest(text: string, { reference }: Context['options']): Digest {
  if (!isDigest(text)) throw new ProtocolError('DIGEST_INVALID', { detail: reference ? {} : 'digest parsing failed' });
  return text;
}

/** GET and HEAD /v2/NAME/blobs/DIGEST, whole or a range. */
export async function getBlob({ request, storage, options }: Context, repository: string, reference: string): Promise<HttpResponse> {
  const digest = asDigest(reference, options);
  const bytes = await storage.blob(repository, digest);
  if (bytes === null) throw new ProtocolError('BLOB_UNKNOWN', { detail: digest });
  const headers = [
    ['Accept-Ranges', 'bytes'],
    ['Cache-Control', 'max-age=31536000'],
    ['Content-Type', 'application/octet-stream'],
    ['Docker-Content-Digest', digest],
    ['Etag', `"${digest}"`],
  ] as const;
  const range = rangeOf(header(request.headers, 'range'), bytes.length);
  if (range === 'none') return { status: 416, headers: [['Content-Range', `bytes */${bytes.length}`]] };
  if (range === 'all') return { status: 200, headers: [...headers, ['Content-Length', String(bytes.length)]], body: pieces(bytes) };
  const part = bytes.subarray(range.from, range.to + 1);
  return {
    status: 206,
    headers: [...headers, ['Content-Range', `bytes ${range.from}-${range.to}/${bytes.length}`], ['Content-Length', String(part.length)]],
    body: pieces(part),
  };
}

const pieces =
  (bytes: Uint8Array) =>
  async (write: (piece: Uint8Array) => Promise<void>): Promise<void> => {
    for (let at = 0; at < bytes.length; at += PIECE_BYTES) await write(bytes.subarray(at, at + PIECE_BYTES));
  };

/** One range of bytes; what is no range is ignored, as RFC 9110 has it. */
function rangeOf(text: string | undefined, sizeBytes: number): 'all' | 'none' | { from: number; to: number } {
  const match = /^bytes=(\d*)-(\d*)$/.exec(text ?? '');
  const [, first = '', last = ''] = match ?? [];
  if (first === '' && last === '') return 'all';
  const from = first === '' ? Math.max(0, sizeBytes - Number(last)) : Number(first);
  const to = first === '' || last === '' ? sizeBytes - 1 : Math.min(Number(last), sizeBytes - 1);
  return from > to ? 'none' : { from, to };
}
