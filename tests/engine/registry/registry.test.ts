import { describe, expect, it } from 'vitest';
import { type Dial, type Handler, serveConnection, TlsError } from '../../../src/engine/http/index.ts';
import {
  type Descriptor,
  descriptorOf,
  digestOf,
  encodeJson,
  MEDIA_TYPE,
  parseReference,
  withDefaultTag,
  withTag,
} from '../../../src/engine/oci/index.ts';
import {
  accountsOf,
  createRegistryClient,
  layoutStorage,
  memoryStorage,
  type RegistryAuth,
  type RegistryOptions,
  type RegistryStorage,
  registryHandler,
} from '../../../src/engine/registry/index.ts';
import { bytes, pair, text } from '../http/pipe.ts';

/** Every host is this handler; what was asked is remembered. This machine itself speaks no TLS. */
function network(handler: Handler): { dial: Dial; asked: string[] } {
  const asked: string[] = [];
  const dial: Dial = async (to, tls) => {
    if (tls && 'host' in to && to.host === 'localhost')
      throw new TlsError('http: server gave HTTP response to HTTPS client', { isPlain: true });
    const [client, server] = pair();
    const place = 'host' in to ? `${tls ? 'https' : 'http'}://${to.host}:${to.port}` : to.unix;
    void serveConnection(server, async (request) => {
      asked.push(`${request.method} ${place}${request.target}`);
      return handler(request);
    });
    return client;
  };
  return { dial, asked };
}

const layer = bytes('x'.repeat(200_000));
const config = encodeJson({ architecture: 'amd64', os: 'linux', rootfs: { type: 'layers', diff_ids: [] } });
const manifest = encodeJson({
  schemaVersion: 2,
  mediaType: MEDIA_TYPE.manifest,
  config: descriptorOf(config, MEDIA_TYPE.config),
  layers: [descriptorOf(layer, MEDIA_TYPE.layer)],
});
const image = withDefaultTag(parseReference('localhost:5000/team/app'));

async function pushed(options: RegistryOptions = {}, credentials?: { username: string; password: string }) {
  const storage = memoryStorage();
  const { dial, asked } = network(registryHandler(storage, options));
  const client = createRegistryClient({ dial, ...(credentials ? { credentials: () => credentials } : {}) });
  await client.pushBlob(image, layer);
  await client.pushBlob(image, config);
  await client.pushManifest(image, MEDIA_TYPE.manifest, manifest);
  return { storage, dial, asked, client };
}

describe('push and pull', () => {
  it('give back what was pushed', async () => {
    const { client } = await pushed();
    const descriptor = await client.resolve(image);
    expect(descriptor).toEqual(descriptorOf(manifest, MEDIA_TYPE.manifest));
    expect((await client.fetchManifest(image, descriptor.digest)).bytes).toEqual(manifest);
    const seen: number[] = [];
    expect(
      await client.fetchBlob(image, descriptorOf(layer, MEDIA_TYPE.layer), { onProgress: (received) => void seen.push(received) }),
    ).toEqual(layer);
    expect(seen.at(-1)).toBe(layer.length);
    expect(seen.length).toBeGreaterThan(2);
    expect(await client.tags(image)).toEqual(['latest']);
  });

  it('mount blobs from another repository', async () => {
    const { client } = await pushed();
    const other = parseReference('localhost:5000/other:1');
    expect([
      await client.hasBlob(other, digestOf(layer)),
      await client.mountBlob(other, digestOf(layer), 'team/app'),
      await client.hasBlob(other, digestOf(layer)),
    ]).toEqual([false, true, true]);
    expect(await client.mountBlob(other, digestOf(bytes('none')), 'team/app')).toBe(false);
  });

  it('refuse a manifest whose blobs are missing', async () => {
    const { dial } = network(registryHandler(memoryStorage()));
    await expect(createRegistryClient({ dial }).pushManifest(image, MEDIA_TYPE.manifest, manifest)).rejects.toMatchObject({
      status: 404,
      entries: [{ code: 'MANIFEST_BLOB_UNKNOWN' }],
    });
  });

  it('keep the errors of the specification', async () => {
    const { client } = await pushed();
    await expect(client.resolve(withTag(image, 'nosuch'))).rejects.toMatchObject({
      kind: 'not-found',
      method: 'HEAD',
      url: 'http://localhost:5000/v2/team/app/manifests/nosuch',
    });
    await expect(client.tags(parseReference('localhost:5000/nosuch'))).rejects.toMatchObject({
      kind: 'not-found',
      entries: [{ code: 'NAME_UNKNOWN', message: 'repository name not known to registry' }],
    });
  });

  it('notice content that is not what it says', async () => {
    const { storage, dial } = await pushed();
    const lying: RegistryStorage = {
      ...storage,
      blob: async () => bytes('y'.repeat(layer.length)),
      manifest: async () => ({ mediaType: MEDIA_TYPE.manifest, digest: digestOf(manifest), bytes: config }),
    };
    expect(dial).toBeDefined();
    const client = createRegistryClient({ dial: network(registryHandler(lying)).dial });
    await expect(client.fetchBlob(image, descriptorOf(layer, MEDIA_TYPE.layer))).rejects.toMatchObject({ kind: 'digest-mismatch' });
    await expect(client.fetchBlob(image, { ...descriptorOf(layer, MEDIA_TYPE.layer), size: 5 } satisfies Descriptor)).rejects.toMatchObject(
      { kind: 'digest-mismatch' },
    );
    await expect(client.fetchManifest(image, digestOf(manifest))).rejects.toMatchObject({ kind: 'digest-mismatch' });
  });

  it('say that nobody is there', async () => {
    const client = createRegistryClient({
      dial: async () => {
        throw Object.assign(new Error('Connection refused'), { code: 'ECONNREFUSED' });
      },
    });
    await expect(client.resolve(image)).rejects.toMatchObject({ kind: 'unreachable', cause: { code: 'ECONNREFUSED' } });
  });
});

