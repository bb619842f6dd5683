/** What a file leaves implicit: paths, env files, networks, dependencies, names, units. Upstream: compose-go loader/normalize.go. */

import { parseDuration, showDuration } from '../../flags/duration.ts';
import { FlagValueError } from '../../flags/flag.ts';
import { parseBytes } from '../../flags/numbers.ts';
import type { Io } from '../../io.ts';
import { absolutePath, cleanPath } from '../../path.ts';
import { decodedFile } from './canonical.ts';
import { readDotenv } from './dotenv.ts';
import { readText, unset, type Warnings } from './environment.ts';
import { ProjectError } from './errors.ts';
import { omitOfResource, omitOfService } from './omit.ts';
import { isMapping, listOf, type Mapping, mappingOf, mapValues, sortKeys, textOf, type Value } from './value.ts';

export interface Resolving extends Warnings {
  readonly io: Io;
  readonly directory: string;
  readonly environment: ReadonlyMap<string, string>;
  /** Nothing is added that the file does not say: `--no-normalize`. */
  readonly asWritten?: boolean;
  readonly envFiles?: 'unread';
  /** Whether a service of these profiles is wanted. */
  readonly isActive: (service: string, profiles: readonly string[]) => boolean;
}

/** Relative paths of a file in the long form, taken from its directory. */
export function resolvePaths(file: Mapping, io: Io, directory: string): Mapping {
  const absolute = (value: Value): Value => resolvePath(io, directory, textOf(value));
  return mapValues(file, (value, key) => {
    if (key === 'secrets' || key === 'configs')
      return mapValues(mappingOf(value), (one) => mapValues(mappingOf(one), (item, field) => (field === 'file' ? absolute(item) : item)));
    if (key !== 'services') return value;
    return mapValues(mappingOf(value), (service) => mapValues(mappingOf(service), (item, field) => pathOf(item, field, absolute)));
  });
}

function pathOf(value: Value, field: string, absolute: (value: Value) => Value): Value {
  const within = (name: string, all: Value) => mapValues(mappingOf(all), (item, key) => (key === name ? absolute(item) : item));
  if (field === 'build') {
    return mapValues(mappingOf(value), (item, key) => {
      if (key === 'context') return isRemote(textOf(item)) ? item : absolute(item);
      if (key === 'additional_contexts')
        return mapValues(mappingOf(item), (one) => (isRemote(textOf(one)) || /^[a-z-]+:/.test(textOf(one)) ? one : absolute(one)));
      return item;
    });
  }
  if (field === 'develop')
    return mapValues(mappingOf(value), (item, key) => (key === 'watch' ? listOf(item).map((one) => within('path', one)) : item));
  if (field === 'env_file') return listOf(value).map((one) => within('path', one));
  if (field === 'label_file') return listOf(value).map(absolute);
  if (field === 'volumes') return listOf(value).map((one) => (mappingOf(one).type === 'bind' ? within('source', one) : one));
  return value;
}

export function resolvePath(io: Io, directory: string, path: string): string {
  if (path === '~' || path.startsWith('~/')) return cleanPath(`${io.env.get('HOME') ?? '/root'}${path.slice(1)}`);
  return absolutePath(directory, path);
}

export const isRemote = (context: string): boolean => /^(https?:\/\/|git:\/\/|git@|ssh:\/\/|github\.com\/)/.test(context);

/** The services with everything they need said. */
export function normalise(given: Mapping, name: string, resolving: Resolving): Mapping {
  const file = decodedFile(given);
  const services = mapValues(mappingOf(file.services), (service, key) => normaliseService(key, mappingOf(service), resolving));
  const usesDefault = Object.values(services).some((service) => Object.hasOwn(mappingOf(mappingOf(service).networks), 'default'));
  const networks = { ...mappingOf(file.networks) };
  const withDefault = usesDefault && networks.default === undefined ? { ...networks, default: {} } : networks;
  const named = (all: Value | undefined): Mapping =>
    sortKeys(
      mapValues(mappingOf(all), (one, key) =>
        omitOfResource(
          resolving.asWritten === true
            ? mappingOf(one)
            : { ...mappingOf(one), name: mappingOf(one).name ?? ownName(mappingOf(one), name, key) },
        ),
      ),
    );
  const resources = {
    networks: named(withDefault),
    volumes: named(file.volumes),
    secrets: named(file.secrets),
    configs: named(file.configs),
  };
  return { ...file, services: sortKeys(services), ...resources };
}

const ownName = (resource: Mapping, project: string, key: string): string => (resource.external === true ? key : `${project}_${key}`);

