/** The files of a project: package.json, package-lock.json, node_modules. */
import { isErrno } from '../../../kernel/errno.ts';
import type { Sys } from '../../../kernel/sys.ts';
import { gunzip } from '../../../oci/gzip.ts';
import { contentBytes } from '../../../oci/tar/entry.ts';
import { readTar } from '../../../oci/tar/read.ts';
import { decode, encode } from '../../encoding.ts';
import type { Client, Manifest } from './client.ts';
import { NpmError } from './errors.ts';
import type { Place } from './tree.ts';

export interface PackageJson {
  name?: string;
  version?: string;
  scripts?: Record<string, string>;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  bin?: string | Record<string, string>;
  [key: string]: unknown;
}

export function readJson<T>(sys: Sys, path: string): T | null {
  try {
    return JSON.parse(decode(sys.path.readFile(path))) as T;
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return null;
    if (error instanceof SyntaxError)
      throw new NpmError(
        'EJSONPARSE',
        [
          `JSON.parse Invalid package.json: ${error.name}`,
          'JSON.parse Failed to parse JSON data.',
          'JSON.parse Note: package.json must be actual JSON, not just JavaScript.',
        ],
        [`path ${path}`],
      );
    throw error;
  }
}

export const writeJson = (sys: Sys, path: string, value: unknown): void =>
  sys.path.writeFile(path, encode(`${JSON.stringify(value, null, 2)}\n`), 0o644);

export function projectOf(sys: Sys, folder: string): PackageJson {
  const path = `${folder === '/' ? '' : folder}/package.json`;
  const found = readJson<PackageJson>(sys, path);
  if (found !== null) return found;
  throw new NpmError(
    'ENOENT',
    [
      `enoent Could not read package.json: Error: ENOENT: no such file or directory, open '${path}'`,
      'enoent This is related to npm not being able to find a file.',
      'enoent',
    ],
    ['syscall open', `path ${path}`, 'errno -2'],
  );
}

export interface Lock {
  readonly lockfileVersion: number;
  readonly packages: Readonly<Record<string, LockEntry>>;
}
export interface LockEntry {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly dev?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly bin?: string | Readonly<Record<string, string>>;
  readonly license?: string;
  readonly engines?: Readonly<Record<string, string>>;
  readonly funding?: unknown;
}

export const nameOfLock = (path: string): string => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);

export function lockOf(project: PackageJson, places: ReadonlyMap<string, Place>, folderName: string): unknown {
  const { name = folderName, version, license, dependencies, devDependencies, bin } = project;
  const own = {
    name,
    ...(version && { version }),
    ...(license !== undefined && { license }),
    ...(dependencies && Object.keys(dependencies).length > 0 && { dependencies }),
    ...(bin && { bin }),
    ...(devDependencies && Object.keys(devDependencies).length > 0 && { devDependencies }),
  };
  const packages: Record<string, unknown> = { '': own };
  for (const [path, { manifest, isDev }] of places) {
    const { dist } = manifest;
    packages[path] = {
      version: manifest.version,
      resolved: dist.tarball,
      integrity: dist.integrity,
      ...(isDev && { dev: true }),
      ...(manifest.license && { license: manifest.license }),
      ...(manifest.dependencies && { dependencies: manifest.dependencies }),
      ...(manifest.bin && { bin: binsOf(manifest) }),
      ...(manifest.engines && { engines: manifest.engines }),
      ...(manifest.funding !== undefined && {
        funding: typeof manifest.funding === 'string' ? { url: manifest.funding } : manifest.funding,
      }),
    };
  }
  return { name, ...(version && { version }), lockfileVersion: 3, requires: true, packages };
}

/** A lock's entry as the registry would have it. */
export const manifestOfLock = (name: string, entry: LockEntry): Manifest => ({
  name,
  version: entry.version ?? '',
  ...(entry.dependencies && { dependencies: entry.dependencies }),
  ...(entry.bin && { bin: entry.bin }),
  ...(entry.license && { license: entry.license }),
  ...(entry.engines && { engines: entry.engines }),
  ...(entry.funding !== undefined && { funding: entry.funding }),
  dist: { integrity: entry.integrity ?? '', tarball: entry.resolved ?? '' },
});

export function binsOf({ name, bin }: Pick<Manifest, 'name' | 'bin'>): Readonly<Record<string, string>> {
  const table = typeof bin === 'string' ? { [name.replace(/^@[^/]+\//, '')]: bin } : (bin ?? {});
  return Object.fromEntries(Object.entries(table).map(([key, path]) => [key, path.replace(/^\.\//, '')]));
}

export function makeFolders(sys: Sys, path: string): void {
  const parts = path.split('/');
  for (let count = 2; count <= parts.length; count += 1) {
    const at = parts.slice(0, count).join('/');
    if (!sys.path.access(at, {})) sys.path.mkdir(at);
  }
}

export function removeTree(sys: Sys, path: string): void {
  if (!sys.path.access(path, { noFollow: true })) return;
  if (sys.path.lstat(path).type !== 'directory') return sys.path.unlink(path);
  for (const { name } of sys.path.readdir(path)) if (name !== '.' && name !== '..') removeTree(sys, `${path}/${name}`);
  sys.path.rmdir(path);
}

/** What lies at a place already, if it is the wanted version. */
export const isInstalled = (sys: Sys, root: string, { path, manifest }: Place): boolean =>
  readJson<PackageJson>(sys, `${root}/${path}/package.json`)?.version === manifest.version;

/** Fetches and unpacks a package, and links its programs. */
export async function unpack(sys: Sys, client: Client, root: string, place: Place): Promise<void> {
  const folder = `${root}/${place.path}`;
  const bytes = await client.archive(place.manifest.dist.tarball, place.manifest.dist.integrity);
  removeTree(sys, folder);
  makeFolders(sys, folder);
  for (const entry of readTar(gunzip(bytes))) {
    const path = entry.name.replace(/^[^/]*\//, '');
    if (entry.type !== 'file' || path.split('/').includes('..')) continue;
    const file = `${folder}/${path}`;
    makeFolders(sys, file.slice(0, file.lastIndexOf('/')));
    sys.path.writeFile(file, contentBytes(entry.content), entry.mode & 0o777);
  }
  linkPrograms(sys, root, place);
}

function linkPrograms(sys: Sys, root: string, { path, manifest }: Place): void {
  const modules = path.slice(0, path.lastIndexOf(`/${manifest.name}`));
  for (const [name, file] of Object.entries(binsOf(manifest))) {
    const folder = `${root}/${modules}/.bin`;
    makeFolders(sys, folder);
    if (sys.path.access(`${folder}/${name}`, { noFollow: true })) sys.path.unlink(`${folder}/${name}`);
    sys.path.symlink(`../${manifest.name}/${file}`, `${folder}/${name}`);
    const target = `${root}/${path}/${file}`;
    if (sys.path.access(target, {})) sys.path.chmod(target, 0o755);
  }
}