describe('authorization', () => {
  const accounts = accountsOf(new Map([['alice', 's3cret']]));
  const token: RegistryAuth = {
    kind: 'token',
    realm: 'https://auth.docker.io/token',
    service: 'registry.docker.io',
    accounts,
    allow: async (user, repository, action) => repository === 'library/hello' && (action === 'pull' || user === 'alice'),
  };

  it('fetches a token once and uses it again', async () => {
    const storage = memoryStorage();
    await storage.writes.putManifest(
      'library/hello',
      { mediaType: MEDIA_TYPE.manifest, digest: digestOf(manifest), bytes: manifest },
      'latest',
    );
    const { dial, asked } = network(registryHandler(storage, { auth: token }));
    const client = createRegistryClient({ dial });
    const hello = parseReference('hello:latest');
    await client.resolve(hello);
    await client.fetchManifest(hello, digestOf(manifest));
    expect(asked).toEqual([
      'HEAD https://registry-1.docker.io:443/v2/library/hello/manifests/latest',
      'GET https://auth.docker.io:443/token?scope=repository%3Alibrary%2Fhello%3Apull&service=registry.docker.io',
      'HEAD https://registry-1.docker.io:443/v2/library/hello/manifests/latest',
      `GET https://registry-1.docker.io:443/v2/library/hello/manifests/${digestOf(manifest)}`,
    ]);
    await expect(client.resolve(parseReference('nosuch:latest'))).rejects.toMatchObject({
      kind: 'unauthorized',
      challengeError: 'insufficient_scope',
    });
    await expect(
      createRegistryClient({ dial, credentials: () => ({ username: 'alice', password: 'wrong' }) }).resolve(hello),
    ).rejects.toMatchObject({ kind: 'unauthorized' });
  });

  it('sends a password where the registry asks for one', async () => {
    const auth: RegistryAuth = { kind: 'basic', realm: 'Registry Realm', accounts };
    const { dial } = await pushed({ auth }, { username: 'alice', password: 's3cret' });
    await expect(createRegistryClient({ dial }).resolve(image)).rejects.toMatchObject({ kind: 'no-credentials', status: 401 });
    await createRegistryClient({ dial }).ping('localhost:5000', { username: 'alice', password: 's3cret' });
    await expect(createRegistryClient({ dial }).ping('localhost:5000', { username: 'alice', password: 'no' })).rejects.toMatchObject({
      kind: 'unauthorized',
    });
  });
});

