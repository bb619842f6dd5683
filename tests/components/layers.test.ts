import { describe, expect, it } from 'vitest';
import { openArchive } from '../../src/components/layers/archive.ts';
import { diffLines, isText } from '../../src/components/layers/diff.ts';
import { LayerReader } from '../../src/components/layers/engine.ts';
import {
  changesOf,
  folderFromAbove,
  hiddenBytes,
  inOrder,
  type Layer,
  type LayerFile,
  platesOf,
  type Stack,
  seenFromAbove,
  totalsOf,
  versionsOf,
} from '../../src/components/layers/view-model.ts';
import { layersInWords } from '../../src/components/layers/words.ts';
import { descriptorOf, digestOf, encodeJson, MEDIA_TYPE, writeImageArchive, writeTar } from '../../src/engine/oci/index.ts';

const file = (path: string, sizeBytes = 1, more: Partial<LayerFile> = {}): LayerFile => ({
  path,
  type: 'file',
  sizeBytes,
  mode: 0o644,
  ...more,
});
const directory = (path: string, more: Partial<LayerFile> = {}): LayerFile => file(path, 0, { type: 'directory', mode: 0o755, ...more });
const whiteout = (path: string): LayerFile => file(path, 0, { type: 'whiteout' });
const layer = (key: string, files: readonly LayerFile[], kind: Layer['kind'] = 'image'): Layer => ({
  ...{ key, kind, madeBy: `RUN ${key}`, files },
  sizeBytes: files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
});

/** One file in five layers: write, chmod, append, move, delete. */
const five: readonly Layer[] = [
  layer('write', [directory('/d'), file('/d/big', 5)]),
  layer('chmod', [directory('/d'), file('/d/big', 5, { mode: 0o600 })]),
  layer('append', [directory('/d'), file('/d/big', 5)]),
  layer('move', [directory('/d'), whiteout('/d/big'), file('/d/moved', 5)]),
  layer('delete', [directory('/d'), whiteout('/d/moved')]),
];

describe('one file in five layers', () => {
  it('is kept four times and seen no more', () => {
    expect(seenFromAbove(five).has('/d/moved')).toBe(false);
    expect(hiddenBytes(five)).toEqual([5, 5, 5, 5, 0]);
    expect(totalsOf([{ name: 'five', layers: five }])).toEqual({ sumBytes: 20, onDiskBytes: 20, hiddenBytes: 20 });
  });

  it('is added, copied up, deleted by a whiteout', () => {
    expect(five.map((_, index) => changesOf(five, index).map(({ change, path }) => `${change} ${path}`))).toEqual([
      ['A /d', 'A /d/big'],
      ['C /d/big'],
      ['C /d/big'],
      ['D /d/big', 'A /d/moved'],
      ['D /d/moved'],
    ]);
    expect(versionsOf(five, '/d/big').map(({ index }) => index)).toEqual([0, 1, 2, 3]);
  });

  it('is told in words', () => {
    const told = layersInWords([{ name: 'five', layers: five }], 'en');
    expect(told[0]).toBe(
      'five 1: RUN write, 5B, 5B hidden, and still on the disk (2 added, 0 changed: copied up whole, 0 deleted: hidden by a whiteout)',
    );
    expect(told.at(-1)).toBe('on the disk 20B, hidden, still kept 20B');
    expect(layersInWords([{ name: 'five', layers: five }], 'ko')).toHaveLength(told.length);
  });
});

describe('seen from above', () => {
  it('a folder that became opaque, or a file, hides what was below it', () => {
    const layers = [
      layer('1', [directory('/a'), file('/a/x'), directory('/b'), file('/b/y')]),
      layer('2', [directory('/a', { isOpaque: true }), file('/a/new'), file('/b')]),
    ];
    expect([...seenFromAbove(layers).keys()].sort()).toEqual(['/a', '/a/new', '/b']);
    expect(folderFromAbove(layers, '/').map(({ name, index }) => [name, index])).toEqual([
      ['a', 1],
      ['b', 1],
    ]);
  });

  it('a folder whose mode alone changed is a change', () => {
    const layers = [layer('1', [directory('/a')]), layer('2', [directory('/a', { mode: 0o700 })])];
    expect(changesOf(layers, 1)).toMatchObject([{ change: 'C', path: '/a' }]);
  });
});

