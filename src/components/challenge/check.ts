/** Checks a challenge against an Engine by its API alone, so that the same goals hold on the model and on a real Docker. */
import { call, EngineError, type Transport } from '../page/docker.ts';
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

/** Runs a command in the container and returns its exit status; null if it could not be started. */
async function exec(transport: Transport, container: string, command: readonly string[]): Promise<number | null> {
  try {
    const { Id } = await call<{ Id: string }>(transport, `/containers/${encodeURIComponent(container)}/exec`, {
      method: 'POST',
      json: { Cmd: command, AttachStdout: true, AttachStderr: true },
    });
    await call(transport, `/exec/${Id}/start`, { method: 'POST', json: { Detach: true } });
    for (let look = 0; look < 50; look++) {
      const { Running, ExitCode } = await call<{ Running: boolean; ExitCode: number | null }>(transport, `/exec/${Id}/json`);
      if (!Running && ExitCode !== null) return ExitCode;
    }
    return null;
  } catch (error) {
    if (error instanceof EngineError) return null;
    throw error;
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
  if ('where' in goal) {
    const container = await inspect(transport, goal.container);
    return container !== null && Object.entries(goal.where).every(([path, value]) => field(container, path) === value);
  }
  if ('unchanged' in goal) return field(await inspect(transport, goal.container), 'Id') === beginning.ids.get(goal.container);
  if ('exec' in goal) {
    const [container, ...command] = goal.exec;
    return (await exec(transport, container, command)) === goal.exit;
  }
  if ('request' in goal) return (await statusOf(transport, goal.request)) === goal.status;
  const container = await inspect(transport, goal.container);
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
