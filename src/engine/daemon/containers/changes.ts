/** `docker diff`: what the container's own layer says about the ones below. */
import type { ChangeKind, FilesystemChange } from '../../api-types/index.ts';
import type { Sys } from '../../kernel/sys.ts';
import type { Daemon } from '../daemon.ts';
import { exists, isDirectory, namesIn } from '../files.ts';
import { isSame, isWhiteout, lookBelow } from '../snapshots/below.ts';
import { isOpaque } from '../snapshots/diff.ts';

const MODIFIED: ChangeKind = 0;
const ADDED: ChangeKind = 1;
const DELETED: ChangeKind = 2;

export function changes(daemon: Daemon, name: string): readonly FilesystemChange[] {
  const { id } = daemon.containers.get(name);
  const [upper = '', ...below] = daemon.images.snapshots.chain(id);
  return walk(daemon.sys, { upper, below, path: '' });
}

interface Place {
  readonly upper: string;
  readonly below: readonly string[];
  readonly path: string;
}

function walk(sys: Sys, place: Place): readonly FilesystemChange[] {
  const { upper, below, path } = place;
  return namesIn(sys, upper + path).flatMap((name): readonly FilesystemChange[] => {
    const here = `${path}/${name}`;
    const stat = sys.path.lstat(upper + here);
    if (isWhiteout(stat)) return [{ Path: here, Kind: DELETED }];
    const was = below.length === 0 ? undefined : lookBelow(sys, below, here);
    if (stat.type !== 'directory') return was && isSame(stat, was) ? [] : [{ Path: here, Kind: was ? MODIFIED : ADDED }];
    const isReplaced = was?.type !== 'directory' || isOpaque(sys, upper + here);
    const inside = walk(sys, { upper, below: isReplaced ? [] : below, path: here });
    const gone = was?.type === 'directory' && isReplaced ? replaced(sys, place, here) : [];
    // What was only written to and is as it was, is no change.
    if (was && isSame(stat, was) && inside.length + gone.length === 0) return [];
    return [{ Path: here, Kind: was ? MODIFIED : ADDED }, ...inside.map((change) => known(sys, below, change)), ...gone];
  });
}

/** In a directory that took another's place: what both have was changed. */
const known = (sys: Sys, below: readonly string[], change: FilesystemChange): FilesystemChange =>
  change.Kind === ADDED && below.length > 0 && lookBelow(sys, below, change.Path) ? { ...change, Kind: MODIFIED } : change;

/** What the directory below had that the new one has not. */
function replaced(sys: Sys, { upper, below }: Place, path: string): readonly FilesystemChange[] {
  const names = new Set(below.flatMap((layer) => (isDirectory(sys, layer + path) ? namesIn(sys, layer + path) : [])));
  return [...names]
    .filter((name) => lookBelow(sys, below, `${path}/${name}`) && !exists(sys, `${upper}${path}/${name}`))
    .map((name) => ({ Path: `${path}/${name}`, Kind: DELETED }));
}
