/** Journals on the reader's disk: one for each lab, written as inputs take effect. */
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { Entry, MachineSpec, StartFile } from '../engine/machine/types.ts';
import type { Record as HistoryRecord } from './history.ts';

/** What is left of a machine when a newer engine does not play its journal as it was played: its images and its user's files. */
export interface Snapshot {
  readonly images: readonly string[];
  readonly files: readonly StartFile[];
}

/** A journal's head: what machine it is, where in its line one stands, and the names that the page gave to its terminals. */
export interface Head extends Omit<HistoryRecord, 'line'> {
  readonly lab: string;
  /** Which run of this lab it is: a reset makes a new one, so that a late write of the old one is not mixed up with it. */
  readonly run: number;
  readonly spec: MachineSpec;
  readonly terminals: readonly string[];
  readonly snapshot?: Snapshot;
  /** After so many steps the machine came to rest: none of these can have hung it. */
  readonly settled?: number;
  /** How often it was begun to be played without coming to its end. */
  readonly attempts?: number;
}

export interface Saved {
  readonly head: Head;
  readonly line: readonly Entry[];
}

interface Schema extends DBSchema {
  heads: { key: string; value: Head };
  entries: { key: [string, number, number]; value: Entry };
}

const NAME = 'drydock';
const VERSION = 1;

export interface Store {
  load(lab: string): Promise<Saved | null>;
  /**
   * Makes the disk have this head, and `entries` as the line's end from `from` on, in one transaction: all of it or nothing.
   * Rejects when the disk is full. What an older run writes late is left out.
   */
  write(head: Head, from: number, entries: readonly Entry[]): Promise<void>;
  clear(lab: string): Promise<void>;
}

const rangeOf = (lab: string, run?: number, from = 0): IDBKeyRange =>
  IDBKeyRange.bound([lab, run ?? 0, from], [lab, run ?? Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER]);

async function write(db: IDBPDatabase<Schema>, head: Head, { from, entries }: { from: number; entries: readonly Entry[] }): Promise<void> {
  const transaction = db.transaction(['heads', 'entries'], 'readwrite');
  const [heads, lines] = [transaction.objectStore('heads'), transaction.objectStore('entries')];
  const stored = await heads.get(head.lab);
  // Another tab has reset this lab since: its journal is the one that counts.
  if (stored && stored.run > head.run) return transaction.done;
  await heads.put(head, head.lab);
  await lines.delete(rangeOf(head.lab, head.run, from));
  for (const [index, entry] of entries.entries()) await lines.put(entry, [head.lab, head.run, from + index]);
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
      const line = await db.getAll('entries', rangeOf(lab, head.run));
      // A head of an earlier layout stands at its line's end.
      return {
        head: { ...head, live: head.live ?? line.length, loose: head.loose ?? [], end: head.end ?? 0n, worlds: head.worlds ?? [] },
        line,
      };
    },
    write: (head, from, entries) => write(db, head, { from, entries }),
    clear: async (lab) => {
      await db.delete('heads', lab);
      await db.delete('entries', rangeOf(lab));
    },
  };
}
