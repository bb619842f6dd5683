/** What is on the disk is what was done, whatever comes in between. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { Entry } from '../../src/engine/machine/types.ts';
import { History } from '../../src/lab/history.ts';
import { Saver } from '../../src/lab/saver.ts';
import type { Head, Saved, Store } from '../../src/lab/store.ts';
import { SPEC } from './living.ts';

const entry = (number: number): Entry => ({
  at: BigInt(number),
  input: { kind: 'type', terminal: 1, text: `${number}` },
  step: `${number}`,
});

interface Disk extends Store {
  readonly saved: Map<string, Saved>;
  /** Entries that fit; a write with more fails, and leaves what was there. */
  room: number;
  /** Holds writes up until it is called. */
  gate: Promise<void>;
}

function disk(): Disk {
  const saved = new Map<string, Saved>();
  const made: Disk = {
    saved,
    room: Number.POSITIVE_INFINITY,
    gate: Promise.resolve(),
    load: async (lab) => saved.get(lab) ?? null,
    write: async (head, from, entries) => {
      const copy = structuredClone({ head, entries });
      await made.gate;
      const stored = saved.get(head.lab);
      if (stored && stored.head.run > head.run) return;
      const kept = stored && stored.head.run === head.run ? stored.line.slice(0, from) : [];
      if (kept.length < from) throw new Error(`a hole before ${from}`);
      const line = [...kept, ...copy.entries];
      if (line.length > made.room) throw new DOMException('full', 'QuotaExceededError');
      saved.set(head.lab, { head: copy.head, line });
    },
    clear: async (lab) => void saved.delete(lab),
  };
  return made;
}

interface Tab {
  readonly history: History;
  readonly saver: Saver;
  readonly told: string[];
  /** How long it wanted to wait, each time, in milliseconds. */
  readonly waits: number[];
  /** Lets the gathering time pass. */
  tick(): Promise<void>;
  add(...numbers: readonly number[]): void;
}

function tab(store: Store | null, run = 1, history = new History()): Tab {
  let due: (() => void)[] = [];
  const told: string[] = [];
  const waits: number[] = [];
  const head = (): Head => {
    const { line: _line, ...rest } = history.record;
    return { lab: 'l', run, spec: SPEC, terminals: [], ...rest };
  };
  const saver = new Saver({
    ...{ store, head },
    line: () => history.line,
    takeChanged: () => history.takeChanged(),
    after: (ms, wake) => {
      waits.push(ms);
      due.push(wake);
      return () => {
        due = due.filter((one) => one !== wake);
      };
    },
    tell: (state) => told.push(state),
  });
  const settle = async (): Promise<void> => {
    for (let hop = 0; hop < 20; hop++) await undefined;
  };
  return {
    ...{ history, saver, told, waits },
    tick: async () => {
      for (const wake of due.splice(0)) wake();
      await settle();
    },
    add: (...numbers) => {
      for (const number of numbers) {
        history.append(entry(number));
        saver.changed();
      }
    },
  };
}

const texts = (saved: Saved | undefined): string[] => (saved?.line ?? []).map(({ step = '?' }) => step);

