/** ADD of a URL: fetched by the daemon, over its own host's network. */

import { request } from '../../../http/client.ts';
import { header } from '../../../http/headers.ts';
import { readAll } from '../../../http/responses.ts';
import { type Digest, digestOf } from '../../../oci/digest.ts';
import type { Daemon } from '../../daemon.ts';
import { messageOf, system } from '../../errors.ts';
import { parseHttpDate } from './http-date.ts';

export interface Downloaded {
  readonly bytes: Uint8Array;
  readonly digest: Digest;
  readonly modifiedNs: bigint;
}

const MAX_REDIRECTS = 10;
const PORTS: Readonly<Record<string, number>> = { http: 80, https: 443 };

/** Throws DockerError. */
export async function download(
  daemon: Daemon,
  { url, checksum }: { readonly url: string; readonly checksum: string },
): Promise<Downloaded> {
  let at = url;
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
    const answer = await get(daemon, at);
    const location = header(answer.headers, 'location');
    if (answer.status >= 300 && answer.status < 400 && location !== undefined) {
      at = new URL(location, at).href;
      continue;
    }
    if (answer.status < 200 || answer.status >= 400) throw system(`invalid response status ${answer.status}`);
    const digest = digestOf(answer.bytes);
    if (checksum !== '' && checksum !== digest) throw system(`digest mismatch sha256:${digest.slice(7)}: ${checksum}`);
    return { bytes: answer.bytes, digest, modifiedNs: parseHttpDate(header(answer.headers, 'last-modified') ?? '') };
  }
  throw system(`Get "${url}": stopped after ${MAX_REDIRECTS} redirects`);
}

interface Answer {
  readonly status: number;
  readonly headers: Awaited<ReturnType<typeof request>>['headers'];
  readonly bytes: Uint8Array;
}

async function get(daemon: Daemon, url: string): Promise<Answer> {
  const { protocol, hostname, port, pathname, search, host } = new URL(url);
  const scheme = protocol.replace(':', '');
  try {
    const connection = await daemon.dial(
      { host: hostname, port: port === '' ? (PORTS[scheme] ?? 80) : Number(port) },
      scheme === 'https' ? { serverName: hostname } : undefined,
    );
    try {
      const answer = await request(connection, {
        method: 'GET',
        target: `${pathname}${search}`,
        headers: [
          ['Host', host],
          ['User-Agent', 'buildkit/v0.23'],
          ['Connection', 'close'],
        ],
      });
      return { status: answer.status, headers: answer.headers, bytes: await readAll(answer) };
    } finally {
      connection.abort();
    }
  } catch (error) {
    throw system(`Get "${url}": ${messageOf(error)}`);
  }
}
