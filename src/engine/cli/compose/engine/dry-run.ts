/** `--dry-run`: an Engine that is only read; what would change it is taken as done. Upstream: compose pkg/dryrun. */
import type { ContainerInspect, ContainerSummary, ImageInspect } from '../../../api-types/index.ts';
import type { ClientResponse } from '../../../http/index.ts';
import { fetchImage, locationOf, openRegistries } from '../../build/images.ts';
import type { DockerClient } from '../../client/index.ts';
import type { Context } from '../../command/command.ts';
import { CliError, isNotFound } from '../../errors.ts';

const ID = 'dryRunId';
/** A stream of progress with nothing to tell. */
const ENDED: ClientResponse = {
  status: 200,
  reason: 'OK',
  headers: new Map(),
  headerLines: [],
  readBody: async () => null,
  upgraded: null,
  close: () => {},
};
const nothing = async (): Promise<null> => null;
const refuse = (what: string) => () => Promise.reject(new CliError(`interactive ${what} is not supported in dry-run mode`));

/** Reads from the Engine; remembers what was made and pulled, so that what comes next finds it. */
export function dryRunClient(context: Context): DockerClient {
  const { client } = context;
  const { networks, volumes, execs } = client;
  return {
    ...client,
    containers: containers(client),
    images: images(context),
    execs: { ...execs, create: async () => ({ Id: ID }), start: nothing, attach: refuse('exec') },
    networks: {
      ...networks,
      create: async ({ Name }) => ({ Id: Name ?? '', Warning: '' }),
      remove: nothing,
      connect: nothing,
      disconnect: nothing,
    },
    volumes: {
      ...volumes,
      create: async ({ Name = '', Driver = 'local', Labels = {}, DriverOpts: Options = null }) => {
        return { Name, Driver, Labels, Options, Mountpoint: '', Scope: 'local', CreatedAt: '' };
      },
      remove: nothing,
    },
  };
}

function containers({ containers: own }: DockerClient): DockerClient['containers'] {
  const made: ContainerSummary[] = [];
  return {
    ...own,
    list: async (options) => [...(await own.list(options)), ...made],
    inspect: async (id) => (made.some(({ Id }) => Id === id) ? running(id) : own.inspect(id)),
    create: async ({ Image = '', Labels = {} }, { name }) => {
      made.push(summary(name, Image, Labels ?? {}));
      return { Id: name, Warnings: [] };
    },
    start: nothing,
    stop: nothing,
    restart: nothing,
    kill: nothing,
    pause: nothing,
    unpause: nothing,
    rename: nothing,
    remove: nothing,
    attach: refuse('run'),
  };
}

function images(context: Context): DockerClient['images'] {
  const { images: own } = context.client;
  const pulled = new Set<string>();
  return {
    ...own,
    inspect: async (name, options) => {
      try {
        return await own.inspect(name, options);
      } catch (error) {
        if (!isNotFound(error) || !pulled.has(name)) throw error;
        return { Id: ID } as ImageInspect;
      }
    },
    remove: async () => [],
    // The registry is asked whether there is such an image.
    pull: async ({ image, tag }) => {
      await fetchImage(await openRegistries(context), locationOf(tag === '' ? image : `${image}:${tag}`));
      for (const name of [image, `${image}:${tag}`]) pulled.add(name.replace(/^docker\.io\/(library\/)?/, ''));
      return ENDED;
    },
  };
}

/** As much of a container as is read of it. */
function summary(name: string, image: string, labels: Readonly<Record<string, string>>): ContainerSummary {
  const known = { Id: name, Names: [`/${name}`], Image: image, Labels: labels, State: 'created', Status: 'Created', Ports: [], Mounts: [] };
  return known as unknown as ContainerSummary;
}

/** What is waited for is there at once. */
function running(id: string): ContainerInspect {
  const State = { Status: 'running', Running: true, Health: { Status: 'healthy' } };
  return { Id: id, Name: `/${id}`, State, Config: {}, Mounts: [] } as unknown as ContainerInspect;
}
