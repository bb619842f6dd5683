/** Fetching a file over HTTP, as package managers do it: the bytes, or a word of what went wrong. */

import { HttpError } from '../../http/errors.ts';
import { request, startTls } from '../../http/index.ts';
import { TlsError } from '../../http/tls.ts';
import { isErrno } from '../../kernel/errno.ts';
import type { Sys } from '../../kernel/sys.ts';
import { duplexOf } from '../duplex.ts';
import { lookUp } from '../net/resolve.ts';
import { openStream } from '../net/streams.ts';
import { concat } from '../program-io.ts';

export type Download =
  | { readonly kind: 'file'; readonly bytes: Uint8Array }
  /** `name`: the host's name is not known; `again`: no name server could say; `connect`: nobody answers; `status`: the server refuses. */
  | {
      readonly kind: 'name' | 'again' | 'connect';
      readonly host: string;
      readonly reason: string;
      readonly ip?: string;
      readonly port?: number;
    }
  | { readonly kind: 'status'; readonly status: number };

export async function download(sys: Sys, url: string): Promise<Download> {
  const [, scheme = 'http', host = '', given, target = '/'] = /^(https?):\/\/([^/:]+)(?::(\d+))?(\/.*)?$/.exec(url) ?? [];
  const port = Number(given ?? (scheme === 'https' ? 443 : 80));
  const found = await lookUp(sys, host, 'inet');
  if (found.kind !== 'found')
    return {
      kind: found.kind === 'again' ? 'again' : 'name',
      host,
      reason: found.kind === 'again' ? 'Try again' : 'Name does not resolve',
    };
  const [ip = host] = found.addresses;
  try {
    const fd = await openStream(sys, found.addresses, port);
    const plain = duplexOf(sys, fd);
    try {
      const connection = scheme === 'https' ? await startTls(plain, host) : plain;
      const answer = await request(connection, {
        method: 'GET',
        target,
        headers: [
          ['Host', host],
          ['Connection', 'close'],
        ],
      });
      const pieces: Uint8Array[] = [];
      for (let piece = await answer.readBody(); piece !== null; piece = await answer.readBody()) pieces.push(piece);
      return answer.status === 200 ? { kind: 'file', bytes: concat(pieces) } : { kind: 'status', status: answer.status };
    } finally {
      plain.abort();
    }
  } catch (error) {
    if (!isErrno(error) && !(error instanceof HttpError) && !(error instanceof TlsError)) throw error;
    return { kind: 'connect', host, ip, port, reason: error.message };
  }
}
