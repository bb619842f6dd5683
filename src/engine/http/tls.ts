/**
 * TLS as far as it is modelled: who the server is, not secrecy. A hello names the server that is meant, the answer has the names of its
 * certificate; what follows goes as it is. The records begin as those of TLS do, so that either side notices one that does not speak it.
 */
import type { Duplex } from './types.ts';

const HANDSHAKE = 0x16;
const HEAD = [HANDSHAKE, 3, 1] as const;
const HEAD_BYTES = 5;
const MAX_RECORD_BYTES = 16_384;
const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Why a connection is not secured, in the words of Go's packages. */
export class TlsError extends Error {
  override readonly name = 'TlsError';
  /** Not a word of TLS came: a plain server. */
  readonly isPlain: boolean;

  constructor(message: string, { isPlain = false } = {}) {
    super(message);
    this.isPlain = isPlain;
  }
}

/** Ends a line, as a real hello does by chance of its numbers: a plain server then sees that it is no request. */
function record(text: string): Uint8Array {
  const body = encoder.encode(`${text}\n`);
  const bytes = new Uint8Array(HEAD_BYTES + body.length);
  bytes.set([...HEAD, body.length >> 8, body.length & 255]);
  bytes.set(body, HEAD_BYTES);
  return bytes;
}

interface Heard {
  /** The record's text; undefined if it was none, null if nothing came. */
  readonly text: string | null | undefined;
  /** What was read: all of it if there was no record, else what came after it. */
  readonly rest: Uint8Array;
}

async function hear(connection: Duplex): Promise<Heard> {
  let bytes: Uint8Array = new Uint8Array();
  for (;;) {
    if (bytes.length > 0 && bytes[0] !== HANDSHAKE) return { text: undefined, rest: bytes };
    const sizeBytes = ((bytes[3] ?? 0) << 8) | (bytes[4] ?? 0);
    if (bytes.length >= HEAD_BYTES && sizeBytes > MAX_RECORD_BYTES) return { text: undefined, rest: bytes };
    const end = HEAD_BYTES + sizeBytes;
    if (bytes.length >= HEAD_BYTES && bytes.length >= end)
      return { text: decoder.decode(bytes.subarray(HEAD_BYTES, end - 1)), rest: bytes.subarray(end) };
    const piece = await connection.read();
    if (piece === null) return { text: null, rest: bytes };
    const joined = new Uint8Array(bytes.length + piece.length);
    joined.set(bytes);
    joined.set(piece, bytes.length);
    bytes = joined;
  }
}

/** The same connection, with what was read too far in front. */
function after(connection: Duplex, rest: Uint8Array): Duplex {
  let left = rest;
  return {
    ...connection,
    read: async () => {
      if (left.length === 0) return connection.read();
      const piece = left;
      left = new Uint8Array();
      return piece;
    },
  };
}

const covers = (pattern: string, name: string): boolean =>
  pattern === name || (pattern.startsWith('*.') && name.slice(name.indexOf('.')) === pattern.slice(1));

/**
 * The client's side. Throws TlsError if the server speaks no TLS, or is not who was meant (unless that does not matter); the caller
 * closes the connection.
 */
export async function startTls(connection: Duplex, serverName: string, { isInsecure = false } = {}): Promise<Duplex> {
  await connection.write(record(serverName));
  const { text, rest } = await hear(connection);
  if (text === null) throw new TlsError('EOF');
  if (text === undefined) {
    const isPlain = decoder.decode(rest.subarray(0, 5)) === 'HTTP/';
    throw new TlsError(
      isPlain ? 'http: server gave HTTP response to HTTPS client' : 'tls: first record does not look like a TLS handshake',
      {
        isPlain,
      },
    );
  }
  const names = text.split('\n');
  if (!isInsecure && !names.some((name) => covers(name, serverName)))
    throw new TlsError(`tls: failed to verify certificate: x509: certificate is valid for ${names.join(', ')}, not ${serverName}`);
  return after(connection, rest);
}

/** The server's side: shows a certificate for these names to whoever asks for one; null for a client that speaks no TLS. */
export async function acceptTls(connection: Duplex, names: readonly string[]): Promise<Duplex | null> {
  const { text, rest } = await hear(connection);
  if (text === null || text === undefined) return null;
  await connection.write(record(names.join('\n')));
  return after(connection, rest);
}
