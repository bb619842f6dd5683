/**
 * The distributions' mirrors on the modelled network: their indexes in their own formats, and the packages, made when they are asked
 * for. Sizes that are shown are the originals'; what travels is small.
 */

import { header } from '../../http/index.ts';
import type { Handler, HttpResponse } from '../../http/types.ts';
import { digestOf, gzip, writeTar } from '../../oci/index.ts';
import { ALPINE, ALPINE_BASE } from './alpine.ts';
import {
  type Architecture,
  type ArchiveOptions,
  apkArchitecture,
  apkArchive,
  debArchive,
  debianFields,
  type MakeExecutable,
  rpmArchitecture,
  rpmArchive,
  rpmVersion,
} from './archives.ts';
import { DEBIAN_RELEASES, type DebianRelease, debianOffered } from './debian.ts';
import { ALMA, ALMA_BASE } from './enterprise.ts';
import type { Package } from './recipe.ts';

const encoder = new TextEncoder();
const NOT_FOUND: HttpResponse = {
  status: 404,
  headers: [['Content-Type', 'text/html']],
  body: encoder.encode('<html><body><h1>404 Not Found</h1></body></html>\n'),
};

const found = (body: Uint8Array, type = 'application/octet-stream'): HttpResponse => ({
  status: 200,
  headers: [['Content-Type', type]],
  body,
});
const hexOf = (bytes: Uint8Array): string => digestOf(bytes).slice('sha256:'.length);

interface Mirror {
  readonly makeExecutable: MakeExecutable;
  readonly made: Map<string, Uint8Array>;
}

/** Makes a file once. */
function once({ made }: Mirror, key: string, make: () => Uint8Array): Uint8Array {
  const known = made.get(key) ?? make();
  made.set(key, known);
  return known;
}

const optionsFor = ({ makeExecutable }: Mirror, architecture: Architecture, libc: 'musl' | 'glibc'): ArchiveOptions => {
  const loaders = {
    musl: { amd64: '/lib/ld-musl-x86_64.so.1', arm64: '/lib/ld-musl-aarch64.so.1' },
    glibc: { amd64: '/lib64/ld-linux-x86-64.so.2', arm64: '/lib/ld-linux-aarch64.so.1' },
  } as const;
  return { architecture, interpreter: loaders[libc][architecture], makeExecutable };
};

const machineOf = (word: string): Architecture => (/^(aarch64|arm64)$/.test(word) ? 'arm64' : 'amd64');

function alpine(mirror: Mirror, path: string): HttpResponse {
  const [, release = '', repository = '', arch = '', file = ''] =
    /^\/alpine\/(v[\d.]+|edge)\/(main|community)\/(\w+)\/([^/]+)$/.exec(path) ?? [];
  const all = [...ALPINE, ...ALPINE_BASE].filter((one) => one.repository === repository);
  const options = optionsFor(mirror, machineOf(arch), 'musl');
  const archive = (one: Package): Uint8Array => once(mirror, `apk ${arch} ${one.name}`, () => apkArchive(one, options));
  if (file === 'APKINDEX.tar.gz')
    return found(once(mirror, path, () => apkIndex(all, { release, arch: apkArchitecture(options.architecture), archive })));
  const one = all.find(({ name, version }) => file === `${name}-${version}.apk`);
  return one === undefined ? NOT_FOUND : found(archive(one));
}

interface ApkIndex {
  readonly release: string;
  readonly arch: string;
  readonly archive: (one: Package) => Uint8Array;
}

function apkIndex(all: readonly Package[], { release, arch, archive }: ApkIndex): Uint8Array {
  const records = all.map((one) =>
    [
      `C:Q1${hexOf(archive(one)).slice(0, 27)}=`,
      `P:${one.name}`,
      `V:${one.version}`,
      `A:${arch}`,
      `S:${archive(one).length}`,
      `I:${one.unpackedBytes}`,
      `T:${one.summary}`,
      ...(one.depends.length === 0 ? [] : [`D:${one.depends.join(' ')}`]),
    ].join('\n'),
  );
  return gzip(
    writeTar([
      { name: 'DESCRIPTION', type: 'file', mode: 0o644, content: encoder.encode(`${release}.0-64-g0d7e2c1a\n`) },
      { name: 'APKINDEX', type: 'file', mode: 0o644, content: encoder.encode(`${records.join('\n\n')}\n\n`) },
    ]),
  );
}

