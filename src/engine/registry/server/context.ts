import type { HttpRequest } from '../../http/index.ts';
import type { Now, RegistryAuth } from './auth.ts';
import { ProtocolError } from './errors.ts';
import type { RateLimit, RateLimiter } from './rate-limit.ts';
import type { RegistryStorage, RegistryWrites } from './storage.ts';

export interface SearchResult {
  readonly name: string;
  readonly description: string;
  readonly star_count: number;
  readonly is_official: boolean;
  readonly is_automated: boolean;
}

export interface RegistryOptions {
  /** Who may do what. Everybody everything, if absent. */
  readonly auth?: RegistryAuth;
  /** Which side of TLS the Location headers name. */
  readonly scheme?: 'http' | 'https';
  /** For tokens and windows of pulls; without it nothing ever runs out. */
  readonly now?: Now;
  /** How many pulls are given away; as many as one likes, if absent. */
  readonly rateLimit?: RateLimit;
  /** For the names of uploads. */
  readonly random?: { bytes(n: number): Uint8Array };
  /**
   * The major version of the reference implementation that it is, which is stricter than Docker Hub: a client that does not accept OCI types
   * is told that there is nothing. Version 2 lists all tags at once, and deletes by digest alone.
   */
  readonly reference?: 2 | 3;
  /** What `docker search` finds (`/v1/search`); none, if absent. */
  readonly search?: () => Promise<readonly SearchResult[]>;
  /** Manifests and blobs can be deleted. */
  readonly canDelete?: boolean;
  /** Fetches the code of what is seldom asked for; in a machine, while it stands still. */
  readonly load?: LoadCode;
}

export type LoadCode = <Code>(code: () => Promise<Code>) => Promise<Code>;

/** A blob on its way in. */
export interface Upload {
  readonly repository: string;
  readonly pieces: Uint8Array[];
  sizeBytes: number;
}

export interface Uploads {
  readonly open: Map<string, Upload>;
  /** How many have been opened, for names where there is no chance to draw from. */
  count: number;
}

export interface Context {
  readonly request: HttpRequest;
  readonly storage: RegistryStorage;
  readonly options: RegistryOptions;
  readonly uploads: Uploads;
  readonly now: Now;
  readonly limiter: RateLimiter | undefined;
}

/** Fetches code the way this registry's world does it. */
export const loadCode = <Code>({ options }: Context, code: () => Promise<Code>): Promise<Code> =>
  options.load === undefined ? code() : options.load(code);

/** Throws ProtocolError where nothing can be pushed. */
export function writesOf({ storage }: Context): RegistryWrites {
  if (!storage.writes) throw new ProtocolError('UNSUPPORTED');
  return storage.writes;
}

/** A path of this registry as the client must call it. */
export function locationOf({ request, options }: Context, path: string): string {
  const host = request.headers.get('host')?.[0];
  return host === undefined ? path : `${options.scheme ?? 'http'}://${host}${path}`;
}
