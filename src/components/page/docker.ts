/** The Docker API as components use it: small typed calls over a transport, and one watcher of events that all share. */
import type { Lab, LabRequest, LabResponse } from '../../lab/lab.ts';

/** How a component reaches a Docker Engine; the page's lab is one, a real Engine behind a proxy may be another. */
export interface Transport {
  http(target: string, options?: LabRequest): Promise<LabResponse>;
}

export interface ContainerSummary {
  readonly Id: string;
  readonly Names: readonly string[];
  readonly Image: string;
  readonly Command: string;
  readonly State: string;
  readonly Status: string;
  readonly ImageID: string;
  readonly Ports?: readonly { readonly PrivatePort: number; readonly PublicPort?: number; readonly Type?: string }[];
  readonly NetworkSettings?: { readonly Networks: Readonly<Record<string, { readonly IPAddress: string }>> };
}

export interface ImageInspect {
  readonly Id: string;
  readonly RootFS: { readonly Layers: readonly string[] };
}

export interface ImageHistory {
  readonly CreatedBy: string;
  readonly Size: number;
}

export interface ContainerState {
  readonly Status: string;
  readonly Pid: number;
  readonly ExitCode: number;
  readonly OOMKilled: boolean;
}

export interface ContainerInspect {
  readonly Id: string;
  readonly Name: string;
  readonly State: ContainerState;
  readonly Config: { readonly Cmd: readonly string[] | null; readonly Image: string };
}

export interface Top {
  readonly Titles: readonly string[];
  readonly Processes: readonly (readonly string[])[];
}

/** A container's processes. This Engine tells them to whoever only looks; a real one runs a `ps` for it. */
export async function processesOf(transport: Transport, id: string): Promise<Top> {
  try {
    return await call<Top>(transport, `/drydock/containers/${id}/top`);
  } catch (error) {
    if (error instanceof EngineError && error.message === 'page not found') return call<Top>(transport, `/containers/${id}/top`);
    throw error;
  }
}

/** A refusal of the Engine, in its own words. */
export class EngineError extends Error {
  override readonly name = 'EngineError';
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

async function body(response: LabResponse): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for (let piece = await response.read(); piece !== null; piece = await response.read()) text += decoder.decode(piece, { stream: true });
  return text;
}

export interface CallOptions {
  readonly method?: string;
  readonly json?: unknown;
  /** Who asks, if it is the reader by a button; otherwise the page itself. */
  readonly agent?: string;
}

export async function call<T>(transport: Transport, target: string, options: CallOptions = {}): Promise<T> {
  const { method = 'GET', json, agent } = options;
  const headers: (readonly [string, string])[] = agent === undefined ? [] : [['user-agent', agent]];
  if (json !== undefined) headers.push(['content-type', 'application/json']);
  const sent = json === undefined ? {} : { body: new TextEncoder().encode(JSON.stringify(json)) };
  const response = await transport.http(target, { method, headers, ...sent });
  const text = await body(response);
  if (response.status >= 400) throw new EngineError(response.status, (JSON.parse(text || '{}') as { message?: string }).message ?? text);
  return (text === '' ? undefined : JSON.parse(text)) as T;
}

/** Each line of a streamed answer, until it ends. `onBegin`: the answer has begun. */
export async function lines(transport: Transport, target: string, onLine: (line: string) => void, onBegin = () => {}): Promise<void> {
  const response = await transport.http(target);
  onBegin();
  const decoder = new TextDecoder();
  let text = '';
  for (let piece = await response.read(); piece !== null; piece = await response.read()) {
    text += decoder.decode(piece, { stream: true });
    const whole = text.split('\n');
    text = whole.pop() ?? '';
    for (const line of whole) if (line.trim() !== '') onLine(line);
  }
}

const AGAIN_AFTER_MS = 1000;
/** Whom an event is about. */
export interface Actor {
  readonly ID?: string;
  readonly Attributes?: Readonly<Record<string, string>>;
}
/** Told what happened in Docker's own word (`start`, `exec_die`), and to whom; empty when the stream begins or ends. */
export type EventListener = (action: string, actor?: Actor) => void;
const watched = new WeakMap<Lab, Set<EventListener>>();
/** Asking for a container's processes is an event too; whoever asks at every event would never stop. */
const ASKING = 'top';

interface EventLine {
  readonly Action?: string;
  readonly Actor?: Actor;
}

async function follow(lab: Lab, listeners: ReadonlySet<EventListener>): Promise<void> {
  const tell: EventListener = (action, actor) => {
    for (const listener of listeners) listener(action, actor);
  };
  for (;;) {
    try {
      tell('');
      const told = (line: string): void => {
        const { Action: action = '', Actor: actor } = JSON.parse(line) as EventLine;
        if (action !== ASKING) tell(action, actor);
      };
      // What happens until the stream is open is in none of its lines: everything is asked once more then.
      await lines(lab, '/events', told, () => tell(''));
    } catch {
      // dockerd is down; a lesson stops it on purpose. Whoever listens finds out by asking.
      tell('');
    }
    await new Promise((resolve) => setTimeout(resolve, AGAIN_AFTER_MS));
  }
}

/** Calls back whenever something happened in the Engine, from the moment the machine runs. One stream serves a whole page. */
export function watch(lab: Lab, listener: EventListener): void {
  const known = watched.get(lab);
  if (known) {
    known.add(listener);
    if (lab.isRunning) listener('');
    return;
  }
  const listeners = new Set([listener]);
  watched.set(lab, listeners);
  let following = false;
  lab.onState((state) => {
    // Another machine, or another time of it: everything is asked anew at once.
    if (following && (state === 'running' || state === 'past')) for (const one of listeners) one('');
    // Who comes late finds a machine whose journal is saved already: that is running, too.
    if (following || !(lab.isRunning || state === 'past')) return;
    void follow(lab, listeners);
    following = true;
  });
}
