/** Waits until services are what others depend on them to be. Upstream: compose pkg/compose/convergence.go waitDependencies. */
import type { ContainerSummary } from '../../../api-types/index.ts';
import { CliError } from '../../errors.ts';
import type { ComposeContext } from '../command.ts';
import type { Dependency, Project } from '../project/types.ts';
import { eventId, serviceOf } from './containers.ts';
import { containerEvent, errorEvent } from './events.ts';
import { scaleOf } from './services.ts';
import { together } from './tasks.ts';

const POLL_MS = 500;
export type Condition = Dependency['condition'] | 'running_or_healthy';
export interface Awaited {
  readonly condition: Condition;
  readonly required: boolean;
}

export interface Waiting {
  readonly project: Project;
  readonly dependent: string;
  readonly containers: readonly ContainerSummary[];
  readonly timeoutSeconds?: number | undefined;
  /** What is said when the time is over. */
  readonly late?: string;
}

export async function waitFor(context: ComposeContext, dependencies: Readonly<Record<string, Awaited>>, waiting: Waiting): Promise<void> {
  const { project, dependent, containers, timeoutSeconds } = waiting;
  const awaited = Object.entries(dependencies).filter(([name, { condition }]) => {
    const service = project.services[name];
    return condition !== 'service_started' && service !== undefined && scaleOf(service) > 0 && service.provider === undefined;
  });
  const deadline =
    timeoutSeconds === undefined || timeoutSeconds === 0 ? undefined : context.io.clock.nowNs() + BigInt(timeoutSeconds) * 1_000_000_000n;
  const all = awaited.map(([name, one]) => ({ name, one, own: containers.filter((container) => serviceOf(container) === name) }));
  for (const { name, one, own } of all) {
    for (const container of own) await context.progress.on(containerEvent(container, 'waiting'));
    if (own.length > 0) continue;
    if (one.required) throw new CliError(`${dependent} is missing dependency ${name}`);
    await context.warn(`${dependent} is missing dependency ${name}`);
  }
  await together(
    context.io,
    all.filter(({ own }) => own.length > 0),
    async ({ name, one, own }) => {
      for (;;) {
        await context.io.clock.sleep(POLL_MS);
        if (deadline !== undefined && context.io.clock.nowNs() > deadline)
          throw new CliError(waiting.late ?? 'timeout waiting for dependencies');
        if (await isMet(context, { name, ...one, own })) return;
      }
    },
  );
}

interface Looked extends Awaited {
  readonly name: string;
  readonly own: readonly ContainerSummary[];
}

async function isMet(context: ComposeContext, looked: Looked): Promise<boolean> {
  return looked.condition === 'service_completed_successfully' ? hasCompleted(context, looked) : isHealthy(context, looked);
}

async function say(context: ComposeContext, own: readonly ContainerSummary[], word: 'healthy' | 'exited'): Promise<true> {
  for (const container of own) await context.progress.on(containerEvent(container, word));
  return true;
}

/** What fails an optional dependency is only said. */
async function fail(
  context: ComposeContext,
  { own, required }: Looked,
  { details, error, optional, why }: { details: string; error: string; optional: string; why?: string },
): Promise<true> {
  if (!required) {
    for (const container of own)
      await context.progress.on({ id: eventId(container), text: `Skipped: optional dependency ${optional}`, status: 'warning' });
    await context.warn(`optional dependency ${optional}${why === undefined ? '' : `: ${why}`}`);
    return true;
  }
  for (const container of own) await context.progress.on(errorEvent(eventId(container), details));
  throw new CliError(error);
}

async function hasCompleted(context: ComposeContext, looked: Looked): Promise<boolean> {
  const { name, own } = looked;
  for (const { Id } of own) {
    const { State } = await context.client.containers.inspect(Id);
    if (State.Status !== 'exited') continue;
    if (State.ExitCode === 0) return say(context, own, 'exited');
    const suffix = `${JSON.stringify(name)} didn't complete successfully: exit ${State.ExitCode}`;
    return fail(context, looked, { details: `service ${suffix}`, error: `service ${suffix}`, optional: suffix });
  }
  return false;
}

async function isHealthy(context: ComposeContext, looked: Looked): Promise<boolean> {
  const { name, own, condition } = looked;
  const orRunning = condition === 'running_or_healthy';
  const failed = async (why: string): Promise<boolean> => {
    if (orRunning && looked.required) throw new CliError(why);
    return fail(context, looked, {
      details: `dependency ${name} failed to start`,
      error: `dependency failed to start: ${why}`,
      optional: `${JSON.stringify(name)} ${orRunning ? 'is not running or is unhealthy' : 'failed to start'}`,
      why,
    });
  };
  for (const { Id } of own) {
    const { State, Config, Name } = await context.client.containers.inspect(Id);
    const container = `container ${Name.slice(1)}`;
    if (State.Status === 'exited') return failed(`${container} exited (${State.ExitCode})`);
    const test = Config.Healthcheck?.Test;
    const hasCheck = Config.Healthcheck !== undefined && test?.[0] !== 'NONE';
    if (!hasCheck && orRunning) return State.Status === 'running' ? say(context, own, 'healthy') : false;
    if (State.Health === undefined) return failed(`${container} has no healthcheck configured`);
    if (State.Health.Status === 'unhealthy') return failed(`${container} is unhealthy`);
    if (State.Health.Status !== 'healthy') return false;
  }
  return say(context, own, 'healthy');
}