function normaliseService(name: string, service: Mapping, resolving: Resolving): Mapping {
  const { env_file: files, extends: __, ...own } = service;
  // What is not active is not asked for its files.
  const active = resolving.isActive(name, listOf(own.profiles).map(textOf));
  const withEnvironment = resolveEnvironment(own, listOf(files), active ? resolving : { ...resolving, envFiles: 'unread' });
  const hasOwnNetwork = resolving.asWritten === true || own.network_mode !== undefined || own.provider !== undefined;
  const noNetworks = Object.keys(mappingOf(own.networks)).length === 0;
  const networks: Mapping = !hasOwnNetwork && noNetworks ? { networks: { default: null } } : {};
  const dependencies = resolving.asWritten === true ? {} : implicitDependencies(own);
  const depends: Mapping = { ...dependencies, ...mappingOf(own.depends_on) };
  const labels = active ? labelsOfFiles(listOf(own.label_file), resolving) : {};
  const complete: Mapping = {
    ...withEnvironment,
    ...(Object.keys(labels).length === 0 ? {} : { labels: { ...labels, ...mappingOf(own.labels) } }),
    ...networks,
    ...(Object.keys(depends).length === 0 ? {} : { depends_on: depends }),
  };
  const wrong: string[] = [];
  const read = mapValues(complete, (value, key) => {
    try {
      return UNITS[key]?.(value, resolving) ?? value;
    } catch (error) {
      if (!(error instanceof DecodeError)) throw error;
      wrong.push(`'services[${name}].${key}${error.path}' ${error.message}`);
      return value;
    }
  });
  if (wrong.length > 0) throw new ProjectError(`decoding failed due to the following error(s):\n\n${wrong.sort().join('\n')}`);
  return omitOfService(read);
}

function resolveEnvironment(service: Mapping, files: readonly Value[], resolving: Resolving): Mapping {
  const { environment, ...own } = service;
  const isRead = resolving.envFiles !== 'unread';
  const rest: Mapping = isRead || files.length === 0 ? own : { ...own, env_file: files };
  const said = mapValues(mappingOf(environment), (value, key) =>
    value === null ? (resolving.environment.get(key) ?? null) : textOf(value),
  );
  const spoken = new Map(Object.entries(said).flatMap(([key, value]) => (typeof value === 'string' ? [[key, value] as const] : [])));
  const found = new Map(isRead ? spoken : []);
  for (const file of isRead ? files : []) readVariables(mappingOf(file), resolving, { own: spoken, found });
  const all = sortKeys({ ...Object.fromEntries(found), ...said });
  return Object.keys(all).length === 0 && environment === undefined ? rest : { ...rest, environment: all };
}

/** Later files may use what those before them say, and nothing else. */
function labelsOfFiles(files: readonly Value[], { io, warn }: Resolving): Mapping {
  const found = new Map<string, string>();
  for (const path of files.map(textOf)) {
    if (io.files.stat(path) === null) throw new ProjectError(`label file ${path} not found: stat ${path}: no such file or directory`);
    readDotenv(readText(io, path), path, { lookup: (name) => found.get(name), unset: (name) => warn(unset(name)) }, found);
  }
  return Object.fromEntries(found);
}

interface Found {
  /** What the service says itself. */
  readonly own: ReadonlyMap<string, string>;
  readonly found: Map<string, string>;
}

/** The project's variables go before the service's own, and these before those of files. */
function readVariables(file: Mapping, { io, environment, warn }: Resolving, { own, found }: Found): void {
  const path = textOf(file.path);
  if (io.files.stat(path) === null) {
    if (file.required === false) return;
    throw new ProjectError(`env file ${path} not found: stat ${path}: no such file or directory`);
  }
  const text = readText(io, path);
  if (file.format === 'raw') for (const [name, value] of rawLines(text)) found.set(name, value);
  else if (file.format !== undefined && file.format !== '' && file.format !== '.env')
    throw new ProjectError(`unsupported env_file format ${JSON.stringify(textOf(file.format))}`);
  else readDotenv(text, path, { lookup: (name) => environment.get(name) ?? own.get(name), unset: (name) => warn(unset(name)) }, found);
}

const rawLines = (text: string): readonly (readonly [string, string])[] =>
  text
    .split('\n')
    .filter((line) => line.includes('=') && !line.startsWith('#'))
    .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]);

/** Services that another needs without saying so. */
export function implicitDependencies(service: Mapping): Mapping {
  const started = (restart: boolean): Mapping => ({ condition: 'service_started', ...(restart ? { restart } : {}), required: true });
  const links = listOf(service.links).map((link) => [textOf(link).split(':')[0] ?? '', started(true)] as const);
  const shared = ['network_mode', 'ipc', 'pid', 'uts', 'cgroup'].flatMap((field) => {
    const mode = textOf(service[field]);
    return mode.startsWith('service:') ? [[mode.slice('service:'.length), started(true)] as const] : [];
  });
  const volumes = listOf(service.volumes_from)
    .map(textOf)
    .filter((from) => !from.startsWith('container:'))
    .map((from) => [from.split(':')[0] ?? '', started(false)] as const);
  return Object.fromEntries([...links, ...shared, ...volumes]);
}

