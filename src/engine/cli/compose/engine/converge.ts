/** Brings a service's containers to what the project wants: creates, recreates and removes. Upstream: compose pkg/compose/reconcile.go. */
import type { ContainerSummary, ImageInspect, NetworkSummary } from '../../../api-types/index.ts';
import { CliError } from '../../errors.ts';
import type { ComposeContext } from '../command.ts';
import { serviceHash } from '../project/hash.ts';
import type { Grant, Project, Service } from '../project/types.ts';
import { COMPOSE_VERSION } from '../version.ts';
import { isRunning, nameOf, numberOf, serviceOf } from './containers.ts';
import { createRequest, sharedMode } from './create-request.ts';
import { containerEvent } from './events.ts';
import { making } from './failed-resource.ts';
import { identityOf } from './images.ts';
import { LABEL } from './labels.ts';
import { containerName, imageOf, scaleOf } from './services.ts';
import { removeContainer, type Stopping, stopAll, stopAndRemoveAll, stopContainer } from './stop.ts';
import { together } from './tasks.ts';

export type Recreate = 'diverged' | 'force' | 'never';

/** What is known of the Engine while a project is brought about. `containers` follows what happens. */
export interface Observed {
  readonly containers: Map<string, ContainerSummary[]>;
  readonly images: ReadonlyMap<string, ImageInspect>;
  readonly networks: ReadonlyMap<string, NetworkSummary>;
  /** Services of which a container was made anew. */
  readonly recreated: Set<string>;
  /** Containers that were stopped on the way, by their ids: they are started with the others. */
  readonly stopped: Set<string>;
}
export interface Converging {
  readonly recreate: Recreate;
  readonly timeoutSeconds?: number | undefined;
  /** Anonymous volumes are taken over from the container before. */
  readonly inherit: boolean;
}

/** A service whose references to other services are to containers. */
export function resolved(service: Service, observed: Observed): Service {
  const containerOf = containersOf(observed, service);
  const mode = (value: string | undefined) => (value === undefined ? undefined : sharedMode(value, containerOf));
  const { network_mode, ipc, pid, volumes_from: from, ...rest } = service;
  const all = { network_mode: mode(network_mode), ipc: mode(ipc), pid: mode(pid) };
  const volumes = from?.map((one) =>
    one.startsWith('container:') ? one.slice('container:'.length).split(':')[0] : containerOf(one.split(':')[0] ?? ''),
  );
  const set = Object.fromEntries(Object.entries({ ...all, volumes_from: volumes }).filter(([, value]) => value !== undefined));
  return { ...rest, ...set };
}

export const containersOf =
  ({ containers }: Observed, _service: Service) =>
  (name: string): string => {
    const [first] = containers.get(name) ?? [];
    if (first === undefined) throw new CliError(`cannot share namespaces with service ${name}: container missing`);
    return first.Id;
  };

/** Does a container have to be made anew? */
function mustRecreate(
  project: Project,
  container: ContainerSummary,
  { service, observed, how }: { service: Service; observed: Observed; how: Recreate },
): boolean {
  if (how === 'never') return false;
  if (how === 'force') return true;
  const shares = [service.network_mode, service.ipc, service.pid].flatMap((mode) =>
    mode?.startsWith('service:') ? [mode.slice('service:'.length)] : [],
  );
  if ([...shares, ...(service.volumes_from ?? []).map((from) => from.split(':')[0] ?? '')].some((name) => observed.recreated.has(name)))
    return true;
  if (container.Labels[LABEL.hash] !== hashOf(service, observed)) return true;
  const image = observed.images.get(imageOf(project, service));
  if (image !== undefined && container.Labels[LABEL.image] !== identityOf(image)) return true;
  const connected = Object.values(container.NetworkSettings.Networks).map(({ NetworkID }) => NetworkID);
  const networks = Object.keys(service.networks ?? {}).map((name) => observed.networks.get(project.networks[name]?.name ?? '')?.Id);
  if (isRunning(container) && networks.some((id) => id !== undefined && !connected.includes(id))) return true;
  const mounted = container.Mounts.map(({ Name }) => Name);
  return (service.volumes ?? []).some(
    ({ type, source = '' }) => type === 'volume' && source !== '' && !mounted.includes(project.volumes[source]?.name ?? source),
  );
}

function hashOf(service: Service, observed: Observed): string {
  try {
    return serviceHash(resolved(service, observed));
  } catch (error) {
    if (error instanceof CliError) return serviceHash(service);
    throw error;
  }
}

/** A name is one container's. Throws CliError. */
function checkScale({ name, container_name: own }: Service, expected: number): void {
  if (expected > 1 && own !== undefined)
    throw new CliError(
      `WARNING: The ${JSON.stringify(name)} service is using the custom container name ${JSON.stringify(own)}. Docker requires each container to have a unique name. Remove the custom name to scale the service`,
    );
}

