import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { Agent, request as nodeRequest } from 'node:http';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readText, serveConnection } from '../../../src/engine/http/index.ts';
import type { Duplex, Handler } from '../../../src/engine/http/types.ts';
import { bytes, text } from './pipe.ts';

function overSocket(socket: Socket): Duplex {
  const iterator = socket[Symbol.asyncIterator]();
  socket.on('error', () => undefined);
  return {
    read: async () => {
      const next = await iterator.next();
      return next.done ? null : new Uint8Array(next.value as Buffer);
    },
    write: async (piece) => void socket.write(piece),
    closeWrite: () => void socket.end(),
    abort: () => void socket.destroy(),
  };
}

const handler: Handler = async (request) => {
  if (request.path === '/upgrade') {
    return {
      status: 101,
      upgrade: async (raw) => {
        const piece = await raw.read();
        await raw.write(bytes(`you said ${piece ? text(piece) : 'nothing'}`));
        raw.closeWrite();
      },
    };
  }
  const body = await readText(request);
  return {
    status: 200,
    body: async (write) => {
      await write(bytes(`${request.method} ${request.path} `));
      await write(bytes(body));
    },
  };
};

let port = 0;
let connections = 0;
const server = createServer((socket) => {
  connections += 1;
  void serveConnection(overSocket(socket), handler).then(() => socket.end());
});

beforeAll(async () => {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => server.close());

describe("Node's client", () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  afterAll(() => agent.destroy());
  const ask = (method: string, path: string, body: string): Promise<string> =>
    new Promise((done, fail) => {
      const sent = nodeRequest({ agent, port, host: '127.0.0.1', method, path }, (answer) => {
        const pieces: Buffer[] = [];
        answer.on('data', (piece: Buffer) => pieces.push(piece));
        answer.on('end', () => done(Buffer.concat(pieces).toString()));
      });
      sent.on('error', fail);
      sent.end(body);
    });

  it('keeps a connection over several requests', async () => {
    const before = connections;
    expect([await ask('GET', '/a', ''), await ask('POST', '/b', 'body'), await ask('GET', '/c', '')]).toEqual([
      'GET /a ',
      'POST /b body',
      'GET /c ',
    ]);
    expect(connections - before).toBe(1);
  });

  it('takes the connection over after an upgrade', async () => {
    const said = await new Promise<string>((done, fail) => {
      const sent = nodeRequest({ port, host: '127.0.0.1', path: '/upgrade', headers: { Connection: 'Upgrade', Upgrade: 'tcp' } });
      sent.on('upgrade', (_answer, socket) => {
        socket.on('data', (piece: Buffer) => done(piece.toString()));
        socket.write('hello');
      });
      sent.on('error', fail);
      sent.end();
    });
    expect(said).toBe('you said hello');
  });
});

describe.runIf(existsSync('/usr/bin/curl'))('curl', () => {
  it('sends a large body only when it is asked for', async () => {
    const { stdout } = await promisify(execFile)('curl', [
      '-sS',
      '-H',
      'Expect: 100-continue',
      '-d',
      'x'.repeat(5000),
      `http://127.0.0.1:${port}/big`,
    ]);
    expect(stdout).toBe(`POST /big ${'x'.repeat(5000)}`);
  });
});
