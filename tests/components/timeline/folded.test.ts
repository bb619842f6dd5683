/** A database's volume has hundreds of files, and an anonymous one a name of 64 digits: neither may drown what differs. */
import { describe, expect, it } from 'vitest';
import { foldDifferences, foldThings } from '../../../src/components/timeline/folded.ts';
import type { Difference, Thing } from '../../../src/lab/compare.ts';

const ID = '0123456789ab'.padEnd(64, 'f');
const count = (files: number): string => `${files} files`;
const files = (volume: string, many: number): readonly Thing[] =>
  Array.from({ length: many }, (_, at): Thing => ({ kind: 'file', name: `${volume}:/${at}`, is: '1 B' }));
const only = (side: 'here' | 'there', things: readonly Thing[]): readonly Difference[] =>
  things.map(({ kind, name, is }) => ({ kind, name, here: side === 'here' ? is : null, there: side === 'there' ? is : null }));

describe('what is there', () => {
  it('names few files and counts many, under short names', () => {
    const things: readonly Thing[] = [
      { kind: 'container', name: 'db', is: `postgres, running, volume ${ID} → /data` },
      { kind: 'volume', name: ID, is: 'local' },
      ...files(ID, 9),
      { kind: 'volume', name: 'notes', is: 'local' },
      ...files('notes', 1),
    ];
    expect(foldThings(things, count).map(({ kind, name, is }) => `${kind} ${name}: ${is}`)).toEqual([
      'container db: postgres, running, volume 0123456789ab → /data',
      'volume 0123456789ab: local, 9 files',
      'volume notes: local',
      'file notes:/0: 1 B',
    ]);
  });
});

describe('what differs', () => {
  const volume = (name: string): Thing => ({ kind: 'volume', name, is: 'local' });

  it('tells the files of a volume that only one has with it', () => {
    expect(foldDifferences(only('there', [volume('dbdata'), ...files('dbdata', 12)]), count)).toEqual([
      { kind: 'volume', name: 'dbdata', here: null, there: 'local, 12 files' },
    ]);
  });

  it('tells many files of a volume that both have in one row, with how many each has', () => {
    const rows = [...only('here', files('both', 2)), ...only('there', files('both', 4))];
    expect(foldDifferences(rows, count)).toEqual([{ kind: 'file', name: 'both:/', here: '2 files', there: '4 files' }]);
  });

  it('leaves few as they are', () => {
    const rows = only('there', [volume('dbdata'), ...files('dbdata', 2)]);
    expect(foldDifferences(rows, count)).toEqual(rows);
  });
});
