import { createHash } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  chainId,
  createDigester,
  descriptorOf,
  digestOf,
  digestProblem,
  encodeJson,
  FormatError,
  gunzip,
  gzip,
  MEDIA_TYPE,
  parseConfig,
  parseIndex,
  parseManifest,
  readImageArchive,
  readWhiteout,
  whiteoutOf,
  writeImageArchive,
  writeTar,
} from '../../../src/engine/oci/index.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('digests', () => {
  it("are SHA-256, as Node's", () => {
    fc.assert(
      fc.property(fc.uint8Array(), (data) => {
        const expected = `sha256:${createHash('sha256').update(data).digest('hex')}`;
        expect(digestOf(data)).toBe(expected);
        const digester = createDigester();
        digester.update(data.subarray(0, 3));
        digester.update(data.subarray(3));
        expect(digester.digest()).toBe(expected);
      }),
    );
  });

  it('are checked in the words of go-digest', () => {
    expect(['sha256:x', `sha256:${'A'.repeat(64)}`, 'nonsense', 'md5:00', `sha256:${'0'.repeat(64)}`].map(digestProblem)).toEqual([
      'invalid checksum digest length',
      'invalid checksum digest format',
      'invalid checksum digest format',
      'unsupported digest algorithm',
      undefined,
    ]);
  });

  it('name a stack of layers', () => {
    const [a, b] = [digestOf(bytes('a')), digestOf(bytes('b'))] as const;
    expect(chainId([a])).toBe(a);
    expect(chainId([a, b])).toBe(digestOf(bytes(`${a} ${b}`)));
  });
});

describe('gzip', () => {
  it('gives these bytes, here and in every browser', () => {
    const text = bytes(Array.from({ length: 2000 }, (_, i) => `line ${i * i}\n`).join(''));
    expect(digestOf(gzip(text))).toBe('sha256:26d3a0428e01d71f4a2d939a20134423dfe6c5729a8ded97b77d8e51d6ba2e76');
    expect(new Uint8Array(gunzipSync(gzip(text)))).toEqual(text);
  });

  it('reads what others wrote, several members too', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 5000 }), fc.uint8Array({ maxLength: 50 }), (a, b) => {
        expect(gunzip(new Uint8Array(Buffer.concat([gzipSync(a), gzipSync(b)])))).toEqual(new Uint8Array(Buffer.concat([a, b])));
      }),
    );
  });

  it('refuses what is broken or too large', () => {
    expect(() => gunzip(bytes('plain'))).toThrow(new FormatError('gzip: invalid header'));
    expect(() => gunzip(new Uint8Array(gzipSync(bytes('hello hello hello'))).slice(0, 15))).toThrow(FormatError);
    expect(() => gunzip(new Uint8Array(gzipSync(new Uint8Array(1 << 22))), 1 << 20)).toThrow(/more than 1048576 bytes/);
  });
});

describe('layers', () => {
  it('have whiteouts', () => {
    expect(readWhiteout('a/.wh.b')).toEqual({ kind: 'removed', path: 'a/b' });
    expect(readWhiteout('a/.wh..wh..opq')).toEqual({ kind: 'opaque', directory: 'a' });
    expect(readWhiteout('a/b')).toBeNull();
    expect(whiteoutOf('a/b')).toBe('a/.wh.b');
  });
});

describe('manifests', () => {
  it('are checked', () => {
    for (const bad of [
      '',
      '[]',
      '{}',
      '{"manifests":[{"mediaType":"x","digest":"y","size":1}]}',
      '{"config":{"mediaType":"x"},"layers":[]}',
    ]) {
      expect(() => parseIndex(bytes(bad))).toThrow(FormatError);
      expect(() => parseManifest(bytes(bad))).toThrow(FormatError);
      expect(() => parseConfig(bytes(bad))).toThrow(FormatError);
    }
  });
});

function concat(pieces: Iterable<Uint8Array>): Uint8Array {
  return new Uint8Array(Buffer.concat([...pieces]));
}

describe('archives', () => {
  const layer = gzip(writeTar([{ name: 'hello', content: bytes('hi') }]));
  const config = encodeJson({ architecture: 'amd64', os: 'linux', rootfs: { type: 'layers', diff_ids: [digestOf(gunzip(layer))] } });
  const manifest = encodeJson({
    schemaVersion: 2,
    mediaType: MEDIA_TYPE.manifest,
    config: descriptorOf(config, MEDIA_TYPE.config),
    layers: [descriptorOf(layer, MEDIA_TYPE.layerGzip)],
  });
  const index = encodeJson({
    schemaVersion: 2,
    mediaType: MEDIA_TYPE.index,
    manifests: [descriptorOf(manifest, MEDIA_TYPE.manifest), { ...descriptorOf(bytes('never pulled'), MEDIA_TYPE.manifest) }],
  });
  const store = new Map([layer, config, manifest, index].map((blob) => [digestOf(blob), blob]));
  const target = descriptorOf(index, MEDIA_TYPE.index);
  const save = (): Uint8Array =>
    concat(
      writeImageArchive({
        images: [
          { target, name: 'docker.io/library/hi:1' },
          { target, name: 'ghcr.io/x/hi:2' },
        ],
        read: (digest) => store.get(digest),
      }),
    );

  it('are read as they were written', () => {
    const { blobs, images } = readImageArchive(save());
    const named = (name: string, tag: string) => ({
      target: { ...target, annotations: { 'io.containerd.image.name': name, 'org.opencontainers.image.ref.name': tag } },
      name,
    });
    expect(images).toEqual([named('docker.io/library/hi:1', '1'), named('ghcr.io/x/hi:2', '2')]);
    expect([...blobs.keys()].sort()).toEqual([...store.keys()].sort());
    expect(readImageArchive(new Uint8Array(gzipSync(save()))).images).toHaveLength(2);
  });

  it('of the old kind become a manifest', () => {
    const tar = writeTar([
      { name: 'abc.json', content: config },
      { name: 'l1/layer.tar', content: gunzip(layer) },
      { name: 'l2/layer.tar', type: 'symlink', linkname: '../l1/layer.tar' },
      { name: 'manifest.json', content: bytes(JSON.stringify([{ Config: 'abc.json', RepoTags: ['hi:old'], Layers: ['l2/layer.tar'] }])) },
    ]);
    const { blobs, images } = readImageArchive(tar);
    expect(images.map(({ name }) => name)).toEqual(['docker.io/library/hi:old']);
    const made = parseManifest(blobs.get(images[0]?.target.digest ?? 'sha256:') ?? new Uint8Array());
    expect(made.layers).toEqual([descriptorOf(gunzip(layer), MEDIA_TYPE.dockerLayer)]);
  });

  it('are not believed', () => {
    expect(() => readImageArchive(writeTar([{ name: 'x', content: bytes('') }]))).toThrow('unrecognized image format');
    const entries = [
      { name: 'oci-layout', content: bytes('{}') },
      { name: 'index.json', content: bytes('{"manifests":[]}') },
    ];
    expect(() => readImageArchive(writeTar([...entries, { name: `blobs/sha256/${'0'.repeat(64)}`, content: bytes('x') }]))).toThrow(
      /unexpected digest/,
    );
    expect(() => readImageArchive(writeTar([...entries, { name: '../x', content: bytes('') }]))).toThrow(/leads outside/);
  });
});
