import type { ComposeContext } from '../command.ts';
import type { Project } from '../project/types.ts';
import { projectContainers, serviceOf } from './containers.ts';
import { dependentsFirst } from './services.ts';
import { stopAll } from './stop.ts';

/** Stops the containers of services, those that depend on others first. */
export async function stopServices(
  context: ComposeContext,
  project: Project,
  { services, timeoutSeconds }: { readonly services: readonly string[]; readonly timeoutSeconds?: number | undefined },
): Promise<void> {
  const containers = await projectContainers(context.client, project.name, { services });
  await dependentsFirst(context.io, project, (service) => {
    const { name } = service;
    const isWanted = services.length === 0 || services.includes(name);
    return isWanted
      ? stopAll(
          context,
          containers.filter((container) => serviceOf(container) === name),
          { timeoutSeconds, service },
        )
      : Promise.resolve();
  });
}
