import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmdirSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readText } from '../../../src/engine/http/index.ts';
import { makeExecutable } from '../../../src/engine/kernel/elf.ts';
import { digestOf, encodeJson, MEDIA_TYPE } from '../../../src/engine/oci/index.ts';
import { buildCatalogue } from '../../../src/engine/registry/catalogue/index.ts';
import {
  fileStorage,
  filesOver,
  hubHandler,
  memoryStorage,
  type RegistryFiles,
  storedManifest,
} from '../../../src/engine/registry/index.ts';
import { bytes } from '../http/pipe.ts';
import { filesInMemory } from './files-in-memory.ts';

/** A real directory, by the calls that a program of the model has. */
function filesOnDisk(): RegistryFiles {
  const root = mkdtempSync(path.join(tmpdir(), 'drydock-registry-'));
  folders.push(root);
  const at = (place: string): string => path.join(root, place);
  return filesOver({
    readFile: (place) => new Uint8Array(readFileSync(at(place))),
    writeFile: (place, content) => writeFileSync(at(place), content),
    readdir: (place) =>
      readdirSync(at(place), { withFileTypes: true }).map((entry) => ({
        name: entry.name,
        type: entry.isDirectory() ? 'directory' : 'regular',
      })),
    mkdir: (place) => void mkdirSync(at(place)),
    unlink: (place) => unlinkSync(at(place)),
    rmdir: (place) => rmdirSync(at(place)),
  });
}
const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

/** What every storage promises. */
describe.each([
  ['a directory', () => fileStorage(filesOnDisk())],
  ['memory', memoryStorage],
  ['files', () => fileStorage(filesInMemory())],
])('a registry in %s', (_name, create) => {
  const manifest = storedManifest(MEDIA_TYPE.manifest, encodeJson({ schemaVersion: 2, mediaType: MEDIA_TYPE.manifest }));
  const layer = bytes('layer');

  it('keeps what was put into it, repository by repository', async () => {
    const storage = create();
    expect([await storage.repositories(), await storage.tags('team/app'), await storage.resolveTag('team/app', '1')]).toEqual([
      [],
      null,
      null,
    ]);
    await storage.writes.putBlob('team/app', digestOf(layer), layer);
    await storage.writes.putManifest('team/app', manifest, '1');
    await storage.writes.putManifest('team/app', manifest, '0');
    await storage.writes.putManifest('base', manifest);
    expect(await storage.repositories()).toEqual(['base', 'team/app']);
    expect([await storage.tags('team/app'), await storage.tags('base'), await storage.tags('team')]).toEqual([['0', '1'], [], null]);
    expect(await storage.resolveTag('team/app', '1')).toBe(manifest.digest);
    expect(await storage.manifest('team/app', manifest.digest)).toEqual(manifest);
    expect([await storage.blob('team/app', digestOf(layer)), await storage.blob('base', digestOf(layer))]).toEqual([layer, null]);
  });

  it('forgets what is deleted', async () => {
    const storage = create();
    await storage.writes.putBlob('app', digestOf(layer), layer);
    for (const tag of ['a', 'b']) await storage.writes.putManifest('app', manifest, tag);
    expect([await storage.writes.deleteTag('app', 'a'), await storage.writes.deleteTag('app', 'a'), await storage.tags('app')]).toEqual([
      true,
      false,
      ['b'],
    ]);
    expect([
      await storage.writes.deleteManifest('app', manifest.digest),
      await storage.writes.deleteManifest('app', manifest.digest),
    ]).toEqual([true, false]);
    expect([await storage.resolveTag('app', 'b'), await storage.manifest('app', manifest.digest)]).toEqual([null, null]);
    expect([await storage.writes.deleteBlob('app', digestOf(layer)), await storage.blob('app', digestOf(layer))]).toEqual([true, null]);
  });
});

describe('a registry on a disk', () => {
  it('lies as the reference implementation has it', async () => {
    const files = filesInMemory();
    await fileStorage(files).writes.putManifest('app', storedManifest(MEDIA_TYPE.manifest, bytes('{}')), '1');
    const hex = digestOf(bytes('{}')).slice(7);
    expect(files.paths()).toEqual([
      `/var/lib/registry/docker/registry/v2/blobs/sha256/${hex.slice(0, 2)}/${hex}/data`,
      `/var/lib/registry/docker/registry/v2/repositories/app/_manifests/revisions/sha256/${hex}/link`,
      '/var/lib/registry/docker/registry/v2/repositories/app/_manifests/tags/1/current/link',
      `/var/lib/registry/docker/registry/v2/repositories/app/_manifests/tags/1/index/sha256/${hex}/link`,
    ]);
  });
});

describe('Docker Hub', () => {
  const files = buildCatalogue(makeExecutable);
  const ask = async (world: 'book' | 'oracle', target: string, token?: string) => {
    const url = new URL(target, 'https://registry-1.docker.io');
    const answer = await hubHandler(
      { read: async (place) => files.get(place) ?? null },
      { world, hasSetupEnded: () => true },
    )({
      method: 'GET',
      target,
      path: url.pathname,
      query: url.searchParams,
      headers: new Map(token ? [['authorization', [`Bearer ${token}`]]] : []),
      readBody: async () => null,
    });
    const body = answer.body instanceof Uint8Array ? await readText({ readBody: once(answer.body) }) : '';
    return { status: answer.status, body, challenge: new Map([...(answer.headers ?? [])]).get('Www-Authenticate') };
  };
  const once = (content: Uint8Array) => {
    let left: Uint8Array | null = content;
    return async () => {
      const piece = left;
      left = null;
      return piece;
    };
  };
  const tokenFor = async (world: 'book' | 'oracle', repository: string): Promise<string> =>
    (JSON.parse((await ask(world, `/token?service=registry.docker.io&scope=repository:${repository}:pull`)).body) as { token: string })
      .token;

  it('lets everybody pull what is there, by a token', async () => {
    const target = '/v2/library/nginx/manifests/latest';
    expect(await ask('book', target)).toMatchObject({
      status: 401,
      challenge: 'Bearer realm="https://auth.docker.io/token",service="registry.docker.io",scope="repository:library/nginx:pull"',
    });
    expect((await ask('book', target, await tokenFor('book', 'library/nginx'))).status).toBe(200);
    expect((await ask('book', '/v2/library/nginx/manifests/0.0', await tokenFor('book', 'library/nginx'))).body).toContain(
      '"MANIFEST_UNKNOWN"',
    );
  });

  it('says no more of what is not there than of what is private', async () => {
    for (const repository of ['library/nosuch', 'library/web']) {
      const answer = await ask('oracle', `/v2/${repository}/manifests/latest`, await tokenFor('oracle', repository));
      expect([answer.status, answer.challenge]).toEqual([401, expect.stringContaining('error="insufficient_scope"')]);
    }
  });

  it('finds images by their names', async () => {
    expect(
      (JSON.parse((await ask('oracle', '/v1/search?q=web&n=5')).body) as { results: { name: string }[] }).results.map(({ name }) => name),
    ).toEqual(['example/web']);
  });
});
