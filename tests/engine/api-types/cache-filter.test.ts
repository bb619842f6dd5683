import { describe, expect, it } from 'vitest';
import { type FilteredRecord, meansRecord } from '../../../src/engine/api-types/cache-filter.ts';

const record: FilteredRecord = {
  ...{ id: 'abc123', parents: ['p1', 'p2'], type: 'regular', description: 'mount / from exec /bin/sh -c true' },
  ...{ isInUse: true, isMutable: false },
};
const means = (filters: Readonly<Record<string, string>>): boolean =>
  meansRecord(new Map(Object.entries(filters).map(([name, value]) => [name, [value]])), record);

describe('filters of the build cache', () => {
  it('compare what has a text, and find a part of an id', () => {
    expect([means({ type: 'regular' }), means({ type: 'reg' }), means({ 'type!': 'regular' })]).toEqual([true, false, false]);
    expect([means({ id: 'bc1' }), means({ id: '^c' })]).toEqual([true, false]);
    expect([means({ 'description~': 'exec .*true$' }), means({ 'description~': 'false' })]).toEqual([true, false]);
  });

  it('ask of a mark only whether it is there: a text is never equal to it', () => {
    expect([means({ inuse: '' }), means({ mutable: '' }), means({ immutable: '' })]).toEqual([true, false, true]);
    expect([means({ inuse: 'true' }), means({ 'inuse!': 'true' })]).toEqual([false, true]);
  });

  it('know no such thing as what it is not called, and take a broken expression by its letters', () => {
    expect([means({ nosuch: '' }), means({ shared: '' }), means({ private: '' })]).toEqual([false, false, true]);
    expect([means({ 'description~': '(' }), means({ 'description~': '[' })]).toEqual([false, false]);
  });

  it('all have to agree, and of several values of one any', () => {
    expect(meansRecord(new Map([['id', ['zzz', 'abc']]]), record)).toBe(true);
    expect(meansRecord(new Map([['id', []]]), record)).toBe(true);
    expect([means({ type: 'regular', inuse: '' }), means({ type: 'regular', mutable: '' }), means({})]).toEqual([true, false, true]);
  });
});
