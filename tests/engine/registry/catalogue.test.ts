import { beforeAll, describe, expect, it } from 'vitest';
import { makeExecutable, readExecutable } from '../../../src/engine/kernel/elf.ts';
import {
  blobPath,
  childrenOf,
  contentBytes,
  type Descriptor,
  digestOf,
  gunzip,
  isAttestation,
  isManifestType,
  parseConfig,
  parseIndex,
  parseManifest,
  readTar,
  safePath,
  type TarEntry,
} from '../../../src/engine/oci/index.ts';
import { BOOK_IMAGES, buildCatalogue, WORLD_INDEX } from '../../../src/engine/registry/catalogue/index.ts';
import { layoutStorage } from '../../../src/engine/registry/index.ts';

let files: ReadonlyMap<string, Uint8Array>;
const buildAll = (): ReadonlyMap<string, Uint8Array> =>
  new Map([...buildCatalogue(makeExecutable, 'oracle'), ...buildCatalogue(makeExecutable, 'book')]);
beforeAll(() => {
  files = buildAll();
});

const at = (path: string): Uint8Array => {
  const bytes = files.get(path);
  if (!bytes) throw new Error(`no ${path}`);
  return bytes;
};
const blob = (descriptor: Descriptor): Uint8Array => at(blobPath(descriptor.digest));
const targets = (index: string): ReadonlyMap<string, Descriptor> =>
  new Map(parseIndex(at(index)).manifests.map((one) => [one.annotations?.['io.containerd.image.name'] ?? '', one]));

/** The files of an image on amd64, as its layers leave them. */
function rootfs(name: string, architecture = 'amd64'): Map<string, TarEntry> {
  const target = targets(WORLD_INDEX.book).get(`docker.io/${name}`);
  const manifest = target && parseIndex(blob(target)).manifests.find(({ platform }) => platform?.architecture === architecture);
  if (!manifest) throw new Error(`no ${name}`);
  const entries = new Map<string, TarEntry>();
  for (const layer of parseManifest(blob(manifest)).layers)
    for (const entry of readTar(gunzip(blob(layer)))) entries.set(safePath(entry.name) ?? '', entry);
  return entries;
}

/** The file that a path leads to, through symbolic and hard links. */
function resolve(entries: ReadonlyMap<string, TarEntry>, path: string, depth = 0): TarEntry | undefined {
  if (depth > 20) return undefined;
  const parts = path.split('/');
  for (let i = 1; i <= parts.length; i += 1) {
    const here = parts.slice(0, i).join('/');
    const entry = entries.get(here);
    if (entry?.type === 'link') return resolve(entries, safePath(entry.linkname) ?? '', depth + 1);
    if (entry?.type !== 'symlink') continue;
    const base = entry.linkname.startsWith('/') ? '' : parts.slice(0, i - 1).join('/');
    return resolve(entries, safePath([base, entry.linkname, ...parts.slice(i)].join('/')) ?? '', depth + 1);
  }
  return entries.get(path);
}

const text = (entries: ReadonlyMap<string, TarEntry>, path: string): string => {
  const entry = resolve(entries, path);
  return entry ? new TextDecoder().decode(contentBytes(entry.content)) : '';
};
const noteAt = (entries: ReadonlyMap<string, TarEntry>, path: string): unknown => {
  const entry = resolve(entries, path);
  return entry && readExecutable(contentBytes(entry.content));
};

