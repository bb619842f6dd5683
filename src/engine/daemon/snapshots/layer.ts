/** The layer that a step or a container has made: what is in its snapshot's own directory, without what only looks touched. */
import type { Stat } from '../../kernel/fs/types.ts';
import type { Sys } from '../../kernel/sys.ts';
import { whiteoutOf } from '../../oci/layer.ts';
import { type TarInput, writeTar } from '../../oci/tar/write.ts';
import { exists, namesIn } from '../files.ts';
import { isSame, isWhiteout, lookBelow } from './below.ts';
import { isOpaque, tarEntry } from './diff.ts';
import type { Snapshots } from './snapshots.ts';

interface Reading {
  readonly sys: Sys;
  readonly upper: string;
  readonly lower: readonly string[];
  readonly seen: Map<number, string>;
  /** Times later than this are written as this. */
  readonly clampNs: bigint | undefined;
}

interface Place {
  readonly path: string;
  /** Nothing of the layers below shows through here: what they have and this one has not is written as taken away. */
  readonly isOpaque: boolean;
}

/** The layer as a tar, in the order of names, each with the directories it is in. */
export function layerTar(sys: Sys, snapshots: Snapshots, { key, clampNs }: { key: string; clampNs?: bigint | undefined }): Uint8Array {
  const [upper = '', ...lower] = snapshots.chain(key);
  return writeTar(entriesIn({ sys, upper, lower, seen: new Map(), clampNs }, { path: '', isOpaque: false }));
}

function entriesIn(reading: Reading, { path, isOpaque: hidesAll }: Place): readonly TarInput[] {
  const { sys, upper } = reading;
  const names = namesIn(sys, path === '' ? upper : `${upper}/${path}`);
  const gone = hidesAll ? namesBelow(reading, path).filter((name) => !names.includes(name)) : [];
  const whiteouts = gone.map((name) => clamped(reading, { name: whiteoutOf(`${path}/${name}`), mode: 0 }));
  const entries = names.flatMap((name): readonly TarInput[] => {
    const here = path === '' ? name : `${path}/${name}`;
    const stat = sys.path.lstat(`${upper}/${here}`);
    if (isWhiteout(stat)) return [clamped(reading, { name: whiteoutOf(here), mode: 0, mtimeNs: stat.mtimeNs })];
    if (stat.type === 'socket') return [];
    const isUntouched = looksSame(reading, here, stat);
    if (stat.type !== 'directory' && isUntouched) return [];
    const own = clamped(reading, tarEntry(sys, { at: `${upper}/${here}`, name: here, stat, seen: reading.seen }));
    if (stat.type !== 'directory') return [own];
    const below = entriesIn(reading, { path: here, isOpaque: hidesAll || isOpaque(sys, `${upper}/${here}`) });
    return below.length === 0 && isUntouched ? [] : [own, ...below];
  });
  return [...whiteouts, ...entries];
}

/** What the layers below show of a directory. */
function namesBelow({ sys, lower }: Reading, path: string): readonly string[] {
  const isThere = new Map<string, boolean>();
  const parts = path.split('/');
  for (const layer of lower) {
    const places = parts.map((_, i) => `${layer}/${parts.slice(0, i + 1).join('/')}`);
    const other = places.find((at) => exists(sys, at) && sys.path.lstat(at).type !== 'directory');
    if (other === undefined && exists(sys, `${layer}/${path}`))
      for (const name of namesIn(sys, `${layer}/${path}`)) {
        const { type, rdev } = sys.path.lstat(`${layer}/${path}/${name}`);
        if (!isThere.has(name)) isThere.set(name, type !== 'char-device' || rdev !== 0);
      }
    if (other !== undefined || places.some((at) => exists(sys, at) && isOpaque(sys, at))) break;
  }
  return [...isThere].filter(([, is]) => is).map(([name]) => name);
}

function clamped({ clampNs }: Reading, entry: TarInput): TarInput {
  return clampNs !== undefined && (entry.mtimeNs ?? 0n) > clampNs ? { ...entry, mtimeNs: clampNs } : entry;
}

/** What looks as it does below was only gone through, or set to what it was. */
function looksSame({ sys, lower }: Reading, path: string, stat: Stat): boolean {
  const was = lookBelow(sys, lower, `/${path}`);
  return was !== undefined && isSame(stat, was);
}
