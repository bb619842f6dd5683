import { anyArgs } from '../../command/command.ts';
import { bool, int } from '../../flags/index.ts';
import { composeCommand } from '../command.ts';
import { projectContainers, serviceOf } from '../engine/containers.ts';
import { containerEvent } from '../engine/events.ts';
import { runHooks } from '../engine/hooks.ts';
import { dependenciesFirst } from '../engine/services.ts';
import { projectOrName } from '../engine/session.ts';
import { together } from '../engine/tasks.ts';
import { waitFor } from '../engine/wait-for.ts';
import { withServices } from '../project/profiles.ts';
import type { Project } from '../project/types.ts';

export const restart = composeCommand({
  name: 'restart',
  summary: 'Restart service containers',
  usage: '[OPTIONS] [SERVICE...]',
  args: anyArgs,
  flags: {
    'no-deps': bool("Don't restart dependent services"),
    timeout: int('Specify a shutdown timeout in seconds', { short: 't' }),
  },
  run: async (context) => {
    const { io, client, args, flags, changed, progress } = context;
    const given = await projectOrName(context, args);
    const whole = withRestarting(flags['no-deps'] ? withServices(given, args, { alone: true }) : given);
    const wanted = args.length === 0 ? Object.keys(whole.services) : withDependents(whole, args);
    const project = { ...whole, services: Object.fromEntries(Object.entries(whole.services).filter(([name]) => wanted.includes(name))) };
    const containers = await projectContainers(client, project.name);
    const timeout = changed.has('timeout') ? { timeoutSeconds: flags.timeout } : {};
    await progress.during('restart', () =>
      dependenciesFirst(io, project, async (service) => {
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
      }),
    );
  },
});

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
