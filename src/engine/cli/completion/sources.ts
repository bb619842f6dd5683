/** Where candidates come from: the engine, the client's files and environment, and lists that the client knows by heart. */
import type { ContainerSummary } from '../../api-types/index.ts';
import type { SwarmClient } from '../client/swarm.ts';
import type { Completion } from '../command/command.ts';
import { listContexts } from '../config/context-store.ts';
import { currentContext } from '../config/current-context.ts';
import { CliError } from '../errors.ts';
import type { Filters } from '../flags/index.ts';
import { loadCode } from '../io.ts';
import { type Answer, type Asked, DIRECTORIES_ONLY, FAILED, FILES, NO_FILES, NO_SPACE, NOTHING, only, open, wordsOf } from './answer.ts';
import { CAPABILITIES, EVENT_ACTIONS, EVENT_FILTERS, EVENT_TYPES, LOG_OPTIONS, PLATFORMS, SIGNALS, ULIMITS } from './words.ts';

type Source = (asked: Asked) => Promise<Answer>;

/** What was typed already is not offered again. */
const fresh = (names: readonly string[], { args }: Asked): Answer => only(wordsOf(names.filter((name) => !args.includes(name))));

/** An engine that is not there, or refuses, offers nothing: the shell is told of an error unless there is something else to say. */
async function orElse(ask: () => Promise<Answer>, otherwise: Answer = FAILED): Promise<Answer> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof CliError) return otherwise;
    throw error;
  }
}

