/**
 * The page's end of the lab: one machine for all components of a page, in a worker that starts on first use.
 * Components get their data from the Docker API (`docker`) and their terminals from here; nothing is loaded before that.
 */

import type { WindowSize } from '../engine/kernel/sys.ts';
import type { MachineSpec, TerminalId } from '../engine/machine/types.ts';
import type { LabState, RequestId, ToPage, ToWorker } from './protocol.ts';

export interface TerminalListener {
  /** Everything printed so far, then each piece as it comes. */
  output(bytes: Uint8Array): void;
  closed(status: number): void;
}

export interface LabTerminal {
  type(text: string): void;
  resize(size: WindowSize): void;
}

export interface LabResponse {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  /** The next piece of the body, null at its end. */
  read(): Promise<Uint8Array | null>;
  cancel(): void;
}

export interface LabRequest {
  readonly method?: string;
  readonly headers?: readonly (readonly [string, string])[];
  readonly body?: Uint8Array;
  /** A published port of the machine's host; dockerd's socket if absent. */
  readonly port?: number;
}

interface Waiting {
  readonly pieces: (Uint8Array | null)[];
  head: { status: number; headers: ReadonlyMap<string, string> } | null;
  error: string | null;
  changed: () => void;
}

export class Lab {
  readonly #options: { readonly name: string; readonly spec: MachineSpec; readonly catalogue: string };
  #worker: Worker | null = null;
  #state: LabState | 'off' = 'off';
  readonly #stateListeners = new Set<(state: LabState | 'off', detail: { share?: number; message?: string }) => void>();
  readonly #resetListeners = new Set<() => void>();
  readonly #terminals = new Map<TerminalId, { pieces: Uint8Array[]; status: number | null; listener: TerminalListener | null }>();
  readonly #names = new Map<string, (id: TerminalId) => void>();
  readonly #requests = new Map<RequestId, Waiting>();
  readonly #scripts = new Map<RequestId, (status: number) => void>();
  #nextRequest = 1;

  constructor(options: { name: string; spec: MachineSpec; catalogue: string }) {
    this.#options = options;
  }

  get state(): LabState | 'off' {
    return this.#state;
  }

  onState(listener: (state: LabState | 'off', detail: { share?: number; message?: string }) => void): () => void {
    this.#stateListeners.add(listener);
    listener(this.#state, {});
    return () => this.#stateListeners.delete(listener);
  }

  /** Starts the worker, once. Every other call does it too. */
  start(): void {
    if (this.#worker) return;
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
    this.#worker = worker;
    worker.onmessage = ({ data }: MessageEvent<ToPage>) => this.#take(data);
    worker.onerror = (event) => this.#enter('failed', { message: event.message });
    this.#enter('starting', {});
    this.#post({ kind: 'open', lab: this.#options.name, spec: this.#options.spec, catalogue: this.#options.catalogue });
  }

  /** A fresh machine in place of this one; its journal is forgotten, and its terminals are gone. */
  reset(): void {
    this.start();
    this.#terminals.clear();
    this.#post({ kind: 'reset' });
    for (const listener of this.#resetListeners) listener();
  }

  onReset(listener: () => void): void {
    this.#resetListeners.add(listener);
  }

  /** The terminal of that name. What it printed before a reload is printed again. */
  async terminal(name: string, size: WindowSize, listener: TerminalListener): Promise<LabTerminal> {
    this.start();
    const id = await new Promise<TerminalId>((resolve) => {
      this.#names.set(name, resolve);
      this.#post({ kind: 'terminal', name, size });
    });
    const screen = this.#screen(id);
    screen.listener = listener;
    for (const bytes of screen.pieces) listener.output(bytes);
    if (screen.status !== null) listener.closed(screen.status);
    return {
      type: (text) => this.#post({ kind: 'type', terminal: id, text }),
      resize: (to) => this.#post({ kind: 'resize', terminal: id, size: to }),
    };
  }

  /** Runs a line on the host, unseen, and resolves to its exit status: what a challenge starts from. */
  script(line: string): Promise<number> {
    this.start();
    const id = this.#nextRequest++;
    return new Promise((resolve) => {
      this.#scripts.set(id, resolve);
      this.#post({ kind: 'script', request: id, line });
    });
  }

  /** A request to the Docker API (`/containers/json`) or to a published port. Rejects with the system call's code. */
  async http(target: string, options: LabRequest = {}): Promise<LabResponse> {
    this.start();
    const id = this.#nextRequest++;
    const waiting: Waiting = { pieces: [], head: null, error: null, changed: () => {} };
    this.#requests.set(id, waiting);
    const { method = 'GET', headers = [], body = null, port = null } = options;
    this.#post({ kind: 'http', request: id, port, method, target, headers, body });
    await this.#until(waiting, () => waiting.head !== null || waiting.error !== null);
    if (!waiting.head) throw new Error(waiting.error ?? 'no answer');
    return {
      ...waiting.head,
      read: async () => {
        await this.#until(waiting, () => waiting.pieces.length > 0);
        return waiting.pieces[0] === null ? null : (waiting.pieces.shift() ?? null);
      },
      cancel: () => this.#post({ kind: 'http-cancel', request: id }),
    };
  }

  #until(waiting: Waiting, ready: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (ready()) resolve();
        else waiting.changed = look;
      };
      look();
    });
  }

  #post(message: ToWorker): void {
    this.#worker?.postMessage(message);
  }

  #screen(id: TerminalId): { pieces: Uint8Array[]; status: number | null; listener: TerminalListener | null } {
    const known = this.#terminals.get(id);
    if (known) return known;
    const screen = { pieces: [], status: null, listener: null };
    this.#terminals.set(id, screen);
    return screen;
  }

  #enter(state: LabState, detail: { share?: number; message?: string }): void {
    this.#state = state;
    for (const listener of this.#stateListeners) listener(state, detail);
  }

  #take(message: ToPage): void {
    if (message.kind === 'state') this.#enter(message.state, message);
    else if (message.kind === 'terminal') this.#names.get(message.name)?.(message.terminal);
    else if (message.kind === 'output' || message.kind === 'closed') this.#print(message);
    else if (message.kind === 'script-done') this.#scripts.get(message.request)?.(message.status);
    else this.#answer(message);
  }

  #print(message: Extract<ToPage, { kind: 'output' | 'closed' }>): void {
    const screen = this.#screen(message.terminal);
    if (message.kind === 'output') {
      screen.pieces.push(message.bytes);
      screen.listener?.output(message.bytes);
    } else {
      screen.status = message.status;
      screen.listener?.closed(message.status);
    }
  }

  #answer(message: Extract<ToPage, { kind: `http-${string}` }>): void {
    const waiting = this.#requests.get(message.request);
    if (!waiting) return;
    if (message.kind === 'http-head') waiting.head = { status: message.status, headers: new Map(message.headers) };
    if (message.kind === 'http-body') waiting.pieces.push(message.bytes);
    if (message.kind === 'http-end') {
      waiting.error = message.error ?? null;
      waiting.pieces.push(null);
      this.#requests.delete(message.request);
    }
    waiting.changed();
  }
}
