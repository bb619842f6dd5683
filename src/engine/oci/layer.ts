import { type Digest, digestOf } from './digest.ts';

/** The name of a stack of layers: what snapshots are kept by. Upstream: identity.ChainID of image-spec. */
export function chainId(diffIds: readonly Digest[]): Digest {
  const [first, ...rest] = diffIds;
  if (first === undefined) throw new RangeError('a chain has at least one layer');
  return rest.reduce((chain, id) => digestOf(new TextEncoder().encode(`${chain} ${id}`)), first);
}

/** The names of every stack from the bottom to the top. */
export function chainIds(diffIds: readonly Digest[]): readonly Digest[] {
  const chains: Digest[] = [];
  for (const id of diffIds) {
    const below = chains.at(-1);
    chains.push(below === undefined ? id : chainId([below, id]));
  }
  return chains;
}

const PREFIX = '.wh.';
const OPAQUE = '.wh..wh..opq';

/** What an entry of a layer says about the layers below (image-spec, "Representing Changes"). */
export type Whiteout = { readonly kind: 'opaque'; readonly directory: string } | { readonly kind: 'removed'; readonly path: string };

/** What the file called `path` removes; null for an ordinary entry. */
export function readWhiteout(path: string): Whiteout | null {
  const slash = path.lastIndexOf('/') + 1;
  const directory = path.slice(0, slash);
  const name = path.slice(slash);
  if (name === OPAQUE) return { kind: 'opaque', directory: directory.replace(/\/$/, '') };
  if (!name.startsWith(PREFIX)) return null;
  return { kind: 'removed', path: directory + name.slice(PREFIX.length) };
}

/** The entry that removes `path` of the layers below. */
export function whiteoutOf(path: string): string {
  const slash = path.lastIndexOf('/') + 1;
  return `${path.slice(0, slash)}${PREFIX}${path.slice(slash)}`;
}
