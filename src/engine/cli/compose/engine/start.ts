/** Starts a project's containers, each service when those that it depends on are ready. Upstream: compose pkg/compose/start.go. */
import type { ContainerSummary } from '../../../api-types/index.ts';
import { CliError, isNotModified } from '../../errors.ts';
import { showDuration } from '../../flags/duration.ts';
import type { ComposeContext } from '../command.ts';
import type { Project, Service } from '../project/types.ts';
import { isRunning, numberOf, projectContainers, serviceOf } from './containers.ts';
import { containerEvent } from './events.ts';
import { copyGrants } from './grants.ts';
import { type HookOutput, runHooks } from './hooks.ts';
import { dependenciesFirst, scaleOf } from './services.ts';
import { type Awaited, waitFor } from './wait-for.ts';

export interface Start {
  /** Wait until all of these run, or are healthy if they have a check. */
  readonly wait?: readonly string[];
  readonly waitTimeoutSeconds?: number | undefined;
  /** Before each container starts, so that nothing of its output is missed. */
  readonly before?: (container: ContainerSummary) => Promise<void>;
  /** Where a container's hooks print. */
  readonly hookOutput?: (container: ContainerSummary) => HookOutput;
}

export async function startProject(context: ComposeContext, project: Project, how: Start = {}): Promise<void> {
  const containers = await projectContainers(context.client, project.name);
  await dependenciesFirst(context.io, project, (service) => startService(context, { project, service, containers }, how));
  if (how.wait === undefined) return;
  const dependencies: Record<string, Awaited> = {};
  for (const service of Object.values(project.services))
    dependencies[service.name] = { condition: conditionOf(project, service), required: true };
  const late = `application not healthy after ${showDuration((how.waitTimeoutSeconds ?? 0) * 1e9)}`;
  await waitFor(context, dependencies, { project, dependent: project.name, containers, timeoutSeconds: how.waitTimeoutSeconds, late });
}

/** One that others wait for to complete is not expected to run. */
function conditionOf(project: Project, { name }: Service): Awaited['condition'] {
  const completes = Object.values(project.services).some(
    ({ depends_on: depends }) => depends?.[name]?.condition === 'service_completed_successfully',
  );
  return completes ? 'service_completed_successfully' : 'running_or_healthy';
}

async function startService(
  context: ComposeContext,
  { project, service, containers }: { project: Project; service: Service; containers: readonly ContainerSummary[] },
  how: Start,
): Promise<void> {
  if (service.deploy?.replicas === 0) return;
  await waitFor(context, service.depends_on ?? {}, {
    project,
    dependent: service.name,
    containers,
    timeoutSeconds: how.waitTimeoutSeconds,
  });
  if (scaleOf(service) === 0) return;
  if (containers.length === 0) throw new CliError(`service ${JSON.stringify(service.name)} has no container to start`);
  const own = containers.filter((container) => serviceOf(container) === service.name && !isRunning(container));
  for (const container of [...own].sort((a, b) => numberOf(a) - numberOf(b)))
    await startContainer(context, { project, service, container }, how);
}

async function startContainer(
  context: ComposeContext,
  { project, service, container }: { project: Project; service: Service; container: ContainerSummary },
  how: Start,
): Promise<void> {
  const { client, progress } = context;
  await copyGrants(context, project, { service, id: container.Id });
  await how.before?.(container);
  await progress.on(containerEvent(container, 'starting'));
  try {
    await client.containers.start(container.Id);
  } catch (error) {
    if (!isNotModified(error)) throw error;
  }
  const { hookOutput } = how;
  await runHooks(context, container, { service, when: 'post_start', output: hookOutput && (() => hookOutput(container)) });
  await progress.on(containerEvent(container, 'started'));
}
