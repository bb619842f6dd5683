import { isErrno } from '../kernel/errno.ts';
import { FormatError } from '../oci/manifest.ts';
import { ReferenceError as BadReference } from '../oci/reference.ts';

/** What went wrong, in Docker's words and as one of its kinds. The API alone turns kinds into statuses. Upstream: containerd's errdefs. */
export type ErrorKind =
  | 'not-modified'
  | 'invalid'
  | 'unauthorized'
  | 'forbidden'
  | 'not-found'
  | 'conflict'
  | 'system'
  | 'not-implemented'
  | 'unavailable';

export class DockerError extends Error {
  override readonly name = 'DockerError';
  readonly kind: ErrorKind;

  constructor(kind: ErrorKind, message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.kind = kind;
  }
}

export const isKind = (error: unknown, kind: ErrorKind): error is DockerError => error instanceof DockerError && error.kind === kind;

export const invalid = (message: string): DockerError => new DockerError('invalid', message);
export const conflict = (message: string): DockerError => new DockerError('conflict', message);
export const notFound = (message: string): DockerError => new DockerError('not-found', message);
export const system = (message: string, cause?: unknown): DockerError => new DockerError('system', message, { cause });
export const notImplemented = (message: string): DockerError => new DockerError('not-implemented', message);

/** The sentence of anything that was thrown. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** What was thrown, as Docker's error; undefined for what is a bug. A format or a name that is wrong is the client's. */
export function asDockerError(error: unknown): DockerError | undefined {
  if (error instanceof DockerError) return error;
  if (error instanceof BadReference || error instanceof FormatError) return new DockerError('invalid', error.message, { cause: error });
  if (isErrno(error)) return system(`${error.path === undefined ? '' : `${error.path}: `}${error.message.toLowerCase()}`, error);
  return undefined;
}
