/** `registry garbage-collect`: deletes what no manifest leads to. Upstream: distribution registry/storage/garbagecollect.go. */
import type { Digest } from '../../oci/digest.ts';
import { childrenOf, FormatError, mediaTypeOf } from '../../oci/manifest.ts';
import {
  BASE,
  blobFolder,
  blobsIn,
  findRepositories,
  layerLink,
  layersIn,
  readLink,
  revisionLink,
  revisionsIn,
  tagFolder,
  tagIndexLink,
} from './file-layout.ts';
import type { RegistryFiles } from './file-storage.ts';

export interface GarbageOptions {
  readonly root: string;
  /** Says what would go, and leaves it. */
  readonly isDryRun: boolean;
  /** A manifest without a tag does not hold what it leads to. */
  readonly deletesUntagged: boolean;
}

interface Marking {
  readonly files: RegistryFiles;
  readonly options: GarbageOptions;
  readonly marked: Set<Digest>;
  readonly lines: string[];
}

interface Untagged {
  readonly name: string;
  readonly digest: Digest;
}

/** What the program prints, line by line. */
export function collectGarbage(files: RegistryFiles, options: GarbageOptions): readonly string[] {
  const marking: Marking = { files, options, marked: new Set(), lines: [] };
  const { marked, lines } = marking;
  const names = findRepositories(files, `${options.root}/${BASE}/repositories`);
  const untagged = names.flatMap((name) => markRepository(marking, name)).filter(({ digest }) => !marked.has(digest));
  for (const { name, digest } of untagged)
    lines.push(`manifest eligible for deletion: {${name} ${digest} [${tagsOf(marking, name).join(' ')}]}`);
  const loose = blobsIn(files, options.root).filter((digest) => !marked.has(digest));
  lines.push('', `${marked.size} blobs marked, ${loose.length} blobs and ${untagged.length} manifests eligible for deletion`);
  const remove = (path: string): void => {
    if (!options.isDryRun && files.list(`${options.root}/${path}`).length > 0) files.remove(`${options.root}/${path}`);
  };
  for (const one of untagged) removeManifest(marking, one, remove);
  for (const digest of loose) {
    lines.push(`blob eligible for deletion: ${digest}`);
    remove(blobFolder(digest));
  }
  for (const name of names) {
    for (const digest of layersIn(files, options.root, name)) {
      if (marked.has(digest)) continue;
      lines.push(`${name}: layer link eligible for deletion: ${digest}`);
      remove(layerLink(name, digest).replace(/\/link$/, ''));
    }
  }
  return lines;
}

const tagsOf = ({ files, options }: Marking, name: string): readonly string[] => files.list(`${options.root}/${tagFolder(name)}`);

/** Marks what a repository's manifests lead to; the ones that hold nothing, because no tag points to them. */
function markRepository(marking: Marking, name: string): readonly Untagged[] {
  const { files, options, lines, marked } = marking;
  lines.push(name);
  const held = new Set(tagsOf(marking, name).map((tag) => readLink(files.read(`${options.root}/${tagFolder(name, tag)}/current/link`))));
  const untagged: Untagged[] = [];
  for (const digest of revisionsIn(files, options.root, name)) {
    if (options.deletesUntagged && !held.has(digest)) {
      untagged.push({ name, digest });
      continue;
    }
    lines.push(`${name}: marking manifest ${digest} `);
    marked.add(digest);
    markChildren(marking, name, digest);
  }
  return untagged;
}

function markChildren(marking: Marking, name: string, digest: Digest): void {
  const bytes = marking.files.read(`${marking.options.root}/${blobFolder(digest)}/data`);
  for (const child of bytes ? childrenIn(bytes) : []) {
    if (marking.marked.has(child)) continue;
    marking.marked.add(child);
    marking.lines.push(`${name}: marking blob ${child}`);
    markChildren(marking, name, child);
  }
}

/** A layer leads nowhere. */
function childrenIn(bytes: Uint8Array): readonly Digest[] {
  if (bytes[0] !== 0x7b) return [];
  try {
    return childrenOf(mediaTypeOf(bytes), bytes).map(({ digest }) => digest);
  } catch (error) {
    if (error instanceof FormatError) return [];
    throw error;
  }
}

function removeManifest(marking: Marking, { name, digest }: Untagged, remove: (path: string) => void): void {
  for (const tag of tagsOf(marking, name)) remove(tagIndexLink(name, { tag, digest }).replace(/\/link$/, ''));
  remove(revisionLink(name, digest).replace(/\/link$/, ''));
}
