import { blobPath, type Digest, digestOf } from '../../oci/digest.ts';
import { ANNOTATION, type Index, mediaTypeOf, parseIndex } from '../../oci/manifest.ts';
import { parseCanonical } from '../../oci/reference.ts';
import type { CatalogueReader } from '../catalogue-reader.ts';
import { type RegistryStorage, type StoredManifest, storedManifest } from './storage.ts';

export interface LayoutOptions {
  /** The layout's index, where it is not `index.json`: several may stand over the same blobs. */
  readonly index?: string;
  /** Repositories that it says no to are not there. Asked each time. */
  readonly isVisible?: (repository: string) => boolean;
}

type Tags = ReadonlyMap<string, Digest>;

/**
 * A registry over a static OCI layout: index.json names every image (`io.containerd.image.name`: docker.io/library/nginx:1.29), and what
 * is reachable from there lies under blobs/. Nothing can be pushed. The reader is the host's: a program hands in one that stalls
 * the machine while it reads. Rejects with FormatError if the layout is not one.
 */
export function layoutStorage(reader: CatalogueReader, options: LayoutOptions = {}): RegistryStorage {
  let known: ReadonlyMap<string, Tags> | null = null;
  const repositories = async (): Promise<ReadonlyMap<string, Tags>> => {
    known ??= groupByRepository(await readIndex(reader, options.index ?? 'index.json'));
    const { isVisible } = options;
    return isVisible ? new Map([...known].filter(([name]) => isVisible(name))) : known;
  };
  const blob = async (repository: string, digest: Digest): Promise<Uint8Array | null> => {
    if (!(await repositories()).has(repository)) return null;
    const bytes = await reader.read(blobPath(digest));
    // A web server that answers everything with a page has no such file.
    return bytes !== null && digestOf(bytes) === digest ? bytes : null;
  };
  return {
    repositories: async () => [...(await repositories()).keys()].sort(),
    tags: async (name) => {
      const tags = (await repositories()).get(name);
      return tags ? [...tags.keys()].sort() : null;
    },
    resolveTag: async (name, tag) => (await repositories()).get(name)?.get(tag) ?? null,
    manifest: async (name, digest) => asManifest(await blob(name, digest)),
    blob,
  };
}

async function readIndex(reader: CatalogueReader, path: string): Promise<Index> {
  const bytes = await reader.read(path);
  return bytes ? parseIndex(bytes) : { schemaVersion: 2, manifests: [] };
}

/** Null for a blob that is no manifest: layers can be asked for as manifests too. */
function asManifest(bytes: Uint8Array | null): StoredManifest | null {
  if (bytes === null || bytes[0] !== 0x7b) return null;
  return storedManifest(mediaTypeOf(bytes), bytes);
}

function groupByRepository(index: Index): ReadonlyMap<string, Tags> {
  const repositories = new Map<string, Map<string, Digest>>();
  for (const { digest, annotations } of index.manifests) {
    const name = annotations?.[ANNOTATION.imageName];
    if (name === undefined) continue;
    const { path, tag } = parseCanonical(name);
    const tags = repositories.get(path) ?? new Map<string, Digest>();
    tags.set(tag ?? 'latest', digest);
    repositories.set(path, tags);
  }
  return repositories;
}
