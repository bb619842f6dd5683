/** One request after another to a registry: dialling, redirects, and the answer to its challenge. */
import { type ClientRequest, type ClientResponse, type Dial, header, readAll, request } from '../../http/index.ts';
import { encodeBase64 } from '../base64.ts';
import { authorityOf, parseUrl, type RegistryEndpoint, urlOf } from './endpoint.ts';
import { kindOfStatus, parseErrorBody, RegistryError } from './errors.ts';

/** What somebody logged in with: a password, or a token that stands for one. */
export interface Credentials {
  readonly username: string;
  readonly password: string;
}

export interface SessionOptions {
  readonly dial: Dial;
  readonly credentials?: Credentials;
  readonly userAgent?: string;
}

export interface Call {
  readonly method: string;
  readonly target: string;
  readonly headers?: readonly (readonly [string, string])[];
  readonly body?: ClientRequest['body'];
  /** What a token must allow: `repository:library/nginx:pull`. */
  readonly scope?: string;
}

export interface Session {
  readonly endpoint: RegistryEndpoint;
  /** Any answer but a challenge; the caller reads the body or closes it. Rejects with RegistryError. */
  call(call: Call): Promise<ClientResponse>;
}

const MAX_REDIRECTS = 5;
const MAX_ERROR_BYTES = 1 << 20;
const USER_AGENT = 'docker/29';

interface Challenge {
  readonly scheme: 'basic' | 'bearer';
  readonly parameters: ReadonlyMap<string, string>;
}

export function openSession(endpoint: RegistryEndpoint, options: SessionOptions): Session {
  /** Authorization by scope: what worked once is used again. */
  const granted = new Map<string, string>();
  return {
    endpoint,
    call: async (call) => {
      const scope = call.scope ?? '';
      const first = await follow(endpoint, withAuthorization(call, granted.get(scope)), options);
      const challenge = first.status === 401 ? parseChallenge(header(first.headers, 'www-authenticate')) : null;
      if (!challenge) return first;
      if (granted.has(scope) && challenge.parameters.has('error')) return first;
      const authorization = await answerChallenge(challenge, { call, options });
      if (authorization === null) return first;
      first.close();
      granted.set(scope, authorization);
      return follow(endpoint, withAuthorization(call, authorization), options);
    },
  };
}

const withAuthorization = (call: Call, value: string | undefined): Call =>
  value === undefined ? call : { ...call, headers: [...(call.headers ?? []), ['Authorization', value]] };

/** Asks, and goes where the answer points to: blobs may lie elsewhere, and get no authorization there. */
async function follow(start: RegistryEndpoint, call: Call, options: SessionOptions): Promise<ClientResponse> {
  let place = start;
  let { target } = call;
  for (let hops = 0; hops <= MAX_REDIRECTS; hops += 1) {
    const isElsewhere = place.host !== start.host || place.port !== start.port;
    const headers = isElsewhere ? (call.headers ?? []).filter(([name]) => name !== 'Authorization') : (call.headers ?? []);
    const answer = await ask(place, { ...call, target, headers }, options);
    const location = [301, 302, 303, 307, 308].includes(answer.status) ? header(answer.headers, 'location') : undefined;
    if (location === undefined) return answer;
    answer.close();
    const next = parseUrl(location) ?? { place, target: location };
    place = next.place;
    target = next.target;
  }
  throw new RegistryError('unexpected', `stopped after ${MAX_REDIRECTS} redirects`, {
    method: call.method,
    url: urlOf(start, call.target),
  });
}

async function ask(place: RegistryEndpoint, call: Call, { dial, userAgent }: SessionOptions): Promise<ClientResponse> {
  const to = { host: place.host, port: place.port };
  try {
    const connection = await (place.scheme === 'https' ? dial(to, { serverName: place.host }) : dial(to));
    return await request(connection, {
      method: call.method,
      target: call.target,
      headers: [['Host', authorityOf(place)], ['User-Agent', userAgent ?? USER_AGENT], ...(call.headers ?? []), ['Connection', 'close']],
      ...(call.body === undefined ? {} : { body: call.body }),
    });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new RegistryError('unreachable', message, { method: call.method, url: urlOf(place, call.target), cause: error });
  }
}

/** `Bearer realm="…",service="…",scope="…"`; null for a scheme that is neither Basic nor Bearer. */
export function parseChallenge(value: string | undefined): Challenge | null {
  const [, scheme, rest] = /^(basic|bearer) +(.*)$/i.exec(value ?? '') ?? [];
  if (scheme === undefined || rest === undefined) return null;
  const parameters = new Map<string, string>();
  for (const [, name = '', quoted, plain] of rest.matchAll(/([a-zA-Z_]+)=(?:"((?:[^"\\]|\\.)*)"|([^",\s]+))/g)) {
    parameters.set(name.toLowerCase(), quoted ?? plain ?? '');
  }
  return { scheme: scheme.toLowerCase() === 'basic' ? 'basic' : 'bearer', parameters };
}

const basic = ({ username, password }: Credentials): string => `Basic ${encodeBase64(new TextEncoder().encode(`${username}:${password}`))}`;

/** The Authorization header that the challenge asks for; null if there is nothing to answer with. */
async function answerChallenge(
  { scheme, parameters }: Challenge,
  { call, options }: { call: Call; options: SessionOptions },
): Promise<string | null> {
  const { credentials } = options;
  if (scheme === 'basic') return credentials ? basic(credentials) : null;
  const realm = parseUrl(parameters.get('realm') ?? '');
  if (!realm) return null;
  const query = new URLSearchParams();
  const service = parameters.get('service');
  const scope = call.scope ?? parameters.get('scope');
  if (scope !== undefined) query.append('scope', scope);
  if (service !== undefined) query.append('service', service);
  const answer = await follow(
    realm.place,
    {
      method: 'GET',
      target: `${realm.target}${realm.target.includes('?') ? '&' : '?'}${query}`,
      headers: credentials ? [['Authorization', basic(credentials)]] : [],
    },
    options,
  );
  if (answer.status !== 200) throw await failure(answer, { method: 'GET', url: urlOf(realm.place, realm.target) });
  const token = tokenIn(new TextDecoder().decode(await readClosing(answer, MAX_ERROR_BYTES)));
  return token === null ? null : `Bearer ${token}`;
}

function tokenIn(text: string): string | null {
  try {
    const { token, access_token: accessToken } = JSON.parse(text) as { token?: unknown; access_token?: unknown };
    const found = token ?? accessToken;
    return typeof found === 'string' ? found : null;
  } catch {
    return null;
  }
}

/** Reads a body to its end and hangs up, whatever comes. */
export async function readClosing(answer: ClientResponse, maxBytes: number): Promise<Uint8Array> {
  try {
    return await readAll(answer, maxBytes);
  } finally {
    answer.close();
  }
}

/** The error that an answer stands for. Reads its body. */
export async function failure(answer: ClientResponse, { method, url }: { method: string; url: string }): Promise<RegistryError> {
  const body = await readClosing(answer, MAX_ERROR_BYTES).catch(() => new Uint8Array());
  const entries = parseErrorBody(body);
  const challengeError = parseChallenge(header(answer.headers, 'www-authenticate'))?.parameters.get('error');
  const message = `unexpected status from ${method} request to ${url}: ${answer.status} ${answer.reason}`;
  return new RegistryError(kindOfStatus(answer.status), message, { method, url, status: answer.status, entries, challengeError });
}
