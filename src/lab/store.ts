/** Journals on the reader's disk: one for each lab, written as inputs take effect. */
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

/** Heads by their lab; entries by lab, run, and place in the line. */
const STORES = ['heads', 'entries'] as const;
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

const answered = <Value>(request: IDBRequest<Value>): Promise<Value> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

/** Both stores in one transaction; resolves when it is on the disk. Rejects, with nothing of it done, when that cannot be. */
async function change(db: IDBDatabase, make: (heads: IDBObjectStore, entries: IDBObjectStore) => Promise<void> | void): Promise<void> {
  const transaction = db.transaction(STORES, 'readwrite');
  const done = new Promise<void>((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
  });
  await Promise.all([done, make(transaction.objectStore('heads'), transaction.objectStore('entries'))]);
}

const write = (db: IDBDatabase, head: Head, { from, entries }: { from: number; entries: readonly Entry[] }): Promise<void> =>
  change(db, async (heads, lines) => {
    const stored = await answered<Head | undefined>(heads.get(head.lab));
    // Another tab has reset this lab since: its journal is the one that counts.
    if (stored && stored.run > head.run) return;
    heads.put(head, head.lab);
    lines.delete(rangeOf(head.lab, head.run, from));
    for (const [index, entry] of entries.entries()) lines.put(entry, [head.lab, head.run, from + index]);
  });

async function load(db: IDBDatabase, lab: string): Promise<Saved | null> {
  const transaction = db.transaction(STORES);
  const head = await answered<Head | undefined>(transaction.objectStore('heads').get(lab));
  if (!head) return null;
  const line = await answered<Entry[]>(transaction.objectStore('entries').getAll(rangeOf(lab, head.run)));
  // A head of an earlier layout stands at its line's end.
  return {
    head: { ...head, live: head.live ?? line.length, loose: head.loose ?? [], end: head.end ?? 0n, worlds: head.worlds ?? [] },
    line,
  };
}

export async function openStore(): Promise<Store> {
  const opening = indexedDB.open(NAME, VERSION);
  opening.onupgradeneeded = () => {
    for (const name of STORES) opening.result.createObjectStore(name);
  };
  const db = await answered(opening);
  return {
    load: (lab) => load(db, lab),
    write: (head, from, entries) => write(db, head, { from, entries }),
    clear: (lab) =>
      change(db, (heads, lines) => {
        heads.delete(lab);
        lines.delete(rangeOf(lab));
      }),
  };
}
