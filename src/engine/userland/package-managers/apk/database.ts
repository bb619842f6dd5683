/** apk's files: what is wanted (`/etc/apk/world`), what is installed, and the repositories' indexes in the cache. */
import { isErrno } from '../../../kernel/errno.ts';
import type { Sys } from '../../../kernel/sys.ts';
import { contentBytes, gunzip, readTar } from '../../../oci/index.ts';
import { textOf } from '../../net/text.ts';
import { decode, encode } from '../../program-io.ts';
import { download } from '../download.ts';
import { makeFolders } from '../unpack.ts';

export interface ApkPackage {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly unpackedBytes: number;
  readonly depends: readonly string[];
  readonly checksum: string;
}
export interface InstalledPackage extends ApkPackage {
  /** Files and folders, without a slash in front. */
  readonly files: readonly string[];
}
export interface Repository {
  readonly url: string;
  readonly description: string;
  readonly packages: readonly ApkPackage[];
}

const INSTALLED = '/lib/apk/db/installed';
const WORLD = '/etc/apk/world';
const CACHE = '/var/cache/apk';

export const nameOf = (dependency: string): string => dependency.replace(/[<>=~@].*$/, '');

function parseRecord(record: string): InstalledPackage {
  const fields = new Map<string, string>();
  const files: string[] = [];
  let folder = '';
  for (const line of record.split('\n')) {
    const [key, value] = [line.slice(0, 1), line.slice(2)];
    if (key === 'F') {
      folder = value;
      if (value !== '') files.push(value);
    } else if (key === 'R') files.push(folder === '' ? value : `${folder}/${value}`);
    else fields.set(key, value);
  }
  return {
    name: fields.get('P') ?? '',
    version: fields.get('V') ?? '',
    description: fields.get('T') ?? '',
    unpackedBytes: Number(fields.get('I') ?? 0),
    depends: (fields.get('D') ?? '').split(' ').filter((word) => word !== ''),
    checksum: fields.get('C') ?? '',
    files,
  };
}

const parseRecords = (text: string): readonly InstalledPackage[] =>
  text
    .split(/\n\n+/)
    .filter((record) => record.trim() !== '')
    .map(parseRecord);

export const readInstalled = (sys: Sys): readonly InstalledPackage[] => parseRecords(textOf(sys, INSTALLED) ?? '');

export function writeInstalled(sys: Sys, packages: readonly InstalledPackage[]): void {
  const records = packages.map((one) => {
    const folders = new Map<string, string[]>();
    for (const path of one.files) {
      const isFolder = one.files.some((other) => other.startsWith(`${path}/`));
      const at = path.lastIndexOf('/');
      if (isFolder) folders.set(path, folders.get(path) ?? []);
      else folders.set(at < 0 ? '' : path.slice(0, at), [...(folders.get(at < 0 ? '' : path.slice(0, at)) ?? []), path.slice(at + 1)]);
    }
    return [
      `C:${one.checksum}`,
      `P:${one.name}`,
      `V:${one.version}`,
      `I:${one.unpackedBytes}`,
      `T:${one.description}`,
      ...(one.depends.length === 0 ? [] : [`D:${one.depends.join(' ')}`]),
      ...[...folders]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .flatMap(([folder, names]) => [`F:${folder}`, ...names.map((name) => `R:${name}`)]),
    ].join('\n');
  });
  makeFolders(sys, '/lib/apk/db');
  sys.path.writeFile(INSTALLED, encode(`${records.join('\n\n')}\n\n`));
}

export const readWorld = (sys: Sys): readonly string[] => (textOf(sys, WORLD) ?? '').split(/\s+/).filter((word) => word !== '');
export const writeWorld = (sys: Sys, world: readonly string[]): void =>
  sys.path.writeFile(
    WORLD,
    encode(
      [...new Set(world)]
        .sort()
        .map((name) => `${name}\n`)
        .join(''),
    ),
  );

export const repositoryUrls = (sys: Sys): readonly string[] =>
  (textOf(sys, '/etc/apk/repositories') ?? '')
    .split('\n')
    .map((line) => line.replace(/#.*/, '').trim())
    .filter((line) => line !== '');

export const architecture = (sys: Sys): string => textOf(sys, '/etc/apk/arch')?.trim() ?? sys.uname.machine;

const cacheFile = (url: string): string =>
  `${CACHE}/APKINDEX.${[...url].reduce((hash, char) => (Math.imul(hash, 31) + char.charCodeAt(0)) >>> 0, 7).toString(16)}.tar.gz`;

function parseIndex(url: string, bytes: Uint8Array): Repository {
  let [description, packages] = ['', [] as readonly ApkPackage[]];
  for (const entry of readTar(gunzip(bytes))) {
    const text = decode(contentBytes(entry.content));
    if (entry.name === 'DESCRIPTION') description = text.trim();
    if (entry.name === 'APKINDEX') packages = parseRecords(text);
  }
  return { url, description, packages };
}

/** The indexes that are in the cache. */
export const cachedRepositories = (sys: Sys): readonly Repository[] =>
  repositoryUrls(sys).flatMap((url) => {
    try {
      return [parseIndex(url, sys.path.readFile(cacheFile(url)))];
    } catch (error) {
      if (isErrno(error)) return [];
      throw error;
    }
  });

export interface Fetched {
  readonly url: string;
  readonly repository?: Repository;
  /** Why it could not be had. */
  readonly reason?: string;
}

const REASONS = {
  name: 'DNS lookup error',
  again: 'DNS: transient error (try again later)',
  connect: 'network connection failed',
} as const;

/** Fetches an index; with `keep` into the cache. */
export async function fetchRepository(sys: Sys, url: string, keep: boolean): Promise<Fetched> {
  const got = await download(sys, `${url}/${architecture(sys)}/APKINDEX.tar.gz`);
  if (got.kind !== 'file')
    return { url, reason: got.kind === 'status' ? "remote server returned error (try 'apk update')" : REASONS[got.kind] };
  if (keep) {
    makeFolders(sys, CACHE);
    sys.path.writeFile(cacheFile(url), got.bytes);
  }
  return { url, repository: parseIndex(url, got.bytes) };
}
