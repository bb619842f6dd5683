/** `docker stack deploy`: makes what a stack's files describe, and brings what is there already to it. Upstream: docker/cli cli/command/stack/deploy_composefile.go. */

import type { Service, ServiceSpec } from '../../../api-types/index.ts';
import { encodeBase64 } from '../../../http/base64.ts';
import { type SwarmClient, swarmClient } from '../../client/swarm.ts';
import type { FileObject, Project } from '../../compose/project/types.ts';
import { CliError, DaemonError, isNotFound } from '../../errors.ts';
import { readFile } from '../../stream/files.ts';
import { encodeText } from '../../text.ts';
import type { Context } from '../command.ts';
import { pinned } from '../service/image.ts';
import { waitForService } from '../service/progress.ts';
import { checkImages, warnOfFields } from './check-stack.ts';
import { type FileIds, networkRequest, serviceSpec } from './convert.ts';
import { loadStack, PROJECT } from './load-stack.ts';
import { checkStackName, NAMESPACE, ofStack, scoped } from './namespace.ts';

export interface DeployFlags {
  readonly 'compose-file': readonly string[];
  readonly detach: boolean;
  readonly prune: boolean;
  readonly quiet: boolean;
  readonly 'resolve-image': string;
}

interface Deploying {
  readonly context: Context;
  readonly swarm: SwarmClient;
  readonly project: Project;
  readonly stack: string;
  readonly flags: DeployFlags;
}

/** Throws CliError. */
export async function deployStack(context: Context, flags: DeployFlags): Promise<void> {
  const {
    args: [stack = ''],
    client,
    changed,
    err,
  } = context;
  checkStackName(stack);
  const { project: loaded } = await loadStack(context, { files: flags['compose-file'] });
  const project = named(loaded, stack);
  checkImages(project);
  await warnOfFields(project, err);
  if (!['always', 'changed', 'never'].includes(flags['resolve-image']))
    throw new CliError(`invalid option ${flags['resolve-image']} for flag --resolve-image`);
  if (!changed.has('detach')) {
    await err.line('Since --detach=false was not specified, tasks will be created in the background.');
    await err.line('In a future release, --detach=false will become the default.');
  }
  const { Swarm } = await client.system.info();
  if (!Swarm.ControlAvailable)
    throw new CliError(
      'this node is not a swarm manager. Use "docker swarm init" or "docker swarm join" to connect this node to swarm and try again',
    );
  const deploying: Deploying = { context, swarm: swarmClient(client.http), project, stack, flags };
  if (flags.prune) await prune(deploying);
  await createNetworks(deploying);
  const ids = { secrets: await createFiles(deploying, 'secret'), configs: await createFiles(deploying, 'config') };
  const begun = await deployServices(deploying, ids);
  if (flags.detach) return;
  for (const id of begun) await waitForService(context, deploying.swarm, id, { quiet: flags.quiet });
}

/** With the stack's name in that of all that the files leave without one; a service without networks is in the default one. */
function named(project: Project, stack: string): Project {
  const nameOf = (key: string, { name, external }: { readonly name: string; readonly external?: boolean }): string => {
    if (name && name !== scoped(PROJECT, key)) return name;
    return external === true ? key : scoped(stack, key);
  };
  const scopedIn = <T extends { readonly name: string; readonly external?: boolean }>(all: Readonly<Record<string, T>>) =>
    Object.fromEntries(Object.entries(all).map(([key, one]) => [key, { ...one, name: nameOf(key, one) }]));
  const services = Object.entries(project.services).map(
    ([key, service]) => [key, service.networks ? service : { ...service, networks: { default: null } }] as const,
  );
  const usesDefault = services.some(([, { networks }]) => Object.hasOwn(networks ?? {}, 'default'));
  const networks =
    usesDefault && project.networks.default === undefined ? { ...project.networks, default: { name: '' } } : project.networks;
  return {
    ...project,
    services: Object.fromEntries(services),
    networks: scopedIn(networks),
    volumes: scopedIn(project.volumes),
    secrets: scopedIn(project.secrets),
    configs: scopedIn(project.configs),
  };
}

/** Services that the files do not name any more go. */
async function prune({ context, swarm, project, stack }: Deploying): Promise<void> {
  const known = new Set(Object.keys(project.services).map((name) => `${stack}_${name}`));
  for (const { ID, Spec } of await swarm.services.list(ofStack(stack))) {
    if (known.has(Spec.Name)) continue;
    await context.out.line(`Removing service ${Spec.Name}`);
    await swarm.services.remove(ID);
  }
}

