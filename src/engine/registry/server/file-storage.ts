import type { Digest } from '../../oci/digest.ts';
import { mediaTypeOf } from '../../oci/manifest.ts';
import {
  BASE,
  blobFolder,
  findRepositories,
  layerLink,
  readLink,
  repositoryPath,
  revisionLink,
  tagFolder,
  tagIndexLink,
} from './file-layout.ts';
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

export interface FileStorageOptions {
  /** The root directory. */
  readonly root?: string;
  /** Version 2 of the reference implementation lists tags as the file system does; since version 3 they are sorted. */
  readonly sortsTags?: boolean;
}

/** A registry on a disk, in the layout of the reference implementation, so that a volume keeps it. */
export function fileStorage(
  files: RegistryFiles,
  { root = '/var/lib/registry', sortsTags = true }: FileStorageOptions = {},
): RegistryStorage & { readonly writes: RegistryWrites } {
  const at = (path: string): string => `${root}/${path}`;
  const isThere = (path: string): boolean => files.read(at(path)) !== null;
  const linked = (link: string, digest: Digest): Uint8Array | null => (isThere(link) ? files.read(at(`${blobFolder(digest)}/data`)) : null);
  const tagsOf = (name: string): readonly string[] => {
    const tags = files.list(at(tagFolder(name)));
    return sortsTags ? [...tags].sort() : tags;
  };
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
      if (!isThere(`${blobFolder(digest)}/data`)) files.write(at(`${blobFolder(digest)}/data`), bytes);
      writeLink(layerLink(name, digest), digest);
    },
    putManifest: async (name, { digest, bytes }, tag) => {
      if (!isThere(`${blobFolder(digest)}/data`)) files.write(at(`${blobFolder(digest)}/data`), bytes);
      writeLink(revisionLink(name, digest), digest);
      if (tag === undefined) return;
      writeLink(`${tagFolder(name, tag)}/current/link`, digest);
      writeLink(tagIndexLink(name, { tag, digest }), digest);
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

/** A manifest's media type is not kept beside it: it says its own. */
function asManifest(bytes: Uint8Array | null): StoredManifest | null {
  return bytes ? storedManifest(mediaTypeOf(bytes), bytes) : null;
}
