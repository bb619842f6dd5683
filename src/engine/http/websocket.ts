/**
 * The server's end of a WebSocket (RFC 6455): the handshake, and a connection whose reads and writes are payloads of frames. As Go's
 * x/net/websocket, which dockerd uses: every write is one message, both kinds of messages are read alike, no extension is spoken.
 */

import { sha1 } from '@noble/hashes/legacy.js';
import { encodeBase64 } from './base64.ts';
import { HttpError } from './errors.ts';
import { header, headerWords } from './headers.ts';
import { concat } from './reader.ts';
import type { Duplex, HttpRequest, HttpResponse } from './types.ts';

/** RFC 6455, section 1.3. */
const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const VERSION = '13';
const OPCODE = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;
const CLOSE_NORMAL = 1000;
const CLOSE_PROTOCOL_ERROR = 1002;
const CLOSE_TOO_BIG = 1009;
const MAX_FRAME_BYTES = 16 * 1024 * 1024;
const READ_BYTES = 64 * 1024;

/** What a server answers to a client's key. */
export function acceptKey(key: string): string {
  return encodeBase64(sha1(new TextEncoder().encode(key + GUID)));
}

/** A frame that is a whole message, as a server sends it: unmasked. */
export function frame(opcode: number, payload: Uint8Array): Uint8Array {
  const size = payload.length;
  const extraBytes = size < 126 ? 0 : size < 0x10000 ? 2 : 8;
  const head = new Uint8Array(2 + extraBytes);
  const view = new DataView(head.buffer);
  head[0] = 0x80 | opcode;
  head[1] = extraBytes === 0 ? size : extraBytes === 2 ? 126 : 127;
  if (extraBytes === 2) view.setUint16(2, size);
  if (extraBytes === 8) view.setBigUint64(2, BigInt(size));
  return concat([head, payload]);
}

const closing = (code: number): Uint8Array => frame(OPCODE.close, Uint8Array.of(code >> 8, code & 255));

interface Frame {
  readonly opcode: number;
  readonly isMasked: boolean;
  readonly payload: Uint8Array;
}

/** Reads one frame after the other; null at the end of the connection. Throws HttpError 413 for one that is larger than is kept. */
function frameReader(duplex: Duplex): () => Promise<Frame | null> {
  let buffered: Uint8Array = new Uint8Array();
  const take = async (length: number): Promise<Uint8Array | null> => {
    const pieces = [buffered];
    for (let have = buffered.length; have < length; ) {
      const piece = await duplex.read();
      if (piece === null) return null;
      pieces.push(piece);
      have += piece.length;
    }
    const whole = pieces.length === 1 ? buffered : concat(pieces);
    buffered = whole.subarray(length);
    return whole.subarray(0, length);
  };
  return async () => {
    const head = await take(2);
    if (head === null) return null;
    const [first = 0, second = 0] = head;
    const short = second & 0x7f;
    const extra = short < 126 ? new Uint8Array() : await take(short === 126 ? 2 : 8);
    if (extra === null) return null;
    const size = short < 126 ? short : extra.reduce((sum, byte) => sum * 256 + byte, 0);
    if (size > MAX_FRAME_BYTES) throw new HttpError(413, 'websocket: frame payload size exceeds limit');
    const isMasked = (second & 0x80) !== 0;
    const mask = isMasked ? await take(4) : new Uint8Array();
    const payload = mask === null ? null : await take(size);
    if (mask === null || payload === null) return null;
    return { opcode: first & 0x0f, isMasked, payload: isMasked ? payload.map((byte, i) => byte ^ (mask[i % 4] ?? 0)) : payload };
  };
}

/** Payloads both ways over a connection on which the handshake is done. `close` says that all is sent; call it once. */
export function webSocket(duplex: Duplex): Duplex & { close(): Promise<void> } {
  const next = frameReader(duplex);
  // Pings are answered while a message is under way: the answer waits for the message's end.
  const late: Uint8Array[] = [];
  let isWriting = false;
  let isClosed = false;
  const send = async (bytes: Uint8Array): Promise<void> => {
    if (isClosed) return;
    late.push(bytes);
    if (isWriting) return;
    isWriting = true;
    try {
      for (let one = late.shift(); one; one = late.shift()) await duplex.write(one);
    } finally {
      isWriting = false;
    }
  };
  const finish = async (code: number): Promise<void> => {
    const last = send(closing(code));
    isClosed = true;
    await last;
  };
  return {
    read: async () => {
      for (;;) {
        const got = await next().catch((error: unknown) => {
          if (!(error instanceof HttpError)) throw error;
          return 'too big' as const;
        });
        if (got === null || (got !== 'too big' && got.opcode === OPCODE.close)) return null;
        if (got === 'too big' || !got.isMasked) {
          await finish(got === 'too big' ? CLOSE_TOO_BIG : CLOSE_PROTOCOL_ERROR);
          return null;
        }
        if (got.opcode === OPCODE.ping) await send(frame(OPCODE.pong, got.payload));
        else if (got.opcode <= OPCODE.binary && got.payload.length > 0) return got.payload;
      }
    },
    write: async (bytes) => {
      for (let at = 0; at < bytes.length; at += READ_BYTES) await send(frame(OPCODE.binary, bytes.subarray(at, at + READ_BYTES)));
    },
    close: () => finish(CLOSE_NORMAL),
    closeWrite: () => duplex.closeWrite(),
    abort: () => duplex.abort(),
  };
}

/** Answers a client that asks for a WebSocket; one that does not ask as it should gets Go's refusal and a closed connection. */
export function upgradeToWebSocket(request: HttpRequest, carry: (connection: Duplex) => Promise<void>): HttpResponse {
  const key = header(request.headers, 'sec-websocket-key') ?? '';
  const asks =
    header(request.headers, 'upgrade')?.toLowerCase() === 'websocket' && headerWords(request.headers, 'connection').includes('upgrade');
  if (!asks) return refusal('not websocket protocol');
  if (key === '') return refusal('mismatch challenge/response');
  if (header(request.headers, 'sec-websocket-version') !== VERSION)
    return refusal('missing or bad WebSocket Version', [['Sec-WebSocket-Version', VERSION]]);
  return {
    status: 101,
    headers: [
      ['Upgrade', 'websocket'],
      ['Connection', 'Upgrade'],
      ['Sec-WebSocket-Accept', acceptKey(key)],
    ],
    upgrade: async (connection) => {
      const socket = webSocket(connection);
      await carry(socket);
      await socket.close();
      connection.closeWrite();
    },
  };
}

/** The words alone: nothing says what they are. */
const refusal = (words: string, headers: readonly (readonly [string, string])[] = []): HttpResponse => ({
  status: 400,
  headers: [['Connection', 'close'], ...headers],
  body: new TextEncoder().encode(words),
});