const own = (name: string): string => name.replace(/^\//, '');
const isLink = (name: string): boolean => name.slice(1).includes('/');

async function containerNames(
  asked: Asked,
  all: boolean,
  fits: (container: ContainerSummary) => boolean = () => true,
): Promise<readonly string[]> {
  const showsIds = asked.io.env.get('DOCKER_COMPLETION_SHOW_CONTAINER_IDS') === 'yes';
  const found = await (await asked.client()).containers.list({ all, filters: new Map() });
  return found.filter(fits).flatMap(({ Id, Names }) => [...(showsIds ? [Id] : []), ...Names.filter((name) => !isLink(name)).map(own)]);
}

const containers =
  (all: boolean, fits?: (container: ContainerSummary, asked: Asked) => boolean): Source =>
  (asked) =>
    orElse(async () => fresh(await containerNames(asked, all, (one) => fits?.(one, asked) ?? true), asked));

const isStopped = ({ State }: ContainerSummary): boolean => State === 'exited' || State === 'created';

const imageNames = async ({ client }: Asked): Promise<readonly string[]> =>
  (await (await client()).images.list({ filters: new Map() })).flatMap(({ RepoTags }) => RepoTags ?? []);

/** Repositories with several tags are offered by themselves too. */
async function imagesWithBase(asked: Asked): Promise<Answer> {
  const tags = await imageNames(asked);
  const bases = tags.map((tag) => tag.slice(0, tag.lastIndexOf(':')));
  const several = [...new Set(bases)].filter((base) => bases.filter((one) => one === base).length > 1);
  return { ...fresh([...tags, ...several], asked), directive: NO_SPACE | NO_FILES };
}

const networkNames = async ({ client }: Asked): Promise<readonly string[]> =>
  (await (await client()).networks.list(new Map())).map(({ Name }) => Name);
const volumeNames = async ({ client }: Asked): Promise<readonly string[]> =>
  ((await (await client()).volumes.list(new Map())).Volumes ?? []).map(({ Name }) => Name);

/** Objects of the swarm, after words that always stand for one. */
const swarmNames =
  <Shown>(
    ofKind: (swarm: SwarmClient) => { list(filters: Filters): Promise<readonly Shown[]> },
    nameOf: (one: Shown) => string,
    always: readonly string[] = [],
  ): Source =>
  (asked) =>
    orElse(async () => {
      const { swarmClient } = await loadCode(asked.io, () => import('../client/swarm.ts'));
      const found = await ofKind(swarmClient((await asked.client()).http)).list(new Map());
      return fresh([...always, ...found.map(nameOf)], asked);
    });

/** A network, then containers that are in it, or are not. */
const networkThen =
  (isConnected: boolean): Source =>
  (asked) =>
    orElse(async () => {
      const [network] = asked.args;
      if (network === undefined) return fresh(await networkNames(asked), asked);
      const inIt = ({ NetworkSettings }: ContainerSummary): boolean => NetworkSettings?.Networks?.[network] !== undefined;
      return fresh(await containerNames(asked, true, (one) => inIt(one) === isConnected), asked);
    });

function contexts({ io, config, args }: Asked): Answer {
  const current = currentContext(io, config);
  const found = listContexts(io, config).filter(({ Name }) => !args.includes(Name));
  return only(found.map(({ Name }) => ({ word: Name, ...(Name === current ? { about: 'current' } : {}) })));
}

const links: Source = (asked) =>
  orElse(async () => {
    const found = await (await asked.client()).containers.list({ all: true, filters: new Map() });
    return only(wordsOf(found.flatMap(({ Names }) => Names.filter(isLink).map(own))));
  });

/** `docker inspect --type image`. */
const objects: Source = (asked) =>
  orElse(async () => {
    const list = { container: (one: Asked) => containerNames(one, true), image: imageNames, network: networkNames, volume: volumeNames };
    const names = list[asked.flags.type as keyof typeof list];
    return names === undefined ? NOTHING : only(wordsOf(await names(asked)));
  }, NOTHING);

const before = (word: string, whole: string): boolean => word !== '' && whole.startsWith(word);
const begun = (prefix: string, words: readonly string[]): Answer => only(wordsOf(words.map((word) => prefix + word)));

/** A mode of a namespace: another container's, or one of these. */
const modes =
  (...others: readonly string[]): Source =>
  async (asked) => {
    if (before(asked.word, 'container')) return open(['container:']);
    if (!asked.word.startsWith('container:')) return only(wordsOf(['container:', ...others]));
    return orElse(async () => begun('container:', await containerNames(asked, true)), NOTHING);
  };

function securityOptions({ word }: Asked): Answer {
  if (before(word, 'apparmor=')) return open(['apparmor=']);
  if (before(word, 'label')) return open(['label=']);
  if (word.startsWith('label=d')) return only(wordsOf(['label=disable']));
  if (word.startsWith('label='))
    return { ...begun('label=', ['disable', 'level:', 'role:', 'type:', 'user:']), directive: NO_SPACE | NO_FILES };
  if (word.length > 1 && before(word, 'seccomp')) return open(['seccomp=']);
  if (word.startsWith('seccomp=')) return only(wordsOf(['seccomp=unconfined']));
  return only(wordsOf(['apparmor=', 'label=', 'no-new-privileges', 'seccomp=', 'systempaths=unconfined']));
}

function logOptions({ flags }: Asked): Answer {
  const known = LOG_OPTIONS[String(flags['log-driver'] ?? '')];
  const options = known ?? [...new Set(Object.values(LOG_OPTIONS).flat())];
  return open(
    options.map((option) => `${option}=`),
    known === undefined ? NO_SPACE : NO_SPACE | NO_FILES,
  );
}

async function eventFilters(asked: Asked): Promise<Answer> {
  const [key = '', value] = asked.word.split(/=(.*)/s);
  const names: Readonly<Record<string, () => Promise<readonly string[]>>> = {
    container: () => containerNames(asked, true),
    daemon: async () => {
      const { Name, ID } = await (await asked.client()).system.info();
      return [Name, ID];
    },
    event: async () => EVENT_ACTIONS,
    image: () => imageNames(asked),
    label: async () => [],
    network: () => networkNames(asked),
    node: async () => [],
    scope: async () => ['local', 'swarm'],
    type: async () => EVENT_TYPES,
    volume: () => volumeNames(asked),
  };
  const keys = EVENT_FILTERS.map((one) => `${one}=`);
  if (value === undefined) return open(keys);
  const list = names[key];
  if (list === undefined) return open(keys, NO_SPACE | NO_FILES);
  return orElse(async () => begun(`${key}=`, await list()), NOTHING);
}

/** Drivers as the engine tells of them. */
const drivers =
  (kind: 'Log' | 'Volume', otherwise: readonly string[]): Source =>
  (asked) =>
    orElse(async () => only(wordsOf((await (await asked.client()).system.info()).Plugins[kind] ?? [])), only(wordsOf(otherwise)));

const fixed =
  (answer: Answer): Source =>
  async () =>
    answer;

const SOURCES: Readonly<Record<Completion, Source>> = {
  nothing: fixed(NOTHING),
  files: fixed(FILES),
  directories: fixed(DIRECTORIES_ONLY),
  containers: containers(true),
  'running-containers': containers(false),
  'unpaused-containers': containers(false, ({ State }) => State !== 'paused'),
  'paused-containers': containers(false, ({ State }) => State === 'paused'),
  'stopped-containers': containers(true, isStopped),
  'removable-containers': (asked) =>
    asked.flags.link === true ? links(asked) : containers(true, (one) => asked.flags.force === true || isStopped(one))(asked),
  images: (asked) => orElse(async () => fresh(await imageNames(asked), asked)),
  'images-with-base': (asked) => orElse(() => imagesWithBase(asked)),
  networks: (asked) => orElse(async () => fresh(await networkNames(asked), asked)),
  'network-to-join': networkThen(false),
  'network-to-leave': networkThen(true),
  volumes: (asked) => orElse(async () => fresh(await volumeNames(asked), asked)),
  services: swarmNames(
    ({ services }) => services,
    ({ Spec }) => Spec.Name,
  ),
  nodes: swarmNames(
    ({ nodes }) => nodes,
    ({ Description }) => Description.Hostname,
    ['self'],
  ),
  secrets: swarmNames(
    ({ secrets }) => secrets,
    ({ Spec }) => Spec.Name ?? '',
  ),
  configs: swarmNames(
    ({ configs }) => configs,
    ({ Spec }) => Spec.Name ?? '',
  ),
  contexts: async (asked) => contexts(asked),
  'context-names': async ({ io, config }) => only(wordsOf(listContexts(io, config).map(({ Name }) => Name))),
  objects,
  variables: async (asked) => fresh([...asked.io.env.keys()], asked),
  capabilities: async (asked) => fresh(CAPABILITIES, asked),
  'detach-keys': fixed(open(['ctrl-'])),
  ipc: modes('host', 'none', 'private', 'shareable'),
  pid: modes('host'),
  'container-links': (asked) => orElse(async () => open((await containerNames(asked, true)).map((name) => `${name}:`)), open([])),
  'log-drivers': drivers('Log', Object.keys(LOG_OPTIONS)),
  'log-options': async (asked) => logOptions(asked),
  'volume-drivers': drivers('Volume', ['local']),
  platforms: fixed(only(wordsOf(PLATFORMS))),
  'security-options': async (asked) => securityOptions(asked),
  signals: async (asked) => fresh(SIGNALS, asked),
  'storage-options': fixed(open(['size='])),
  ulimits: fixed(open(ULIMITS.map((limit) => `${limit}=`))),
  'event-filters': eventFilters,
};

/** The candidates of a kind. */
export const candidates = (kind: Completion, asked: Asked): Promise<Answer> => SOURCES[kind](asked);

/** One of a few words. */
export const oneOf = (words: readonly string[], asked: Asked): Answer => fresh(words, asked);
