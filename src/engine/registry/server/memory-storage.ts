import type { Digest } from '../../oci/digest.ts';
import type { RegistryStorage, RegistryWrites, StoredManifest } from './storage.ts';

interface Repository {
  readonly tags: Map<string, Digest>;
  readonly manifests: Map<Digest, StoredManifest>;
  readonly blobs: Map<Digest, Uint8Array>;
}

/** A registry's content in memory, empty at first. */
export function memoryStorage(): RegistryStorage & { readonly writes: RegistryWrites } {
  const repositories = new Map<string, Repository>();
  const open = (name: string): Repository => {
    const made = repositories.get(name) ?? { tags: new Map(), manifests: new Map(), blobs: new Map() };
    repositories.set(name, made);
    return made;
  };
  return {
    repositories: async () => [...repositories.keys()].sort(),
    tags: async (name) => (repositories.has(name) ? [...open(name).tags.keys()].sort() : null),
    resolveTag: async (name, tag) => repositories.get(name)?.tags.get(tag) ?? null,
    manifest: async (name, digest) => repositories.get(name)?.manifests.get(digest) ?? null,
    blob: async (name, digest) => repositories.get(name)?.blobs.get(digest) ?? null,
    writes: writesTo(repositories, open),
  };
}

function writesTo(repositories: ReadonlyMap<string, Repository>, open: (name: string) => Repository): RegistryWrites {
  return {
    putBlob: async (name, digest, bytes) => {
      open(name).blobs.set(digest, bytes);
    },
    putManifest: async (name, manifest, tag) => {
      const repository = open(name);
      repository.manifests.set(manifest.digest, manifest);
      if (tag !== undefined) repository.tags.set(tag, manifest.digest);
    },
    deleteManifest: async (name, digest) => {
      const repository = repositories.get(name);
      for (const [tag, target] of repository?.tags ?? []) if (target === digest) repository?.tags.delete(tag);
      return repository?.manifests.delete(digest) ?? false;
    },
    deleteTag: async (name, tag) => repositories.get(name)?.tags.delete(tag) ?? false,
    deleteBlob: async (name, digest) => repositories.get(name)?.blobs.delete(digest) ?? false,
  };
}
