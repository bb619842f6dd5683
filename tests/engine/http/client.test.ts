import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canReuse, header, readText, request, serveConnection } from '../../../src/engine/http/index.ts';
import type { ClientRequest, Duplex, Handler } from '../../../src/engine/http/types.ts';
import { bytes, pair, played, text } from './pipe.ts';

async function exchange(handler: Handler, requests: readonly ClientRequest[]): Promise<string[]> {
  const [client, server] = pair();
  const served = serveConnection(server, handler);
  const answers: string[] = [];
  for (const sent of requests) {
    const answer = await request(client, sent);
    answers.push(`${answer.status} ${answer.reason} ${await readText(answer)} ${canReuse(answer)}`);
  }
  client.closeWrite();
  await served;
  return answers;
}

const streamed = (pieces: readonly Uint8Array[]) => async (write: (piece: Uint8Array) => Promise<void>) => {
  for (const piece of pieces) await write(piece);
};

describe('request', () => {
  const echo: Handler = async (message) => ({ status: 200, body: bytes(`${message.method} ${message.target} ${await readText(message)}`) });

  it('asks and is answered, again and again on one connection', async () => {
    const answers = await exchange(echo, [
      { method: 'GET', target: '/a?b=c' },
      { method: 'POST', target: '/p', body: bytes('body') },
      { method: 'POST', target: '/s', body: streamed([bytes('one'), bytes('two')]) },
      { method: 'POST', target: '/e', headers: [['Expect', '100-continue']], body: bytes('late') },
      { method: 'HEAD', target: '/h' },
    ]);
    expect(answers).toEqual([
      '200 OK GET /a?b=c  true',
      '200 OK POST /p body true',
      '200 OK POST /s onetwo true',
      '200 OK POST /e late true',
      '200 OK  true',
    ]);
  });

  it('carries any body, both ways, in any pieces', async () => {
    const mirror: Handler = async (message) => ({
      status: 200,
      body: async (write) => {
        for (let piece = await message.readBody(); piece; piece = await message.readBody()) await write(piece);
      },
    });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.string()), async (pieces) => {
        expect(await exchange(mirror, [{ method: 'POST', target: '/', body: streamed(pieces.map(bytes)) }])).toEqual([
          `200 OK ${pieces.join('')} true`,
        ]);
      }),
    );
  });

  it('takes over the connection after 101, with what came too early', async () => {
    const { duplex, output } = played(bytes('HTTP/1.1 101 UPGRADED\r\nUpgrade: tcp\r\n\r\nearly'));
    const answer = await request(duplex, { method: 'POST', target: '/attach', headers: [['Upgrade', 'tcp']] });
    expect(text((await answer.upgraded?.read()) ?? new Uint8Array())).toBe('early');
    await answer.upgraded?.write(bytes('typed'));
    expect(output()).toBe('POST /attach HTTP/1.1\r\nHost: localhost\r\nUpgrade: tcp\r\nContent-Length: 0\r\n\r\ntyped');
  });

  it('reads up to the end of the connection where no length is given', async () => {
    const answer = await request(played(bytes('HTTP/1.0 200 OK\r\n\r\nall of it')).duplex, { method: 'GET', target: '/' });
    expect([await readText(answer), canReuse(answer)]).toEqual(['all of it', false]);
  });

  it('takes an early answer to a body that nobody wants', async () => {
    const { duplex } = played(bytes('HTTP/1.1 413 Too Large\r\nContent-Length: 2\r\n\r\nno'));
    let sentBytes = 0;
    const broken: Duplex = {
      ...duplex,
      write: async (piece) => {
        sentBytes += piece.length;
        if (sentBytes > 200) throw new Error('Broken pipe');
      },
    };
    const answer = await request(broken, { method: 'POST', target: '/', body: streamed([bytes('x'.repeat(300)), bytes('y')]) });
    expect([answer.status, await readText(answer)]).toEqual([413, 'no']);
  });

  it('rejects what is not HTTP', async () => {
    for (const noise of ['', 'SSH-2.0-x\r\n', 'HTTP/1.1 abc\r\n', 'HTTP/1.1 200 OK\r\nnope\r\n\r\n']) {
      await expect(request(played(bytes(noise)).duplex, { method: 'GET', target: '/' })).rejects.toMatchObject({ name: 'HttpError' });
    }
    const cut = await request(played(bytes('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nshort')).duplex, { method: 'GET', target: '/' });
    await expect(readText(cut)).rejects.toThrow('unexpected EOF');
  });

  it('refuses to send a header with a line break in it', async () => {
    await expect(request(played(bytes('')).duplex, { method: 'GET', target: '/', headers: [['X', 'a\r\nB: c']] })).rejects.toThrow(
      TypeError,
    );
  });
});

describe('against an implementation that is not ours', () => {
  it("is understood by Node's server", async () => {
    const server = createServer((incoming, outgoing) => {
      const pieces: Buffer[] = [];
      incoming.on('data', (piece: Buffer) => pieces.push(piece));
      incoming.on('end', () =>
        outgoing.writeHead(200, { 'x-seen': incoming.headers['transfer-encoding'] ?? 'none' }).end(Buffer.concat(pieces)),
      );
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    const iterator = socket[Symbol.asyncIterator]();
    const duplex: Duplex = {
      read: async () => {
        const next = await iterator.next();
        return next.done ? null : new Uint8Array(next.value as Buffer);
      },
      write: async (piece) => {
        socket.write(piece);
      },
      closeWrite: () => {
        socket.end();
      },
      abort: () => {
        socket.destroy();
      },
    };
    const answer = await request(duplex, { method: 'POST', target: '/', body: streamed([bytes('a'), bytes('b')]) });
    expect([answer.status, header(answer.headers, 'X-Seen'), await readText(answer)]).toEqual([200, 'chunked', 'ab']);
    answer.close();
    server.close();
  });
});
