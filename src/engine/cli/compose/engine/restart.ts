/** Restarts the containers of services, with those that want to come along. Upstream: compose pkg/compose/restart.go. */
import type { ComposeContext } from '../command.ts';
import { withServices } from '../project/profiles.ts';
import type { Project } from '../project/types.ts';
import { projectContainers, serviceOf } from './containers.ts';
import { containerEvent } from './events.ts';
import { runHooks } from './hooks.ts';
import { dependenciesFirst } from './services.ts';
import { together } from './tasks.ts';
import { waitFor } from './wait-for.ts';

export interface Restart {
  /** None: all. */
  readonly services: readonly string[];
  readonly alone?: boolean;
  readonly timeoutSeconds?: number | undefined;
}

export async function restartServices(context: ComposeContext, given: Project, how: Restart): Promise<void> {
  const { io, client, progress } = context;
  const whole = withRestarting(how.alone === true ? withServices(given, how.services, { alone: true }) : given);
  const wanted = how.services.length === 0 ? Object.keys(whole.services) : withDependents(whole, how.services);
  const project = { ...whole, services: Object.fromEntries(Object.entries(whole.services).filter(([name]) => wanted.includes(name))) };
  const containers = await projectContainers(client, project.name);
  const timeout = how.timeoutSeconds === undefined ? {} : { timeoutSeconds: how.timeoutSeconds };
  await dependenciesFirst(io, project, async (service) => {
    const { name, depends_on: depends = {} } = service;
    await waitFor(context, depends, { project, dependent: name, containers });
    const own = containers.filter((container) => serviceOf(container) === name);
    await together(io, own, async (container) => {
      await runHooks(context, container, { service, when: 'pre_stop' });
      await progress.on(containerEvent(container, 'restarting'));
      await client.containers.restart(container.Id, timeout);
      await progress.on(containerEvent(container, 'started'));
      await runHooks(context, container, { service, when: 'post_start' });
    });
  });
}

/** Only the dependencies that want a restart to come along. */
function withRestarting(project: Project): Project {
  const services = Object.entries(project.services).map(([name, service]) => {
    const kept = Object.entries(service.depends_on ?? {}).filter(([, { restart: also }]) => also === true);
    return [name, { ...service, depends_on: Object.fromEntries(kept) }] as const;
  });
  return { ...project, services: Object.fromEntries(services) };
}

/** Services that want to be restarted with what they depend on come along. */
function withDependents(project: Project, names: readonly string[]): readonly string[] {
  const all = new Set(names);
  for (let size = -1; size !== all.size; ) {
    size = all.size;
    for (const { name, depends_on: depends } of Object.values(project.services))
      if (Object.entries(depends ?? {}).some(([on, { restart: also }]) => also === true && all.has(on))) all.add(name);
  }
  return [...all];
}
