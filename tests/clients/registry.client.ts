/** skopeo and umoci against our registries and archives: `apt-get install skopeo umoci`. What is not installed is said. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nodeHost } from '../../src/bin/host.ts';
import { connectionOf } from '../../src/bin/socket.ts';
import { serveConnection } from '../../src/engine/http/index.ts';
import { runJob } from '../../src/engine/machine/job.ts';
import { createMachine } from '../../src/engine/machine/machine.ts';
import { bookSpec } from '../../src/engine/machine/spec.ts';
import type { Machine } from '../../src/engine/machine/types.ts';
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
    const handler = registryHandler(storage, { auth, canDelete: true, reference: 3 });
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

describe.skipIf(!skopeo)('archives', () => {
  const host = async (machine: Machine, script: string): Promise<Uint8Array> => {
    const pieces: Uint8Array[] = [];
    await runJob(machine, {
      argv: ['sh', '-c', script],
      onOutput: (stream, piece) => {
        if (stream === 'stdout') pieces.push(piece);
      },
    });
    return Buffer.concat(pieces);
  };
  const start = (files: readonly { path: string; bytes: Uint8Array; mode: number }[] = []): Promise<Machine> =>
    createMachine({ ...bookSpec({ images: files.length > 0 ? [] : ['hello-world'] }), files }, nodeHost);
  const given = (name: string) => [
    { path: '/home/learner/image.tar', bytes: new Uint8Array(readFileSync(path.join(folder, name))), mode: 0o644 },
  ];

  it('that docker save writes are read by skopeo in both layouts, and what it writes is loaded, with the same digest', async () => {
    writeFileSync(path.join(folder, 'saved.tar'), await host(await start(), 'docker save hello-world'));
    for (const kind of ['docker-archive', 'oci-archive']) {
      expect((await run('skopeo', ['inspect', `${kind}:saved.tar`])).text).toContain('"Os": "linux"');
      expect(await run('skopeo', ['copy', `${kind}:saved.tar`, `${kind}:${kind}.tar:docker.io/library/hello-world:${kind}`])).toMatchObject(
        { status: 0 },
      );
    }
    const digest = (JSON.parse((await run('skopeo', ['inspect', 'oci-archive:oci-archive.tar'])).text) as { Digest: string }).Digest;
    const script = 'docker load -i image.tar; docker images -q --no-trunc; docker run --rm $(docker images -q)';
    const oci = new TextDecoder().decode(await host(await start(given('oci-archive.tar')), script));
    expect(oci).toContain(`Loaded image: hello-world:oci-archive\n${digest}\n`);
    expect(oci).toContain('Hello from Docker!');
    const legacy = new TextDecoder().decode(await host(await start(given('docker-archive.tar')), script));
    expect(legacy).toContain('Loaded image: hello-world:docker-archive\n');
    expect(legacy).toContain('Hello from Docker!');
  });

  it.skipIf(!umoci)('that docker save writes are unpacked and changed by umoci, and loaded again', async () => {
    writeFileSync(path.join(folder, 'saved.tar'), await host(await start(), 'docker save hello-world'));
    expect(await run('skopeo', ['copy', 'oci-archive:saved.tar', 'oci:layout:hello'])).toMatchObject({ status: 0 });
    expect(await run('umoci', ['unpack', '--rootless', '--image', 'layout:hello', 'bundle'])).toMatchObject({ status: 0 });
    expect(await run('umoci', ['config', '--image', 'layout:hello', '--config.label', 'made.by=umoci'])).toMatchObject({ status: 0 });
    expect(await run('tar', ['-C', 'layout', '-cf', 'layout.tar', '.'])).toMatchObject({ status: 0 });
    const script = `docker load -q -i image.tar >/dev/null; docker image inspect -f '{{index .Config.Labels "made.by"}}' $(docker images -aq)`;
    expect(new TextDecoder().decode(await host(await start(given('layout.tar')), script))).toBe('umoci\n');
  });
});
