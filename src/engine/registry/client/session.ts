/** One request after another to a registry: dialling, redirects, and the answer to its challenge. */
import { encodeBase64 } from '../../http/base64.ts';
import { type ClientRequest, type ClientResponse, type Dial, type Duplex, header, readAll, request, TlsError } from '../../http/index.ts';
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
  /** What a token must allow, words apart: `repository:library/nginx:pull`. */
  readonly scope?: string;
}

export interface Session {
  /** Where it goes: without TLS, once the server has shown that it speaks none. */
  endpoint(): RegistryEndpoint;
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

/** What a session learns of its registry. */
interface Known {
  place: RegistryEndpoint;
  /** Authorization by scope: what worked once is used again. */
  readonly granted: Map<string, string>;
}

export function openSession(endpoint: RegistryEndpoint, options: SessionOptions): Session {
  const known: Known = { place: endpoint, granted: new Map() };
  return { endpoint: () => known.place, call: (call) => converse(known, call, options) };
}

async function converse(known: Known, call: Call, options: SessionOptions): Promise<ClientResponse> {
  const { granted } = known;
  const scope = call.scope ?? '';
  const first = await follow(known, withAuthorization(call, granted.get(scope)), options);
  const challenge = first.status === 401 ? parseChallenge(header(first.headers, 'www-authenticate')) : null;
  if (!challenge) return first;
  const problem = challenge.parameters.get('error');
  if (granted.has(scope) && problem !== 'invalid_token') return first;
  if (challenge.scheme === 'basic' && !options.credentials) {
    first.close();
    const about = { method: call.method, url: urlOf(known.place, call.target), status: first.status };
    throw new RegistryError('no-credentials', 'no basic auth credentials', about);
  }
  const authorization = await answerChallenge(challenge, { call, options, registry: urlOf(known.place, call.target) });
  if (authorization === null) return first;
  first.close();
  granted.set(scope, authorization);
  return follow(known, withAuthorization(call, authorization), options);
}

const withAuthorization = (call: Call, value: string | undefined): Call =>
  value === undefined ? call : { ...call, headers: [...(call.headers ?? []), ['Authorization', value]] };

/** Asks, and goes where the answer points to: blobs may lie elsewhere, and get no authorization there. */
async function follow(known: { place: RegistryEndpoint }, call: Call, options: SessionOptions): Promise<ClientResponse> {
  let target = call.target;
  let here = known;
  for (let hops = 0; hops <= MAX_REDIRECTS; hops += 1) {
    const isElsewhere = here.place.host !== known.place.host || here.place.port !== known.place.port;
    const headers = isElsewhere ? (call.headers ?? []).filter(([name]) => name !== 'Authorization') : (call.headers ?? []);
    const answer = await ask(here, { ...call, target, headers }, options);
    const location = [301, 302, 303, 307, 308].includes(answer.status) ? header(answer.headers, 'location') : undefined;
    if (location === undefined) return answer;
    answer.close();
    const next = parseUrl(location);
    if (next && authorityOf(next.place) !== authorityOf(here.place)) here = { place: next.place };
    target = next?.target ?? location;
  }
  throw new RegistryError('unexpected', `stopped after ${MAX_REDIRECTS} redirects`, {
    method: call.method,
    url: urlOf(known.place, call.target),
  });
}

/** A connection to it; where TLS need not be, a plain one if the server speaks none, now and from then on. */
async function connect(known: { place: RegistryEndpoint }, dial: Dial): Promise<Duplex> {
  const { host, port, scheme, mayBePlain } = known.place;
  if (scheme === 'http') return dial({ host, port });
  try {
    return await dial({ host, port }, { serverName: host });
  } catch (error) {
    if (!mayBePlain || !(error instanceof TlsError) || !error.isPlain) throw error;
    known.place = { scheme: 'http', host, port };
    return dial({ host, port });
  }
}

async function ask(known: { place: RegistryEndpoint }, call: Call, { dial, userAgent }: SessionOptions): Promise<ClientResponse> {
  try {
    const connection = await connect(known, dial);
    return await request(connection, {
      method: call.method,
      target: call.target,
      headers: [
        ['Host', authorityOf(known.place)],
        ['User-Agent', userAgent ?? USER_AGENT],
        ...(call.headers ?? []),
        ['Connection', 'close'],
      ],
      ...(call.body === undefined ? {} : { body: call.body }),
    });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new RegistryError('unreachable', message, { method: call.method, url: urlOf(known.place, call.target), cause: error });
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
  { call, options, registry }: { call: Call; options: SessionOptions; registry: string },
): Promise<string | null> {
  const { credentials } = options;
  if (scheme === 'basic') return credentials ? basic(credentials) : null;
  const realm = parseUrl(parameters.get('realm') ?? '');
  if (!realm) return null;
  const query = new URLSearchParams();
  const service = parameters.get('service');
  const scope = call.scope ?? parameters.get('scope');
  for (const one of scope?.split(' ') ?? []) query.append('scope', one);
  if (service !== undefined) query.append('service', service);
  const answer = await follow(
    { place: realm.place },
    {
      method: 'GET',
      target: `${realm.target}${realm.target.includes('?') ? '&' : '?'}${query}`,
      headers: credentials ? [['Authorization', basic(credentials)]] : [],
    },
    options,
  );
  if (answer.status !== 200) {
    const target = `${realm.target}${realm.target.includes('?') ? '&' : '?'}${query}`;
    throw await failure(answer, { method: 'GET', url: urlOf(realm.place, target), registry });
  }
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

export interface Asked {
  readonly method: string;
  readonly url: string;
  readonly registry?: string;
}

/** The error that an answer stands for. Reads its body. */
export async function failure(answer: ClientResponse, asked: Asked): Promise<RegistryError> {
  const body = await readClosing(answer, MAX_ERROR_BYTES).catch(() => new Uint8Array());
  const entries = parseErrorBody(body);
  const challengeError = parseChallenge(header(answer.headers, 'www-authenticate'))?.parameters.get('error');
  const message = `unexpected status from ${asked.method} request to ${asked.url}: ${answer.status} ${answer.reason}`;
  return new RegistryError(kindOfStatus(answer.status), message, { ...asked, status: answer.status, entries, challengeError });
}