describe('several stacks', () => {
  const stack = (name: string, keys: readonly string[]): Stack => ({ name, layers: keys.map((key) => layer(key, [file(`/${key}`, 10)])) });

  it('draw a shared layer once', () => {
    const stacks = inOrder([stack('a', ['base', 'x']), stack('c', ['other']), stack('b', ['base', 'y'])]);
    expect(platesOf(stacks).map(({ layer: { key }, row, from, to }) => [key, row, from, to])).toEqual([
      ['base', 0, 0, 1],
      ['other', 0, 2, 2],
      ['x', 1, 0, 0],
      ['y', 1, 1, 1],
    ]);
    expect(totalsOf(stacks)).toMatchObject({ sumBytes: 50, onDiskBytes: 40 });
  });
});

describe('the difference of a file', () => {
  it('is told by lines', () => {
    expect(diffLines('a\nb\nc\n', 'a\nc\nd\n')).toEqual([
      { sign: ' ', text: 'a' },
      { sign: '-', text: 'b' },
      { sign: ' ', text: 'c' },
      { sign: '+', text: 'd' },
    ]);
    expect(diffLines('', 'x')).toEqual([{ sign: '+', text: 'x' }]);
    expect(diffLines('x\n'.repeat(700), '')).toBeNull();
    expect([isText(new TextEncoder().encode('글')), isText(new Uint8Array([1, 0]))]).toEqual([true, false]);
  });
});

function savedImage(): Uint8Array {
  const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
  const tars = [
    writeTar([{ name: 'etc/' }, { name: 'etc/motd', content: encode('one\n') }, { name: 'old', content: encode('x') }]),
    writeTar([{ name: 'etc/' }, { name: 'etc/motd', content: encode('two\n') }, { name: '.wh.old' }]),
  ];
  const config = encodeJson({
    ...{ architecture: 'amd64', os: 'linux', config: {}, rootfs: { type: 'layers', diff_ids: tars.map((tar) => digestOf(tar)) } },
    history: [
      { created_by: 'COPY . / # buildkit' },
      { created_by: 'ENV A=1', empty_layer: true },
      { created_by: 'RUN /bin/sh -c change # buildkit' },
    ],
  });
  const layers = tars.map((tar) => descriptorOf(tar, MEDIA_TYPE.layer));
  const manifest = encodeJson({
    schemaVersion: 2,
    mediaType: MEDIA_TYPE.manifest,
    config: descriptorOf(config, MEDIA_TYPE.config),
    layers,
  });
  const blobs = new Map([...tars, config, manifest].map((bytes) => [digestOf(bytes), bytes]));
  const target = descriptorOf(manifest, MEDIA_TYPE.manifest);
  const pieces = [
    ...writeImageArchive({
      images: [{ target, name: 'docker.io/library/test:1' }],
      read: (digest: string) => blobs.get(digest as never),
    } as never),
  ];
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

describe('an archive', () => {
  it('is opened like an image of the machine', () => {
    const { stacks, read } = openArchive(savedImage());
    expect(stacks.map(({ name, layers }) => [name, layers.map(({ madeBy }) => madeBy)])).toEqual([['test:1', ['COPY . /', 'RUN change']]]);
    const layers = stacks[0]?.layers ?? [];
    expect(changesOf(layers, 1).map(({ change, path }) => `${change} ${path}`)).toEqual(['C /etc/motd', 'D /old']);
    expect(new TextDecoder().decode(read(layers[1]?.key ?? '', '/etc/motd') ?? undefined)).toBe('two\n');
    expect(read('nothing', '/etc/motd')).toBeNull();
  });

  it('that is none is refused with a sentence', () => {
    expect(() => openArchive(new TextEncoder().encode('hello'))).toThrow();
    expect(() => openArchive(writeTar([{ name: 'a', content: new Uint8Array() }]))).toThrow('unrecognized image format');
  });

  it('stands in where an Engine does not tell of its layers', async () => {
    const answer = (status: number, body: Uint8Array | string) => {
      const pieces = [typeof body === 'string' ? new TextEncoder().encode(body) : body];
      return { status, headers: new Map<string, string>(), read: async () => pieces.shift() ?? null, cancel: () => {} };
    };
    const reader = new LayerReader({
      http: async (target) => {
        if (target.startsWith('/images/')) return answer(200, savedImage());
        if (target.endsWith('/changes')) return answer(200, '[{"Path":"/new","Kind":1},{"Path":"/old","Kind":2}]');
        if (target.endsWith('/json')) return answer(200, '{"Image":"sha256:1","Id":"c1"}');
        return answer(404, '{"message":"page not found"}');
      },
    });
    const stack = await reader.stack({ kind: 'container', name: 'web' });
    expect(stack?.layers.map(({ kind }) => kind)).toEqual(['image', 'image', 'writable']);
    expect(stack?.layers.at(-1)?.files.map(({ type }) => type)).toEqual(['file', 'whiteout']);
  });
});