describe('the catalogue', () => {
  it('is the same each time', () => {
    const again = buildAll();
    expect([...again.keys()]).toEqual([...files.keys()]);
    for (const [path, bytes] of again) expect(Buffer.compare(bytes, at(path)), path).toBe(0);
  });

  it('holds all that its indexes reach, under its own digest, and no path with a colon', () => {
    for (const path of files.keys()) expect(path).not.toContain(':');
    const visit = (descriptor: Descriptor): void => {
      const bytes = blob(descriptor);
      expect([digestOf(bytes), bytes.length]).toEqual([descriptor.digest, descriptor.size]);
      for (const child of childrenOf(descriptor.mediaType, bytes)) visit(child);
    };
    for (const index of Object.values(WORLD_INDEX)) for (const target of targets(index).values()) visit(target);
  });

  it('has two platforms of each image with an attestation for each, and configurations that fit their layers', () => {
    for (const target of targets(WORLD_INDEX.book).values()) {
      const { manifests } = parseIndex(blob(target));
      expect(manifests.map(({ platform }) => platform?.architecture)).toEqual(['amd64', 'arm64', 'unknown', 'unknown']);
      for (const descriptor of manifests.filter((one) => isManifestType(one.mediaType) && !isAttestation(one))) {
        const manifest = parseManifest(blob(descriptor));
        const config = parseConfig(blob(manifest.config));
        expect(config.rootfs.diff_ids).toEqual(manifest.layers.map((layer) => digestOf(gunzip(blob(layer)))));
        expect(config.history?.filter((entry) => !entry.empty_layer)).toHaveLength(manifest.layers.length);
      }
    }
  });

  it('starts every image with a file that is there and runs', () => {
    for (const recipe of BOOK_IMAGES) {
      const entries = rootfs(`${recipe.repository}:${recipe.tags[0]}`);
      const [first = ''] = recipe.config.Entrypoint ?? recipe.config.Cmd ?? [];
      const path =
        (recipe.config.Env ?? [])
          .find((one) => one.startsWith('PATH='))
          ?.slice(5)
          .split(':') ?? [];
      const candidates = first.startsWith('/') ? [first.slice(1)] : path.map((folder) => `${folder.slice(1)}/${first}`);
      const found = candidates.map((candidate) => resolve(entries, candidate)).find((entry) => entry !== undefined);
      expect(found && readExecutable(contentBytes(found.content)), `${recipe.repository}:${recipe.tags[0]} ${first}`).not.toBeFalsy();
      expect((found?.mode ?? 0) & 0o111).toBe(0o111);
    }
  });

  it('has every loader that its programs ask for, on both machines', () => {
    for (const recipe of BOOK_IMAGES) {
      for (const architecture of ['amd64', 'arm64']) {
        const entries = rootfs(`${recipe.repository}:${recipe.tags[0]}`, architecture);
        const loaders = [...entries.values()]
          .filter(({ type }) => type === 'file')
          .map((entry) => readExecutable(contentBytes(entry.content)))
          .flatMap((executable) => (executable?.kind === 'program' && executable.interpreter ? [executable.interpreter] : []));
        for (const loader of new Set(loaders))
          expect(noteAt(entries, loader.slice(1)), `${recipe.repository} ${architecture} ${loader}`).toMatchObject({
            kind: 'program',
            machine: architecture,
          });
      }
    }
  });

  it('is true to the originals', () => {
    const alpine = rootfs('library/alpine:3.22');
    expect(noteAt(alpine, 'bin/sh')).toMatchObject({ note: 'busybox:alpine', machine: 'amd64' });
    expect(text(alpine, 'etc/os-release')).toContain('PRETTY_NAME="Alpine Linux v3.22"');
    const debian = rootfs('library/debian:13');
    expect([noteAt(debian, 'bin/sh'), noteAt(debian, 'usr/bin/awk'), noteAt(debian, 'bin/ls')]).toMatchObject([
      { note: 'dash' },
      { note: 'gnu:mawk' },
      { note: 'gnu:ls' },
    ]);
    expect(text(debian, 'etc/os-release')).toContain('VERSION_CODENAME=trixie');
    expect(resolve(debian, 'bin/ps')).toBeUndefined();
    const nginx = rootfs('library/nginx:1.29-alpine');
    expect([noteAt(nginx, 'usr/sbin/nginx'), noteAt(nginx, 'bin/sh')]).toMatchObject([
      { note: 'nginx:1.29.3' },
      { note: 'busybox:alpine' },
    ]);
    expect(text(nginx, 'etc/passwd')).toContain('root:x:0:0:root:/root:/bin/sh\n');
    expect(text(nginx, 'etc/passwd')).toContain('\nnginx:x:101:101:');
    expect(nginx.get('var/log/nginx/access.log')).toMatchObject({ type: 'symlink', linkname: '/dev/stdout' });
    expect(noteAt(rootfs('library/busybox:latest'), 'bin/httpd')).toMatchObject({ note: 'busybox:hub' });
  });

  it('answers to a name without a tag, but for the one whose image would have a compiler of Java', () => {
    const tags = Map.groupBy(BOOK_IMAGES, ({ repository }) => repository);
    const without = [...tags].filter(([, images]) => !images.some((image) => image.tags.includes('latest'))).map(([name]) => name);
    expect(without).toEqual(['library/eclipse-temurin']);
  });

  it("says the original's size on each layer that stands for a larger one", () => {
    const target = targets(WORLD_INDEX.book).get('docker.io/library/nginx:latest');
    const manifest = target && parseIndex(blob(target)).manifests[0];
    const layers = manifest ? parseManifest(blob(manifest)).layers : [];
    expect(layers).toHaveLength(7);
    expect(layers.slice(0, 2).map(({ annotations }) => Number(annotations?.['io.drydock.original.size']))).toEqual([
      29_777_766, 29_967_000,
    ]);
  });

  it("has the recordings' images, which share their base, under the names of their world", async () => {
    const storage = layoutStorage(
      { read: async (path) => files.get(path) ?? null },
      { index: WORLD_INDEX.oracle, isVisible: (name) => !['library/web', 'library/db'].includes(name) },
    );
    expect(await storage.repositories()).toEqual(['example/db', 'example/web', 'library/busybox']);
    expect(await storage.tags('library/busybox')).toEqual(['1.35', 'latest']);
    expect(await storage.tags('library/web')).toBeNull();
    const oracle = targets(WORLD_INDEX.oracle);
    expect(oracle.get('docker.io/library/web:1.0')?.digest).toBe(oracle.get('docker.io/example/web:latest')?.digest);
    const layersOf = (name: string): readonly string[] => {
      const target = oracle.get(name);
      const manifest = target && parseIndex(blob(target)).manifests[0];
      return manifest ? parseManifest(blob(manifest)).layers.map(({ digest }) => digest) : [];
    };
    expect(layersOf('docker.io/library/web:1.0')[0]).toBe(layersOf('docker.io/library/busybox:1.35')[0]);
    expect(layersOf('docker.io/library/db:1.0')).toHaveLength(4);
    const [amd64, arm64] = parseIndex(blob(oracle.get('docker.io/library/busybox:1.35') as Descriptor)).manifests;
    expect([amd64?.size, arm64?.size, amd64?.annotations]).toEqual([480, 480, undefined]);
    expect(parseManifest(blob(amd64 as Descriptor)).layers.map(({ size }) => size)).toEqual([1_054_615]);
  });
});
