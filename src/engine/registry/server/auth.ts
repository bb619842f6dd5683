/** Who may do what: not at all, by a password with each request (Basic), or by a token from a token service, as Docker Hub has it. */
import { type HttpRequest, type HttpResponse, header, jsonResponse } from '../../http/index.ts';
import { decodeBase64, encodeBase64 } from '../base64.ts';
import { ProtocolError } from './errors.ts';

export type Action = 'pull' | 'push' | 'delete';

export type RegistryAuth =
  | { readonly kind: 'basic'; readonly realm: string; readonly users: ReadonlyMap<string, string> }
  | {
      readonly kind: 'token';
      /** Where tokens are had: `https://auth.docker.io/token`. */
      readonly realm: string;
      readonly service: string;
      readonly users: ReadonlyMap<string, string>;
      /** Whether somebody (undefined: anybody) may do this. Docker Hub gives nobody a right to a repository that is not there. */
      readonly allow: (user: string | undefined, repository: string, action: Action) => Promise<boolean>;
    };
type TokenAuth = Extract<RegistryAuth, { kind: 'token' }>;

interface Grant {
  readonly repository: string;
  readonly actions: readonly string[];
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

function basicCredentials(request: HttpRequest): Credentials | null {
  const encoded = /^basic +(\S+)$/i.exec(header(request.headers, 'authorization') ?? '')?.[1];
  const bytes = encoded === undefined ? null : decodeBase64(encoded);
  const text = bytes && new TextDecoder().decode(bytes);
  const colon = text?.indexOf(':') ?? -1;
  return text && colon !== -1 ? { user: text.slice(0, colon), password: text.slice(colon + 1) } : null;
}

const isUser = (users: ReadonlyMap<string, string>, { user, password }: Credentials): boolean => users.get(user) === password;

/** Throws ProtocolError UNAUTHORIZED unless the request may do what it needs; without a need, unless it comes from somebody. */
export function authorize(auth: RegistryAuth | undefined, request: HttpRequest, need: Need | null): void {
  if (!auth) return;
  const detail = need ? [{ Type: 'repository', Class: '', Name: need.repository, Action: need.action }] : null;
  if (auth.kind === 'basic') {
    const given = basicCredentials(request);
    if (!given || !isUser(auth.users, given))
      throw new ProtocolError('UNAUTHORIZED', { detail, headers: [['Www-Authenticate', `Basic realm="${auth.realm}"`]] });
    return;
  }
  const grants = bearerGrants(request);
  if (grants && (!need || grants.some(({ repository, actions }) => repository === need.repository && actions.includes(need.action))))
    return;
  throw new ProtocolError('UNAUTHORIZED', {
    detail: grants ? detail : null,
    headers: [['Www-Authenticate', challenge(auth, need, grants !== null)]],
  });
}

function challenge({ realm, service }: TokenAuth, need: Need | null, hadToken: boolean): string {
  const scope = need ? `,scope="repository:${need.repository}:${need.action === 'push' ? 'pull,push' : need.action}"` : '';
  return `Bearer realm="${realm}",service="${service}"${scope}${hadToken ? ',error="insufficient_scope"' : ''}`;
}

/** What a token of ours grants; null if there is none. */
function bearerGrants(request: HttpRequest): readonly Grant[] | null {
  const token = /^bearer +(\S+)$/i.exec(header(request.headers, 'authorization') ?? '')?.[1];
  const bytes = token === undefined ? null : decodeBase64(token);
  if (!bytes) return null;
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return Array.isArray(value) && value.every(isGrant) ? value : null;
  } catch {
    return null;
  }
}

function isGrant(value: unknown): value is Grant {
  if (typeof value !== 'object' || value === null) return false;
  const { repository, actions } = value as Partial<Record<keyof Grant, unknown>>;
  return typeof repository === 'string' && Array.isArray(actions);
}

/** GET /token?service=…&scope=repository:NAME:pull,push: a token for as much of it as the asker may have. */
export async function tokenResponse(auth: TokenAuth, request: HttpRequest): Promise<HttpResponse> {
  const given = basicCredentials(request);
  if (given && !isUser(auth.users, given)) return jsonResponse(401, { details: 'incorrect username or password' });
  const grants: Grant[] = [];
  for (const scope of request.query.getAll('scope').flatMap((text) => text.split(' '))) {
    const [, repository, wanted] = /^repository(?:\([a-z]+\))?:(.+):([a-z,*]+)$/.exec(scope) ?? [];
    if (repository === undefined || wanted === undefined) continue;
    grants.push({ repository, actions: await granted(auth, { repository, wanted: wanted.split(','), user: given?.user }) });
  }
  const token = encodeBase64(new TextEncoder().encode(JSON.stringify(grants)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');
  return jsonResponse(200, { token, access_token: token, expires_in: TOKEN_SECONDS });
}

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
