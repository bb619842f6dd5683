/** The layer that a step has made: what is in its snapshot's own directory, without directories that only look touched. */
import type { Stat } from '../../../kernel/fs/types.ts';
import type { Sys } from '../../../kernel/sys.ts';
import { opaqueMarker, whiteoutOf } from '../../../oci/layer.ts';
import { type TarInput, writeTar } from '../../../oci/tar/write.ts';
import { exists, namesIn } from '../../files.ts';
import { isOpaque, tarEntry } from '../../snapshots/diff.ts';
import type { Snapshots } from '../../snapshots/snapshots.ts';

interface Reading {
  readonly sys: Sys;
  readonly upper: string;
  readonly lower: readonly string[];
  readonly seen: Map<number, string>;
  /** Times later than this are written as this. */
  readonly clampNs: bigint | undefined;
}

/** The layer as a tar, in the order of names, each with the directories it is in. */
export function layerTar(sys: Sys, snapshots: Snapshots, { key, clampNs }: { key: string; clampNs?: bigint | undefined }): Uint8Array {
  const [upper = '', ...lower] = snapshots.chain(key);
  return writeTar(entriesIn({ sys, upper, lower, seen: new Map(), clampNs }, ''));
}

function entriesIn(reading: Reading, path: string): readonly TarInput[] {
  const { sys, upper } = reading;
  return namesIn(sys, path === '' ? upper : `${upper}/${path}`).flatMap((name): readonly TarInput[] => {
    const here = path === '' ? name : `${path}/${name}`;
    const stat = sys.path.lstat(`${upper}/${here}`);
    if (stat.type === 'char-device' && stat.rdev === 0)
      return [clamped(reading, { name: whiteoutOf(here), mode: 0, mtimeNs: stat.mtimeNs })];
    if (stat.type === 'socket') return [];
    const own = clamped(reading, tarEntry(sys, { at: `${upper}/${here}`, name: here, stat, seen: reading.seen }));
    if (stat.type !== 'directory') return [own];
    const hides = isOpaque(sys, `${upper}/${here}`);
    const below = [...(hides ? [{ name: opaqueMarker(here), mode: 0 }] : []), ...entriesIn(reading, here)];
    return below.length === 0 && isSame(reading, here, stat) ? [] : [own, ...below];
  });
}

function clamped({ clampNs }: Reading, entry: TarInput): TarInput {
  return clampNs !== undefined && (entry.mtimeNs ?? 0n) > clampNs ? { ...entry, mtimeNs: clampNs } : entry;
}

/** A directory that looks as the one below it was only gone through. */
function isSame({ sys, lower }: Reading, path: string, { mode, uid, gid }: Stat): boolean {
  const below = lower.map((layer) => `${layer}/${path}`).find((at) => exists(sys, at));
  if (below === undefined) return false;
  const stat = sys.path.lstat(below);
  return stat.type === 'directory' && stat.mode === mode && stat.uid === uid && stat.gid === gid;
}
