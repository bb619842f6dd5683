/** A container for one command of a service. Upstream: compose pkg/compose/run.go. */

import { checkTerminal } from '../../command/container/attach-session.ts';
import { start } from '../../command/container/start.ts';
import { CliError } from '../../errors.ts';
import { call } from '../call.ts';
import type { ComposeContext } from '../command.ts';
import type { Project, Service } from '../project/types.ts';
import { buildMissing } from './build.ts';
import { projectContainers, serviceOf } from './containers.ts';
import { createContainer, type Observed } from './converge.ts';
import { copyGrants } from './grants.ts';
import { startWithHooks } from './hooks.ts';
import { localImages, mustPull, pullAll } from './images.ts';
import { findNetworks } from './networks.ts';

export interface OneOff {
  readonly rm: boolean;
  readonly detach: boolean;
  readonly name: string;
  readonly aliases: boolean;
  readonly quietPull: boolean;
  readonly quietBuild: boolean;
  readonly build: boolean;
}

export async function runOneOff(context: ComposeContext, project: Project, service: Service, how: OneOff): Promise<number> {
  const { io, client, progress, out, err } = context;
  const stdin = service.stdin_open ?? false;
  if (!how.detach) checkTerminal(context, { stdin, tty: service.tty ?? false });
  const alone: Project = { ...project, services: { [service.name]: service } };
  const observed = await observe(context, alone, how);
  const slug = [...io.random.bytes(32)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  const name = how.name || `${project.name}-${service.name}-run-${slug.slice(0, 12)}`;
  const id = `Container ${name}`;
  await progress.on({ id, text: 'Creating', status: 'working' });
  let container: string;
  const { rows, columns } = io.stdout.isTerminal ? io.stdout.size() : { rows: 0, columns: 0 };
  try {
    container = await createContainer(
      context,
      { project, service: { ...service, container_name: name }, observed },
      { name, number: 0, oneOff: { slug, attachStdin: stdin, autoRemove: how.rm, aliases: how.aliases, size: [rows, columns] } },
    );
  } catch (error) {
    if (error instanceof CliError) await progress.on({ id, text: error.message, status: 'error' });
    throw error;
  }
  await progress.on({ id, text: 'Created', status: 'done' });
  await copyGrants(context, project, { service, id: container });
  const status = await startWithHooks(context, { id: container, service }, async () => {
    if (!how.detach) return (await call(context, start, ['--attach', ...(stdin ? ['--interactive'] : []), container])) ?? 0;
    await client.containers.start(container);
    await out.line(container);
    return 0;
  });
  if (status !== 0) await err.line('');
  return status;
}

async function observe(context: ComposeContext, project: Project, how: OneOff): Promise<Observed> {
  const before = await localImages(context, project);
  const missing = Object.values(project.services).filter((service) => mustPull(service, before.has(service.image ?? '')));
  if (missing.length > 0) await pullAll(context, missing, { quiet: how.quietPull });
  await buildMissing(context, project, { images: before, how: how.build ? 'always' : 'missing', quiet: how.quietBuild });
  const observed: Observed = {
    containers: new Map(),
    images: await localImages(context, project),
    networks: await findNetworks(context, project),
    recreated: new Set(),
    stopped: new Set(),
  };
  for (const container of await projectContainers(context.client, project.name))
    observed.containers.set(serviceOf(container), [...(observed.containers.get(serviceOf(container)) ?? []), container]);
  return observed;
}
