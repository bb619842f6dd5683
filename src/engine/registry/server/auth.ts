/** Who may do what: not at all, by a password with each request (Basic), or by a token from a token service, as Docker Hub has it. */
import { decodeBase64, encodeBase64 } from '../../http/base64.ts';
import { type HttpRequest, type HttpResponse, header, jsonResponse, readText } from '../../http/index.ts';
import { ProtocolError } from './errors.ts';

export type Action = 'pull' | 'push' | 'delete';

/** Who has an account here. */
export interface Accounts {
  accepts(user: string, password: string): boolean;
}

export type RegistryAuth =
  | { readonly kind: 'basic'; readonly realm: string; readonly accounts: Accounts }
  | {
      readonly kind: 'token';
      /** Where tokens are had: `https://auth.docker.io/token`. */
      readonly realm: string;
      readonly service: string;
      readonly accounts: Accounts;
      /** Whether somebody (undefined: anybody) may do this. Docker Hub gives nobody a right to a repository that is not there. */
      readonly allow: (user: string | undefined, repository: string, action: Action) => Promise<boolean>;
    };
type TokenAuth = Extract<RegistryAuth, { kind: 'token' }>;

interface Grant {
  readonly repository: string;
  readonly actions: readonly string[];
}

/** What a token says: whose it is, until when (seconds since 1970), and what it allows. */
interface Token {
  readonly user?: string;
  readonly expires: number;
  readonly access: readonly Grant[];
}

export interface Need {
  readonly repository: string;
  readonly action: Action;
}

interface Credentials {
  readonly user: string;
  readonly password: string;
}

const TOKEN_SECONDS = 300;
const MAX_FORM_BYTES = 64 * 1024;

/** Seconds since 1970, for tokens; where nobody has a clock they do not expire. */
export type Now = () => number;

function basicCredentials(request: HttpRequest): Credentials | null {
  const encoded = /^basic +(\S+)$/i.exec(header(request.headers, 'authorization') ?? '')?.[1];
  const bytes = encoded === undefined ? null : decodeBase64(encoded);
  const text = bytes && new TextDecoder().decode(bytes);
  const colon = text?.indexOf(':') ?? -1;
  return text && colon !== -1 ? { user: text.slice(0, colon), password: text.slice(colon + 1) } : null;
}

const isKnown = (accounts: Accounts, { user, password }: Credentials): boolean => accounts.accepts(user, password);

/**
 * Whose request this is (undefined: anybody's). Throws ProtocolError UNAUTHORIZED unless it may do what it needs; without a need, unless
 * it comes from somebody.
 */
export function authorize(
  auth: RegistryAuth | undefined,
  request: HttpRequest,
  { need, now }: { readonly need: Need | null; readonly now: Now },
): string | undefined {
  if (!auth) return undefined;
  const detail = need ? [{ Type: 'repository', Class: '', Name: need.repository, Action: need.action }] : null;
  if (auth.kind === 'basic') {
    const given = basicCredentials(request);
    if (given && isKnown(auth.accounts, given)) return given.user;
    throw new ProtocolError('UNAUTHORIZED', { detail, headers: [['Www-Authenticate', `Basic realm="${auth.realm}"`]] });
  }
  const token = bearerToken(request);
  const isValid = token !== null && token.expires > now();
  const allows = ({ repository, actions }: Grant): boolean => repository === need?.repository && actions.includes(need.action);
  if (isValid && (!need || token.access.some(allows))) return token.user;
  const error = token === null ? undefined : isValid ? 'insufficient_scope' : 'invalid_token';
  throw new ProtocolError('UNAUTHORIZED', {
    detail: token ? detail : null,
    headers: [['Www-Authenticate', challenge(auth, need, error)]],
  });
}

function challenge({ realm, service }: TokenAuth, need: Need | null, error: string | undefined): string {
  const scope = need ? `,scope="repository:${need.repository}:${need.action === 'push' ? 'pull,push' : need.action}"` : '';
  return `Bearer realm="${realm}",service="${service}"${scope}${error === undefined ? '' : `,error="${error}"`}`;
}

/** A token of ours; null for anything else. */
function bearerToken(request: HttpRequest): Token | null {
  const token = /^bearer +(\S+)$/i.exec(header(request.headers, 'authorization') ?? '')?.[1];
  const bytes = token === undefined ? null : decodeBase64(token);
  if (!bytes) return null;
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return isToken(value) ? value : null;
  } catch {
    return null;
  }
}

function isToken(value: unknown): value is Token {
  if (typeof value !== 'object' || value === null) return false;
  const { user, expires, access } = value as Partial<Record<keyof Token, unknown>>;
  return (user === undefined || typeof user === 'string') && typeof expires === 'number' && Array.isArray(access) && access.every(isGrant);
}

function isGrant(value: unknown): value is Grant {
  if (typeof value !== 'object' || value === null) return false;
  const { repository, actions } = value as Partial<Record<keyof Grant, unknown>>;
  return typeof repository === 'string' && Array.isArray(actions);
}

const encodeToken = (token: Token): string =>
  encodeBase64(new TextEncoder().encode(JSON.stringify(token)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');

/**
 * GET /token?service=…&scope=repository:NAME:pull,push, or POST with the same as a form (OAuth 2): a token for as much of it as the asker
 * may have.
 */
export async function tokenResponse(auth: TokenAuth, request: HttpRequest, now: Now): Promise<HttpResponse> {
  const form = request.method === 'POST' ? new URLSearchParams(await readText(request, MAX_FORM_BYTES)) : null;
  const given = form ? formCredentials(form) : basicCredentials(request);
  if (given && !isKnown(auth.accounts, given)) return jsonResponse(401, { details: 'incorrect username or password' });
  const access: Grant[] = [];
  for (const scope of (form ?? request.query).getAll('scope').flatMap((text) => text.split(' '))) {
    const [, repository, wanted] = /^repository(?:\([a-z]+\))?:(.+):([a-z,*]+)$/.exec(scope) ?? [];
    if (repository === undefined || wanted === undefined) continue;
    access.push({ repository, actions: await granted(auth, { repository, wanted: wanted.split(','), user: given?.user }) });
  }
  const expires = now() + TOKEN_SECONDS;
  const token = encodeToken({ ...(given ? { user: given.user } : {}), expires, access });
  const issued = new Date(now() * 1000).toISOString();
  return jsonResponse(200, { token, access_token: token, expires_in: TOKEN_SECONDS, issued_at: issued });
}

const formCredentials = (form: URLSearchParams): Credentials | null =>
  form.get('grant_type') === 'password' ? { user: form.get('username') ?? '', password: form.get('password') ?? '' } : null;

async function granted(
  auth: TokenAuth,
  { repository, wanted, user }: { repository: string; wanted: readonly string[]; user: string | undefined },
): Promise<readonly Action[]> {
  const actions: Action[] = [];
  for (const action of ['pull', 'push', 'delete'] as const) {
    if ((wanted.includes(action) || wanted.includes('*')) && (await auth.allow(user, repository, action))) actions.push(action);
  }
  return actions;
}

/** Accounts with their passwords, as they are. */
export const accountsOf = (passwords: ReadonlyMap<string, string>): Accounts => ({
  accepts: (user, password) => passwords.get(user) === password,
});
