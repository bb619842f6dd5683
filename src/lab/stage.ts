/**
 * The machine that is lived with, its history, and the crew behind it: what a worker holds. Going elsewhere is taking another machine
 * onto the stage. What is asked of it comes one after the other.
 */
import { type Pacer, pace, type Session } from '../engine/machine/session.ts';
import type { Entry, Input, Instant, Keyboard, Look, Machine, Output, TerminalId } from '../engine/machine/types.ts';
import { type AdvanceOptions, advance, Crew, type Runner, runnerOf } from './crew.ts';
import type { History, Place } from './history.ts';
import type { Screens } from './screens.ts';

/** How far behind the followers are, in steps. */
const LAGS = [1, 8, 64];

export interface StageOptions {
  readonly history: History;
  readonly create: () => Promise<Machine>;
  readonly pacer: Pacer;
  /** Of the machine on the stage, as it is lived. */
  readonly onOutput: (output: Output) => void;
  readonly onEvent: (line: string | null) => void;
  /** The machine on the stage has lived up to now. */
  readonly onPass?: () => void;
  /** The history has changed. */
  readonly onChange: () => void;
  readonly onFault: (error: unknown) => void;
}

/** Something of a line as somebody else sees it: a machine that only is looked at. */
export interface Seen {
  readonly screens: Screens;
  readonly until?: Instant;
}

export class Stage {
  readonly history: History;
  readonly #options: StageOptions;
  readonly #crew: Crew;
  #runner: Runner | null = null;
  #session: Session | null = null;
  /** Looked at instead of the machine on the stage. */
  #peeked: Runner | null = null;
  #seen: Seen | null = null;
  readonly #watched = new WeakSet<Machine>();

  constructor(options: StageOptions) {
    this.history = options.history;
    this.#options = options;
    this.#crew = new Crew(options.create);
  }

  get session(): Session {
    if (!this.#session) throw new Error('nothing is on the stage');
    return this.#session;
  }

  get screens(): Screens {
    if (!this.#runner) throw new Error('nothing is on the stage');
    return this.#runner.screens;
  }

  /** What is shown: the machine on the stage, or as much of another as is looked at. */
  get seen(): Seen {
    return this.#seen ?? { screens: this.screens };
  }

  /** How far the followers are. */
  get followers(): readonly number[] {
    return this.#crew.played;
  }

  /** Plays what was lived, and lets the machine go on from there. False if it was stopped on the way. Throws OtherMachine. */
  async open(options: AdvanceOptions = {}): Promise<boolean> {
    const { lived, position } = this.history;
    const runner = runnerOf(await this.#options.create());
    const until = max(lived.at(-1)?.at ?? 0n, this.history.placeOf(position).until);
    const isDone = await advance(runner, lived, { count: lived.length, until }, options);
    if (isDone) this.#enter(runner);
    return isDone;
  }

  /** Something enters the machine. With `step` it begins a step of that name. Whoever looks elsewhere goes there first. */
  input(event: Input, step?: string): void {
    this.session.input(event, step);
  }

  /** Whether the terminal is there in the machine on the stage. */
  hasTerminal(id: TerminalId): boolean {
    return this.history.lived.some(({ input }) => input.kind === 'open-terminal' && input.terminal === id);
  }

  look(target: string): Promise<Look> {
    return (this.#peeked?.machine ?? this.session.machine).look(target);
  }

  /** How the terminal that is shown is listened to. */
  keyboard(id: TerminalId): Keyboard | null {
    return (this.#peeked?.machine ?? this.session.machine).keyboard(id);
  }

  /** Stands after so many steps. */
  async goTo(position: number): Promise<void> {
    await this.#leave();
    this.history.goTo(position, this.#now);
    await this.#take(this.history.placeOf(position));
  }

  /** Lives another world; the present one is kept by that name. */
  async enterWorld(id: number, label: string): Promise<boolean> {
    await this.#leave();
    const isKnown = this.history.enter(id, label, this.#now);
    if (isKnown) this.#crew.clear();
    await this.#take(isKnown ? this.#placeOfEnd() : this.history.placeOf(this.history.position));
    return isKnown;
  }

  fork(label: string): number {
    const id = this.history.fork(label, this.#now);
    this.#options.onChange();
    return id;
  }

  /** Shows how it was after so many steps, without going there; null shows what is. */
  async peek(position: number | null): Promise<void> {
    if (this.#peeked) this.#crew.add(this.#peeked);
    this.#peeked = this.#seen = null;
    if (position === null) return;
    const place = this.history.placeOf(position);
    this.#peeked = await this.#crew.take(this.history.line, place);
    if (this.#peeked) this.#seen = { screens: this.#peeked.screens, until: place.until };
  }

  /** A machine of another world, only to be looked at. */
  async visit(entries: readonly Entry[], until: Instant): Promise<Machine> {
    const runner = runnerOf(await this.#options.create());
    await advance(runner, entries, { count: entries.length, until });
    return runner.machine;
  }

  /** Brings the followers nearer. Comes back as soon as `stop` says so. */
  async tend(stop: () => boolean): Promise<void> {
    const { history } = this;
    const behind = LAGS.map((lag) => history.position - lag).filter((position) => position >= 0);
    const ahead = history.live < history.line.length ? [history.position + 1, history.steps.length] : [];
    await this.#crew.tend(
      history.line,
      [...behind, ...new Set(ahead)].map((position) => history.placeOf(position)),
      stop,
    );
  }

  async close(): Promise<void> {
    await this.#session?.close();
    this.history.leaveAt(this.#now);
  }

  get #now(): Instant {
    return this.#runner?.machine.now() ?? 0n;
  }

  #placeOfEnd(): Place {
    return this.history.placeOf(this.history.steps.length);
  }

  async #leave(): Promise<void> {
    await this.peek(null);
    await this.#session?.close();
    const runner = this.#runner;
    // A machine that has taken more than the line has is nobody's follower.
    if (runner && this.history.isPlain) {
      runner.played = this.history.live;
      this.#crew.add(runner);
    }
  }

  async #take(place: Place): Promise<void> {
    const runner = await this.#crew.take(this.history.line, place);
    if (runner) this.#enter(runner);
    this.#options.onChange();
  }

  #enter(runner: Runner): void {
    const { pacer, onOutput, onEvent, onFault, onPass } = this.#options;
    const { machine } = runner;
    this.#runner = runner;
    if (!this.#watched.has(machine)) machine.onEvent((line) => (this.#runner?.machine === machine ? onEvent(line) : undefined));
    this.#watched.add(machine);
    this.#session = pace(machine, this.history.lived, {
      ...{ pacer, onOutput, onFault },
      ...(onPass ? { onPass } : {}),
      onEntry: (entry) => this.#write(entry),
    });
  }

  #write(entry: Entry): void {
    this.#crew.keepUpTo(this.history.append(entry));
    this.#options.onChange();
  }
}

const max = (a: Instant, b: Instant): Instant => (a > b ? a : b);
