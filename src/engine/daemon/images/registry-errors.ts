/** What a registry or the way to it said, in dockerd's words. Upstream: moby daemon/containerd registry_errors.go, containerd's resolver. */
import { canonicalName, familiarRepository, type Reference } from '../../oci/reference.ts';
import { isLoopback } from '../../registry/client/endpoint.ts';
import { RegistryError, type RegistryErrorEntry } from '../../registry/client/errors.ts';
import { DockerError, type ErrorKind, notFound, system } from '../errors.ts';
import { notResolved, pullDenied } from './request-errors.ts';

const KINDS: Readonly<Record<string, ErrorKind>> = {
  UNSUPPORTED: 'not-implemented',
  UNAUTHORIZED: 'unauthorized',
  DENIED: 'forbidden',
  UNAVAILABLE: 'unavailable',
};

const told = ({ message, detail }: RegistryErrorEntry): string => (typeof detail === 'string' ? `${message} - ${detail}` : message);

/** A registry's own errors; what came without any is told with its status. `failed` is what the daemon was doing. */
function translated(error: RegistryError, failed: string): DockerError {
  const [first] = error.entries;
  if (error.isTokenService && first === undefined && error.status === 401)
    return new DockerError('unauthorized', 'authentication required - incorrect username or password', { cause: error });
  if (first === undefined) return system(`unknown: ${failed}${error.message}`, error);
  const kind = error.entries.length === 1 ? (KINDS[first.code] ?? 'system') : 'system';
  return new DockerError(kind, `error from registry: ${error.entries.map(told).join('\n')}`, { cause: error });
}

/** As Go writes methods in errors: `Head`. */
const titled = (method: string): string => method.slice(0, 1) + method.slice(1).toLowerCase();
const requestFailed = ({ method, url, message }: RegistryError): string => `failed to do request: ${titled(method)} "${url}": ${message}`;
const refused = (what: string, why: string): string =>
  `${what} access denied, repository does not exist or may require authorization: ${why}`;
const NO_CREDENTIALS = 'authorization failed: no basic auth credentials';

/** Why a name could not be resolved. */
export function resolveError(reference: Reference, error: RegistryError): DockerError {
  const name = canonicalName(reference);
  const failed = `failed to resolve reference "${name}": `;
  switch (error.kind) {
    case 'not-found':
      return notResolved(name, `${name}: not found`);
    case 'no-credentials':
      return system(`${failed}${refused('pull', NO_CREDENTIALS)}`, error);
    case 'unauthorized':
      return error.challengeError === undefined ? translated(error, failed) : pullDenied(familiarRepository(reference));
    case 'unreachable':
      return system(
        `${failed}${error.isTokenService ? 'failed to authorize: failed to fetch anonymous token' : requestFailed(error)}`,
        error,
      );
    default:
      return translated(error, failed);
  }
}

/** Why content did not come, after its name was resolved. */
export function fetchError(reference: Reference, error: RegistryError): DockerError {
  switch (error.kind) {
    case 'unauthorized':
    case 'denied':
      return error.entries.length > 0 ? translated(error, '') : pullDenied(familiarRepository(reference));
    case 'unreachable':
      return system(`failed to copy: httpReadSeeker: ${requestFailed(error)}`, error);
    case 'digest-mismatch':
      return system(`failed to copy: ${error.message}`, error);
    default:
      return translated(error, 'failed to copy: httpReadSeeker: failed open: ');
  }
}

/** Why a repository's tags could not be listed: this goes by another client of dockerd's. Upstream: moby daemon/internal/distribution. */
export function tagsError(reference: Reference, error: RegistryError): DockerError {
  const name = familiarRepository(reference);
  const [first] = error.entries;
  if (error.challengeError === 'insufficient_scope')
    return notFound(
      `pull access denied for ${name}, repository does not exist or may require 'docker login': denied: requested access to the resource is denied`,
    );
  if (first?.code === 'NAME_UNKNOWN') return notFound(`repository ${name} not found: name unknown: ${first.message}`);
  if (error.kind === 'no-credentials') return system('no basic auth credentials', error);
  if (error.kind === 'unreachable') return system(`Get "${baseUrl(error.url)}": ${error.message}`, error);
  return first ? named(first, error) : system(error.message, error);
}

const named = ({ code, message }: RegistryErrorEntry, cause: RegistryError): DockerError =>
  new DockerError(KINDS[code] ?? 'system', `${code.toLowerCase().replaceAll('_', ' ')}: ${message}`, { cause });

/** Why a name could not be looked up, by the same client. */
export function distributionError(error: RegistryError): DockerError {
  if (error.kind === 'not-found') return notFound('manifest unknown: manifest unknown');
  if (error.challengeError === 'insufficient_scope')
    return new DockerError(
      'forbidden',
      'errors:\ndenied: requested access to the resource is denied\nunauthorized: authentication required\n',
      { cause: error },
    );
  if (error.kind === 'no-credentials') return system('no basic auth credentials', error);
  if (error.kind === 'unreachable') return system(`Get "${baseUrl(error.url)}": ${error.message}`, error);
  const [first] = error.entries;
  return first ? named(first, error) : system(error.message, error);
}

/** Where a registry is asked whether it speaks the protocol. This machine itself is asked last without TLS. */
export function baseUrl(url: string): string {
  const [, scheme = 'https', authority = ''] = /^(https?):\/\/([^/]*)/.exec(url) ?? [];
  return `${isLoopback(authority) ? 'http' : scheme}://${authority}/v2/`;
}

/** A registry that has all the parts of a document has not taken the document itself. */
export class CommitFailed extends Error {
  override readonly name = 'CommitFailed';
  override readonly cause: RegistryError;

  /** `ref`: how containerd calls the transfer. */
  constructor(ref: string, cause: RegistryError) {
    super(ref);
    this.cause = cause;
  }
}

/** What ended a push, as the daemon says it. */
export function pushFailure(error: unknown): unknown {
  if (error instanceof CommitFailed) return commitError(error.message, error.cause);
  return error instanceof RegistryError ? pushError(error) : error;
}

/** Why a document was not taken. */
function commitError(ref: string, error: RegistryError): DockerError {
  const why = error.challengeError === undefined ? translated(error, '').message : denied(error.challengeError);
  return system(`failed commit on ref ${JSON.stringify(ref)}: ${why}`, error);
}

const denied = (challengeError: string): string => `server message: ${challengeError}: authorization failed`;

/** Why a push ended. */
function pushError(error: RegistryError): DockerError {
  switch (error.kind) {
    case 'no-credentials':
      return system(refused('push', NO_CREDENTIALS), error);
    case 'unauthorized':
      return error.challengeError === undefined ? translated(error, '') : system(refused('push', denied(error.challengeError)), error);
    case 'unreachable':
      return system(requestFailed(error), error);
    default:
      return translated(error, '');
  }
}

/** Runs what asks a registry, with its errors made into the daemon's. */
export async function asDaemon<T>(ask: () => Promise<T>, sentence: (error: RegistryError) => DockerError): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    throw error instanceof RegistryError ? sentence(error) : error;
  }
}
