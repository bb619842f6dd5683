/** What nothing leads to any more is deleted, as containerd's collector does. */
import { childrenOf, type Descriptor } from '../../oci/manifest.ts';
import { readManifest, type Shelf, topSnapshot } from './image.ts';
import type { Images } from './store.ts';

/** Deletes what no name, no container and no lease leads to. */
export function collect(images: Images, heldSnapshots: readonly string[], heldTargets: readonly Descriptor[]): void {
  const leases = images.leased();
  const kept = new Set<string>(leases.flatMap(({ content }) => content));
  const chains = new Set<string>([...heldSnapshots, ...leases.flatMap(({ snapshots }) => snapshots)]);
  const open: Descriptor[] = [...images.targets(), ...heldTargets];
  const seen = new Set<string>();
  for (let at = open.pop(); at; at = open.pop()) {
    const bytes = seen.has(at.digest) ? undefined : images.content.find(at.digest);
    seen.add(at.digest);
    kept.add(at.digest);
    if (bytes) open.push(...childrenOf(at.mediaType, bytes));
    const image = bytes && readIfManifest(images, at);
    if (image) chains.add(topSnapshot(image));
  }
  for (const digest of images.content.digests()) if (!kept.has(digest)) images.forget(digest);
  sweepSnapshots(images, chains);
}

function sweepSnapshots({ snapshots }: Images, chains: ReadonlySet<string>): void {
  const kept = new Set<string>();
  for (const top of chains) for (let at = top; at !== '' && snapshots.has(at); at = snapshots.get(at).parent) kept.add(at);
  for (let swept = true; swept; ) {
    const loose = snapshots
      .keys()
      .filter((key) => !kept.has(key) && snapshots.get(key).kind === 'committed' && !snapshots.hasChildren(key));
    for (const key of loose) snapshots.remove(key);
    swept = loose.length > 0;
  }
}

const readIfManifest = (shelf: Shelf, at: Descriptor): ReturnType<typeof readManifest> =>
  /manifest\.(v1|v2)\+json$/.test(at.mediaType) ? readManifest(shelf, at) : undefined;