describe('the protocol', () => {
  async function ask(
    handler: Handler,
    method: string,
    target: string,
    headers: readonly (readonly [string, string])[] = [],
    body = '',
  ): Promise<{ status: number; headers: Map<string, string>; body: string }> {
    const url = new URL(target, 'http://x');
    let sent = false;
    const answer = await handler({
      method,
      target,
      path: decodeURIComponent(url.pathname),
      query: url.searchParams,
      headers: new Map([['host', ['localhost:5000']], ...headers.map(([name, value]) => [name, [value]] as [string, string[]])]),
      readBody: async () => {
        if (sent || body === '') return null;
        sent = true;
        return bytes(body);
      },
    });
    const pieces: Uint8Array[] = [];
    if (typeof answer.body === 'function')
      await answer.body(async (piece) => {
        pieces.push(piece);
      });
    else if (answer.body) pieces.push(answer.body);
    return {
      status: answer.status,
      headers: new Map([...(answer.headers ?? [])].map(([name, value]) => [name.toLowerCase(), value])),
      body: pieces.map(text).join(''),
    };
  }

  it('uploads in chunks, tells how far it is, and cancels', async () => {
    const handler = registryHandler(memoryStorage());
    const opened = await ask(handler, 'POST', '/v2/app/blobs/uploads/');
    expect(opened).toMatchObject({ status: 202 });
    const place = (opened.headers.get('location') ?? '').replace('http://localhost:5000', '');
    expect((await ask(handler, 'PATCH', place, [['content-range', '0-2']], 'abc')).headers.get('range')).toBe('0-2');
    expect((await ask(handler, 'PATCH', place, [['content-range', '7-8']], 'de')).status).toBe(416);
    expect((await ask(handler, 'GET', place)).headers.get('range')).toBe('0-2');
    expect((await ask(handler, 'PUT', `${place}?digest=${digestOf(bytes('abcd'))}`, [], 'd')).status).toBe(201);
    expect((await ask(handler, 'GET', place)).status).toBe(404);
    expect(await ask(handler, 'GET', `/v2/app/blobs/${digestOf(bytes('abcd'))}`, [['range', 'bytes=1-2']])).toMatchObject({
      status: 206,
      body: 'bc',
    });
    expect(
      (
        await ask(
          handler,
          'PUT',
          `${(await ask(handler, 'POST', '/v2/app/blobs/uploads/')).headers.get('location')?.slice(21)}?digest=${digestOf(bytes('x'))}`,
          [],
          'y',
        )
      ).body,
    ).toContain('DIGEST_INVALID');
  });

  it('lists repositories and tags in pages', async () => {
    const { storage } = await pushed();
    for (const tag of ['1', '2', '3'])
      await storage.writes.putManifest('team/app', { mediaType: MEDIA_TYPE.manifest, digest: digestOf(manifest), bytes: manifest }, tag);
    const handler = registryHandler(storage);
    const first = await ask(handler, 'GET', '/v2/team/app/tags/list?n=2');
    expect(JSON.parse(first.body)).toEqual({ name: 'team/app', tags: ['1', '2'] });
    expect(first.headers.get('link')).toBe('</v2/team/app/tags/list?last=2&n=2>; rel="next"');
    expect(JSON.parse((await ask(handler, 'GET', '/v2/team/app/tags/list?n=2&last=2')).body).tags).toEqual(['3', 'latest']);
    expect(JSON.parse((await ask(handler, 'GET', '/v2/_catalog')).body)).toEqual({ repositories: ['team/app'] });
  });

  it('refuses to delete unless told otherwise', async () => {
    const { storage } = await pushed();
    const target = `/v2/team/app/manifests/${digestOf(manifest)}`;
    expect((await ask(registryHandler(storage), 'DELETE', target)).status).toBe(405);
    expect((await ask(registryHandler(storage, { canDelete: true }), 'DELETE', target)).status).toBe(202);
    expect((await ask(registryHandler(storage), 'GET', target)).body).toContain('MANIFEST_UNKNOWN');
  });

  it('tells an old client that there is no manifest for it', async () => {
    const { storage } = await pushed();
    const strict = registryHandler(storage, { reference: 3 });
    expect((await ask(strict, 'GET', '/v2/team/app/manifests/latest', [['accept', '*/*']])).body).toContain(
      'accept header does not support OCI manifests',
    );
    expect((await ask(strict, 'GET', '/v2/team/app/manifests/latest', [['accept', MEDIA_TYPE.manifest]])).status).toBe(200);
  });
});

describe('a static layout', () => {
  it('is a registry that nobody can push to', async () => {
    const files = new Map([[`blobs/${digestOf(manifest).replace(':', '/')}`, manifest]]);
    files.set(
      'index.json',
      encodeJson({
        schemaVersion: 2,
        manifests: [
          { ...descriptorOf(manifest, MEDIA_TYPE.manifest), annotations: { 'io.containerd.image.name': 'docker.io/library/hello:1' } },
        ],
      }),
    );
    const storage = layoutStorage({ read: async (path) => files.get(path) ?? null });
    const client = createRegistryClient({ dial: network(registryHandler(storage)).dial });
    const hello = parseReference('hello:1');
    expect((await client.resolve(hello)).digest).toBe(digestOf(manifest));
    await expect(client.resolve(withTag(hello, '2'))).rejects.toMatchObject({ kind: 'not-found' });
    await expect(client.pushBlob(hello, config)).rejects.toMatchObject({ status: 405 });
    files.set(`blobs/${digestOf(manifest).replace(':', '/')}`, bytes('a page of the web server'));
    expect(await storage.blob('library/hello', digestOf(manifest))).toBeNull();
  });
});
