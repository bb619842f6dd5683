/**
 * What was done on a machine, and where in it one stands. The line is everything that entered, in order; some entries begin a step,
 * which can be taken back. Going back leaves the rest of the line where it is: it can be gone forward again, until another step is made
 * there. Then what was left behind becomes a world of its own, so nothing is ever lost. No machine and no disk here: this is only a record.
 */
import type { Entry, Instant } from '../engine/machine/types.ts';

export interface Step {
  /** Its first entry's place in the line. */
  readonly index: number;
  readonly label: string;
  readonly at: Instant;
}

/** A line that is not the one being lived. */
export interface World {
  readonly id: number;
  readonly label: string;
  readonly entries: readonly Entry[];
  /** How far in time it was lived. */
  readonly end: Instant;
  /** Kept by itself when something else was done in its place; the oldest of these go first. */
  readonly isLeft: boolean;
}

/** So much of a line, lived until that instant. */
export interface Place {
  readonly count: number;
  readonly until: Instant;
}

/** All of it as plain data. */
export interface Record {
  readonly line: readonly Entry[];
  readonly live: number;
  readonly loose: readonly Entry[];
  readonly end: Instant;
  readonly worlds: readonly World[];
}

const LEFT_AT_MOST = 4;
const WORLDS_AT_MOST = 12;

export class History {
  #line: Entry[];
  #live: number;
  /** What entered after going back and is no step: a terminal opened anew. It is forgotten by going elsewhere. */
  #loose: Entry[];
  #end: Instant;
  #worlds: World[];
  #changedFrom = Number.POSITIVE_INFINITY;
  #steps: readonly Step[] | null = null;

  constructor({ line, live, loose, end, worlds }: Record = { line: [], live: 0, loose: [], end: 0n, worlds: [] }) {
    this.#line = [...line];
    this.#live = live;
    this.#loose = [...loose];
    this.#end = end;
    this.#worlds = [...worlds];
  }

  get line(): readonly Entry[] {
    return this.#line;
  }

  get worlds(): readonly World[] {
    return this.#worlds;
  }

  get steps(): readonly Step[] {
    this.#steps ??= this.#line.flatMap(({ step, at }, index) => (step === undefined ? [] : [{ index, label: step, at }]));
    return this.#steps;
  }

  /** How many steps were made where one stands. */
  get position(): number {
    return this.#isAtEnd ? this.steps.length : this.steps.filter(({ index }) => index < this.#live).length;
  }

  /** What the machine has taken. */
  get lived(): readonly Entry[] {
    return [...this.#line.slice(0, this.#live), ...this.#loose];
  }

  /** Whether the machine has taken the line's beginning and nothing else. */
  get isPlain(): boolean {
    return this.#loose.length === 0;
  }

  get live(): number {
    return this.#live;
  }

  get record(): Record {
    return { line: this.#line, live: this.#live, loose: this.#loose, end: this.#end, worlds: this.#worlds };
  }

  get #isAtEnd(): boolean {
    return this.#live === this.#line.length;
  }

  /** The first place of the line that is not as it was when this was asked last. */
  takeChanged(): number {
    const from = this.#changedFrom;
    this.#changedFrom = Number.POSITIVE_INFINITY;
    return from;
  }

  /** Writes something down that entered. Returns how much of the line is still as it was. */
  append(entry: Entry): number {
    const kept = this.#live;
    if (entry.step === undefined && !this.#isAtEnd) {
      this.#loose.push(entry);
      return this.#line.length;
    }
    if (!this.#isAtEnd) this.#leave();
    this.#cut(kept);
    this.#line.push(...this.#loose, entry);
    this.#loose = [];
    this.#live = this.#line.length;
    return kept;
  }

  /** What was left behind by going back becomes a world. */
  #leave(): void {
    const label = this.steps.find(({ index }) => index >= this.#live)?.label ?? '';
    this.#keep({ label, entries: this.#line.slice(), end: this.#end, isLeft: true });
  }

  #keep(world: Omit<World, 'id'>): number {
    const id = 1 + Math.max(0, ...this.#worlds.map((known) => known.id));
    this.#worlds.push({ id, ...world });
    const left = this.#worlds.filter(({ isLeft }) => isLeft);
    for (const old of left.slice(0, Math.max(0, left.length - LEFT_AT_MOST))) this.forget(old.id);
    while (this.#worlds.length > WORLDS_AT_MOST) this.#worlds.shift();
    return id;
  }

  #cut(count: number): void {
    this.#line.length = count;
    this.#steps = null;
    this.#changedFrom = Math.min(this.#changedFrom, count);
  }

  /** The place after so many steps. */
  placeOf(position: number): Place {
    const next = this.steps[position];
    return next ? { count: next.index, until: next.at } : { count: this.#line.length, until: this.#end };
  }

  /** Stands there; `now` is how far the machine that is left had lived. */
  goTo(position: number, now: Instant): void {
    this.leaveAt(now);
    this.#live = this.placeOf(position).count;
    this.#loose = [];
  }

  /** Remembers how far in time the line's end was lived, if one stands there. */
  leaveAt(now: Instant): void {
    if (this.#isAtEnd) this.#end = now;
  }

  /** A world of the line as far as one stands. Returns its id. */
  fork(label: string, now: Instant): number {
    return this.#keep({ label, entries: this.lived, end: now, isLeft: false });
  }

  /** Lives that world, and keeps the present line as one. */
  enter(id: number, label: string, now: Instant): boolean {
    const world = this.#worlds.find((known) => known.id === id);
    if (!world) return false;
    this.leaveAt(now);
    const present = { label, entries: this.#isAtEnd ? this.lived : this.#line.slice(), end: this.#end, isLeft: false };
    this.forget(id);
    this.#keep(present);
    this.#cut(0);
    this.#line.push(...world.entries);
    this.#live = this.#line.length;
    this.#loose = [];
    this.#end = world.end;
    return true;
  }

  forget(id: number): void {
    this.#worlds = this.#worlds.filter((known) => known.id !== id);
  }
}