async function createNetworks({ context: { client, out }, project, stack }: Deploying): Promise<void> {
  const used = new Set(Object.values(project.services).flatMap(({ networks }) => Object.keys(networks ?? {})));
  const wanted = Object.entries(project.networks).filter(([key]) => used.has(key));
  for (const [, { external, name }] of wanted) {
    if (external !== true) continue;
    try {
      const { Scope } = await client.networks.inspect(name);
      if (Scope !== 'swarm')
        throw new CliError(
          `network ${JSON.stringify(name)} is declared as external, but it is not in the right scope: ${JSON.stringify(Scope)} instead of "swarm"`,
        );
    } catch (error) {
      if (!isNotFound(error)) throw error;
      throw new CliError(
        `network ${JSON.stringify(name)} is declared as external, but could not be found. You need to create a swarm-scoped network before the stack is deployed`,
      );
    }
  }
  const known = new Set((await client.networks.list(ofStack(stack))).map(({ Name }) => Name));
  for (const [, network] of wanted) {
    if (network.external === true || known.has(network.name)) continue;
    await out.line(`Creating network ${network.name}`);
    await creating(`network ${network.name}`, () => client.networks.create(networkRequest(stack, network)));
  }
}

/** The ids of all that services refer to, by name. */
async function createFiles({ context, swarm, project, stack }: Deploying, kind: 'secret' | 'config'): Promise<ReadonlyMap<string, string>> {
  const { io, out } = context;
  const objects = kind === 'secret' ? project.secrets : project.configs;
  const api = kind === 'secret' ? swarm.secrets : swarm.configs;
  const ids = new Map<string, string>();
  for (const object of Object.values(objects)) {
    const existing = await inspectOr(() => api.inspect(object.name));
    if (existing || object.external === true) {
      if (!existing) throw new CliError(`${kind} not found: ${object.name}`);
      ids.set(object.name, existing.ID);
      continue;
    }
    await out.line(`Creating ${kind} ${object.name}`);
    const { ID } = await api.create({ Name: object.name, Labels: { [NAMESPACE]: stack }, Data: encodeBase64(contentOf(io, object)) });
    ids.set(object.name, ID);
  }
  return ids;
}

async function inspectOr<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

function contentOf(io: Context['io'], { file, content, environment }: FileObject): Uint8Array {
  if (content !== undefined) return encodeText(content);
  if (environment !== undefined) return encodeText(io.env.get(environment) ?? '');
  return readFile(io, file ?? '');
}

/** The ids of the services that were made or changed. */
async function deployServices({ context, swarm, project, stack, flags }: Deploying, ids: FileIds): Promise<readonly string[]> {
  const { out, err } = context;
  const existing = new Map((await swarm.services.list(ofStack(stack))).map((service) => [service.Spec.Name, service]));
  const begun: string[] = [];
  for (const service of Object.values(project.services)) {
    const spec = serviceSpec(project, stack, service, ids);
    const before = existing.get(spec.Name);
    const kept = before ? withKept(before, spec) : spec;
    const isOff =
      flags['resolve-image'] === 'never' || (flags['resolve-image'] === 'changed' && before !== undefined && isSameImage(before, spec));
    const { spec: wanted, warning } = await pinned(
      context,
      isOff
        ? kept
        : {
            ...kept,
            TaskTemplate: { ...kept.TaskTemplate, ContainerSpec: { ...kept.TaskTemplate.ContainerSpec, Image: service.image ?? '' } },
          },
      { isOff },
    );
    if (before) {
      if (warning !== undefined) await err.line(warning);
      await out.line(`Updating service ${spec.Name} (id: ${before.ID})`);
      await swarm.services.update(before.ID, wanted, { version: before.Version.Index, registryAuthFrom: 'spec' });
      begun.push(before.ID);
    } else {
      await out.line(`Creating service ${spec.Name}`);
      begun.push((await creating(`service ${spec.Name}`, () => swarm.services.create(wanted))).ID);
    }
  }
  return begun;
}

/** Throws CliError that says what could not be made. */
async function creating<T>(what: string, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    throw error instanceof DaemonError ? new CliError(`failed to create ${what}: ${error.message}`) : error;
  }
}

const isSameImage = ({ Spec }: Service, spec: ServiceSpec): boolean =>
  Spec.Labels['com.docker.stack.image'] === spec.Labels['com.docker.stack.image'];

/** What a file cannot say of a service that is there: the digest of its image, how often it was forced. */
function withKept(before: Service, spec: ServiceSpec): ServiceSpec {
  const { TaskTemplate } = before.Spec;
  const Image = isSameImage(before, spec) ? TaskTemplate.ContainerSpec?.Image : spec.TaskTemplate.ContainerSpec?.Image;
  const ContainerSpec = { ...spec.TaskTemplate.ContainerSpec, ...(Image !== undefined && { Image }) };
  return { ...spec, TaskTemplate: { ...spec.TaskTemplate, ContainerSpec, ForceUpdate: TaskTemplate.ForceUpdate } };
}
