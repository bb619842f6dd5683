/** Makes all that a project needs, down to its containers, and starts nothing. Upstream: compose pkg/compose/create.go. */

import { notYet } from '../../command/not-yet.ts';
import { CliError } from '../../errors.ts';
import { joinPath } from '../../path.ts';
import type { ComposeContext } from '../command.ts';
import type { Project } from '../project/types.ts';
import { buildMissing } from './build.ts';
import { isLeft, isOneOff, nameOf, projectContainers, serviceOf } from './containers.ts';
import { convergeService, type Observed, type Recreate } from './converge.ts';
import { localImages, mustPull, pullAll } from './images.ts';
import { createNetworks, findNetworks } from './networks.ts';
import { dependenciesFirst } from './services.ts';
import { stopAndRemoveAll } from './stop.ts';
import { checkExternalVolumes, createVolumes } from './volumes.ts';

export interface Create {
  /** What was named: the others are their dependencies. None: all. */
  readonly services: readonly string[];
  readonly recreate: Recreate;
  readonly recreateDependencies: Recreate;
  readonly timeoutSeconds?: number | undefined;
  readonly inherit: boolean;
  readonly quietPull: boolean;
  readonly build: 'always' | 'missing' | 'never';
  readonly quietBuild: boolean;
  readonly removeOrphans: boolean;
  readonly ignoreOrphans: boolean;
  /** No question is asked: everything is agreed to. */
  readonly yes: boolean;
}

/** What a service may ask for, and does not get; said before anything is made. */
const ABSENT = ['pre_start'] as const;

/** Throws CliError. */
function checkAbsent({ services }: Project): void {
  if (Object.values(services).some(({ models }) => models !== undefined))
    throw new CliError("'models' support requires Docker Model plugin");
  for (const service of Object.values(services))
    for (const key of ABSENT) if (service[key] !== undefined) throw notYet(`'${key}' of service ${JSON.stringify(service.name)}`);
}

export async function createProject(context: ComposeContext, project: Project, how: Create): Promise<Observed> {
  checkAbsent(project);
  const images = await ensureImages(context, project, how);
  const networks = await findNetworks(context, project);
  await checkExternalVolumes(context, project);
  const found = await projectContainers(context.client, project.name, { oneOff: 'include' });
  const orphans = found.filter((container) => isLeft(project, container));
  const all = found.filter((container) => !isOneOff(container));
  if (orphans.length > 0 && !how.removeOrphans && !how.ignoreOrphans) await warnOfOrphans(context, orphans.map(nameOf));
  const observed: Observed = { containers: new Map(), images, networks, recreated: new Set(), stopped: new Set() };
  for (const container of all)
    observed.containers.set(serviceOf(container), [...(observed.containers.get(serviceOf(container)) ?? []), container]);
  await createNetworks(context, { project, observed, how });
  await createVolumes(context, { project, observed, how });
  await dependenciesFirst(context.io, project, (service) => {
    if (service.provider !== undefined) return askProvider(context, service.name, service.provider.type);
    const isNamed = how.services.length === 0 || how.services.includes(service.name);
    return convergeService(
      context,
      { project, service, observed },
      { ...how, recreate: isNamed ? how.recreate : how.recreateDependencies },
    );
  });
  if (how.removeOrphans) await stopAndRemoveAll(context, orphans, how);
  return observed;
}

/** A service that a program of its own brings about. */
async function askProvider({ io, progress }: ComposeContext, service: string, type: string): Promise<never> {
  const places = (io.env.get('PATH') ?? '').split(':').map((directory) => joinPath(directory, type));
  if (places.some((path) => ((io.files.stat(path)?.mode ?? 0) & 0o111) !== 0))
    throw notYet(`'provider' of service ${JSON.stringify(service)}`);
  const message = `exec: ${JSON.stringify(type)}: executable file not found in $PATH`;
  await progress.on({ id: `provider:${service}`, text: message, status: 'error' });
  throw new CliError(message);
}

/** Pulls and builds what is not there. */
async function ensureImages(context: ComposeContext, project: Project, how: Create): Promise<Observed['images']> {
  const before = await localImages(context, project);
  const isThere = (name: string | undefined) => name !== undefined && before.has(name);
  const toPull = Object.values(project.services).filter((service) => mustPull(service, isThere(service.image)));
  if (toPull.length > 0) await pullAll(context, toPull, { quiet: how.quietPull });
  const built = await buildMissing(context, project, { images: before, how: how.build, quiet: how.quietBuild });
  return toPull.length > 0 || built ? localImages(context, project) : before;
}

async function warnOfOrphans({ warn }: ComposeContext, names: readonly string[]): Promise<void> {
  await warn(
    `Found orphan containers (${names.join(', ')}) for this project. If you removed or renamed this service in your compose file, ` +
      'you can run this command with the --remove-orphans flag to clean it up.',
  );
}
