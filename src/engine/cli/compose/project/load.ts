/** Reads a project: finds its files, interpolates, merges, checks them, and says everything that they leave implicit. */
import type { Io } from '../../io.ts';
import { absolutePath, dirName } from '../../path.ts';
import { canonicalFile } from './canonical.ts';
import { checkProject } from './check.ts';
import { projectEnvironment, readText, unset, type Warnings } from './environment.ts';
import { invalidFile, ProjectError } from './errors.ts';
import { applyExtends } from './extends.ts';
import { type Asked, askedName, findFiles, firstDirectory, nameOfDirectory, normalName, STDIN } from './files.ts';
import { interpolate, substitute, type Variable, variablesOf } from './interpolate.ts';
import { mergeFiles, withUniqueLists } from './merge.ts';
import { isActive, withProfiles } from './profiles.ts';
import { type Document, readYaml } from './read-yaml.ts';
import { normalise, resolvePaths } from './resolve.ts';
import { schemaFault } from './schema.ts';
import type { Project, Service } from './types.ts';
import { validated } from './validate.ts';
import { isList, isMapping, listOf, type Mapping, mappingOf, mapValues, textOf, type Value } from './value.ts';

export interface Loading extends Warnings {
  readonly io: Io;
  readonly asked: Asked;
  /** What standard input holds, where a file is `-`. */
  readonly stdin: string;
  readonly interpolate?: boolean;
  /** Services that are named are there whatever their profiles are. */
  readonly services?: readonly string[];
  readonly check?: boolean;
  /** Nothing is added that the files do not say. */
  readonly asWritten?: boolean;
  /** Paths are left as they are written. */
  readonly paths?: 'as-written';
  /** What services read from files is not read. */
  readonly envFiles?: 'unread';
  /** A stack's variables are the client's own. */
  readonly withoutDotenv?: boolean;
}

interface Reading extends Loading {
  readonly environment: ReadonlyMap<string, string>;
  readonly directory: string;
  /** The file that is read first. */
  readonly main: string;
  /** Files that include one another on the way here. */
  readonly including?: readonly string[];
}

/** Loads the project that was asked for. Throws ProjectError. */
export function loadProject(loading: Loading): Project {
  return projectOf(...readFiles(loading));
}

/** The project's files as one, in the long form, without their values being read. Throws ProjectError. */
export function loadModel(loading: Loading): Mapping {
  const [, { name, merged }] = readFiles({ ...loading, interpolate: false });
  return { ...merged, name };
}

interface Files {
  readonly name: string;
  readonly files: readonly string[];
  readonly merged: Mapping;
}

function readFiles(loading: Loading): readonly [Reading, Files] {
  const { io, asked } = loading;
  const before = environmentOf(loading, firstDirectory(io, asked));
  askedName(asked, before);
  const { files, directory } = findFiles(io, asked, before);
  const environment = directory === firstDirectory(io, asked) ? before : environmentOf(loading, directory);
  const reading: Reading = { ...loading, environment, directory, main: files[0] ?? '' };
  const texts = files.map((file) => (file === STDIN ? loading.stdin : readText(io, file)));
  const parsed = files.flatMap((file, i) => readYaml(texts[i] ?? '', file).map((document) => ({ file, ...document })));
  const name = projectName(
    reading,
    parsed.map(({ value }) => value),
  );
  const named: Reading = { ...reading, environment: new Map([...environment, ['COMPOSE_PROJECT_NAME', name]]) };
  return [named, { name, files, merged: validated(canonicalFile(readAll(named, parsed), keeping(loading))) }];
}

/** Files over one another; what a file resets or overrides of those before it goes first. */
function readAll(reading: Reading, all: readonly Read[]): Mapping {
  return all.reduce<Mapping>((base, one) => mergeFiles(one.removes.reduce(without, base), readFile(reading, one)), {});
}

function without(mapping: Mapping, [first = '', ...rest]: readonly string[]): Mapping {
  return mapValues(mapping, (value, key) => {
    if (key !== first) return value;
    return rest.length === 0 ? undefined : isMapping(value) ? without(value, rest) : value;
  });
}

