/** skopeo and umoci against our registries and archives: `apt-get install skopeo umoci`. What is not installed is said. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectionOf } from '../../src/bin/socket.ts';
import { serveConnection } from '../../src/engine/http/index.ts';
import { digestOf } from '../../src/engine/oci/index.ts';
import { accountsOf, memoryStorage, registryHandler } from '../../src/engine/registry/index.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(path.join(os.tmpdir(), 'drydock-skopeo-'));
const isInstalled = (name: string): boolean => {
  const found = spawnSync(name, ['--version']).status === 0;
  if (!found) process.stderr.write(`${name} is not installed here: its tests are left out. (Debian: apt-get install ${name})\n`);
  return found;
};
const [skopeo, umoci] = [isInstalled('skopeo'), isInstalled('umoci')];

interface Ran {
  readonly status: number;
  readonly text: string;
}

function run(command: string, args: readonly string[]): Promise<Ran> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: folder, env: { PATH: process.env.PATH, HOME: folder } });
    let text = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (piece) => {
        text += piece;
      });
    child.on('close', (status) => resolve({ status: status ?? 128, text }));
  });
}

let server: ChildProcess | undefined;
let at = '';

beforeAll(async () => {
  if (!skopeo) return;
  server = spawn(process.execPath, [path.join(root, 'src/bin/drydock.ts'), 'registry', '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  at = await new Promise((resolve) => {
    server?.stdout?.on('data', (piece: Buffer) => {
      const address = /127\.0\.0\.1:\d+/.exec(String(piece))?.[0];
      if (address) resolve(address);
    });
  });
});

afterAll(() => {
  server?.kill();
  rmSync(folder, { recursive: true, force: true });
});

describe.skipIf(!skopeo)('skopeo', () => {
  it('reads the catalogue from `drydock registry`', async () => {
    const { status, text } = await run('skopeo', ['inspect', '--tls-verify=false', `docker://${at}/library/nginx`]);
    expect(status).toBe(0);
    const image = JSON.parse(text) as { RepoTags: string[]; Os: string; Layers: string[] };
    expect(image.RepoTags).toContain('latest');
    expect([image.Os, image.Layers.length > 3]).toEqual(['linux', true]);
    expect((await run('skopeo', ['inspect', '--tls-verify=false', `docker://${at}/library/nosuch`])).text).toContain('manifest unknown');
    expect((await run('skopeo', ['inspect', '--tls-verify=false', `docker://${at}/library/nginx:0`])).text).toContain('manifest unknown');
  });

  it('copies every platform into a layout, digest by digest', async () => {
    const copied = await run('skopeo', ['copy', '--all', '--src-tls-verify=false', `docker://${at}/library/alpine`, 'oci:alpine:latest']);
    expect(copied).toMatchObject({ status: 0 });
    const index = JSON.parse(readFileSync(path.join(folder, 'alpine/index.json'), 'utf8')) as { manifests: { digest: string }[] };
    const served = await (await fetch(`http://${at}/v2/library/alpine/manifests/latest`)).bytes();
    expect(index.manifests[0]?.digest).toBe(digestOf(served));
    if (umoci) expect((await run('umoci', ['stat', '--image', 'alpine:latest', '--json'])).status).not.toBe(undefined);
  });

  it('pushes to a registry that asks for an account, and finds there what it pushed', async () => {
    const storage = memoryStorage();
    const auth = { kind: 'basic', realm: 'R', accounts: accountsOf(new Map([['alice', 's3cret']])) } as const;
    const handler = registryHandler(storage, { auth, canDelete: true, strictAccept: true });
    const listening = createServer({ allowHalfOpen: true }, (socket) => {
      serveConnection(connectionOf(socket), handler).then(
        () => socket.end(),
        () => socket.destroy(),
      );
    });
    await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
    const bound = listening.address();
    const place = `docker://127.0.0.1:${typeof bound === 'object' ? bound?.port : ''}/team/alpine:1`;
    const copy = ['copy', '--all', '--src-tls-verify=false', '--dest-tls-verify=false', `docker://${at}/library/alpine`, place];
    expect((await run('skopeo', copy)).status).toBe(1);
    expect(await run('skopeo', [...copy.slice(0, 2), '--dest-creds=alice:s3cret', ...copy.slice(2)])).toMatchObject({ status: 0 });
    expect(await storage.tags('team/alpine')).toEqual(['1']);
    expect((await run('skopeo', ['delete', '--creds=alice:s3cret', '--tls-verify=false', place])).status).toBe(0);
    expect(await storage.tags('team/alpine')).toEqual([]);
    listening.close();
  });
});
