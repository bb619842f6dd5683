/** Packages as archives: Alpine's (tar after tar, each packed), Debian's (ar with two tars), Red Hat's (headers and a cpio). */
import { concatBytes, gzip, type TarInput, writeTar } from '../../oci/index.ts';
import { packageText } from './configuration.ts';
import type { Package } from './recipe.ts';

export type Architecture = 'amd64' | 'arm64';

/** Makes an executable of ours (the kernel's makeExecutable: a registry knows no kernel). */
export type MakeExecutable = (note: string, options: { readonly machine: Architecture; readonly interpreter?: string }) => Uint8Array;

export interface ArchiveOptions {
  readonly architecture: Architecture;
  readonly interpreter: string;
  readonly makeExecutable: MakeExecutable;
}

const encoder = new TextEncoder();
/** When every package of the mirror was built: 2025-12-01. */
const BUILT_SECONDS = 1_764_547_200;
const TAR_END_BYTES = 1024;

function tarInputs({ name, files }: Package, { architecture, interpreter, makeExecutable }: ArchiveOptions): readonly TarInput[] {
  const folders = new Set(
    files.flatMap(({ path }) =>
      path
        .split('/')
        .slice(0, -1)
        .map((_, i, parts) => parts.slice(0, i + 1).join('/')),
    ),
  );
  const mtimeNs = BigInt(BUILT_SECONDS) * 1_000_000_000n;
  const common = { mtimeNs, uid: 0, gid: 0 };
  return [
    ...[...folders].sort().map((path): TarInput => ({ ...common, name: path, type: 'directory', mode: 0o755 })),
    ...files.map(({ path, note, target, text = packageText(name, path) }): TarInput => {
      if (target !== undefined) return { ...common, name: path, type: 'symlink', linkname: target };
      if (note === undefined) {
        const mode = path.startsWith('etc/init.d/') || text.startsWith('#!') ? 0o755 : 0o644;
        return { ...common, name: path, type: 'file', mode, content: encoder.encode(text) };
      }
      const content = makeExecutable(note, { machine: architecture, interpreter });
      return { ...common, name: path, type: 'file', mode: note === 'gnu:sudo' ? 0o4755 : 0o755, content };
    }),
  ];
}

const APK_ARCH = { amd64: 'x86_64', arm64: 'aarch64' } as const;
export const apkArchitecture = (architecture: Architecture): string => APK_ARCH[architecture];

/** Without its end: another tar follows. */
const openTar = (inputs: readonly TarInput[]): Uint8Array => {
  const tar = writeTar(inputs);
  return tar.subarray(0, tar.length - TAR_END_BYTES);
};

export function apkArchive(one: Package, options: ArchiveOptions): Uint8Array {
  const info = [
    `pkgname = ${one.name}`,
    `pkgver = ${one.version}`,
    `pkgdesc = ${one.summary}`,
    `size = ${one.unpackedBytes}`,
    `arch = ${APK_ARCH[options.architecture]}`,
    `builddate = ${BUILT_SECONDS}`,
    ...one.depends.map((name) => `depend = ${name}`),
  ];
  const control = openTar([{ name: '.PKGINFO', type: 'file', mode: 0o644, content: encoder.encode(`${info.join('\n')}\n`) }]);
  return concatBytes([gzip(control), gzip(writeTar(tarInputs(one, options)))]);
}

/** A member of an ar archive: a header of sixty characters, the bytes, one more if they are odd. */
function arMember(name: string, bytes: Uint8Array): Uint8Array {
  const header = `${name.padEnd(16)}${String(BUILT_SECONDS).padEnd(12)}0     0     100644  ${String(bytes.length).padEnd(10)}\`\n`;
  return concatBytes([encoder.encode(header), bytes, encoder.encode(bytes.length % 2 === 0 ? '' : '\n')]);
}

