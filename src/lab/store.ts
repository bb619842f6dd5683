/** Journals on the reader's disk: one for each lab, appended to as inputs take effect. */
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { Journal, MachineSpec } from '../engine/machine/types.ts';

export type Entry = Journal['entries'][number];

/** A journal's head: what machine it is, and the names that the page gave to its terminals. */
export interface Head {
  readonly lab: string;
  /** Which run of this lab it is: a reset makes a new one, so that a late write of the old one is not mixed up with it. */
  readonly run: number;
  readonly spec: MachineSpec;
  readonly terminals: readonly string[];
}

interface Schema extends DBSchema {
  heads: { key: string; value: Head };
  entries: { key: [string, number, number]; value: Entry };
}

const NAME = 'drydock';
const VERSION = 1;

export interface Store {
  load(lab: string): Promise<{ readonly head: Head; readonly entries: readonly Entry[] } | null>;
  /** Writes the head and appends entries at `from` in one transaction. Rejects when the disk is full. */
  append(head: Head, from: number, entries: readonly Entry[]): Promise<void>;
  clear(lab: string): Promise<void>;
}

const rangeOf = (lab: string): IDBKeyRange => IDBKeyRange.bound([lab, 0, 0], [lab, Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER]);

async function append(db: IDBPDatabase<Schema>, head: Head, { from, entries }: { from: number; entries: readonly Entry[] }): Promise<void> {
  const transaction = db.transaction(['heads', 'entries'], 'readwrite');
  const stored = await transaction.objectStore('heads').get(head.lab);
  // Another tab has reset this lab since: its journal is the one that counts.
  if (stored && stored.run > head.run) return transaction.done;
  await transaction.objectStore('heads').put(head, head.lab);
  for (const [index, entry] of entries.entries()) await transaction.objectStore('entries').put(entry, [head.lab, head.run, from + index]);
  return transaction.done;
}

export async function openStore(): Promise<Store> {
  const db = await openDB<Schema>(NAME, VERSION, {
    upgrade: (fresh) => {
      fresh.createObjectStore('heads');
      fresh.createObjectStore('entries');
    },
  });
  return {
    load: async (lab) => {
      const head = await db.get('heads', lab);
      if (!head) return null;
      return { head, entries: await db.getAll('entries', IDBKeyRange.bound([lab, head.run, 0], [lab, head.run, Number.MAX_SAFE_INTEGER])) };
    },
    append: (head, from, entries) => append(db, head, { from, entries }),
    clear: async (lab) => {
      await db.delete('heads', lab);
      await db.delete('entries', rangeOf(lab));
    },
  };
}
