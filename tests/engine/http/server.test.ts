import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonResponse, readAll, readText, serveConnection, textResponse } from '../../../src/engine/http/index.ts';
import type { Handler } from '../../../src/engine/http/types.ts';
import { bytes, pair, played, text } from './pipe.ts';

const echo: Handler = async (request) => textResponse(200, `${request.method} ${request.path} ${await readText(request)}`);

async function serve(input: string, handler: Handler = echo, cuts: readonly number[] = []): Promise<string> {
  const { duplex, output } = played(bytes(input), cuts);
  await serveConnection(duplex, handler);
  return output();
}

const ok = (body: string, more = ''): string =>
  `HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: ${body.length}\r\n${more}\r\n${body}`;

describe('serveConnection', () => {
  it('answers requests in order on one connection', async () => {
    const input =
      'GET /a%20b?x=1 HTTP/1.1\r\nHost: x\r\n\r\nPOST /c HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabcGET /d HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\nGET /e HTTP/1.1\r\n';
    expect(await serve(input)).toBe(ok('GET /a b ') + ok('POST /c abc') + ok('GET /d ', 'Connection: close\r\n'));
  });

  it('reads chunks, with extensions and trailers', async () => {
    const input =
      'POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3;a=b\r\nabc\r\n02\r\nde\r\n0\r\nX-Sum: 1\r\n\r\nGET /next HTTP/1.1\r\nHost: x\r\n\r\n';
    expect(await serve(input)).toBe(ok('POST / abcde') + ok('GET /next '));
  });

  it('reads the same however the bytes are cut', async () => {
    const input =
      'POST /1 HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n1\r\n!\r\n0\r\n\r\nPUT /2 HTTP/1.1\nHost: x\nContent-Length: 2\n\nhi';
    const expected = ok('POST /1 hello!') + ok('PUT /2 hi');
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(input.length), { maxLength: 20 }), async (cuts) => {
        expect(await serve(input, echo, cuts)).toBe(expected);
      }),
    );
  });

  it('sends chunks for a body of unknown length, and closes for HTTP/1.0', async () => {
    const stream: Handler = async () => ({
      status: 200,
      body: async (write) => {
        await write(bytes('ab'));
        await write(bytes('c'));
      },
    });
    expect(await serve('GET / HTTP/1.1\r\nHost: x\r\n\r\n', stream)).toBe(
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n',
    );
    expect(await serve('GET / HTTP/1.0\r\n\r\n', stream)).toBe('HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nabc');
  });

  it('lets a body that is being produced read the request', async () => {
    const upper: Handler = async (request) => ({
      status: 200,
      body: async (write) => write(bytes((await readText(request)).toUpperCase())),
    });
    expect(await serve('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc', upper)).toContain('\r\n3\r\nABC\r\n0\r\n\r\n');
  });

  it('sends no body to HEAD, 204 and 304', async () => {
    expect(await serve('HEAD / HTTP/1.1\r\nHost: x\r\n\r\n')).toBe(
      'HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: 7\r\n\r\n',
    );
    expect(await serve('GET / HTTP/1.1\r\nHost: x\r\n\r\n', async () => ({ status: 204 }))).toBe('HTTP/1.1 204 No Content\r\n\r\n');
  });

  it('asks for a body that the client holds back, only if it is read', async () => {
    const head = 'POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\n';
    expect(await serve(`${head}a`)).toBe(`HTTP/1.1 100 Continue\r\n\r\n${ok('POST / a')}`);
    expect(await serve(head, async () => jsonResponse(404, { message: 'no' }))).toContain(
      'HTTP/1.1 404 Not Found\r\nContent-Type: application/json\r\nContent-Length: 17\r\nConnection: close\r\n\r\n{"message":"no"}\n',
    );
  });

  it.each([
    ['', ''],
    ['Content-Length: 2\r\n', '{}'],
  ])('hands the connection over with what was read too far, without the body (%j)', async (headers, body) => {
    const { duplex, output } = played(
      bytes(`POST /attach HTTP/1.1\r\nHost: x\r\n${headers}Connection: Upgrade\r\nUpgrade: tcp\r\n\r\n${body}raw`),
    );
    await serveConnection(duplex, async () => ({
      status: 101,
      reason: 'UPGRADED',
      upgrade: async (raw) => {
        for (let piece = await raw.read(); piece; piece = await raw.read()) await raw.write(piece);
      },
    }));
    expect(output()).toBe('HTTP/1.1 101 UPGRADED\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\nraw');
  });

  it.each([
    ['nonsense\r\n\r\n', 400],
    ['GET / HTTP/1.1\r\n\r\n', 400],
    ['GET / HTTP/2.0\r\n\r\n', 505],
    ['GET / HTTP/1.1\r\nHost: x\r\nbad header\r\n\r\n', 400],
    ['POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n', 400],
    ['POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab', 400],
    ['POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n', 400],
    ['POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\n', 501],
    ['POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n', 400],
    ['GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n', 400],
    [`GET / HTTP/1.1\r\nHost: x\r\nA: ${'a'.repeat(1 << 20)}\r\n\r\n`, 431],
    ['GET /cut HTTP/1.1\r\nHo', 400],
  ])('refuses %j', async (input, status) => {
    expect(await serve(input)).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  });

  it('never throws on noise', async () => {
    const words = fc.constantFrom(
      'GET / HTTP/1.1\r\n',
      'Host: x\r\n',
      '\r\n',
      'Content-Length: 5\r\n',
      'Transfer-Encoding: chunked\r\n',
      '5\r\n',
      'hello',
      '0\r\n',
      '\n',
      '\0',
      'Ω',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(words, fc.string())), async (pieces) => {
        await serve(pieces.join(''));
      }),
    );
  });

  it('ends quietly when the client goes away in the middle of an answer', async () => {
    const [client, server] = pair();
    await client.write(bytes('GET / HTTP/1.1\r\nHost: x\r\n\r\n'));
    await serveConnection(server, async () => ({
      status: 200,
      body: async (write) => {
        client.abort();
        await write(bytes('x'));
      },
    }));
  });

  it('tells of a handler that throws', async () => {
    const bug = async (): Promise<never> => {
      throw new Error('bug');
    };
    await expect(serve('GET / HTTP/1.1\r\nHost: x\r\n\r\n', bug)).rejects.toThrow('bug');
    const { duplex, output } = played(bytes('GET / HTTP/1.1\r\nHost: x\r\n\r\n'));
    const seen: unknown[] = [];
    await serveConnection(duplex, bug, { onError: (error) => seen.push(error) });
    expect(seen).toHaveLength(1);
    expect(output()).toContain('500 Internal Server Error');
  });

  it('bounds what is read whole', async () => {
    const big: Handler = async (request) => ({ status: 200, body: await readAll(request, 2) });
    expect(await serve('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc', big)).toMatch(/^HTTP\/1.1 413 /);
    expect(text(bytes('ok'))).toBe('ok');
  });
});
