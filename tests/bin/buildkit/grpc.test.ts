import type { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { callSocket } from '../../../src/bin/buildkit/call-socket.ts';
import { GrpcClient } from '../../../src/bin/buildkit/grpc/client.ts';
import { type Methods, serveGrpc, serverStream, unary } from '../../../src/bin/buildkit/grpc/server.ts';
import { Code, GrpcError, statusFrom, trailersOf } from '../../../src/bin/buildkit/grpc/status.ts';
import { EMPTY, message, text } from '../../../src/bin/buildkit/messages/message.ts';
import { BYTES } from '../../../src/bin/buildkit/messages/session.ts';
import { socketPair } from '../../../src/bin/buildkit/socket-pair.ts';

const WORD = message<{ readonly word: string }>({ word: text(1) });
const DETAILS = [{ typeUrl: 'github.com/moby/buildkit/errdefs.Source+json', value: new TextEncoder().encode('{"info":{}}') }];

const METHODS: Methods = {
  '/test.Echo/Say': unary(WORD, WORD, ({ word }) => ({ word: `${word}!` })),
  '/test.Echo/Count': serverStream(WORD, WORD, async ({ word }, send) => {
    for (let i = 1; i <= 3; i++) await send({ word: `${word}${i}` });
  }),
  '/test.Echo/Fail': unary(WORD, WORD, ({ word }) => {
    throw new GrpcError(Code.notFound, `100% ${word} – 없음`, DETAILS);
  }),
  '/test.Echo/Late': serverStream(WORD, WORD, async (_, send) => {
    await send({ word: 'first' });
    throw new GrpcError(Code.unknown, 'and then it broke');
  }),
};

interface Connected {
  readonly client: GrpcClient;
  readonly served: Promise<void>;
  readonly near: Socket;
}

async function connected(methods: Methods = METHODS): Promise<Connected> {
  const [near, far] = await socketPair();
  const served = serveGrpc(far, methods);
  return { client: new GrpcClient(near), served, near };
}
const word = (path: string, value: string) => ({ path, ask: { request: WORD, response: WORD, message: { word: value } } });

describe('gRPC over a connection', () => {
  it('answers one message with one', async () => {
    const { client, served } = await connected();
    const { path, ask } = word('/test.Echo/Say', 'hello');
    expect(await client.unary(path, ask)).toEqual({ word: 'hello!' });
    client.close();
    await served;
  });

  it('answers with a stream', async () => {
    const { client } = await connected();
    const stream = client.open('/test.Echo/Count');
    await stream.write(WORD.encode({ word: 'n' }));
    stream.end();
    const words: string[] = [];
    for (let bytes = await stream.read(); bytes !== null; bytes = await stream.read()) words.push(WORD.decode(bytes).word);
    expect(words).toEqual(['n1', 'n2', 'n3']);
    client.close();
  });

  it('hands on code, sentence and details of an error', async () => {
    const { client } = await connected();
    const { path, ask } = word('/test.Echo/Fail', 'ä');
    await expect(client.unary(path, ask)).rejects.toMatchObject({ code: Code.notFound, message: '100% ä – 없음', details: DETAILS });
    client.close();
  });

  it('tells an error after what was said before it', async () => {
    const { client } = await connected();
    const stream = client.open('/test.Echo/Late');
    await stream.write(WORD.encode({ word: '' }));
    stream.end();
    expect(WORD.decode((await stream.read()) ?? new Uint8Array())).toEqual({ word: 'first' });
    await expect(stream.read()).rejects.toMatchObject({ code: Code.unknown, message: 'and then it broke' });
    client.close();
  });

  it('knows no other methods', async () => {
    const { client } = await connected();
    const { path, ask } = word('/test.Echo/constructor', '');
    await expect(client.unary(path, ask)).rejects.toMatchObject({
      code: Code.unimplemented,
      message: 'unknown method constructor for service test.Echo',
    });
    client.close();
  });

  it('refuses what is no message, and a call without one', async () => {
    const { client } = await connected();
    const bad = client.open('/test.Echo/Say');
    await bad.write(new Uint8Array([0x0a, 0x7f, 0x41]));
    bad.end();
    await expect(bad.read()).rejects.toMatchObject({ code: Code.internal, message: /unexpected end of data/ });
    const none = client.open('/test.Echo/Say');
    none.end();
    await expect(none.read()).rejects.toMatchObject({ code: Code.internal, message: 'the request has no message' });
    client.close();
  });

  it('ends when the other end is no HTTP/2 or goes away', async () => {
    const [near, far] = await socketPair();
    const served = serveGrpc(far, METHODS);
    near.resume().write('GET / HTTP/1.1\r\n\r\n');
    await served;
    const { client, near: other } = await connected({ '/test.Echo/Say': () => new Promise(() => {}) });
    const waiting = client.unary('/test.Echo/Say', word('', '').ask);
    other.destroy();
    await expect(waiting).rejects.toBeInstanceOf(GrpcError);
    expect(client.gone.aborted).toBe(true);
  });

  it('tells a method that its client has gone', async () => {
    const left = Promise.withResolvers<void>();
    const begun = Promise.withResolvers<void>();
    const { client } = await connected({
      '/test.Echo/Wait': async ({ gone }) => {
        gone.addEventListener('abort', () => left.resolve());
        begun.resolve();
        await left.promise;
      },
    });
    const stream = client.open('/test.Echo/Wait');
    await begun.promise;
    stream.cancel();
    await left.promise;
    client.close();
  });

  it('carries a connection inside of a call', async () => {
    const { client } = await connected({ '/test.Echo/Connect': async (call) => serveGrpc(await callSocket(call), METHODS) });
    const stream = client.open('/test.Echo/Connect');
    const [near, far] = await socketPair();
    far.on('data', (data: Buffer) => void stream.write(BYTES.encode({ data: new Uint8Array(data) })));
    const pump = async (): Promise<void> => {
      for (let bytes = await stream.read(); bytes !== null; bytes = await stream.read()) far.write(BYTES.decode(bytes).data);
    };
    pump().catch(() => far.destroy());
    const inner = new GrpcClient(near);
    const { path, ask } = word('/test.Echo/Say', 'within');
    expect(await inner.unary(path, ask)).toEqual({ word: 'within!' });
    inner.close();
    client.close();
  });
});

describe('a status', () => {
  it('goes through trailers', () => {
    const status = { code: Code.internal, message: 'a\nb%41é', details: DETAILS };
    const trailers = trailersOf(status);
    expect(trailers['grpc-message']).toBe('a%0Ab%2541%C3%A9');
    expect(statusFrom(trailers)).toEqual(status);
    expect(trailersOf({ code: Code.ok, message: '', details: [] })).toEqual({ 'grpc-status': '0' });
  });

  it('is an error where none came', () => {
    expect(statusFrom({})).toMatchObject({ code: Code.unavailable });
    expect(statusFrom({ 'grpc-status': 'soon' })).toMatchObject({ code: Code.unavailable });
  });

  it('needs no message', () => {
    expect(EMPTY.decode(new Uint8Array())).toEqual({});
  });
});
