/** What is there, and how two worlds differ, as long as a reader can take it in: ids as Docker shows them, many files as a number. Pure. */
import type { Difference, Thing } from '../../lab/compare.ts';

/** So many files of a volume are named. */
const MOST_NAMED = 5;
const LONG_ID = /\b([0-9a-f]{12})[0-9a-f]{52}\b/g;

/** `14 files`. */
export type Count = (files: number) => string;

const short = (text: string): string => text.replace(LONG_ID, '$1');
const volumeOf = (file: string): string => file.slice(0, file.indexOf(':'));

/** The files of each volume that has too many to name them. */
function manyFiles<T extends { readonly kind: string; readonly name: string }>(all: readonly T[]): ReadonlyMap<string, readonly T[]> {
  const files = Map.groupBy(
    all.filter(({ kind }) => kind === 'file'),
    ({ name }) => volumeOf(name),
  );
  return new Map([...files].filter(([, of]) => of.length > MOST_NAMED));
}

export function foldThings(things: readonly Thing[], count: Count): readonly Thing[] {
  const many = manyFiles(things);
  return things
    .filter(({ kind, name }) => kind !== 'file' || !many.has(volumeOf(name)))
    .map(({ kind, name, is }) => {
      const files = kind === 'volume' ? many.get(name) : undefined;
      return { kind, name: short(name), is: short(files ? `${is}, ${count(files.length)}` : is) };
    });
}

/** The files of a volume that only one world has are told with it; those of one that both have, as one row. */
export function foldDifferences(differences: readonly Difference[], count: Count): readonly Difference[] {
  const many = manyFiles(differences);
  const on = (side: 'here' | 'there', files: readonly Difference[]): string | null => {
    const there = files.filter((file) => file[side] !== null).length;
    return there === 0 ? null : count(there);
  };
  const whole = differences.flatMap((row): readonly Difference[] => {
    const files = many.get(row.kind === 'file' ? volumeOf(row.name) : row.name);
    if (!files || (row.kind !== 'file' && row.kind !== 'volume')) return [row];
    const [here, there] = [on('here', files), on('there', files)];
    if (row.kind === 'volume') return [{ ...row, here: and(row.here, here), there: and(row.there, there) }];
    const isTold = differences.some(({ kind, name }) => kind === 'volume' && name === volumeOf(row.name));
    return isTold || row !== files[0] ? [] : [{ ...row, name: `${volumeOf(row.name)}:/`, here, there }];
  });
  return whole.map(({ kind, name, here, there }) => ({ kind, name: short(name), here: here && short(here), there: there && short(there) }));
}

const and = (is: string | null, more: string | null): string | null => (is === null || more === null ? is : `${is}, ${more}`);
