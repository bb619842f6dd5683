import type { ContainerSummary } from '../../../api-types/index.ts';
import { CliError, DaemonError, isNotFound, isNotModified } from '../../errors.ts';
import type { ComposeContext } from '../command.ts';
import type { Service } from '../project/types.ts';
import { eventId } from './containers.ts';
import { containerEvent, errorEvent } from './events.ts';
import { runHooks } from './hooks.ts';
import { together } from './tasks.ts';

export interface Stopping {
  readonly timeoutSeconds?: number | undefined;
  /** Anonymous volumes go with their container. */
  readonly volumes?: boolean;
  /** The service whose hooks are run before. */
  readonly service?: Service | undefined;
}

/** Stops a container, if it runs. */
export async function stopContainer(
  context: ComposeContext,
  container: ContainerSummary,
  { timeoutSeconds, service }: Stopping = {},
): Promise<void> {
  const { client, progress } = context;
  await progress.on(containerEvent(container, 'stopping'));
  if (service !== undefined && !(await hooksDone(context, container, service))) return;
  try {
    await client.containers.stop(container.Id, timeoutSeconds === undefined ? {} : { timeoutSeconds });
  } catch (error) {
    if (!isNotModified(error)) {
      if (error instanceof CliError) await progress.on(errorEvent(eventId(container), 'Error while Stopping'));
      throw error;
    }
  }
  await progress.on(containerEvent(container, 'stopped'));
}

/** Answers false if the container does not run any more. */
async function hooksDone(context: ComposeContext, container: ContainerSummary, service: Service): Promise<boolean> {
  try {
    await runHooks(context, container, { service, when: 'pre_stop' });
    return true;
  } catch (error) {
    if (isNotFound(error) || (error instanceof DaemonError && error.httpStatus === 409)) return false;
    throw error;
  }
}

export async function removeContainer(
  { client, progress }: ComposeContext,
  container: ContainerSummary,
  { volumes = false }: Stopping = {},
): Promise<void> {
  await progress.on(containerEvent(container, 'removing'));
  try {
    await client.containers.remove(container.Id, { volumes, force: true });
  } catch (error) {
    if (!isNotFound(error)) {
      if (error instanceof CliError) await progress.on(errorEvent(eventId(container), 'Error while Removing'));
      throw error;
    }
  }
  await progress.on(containerEvent(container, 'removed'));
}

export const stopAll = (context: ComposeContext, containers: readonly ContainerSummary[], how: Stopping = {}): Promise<void> =>
  together(context.io, containers, (container) => stopContainer(context, container, how));

export const stopAndRemoveAll = (context: ComposeContext, containers: readonly ContainerSummary[], how: Stopping = {}): Promise<void> =>
  together(context.io, containers, async (container) => {
    try {
      await stopContainer(context, container, how);
    } catch (error) {
      if (isNotFound(error)) return context.progress.on(containerEvent(container, 'removed'));
      throw error;
    }
    return removeContainer(context, container, how);
  });
