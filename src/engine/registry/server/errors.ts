/** What a registry answers when it says no: the distribution specification's codes, in the words of its reference implementation. */
import type { HttpResponse } from '../../http/index.ts';

const CODES = {
  UNKNOWN: [500, 'unknown error'],
  UNAUTHORIZED: [401, 'authentication required'],
  DENIED: [403, 'requested access to the resource is denied'],
  UNSUPPORTED: [405, 'The operation is unsupported.'],
  NAME_UNKNOWN: [404, 'repository name not known to registry'],
  NAME_INVALID: [400, 'invalid repository name'],
  TAG_INVALID: [400, 'manifest tag did not match URI'],
  MANIFEST_UNKNOWN: [404, 'manifest unknown'],
  MANIFEST_INVALID: [400, 'manifest invalid'],
  MANIFEST_BLOB_UNKNOWN: [404, 'blob unknown to registry'],
  BLOB_UNKNOWN: [404, 'blob unknown to registry'],
  BLOB_UPLOAD_UNKNOWN: [404, 'blob upload unknown to registry'],
  BLOB_UPLOAD_INVALID: [404, 'blob upload invalid'],
  DIGEST_INVALID: [400, 'provided digest did not match uploaded content'],
  SIZE_INVALID: [400, 'provided length did not match content length'],
  TOOMANYREQUESTS: [429, 'too many requests'],
  RANGE_INVALID: [416, 'invalid content range'],
  PAGINATION_NUMBER_INVALID: [400, 'invalid number of results requested'],
} as const satisfies Record<string, readonly [number, string]>;

export type ErrorCode = keyof typeof CODES;

/** Thrown inside the handler, answered at its edge. */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError';
  readonly code: ErrorCode;
  readonly detail: unknown;
  readonly headers: readonly (readonly [string, string])[];

  constructor(
    code: ErrorCode,
    options: { readonly detail?: unknown; readonly message?: string; readonly headers?: readonly (readonly [string, string])[] } = {},
  ) {
    super(options.message ?? CODES[code][1]);
    this.code = code;
    this.detail = options.detail;
    this.headers = options.headers ?? [];
  }
}

/** Every answer of a registry says what it speaks. */
export const VERSION_HEADER = ['Docker-Distribution-Api-Version', 'registry/2.0'] as const;

export function errorResponse({ code, message, detail, headers }: ProtocolError): HttpResponse {
  const body = { errors: [{ code, message, ...(detail === undefined ? {} : { detail }) }] };
  return {
    status: CODES[code][0],
    headers: [['Content-Type', 'application/json'], ...headers],
    body: new TextEncoder().encode(`${JSON.stringify(body)}\n`),
  };
}
