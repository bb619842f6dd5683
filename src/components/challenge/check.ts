/** Checks a challenge against an Engine by its API alone, so that the same goals hold on the model and on a real Docker. */
import { type Actor, call, EngineError, type Transport } from '../page/docker.ts';
import type { Challenge, Goal, Hint } from './types.ts';

export interface GoalState {
  readonly id: string;
  readonly reached: boolean;
}

/** What was there when the challenge began. */
export interface Beginning {
  readonly ids: ReadonlyMap<string, string>;
}

type Inspected = Readonly<Record<string, unknown>> | null;

async function inspect(transport: Transport, name: string): Promise<Inspected> {
  try {
    return await call(transport, `/containers/${encodeURIComponent(name)}/json`);
  } catch (error) {
    if (error instanceof EngineError && error.status === 404) return null;
    throw error;
  }
}

/** `State.Status` of a nested record. */
const field = (record: Inspected, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>(
      (value, key) => (typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined),
      record,
    );

interface Ran {
  readonly exit: number;
  readonly stdout: string;
}

/** Containers and commands in them that a check has run. */
const own = new Set<string>();
/** Of a check's containers: their first event comes before their id is known. */
const OWN_LABEL = 'drydock.check';
/** Whether an event tells of what a check itself did. */
export const isOwn = ({ ID, Attributes = {} }: Actor = {}): boolean =>
  OWN_LABEL in Attributes || [ID, Attributes.execID, Attributes.container].some((id) => id !== undefined && own.has(id));

/** Runs a command in the container; null if it could not be started. */
async function exec(transport: Transport, container: string, command: readonly string[]): Promise<Ran | null> {
  try {
    const { Id } = await call<{ Id: string }>(transport, `/containers/${encodeURIComponent(container)}/exec`, {
      method: 'POST',
      json: { Cmd: command, AttachStdout: true, AttachStderr: true },
    });
    own.add(Id);
    const stdout = framesOf(await start(transport, Id));
    const { ExitCode } = await call<{ ExitCode: number | null }>(transport, `/exec/${Id}/json`);
    return ExitCode === null ? null : { exit: ExitCode, stdout };
  } catch (error) {
    if (error instanceof EngineError) return null;
    throw error;
  }
}

/** Starts an exec and reads its streams to their end. */
async function start(transport: Transport, id: string): Promise<Uint8Array> {
  const response = await transport.http(`/exec/${id}/start`, {
    method: 'POST',
    headers: [['Content-Type', 'application/json']],
    body: new TextEncoder().encode('{}'),
  });
  const pieces: number[] = [];
  for (let piece = await response.read(); piece !== null; piece = await response.read()) pieces.push(...piece);
  return Uint8Array.from(pieces);
}

/** What the frames of a multiplexed stream have of standard output. */
function framesOf(bytes: Uint8Array): string {
  const decoder = new TextDecoder();
  let text = '';
  for (let at = 0; at + 8 <= bytes.length; ) {
    const size = new DataView(bytes.buffer, bytes.byteOffset + at).getUint32(4);
    if (bytes[at] === 1) text += decoder.decode(bytes.subarray(at + 8, at + 8 + size));
    at += 8 + size;
  }
  return text;
}

type Filters = Readonly<Record<string, readonly string[]>>;
const asQuery = (filters: Filters): string => `filters=${encodeURIComponent(JSON.stringify(filters))}`;

const LISTS = {
  containers: '/containers/json?all=1&',
  images: '/images/json?',
  volumes: '/volumes?',
  networks: '/networks?',
  nodes: '/nodes?',
} as const;

async function countOf(transport: Transport, list: keyof typeof LISTS, filters: Filters): Promise<number> {
  const answer = await call<readonly unknown[] | { readonly Volumes: readonly unknown[] | null }>(
    transport,
    `${LISTS[list]}${asQuery(filters)}`,
  );
  return 'Volumes' in answer ? (answer.Volumes?.length ?? 0) : answer.length;
}

type Task = { readonly NodeID?: string; readonly Status: { readonly State: string } };

/** Whether enough tasks of the service run, on enough hosts. */
async function isSpread(transport: Transport, { service, tasks, hosts }: Extract<Goal, { readonly service: string }>): Promise<boolean> {
  const all = await call<readonly Task[]>(transport, `/tasks?${asQuery({ service: [service], 'desired-state': ['running'] })}`);
  const running = all.filter(({ Status }) => Status.State === 'running');
  return running.length >= tasks && new Set(running.map(({ NodeID }) => NodeID)).size >= hosts;
}

/** Lines of GET /events up to now. */
async function eventsOf(transport: Transport, filters: Filters): Promise<number> {
  const { SystemTime } = await call<{ SystemTime: string }>(transport, '/info');
  const response = await transport.http(`/events?since=0&until=${encodeURIComponent(SystemTime)}&${asQuery(filters)}`);
  let lines = 0;
  for (let piece = await response.read(); piece !== null; piece = await response.read())
    lines += piece.filter((byte) => byte === 10).length;
  return lines;
}

/** How many different things the running containers print. */
async function variety(transport: Transport, command: readonly string[]): Promise<number> {
  const running = await call<readonly { readonly Id: string }[]>(transport, `/containers/json?${asQuery({ status: ['running'] })}`);
  const outputs = new Set<string>();
  for (const { Id } of running) {
    const ran = await exec(transport, Id, command);
    if (ran?.exit === 0) outputs.add(ran.stdout);
  }
  return outputs.size;
}

const get = async (transport: Transport, target: string): Promise<Inspected> => {
  try {
    return await call(transport, target);
  } catch (error) {
    if (error instanceof EngineError && error.status === 404) return null;
    throw error;
  }
};

const holdsIn = (record: Inspected, where: Readonly<Record<string, unknown>>): boolean =>
  record !== null && Object.entries(where).every(([path, value]) => field(record, path) === value);

type ImageGoal = Extract<Goal, { readonly image: string }>;

type Step = { readonly Size: number; readonly CreatedBy: string };

async function historyOf(transport: Transport, image: string): Promise<readonly Step[] | null> {
  const steps = (await get(transport, `/images/${encodeURIComponent(image)}/history`)) as unknown as readonly Step[] | null;
  return steps && [...steps].reverse();
}

async function imageIs(transport: Transport, goal: ImageGoal): Promise<boolean> {
  if ('where' in goal) return holdsIn(await get(transport, `/images/${encodeURIComponent(goal.image)}/json`), goal.where);
  const [all, below] = [await historyOf(transport, goal.image), await historyOf(transport, goal.base)];
  if (all === null || below === null) return false;
  const steps = all.slice(below.length);
  const { stepsUpToBytes = Number.POSITIVE_INFINITY, historyHas = [] } = goal;
  let at = -1;
  const isInOrder = historyHas.every((words) => {
    at = steps.findIndex(({ CreatedBy }, index) => index > at && CreatedBy.includes(words));
    return at >= 0;
  });
  return isInOrder && steps.every(({ Size }) => Size <= stepsUpToBytes);
}

/** Runs a container of the image to its end, reads what it printed, and removes it. */
async function prints(transport: Transport, { run, command, prints: words }: Extract<Goal, { readonly run: string }>): Promise<boolean> {
  const made = await call<{ Id: string }>(transport, '/containers/create', {
    method: 'POST',
    json: { Image: run, Tty: true, Labels: { [OWN_LABEL]: '' }, ...(command && { Cmd: command }) },
  });
  own.add(made.Id);
  try {
    await call(transport, `/containers/${made.Id}/start`, { method: 'POST' });
    await call(transport, `/containers/${made.Id}/wait`, { method: 'POST' });
    const response = await transport.http(`/containers/${made.Id}/logs?stdout=1&stderr=1`);
    const decoder = new TextDecoder();
    let text = '';
    for (let piece = await response.read(); piece !== null; piece = await response.read()) text += decoder.decode(piece, { stream: true });
    return text.includes(words);
  } finally {
    await call(transport, `/containers/${made.Id}?force=1&v=1`, { method: 'DELETE' }).catch(() => {});
  }
}

async function statusOf(transport: Transport, target: string): Promise<number> {
  try {
    const response = await transport.http(target);
    response.cancel();
    return response.status;
  } catch {
    return 0;
  }
}

async function reached(transport: Transport, goal: Goal, beginning: Beginning): Promise<boolean> {
  if ('image' in goal) return imageIs(transport, goal);
  if ('run' in goal) return prints(transport, goal);
  if ('where' in goal) return holdsIn(await inspect(transport, goal.container), goal.where);
  if ('networks' in goal) {
    const networks = field(await inspect(transport, goal.container), 'NetworkSettings.Networks');
    return (
      Object.keys(networks ?? {})
        .sort()
        .join() === [...goal.networks].sort().join()
    );
  }
  if ('unchanged' in goal) return field(await inspect(transport, goal.container), 'Id') === beginning.ids.get(goal.container);
  if ('exec' in goal) {
    const [container, ...command] = goal.exec;
    const ran = await exec(transport, container, command);
    return ran?.exit === goal.exit && ran.stdout.includes(goal.prints ?? '');
  }
  if ('request' in goal) return (await statusOf(transport, goal.request)) === goal.status;
  if ('list' in goal) {
    const count = await countOf(transport, goal.list, goal.filters ?? {});
    return count >= (goal.atLeast ?? 0) && count <= (goal.atMost ?? Number.POSITIVE_INFINITY);
  }
  if ('service' in goal) return isSpread(transport, goal);
  if ('events' in goal) return (await eventsOf(transport, goal.events)) >= goal.atLeast;
  if ('everywhere' in goal) return (await variety(transport, goal.everywhere)) >= goal.different;
  return wasMadeByHand(transport, goal.container);
}

async function wasMadeByHand(transport: Transport, name: string): Promise<boolean> {
  const container = await inspect(transport, name);
  const made = await call<readonly { readonly method: string; readonly path: string; readonly agent: string }[]>(
    transport,
    '/drydock/requests',
  );
  const creation = made.filter(({ method, path }) => method === 'POST' && /\/containers\/create/.test(path)).at(-1);
  return container !== null && creation !== undefined && !creation.agent.startsWith('Docker-Client/');
}

/** Remembers what the goals compare with. */
export async function begin(transport: Transport, challenge: Challenge): Promise<Beginning> {
  const ids = new Map<string, string>();
  for (const goal of challenge.goals) {
    if ('unchanged' in goal) ids.set(goal.container, String(field(await inspect(transport, goal.container), 'Id')));
  }
  return { ids };
}

export async function check(transport: Transport, challenge: Challenge, beginning: Beginning): Promise<readonly GoalState[]> {
  const states: GoalState[] = [];
  for (const goal of challenge.goals) states.push({ id: goal.id, reached: await reached(transport, goal, beginning).catch(() => false) });
  return states;
}

/** The hint for what is wrong now: the first that fits. */
export async function hintFor(transport: Transport, challenge: Challenge, states: readonly GoalState[]): Promise<Hint | null> {
  const holds = (id: string): boolean => states.find((state) => state.id === id)?.reached ?? false;
  for (const hint of challenge.hints) {
    const { goal, state, reached: other } = hint.when;
    if (holds(goal) || (other !== undefined && !holds(other))) continue;
    if (state === undefined) return hint;
    const about = challenge.goals.find(({ id }) => id === goal);
    const name = about && 'container' in about ? about.container : about && 'exec' in about ? about.exec[0] : '';
    const found = await inspect(transport, name).catch(() => null);
    if ((found === null ? 'missing' : field(found, 'State.Status')) === state) return hint;
  }
  return null;
}
