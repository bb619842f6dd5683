/**
 * The page's end of the lab: one machine for all components of a page, in a worker that starts on first use.
 * Components get their data from the Docker API (`http`) and their terminals from here; nothing is loaded before that.
 * A worker can go and another take its place (a reset, a hang, a journal taken back from another tab): then each terminal is told to
 * begin again, and is shown once more what the journal makes it print.
 */
import type { WindowSize } from '../engine/kernel/sys.ts';
import type { MachineSpec, TerminalId } from '../engine/machine/types.ts';
import type { Difference } from './compare.ts';
import { Exchanges, type LabResponse } from './exchange.ts';
import type { Exported, LabRequest, LabTerminal, Printed, Screen, StateListener, TerminalListener } from './lab-types.ts';
import type { Brought, Choice, LabState, Notice, RequestId, StateDetail, Timeline, ToPage, ToWorker } from './protocol.ts';
import { ANSWERING, GONE } from './protocol.ts';
import { type Watchdog, watchdog } from './watchdog.ts';
import { takeWorker } from './worker-ahead.ts';

export type { Difference } from './compare.ts';
export type { LabResponse } from './exchange.ts';
export type { Exported, LabRequest, LabTerminal, StateListener, TerminalListener } from './lab-types.ts';
export type { Notice, Timeline } from './protocol.ts';

const NO_STEPS: Timeline = { steps: [], position: 0, peeked: null, worlds: [] };

/** A second hang within this time of the first is the machine's own doing; it is not restored again. */
const TWICE_MS = 60_000;

export class Lab {
  readonly #options: { readonly name: string; readonly spec: MachineSpec; readonly catalogue: string };
  #brought: Brought | null = null;
  #worker: Worker | null = null;
  #watchdog: Watchdog | null = null;
  #hungAt = Number.NEGATIVE_INFINITY;
  #state: LabState | 'off' = 'off';
  #detail: StateDetail = {};
  #lastTypedAt = Number.NEGATIVE_INFINITY;
  readonly #stateListeners = new Set<StateListener>();
  readonly #resetListeners = new Set<() => void>();
  readonly #knownListeners = new Set<(name: string) => void>();
  readonly #screens = new Map<string, Screen>();
  readonly #printed = new Map<TerminalId, Printed>();
  readonly #exchanges = new Exchanges();
  readonly #scripts = new Map<RequestId, (status: number) => void>();
  readonly #answers = new Map<RequestId, (message: ToPage) => void>();
  readonly #timelineListeners = new Set<(timeline: Timeline) => void>();
  readonly #noticeListeners = new Set<(notice: Notice, detail: string) => void>();
  #timeline: Timeline = NO_STEPS;
  /** The position that was asked for last and is not told yet: whoever presses twice means two steps. */
  #going: number | null = null;
  #nextRequest = 1;

  constructor(options: { name: string; spec: MachineSpec; catalogue: string }) {
    this.#options = options;
  }

  get name(): string {
    return this.#options.name;
  }

  get state(): LabState | 'off' {
    return this.#state;
  }

