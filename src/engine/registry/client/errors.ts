/** Why a registry did not give what was asked: kept in the specification's shape, until the daemon makes its own sentence of it. */
export interface RegistryErrorEntry {
  readonly code: string;
  readonly message: string;
  readonly detail?: unknown;
}

export type RegistryErrorKind =
  /** 404: no such manifest, blob or repository. */
  | 'not-found'
  /** 401, also after a token was fetched. */
  | 'unauthorized'
  /** A password is asked for, and there is none. */
  | 'no-credentials'
  /** 403. */
  | 'denied'
  /** The connection failed: `cause` has the system call's error. */
  | 'unreachable'
  /** Content that is not what its descriptor says. */
  | 'digest-mismatch'
  /** Any other status, or an answer that is no HTTP. */
  | 'unexpected';

export class RegistryError extends Error {
  override readonly name = 'RegistryError';
  readonly kind: RegistryErrorKind;
  /** `Head "https://registry-1.docker.io/v2/library/x/manifests/latest"` is made of these two. */
  readonly method: string;
  readonly url: string;
  /** 0 if there was no answer. */
  readonly status: number;
  readonly entries: readonly RegistryErrorEntry[];
  /** What the last challenge said of the token: `insufficient_scope`. */
  readonly challengeError: string | undefined;
  /** It was the token service that said no, not the registry. */
  readonly isTokenService: boolean;
  /** What the registry itself was asked for: the URL, unless a token service was asked meanwhile. */
  readonly registry: string;

  constructor(kind: RegistryErrorKind, message: string, details: RegistryErrorDetails) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.kind = kind;
    this.method = details.method;
    this.url = details.url;
    this.status = details.status ?? 0;
    this.entries = details.entries ?? [];
    this.challengeError = details.challengeError;
    this.isTokenService = details.registry !== undefined;
    this.registry = details.registry ?? details.url;
  }
}

export interface RegistryErrorDetails {
  readonly method: string;
  readonly url: string;
  readonly status?: number;
  readonly entries?: readonly RegistryErrorEntry[];
  readonly challengeError?: string | undefined;
  /** The URL that the registry was asked for, where a token service failed. */
  readonly registry?: string;
  readonly cause?: unknown;
}

export function kindOfStatus(status: number): RegistryErrorKind {
  if (status === 404) return 'not-found';
  if (status === 401) return 'unauthorized';
  return status === 403 ? 'denied' : 'unexpected';
}

/** `{"errors": [{code, message, detail}]}`; an empty list for anything else. */
export function parseErrorBody(bytes: Uint8Array): readonly RegistryErrorEntry[] {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return [];
  }
  if (typeof value !== 'object' || value === null || !('errors' in value) || !Array.isArray(value.errors)) return [];
  return value.errors.filter(isEntry);
}

function isEntry(value: unknown): value is RegistryErrorEntry {
  if (typeof value !== 'object' || value === null) return false;
  const { code, message } = value as { code?: unknown; message?: unknown };
  return typeof code === 'string' && typeof message === 'string';
}