describe('saving', () => {
  let store: Disk;
  beforeEach(() => {
    store = disk();
  });

  it('writes the first change at once, then gathers for a moment, in order', async () => {
    const one = tab(store);
    one.add(1, 2);
    expect(one.waits).toEqual([0]);
    await one.tick();
    expect(texts(store.saved.get('l'))).toEqual(['1', '2']);
    one.add(3);
    one.add(4);
    expect(one.waits).toEqual([0, 150]);
    expect(texts(store.saved.get('l'))).toEqual(['1', '2']);
    await one.tick();
    expect(texts(store.saved.get('l'))).toEqual(['1', '2', '3', '4']);
    expect(one.told).toEqual(['saved', 'saved']);
    await one.tick();
    one.add(5);
    expect(one.waits).toEqual([0, 150, 150, 0]);
  });

  it('writes a command at once, though other changes are being gathered, or written', async () => {
    const one = tab(store);
    one.add(1);
    await one.tick();
    one.add(2);
    one.history.append(entry(3));
    one.saver.changed({ atOnce: true });
    expect(one.waits).toEqual([0, 150, 0]);
    await one.tick();
    expect(texts(store.saved.get('l'))).toEqual(['1', '2', '3']);
    let open = (): void => {};
    store.gate = new Promise((resolve) => {
      open = resolve;
    });
    one.add(4);
    await one.tick();
    one.history.append(entry(5));
    one.saver.changed({ atOnce: true });
    open();
    await one.tick();
    expect(one.waits.slice(3)).toEqual([150, 0]);
    await one.tick();
    expect(texts(store.saved.get('l'))).toEqual(['1', '2', '3', '4', '5']);
  });

  it('loses nothing that comes while a write is on its way', async () => {
    const one = tab(store);
    let open = (): void => {};
    store.gate = new Promise((resolve) => {
      open = resolve;
    });
    one.add(1);
    await one.tick();
    one.add(2, 3);
    await one.tick();
    expect(store.saved.size).toBe(0);
    open();
    await one.tick();
    await one.tick();
    expect(texts(store.saved.get('l'))).toEqual(['1', '2', '3']);
  });

  it('says that the disk is full, keeps what was there, and writes all when there is room', async () => {
    const one = tab(store);
    one.add(1, 2);
    await one.tick();
    store.room = 2;
    one.add(3);
    await one.tick();
    expect(one.told.at(-1)).toBe('unsaved');
    expect(texts(store.saved.get('l'))).toEqual(['1', '2']);
    one.add(4);
    store.room = 10;
    await one.tick();
    expect(one.told.at(-1)).toBe('saved');
    expect(texts(store.saved.get('l'))).toEqual(['1', '2', '3', '4']);
  });

  it('tries again by itself after a failure', async () => {
    const one = tab(store);
    store.room = 0;
    one.add(1);
    await one.tick();
    store.room = 10;
    await one.tick();
    expect(one.told).toEqual(['unsaved', 'saved']);
  });

  it('says so at once where nothing can be kept', async () => {
    const one = tab(null);
    one.add(1);
    await one.tick();
    await one.tick();
    expect(one.told).toEqual(['unsaved']);
  });

  it('writes where one stands, and cuts the line where another was begun', async () => {
    const one = tab(store);
    one.add(1, 2, 3);
    await one.tick();
    one.history.goTo(1, 99n);
    one.saver.changed();
    await one.tick();
    expect(texts(store.saved.get('l'))).toEqual(['1', '2', '3']);
    expect(store.saved.get('l')?.head).toMatchObject({ live: 1, end: 99n });
    one.add(4);
    await one.tick();
    expect(texts(store.saved.get('l'))).toEqual(['1', '4']);
    expect(store.saved.get('l')?.head.worlds.map(({ entries }) => entries.length)).toEqual([3]);
  });

  it('writes at once when it is told to: before another tab takes over', async () => {
    const one = tab(store);
    one.add(1);
    await one.saver.flush();
    const saved = store.saved.get('l');
    const other = tab(store, 1, new History({ line: saved?.line ?? [], live: 1, loose: [], end: 0n, worlds: [] }));
    other.add(2);
    await other.tick();
    expect(texts(store.saved.get('l'))).toEqual(['1', '2']);
    await one.tick();
    expect(one.told).toEqual(['saved']);
  });

  it('leaves out what a tab writes after another has begun afresh', async () => {
    const [old, fresh] = [tab(store, 1), tab(store, 2)];
    old.add(1);
    await old.tick();
    fresh.add(7);
    await fresh.tick();
    old.add(2);
    await old.tick();
    expect(texts(store.saved.get('l'))).toEqual(['7']);
  });

  it('has, after a crash at any moment, a beginning of what was done', async () => {
    const one = tab(store);
    for (let number = 1; number <= 20; number++) {
      one.add(number);
      if (number % 3 === 0) await one.tick();
      const line = texts(store.saved.get('l'));
      expect(line).toEqual(Array.from({ length: line.length }, (_, index) => `${index + 1}`));
    }
  });
});