  /** Whether a machine is there that answers. */
  get isRunning(): boolean {
    return ANSWERING.has(this.#state);
  }

  get timeline(): Timeline {
    return this.#timeline;
  }

  /** Whether a session that was brought is shown, and not the reader's own. */
  get isVisiting(): boolean {
    return this.#brought !== null;
  }

  /** Real milliseconds since somebody typed; what changes without an event of Docker's is looked at only for a while. */
  get idleMs(): number {
    return performance.now() - this.#lastTypedAt;
  }

  onState(listener: StateListener): () => void {
    this.#stateListeners.add(listener);
    listener(this.#state, this.#detail);
    return () => this.#stateListeners.delete(listener);
  }

  /** Called now and whenever a step is made, taken back or looked at. */
  onTimeline(listener: (timeline: Timeline) => void): () => void {
    this.#timelineListeners.add(listener);
    listener(this.#timeline);
    return () => this.#timelineListeners.delete(listener);
  }

  onNotice(listener: (notice: Notice, detail: string) => void): void {
    this.#noticeListeners.add(listener);
  }

  /** Starts the worker, once. Every other call does it too. */
  start(): void {
    if (!this.#worker) this.#launch({});
  }

  /** Stands after so many steps; what came after them can be gone forward to. */
  goTo(position: number): void {
    this.#going = Math.max(0, Math.min(position, this.#timeline.steps.length));
    this.#post({ kind: 'go', position: this.#going });
  }

  undo(): void {
    this.goTo(this.#seen - 1);
  }

  redo(): void {
    this.goTo(this.#seen + 1);
  }

  get #seen(): number {
    return this.#going ?? this.#timeline.peeked ?? this.#timeline.position;
  }

  /** Shows how it was after so many steps, without going there; null shows what is. */
  peek(position: number | null): void {
    this.#post({ kind: 'peek', position });
  }

  fork(label: string): void {
    this.#post({ kind: 'fork', label });
  }

  /** Lives that world; the present one is kept by `label`. */
  enterWorld(world: number, label: string): void {
    this.#post({ kind: 'enter-world', world, label });
  }

  forgetWorld(world: number): void {
    this.#post({ kind: 'forget-world', world });
  }

  /** What that world has otherwise than the present one. */
  async compare(world: number): Promise<readonly Difference[]> {
    const message = await this.#ask((request) => ({ kind: 'compare', request, world }));
    return message.kind === 'compared' ? message.differences : [];
  }

  async export(as: 'file' | 'link' | 'console'): Promise<Exported> {
    const message = await this.#ask((request) => ({ kind: 'export', request, as }));
    return message.kind === 'exported' ? message : { content: null, isWhole: true };
  }

  /** Opens a session that was brought, beside the reader's own; null goes back to that. The reader has agreed to what it does. */
  visit(brought: Brought | null): void {
    this.#brought = brought;
    for (const screen of this.#screens.values()) screen.id = null;
    this.#launch({ isFresh: brought !== null, isOther: true });
  }

  /** What is done about a journal that did not come to its end before. */
  choose(choice: Choice): void {
    this.#post({ kind: 'choose', choice });
  }

  /** A fresh machine in place of this one; its journal is forgotten, and its terminals are gone. */
  reset(): void {
    for (const screen of this.#screens.values()) screen.id = null;
    this.#screens.clear();
    this.#launch({ isFresh: true });
    for (const listener of this.#resetListeners) listener();
  }

  /** Uses the lab here that another tab has. */
  takeOver(): void {
    this.#launch({});
    this.#post({ kind: 'take-over' });
  }

  onReset(listener: () => void): void {
    this.#resetListeners.add(listener);
  }

  /** Tells of each terminal that the restored journal has, by the name that this page gave it. */
  onKnownTerminal(listener: (name: string) => void): void {
    this.#knownListeners.add(listener);
  }

  /** The terminal of that name, opened while `listener` is still on its way. What it printed before a reload is printed again. */
  async terminal(name: string, size: WindowSize, listener: TerminalListener | Promise<TerminalListener>): Promise<LabTerminal> {
    this.start();
    const screen: Screen = { size, id: null, listener: null, serial: 0, keyboard: null, bound: () => {} };
    this.#screens.set(name, screen);
    await new Promise<void>((resolve) => {
      screen.bound = resolve;
      this.#post({ kind: 'terminal', name, size });
    });
    this.#show(screen, await listener);
    return {
      id: () => screen.id,
      type: (text, step) => {
        this.#lastTypedAt = performance.now();
        this.#type(screen, text, step);
      },
      resize: (to) => {
        screen.size = to;
        if (screen.id !== null) this.#post({ kind: 'resize', terminal: screen.id, size: to });
      },
    };
  }

  #type(screen: Screen, text: string, step: string | undefined): void {
    if (screen.id === null) return;
    if (step !== undefined) this.#going = null;
    screen.serial = this.#nextRequest++;
    screen.keyboard = null;
    this.#post({ kind: 'type', terminal: screen.id, text, serial: screen.serial, ...(step === undefined ? {} : { step }) });
  }

  /** Runs a line on the host, unseen, and resolves to its exit status: what a challenge starts from. */
  script(line: string): Promise<number> {
    this.start();
    this.#lastTypedAt = performance.now();
    const id = this.#nextRequest++;
    return new Promise((resolve) => {
      this.#scripts.set(id, resolve);
      this.#post({ kind: 'script', request: id, line });
    });
  }

  /** A request to the Docker API (`/containers/json`) or to a published port. Rejects with the system call's code. */
  http(target: string, options: LabRequest = {}): Promise<LabResponse> {
    this.start();
    if (GONE.has(this.#state)) return Promise.reject(new Error('ECONNRESET'));
    const id = this.#nextRequest++;
    const { method = 'GET', headers = [], body = null, port = null } = options;
    const answer = this.#exchanges.answerOf(id, () => this.#post({ kind: 'http-cancel', request: id }));
    this.#post({ kind: 'http', request: id, port, method, target, headers, body });
    return answer;
  }

  #ask(message: (request: RequestId) => ToWorker): Promise<ToPage> {
    this.start();
    const request = this.#nextRequest++;
    return new Promise((resolve) => {
      this.#answers.set(request, resolve);
      this.#post(message(request));
    });
  }

  /** `isOther`: another lab's machine; `isAfterHang`: the last worker answered no more. */
  #launch({ isFresh = false, isOther = false, isAfterHang = false }): void {
    const isRelaunch = this.#worker !== null && !isOther;
    this.#going = null;
    this.#end();
    const { name, spec, catalogue } = this.#options;
    const worker = takeWorker({ start: spec.start, images: spec.images ?? [], catalogue });
    this.#worker = worker;
    worker.onmessage = ({ data }: MessageEvent<ToPage>) => this.#take(data);
    worker.onerror = (event) => this.#enter('failed', { message: event.message });
    this.#enter('starting', {});
    const [brought, lab] = this.#brought ? [{ brought: this.#brought }, `${name}#brought`] : [{}, name];
    this.#post({ kind: 'open', lab, spec, catalogue, isFresh, isRelaunch, isAfterHang, ...brought });
    for (const [terminal, { size }] of this.#screens) this.#post({ kind: 'terminal', name: terminal, size });
    this.#watchdog = watchdog(
      () => this.#post({ kind: 'ping' }),
      () => this.#silent(),
    );
  }

  /** Ends the worker, whatever it does. Terminals stay, and wait for the next one. */
  #end(): void {
    this.#watchdog?.stop();
    this.#worker?.terminate();
    this.#worker = null;
    this.#begin();
    this.#exchanges.cutAll();
    for (const done of this.#scripts.values()) done(-1);
    this.#scripts.clear();
    for (const [request, answer] of [...this.#answers]) answer({ kind: 'exported', request, content: null, isWhole: true });
    this.#answers.clear();
  }

  /** What is shown from here on is another machine's, from the beginning. */
  #begin(): void {
    this.#printed.clear();
    for (const screen of this.#screens.values()) {
      screen.id = null;
      screen.serial = 0;
      screen.keyboard = null;
      screen.listener?.restart();
    }
  }

  #silent(): void {
    const isAgain = performance.now() - this.#hungAt < TWICE_MS;
    this.#hungAt = performance.now();
    if (!isAgain) return this.#launch({ isAfterHang: true });
    this.#watchdog?.stop();
    this.#worker?.terminate();
    this.#exchanges.cutAll();
    this.#enter('hung', {});
  }

  #post(message: ToWorker): void {
    this.#worker?.postMessage(message);
  }

  #enter(state: LabState, detail: StateDetail): void {
    this.#state = state;
    this.#detail = detail;
    if (GONE.has(state)) this.#exchanges.cutAll();
    for (const listener of this.#stateListeners) listener(state, detail);
    if (state === 'running' || state === 'past') for (const screen of this.#screens.values()) if (screen.id !== null) this.#goLive(screen);
  }

  #take(message: ToPage): void {
    this.#watchdog?.heard();
    if (message.kind === 'pong') return;
    if (message.kind === 'state') this.#enter(message.state, message);
    else if (message.kind === 'terminal') this.#bind(message.name, message.terminal);
    else if (message.kind === 'output' || message.kind === 'closed') this.#print(message);
    else if (message.kind === 'keyboard') this.#listen(message);
    else if (message.kind === 'script-done') this.#finish(message);
    else if (message.kind === 'compared' || message.kind === 'exported') this.#answer(message);
    else if (message.kind === 'scene') this.#begin();
    else if (message.kind === 'timeline') this.#follow(message.timeline);
    else if (message.kind === 'notice') for (const listener of this.#noticeListeners) listener(message.notice, message.detail);
    else this.#exchanges.take(message);
  }

  #answer(message: Extract<ToPage, { kind: 'compared' | 'exported' }>): void {
    this.#answers.get(message.request)?.(message);
    this.#answers.delete(message.request);
  }

  #follow(timeline: Timeline): void {
    this.#timeline = timeline;
    if (timeline.position === this.#going) this.#going = null;
    for (const listener of this.#timelineListeners) listener(timeline);
  }

  #finish({ request, status }: Extract<ToPage, { kind: 'script-done' }>): void {
    this.#scripts.get(request)?.(status);
    this.#scripts.delete(request);
  }

  #bind(name: string, id: TerminalId): void {
    const screen = this.#screens.get(name);
    if (!screen) {
      for (const listener of this.#knownListeners) listener(name);
      return;
    }
    if (screen.id !== null) return;
    screen.id = id;
    screen.bound();
    if (screen.listener) this.#show(screen, screen.listener);
  }

  /** Everything printed so far. */
  #show(screen: Screen, listener: TerminalListener): void {
    screen.listener = listener;
    const printed = screen.id === null ? null : this.#printedOf(screen.id);
    for (const bytes of printed?.pieces ?? []) listener.output(bytes);
    if (printed && printed.status !== null) listener.closed(printed.status);
    if (this.isRunning) this.#goLive(screen);
  }

  #goLive(screen: Screen): void {
    screen.listener?.live();
    this.#tellKeyboard(screen);
  }

  #tellKeyboard(screen: Screen): void {
    const { keyboard, serial } = screen;
    if (keyboard) screen.listener?.keyboard(keyboard, () => screen.serial === serial);
  }

  #listen({ terminal, keyboard, serial }: Extract<ToPage, { kind: 'keyboard' }>): void {
    const screen = [...this.#screens.values()].find(({ id }) => id === terminal);
    // What was said before the last key arrived says nothing of what comes of it.
    if (!screen || serial < screen.serial) return;
    screen.keyboard = keyboard;
    if (this.isRunning) this.#tellKeyboard(screen);
  }

  #printedOf(id: TerminalId): Printed {
    const printed: Printed = this.#printed.get(id) ?? { pieces: [], status: null };
    this.#printed.set(id, printed);
    return printed;
  }

  #print(message: Extract<ToPage, { kind: 'output' | 'closed' }>): void {
    const printed = this.#printedOf(message.terminal);
    const listener = [...this.#screens.values()].find(({ id }) => id === message.terminal)?.listener;
    if (message.kind === 'output') {
      printed.pieces.push(message.bytes);
      listener?.output(message.bytes);
    } else {
      printed.status = message.status;
      listener?.closed(message.status);
    }
  }
}
