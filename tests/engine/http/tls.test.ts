import { describe, expect, it } from 'vitest';
import { acceptTls, request, serveConnection, startTls } from '../../../src/engine/http/index.ts';
import { bytes, pair, text } from './pipe.ts';

describe('TLS, as far as it is modelled', () => {
  it('shows who the server is, and carries what follows', async () => {
    const [client, server] = pair();
    const served = acceptTls(server, ['registry-1.docker.io', '*.dkr.ecr.us-east-1.amazonaws.com']).then(async (connection) => {
      if (connection) await serveConnection(connection, async () => ({ status: 200, body: bytes('hello') }));
    });
    const secured = await startTls(client, '123456789012.dkr.ecr.us-east-1.amazonaws.com');
    const answer = await request(secured, { method: 'GET', target: '/', headers: [['Connection', 'close']] });
    expect(text((await answer.readBody()) ?? new Uint8Array())).toBe('hello');
    answer.close();
    await served;
  });

  it('does not take another server for the one that is meant', async () => {
    const [client, server] = pair();
    void acceptTls(server, ['a.example', 'b.example']);
    await expect(startTls(client, 'c.example')).rejects.toThrow('x509: certificate is valid for a.example, b.example, not c.example');
  });

  it('notices a server that speaks none', async () => {
    const [client, server] = pair();
    void serveConnection(server, async () => ({ status: 200 }));
    await expect(startTls(client, 'x')).rejects.toMatchObject({
      isPlain: true,
      message: 'http: server gave HTTP response to HTTPS client',
    });
  });

  it('notices a client that speaks none, and one that says nothing', async () => {
    const [client, server] = pair();
    await client.write(bytes('GET / HTTP/1.1\r\n\r\n'));
    expect(await acceptTls(server, ['x'])).toBeNull();
    const [silent, listening] = pair();
    silent.closeWrite();
    expect(await acceptTls(listening, ['x'])).toBeNull();
  });
});