export async function convergeService(
  context: ComposeContext,
  { project, service, observed }: { readonly project: Project; readonly service: Service; readonly observed: Observed },
  how: Converging,
): Promise<void> {
  const expected = Math.max(0, scaleOf(service));
  checkScale(service, expected);
  const obsolete = (container: ContainerSummary) => mustRecreate(project, container, { service, observed, how: how.recreate });
  const own = (observed.containers.get(service.name) ?? []).map((container) => ({ container, isObsolete: obsolete(container) }));
  // Those that are up to date stay, of them the ones with the lowest numbers.
  const sorted = own.sort((a, b) => Number(a.isObsolete) - Number(b.isObsolete) || numberOf(a.container) - numberOf(b.container));
  const excess = sorted.slice(expected).map(({ container }) => container);
  const kept = sorted.slice(0, expected);
  const last = Math.max(0, ...own.map(({ container }) => numberOf(container)));
  for (const { container, isObsolete } of kept)
    if (!isObsolete && isRunning(container) && !observed.stopped.has(container.Id))
      await context.progress.on(containerEvent(container, 'running'));
  const odd = kept.filter(({ container, isObsolete }) => !isObsolete && !SETTLED.includes(container.State));
  const work: (() => Promise<void>)[] = [
    ...odd.map(
      ({ container }) =>
        () =>
          startOdd(context, container),
    ),
    ...excess.map((container) => async () => {
      await stopAndRemoveAll(context, [container], how);
      forget(observed, service, container);
    }),
    ...kept
      .filter(({ isObsolete }) => isObsolete)
      .map(
        ({ container }) =>
          () =>
            recreateContainer(context, { project, service, observed, container }, how),
      ),
    ...Array.from(
      { length: Math.max(0, expected - own.length) },
      (_, i) => () => createOne(context, { project, service, observed, number: last + 1 + i }),
    ),
  ];
  await together(context.io, work, (one) => one());
}

/** What is paused or dead is told to start, which may fail. */
async function startOdd({ client, progress }: ComposeContext, container: ContainerSummary): Promise<void> {
  await progress.on(containerEvent(container, 'starting'));
  try {
    await client.containers.start(container.Id);
  } catch (error) {
    if (error instanceof CliError) await progress.on({ id: `Container ${nameOf(container)}`, text: error.message, status: 'error' });
    throw error;
  }
  await progress.on(containerEvent(container, 'started'));
}

const SETTLED = ['running', 'created', 'restarting', 'exited'];
const forget = (observed: Observed, service: Service, gone: ContainerSummary): void => {
  observed.containers.set(
    service.name,
    (observed.containers.get(service.name) ?? []).filter(({ Id }) => Id !== gone.Id),
  );
};

interface One {
  readonly project: Project;
  readonly service: Service;
  readonly observed: Observed;
}

async function createOne(context: ComposeContext, { number, ...one }: One & { readonly number: number }): Promise<void> {
  const { progress } = context;
  const name = containerName(one.project, one.service, number);
  const id = `Container ${name}`;
  await progress.on({ id, text: 'Creating', status: 'working' });
  const { name: service } = one.service;
  const usedBy = ({ depends_on: depends = {} }: Service): boolean => depends[service] !== undefined;
  await making(context, { ...one, id: `service:${service}:${number}`, service, usedBy }, () =>
    createContainer(context, one, { name, number }),
  );
  await progress.on({ id, text: 'Created', status: 'done' });
}

/** Those of services that want to be restarted with this one. */
async function stopDependents(context: ComposeContext, { project, service, observed }: One, how: Converging): Promise<void> {
  const dependents = Object.values(project.services).filter(({ depends_on: depends }) => depends?.[service.name]?.restart === true);
  const containers = dependents.flatMap(({ name }) => observed.containers.get(name) ?? []);
  await stopOnTheWay(context, observed, { containers, how });
}

/** Stops these containers, each once. */
export async function stopOnTheWay(
  context: ComposeContext,
  { stopped }: Observed,
  { containers, how }: { readonly containers: readonly ContainerSummary[]; readonly how: Stopping },
): Promise<void> {
  const open = containers.filter(({ Id }) => !stopped.has(Id));
  for (const { Id } of open) stopped.add(Id);
  await stopAll(context, open, how);
}