const numeric = (value: Value): Value => (typeof value === 'string' && value !== '' ? Number(value) : value);
const switched = (value: Value): Value => (typeof value === 'string' ? value.toLowerCase() === 'true' : value);

/** A value that cannot be read, and where it stands below the service. */
class DecodeError extends Error {
  readonly path: string;
  constructor(message: string, path = '') {
    super(message);
    this.path = path;
  }
}

function command(value: Value): Value {
  if (typeof value === 'string') throw new DecodeError('invalid command line string');
  return value;
}

/** `host=address`, the address without its brackets. Upstream: compose-go types/hostList.go. */
function additionalHost(text: string): string {
  const at = text.indexOf('=');
  if (at === -1) throw new DecodeError(`invalid additional host, missing IP: ${text}`);
  if (at === 0) throw new DecodeError(`bad host name ''`);
  return `${text.slice(0, at)}=${text.slice(at + 1).replace(/^\[(.+)\]$/, '$1')}`;
}

function decoding<Result>(read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    throw error instanceof FlagValueError ? new DecodeError(error.message) : error;
  }
}

const bytes = (value: Value): Value => (typeof value === 'number' ? String(value) : decoding(() => String(parseBytes(textOf(value)))));
const duration = (value: Value): Value => decoding(() => showDuration(parseDuration(textOf(value))));

const fieldsOf = (changes: Readonly<Record<string, (value: Value) => Value>>) => (value: Value) =>
  mapValues(mappingOf(value), (item, key) => within(key, () => changes[key]?.(item) ?? item));

function within<Result>(key: string, read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    throw error instanceof DecodeError ? new DecodeError(error.message, `.${key}${error.path}`) : error;
  }
}

const healthcheck = fieldsOf({
  interval: duration,
  timeout: duration,
  start_period: duration,
  start_interval: duration,
  retries: numeric,
  disable: switched,
  test: (value) => (typeof value === 'string' ? ['CMD-SHELL', value] : value),
});
const limits = fieldsOf({ cpus: numeric, memory: bytes, pids: numeric });
const resources = fieldsOf({ limits, reservations: limits });

const UNITS: Readonly<Record<string, (value: Value, resolving: Resolving) => Value>> = {
  ...Object.fromEntries(['mem_limit', 'mem_reservation', 'memswap_limit', 'mem_swappiness', 'shm_size'].map((name) => [name, bytes])),
  ...Object.fromEntries(
    ['cpus', 'cpu_shares', 'cpu_quota', 'cpu_period', 'oom_score_adj', 'pids_limit', 'scale'].map((name) => [name, numeric]),
  ),
  ...Object.fromEntries(
    ['init', 'privileged', 'read_only', 'stdin_open', 'tty', 'oom_kill_disable', 'attach'].map((name) => [name, switched]),
  ),
  build: (value, { environment, asWritten, directory }) => {
    const build = mappingOf(value);
    const inline = build.dockerfile_inline !== undefined;
    const args = mapValues(mappingOf(build.args), (arg, key) => (arg === null ? environment.get(key) : textOf(arg)));
    return {
      ...build,
      ...(build.context === undefined && asWritten !== true && { context: directory }),
      ...(build.dockerfile === undefined && !inline && asWritten !== true ? { dockerfile: 'Dockerfile' } : {}),
      ...(build.args === undefined ? {} : { args: sortKeys(args) }),
    };
  },
  stop_grace_period: duration,
  command,
  entrypoint: command,
  extra_hosts: (value) => listOf(value).map((one) => additionalHost(textOf(one))),
  healthcheck,
  deploy: (value) => {
    const { resources: given, placement, ...rest } = mappingOf(value);
    return { ...fieldsOf({ replicas: numeric })(rest), resources: resources(given ?? {}), placement: placement ?? {} };
  },
  secrets: (value) => listOf(value).map((one) => ({ ...mappingOf(one), target: mappingOf(one).target ?? secretTarget(mappingOf(one)) })),
  volumes: (value) => listOf(value).map(volume),
};

const secretTarget = (grant: Mapping): string => `/run/secrets/${textOf(grant.source)}`;

function volume(value: Value): Value {
  const one = mappingOf(value);
  const bind: Mapping = one.type === 'bind' ? { bind: bindOptions(one.bind) } : {};
  const { size } = mappingOf(one.tmpfs);
  const tmpfs: Mapping = size === undefined ? {} : { tmpfs: { ...mappingOf(one.tmpfs), size: bytes(size ?? 0) } };
  return { ...one, target: cleanPath(textOf(one.target)), ...bind, ...tmpfs };
}

/** That a missing path is created goes without saying; that it is not, does not. */
function bindOptions(value: Value | undefined): Mapping {
  const { create_host_path: creates, ...rest } = isMapping(value) ? value : {};
  return creates === false ? { ...rest, create_host_path: false } : rest;
}
