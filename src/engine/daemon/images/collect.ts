/** What nothing leads to any more is deleted, as containerd's collector does. */
import { childrenOf, type Descriptor } from '../../oci/manifest.ts';
import { readManifest, type Shelf, topSnapshot } from './image.ts';
import type { Images, Links } from './store.ts';

/** Deletes what no name, no container and no lease leads to. */
export function collect(images: Images, heldSnapshots: readonly string[], heldTargets: readonly Descriptor[]): void {
  const leases = images.leased();
  const kept = new Set<string>(leases.flatMap(({ content }) => content));
  const chains = new Set<string>([...heldSnapshots, ...leases.flatMap(({ snapshots }) => snapshots)]);
  const open: Descriptor[] = [...images.targets(), ...heldTargets];
  const there = new Set<string>(images.content.digests());
  const seen = new Map<string, Links>();
  for (let at = open.pop(); at; at = open.pop()) {
    kept.add(at.digest);
    if (seen.has(at.digest) || !there.has(at.digest)) continue;
    const links = images.links.get(at.digest) ?? linksOf(images, at);
    seen.set(at.digest, links);
    open.push(...links.children);
    if (links.chain !== undefined) chains.add(links.chain);
  }
  // A manifest whose configuration is not here yet is read again.
  images.links = new Map(
    [...seen].filter(([, { chain, children }]) => chain !== undefined || children.every(({ digest }) => there.has(digest))),
  );
  for (const digest of there) if (!kept.has(digest)) images.forget(digest);
  sweepSnapshots(images, chains);
}

function linksOf(images: Images, at: Descriptor): Links {
  const image = readIfManifest(images, at);
  return { children: childrenOf(at.mediaType, images.content.get(at.digest)), chain: image && topSnapshot(image) };
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
