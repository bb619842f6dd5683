/** `docker diff`: what the container's own layer says about the ones below. */
import type { ChangeKind, FilesystemChange } from '../../api-types/index.ts';
import type { Sys } from '../../kernel/sys.ts';
import type { Daemon } from '../daemon.ts';
import { exists, namesIn } from '../files.ts';
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

function walk(sys: Sys, { upper, below, path }: Place): readonly FilesystemChange[] {
  return namesIn(sys, upper + path).flatMap((name): readonly FilesystemChange[] => {
    const here = `${path}/${name}`;
    const stat = sys.path.lstat(upper + here);
    if (stat.type === 'char-device' && stat.rdev === 0) return [{ Path: here, Kind: DELETED }];
    const was = isBelow(sys, below, here);
    const inside = stat.type === 'directory' ? walk(sys, { upper, below, path: here }) : [];
    const gone = stat.type === 'directory' && isOpaque(sys, upper + here) ? hidden(sys, { upper, below, path: here }) : [];
    return [{ Path: here, Kind: was ? MODIFIED : ADDED }, ...gone, ...inside];
  });
}

/** What a directory that was made anew hides of the one that was there. */
function hidden(sys: Sys, { upper, below, path }: Place): readonly FilesystemChange[] {
  const names = new Set(below.flatMap((layer) => namesIn(sys, layer + path)));
  return [...names]
    .map((name) => `${path}/${name}`)
    .filter((here) => isBelow(sys, below, here) && !exists(sys, upper + here))
    .map((here) => ({ Path: here, Kind: DELETED }));
}

/** Whether the layers below show something there: the uppermost that says anything decides. */
function isBelow(sys: Sys, below: readonly string[], path: string): boolean {
  for (const layer of below) {
    if (!exists(sys, layer + path)) continue;
    const stat = sys.path.lstat(layer + path);
    return !(stat.type === 'char-device' && stat.rdev === 0);
  }
  return false;
}