async function recreateContainer(
  context: ComposeContext,
  { container, ...one }: One & { readonly container: ContainerSummary },
  how: Converging,
): Promise<void> {
  const { project, service, observed } = one;
  const quiet: ComposeContext = { ...context, progress: { ...context.progress, on: async () => {} } };
  await stopDependents(context, one, how);
  await context.progress.on(containerEvent(container, 'recreate'));
  observed.recreated.add(service.name);
  const number = numberOf(container);
  const name = containerName(project, service, number);
  const replaces = service.container_name ?? `${service.name}-${number}`;
  try {
    const made = await createContainer(context, one, {
      name: `${container.Id.slice(0, 12)}_${name}`,
      number,
      labels: { [LABEL.replace]: replaces },
      ...(how.inherit ? { inherit: container } : {}),
    });
    if (!observed.stopped.has(container.Id)) await stopContainer(quiet, container, how);
    await removeContainer(quiet, container);
    forget(observed, service, container);
    await context.client.containers.rename(made, name);
  } catch (error) {
    if (error instanceof CliError)
      await context.progress.on({ id: `Container ${nameOf(container)}`, text: error.message, status: 'error' });
    throw error;
  }
  await context.progress.on(containerEvent(container, 'recreated'));
}

export interface NewContainer {
  readonly name: string;
  readonly number: number;
  readonly labels?: Readonly<Record<string, string>>;
  readonly inherit?: ContainerSummary;
  /** For `compose run`. */
  readonly oneOff?: {
    readonly slug: string;
    readonly attachStdin: boolean;
    readonly autoRemove: boolean;
    readonly aliases: boolean;
    readonly size?: readonly [number, number];
  };
}

/** Creates a container of a service, without a word. Answers its id. */
export async function createContainer(context: ComposeContext, { project, service, observed }: One, made: NewContainer): Promise<string> {
  const containerOf = containersOf(observed, service);
  const { name, number, inherit, oneOff } = made;
  const image = observed.images.get(imageOf(project, service));
  const labels = { ...made.labels, ...ownLabels(project, service, { observed, image, number, oneOff: oneOff?.slug }) };
  const request = createRequest({
    project,
    service,
    number,
    labels,
    aliases: oneOff?.aliases ?? true,
    imageVolumes: new Set(Object.keys(image?.Config?.Volumes ?? {})),
    containerOf,
    ...(oneOff === undefined ? {} : { attachStdin: oneOff.attachStdin, autoRemove: oneOff.autoRemove }),
    ...(oneOff?.size === undefined ? {} : { size: oneOff.size }),
    ...(inherit === undefined ? {} : { inherit }),
  });
  await warnOfGrants(context, service, project);
  const created = await context.client.containers.create(request, { name, platform: service.platform ?? '' });
  for (const warning of created.Warnings ?? []) await context.progress.on({ id: service.name, text: warning, status: 'warning' });
  const [summary] = await context.client.containers.list({ all: true, filters: new Map([['id', [created.Id]]]) });
  if (summary !== undefined && oneOff === undefined)
    observed.containers.set(serviceOf(summary), [...(observed.containers.get(serviceOf(summary)) ?? []), summary]);
  return created.Id;
}

function ownLabels(
  project: Project,
  service: Service,
  { observed, image, number, oneOff }: { observed: Observed; image: ImageInspect | undefined; number: number; oneOff: string | undefined },
): Readonly<Record<string, string>> {
  const depends = Object.entries(service.depends_on ?? {}).map(
    ([name, { condition, restart = false }]) => `${name}:${condition}:${restart}`,
  );
  return {
    [LABEL.project]: project.name,
    [LABEL.service]: service.name,
    [LABEL.version]: COMPOSE_VERSION,
    [LABEL.workingDir]: project.workingDir,
    [LABEL.files]: project.files.join(','),
    [LABEL.oneOff]: oneOff === undefined ? 'False' : 'True',
    ...(project.envFiles.length === 0 ? {} : { [LABEL.envFile]: project.envFiles.join(',') }),
    ...(oneOff === undefined ? {} : { [LABEL.slug]: oneOff }),
    ...(image === undefined ? {} : { [LABEL.image]: identityOf(image) }),
    [LABEL.hash]: serviceHash(resolved(service, observed)),
    ...(number > 0 ? { [LABEL.number]: String(number) } : {}),
    [LABEL.dependsOn]: depends.join(','),
  };
}

/** A file is mounted as it is. */
async function warnOfGrants({ warn }: ComposeContext, service: Service, project: Project): Promise<void> {
  const isMeant = ({ uid, gid, mode }: Grant) => uid !== undefined || gid !== undefined || mode !== undefined;
  for (const grant of service.secrets ?? [])
    if (project.secrets[grant.source]?.environment === undefined && isMeant(grant))
      await warn('secrets `uid`, `gid` and `mode` are not supported, they will be ignored');
  for (const grant of service.configs ?? [])
    if (project.configs[grant.source]?.file !== undefined && isMeant(grant))
      await warn('config `uid`, `gid` and `mode` are not supported, they will be ignored');
}
