/** What a worker does for its page: one lab's stage, its terminals by the page's names, its requests, its saving. */

import type { Pacer } from '../engine/machine/session.ts';
import { epochOf } from '../engine/machine/spec.ts';
import type { Host, Machine, MachineSpec, Output, TerminalId } from '../engine/machine/types.ts';
import { History } from './history.ts';
import { createRequests, isLook, type Requests } from './http.ts';
import type { LabState, Notice, StateDetail, ToPage, ToWorker } from './protocol.ts';
import type { Restored } from './restore.ts';
import { Saver } from './saver.ts';
import { snapshotOf } from './snapshot.ts';
import { Stage } from './stage.ts';
import type { Head, Snapshot, Store } from './store.ts';

export interface RoomOptions {
  readonly lab: string;
  readonly run: number;
  readonly store: Store | null;
  readonly host: Host;
  readonly create: (spec: MachineSpec) => Promise<Machine>;
  readonly pacer: Pacer;
  readonly post: (message: ToPage) => void;
  readonly onFault: (error: unknown) => void;
}

type Message<K extends ToWorker['kind']> = Extract<ToWorker, { kind: K }>;

/** The followers are brought nearer when nobody has done anything for so long. */
const TEND_AFTER_MS = 400;
/** What lets the machine on the stage go on, and no other. */
const GOES_ON: ReadonlySet<ToWorker['kind']> = new Set<ToWorker['kind']>(['type', 'resize', 'terminal', 'script', 'http', 'http-cancel']);

export class Room {
  readonly #options: RoomOptions;
  readonly #saver: Saver;
  #stage: Stage | null = null;
  #spec: MachineSpec | null = null;
  #requests: Requests | null = null;
  /** Terminals by the page's names; the id is the place in the list, from 1. */
  #terminals: string[] = [];
  /** The last that was typed at each, and what the page knows of how each is listened to. */
  readonly #typed = new Map<TerminalId, number>();
  readonly #told = new Map<TerminalId, string>();
  /** Those that a page has on it now. */
  readonly #shown = new Map<string, Message<'terminal'>['size']>();
  /** The number of the next script's job: above those of the journal. */
  #nextJob = 1;
  /** Jobs by number, and the page's requests that wait for them. Those of a journal have nobody who waits. */
  readonly #scripts = new Map<number, number>();
  #peeked: number | null = null;
  #isTelling = false;
  #tending: Promise<void> | null = null;
  #isBusy = false;
  #cancelTend = (): void => {};
  #settled = 0;
  #snapshot: { readonly steps: number; readonly taken: Snapshot } | null = null;

