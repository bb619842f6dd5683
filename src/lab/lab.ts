/**
 * The page's end of the lab: one machine for all components of a page, in a worker that starts on first use.
 * Components get their data from the Docker API (`http`) and their terminals from here; nothing is loaded before that.
 * A worker can go and another take its place (a reset, a hang, a journal taken back from another tab): then each terminal is told to
 * begin again, and is shown once more what the journal makes it print.
 */

import type { WindowSize } from '../engine/kernel/sys.ts';
import type { MachineSpec, TerminalId } from '../engine/machine/types.ts';
import { Exchanges, type LabResponse } from './exchange.ts';
import type { LabState, RequestId, StateDetail, ToPage, ToWorker } from './protocol.ts';
import { type Watchdog, watchdog } from './watchdog.ts';

export type { LabResponse } from './exchange.ts';

export interface TerminalListener {
  /** What follows is printed from the beginning: an empty screen. */
  restart(): void;
  output(bytes: Uint8Array): void;
  /** What was printed so far was history; what comes now happens now. */
  live(): void;
  closed(status: number): void;
}

export interface LabTerminal {
  type(text: string): void;
  resize(size: WindowSize): void;
}

export interface LabRequest {
  readonly method?: string;
  readonly headers?: readonly (readonly [string, string])[];
  readonly body?: Uint8Array;
  /** A published port of the machine's host; dockerd's socket if absent. */
  readonly port?: number;
}

export type StateListener = (state: LabState | 'off', detail: StateDetail) => void;

interface Screen {
  size: WindowSize;
  id: TerminalId | null;
  listener: TerminalListener | null;
  bound: () => void;
}

interface Printed {
  readonly pieces: Uint8Array[];
  status: number | null;
}

/** A second hang within this time of the first is the machine's own doing; it is not restored again. */
const TWICE_MS = 60_000;
/** Nobody answers in these. */
const GONE: ReadonlySet<LabState | 'off'> = new Set<LabState>(['elsewhere', 'failed', 'hung']);

export class Lab {
  readonly #options: { readonly name: string; readonly spec: MachineSpec; readonly catalogue: string };
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
    return this.#state === 'running' || this.#state === 'saved' || this.#state === 'unsaved';
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

  /** Starts the worker, once. Every other call does it too. */
  start(): void {
    if (!this.#worker) this.#launch(false);
  }

  /** A fresh machine in place of this one; its journal is forgotten, and its terminals are gone. */
  reset(): void {
    for (const screen of this.#screens.values()) screen.id = null;
    this.#screens.clear();
    this.#launch(true);
    for (const listener of this.#resetListeners) listener();
  }

  /** Uses the lab here that another tab has. */
  takeOver(): void {
    this.#launch(false);
    this.#post({ kind: 'take-over' });
  }

  onReset(listener: () => void): void {
    this.#resetListeners.add(listener);
  }

  /** Tells of each terminal that the restored journal has, by the name that this page gave it. */
  onKnownTerminal(listener: (name: string) => void): void {
    this.#knownListeners.add(listener);
  }

  /** The terminal of that name. What it printed before a reload is printed again. */
  async terminal(name: string, size: WindowSize, listener: TerminalListener): Promise<LabTerminal> {
    this.start();
    const screen: Screen = { size, id: null, listener: null, bound: () => {} };
    this.#screens.set(name, screen);
    await new Promise<void>((resolve) => {
      screen.bound = resolve;
      this.#post({ kind: 'terminal', name, size });
    });
    this.#show(screen, listener);
    return {
      type: (text) => {
        this.#lastTypedAt = performance.now();
        if (screen.id !== null) this.#post({ kind: 'type', terminal: screen.id, text });
      },
      resize: (to) => {
        screen.size = to;
        if (screen.id !== null) this.#post({ kind: 'resize', terminal: screen.id, size: to });
      },
    };
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

  #launch(isFresh: boolean): void {
    const isRelaunch = this.#worker !== null;
    this.#end();
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
    this.#worker = worker;
    worker.onmessage = ({ data }: MessageEvent<ToPage>) => this.#take(data);
    worker.onerror = (event) => this.#enter('failed', { message: event.message });
    this.#enter('starting', {});
    const { name, spec, catalogue } = this.#options;
    this.#post({ kind: 'open', lab: name, spec, catalogue, isFresh, isRelaunch });
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
    this.#printed.clear();
    for (const screen of this.#screens.values()) {
      screen.id = null;
      screen.listener?.restart();
    }
    this.#exchanges.cutAll();
    for (const done of this.#scripts.values()) done(-1);
    this.#scripts.clear();
  }

  #silent(): void {
    const isAgain = performance.now() - this.#hungAt < TWICE_MS;
    this.#hungAt = performance.now();
    if (!isAgain) return this.#launch(false);
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
    if (state === 'running') for (const { id, listener } of this.#screens.values()) if (id !== null) listener?.live();
  }

  #take(message: ToPage): void {
    this.#watchdog?.heard();
    if (message.kind === 'pong') return;
    if (message.kind === 'state') this.#enter(message.state, message);
    else if (message.kind === 'terminal') this.#bind(message.name, message.terminal);
    else if (message.kind === 'output' || message.kind === 'closed') this.#print(message);
    else if (message.kind === 'script-done') this.#finish(message);
    else this.#exchanges.take(message);
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
    if (this.isRunning) listener.live();
  }

  #printedOf(id: TerminalId): Printed {
    const known = this.#printed.get(id);
    if (known) return known;
    const printed: Printed = { pieces: [], status: null };
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
