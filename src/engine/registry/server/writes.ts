/** What changes a registry: which request is whose. Many registries are only read, and never fetch this. */
import type { HttpResponse } from '../../http/index.ts';
import { asDigest } from './blobs.ts';
import { type Context, writesOf } from './context.ts';
import { ProtocolError } from './errors.ts';
import { deleteManifest, putManifest } from './put-manifest.ts';
import { cancelUpload, continueUpload, finishUpload, startUpload, uploadStatus } from './uploads.ts';

/** Answers in a repository whatever is no reading of manifests, blobs and tags. Throws ProtocolError. */
export async function answerWrite(context: Context, repository: string, rest: string): Promise<HttpResponse> {
  const { method } = context.request;
  if (rest.startsWith('manifests/')) {
    const reference = rest.slice('manifests/'.length);
    if (method === 'PUT') return putManifest(context, repository, reference);
    return method === 'DELETE' ? deleteManifest(context, repository, reference) : unsupported();
  }
  if (method === 'POST' && /^blobs\/uploads\/?$/.test(rest)) return startUpload(context, repository);
  if (rest.startsWith('blobs/uploads/')) return upload(context, repository, rest.slice('blobs/uploads/'.length));
  if (rest.startsWith('blobs/') && method === 'DELETE') return deleteBlob(context, repository, rest.slice('blobs/'.length));
  return unsupported();
}

function upload(context: Context, repository: string, id: string): Promise<HttpResponse> {
  switch (context.request.method) {
    case 'GET':
    case 'HEAD':
      return uploadStatus(context, repository, id);
    case 'PATCH':
      return continueUpload(context, repository, id);
    case 'PUT':
      return finishUpload(context, repository, id);
    case 'DELETE':
      return cancelUpload(context, repository, id);
    default:
      return unsupported();
  }
}

function unsupported(): never {
  throw new ProtocolError('UNSUPPORTED');
}

async function deleteBlob(context: Context, repository: string, reference: string): Promise<HttpResponse> {
  const writes = writesOf(context);
  if (!context.options.canDelete) throw new ProtocolError('UNSUPPORTED');
  const digest = asDigest(reference, context.options);
  if (!(await writes.deleteBlob(repository, digest))) throw new ProtocolError('BLOB_UNKNOWN', { detail: digest });
  return { status: 202, headers: [['Docker-Content-Digest', digest]] };
}
