import { type Digest, hexOf, isDigest } from '../../oci/digest.ts';
import { mediaTypeOf } from '../../oci/manifest.ts';
import { type RegistryStorage, type RegistryWrites, type StoredManifest, storedManifest } from './storage.ts';

/** The files that a registry keeps its content in: a program's own path calls fit. Null or an empty list for what is not there. */
export interface RegistryFiles {
  read(path: string): Uint8Array | null;
  /** With the directories above it. */
  write(path: string, bytes: Uint8Array): void;
  list(directory: string): readonly string[];
  /** A directory with all that is in it. */
  remove(path: string): void;
}

/** What a program's path calls offer (the kernel's `PathOps` has it all). Each throws for what is not there. */
export interface PathCalls {
  readFile(path: string): Uint8Array;
  writeFile(path: string, bytes: Uint8Array): void;
  readdir(path: string): readonly { readonly name: string; readonly type: string }[];
  mkdir(path: string): void;
  unlink(path: string): void;
  rmdir(path: string): void;
}

/** A registry's files over a program's path calls. */
export function filesOver(path: PathCalls): RegistryFiles {
  const orElse = <T>(otherwise: T, call: () => T): T => {
    try {
      return call();
    } catch {
      return otherwise;
    }
  };
  const entries = (at: string): ReturnType<PathCalls['readdir']> =>
    orElse([], () => path.readdir(at)).filter(({ name }) => name !== '.' && name !== '..');
  const remove = (at: string): void => {
    for (const { name, type } of entries(at)) {
      if (type === 'directory') remove(`${at}/${name}`);
      else path.unlink(`${at}/${name}`);
    }
    path.rmdir(at);
  };
  return {
    read: (at) => orElse(null, () => path.readFile(at)),
    write: (at, bytes) => {
      const parts = at.split('/');
      for (let i = 2; i < parts.length; i += 1) orElse(undefined, () => path.mkdir(parts.slice(0, i).join('/')));
      path.writeFile(at, bytes);
    },
    list: (at) => entries(at).map(({ name }) => name),
    remove,
  };
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Where the reference implementation keeps things below its root (distribution, registry/storage/paths.go). */
const BASE = 'docker/registry/v2';
const dataPath = (digest: Digest): string => `${BASE}/blobs/sha256/${hexOf(digest).slice(0, 2)}/${hexOf(digest)}/data`;
const repositoryPath = (name: string): string => `${BASE}/repositories/${name}`;
const layerLink = (name: string, digest: Digest): string => `${repositoryPath(name)}/_layers/sha256/${hexOf(digest)}/link`;
const revisionLink = (name: string, digest: Digest): string => `${repositoryPath(name)}/_manifests/revisions/sha256/${hexOf(digest)}/link`;
const tagFolder = (name: string, tag?: string): string => `${repositoryPath(name)}/_manifests/tags${tag === undefined ? '' : `/${tag}`}`;

/** A registry on a disk, in the layout of the reference implementation, so that a volume keeps it. `root` is its root directory. */
export function fileStorage(files: RegistryFiles, root = '/var/lib/registry'): RegistryStorage & { readonly writes: RegistryWrites } {
  const at = (path: string): string => `${root}/${path}`;
  const isThere = (path: string): boolean => files.read(at(path)) !== null;
  const linked = (link: string, digest: Digest): Uint8Array | null => (isThere(link) ? files.read(at(dataPath(digest))) : null);
  const tagsOf = (name: string): readonly string[] => [...files.list(at(tagFolder(name)))].sort();
  return {
    repositories: async () => findRepositories(files, at(`${BASE}/repositories`)),
    tags: async (name) => (files.list(at(`${repositoryPath(name)}/_manifests`)).length > 0 ? tagsOf(name) : null),
    resolveTag: async (name, tag) => readLink(files.read(at(`${tagFolder(name, tag)}/current/link`))),
    manifest: async (name, digest) => asManifest(linked(revisionLink(name, digest), digest)),
    blob: async (name, digest) => linked(layerLink(name, digest), digest) ?? linked(revisionLink(name, digest), digest),
    writes: writesTo({ files, at, isThere, tagsOf }),
  };
}

interface Disk {
  readonly files: RegistryFiles;
  readonly at: (path: string) => string;
  readonly isThere: (path: string) => boolean;
  readonly tagsOf: (name: string) => readonly string[];
}

function writesTo({ files, at, isThere, tagsOf }: Disk): RegistryWrites {
  const writeLink = (path: string, digest: Digest): void => files.write(at(path), encoder.encode(digest));
  const remove = (link: string): boolean => {
    const wasThere = isThere(link);
    if (wasThere) files.remove(at(link.replace(/\/link$/, '')));
    return wasThere;
  };
  return {
    putBlob: async (name, digest, bytes) => {
      files.write(at(dataPath(digest)), bytes);
      writeLink(layerLink(name, digest), digest);
    },
    putManifest: async (name, { digest, bytes }, tag) => {
      files.write(at(dataPath(digest)), bytes);
      writeLink(revisionLink(name, digest), digest);
      if (tag !== undefined) writeLink(`${tagFolder(name, tag)}/current/link`, digest);
    },
    deleteManifest: async (name, digest) => {
      for (const tag of tagsOf(name)) {
        if (readLink(files.read(at(`${tagFolder(name, tag)}/current/link`))) === digest) files.remove(at(tagFolder(name, tag)));
      }
      return remove(revisionLink(name, digest));
    },
    deleteTag: async (name, tag) => {
      const wasThere = isThere(`${tagFolder(name, tag)}/current/link`);
      if (wasThere) files.remove(at(tagFolder(name, tag)));
      return wasThere;
    },
    deleteBlob: async (name, digest) => remove(layerLink(name, digest)),
  };
}

function readLink(bytes: Uint8Array | null): Digest | null {
  const text = bytes ? decoder.decode(bytes).trim() : '';
  return isDigest(text) ? text : null;
}

/** A manifest's media type is not kept beside it: it says its own. */
function asManifest(bytes: Uint8Array | null): StoredManifest | null {
  return bytes ? storedManifest(mediaTypeOf(bytes), bytes) : null;
}

/** Names have slashes, so repositories lie at any depth: each has a folder `_manifests` or `_layers`. */
function findRepositories(files: RegistryFiles, root: string): readonly string[] {
  const found: string[] = [];
  const open = [''];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const names = files.list(name === '' ? root : `${root}/${name}`);
    if (names.includes('_manifests')) found.push(name);
    for (const child of names) if (!child.startsWith('_')) open.push(name === '' ? child : `${name}/${child}`);
  }
  return found.sort();
}
