/** The files of an archive, as paths from the root. */
import { contentBytes, readTar, type TarEntry } from '../../engine/oci/index.ts';

export interface TreeFile {
  readonly path: string;
  readonly type: 'file' | 'directory' | 'symlink' | 'other';
  readonly sizeBytes: number;
  readonly target?: string;
  content(): Uint8Array;
}

const TYPES: Readonly<Record<string, TreeFile['type']>> = { file: 'file', link: 'file', directory: 'directory', symlink: 'symlink' };

const fileOf = (entry: TarEntry): TreeFile => ({
  path: `/${entry.name.replace(/^(\.?\/)+/, '').replace(/\/+$/, '')}`,
  type: TYPES[entry.type] ?? 'other',
  sizeBytes: entry.content.sizeBytes,
  ...(entry.type === 'symlink' ? { target: entry.linkname } : {}),
  content: () => contentBytes(entry.content),
});

/** Sorted by path. An archive that is cut off, or is none, gives what could be read. */
export function treeOf(archive: Uint8Array): readonly TreeFile[] {
  const found: TreeFile[] = [];
  try {
    for (const entry of readTar(archive)) found.push(fileOf(entry));
  } catch {
    // What was read so far is worth showing.
  }
  return found.filter(({ path }) => path !== '/').sort((a, b) => (a.path < b.path ? -1 : 1));
}
