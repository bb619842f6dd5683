import { describe, expect, it } from 'vitest';
import { socketPair } from '../../../src/bin/buildkit/socket-pair.ts';
import { type Upgrade, upgradeOf } from '../../../src/bin/buildkit/upgrade.ts';

const HEAD = 'POST /v1.55/session HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: h2c\r\nX-Name: a\r\nX-NAME: b\r\n\r\n';

interface Looked {
  readonly found: Upgrade | string;
  /** What is left on the socket for whoever is next. */
  readonly rest: string;
  readonly answer: string;
}

/** Looks at a connection whose other end sends pieces, one after the other, and then no more. */
async function look(...pieces: readonly string[]): Promise<Looked> {
  const [near, far] = await socketPair();
  const looking = upgradeOf(far);
  for (const piece of pieces) await new Promise((resolve) => near.write(piece, resolve));
  near.end();
  const found = await looking;
  let [rest, answer] = ['', ''];
  far.on('data', (data: Buffer) => {
    rest += String(data);
  });
  near.on('data', (data: Buffer) => {
    answer += String(data);
  });
  const ended = new Promise((resolve) => near.on('close', resolve));
  far.resume();
  far.end();
  await ended;
  return { found: found instanceof Uint8Array ? Buffer.from(found).toString() : found, rest, answer };
}

describe('what a connection begins with', () => {
  it('opens a door', async () => {
    const { found, rest, answer } = await look(`${HEAD}PRI * HTTP/2.0`);
    expect(found).toMatchObject({ door: 'session' });
    expect(typeof found === 'object' && found.headers.get('x-name')).toEqual(['a', 'b']);
    expect(rest).toBe('PRI * HTTP/2.0');
    expect(answer).toBe('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n');
  });

  it('opens it however it is cut', async () => {
    const grpc = HEAD.replace('/v1.55/session', '/grpc');
    expect((await look(...grpc)).found).toMatchObject({ door: 'grpc' });
  });

  it.each([
    ['a request of the API', 'GET /_ping HTTP/1.1\r\nHost: x\r\n\r\n'],
    ['a build', 'POST /v1.55/build?version=2 HTTP/1.1\r\n\r\n'],
    ['a door without an upgrade', 'POST /grpc HTTP/1.1\r\nHost: x\r\n\r\n'],
    ['another upgrade', HEAD.replace('h2c', 'tcp')],
    ['another place', HEAD.replace('/session', '/sessions')],
    ['a head that never ends', `POST /grpc HTTP/1.1\r\nX: ${'x'.repeat(70_000)}`],
    ['a beginning', 'POST /gr'],
    ['nothing', ''],
    ['something else', '\x16\x03\x01\x02'],
  ])('is handed on whole: %s', async (_, text) => {
    const { found, rest, answer } = await look(text);
    expect(`${String(found)}${rest}`).toBe(text);
    expect(answer).toBe('');
  });
});
