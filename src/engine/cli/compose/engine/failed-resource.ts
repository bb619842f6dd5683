/** A network, a volume or a container that cannot be made. Upstream: compose pkg/compose/executor.go and executor_events.go. */
import { CliError } from '../../errors.ts';
import type { ComposeContext } from '../command.ts';
import type { Project, Service } from '../project/types.ts';
import type { Observed } from './converge.ts';
import { containerName, scaleOf } from './services.ts';

export interface Resource {
  /** As events of the plan name it: `network:front`, `service:web:1`. */
  readonly id: string;
  /** Whether a service waited for this. */
  readonly usedBy: (service: Service) => boolean;
  /** The service whose container it is. */
  readonly service?: string;
  readonly project: Project;
  readonly observed: Observed;
}

/** Makes it; if that fails it is said, and what waited for it alone begins before it is told to stop. */
export async function making(context: ComposeContext, resource: Resource, act: () => Promise<unknown>): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (error instanceof CliError) await tell(context, resource, error.message);
    throw error;
  }
}

async function tell(
  { progress }: ComposeContext,
  { id, usedBy, service: own, project, observed }: Resource,
  message: string,
): Promise<void> {
  await progress.on({ id, text: message, status: 'error' });
  for (const service of Object.values(project.services).filter(usedBy)) {
    const isWaiting = Object.keys(service.depends_on ?? {}).some((name) => name !== own);
    if (isWaiting || (observed.containers.get(service.name) ?? []).length > 0) continue;
    for (let number = 1; number <= scaleOf(service); number++)
      await progress.on({ id: `Container ${containerName(project, service, number)}`, text: 'Creating', status: 'working' });
  }
}