  constructor(options: RoomOptions) {
    this.#options = options;
    this.#saver = new Saver({
      store: options.store,
      head: () => this.#head(),
      line: () => this.stage.history.line,
      takeChanged: () => this.stage.history.takeChanged(),
      after: (ms, wake) => options.pacer.after(ms, wake),
      tell: (state, message) => this.#tell(state, message === undefined ? {} : { message }),
    });
  }

  get stage(): Stage {
    if (!this.#stage) throw new Error('the room is empty');
    return this.#stage;
  }

  /** A stage whose machine tells this room's page what it prints. */
  readonly stageOf = (spec: MachineSpec, history = new History()): Stage =>
    new Stage({
      history,
      create: () => this.#options.create(spec),
      pacer: this.#options.pacer,
      onOutput: (output) => this.#pass(output),
      onEvent: (line) => this.#requests?.event(line),
      onPass: () => this.#tellKeyboards(),
      onChange: () => this.#changed(),
      onFault: this.#options.onFault,
    });

  /** Takes in what was restored, or a fresh stage; the page is shown what is there. */
  furnish({ stage, spec, terminals }: Restored): void {
    this.#stage = stage;
    this.#spec = spec;
    this.#terminals = [...terminals];
    this.#nextJob = 1 + stage.history.lived.reduce((most, { input }) => (input.kind === 'run' ? Math.max(most, input.job) : most), 0);
    this.#enterScene();
    this.#changed();
  }

  /** Everything that a page may ask. Resolves when it is done; one comes after the other. */
  async handle(message: ToWorker): Promise<void> {
    const isQuiet = message.kind === 'http' && isLook(message);
    if (!isQuiet) await this.#interrupt(message);
    await this.#do(message);
    if (!isQuiet) this.#tendSoon();
  }

  /** Everything is written down, and the machine stands still. */
  async close(): Promise<void> {
    // First what was lived: whoever waits for the lab may lose patience with what comes after.
    await this.#saver.flush();
    await this.#interrupt();
    await this.#stage?.close();
    await this.#saver.flush();
  }

  async #do(message: ToWorker): Promise<void> {
    switch (message.kind) {
      case 'terminal':
        return this.#terminal(message);
      case 'type':
        await this.#arrive();
        this.#typed.set(message.terminal, message.serial);
        return this.stage.input({ kind: 'type', terminal: message.terminal, text: message.text }, message.step);
      case 'resize':
        if (this.stage.hasTerminal(message.terminal)) this.stage.input({ kind: 'resize', terminal: message.terminal, size: message.size });
        return;
      case 'script':
        await this.#arrive();
        return this.#script(message);
      case 'http':
        if (!isLook(message)) await this.#arrive();
        return this.#requests?.start(message);
      case 'http-cancel':
        return this.#requests?.cancel(message.request);
      case 'go':
        return this.#go(message.position);
      case 'peek':
        return this.#peek(message.position);
      default:
        return this.#doWithWorlds(message);
    }
  }

  async #doWithWorlds(message: ToWorker): Promise<void> {
    const { stage } = this;
    switch (message.kind) {
      case 'fork':
        stage.fork(message.label);
        return;
      case 'forget-world':
        stage.history.forget(message.world);
        return this.#changed();
      case 'enter-world':
        this.#peeked = null;
        await stage.enterWorld(message.world, message.label);
        return this.#enterScene();
      case 'compare':
        return this.#compare(message);
      case 'export':
        return this.#export(message);
    }
  }

  #terminal({ name, size }: Message<'terminal'>): void {
    this.#shown.set(name, size);
    if (!this.#terminals.includes(name)) this.#terminals.push(name);
    const id = this.#terminals.indexOf(name) + 1;
    // In the past nothing is opened; its screen stays empty.
    if (!this.stage.hasTerminal(id) && this.#peeked === null) this.stage.input({ kind: 'open-terminal', terminal: id, size });
    else if (this.#peeked === null) this.stage.input({ kind: 'resize', terminal: id, size });
    this.#options.post({ kind: 'terminal', name, terminal: id });
  }

  #script({ request, line }: Message<'script'>): void {
    const job = this.#nextJob++;
    this.#scripts.set(job, request);
    this.stage.input({ kind: 'run', job, argv: ['sh', '-c', line] }, line);
  }

  async #go(position: number): Promise<void> {
    this.#peeked = null;
    if (position !== this.stage.history.position) await this.stage.goTo(position);
    this.#enterScene();
  }

  async #peek(position: number | null): Promise<void> {
    const isHere = position === null || position === this.stage.history.position;
    this.#peeked = isHere ? null : position;
    await this.stage.peek(this.#peeked);
    this.#enterScene();
  }

  /** Whoever acts in the past is there. */
  async #arrive(): Promise<void> {
    if (this.#peeked !== null) await this.#go(this.#peeked);
  }

  /** Shows the page what is on the stage, or what is looked at, from the beginning. */
  #enterScene(): void {
    const { post } = this.#options;
    const { stage } = this;
    const seen = stage.seen;
    this.#requests?.close();
    post({ kind: 'scene' });
    this.#told.clear();
    const { session } = stage;
    this.#requests = createRequests({
      dial: (to) => session.dialer.dial(to),
      look: (target) => stage.look(target),
      onStep: (label) => session.beginStep(label),
      post,
    });
    for (const [index, name] of this.#terminals.entries()) {
      const id: TerminalId = index + 1;
      const size = this.#shown.get(name);
      if (this.#peeked === null && !stage.hasTerminal(id)) {
        if (!size) continue;
        stage.input({ kind: 'open-terminal', terminal: id, size });
      }
      post({ kind: 'terminal', name, terminal: id });
      const bytes = seen.screens.bytes(id, seen.until);
      if (bytes.length > 0) post({ kind: 'output', terminal: id, bytes });
      const status = seen.until === undefined ? seen.screens.statusOf(id) : null;
      if (status !== null) post({ kind: 'closed', terminal: id, status });
    }
    this.#tellTimeline();
    this.#tell(this.#peeked === null ? 'running' : 'past');
    this.#tellKeyboards();
  }

  #tellKeyboards(): void {
    if (!this.#stage) return;
    for (const name of this.#shown.keys()) {
      const terminal = this.#terminals.indexOf(name) + 1;
      const keyboard = this.stage.keyboard(terminal);
      if (!keyboard) continue;
      const serial = this.#typed.get(terminal) ?? 0;
      const told = `${serial} ${keyboard.isAwaited} ${keyboard.isRaw}`;
      if (this.#told.get(terminal) === told) continue;
      this.#told.set(terminal, told);
      this.#options.post({ kind: 'keyboard', terminal, keyboard, serial });
    }
  }

  #pass(output: Output): void {
    const { post } = this.#options;
    if (output.kind === 'job-done') this.#finish(output.job, output.status);
    if (this.#peeked !== null) return;
    // Whether that was a prompt is told anew.
    if (output.kind === 'terminal') this.#told.delete(output.terminal);
    if (output.kind === 'terminal') post({ kind: 'output', terminal: output.terminal, bytes: output.bytes });
    if (output.kind === 'terminal-closed') post({ kind: 'closed', terminal: output.terminal, status: output.status });
  }

  #finish(job: number, status: number): void {
    const request = this.#scripts.get(job);
    if (request === undefined) return;
    this.#scripts.delete(job);
    this.#options.post({ kind: 'script-done', request, status });
  }

  async #compare({ request, world }: Message<'compare'>): Promise<void> {
    const { compared } = await import('./compare.ts');
    this.#options.post({ kind: 'compared', request, differences: await compared(this.stage, world) });
  }

  async #export({ request, as }: Message<'export'>): Promise<void> {
    const { stage } = this;
    const spec = this.#spec;
    if (!spec) return;
    const { exported } = await import('./export.ts');
    this.#options.post({
      kind: 'exported',
      request,
      ...(await exported(as, { stage, spec, terminals: this.#terminals, host: this.#options.host })),
    });
  }

  async #head(): Promise<Head> {
    const { lab, run } = this.#options;
    const { line: _line, ...where } = this.stage.history.record;
    const spec = this.#spec;
    if (!spec) throw new Error('the room is empty');
    return { lab, run, spec, terminals: this.#terminals, ...where, snapshot: await this.#takeSnapshot(), settled: this.#settled };
  }

  /** Taken once a step; in the past the last one is kept. */
  async #takeSnapshot(): Promise<Snapshot> {
    const steps = this.stage.history.position;
    if (this.#snapshot && (this.#snapshot.steps === steps || this.#peeked !== null)) return this.#snapshot.taken;
    const taken = await snapshotOf(this.stage);
    this.#snapshot = { steps, taken };
    return taken;
  }

  #changed(): void {
    if (!this.#stage) return;
    // A command that a reload follows at once is kept.
    this.#saver.changed({ atOnce: this.#stage.history.line.at(-1)?.step !== undefined });
    if (this.#isTelling) return;
    this.#isTelling = true;
    queueMicrotask(() => {
      this.#isTelling = false;
      this.#tellTimeline();
    });
  }

  #tellTimeline(): void {
    const { steps, line, position, worlds } = this.stage.history;
    this.#options.post({
      kind: 'timeline',
      timeline: {
        steps: steps.map(({ label, at, index }) => {
          const input = line[index]?.input;
          return { label, atNs: String(at + epochOf(this.#spec ?? {})), terminal: input?.kind === 'type' ? input.terminal : null };
        }),
        position,
        peeked: this.#peeked,
        worlds: worlds.map(({ id, label, entries, isLeft }) => ({
          id,
          label,
          isLeft,
          steps: entries.filter(({ step }) => step !== undefined).length,
        })),
      },
    });
  }

  #tell(state: LabState, detail: StateDetail = {}): void {
    if (state === 'saved' && this.#peeked !== null) return;
    this.#options.post({ kind: 'state', state, ...detail });
  }

  notice(notice: Notice, detail: string): void {
    this.#options.post({ kind: 'notice', notice, detail });
  }

  /**
   * Nobody tends while something is asked. A follower that is just being made cannot be left off; what only goes on at the line's end
   * touches none of them, and does not wait for that.
   */
  async #interrupt(message?: ToWorker): Promise<void> {
    this.#cancelTend();
    this.#isBusy = true;
    const { live, line } = this.stage.history;
    if (!(message && GOES_ON.has(message.kind) && live === line.length && this.#peeked === null)) await this.#tending;
  }

  #tendSoon(): void {
    this.#cancelTend();
    this.#cancelTend = this.#options.pacer.after(TEND_AFTER_MS, () => {
      const { stage } = this;
      if (!stage.session.isResting || this.#tending) return this.#tendSoon();
      this.#isBusy = false;
      if (this.#settled !== stage.history.position) this.#saver.changed();
      this.#settled = stage.history.position;
      this.#tending = stage
        .tend(() => this.#isBusy || !stage.session.isResting)
        .catch(this.#options.onFault)
        .finally(() => {
          this.#tending = null;
        });
    });
  }
}
