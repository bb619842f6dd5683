/**
 * The page's end of the lab: one machine for all components of a page, in a worker that starts on first use.
 * Components get their data from the Docker API (`http`) and their terminals from here; nothing is loaded before that.
 * A worker can go and another take its place (a reset, a hang, a journal taken back from another tab): then each terminal is told to
 * begin again, and is shown once more what the journal makes it print.
 */
import type { WindowSize } from '../engine/kernel/sys.ts';
import type { MachineSpec } from '../engine/machine/types.ts';
import type { Difference } from './compare.ts';
import { Exchanges, type LabResponse } from './exchange.ts';
import type { Exported, LabRequest, LabTerminal, StateListener, TerminalListener } from './lab-types.ts';
import { isOfTerminal, PageTerminals } from './page-terminals.ts';
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
  readonly #terminals = new PageTerminals({
    post: (message) => this.#post(message),
    serial: () => this.#nextRequest++,
    typed: (isStep) => {
      this.#lastTypedAt = performance.now();
      if (isStep) this.#going = null;
    },
    isRunning: () => this.isRunning,
  });
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
    this.#terminals.leave();
    this.#launch({ isFresh: brought !== null, isOther: true });
  }

  /** What is done about a journal that did not come to its end before. */
  choose(choice: Choice): void {
    this.#post({ kind: 'choose', choice });
  }

  /** A fresh machine in place of this one; its journal is forgotten, and its terminals are gone. */
  reset(): void {
    this.#terminals.clear();
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
    this.#terminals.onKnown(listener);
  }

  /** The terminal of that name, opened while `listener` is still on its way. What it printed before a reload is printed again. */
  async terminal(name: string, size: WindowSize, listener: TerminalListener | Promise<TerminalListener>): Promise<LabTerminal> {
    this.start();
    return this.#terminals.open(name, size, listener);
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
    this.#terminals.reopen();
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
    this.#terminals.begin();
    this.#exchanges.cutAll();
    for (const done of this.#scripts.values()) done(-1);
    this.#scripts.clear();
    for (const [request, answer] of [...this.#answers]) answer({ kind: 'exported', request, content: null, isWhole: true });
    this.#answers.clear();
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
    if (state === 'running' || state === 'past') this.#terminals.goLive();
  }

  #take(message: ToPage): void {
    this.#watchdog?.heard();
    if (message.kind === 'pong') return;
    if (message.kind === 'state') this.#enter(message.state, message);
    else if (message.kind === 'script-done') this.#finish(message);
    else if (message.kind === 'compared' || message.kind === 'exported') this.#answer(message);
    else if (message.kind === 'scene') this.#terminals.begin();
    else if (message.kind === 'timeline') this.#follow(message.timeline);
    else if (message.kind === 'notice') for (const listener of this.#noticeListeners) listener(message.notice, message.detail);
    else if (isOfTerminal(message)) this.#terminals.take(message);
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
}
