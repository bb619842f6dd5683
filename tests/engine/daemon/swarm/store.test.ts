import { describe, expect, it } from 'vitest';
import { type AnyChange, ClusterStore } from '../../../../src/engine/daemon/swarm/store.ts';
import type { Sys } from '../../../../src/engine/kernel/sys.ts';
import { withEngine } from '../engine.ts';

const PATH = '/var/lib/docker/swarm/test/store.json';
const withStore = <T>(test: (store: ClusterStore, sys: Sys) => T): Promise<T> =>
  withEngine(async ({ sys }) => test(new ClusterStore(sys, PATH), sys));
const secret = (Name: string) => ({ spec: { Name, Labels: {} } });

describe('the store', () => {
  it('numbers transactions, and gives all that one wrote its number', async () => {
    const seen = await withStore((store) => {
      const [a, b] = store.write((tx) => [tx.create('secret', secret('a')), tx.create('secret', secret('b'))] as const);
      store.write((tx) => tx.update('secret', a.id, secret('c')));
      return [a.version, b.version, store.get('secret', a.id)?.version, store.index];
    });
    expect(seen).toEqual([1, 1, 2, 2]);
  });

  it('tells of a change once it is written', async () => {
    const told = await withStore((store) => {
      const changes: string[] = [];
      const nameOf = (one: AnyChange['after']): string => (one as { spec: { Name: string } } | undefined)?.spec.Name ?? '-';
      store.watch(({ kind, before, after }) => changes.push(`${kind} ${nameOf(before)} ${nameOf(after)} ${store.index}`));
      const { id } = store.write((tx) => tx.create('config', secret('a')));
      store.write((tx) => tx.update('config', id, secret('b')));
      store.write((tx) => tx.remove('config', id));
      store.write((tx) => tx.remove('config', id));
      return changes;
    });
    expect(told).toEqual(['config - a 1', 'config a b 2', 'config b - 3']);
  });

  it('reads again what it wrote', async () => {
    const seen = await withStore((store, sys) => {
      const { id } = store.write((tx) => tx.create('secret', secret('a')));
      const again = new ClusterStore(sys, PATH);
      return [again.index, again.get('secret', id)?.spec.Name, again.all('config').length];
    });
    expect(seen).toEqual([1, 'a', 0]);
  });
});
