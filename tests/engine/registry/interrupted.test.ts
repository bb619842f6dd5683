/** Blobs whose connection breaks, and pulls that are too many. */
import { describe, expect, it } from 'vitest';
import { type Dial, type Duplex, type Handler, serveConnection, TlsError } from '../../../src/engine/http/index.ts';
import { type Descriptor, descriptorOf, encodeJson, MEDIA_TYPE, parseReference } from '../../../src/engine/oci/index.ts';
import { accountsOf, createRegistryClient, memoryStorage, registryHandler } from '../../../src/engine/registry/index.ts';
import { bytes, pair } from '../http/pipe.ts';

const layer = Uint8Array.from({ length: 300_000 }, (_, i) => (i * 7) % 251);
const wanted: Descriptor = descriptorOf(layer, MEDIA_TYPE.layer);
const image = parseReference('localhost:5000/app:1');

/** Connections that end after so many bytes: the first of the list is the first connection's. */
function fragile(handler: Handler, limits: number[]): { dial: Dial; ranges: (string | undefined)[] } {
  const ranges: (string | undefined)[] = [];
  const dial: Dial = async (_to, tls) => {
    if (tls) throw new TlsError('plain', { isPlain: true });
    const [client, server] = pair();
    void serveConnection(server, async (request) => {
      if (request.path.includes('/blobs/')) ranges.push(request.headers.get('range')?.[0]);
      return handler(request);
    });
    return cut(client, limits.shift() ?? Number.POSITIVE_INFINITY);
  };
  return { dial, ranges };
}

const cut = (connection: Duplex, limit: number): Duplex => {
  let left = limit;
  return {
    ...connection,
    read: async () => {
      if (left <= 0) throw new Error('connection reset by peer');
      const piece = await connection.read();
      left -= piece?.length ?? 0;
      return piece;
    },
  };
};

async function filled() {
  const storage = memoryStorage();
  await storage.writes.putBlob('app', wanted.digest, layer);
  return storage;
}

describe('a blob', () => {
  it('is taken up where the connection broke', async () => {
    const { dial, ranges } = fragile(registryHandler(await filled()), [100_000, 120_000]);
    expect(await createRegistryClient({ dial }).fetchBlob(image, wanted)).toEqual(layer);
    expect(ranges[0]).toBeUndefined();
    expect(ranges.slice(1).every((range) => /^bytes=\d+-$/.test(range ?? ''))).toBe(true);
    expect(ranges.length).toBe(3);
  });

  it('keeps what has come for the next time', async () => {
    const gone = fragile(registryHandler(await filled()), [100_000, 0]);
    let kept = new Uint8Array() as Uint8Array;
    const onInterrupted = (received: Uint8Array): void => {
      kept = received;
    };
    await expect(createRegistryClient({ dial: gone.dial }).fetchBlob(image, wanted, { onInterrupted })).rejects.toMatchObject({
      kind: 'unreachable',
    });
    expect(kept.length).toBeGreaterThan(50_000);
    expect(kept).toEqual(layer.subarray(0, kept.length));
    const { dial, ranges } = fragile(registryHandler(await filled()), []);
    const seen: number[] = [];
    const onProgress = (received: number): void => void seen.push(received);
    expect(await createRegistryClient({ dial }).fetchBlob(image, wanted, { partial: kept, onProgress })).toEqual(layer);
    expect([ranges, seen[0] !== undefined && seen[0] > kept.length]).toEqual([[`bytes=${kept.length}-`], true]);
  });

  it('is fetched anew if what was kept is not it', async () => {
    const { dial } = fragile(registryHandler(await filled()), []);
    expect(await createRegistryClient({ dial }).fetchBlob(image, wanted, { partial: bytes('rubbish') })).toEqual(layer);
  });
});

describe('pulls', () => {
  it('are counted, for somebody and for everybody else', async () => {
    let now = 1000;
    const storage = memoryStorage();
    const manifest = encodeJson({ schemaVersion: 2, mediaType: MEDIA_TYPE.manifest, config: wanted, layers: [] });
    const { digest } = descriptorOf(manifest, MEDIA_TYPE.manifest);
    await storage.writes.putManifest('app', { mediaType: MEDIA_TYPE.manifest, digest, bytes: manifest }, '1');
    const handler = registryHandler(storage, {
      now: () => now,
      rateLimit: { windowSeconds: 60, pullsOf: (user) => (user === undefined ? 2 : null) },
      auth: {
        kind: 'token',
        realm: 'http://localhost:5000/token',
        service: 'registry',
        accounts: accountsOf(new Map([['alice', 'pw']])),
        allow: async () => true,
      },
    });
    const { dial } = fragile(handler, []);
    const anybody = createRegistryClient({ dial });
    const pull = () => anybody.fetchManifest(image, digest);
    await pull();
    await pull();
    // To ask what a name stands for is no pull.
    await anybody.resolve(image);
    await expect(pull()).rejects.toMatchObject({ status: 429, entries: [{ code: 'TOOMANYREQUESTS' }] });
    const alice = createRegistryClient({ dial, credentials: () => ({ username: 'alice', password: 'pw' }) });
    for (let i = 0; i < 4; i += 1) await alice.fetchManifest(image, digest);
    now += 61;
    await pull();
  });

  it('need a token that is still good, and get a new one', async () => {
    let now = 1000;
    const handler = registryHandler(await filled(), {
      now: () => now,
      auth: { kind: 'token', realm: 'http://localhost:5000/token', service: 's', accounts: accountsOf(new Map()), allow: async () => true },
    });
    const { dial, ranges } = fragile(handler, []);
    const client = createRegistryClient({ dial });
    await client.fetchBlob(image, wanted);
    now += 301;
    expect(await client.fetchBlob(image, wanted)).toEqual(layer);
    expect(ranges.length).toBe(4);
  });
});