const poolPath = ({ name, version }: Package, arch: string): string => {
  const letter = name.startsWith('lib') ? name.slice(0, 4) : name.slice(0, 1);
  return `pool/main/${letter}/${name}/${name}_${version.replace(/^\d+:/, '')}_${arch}.deb`;
};

/** The sizes of the originals' indexes, in bytes. */
const INDEX_BYTES: Readonly<Record<string, readonly [release: number, packages: number]>> = {
  trixie: [140_000, 9_670_000],
  'trixie-updates': [47_300, 5_412],
  'trixie-security': [43_400, 94_300],
  bookworm: [151_000, 8_791_000],
  'bookworm-updates': [55_400, 6_924],
  'bookworm-security': [48_000, 289_000],
  noble: [256_000, 1_808_000],
  'noble-updates': [126_000, 2_080_000],
  'noble-backports': [126_000, 49_400],
  'noble-security': [126_000, 1_730_000],
};

function debian(mirror: Mirror, path: string): HttpResponse {
  const [, suite = '', rest = ''] = /^\/(?:debian|debian-security|ubuntu|ubuntu-ports)\/dists\/([\w-]+)\/(.+)$/.exec(path) ?? [];
  const release = DEBIAN_RELEASES.find((one) => one === suite.replace(/-(updates|security|backports)$/, ''));
  if (suite !== '' && release !== undefined) return debianIndex(mirror, { suite, rest, release });
  const file = /\/pool\/.*\/([^/]+)_([^_/]+)_(amd64|arm64)\.deb$/.exec(path);
  if (file === null) return NOT_FOUND;
  const [, name, version, arch = ''] = file;
  for (const one of DEBIAN_RELEASES.flatMap(debianOffered))
    if (one.name === name && one.version.replace(/^\d+:/, '') === version) return found(debOf(mirror, one, machineOf(arch)));
  return NOT_FOUND;
}

const debOf = (mirror: Mirror, one: Package, architecture: Architecture): Uint8Array =>
  once(mirror, `deb ${architecture} ${one.name} ${one.version}`, () => debArchive(one, optionsFor(mirror, architecture, 'glibc')));

interface Suite {
  readonly suite: string;
  readonly rest: string;
  readonly release: DebianRelease;
}

function debianIndex(mirror: Mirror, { suite, rest, release }: Suite): HttpResponse {
  const [releaseBytes = 0, packagesBytes = 0] = INDEX_BYTES[suite] ?? [];
  const isMain = suite === release;
  const packages = (architecture: Architecture): Uint8Array =>
    once(mirror, `Packages ${suite} ${architecture}`, () => {
      const records = isMain ? debianOffered(release).map((one) => debianRecord(mirror, one, architecture)) : [];
      return gzip(encoder.encode(records.join('\n')));
    });
  const arch = /binary-(amd64|arm64)\/Packages\.gz$/.exec(rest)?.[1];
  if (arch !== undefined) return found(packages(machineOf(arch)));
  if (rest !== 'InRelease') return NOT_FOUND;
  const lines = (['amd64', 'arm64'] as const).map(
    (one) => ` ${hexOf(packages(one))} ${packages(one).length} main/binary-${one}/Packages.gz`,
  );
  return found(
    encoder.encode(
      [
        `Origin: ${release === 'noble' ? 'Ubuntu' : 'Debian'}`,
        `Suite: ${suite}`,
        `Codename: ${suite}`,
        'Date: Sat, 10 Jan 2026 10:00:00 UTC',
        'Architectures: amd64 arm64',
        'Components: main',
        `Original-Size: ${releaseBytes}`,
        `Original-Packages-Size: ${packagesBytes}`,
        'SHA256:',
        ...lines,
        '',
      ].join('\n'),
    ),
  );
}

