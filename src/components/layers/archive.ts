/** Opens an image archive (`docker save`, an OCI layout; of a real Docker as well) and makes stacks of it. */
import {
  chainIds,
  contentBytes,
  type Descriptor,
  type Digest,
  decompress,
  FormatError,
  type ImageArchive,
  isAttestation,
  isIndexType,
  parseConfig,
  parseIndex,
  parseManifest,
  readImageArchive,
  readTar,
  readWhiteout,
  type TarEntry,
} from '../../engine/oci/index.ts';
import { instruction } from '../section/view-model.ts';
import type { Layer, LayerFile, Stack } from './view-model.ts';

/** Beyond this a page's memory is in danger. */
export const LARGEST_ARCHIVE = 512 * 1024 * 1024;

export interface OpenedArchive {
  readonly stacks: readonly Stack[];
  /** A file's bytes in one layer. */
  read(key: string, path: string): Uint8Array | null;
}

const TYPES: Readonly<Record<string, LayerFile['type']>> = { file: 'file', link: 'file', directory: 'directory', symlink: 'symlink' };

/** Throws FormatError with a sentence for what is no image archive. */
export function openArchive(bytes: Uint8Array): OpenedArchive {
  const archive = readImageArchive(bytes);
  const layers = new Map<string, ReadonlyMap<string, TarEntry>>();
  const stacks = archive.images.map(({ target, name }) => stackOf(archive, { target, name: name ?? target.digest.slice(7, 19), layers }));
  return {
    stacks,
    read: (key, path) => {
      const entry = layers.get(key)?.get(path);
      return entry?.type === 'file' ? contentBytes(entry.content) : null;
    },
  };
}

function blob({ blobs }: ImageArchive, digest: string): Uint8Array {
  const found = blobs.get(digest as Digest);
  if (!found) throw new FormatError(`the archive has no blob ${digest}`);
  return found;
}

/** An index leads to the first manifest that is an image and is here. */
function manifestIn(archive: ImageArchive, target: Descriptor): Descriptor {
  if (!isIndexType(target.mediaType)) return target;
  const here = parseIndex(blob(archive, target.digest)).manifests.find(
    (one) => !isAttestation(one) && archive.blobs.has(one.digest as Digest),
  );
  if (!here) throw new FormatError('the archive has no image for any platform');
  return manifestIn(archive, here);
}

interface Wanted {
  readonly target: Descriptor;
  readonly name: string;
  readonly layers: Map<string, ReadonlyMap<string, TarEntry>>;
}

function stackOf(archive: ImageArchive, { target, name, layers }: Wanted): Stack {
  const manifest = parseManifest(blob(archive, manifestIn(archive, target).digest));
  const config = parseConfig(blob(archive, manifest.config.digest));
  const made = (config.history ?? []).filter(({ empty_layer: isEmpty }) => !isEmpty);
  const keys = chainIds(config.rootfs.diff_ids as readonly Digest[]);
  return {
    name: name.replace(/^docker\.io\/(library\/)?/, ''),
    layers: manifest.layers.map(({ digest }, index): Layer => {
      const key = keys[index] ?? digest;
      const entries = [...readTar(decompress(blob(archive, digest)))];
      layers.set(key, new Map(entries.map((entry) => [pathOf(entry.name), entry])));
      const files = filesOf(entries);
      const sizeBytes = files.reduce((sum, file) => sum + file.sizeBytes, 0);
      return { key, kind: 'image', madeBy: instruction(made[index]?.created_by ?? ''), sizeBytes, files };
    }),
  };
}

const pathOf = (name: string): string => `/${name.replace(/^(\.?\/)+/, '').replace(/\/+$/, '')}`;

function filesOf(entries: readonly TarEntry[]): readonly LayerFile[] {
  const files = new Map<string, LayerFile>();
  for (const { name, type, mode, content, linkname } of entries) {
    const path = pathOf(name);
    const mark = readWhiteout(path);
    if (path === '/') continue;
    if (mark?.kind === 'removed') files.set(mark.path, { path: mark.path, type: 'whiteout', sizeBytes: 0, mode: 0 });
    else if (mark) {
      const hidden = files.get(mark.directory);
      files.set(mark.directory, { path: mark.directory, type: 'directory', sizeBytes: 0, mode: hidden?.mode ?? 0o755, isOpaque: true });
    } else
      files.set(path, {
        ...{ path, type: TYPES[type] ?? 'other', mode, sizeBytes: type === 'file' ? content.sizeBytes : 0 },
        ...(type === 'symlink' ? { target: linkname } : {}),
        ...(files.get(path)?.isOpaque ? { isOpaque: true } : {}),
      });
  }
  return [...files.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}