/** The variables that the files name, and those that they extend. */
export function loadVariables(loading: Loading): readonly Variable[] {
  const { io, asked } = loading;
  const environment = environmentOf(loading, firstDirectory(io, asked));
  const { files, directory } = findFiles(io, asked, environment);
  const reading: Reading = { ...loading, interpolate: false, environment, directory, main: files[0] ?? '' };
  const found = new Map<string, Variable>();
  for (const file of files)
    for (const document of readYaml(file === STDIN ? loading.stdin : readText(io, file), file))
      variablesOf(readFile(reading, { file, ...document }), found);
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function environmentOf({ io, asked, warn, withoutDotenv }: Loading, directory: string): ReadonlyMap<string, string> {
  if (withoutDotenv === true) return io.env;
  const fromEnv = (io.env.get('COMPOSE_ENV_FILES') ?? '').split(',').filter((path) => path !== '');
  const isDisabled = /^(1|t|true)$/i.test(io.env.get('COMPOSE_DISABLE_ENV_FILE') ?? '');
  if (isDisabled && asked.envFiles.length + fromEnv.length === 0) return io.env;
  return projectEnvironment(io, { named: asked.envFiles.length > 0 ? asked.envFiles : fromEnv, directory }, { warn });
}

function projectName({ asked, environment, directory }: Reading, files: readonly Mapping[]): string {
  const given = askedName(asked, environment);
  if (given !== undefined) return given;
  const own = files.map((file) => textOf(file.name)).findLast((name) => name !== '');
  if (own === undefined) {
    const name = nameOfDirectory(directory);
    if (name === '') throw new ProjectError('project name must not be empty');
    return name;
  }
  return normalName(substitute(own, { lookup: (key) => environment.get(key), unset: () => {} })) || nameOfDirectory(directory);
}

interface Read extends Document {
  readonly file: string;
}

/** One file: interpolated, with what it includes and extends, checked against the schema, its paths absolute. */
function readFile(reading: Reading, { file, value }: Omit<Read, 'removes'>): Mapping {
  const { environment, warn, io, directory } = reading;
  const to = { lookup: (name: string) => environment.get(name), unset: (name: string) => warn(unset(name)), warn };
  const interpolated = withoutTags(reading.interpolate === false ? value : interpolate(value, to));
  checkShape(interpolated);
  const here = file === STDIN ? directory : dirName(file);
  const extended = extendsCanBeRead(interpolated)
    ? applyExtends(interpolated, { file, load: (path) => loadOther(reading, absolutePath(here, path)) })
    : interpolated;
  const unique = withUniqueLists(extended);
  const fault = schemaFault(mapValues(unique, (item, key) => (key === 'services' ? withoutExtends(item) : item)));
  if (fault !== undefined) throw invalidFile(file, fault);
  if (unique.version !== undefined)
    warn(`${file}: the attribute \`version\` is obsolete, it will be ignored, please remove it to avoid potential confusion`);
  const { version: _, include, ...own } = unique;
  const long = canonicalFile(own, keeping(reading));
  const canonical = reading.paths === 'as-written' ? long : resolvePaths(long, io, directory);
  return listOf(include)
    .map((one) => included(reading, here, one))
    .reduceRight((all, one) => mergeFiles(one, all), canonical);
}

const keeping = ({ interpolate: replaces }: Loading): { readonly keeps: boolean } => ({ keeps: replaces === false });

/** What has to be as it should before services can be extended and merged. */
function checkShape({ services }: Mapping): void {
  if (services !== undefined && !isMapping(services)) throw new ProjectError('services must be a mapping');
  for (const [name, service] of Object.entries(services ?? {})) {
    if (service !== null && !isMapping(service)) throw new ProjectError(`services.${name} must be a mapping`);
    for (const [i, volume] of listOf(mappingOf(service).volumes).entries())
      if (isMapping(volume) && volume.target === undefined)
        throw new ProjectError(`service volume services.${name}.volumes.[${i}] is missing a mount target`);
  }
}

const extendsCanBeRead = (file: Mapping): boolean => isMapping(file.services);
const withoutExtends = (services: Value): Value =>
  isMapping(services)
    ? mapValues(services, (one) => (isMapping(one) ? mapValues(one, (item, key) => (key === 'extends' ? undefined : item)) : one))
    : services;

/** A top-level key without a value is not there. */
const withoutTags = (file: Mapping): Mapping => mapValues(file, (value) => (value === null ? undefined : value));

function loadOther(reading: Reading, path: string): { file: Mapping; path: string } {
  const { environment, warn, io } = reading;
  const to = { lookup: (name: string) => environment.get(name), unset: (name: string) => warn(unset(name)), warn };
  const file = readYaml(readText(io, path), path).reduce<Mapping>((base, { value }) => mergeFiles(base, value), {});
  const interpolated = reading.interpolate === false ? file : interpolate(file, to);
  const fault = schemaFault(interpolated);
  if (fault !== undefined) throw invalidFile(path, fault);
  return { file: resolvePaths(canonicalFile(interpolated, keeping(reading)), io, dirName(path)), path };
}

const oneOrMore = (value: Value | undefined): readonly Value[] =>
  value === undefined || value === null ? [] : isList(value) ? value : [value];

function included(reading: Reading, here: string, value: Value): Mapping {
  const record = isMapping(value) ? value : { path: value };
  const paths = oneOrMore(record.path).map((path) => absolutePath(here, textOf(path)));
  const directory =
    record.project_directory === undefined ? dirName(paths[0] ?? here) : absolutePath(here, textOf(record.project_directory));
  const cycle = reading.including ?? [reading.main];
  if (cycle.includes(paths[0] ?? '')) throw new ProjectError(`include cycle detected:\n${[...cycle, paths[0]].join('\n include ')}`);
  const named = oneOrMore(record.env_file).map((path) => absolutePath(here, textOf(path)));
  const own = projectEnvironment(reading.io, { named: named.filter((path) => path !== '/dev/null'), directory }, reading);
  const environment = new Map([...own, ...reading.environment]);
  const inner: Reading = { ...reading, directory, environment, including: [...cycle, paths[0] ?? ''] };
  return readAll(
    inner,
    paths.flatMap((file) => readYaml(readText(reading.io, file), file).map((document) => ({ file, ...document }))),
  );
}

function projectOf(reading: Reading, { name, files, merged }: Files): Project {
  const { io, asked, environment, directory, warn } = reading;
  const { name: _, ...rest } = merged;
  const given =
    asked.profiles.length > 0 ? asked.profiles : (environment.get('COMPOSE_PROFILES') ?? '').split(',').filter((one) => one !== '');
  const complete = normalise({ services: {}, ...rest }, name, {
    isActive: (service, profiles) => isActive({ name: service, profiles }, given, reading.services ?? []),
    io,
    directory,
    environment,
    warn,
    ...(reading.asWritten === undefined ? {} : { asWritten: reading.asWritten }),
    ...(reading.envFiles === undefined ? {} : { envFiles: reading.envFiles }),
  });
  const services = mapValues(mappingOf(complete.services), (service, key) => ({ ...mappingOf(service), name: key }));
  const all = services as unknown as Readonly<Record<string, Service>>;
  const project: Project = {
    name,
    workingDir: directory,
    files,
    envFiles: asked.envFiles.map((path) => absolutePath(io.cwd, path)),
    environment,
    services: all,
    disabled: {},
    networks: complete.networks as unknown as Project['networks'],
    volumes: complete.volumes as unknown as Project['volumes'],
    secrets: complete.secrets as unknown as Project['secrets'],
    configs: complete.configs as unknown as Project['configs'],
    extensions: Object.fromEntries(Object.entries(merged).filter(([key]) => key.startsWith('x-'))),
  };
  const active = withProfiles(project, given, reading.services ?? []);
  if (reading.check !== false) checkProject(active);
  return active;
}
