/**
 * Machines that follow a line at a distance, so that going back is taking one of them instead of playing everything again. They are
 * advanced when nobody is busy. Each has played exactly the line's first so many entries, and nothing else.
 */
import { digestOf } from '../engine/machine/session.ts';
import type { Entry, Machine } from '../engine/machine/types.ts';
import type { Place } from './history.ts';
import { Screens } from './screens.ts';

export interface Runner {
  readonly machine: Machine;
  readonly screens: Screens;
  /** How many entries of the line. */
  played: number;
}

/** The machine did not print what it had printed when that entry entered: it is not the same one. */
export class OtherMachine extends Error {
  override readonly name = 'OtherMachine';
  readonly entry: number;

  constructor(entry: number) {
    super(`the journal plays differently from entry ${entry} on`);
    this.entry = entry;
  }
}

export interface AdvanceOptions {
  /** Asked at every tick: leave off here? The runner stays where it is, and can go on later. */
  readonly stop?: () => boolean;
  readonly onProgress?: (played: number) => void;
}

export function runnerOf(machine: Machine): Runner {
  return { machine, screens: new Screens(machine), played: 0 };
}

/** Brings a runner to that place. False if it was stopped on the way. Throws OtherMachine. */
export async function advance(runner: Runner, line: readonly Entry[], place: Place, options: AdvanceOptions = {}): Promise<boolean> {
  const { stop, onProgress } = options;
  const { machine } = runner;
  while (runner.played < place.count) {
    const entry = line[runner.played];
    if (!entry) break;
    if ((await machine.run(entry.at, stop ? { stop } : {})) === 'stopped') return false;
    if (entry.digest !== undefined && entry.digest !== digestOf(machine)) throw new OtherMachine(runner.played);
    machine.input(entry.input);
    runner.played += 1;
    onProgress?.(runner.played);
  }
  if (machine.now() >= place.until) return true;
  return (await machine.run(place.until, stop ? { stop } : {})) !== 'stopped';
}

export class Crew {
  readonly #create: () => Promise<Machine>;
  #runners: Runner[] = [];

  constructor(create: () => Promise<Machine>) {
    this.#create = create;
  }

  get played(): readonly number[] {
    return this.#runners.map(({ played }) => played).sort((a, b) => a - b);
  }

  /** Takes a machine in that has played the line's beginning. */
  add(runner: Runner): void {
    this.#runners.push(runner);
  }

  /** The line has changed from there on: whoever has played more of it is of no use. */
  keepUpTo(count: number): void {
    this.#runners = this.#runners.filter(({ played }) => played <= count);
  }

  clear(): void {
    this.#runners = [];
  }

  /** A machine at that place: the nearest follower, brought there, or a new one. It is the crew's no more. Throws OtherMachine. */
  async take(line: readonly Entry[], place: Place, options: AdvanceOptions = {}): Promise<Runner | null> {
    const runner = this.#nearest(line, place) ?? runnerOf(await this.#create());
    this.#runners = this.#runners.filter((one) => one !== runner);
    if (await advance(runner, line, place, options)) return runner;
    this.add(runner);
    return null;
  }

  #nearest(line: readonly Entry[], { count, until }: Place, among: readonly Runner[] = this.#runners): Runner | undefined {
    // One that has lived past its next entry cannot take it any more.
    const canTake = ({ played, machine }: Runner): boolean =>
      played <= count && machine.now() <= (played < count ? (line[played]?.at ?? until) : until);
    return among.filter(canTake).sort((a, b) => b.played - a.played || Number(b.machine.now() - a.machine.now()))[0];
  }

  /** Brings a follower to each of the places, the farthest behind first, and lets the others go. Left off when `stop` says so. */
  async tend(line: readonly Entry[], places: readonly Place[], stop: () => boolean): Promise<void> {
    const free = new Set(this.#runners);
    for (const place of [...places].sort((a, b) => a.count - b.count)) {
      if (stop()) return;
      const known = this.#nearest(line, place, [...free]);
      const runner = known ?? runnerOf(await this.#create());
      if (!known) this.add(runner);
      free.delete(runner);
      if (!(await advance(runner, line, place, { stop }))) return;
    }
    this.#runners = this.#runners.filter((runner) => !free.has(runner));
  }
}
