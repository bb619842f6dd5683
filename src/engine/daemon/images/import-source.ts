/** An archive to import that is at an address: dockerd fetches it itself. Upstream: moby daemon/builder/remotecontext/remote.go. */
import { request } from '../../http/client.ts';
import { header } from '../../http/headers.ts';
import { readAll } from '../../http/responses.ts';
import type { Daemon } from '../daemon.ts';
import { DockerError, type ErrorKind, invalid, messageOf, notFound, system } from '../errors.ts';

const MAX_REDIRECTS = 10;
const PORTS: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443 };
const KINDS: Readonly<Record<number, ErrorKind>> = { 400: 'invalid', 401: 'unauthorized', 403: 'forbidden', 404: 'not-found' };

/** What `docker import` calls a source: its address, with `http://` where no scheme was typed. */
export const addressOf = (source: string): string => (source.includes('://') ? source : `http://${source}`);

/** The bytes that an address has. Throws DockerError for what cannot be reached, and for an answer that says no. */
export async function fetchSource(daemon: Daemon, address: string): Promise<Uint8Array> {
  let at = address;
  for (let redirects = 0; redirects < MAX_REDIRECTS; redirects += 1) {
    const answer = await get(daemon, at);
    const location = header(answer.headers, 'location');
    if (answer.status >= 300 && answer.status < 400 && location !== undefined) {
      at = new URL(location, at).href;
      continue;
    }
    if (answer.status < 400) return answer.bytes;
    const said = new TextDecoder().decode(answer.bytes).trim();
    throw new DockerError(
      KINDS[answer.status] ?? 'system',
      `failed to GET ${address} with status ${answer.status} ${answer.reason}: ${said}`,
    );
  }
  throw system(`Get "${at}": stopped after ${MAX_REDIRECTS} redirects`);
}

async function get(daemon: Daemon, address: string) {
  const { protocol, hostname, port, pathname, search, host } = urlOf(address);
  const failed = (error: unknown): DockerError => {
    const text = `Get "${address}": ${messageOf(error)}`;
    return text.endsWith('no such host') ? notFound(text) : system(text, error);
  };
  const scheme = PORTS[protocol];
  if (scheme === undefined) throw failed(new Error(`unsupported protocol scheme "${protocol.slice(0, -1)}"`));
  try {
    const connection = await daemon.dial(
      { host: hostname, port: port === '' ? scheme : Number(port) },
      protocol === 'https:' ? { serverName: hostname } : undefined,
    );
    try {
      const headers = [
        ['Host', host],
        ['User-Agent', 'Go-http-client/1.1'],
        ['Connection', 'close'],
      ] as const;
      const answer = await request(connection, { method: 'GET', target: `${pathname}${search}`, headers });
      return { status: answer.status, reason: answer.reason, headers: answer.headers, bytes: await readAll(answer) };
    } finally {
      connection.abort();
    }
  } catch (error) {
    throw failed(error);
  }
}

function urlOf(address: string): URL {
  try {
    return new URL(address);
  } catch {
    throw invalid(`parse "${address}": invalid URL`);
  }
}
