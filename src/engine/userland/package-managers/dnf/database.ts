/** What is installed, and what the repositories offer. */
import type { Sys } from '../../../kernel/sys.ts';
import { gunzip } from '../../../oci/index.ts';
import { textOf } from '../../net/text.ts';
import { decode, encode } from '../../program-io.ts';
import { download } from '../download.ts';
import { makeFolders } from '../unpack.ts';

export interface InstalledRpm {
  readonly name: string;
  readonly version: string;
  readonly release: string;
  readonly arch: string;
  readonly summary: string;
  readonly unpackedBytes: number;
  readonly requires: readonly string[];
  readonly files: readonly string[];
}
export interface OfferedRpm {
  readonly name: string;
  readonly version: string;
  readonly release: string;
  readonly arch: string;
  readonly summary: string;
  readonly sizeBytes: number;
  readonly unpackedBytes: number;
  readonly requires: readonly string[];
  readonly url: string;
  readonly repository: string;
}
export interface RepositoryConfig {
  readonly id: string;
  readonly name: string;
  readonly mirrorlist: string;
  readonly baseurl: string;
}

const DATABASE = '/var/lib/rpm/packages';
const CACHE = '/var/cache/dnf';

export const readRpms = (sys: Sys): readonly InstalledRpm[] =>
  (textOf(sys, DATABASE) ?? '')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as InstalledRpm);

export function writeRpms(sys: Sys, all: readonly InstalledRpm[]): void {
  makeFolders(sys, '/var/lib/rpm');
  sys.path.writeFile(
    DATABASE,
    encode(
      [...all]
        .sort((a, b) => (a.name < b.name ? -1 : 1))
        .map((one) => `${JSON.stringify(one)}\n`)
        .join(''),
    ),
  );
}

/** The repositories that are switched on. */
export function repositoryConfigs(sys: Sys): readonly RepositoryConfig[] {
  const folder = '/etc/yum.repos.d';
  const files = sys.path.access(folder, {})
    ? sys.path
        .readdir(folder)
        .map(({ name }) => name)
        .filter((name) => name.endsWith('.repo'))
        .sort()
    : [];
  return files.flatMap((file) =>
    (textOf(sys, `${folder}/${file}`) ?? '').split(/^(?=\[)/m).flatMap((section) => {
      const id = /^\[([^\]]+)\]/.exec(section)?.[1];
      const value = (key: string): string => new RegExp(`^${key}\\s*=\\s*(.*)$`, 'm').exec(section)?.[1]?.trim() ?? '';
      return id === undefined || value('enabled') === '0'
        ? []
        : [{ id, name: value('name') || id, mirrorlist: value('mirrorlist'), baseurl: value('baseurl') }];
    }),
  );
}

const filled = (text: string, arch: string): string => text.replaceAll('$basearch', arch).replaceAll('$releasever', '9');

const unescaped = (text: string): string => text.replaceAll('&lt;', '<').replaceAll('&amp;', '&');

function parsePrimary(xml: string, { base, id }: { base: string; id: string }): readonly OfferedRpm[] {
  return [...xml.matchAll(/<package type="rpm">(.*?)<\/package>/gs)].map(([, body = '']) => {
    const tag = (name: string): string => new RegExp(`<${name}>([^<]*)</${name}>`).exec(body)?.[1] ?? '';
    const attribute = (element: string, name: string): string => new RegExp(`<${element}[^>]* ${name}="([^"]*)"`).exec(body)?.[1] ?? '';
    return {
      name: tag('name'),
      arch: tag('arch'),
      summary: unescaped(tag('summary')),
      version: attribute('version', 'ver'),
      release: attribute('version', 'rel'),
      sizeBytes: Number(attribute('size', 'package')),
      unpackedBytes: Number(attribute('size', 'installed')),
      requires: [...body.matchAll(/<rpm:entry name="([^"]*)"/g)].map(([, name = '']) => name),
      url: `${base}/${attribute('location', 'href')}`,
      repository: id,
    };
  });
}

export type RepositoryAnswer =
  | { readonly kind: 'offered'; readonly packages: readonly OfferedRpm[]; readonly isFresh: boolean }
  | { readonly kind: 'failed'; readonly reason: string; readonly url: string };

/** What a repository offers: from the cache, or fetched. */
export async function repository(sys: Sys, config: RepositoryConfig, arch: string): Promise<RepositoryAnswer> {
  const cached = `${CACHE}/${config.id}.primary.xml.gz`;
  const base = config.baseurl === '' ? '' : filled(config.baseurl, arch).replace(/\/$/, '');
  const list = filled(config.mirrorlist, arch);
  if (sys.path.access(cached, { read: true })) {
    const kept = textOf(sys, `${CACHE}/${config.id}.url`)?.trim() ?? base;
    return {
      kind: 'offered',
      isFresh: false,
      packages: parsePrimary(decode(gunzip(sys.path.readFile(cached))), { base: kept, id: config.id }),
    };
  }
  const mirrors = base === '' ? await download(sys, list) : null;
  if (mirrors !== null && mirrors.kind !== 'file')
    return {
      kind: 'failed',
      url: list,
      reason:
        mirrors.kind === 'status'
          ? `Status code: ${mirrors.status}`
          : `Could not resolve hostname for ${list} [Could not resolve host: ${mirrors.host}]`,
    };
  const root = mirrors === null ? base : filled(decode(mirrors.bytes).split('\n')[0] ?? '', arch).replace(/\/$/, '');
  const got = await download(sys, `${root}/repodata/primary.xml.gz`);
  if (got.kind !== 'file') return { kind: 'failed', url: root, reason: 'Cannot download repomd.xml: All mirrors were tried' };
  if (sys.path.access('/var/cache', { write: true })) {
    makeFolders(sys, CACHE);
    sys.path.writeFile(cached, got.bytes);
    sys.path.writeFile(`${CACHE}/${config.id}.url`, encode(`${root}\n`));
  }
  return { kind: 'offered', isFresh: true, packages: parsePrimary(decode(gunzip(got.bytes)), { base: root, id: config.id }) };
}

export function clean(sys: Sys): number {
  if (!sys.path.access(CACHE, {})) return 0;
  const names = sys.path
    .readdir(CACHE)
    .map(({ name }) => name)
    .filter((name) => name !== '.' && name !== '..');
  for (const name of names) sys.path.unlink(`${CACHE}/${name}`);
  return names.length;
}
