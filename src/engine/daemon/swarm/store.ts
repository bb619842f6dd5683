/**
 * The cluster's store: every object by its kind and id, written in transactions. Each transaction has a number, the version of all that
 * it wrote; whoever watches is told of each change. With one manager the log has one reader: raft's part is the numbering and that the
 * objects are on the disk when a transaction is over. Upstream: swarmkit manager/state/store.
 */
import type { Sys, TaskQueue } from '../../kernel/sys.ts';
import { mkdirAll, parentOf, readJson, writeWhole } from '../files.ts';
import { newSwarmId } from './ids.ts';
import type { Kind, Kinds, Meta } from './objects.ts';
import type { FromManager } from './session/messages.ts';

export interface Change<K extends Kind = Kind> {
  readonly kind: K;
  readonly before: Kinds[K] | undefined;
  readonly after: Kinds[K] | undefined;
}
/** A change of any kind, told apart by it. */
export type AnyChange = { [K in Kind]: Change<K> }[Kind];

type Content<K extends Kind> = Omit<Kinds[K], keyof Meta>;

export interface Transaction {
  create<K extends Kind>(kind: K, content: Content<K> & { readonly id?: string }): Kinds[K];
  /** Changes some of an object that is there; one that is not stays absent. */
  update<K extends Kind>(kind: K, id: string, change: Partial<Content<K>>): void;
  remove(kind: Kind, id: string): void;
}

const KINDS: readonly Kind[] = ['cluster', 'node', 'service', 'task', 'network', 'secret', 'config'];

interface Saved {
  readonly index: number;
  readonly objects: { readonly [K in Kind]: readonly Kinds[K][] };
}

export class ClusterStore {
  readonly #sys: Sys;
  readonly #path: string;
  readonly #tables: { readonly [K in Kind]: Map<string, Kinds[K]> };
  readonly #watchers = new Set<(change: AnyChange) => void>();
  #index: number;
  #open: AnyChange[] | undefined;
  /** Woken after each transaction. */
  readonly changed: TaskQueue;

  /** Reads what an earlier dockerd wrote to this file. */
  constructor(sys: Sys, path: string) {
    this.#sys = sys;
    this.#path = path;
    this.changed = sys.queue();
    const saved = readJson(sys, path) as Saved | undefined;
    this.#index = saved?.index ?? 0;
    const table = <K extends Kind>(kind: K): Map<string, Kinds[K]> => new Map((saved?.objects[kind] ?? []).map((one) => [one.id, one]));
    this.#tables = {
      cluster: table('cluster'),
      node: table('node'),
      service: table('service'),
      task: table('task'),
      network: table('network'),
      secret: table('secret'),
      config: table('config'),
    };
  }

  /** The number of the last transaction. */
  get index(): number {
    return this.#index;
  }

  /** In the order of their creation. */
  all<K extends Kind>(kind: K): readonly Kinds[K][] {
    return [...this.#tables[kind].values()];
  }

  get<K extends Kind>(kind: K, id: string): Kinds[K] | undefined {
    return this.#tables[kind].get(id);
  }

  tasksOf(serviceId: string): readonly Kinds['task'][] {
    return this.all('task').filter((task) => task.serviceId === serviceId);
  }

  /** The one cluster that there is. */
  cluster(): Kinds['cluster'] | undefined {
    return this.all('cluster')[0];
  }

  watch(told: (change: AnyChange) => void): void {
    this.#watchers.add(told);
  }

  /** Everything written inside has one version; a transaction inside another is part of it. Nothing is written if `body` throws first. */
  write<T>(body: (tx: Transaction) => T): T {
    if (this.#open !== undefined) return body(this.#transaction());
    const changes: AnyChange[] = [];
    this.#open = changes;
    try {
      return body(this.#transaction());
    } finally {
      this.#open = undefined;
      if (changes.length > 0) this.#commit(changes);
    }
  }

  /** In a copy of some of the store: objects as they are there, and which of them are gone. */
  take({ isAll, objects, gone }: Extract<FromManager, { say: 'assigned' }>): void {
    const changes: AnyChange[] = [];
    const present = new Set(objects.map(({ kind, object }) => `${kind} ${object.id}`));
    const others = KINDS.flatMap((kind) => this.all(kind).map(({ id }) => [kind, id] as const));
    const removed = isAll ? others.filter(([kind, id]) => !present.has(`${kind} ${id}`)) : gone;
    for (const [kind, id] of removed) {
      const before = this.#tables[kind].get(id);
      this.#tables[kind].delete(id);
      if (before !== undefined) changes.push({ kind, before, after: undefined } as AnyChange);
    }
    for (const { kind, object } of objects) {
      changes.push({ kind, before: this.#tables[kind].get(object.id), after: object } as AnyChange);
      (this.#tables[kind] as Map<string, typeof object>).set(object.id, object);
    }
    if (changes.length > 0) this.#commit(changes);
  }

  #commit(changes: readonly AnyChange[]): void {
    this.#index += 1;
    this.#save();
    for (const change of changes) for (const told of this.#watchers) told(change);
    this.changed.wake();
  }

  #transaction(): Transaction {
    const now = String(this.#sys.clock.nowNs());
    const version = this.#index + 1;
    return {
      create: (kind, content) => {
        const made = { id: newSwarmId(this.#sys), ...content, version, createdNs: now, updatedNs: now } as unknown as Kinds[typeof kind];
        this.#put(kind, undefined, made);
        return made;
      },
      update: (kind, id, change) => {
        const before = this.#tables[kind].get(id);
        if (before !== undefined) this.#put(kind, before, { ...before, ...change, version, updatedNs: now });
      },
      remove: (kind, id) => {
        const before = this.#tables[kind].get(id);
        if (before === undefined) return;
        this.#tables[kind].delete(id);
        this.#open?.push({ kind, before, after: undefined } as AnyChange);
      },
    };
  }

  #put<K extends Kind>(kind: K, before: Kinds[K] | undefined, after: Kinds[K]): void {
    this.#tables[kind].set(after.id, after);
    this.#open?.push({ kind, before, after } as unknown as AnyChange);
  }

  #save(): void {
    mkdirAll(this.#sys, parentOf(this.#path), 0o700);
    const objects = Object.fromEntries(KINDS.map((kind) => [kind, this.all(kind)]));
    writeWhole(this.#sys, this.#path, JSON.stringify({ index: this.#index, objects }));
  }
}
