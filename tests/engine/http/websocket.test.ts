import { describe, expect, it } from 'vitest';
import { headersFrom } from '../../../src/engine/http/headers.ts';
import type { HttpRequest } from '../../../src/engine/http/types.ts';
import { acceptKey, frame, upgradeToWebSocket, webSocket } from '../../../src/engine/http/websocket.ts';
import { bytes, pair, text } from './pipe.ts';

const MASK = [1, 2, 3, 4];

/** A frame as a client sends it. */
function masked(opcode: number, payload: Uint8Array): Uint8Array {
  const plain = frame(opcode, payload);
  const headBytes = plain.length - payload.length;
  plain[1] = (plain[1] ?? 0) | 0x80;
  return Uint8Array.from([...plain.subarray(0, headBytes), ...MASK, ...payload.map((byte, i) => byte ^ (MASK[i % 4] ?? 0))]);
}

const ask = (headers: Readonly<Record<string, string>>): HttpRequest => ({
  ...{ method: 'GET', target: '/', path: '/', query: new URLSearchParams(), headers: headersFrom(Object.entries(headers)) },
  readBody: async () => null,
});

describe('a WebSocket', () => {
  it('is agreed on as RFC 6455 has it in its example', () => {
    expect(acceptKey('dGhlIHNhbXBsZSBub25jZQ==')).toBe('s3pPLMBiTxaQ9kYGzzhZRbK+xOo=');
  });

  it('is refused to who does not ask for it properly', () => {
    const upgrade = { Upgrade: 'websocket', Connection: 'keep-alive, Upgrade' };
    const answers = [
      {},
      upgrade,
      { ...upgrade, 'Sec-WebSocket-Key': 'x' },
      { ...upgrade, 'Sec-WebSocket-Key': 'x', 'Sec-WebSocket-Version': '13' },
    ].map((headers) => {
      const { status, body } = upgradeToWebSocket(ask(headers), async () => {});
      return `${status} ${body instanceof Uint8Array ? text(body) : ''}`;
    });
    expect(answers).toEqual([
      '400 not websocket protocol',
      '400 mismatch challenge/response',
      '400 missing or bad WebSocket Version',
      '101 ',
    ]);
  });

  it('reads messages of every size in whatever pieces they come, and answers pings', async () => {
    const [client, server] = pair();
    const socket = webSocket(server);
    const sizes = [1, 125, 126, 65_535, 65_536];
    const sent = [
      masked(9, bytes('are you there')),
      ...sizes.map((size) => masked(size % 2 ? 1 : 2, new Uint8Array(size).fill(size % 251))),
    ];
    const all = Uint8Array.from(sent.flatMap((one) => [...one]));
    for (let at = 0; at < all.length; at += 1000) await client.write(all.subarray(at, at + 1000));
    await client.write(masked(8, new Uint8Array()));
    const got: number[] = [];
    for (let piece = await socket.read(); piece; piece = await socket.read()) {
      expect(new Set(piece)).toEqual(new Set([piece.length % 251]));
      got.push(piece.length);
    }
    expect(got).toEqual(sizes);
    expect(await client.read()).toEqual(frame(10, bytes('are you there')));
  });

  it('ends with a close frame, and at once for a client that does not mask', async () => {
    const [client, server] = pair();
    const socket = webSocket(server);
    await socket.write(bytes('hi'));
    await client.write(frame(1, bytes('plain')));
    expect(await socket.read()).toBeNull();
    await socket.write(bytes('nobody listens'));
    server.closeWrite();
    const got: Uint8Array[] = [];
    for (let piece = await client.read(); piece; piece = await client.read()) got.push(piece);
    expect(got).toEqual([frame(2, bytes('hi')), frame(8, Uint8Array.of(1002 >> 8, 1002 & 255))]);
  });
});
