/** A page's own WebSocket, as a browser has it, on a container of `drydock serve`. */
import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
let server: ChildProcess;
let host: string;

async function post(target: string, body?: object): Promise<Readonly<Record<string, unknown>>> {
  const answer = await fetch(`http://${host}${target}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const text = await answer.text();
  return text === '' ? {} : (JSON.parse(text.split('\n')[0] ?? '') as Readonly<Record<string, unknown>>);
}

beforeAll(async () => {
  server = spawn(process.execPath, [path.join(root, 'src/bin/drydock.ts'), 'serve', '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  host = await new Promise<string>((resolve) => {
    server.stdout?.on('data', (piece: Buffer) => {
      const found = /tcp:\/\/(127\.0\.0\.1:\d+)/.exec(String(piece))?.[1];
      if (found) resolve(found);
    });
  });
  await (await fetch(`http://${host}/images/create?fromImage=alpine&tag=latest`, { method: 'POST' })).text();
});

afterAll(() => {
  server?.kill();
});

describe('a WebSocket to a container', () => {
  it('carries what is typed in and both outputs back, and closes when the container ends', async () => {
    const { Id } = await post('/containers/create', {
      Image: 'alpine',
      Cmd: ['sh', '-c', 'while read line; do echo "out $line"; echo "error $line" >&2; done; exit 3'],
      OpenStdin: true,
      StdinOnce: true,
    });
    const socket = new WebSocket(`ws://${host}/v1.55/containers/${String(Id)}/attach/ws?stream=1&stdin=1&stdout=1&stderr=1`);
    socket.binaryType = 'arraybuffer';
    let seen = '';
    const closed = new Promise<CloseEvent>((resolve) => socket.addEventListener('close', resolve));
    socket.addEventListener('message', ({ data }) => {
      seen += new TextDecoder().decode(data as ArrayBuffer);
    });
    await new Promise((resolve) => socket.addEventListener('open', resolve));
    await post(`/containers/${String(Id)}/start`);
    socket.send('one\n');
    await expect.poll(() => seen).toContain('error one');
    expect(seen.split('\n').sort()).toEqual(['', 'error one', 'out one']);
    await post(`/containers/${String(Id)}/kill`);
    expect((await closed).code).toBe(1000);
  });

  it('is not there for a container that is not', async () => {
    const failed = await new Promise((resolve) => {
      new WebSocket(`ws://${host}/containers/ghost/attach/ws?stream=1`).addEventListener('error', resolve);
    });
    expect(failed).toBeDefined();
    expect((await fetch(`http://${host}/containers/ghost/attach/ws`)).status).toBe(404);
  });
});
