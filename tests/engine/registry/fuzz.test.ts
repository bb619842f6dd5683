/** Whatever is asked, a registry answers in the specification's shape: no exception, no status of 500, nothing for somebody else. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Handler, HttpRequest } from '../../../src/engine/http/index.ts';
import { digestOf, encodeJson, MEDIA_TYPE } from '../../../src/engine/oci/index.ts';
import { accountsOf, fileStorage, memoryStorage, type RegistryStorage, registryHandler } from '../../../src/engine/registry/index.ts';
import { bytes } from '../http/pipe.ts';
import { filesInMemory } from './files-in-memory.ts';

const SEED = 20_261_128;
const blob = bytes('a blob');
const digest = digestOf(blob);
const manifest = encodeJson({ schemaVersion: 2, config: { mediaType: MEDIA_TYPE.config, digest, size: blob.length }, layers: [] });

const name = fc.oneof(
  fc.constantFrom('app', 'team/app', '../etc', 'a//b', 'UPPER', '_catalog', 'app/blobs', 'a/../../b', '.', '%2e%2e', 'x'.repeat(300)),
  fc.string({ maxLength: 12 }),
);
const reference = fc.oneof(
  fc.constantFrom(digest, digestOf(manifest), 'latest', 'sha256:00', `sha256:${'0'.repeat(64)}`, 'sha512:abc', '..', '', 'a'.repeat(200)),
  fc.string({ maxLength: 10 }),
);
const path = fc.oneof(
  fc
    .tuple(name, fc.constantFrom('manifests', 'blobs', 'tags', 'blobs/uploads', 'referrers'), reference)
    .map(([a, b, c]) => `/v2/${a}/${b}/${c}`),
  fc.constantFrom('/', '/v2', '/v2/', '/v2/_catalog', '/token', '/v1/search', '/v2/app/tags/list', '/v2/app/blobs/uploads/'),
  fc.string({ maxLength: 20 }).map((text) => `/${text}`),
);
const pair = <A, B>(a: fc.Arbitrary<A>, b: fc.Arbitrary<B>) => fc.tuple(a, b);
const query = fc.array(
  pair(
    fc.constantFrom('n', 'last', 'digest', 'mount', 'from', 'scope', 'q'),
    fc.oneof(fc.constantFrom('0', '-1', '1e9', '99999999999999', digest, 'app', 'repository:app:pull,push'), fc.string({ maxLength: 12 })),
  ),
  { maxLength: 3 },
);
const headers = fc.array(
  pair(
    fc.constantFrom('range', 'content-range', 'authorization', 'accept', 'content-type', 'content-length', 'link'),
    fc.oneof(
      fc.constantFrom(
        'bytes=0-',
        'bytes=5-2',
        'bytes=-1',
        'bytes=999999999999-',
        '0-5',
        '7-1',
        'Basic eA',
        'Bearer e30',
        'Basic YTpi',
        '*/*',
        MEDIA_TYPE.manifest,
      ),
      fc.string({ maxLength: 16 }),
    ),
  ),
  { maxLength: 3 },
);
const body = fc.oneof(fc.uint8Array({ maxLength: 40 }), fc.json({ maxDepth: 3 }).map(bytes), fc.constant(manifest), fc.constant(blob));
const asked = fc.record({
  method: fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'),
  path,
  query,
  headers,
  body,
});
type Asked = typeof asked extends fc.Arbitrary<infer T> ? T : never;

function requestOf({ method, path, query, headers, body }: Asked): HttpRequest {
  let left: Uint8Array | null = body;
  return {
    method,
    target: path,
    path,
    query: new URLSearchParams(query),
    headers: new Map([['host', ['localhost:5000']], ...headers.map(([key, value]) => [key, [value]] as [string, string[]])]),
    readBody: async () => {
      const piece = left;
      left = null;
      return piece;
    },
  };
}

async function check(handler: Handler, one: Asked): Promise<void> {
  const answer = await handler(requestOf(one));
  expect(answer.status).toBeGreaterThanOrEqual(200);
  expect(answer.status).toBeLessThan(500);
  if (typeof answer.body === 'function') return answer.body(async () => {});
  const isJson = [...(answer.headers ?? [])].some(([key, value]) => key.toLowerCase() === 'content-type' && value === 'application/json');
  if (answer.status < 400 || !isJson || !answer.body) return;
  const value = JSON.parse(new TextDecoder().decode(answer.body)) as { errors?: { code: string; message: string }[] };
  for (const { code, message } of value.errors ?? [])
    expect([code, message]).toEqual([expect.stringMatching(/^[A-Z_]+$/), expect.any(String)]);
}

async function filled<S extends RegistryStorage>(storage: S & Required<Pick<RegistryStorage, 'writes'>>): Promise<S> {
  await storage.writes.putBlob('app', digest, blob);
  await storage.writes.putManifest('app', { mediaType: MEDIA_TYPE.manifest, digest: digestOf(manifest), bytes: manifest }, 'latest');
  return storage;
}

const sequence = fc.array(asked, { minLength: 1, maxLength: 6 });
const RUNS = { seed: SEED, numRuns: 1500 };

describe('any request', () => {
  it('to a registry in memory has an answer', async () => {
    await fc.assert(
      fc.asyncProperty(sequence, async (requests) => {
        const handler = registryHandler(await filled(memoryStorage()), { canDelete: true, reference: 3, search: async () => [] });
        for (const one of requests) await check(handler, one);
      }),
      RUNS,
    );
  });

  it('to a registry on a disk leaves everything below its root', async () => {
    await fc.assert(
      fc.asyncProperty(sequence, async (requests) => {
        const files = filesInMemory();
        const handler = registryHandler(await filled(fileStorage(files)), { canDelete: true });
        for (const one of requests) await check(handler, one);
        for (const at of files.paths()) {
          expect(at.startsWith('/var/lib/registry/docker/registry/v2/')).toBe(true);
          expect(at.split('/')).not.toContain('..');
        }
      }),
      RUNS,
    );
  });

  it('without an account gets nothing of a private registry', async () => {
    const storage = await filled(memoryStorage());
    const accounts = accountsOf(new Map([['alice', 'secret']]));
    const handlers = [
      registryHandler(storage, { canDelete: true, auth: { kind: 'basic', realm: 'R', accounts } }),
      registryHandler(storage, {
        canDelete: true,
        auth: { kind: 'token', realm: 'http://x/token', service: 's', accounts, allow: async (user) => user === 'alice' },
      }),
    ];
    await fc.assert(
      fc.asyncProperty(asked, async (one) => {
        for (const handler of handlers) {
          await check(handler, one);
          const { status } = await handler(requestOf(one));
          if (/^\/v2\/.+\/(manifests|blobs|tags)\//.test(one.path)) expect([401, 404]).toContain(status);
        }
      }),
      RUNS,
    );
  });
});