/** `Package: …` and what follows it, as in a control file and in the index. */
export function debianFields(one: Package, architecture: Architecture): readonly string[] {
  return [
    `Package: ${one.name}`,
    `Version: ${one.version}`,
    `Architecture: ${architecture}`,
    'Maintainer: Drydock <mirror@example.com>',
    `Installed-Size: ${Math.ceil(one.unpackedBytes / 1024)}`,
    ...(one.depends.length === 0 ? [] : [`Depends: ${one.depends.join(', ')}`]),
    'Section: utils',
    'Priority: optional',
    `Description: ${one.summary}`,
  ];
}

export function debArchive(one: Package, options: ArchiveOptions): Uint8Array {
  const control = writeTar([
    { name: './', type: 'directory', mode: 0o755 },
    { name: './control', type: 'file', mode: 0o644, content: encoder.encode(`${debianFields(one, options.architecture).join('\n')}\n`) },
  ]);
  const data = writeTar(tarInputs(one, options).map((input) => ({ ...input, name: `./${input.name ?? ''}` })));
  return concatBytes([
    encoder.encode('!<arch>\n'),
    arMember('debian-binary', encoder.encode('2.0\n')),
    arMember('control.tar.gz', gzip(control)),
    arMember('data.tar.gz', gzip(data)),
  ]);
}

/** The numbers of the tags in a header that this mirror writes. */
export const RPM_TAGS = { name: 1000, version: 1001, release: 1002, summary: 1004, size: 1009, arch: 1022, requires: 1049 } as const;
const [INT32, STRING, STRING_ARRAY] = [4, 6, 8] as const;

function be32(...values: readonly number[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(4 * values.length));
  for (const [i, value] of values.entries()) view.setUint32(4 * i, value);
  return new Uint8Array(view.buffer);
}

type Tag = readonly [tag: number, type: number, count: number, data: Uint8Array];

/** A header: magic, how many entries, how many bytes; the entries; their data. */
function rpmHeader(tags: readonly Tag[]): Uint8Array {
  const entries: Uint8Array[] = [];
  const store: Uint8Array[] = [];
  let at = 0;
  for (const [tag, type, count, data] of tags) {
    const gap = type === INT32 ? (4 - (at % 4)) % 4 : 0;
    store.push(new Uint8Array(gap));
    at += gap;
    entries.push(be32(tag, type, at, count));
    store.push(data);
    at += data.length;
  }
  return concatBytes([new Uint8Array([0x8e, 0xad, 0xe8, 1, 0, 0, 0, 0]), be32(tags.length, at), ...entries, ...store]);
}

const RPM_ARCH = { amd64: 'x86_64', arm64: 'aarch64' } as const;
export const rpmArchitecture = (architecture: Architecture): string => RPM_ARCH[architecture];

/** Version and release. */
export const rpmVersion = ({ version }: Package): readonly [version: string, release: string] => {
  const [, before = version, after = '1'] = /^(.*)-([^-]+)$/.exec(version) ?? [];
  return [before, after];
};

export function rpmArchive(one: Package, options: ArchiveOptions): Uint8Array {
  const [version, release] = rpmVersion(one);
  const text = (tag: number, value: string): Tag => [tag, STRING, 1, encoder.encode(`${value}\0`)];
  const lead = new Uint8Array(96);
  lead.set([0xed, 0xab, 0xee, 0xdb, 3, 0]);
  lead.set(encoder.encode(`${one.name}-${one.version}`.slice(0, 65)), 10);
  const header = rpmHeader([
    text(RPM_TAGS.name, one.name),
    text(RPM_TAGS.version, version),
    text(RPM_TAGS.release, release),
    text(RPM_TAGS.summary, one.summary),
    [RPM_TAGS.size, INT32, 1, be32(one.unpackedBytes)],
    text(RPM_TAGS.arch, RPM_ARCH[options.architecture]),
    ...(one.depends.length === 0
      ? []
      : [[RPM_TAGS.requires, STRING_ARRAY, one.depends.length, encoder.encode(one.depends.map((name) => `${name}\0`).join(''))] as const]),
  ]);
  return concatBytes([lead, rpmHeader([]), header, gzip(writeTar(tarInputs(one, options)))]);
}
