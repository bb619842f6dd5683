import type { RegistryFiles } from '../../../src/engine/registry/index.ts';

/** A disk that is a map of paths. */
export function filesInMemory(): RegistryFiles & { paths(): string[] } {
  const files = new Map<string, Uint8Array>();
  return {
    read: (path) => files.get(path) ?? null,
    write: (path, content) => void files.set(path, content),
    list: (folder) => [
      ...new Set(
        [...files.keys()].filter((path) => path.startsWith(`${folder}/`)).map((path) => path.slice(folder.length + 1).split('/')[0] ?? ''),
      ),
    ],
    remove: (path) => {
      for (const key of [...files.keys()]) if (key === path || key.startsWith(`${path}/`)) files.delete(key);
    },
    paths: () => [...files.keys()].sort(),
  };
}
