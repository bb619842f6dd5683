/** Takes a project down: containers, then networks, volumes and images. Upstream: compose pkg/compose/down.go. */
import { CliError, DaemonError, isNotFound } from '../../errors.ts';
import type { ComposeContext } from '../command.ts';
import type { Project } from '../project/types.ts';
import { isLeft, isOneOff, projectContainers, serviceOf } from './containers.ts';
import { LABEL } from './labels.ts';
import { dependentsFirst, imageOf } from './services.ts';
import { stopAndRemoveAll } from './stop.ts';
import { together } from './tasks.ts';

export interface Down {
  readonly services: readonly string[];
  readonly removeOrphans: boolean;
  readonly images: '' | 'all' | 'local';
  readonly timeoutSeconds?: number | undefined;
  readonly volumes: boolean;
}

export async function downProject(context: ComposeContext, given: Project, how: Down): Promise<void> {
  const { client, io } = context;
  const project = await withResources(context, given);
  const all = await projectContainers(client, project.name, { oneOff: how.removeOrphans ? 'include' : 'exclude' });
  const wanted = all.filter((container) => how.services.length === 0 || how.services.includes(serviceOf(container)));
  await dependentsFirst(io, project, (service) =>
    stopAndRemoveAll(
      context,
      wanted.filter((container) => serviceOf(container) === service.name && (!isOneOff(container) || how.removeOrphans)),
      { ...how, service },
    ),
  );
  const orphans = how.removeOrphans ? wanted.filter((container) => isLeft(project, container)) : [];
  if (orphans.length > 0) await stopAndRemoveAll(context, orphans, how);
  const networks = Object.entries(project.networks).filter(([, { external }]) => external !== true);
  const volumes = how.volumes ? Object.values(project.volumes).filter(({ external }) => external !== true) : [];
  const images = how.images === '' ? [] : await imagesToRemove(context, project, how);
  const work = [
    ...networks.map(
      ([key, { name }]) =>
        () =>
          removeNetwork(context, project, { key, name }),
    ),
    ...images.map(
      (name) => () =>
        removeResource(context, `Image ${name}`, () => client.images.remove(name, { force: false, noPrune: false, platforms: [] })),
    ),
    ...volumes.map(
      ({ name }) =>
        () =>
          removeVolume(context, name),
    ),
  ];
  if (wanted.length === 0 && work.length === 0)
    await context.warn(`Warning: No resource found to remove for project ${JSON.stringify(project.name)}.`);
  await together(io, work, (one) => one());
}

/** Of a project that is known by its name alone, the networks and volumes that carry its label. */
async function withResources({ client }: ComposeContext, project: Project): Promise<Project> {
  if (project.files.length > 0) return project;
  const label = new Map([['label', [`${LABEL.project}=${project.name}`]]]);
  const networks = await client.networks.list(label);
  const { Volumes } = await client.volumes.list(label);
  return {
    ...project,
    networks: Object.fromEntries(networks.map(({ Name, Labels }) => [Labels?.[LABEL.network] ?? Name, { name: Name }])),
    volumes: Object.fromEntries((Volumes ?? []).map(({ Name, Labels }) => [Labels?.[LABEL.volume] ?? Name, { name: Name }])),
  };
}

async function removeNetwork(
  { client, progress }: ComposeContext,
  project: Project,
  { key, name }: { key: string; name: string },
): Promise<void> {
  const labels = [`${LABEL.project}=${project.name}`, `${LABEL.network}=${key}`];
  const found = (await client.networks.list(new Map([['label', labels]]))).filter((network) => network.Name === name);
  const id = `Network ${name}`;
  if (found.length === 0) return;
  await progress.on({ id, text: 'Removing', status: 'working' });
  for (const { Id } of found) {
    const { Containers } = await client.networks.inspect(Id);
    if (Object.keys(Containers ?? {}).length > 0) {
      await progress.on({ id, text: 'Resource is still in use', status: 'warning' });
      continue;
    }
    try {
      await client.networks.remove(Id);
    } catch (error) {
      if (isNotFound(error)) continue;
      if (!(error instanceof CliError)) throw error;
      await progress.on({ id, text: 'Error', status: 'error', details: error.message });
      throw new CliError(`failed to remove network ${name}: ${error.message}`);
    }
    await progress.on({ id, text: 'Removed', status: 'done' });
  }
}

async function removeVolume(context: ComposeContext, name: string): Promise<void> {
  try {
    await context.client.volumes.inspectRaw(name);
  } catch (error) {
    if (isNotFound(error)) return;
    throw error;
  }
  await removeResource(context, `Volume ${name}`, () => context.client.volumes.remove(name, { force: true }));
}

async function removeResource({ progress }: ComposeContext, id: string, remove: () => Promise<unknown>): Promise<void> {
  await progress.on({ id, text: 'Removing', status: 'working' });
  try {
    await remove();
  } catch (error) {
    if (error instanceof DaemonError && error.httpStatus === 409)
      return progress.on({ id, text: 'Resource is still in use', status: 'warning' });
    if (isNotFound(error)) return progress.on({ id, text: 'Warning: No resource found to remove', status: 'done' });
    throw error;
  }
  await progress.on({ id, text: 'Removed', status: 'done' });
}

/** `local`: those that were built for the project; `all`: those that its services name as well. Upstream: compose image_pruner.go. */
async function imagesToRemove(
  { client }: ComposeContext,
  project: Project,
  { images, removeOrphans }: Pick<Down, 'images' | 'removeOrphans'>,
): Promise<readonly string[]> {
  const services = Object.values(project.services);
  const isThere = async (name: string): Promise<boolean> => {
    try {
      await client.images.inspect(name);
      return true;
    } catch (error) {
      if (!isNotFound(error)) throw error;
      return false;
    }
  };
  const existing = async (names: readonly string[]): Promise<readonly string[]> => {
    const found: string[] = [];
    for (const name of names) if (await isThere(name)) found.push(name);
    return found;
  };
  const filters = new Map([
    ['label', [`${LABEL.project}=${project.name}`]],
    ['dangling', ['false']],
  ]);
  const labelled = (await client.images.list({ all: false, filters }))
    .filter(({ Labels }) => removeOrphans || project.services[Labels?.[LABEL.service] ?? ''] !== undefined)
    .flatMap(({ RepoTags }) => RepoTags?.slice(0, 1) ?? []);
  const all = [
    ...(images === 'all' ? await existing(services.flatMap(({ image }) => (image === undefined ? [] : [image]))) : []),
    ...labelled,
    ...(await existing(services.filter(({ image }) => image === undefined).map((service) => imageOf(project, service)))),
  ];
  return [...new Set(all.map((name) => (/:[^/]*$/.test(name) ? name : `${name}:latest`)))];
}