function debianRecord(mirror: Mirror, one: Package, architecture: Architecture): string {
  const archive = debOf(mirror, one, architecture);
  return `${[
    ...debianFields(one, architecture),
    `Filename: ${poolPath(one, architecture)}`,
    `Size: ${archive.length}`,
    `SHA256: ${hexOf(archive)}`,
    `Original-Size: ${one.sizeBytes}`,
  ].join('\n')}\n`;
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

function alma(mirror: Mirror, path: string): HttpResponse {
  const list = /^\/mirrorlist\/9\/(\w+)/.exec(path)?.[1];
  const names: Readonly<Record<string, string>> = { baseos: 'BaseOS', appstream: 'AppStream', extras: 'extras' };
  if (list !== undefined)
    return found(encoder.encode(`https://repo.almalinux.org/almalinux/9/${names[list] ?? list}/$basearch/os/\n`), 'text/plain');
  const [, repository = '', arch = '', rest = ''] = /^\/almalinux\/9[\d.]*\/(\w+)\/(\w+)\/os\/(.+)$/.exec(path) ?? [];
  const all = [...ALMA, ...ALMA_BASE].filter((one) => one.repository === repository);
  const options = optionsFor(mirror, machineOf(arch), 'glibc');
  const rpm = (one: Package): Uint8Array => once(mirror, `rpm ${arch} ${one.name}`, () => rpmArchive(one, options));
  const primary = (): Uint8Array =>
    once(mirror, `primary ${repository} ${arch}`, () => gzip(encoder.encode(primaryXml(all, rpmArchitecture(options.architecture), rpm))));
  if (rest === 'repodata/repomd.xml')
    return found(
      encoder.encode(
        `<?xml version="1.0" encoding="UTF-8"?>\n<repomd xmlns="http://linux.duke.edu/metadata/repo">\n<revision>1768000000</revision>\n<data type="primary"><checksum type="sha256">${hexOf(primary())}</checksum><location href="repodata/primary.xml.gz"/><size>${primary().length}</size></data>\n</repomd>\n`,
      ),
      'text/xml',
    );
  if (rest === 'repodata/primary.xml.gz') return found(primary());
  const one = all.find(({ name, version }) => rest === `Packages/${name}-${version}.${arch}.rpm`);
  return one === undefined ? NOT_FOUND : found(rpm(one));
}

function primaryXml(all: readonly Package[], arch: string, rpm: (one: Package) => Uint8Array): string {
  const records = all.map((one) => {
    const [version, release] = rpmVersion(one);
    const requires = one.depends.map((name) => `<rpm:entry name="${name}"/>`).join('');
    return `<package type="rpm"><name>${one.name}</name><arch>${arch}</arch><version epoch="0" ver="${version}" rel="${release}"/><checksum type="sha256">${hexOf(rpm(one))}</checksum><summary>${escaped(one.summary)}</summary><size package="${one.sizeBytes}" installed="${one.unpackedBytes}" archive="${rpm(one).length}"/><location href="Packages/${one.name}-${one.version}.${arch}.rpm"/><format><rpm:requires>${requires}</rpm:requires></format></package>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<metadata packages="${all.length}">\n${records.join('\n')}\n</metadata>\n`;
}

/** Answers for all mirrors, by the name that was asked for. */
export function mirrorHandler(makeExecutable: MakeExecutable): Handler {
  const mirror: Mirror = { makeExecutable, made: new Map() };
  return async (request) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return { status: 405, body: new Uint8Array() };
    const host = (header(request.headers, 'host') ?? '').replace(/:\d+$/, '');
    const path = decodeURIComponent(request.path);
    if (host === 'dl-cdn.alpinelinux.org') return alpine(mirror, path);
    return host.endsWith('almalinux.org') ? alma(mirror, path) : debian(mirror, path);
  };
}
