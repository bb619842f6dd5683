/** How a call ends: a code, a sentence and details. Specification: grpc doc/statuscodes.md, doc/PROTOCOL-HTTP2.md; google.rpc.Status. */

import { decodeMessage, encodeMessage, type Schema } from '../../../engine/api-types/protobuf.ts';
import { DaemonError } from '../../../engine/cli/errors.ts';

export const Code = {
  ok: 0,
  canceled: 1,
  unknown: 2,
  invalidArgument: 3,
  deadlineExceeded: 4,
  notFound: 5,
  alreadyExists: 6,
  permissionDenied: 7,
  resourceExhausted: 8,
  failedPrecondition: 9,
  aborted: 10,
  outOfRange: 11,
  unimplemented: 12,
  internal: 13,
  unavailable: 14,
} as const;

/** A message of some type: BuildKit's own are JSON under `github.com/moby/buildkit/errdefs.Source+json` and the like. */
export interface Detail {
  readonly typeUrl: string;
  readonly value: Uint8Array;
}

export class GrpcError extends Error {
  override readonly name = 'GrpcError';
  readonly code: number;
  readonly details: readonly Detail[];

  constructor(code: number, message: string, details: readonly Detail[] = []) {
    super(message);
    this.code = code;
    this.details = details;
  }
}

const ANY: Schema = { typeUrl: { number: 1, kind: 'string', absent: '' }, value: { number: 2, kind: 'bytes', absent: new Uint8Array() } };
/** google.rpc.Status. */
export const STATUS: Schema = {
  code: { number: 1, kind: 'int', absent: 0 },
  message: { number: 2, kind: 'string', absent: '' },
  details: { number: 3, kind: ANY, repeated: true },
};

export interface Status {
  readonly code: number;
  readonly message: string;
  readonly details: readonly Detail[];
}

export const errorOf = ({ code, message, details }: Status): GrpcError => new GrpcError(code, message, details);

/** What was thrown as the end of a call; of the engine its own sentence. */
export function statusOf(error: unknown): Status {
  if (error instanceof GrpcError) return { code: error.code, message: error.message, details: error.details };
  const message = error instanceof DaemonError ? error.reason : error instanceof Error ? error.message : String(error);
  return { code: Code.unknown, message, details: [] };
}

type Trailers = Readonly<Record<string, string | string[] | number | undefined>>;

/** The trailers that tell it. */
export function trailersOf(status: Status): Record<string, string> {
  if (status.code === Code.ok) return { 'grpc-status': '0' };
  const details: Record<string, string> =
    status.details.length === 0 ? {} : { 'grpc-status-details-bin': base64(encodeMessage(STATUS, status)) };
  return { 'grpc-status': String(status.code), 'grpc-message': percentEncoded(status.message), ...details };
}

/** Reads trailers. A stream that ends without any was cut off. */
export function statusFrom(trailers: Trailers): Status {
  const code = Number(trailers['grpc-status'] ?? Number.NaN);
  if (!Number.isInteger(code)) return { code: Code.unavailable, message: 'the stream ended without a status', details: [] };
  const whole = trailers['grpc-status-details-bin'];
  const message = percentDecoded(String(trailers['grpc-message'] ?? ''));
  if (typeof whole !== 'string') return { code, message, details: [] };
  const { details } = decodeMessage(STATUS, new Uint8Array(Buffer.from(whole, 'base64'))) as unknown as Status;
  return { code, message, details };
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64').replace(/=+$/, '');

/** What is no printable ASCII, and the percent sign, by bytes of UTF-8. */
const percentEncoded = (text: string): string =>
  [...Buffer.from(text)]
    .map((byte) =>
      byte < 0x20 || byte > 0x7e || byte === 0x25 ? `%${byte.toString(16).toUpperCase().padStart(2, '0')}` : String.fromCharCode(byte),
    )
    .join('');

/** A percent sign that begins no byte stands for itself. */
const percentDecoded = (text: string): string =>
  Buffer.from(
    text.replace(/%([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  ).toString();
