/** A project as `config` prints it. Upstream: compose-go types, Project.MarshalYAML and MarshalJSON. */
import { FILE_OBJECT, inOrder, NETWORK, SERVICE, VOLUME } from './order.ts';
import { implicitDependencies } from './resolve.ts';
import type { Project, Service } from './types.ts';
import { isList, isMapping, listOf, type Mapping, mappingOf, mapValues, sortKeys, type Value } from './value.ts';
import { type WordQuote, writeYaml } from './write-yaml.ts';

export function projectText(project: Project, format: string, quote: WordQuote = "'"): string {
  const isJson = format === 'json';
  const services = Object.fromEntries(Object.entries(project.services).map(([name, service]) => [name, serviceOf(service, isJson)]));
  const networks = named(project.networks as unknown as Mapping, NETWORK, (one) => (isJson ? { ipam: {}, ...one } : one));
  const sections: Mapping = {
    ...(Object.keys(networks).length === 0 ? {} : { networks }),
    ...section('volumes', named(project.volumes as unknown as Mapping, VOLUME)),
    ...section('secrets', named(project.secrets as unknown as Mapping, FILE_OBJECT)),
    ...section('configs', named(project.configs as unknown as Mapping, FILE_OBJECT)),
  };
  const name: Mapping = project.name === '' && !isJson ? {} : { name: project.name };
  if (!isJson) return writeYaml({ ...name, services, ...sections, ...allSorted(project.extensions) }, quote);
  // JSON's keys are in the order of the alphabet here.
  const known = withoutExtensions({ services, ...sections }) as Mapping;
  return JSON.stringify(sortKeys({ name: project.name, ...known, ...allSorted(project.extensions) }), null, 2);
}

/** Mappings whose keys are the author's own. */
const OWN_KEYS = new Set(
  'services networks volumes secrets configs environment labels annotations args options driver_opts sysctls storage_opt extra_hosts depends_on ulimits'.split(
    ' ',
  ),
);

/** In JSON only the project's own extensions are shown. */
function withoutExtensions(value: Value, isOwn = true): Value {
  if (isList(value)) return value.map((one) => withoutExtensions(one, false));
  if (!isMapping(value)) return value;
  return mapValues(value, (one, key) =>
    !isOwn && key.startsWith('x-') ? undefined : withoutExtensions(one, OWN_KEYS.has(key) && isMapping(one)),
  );
}

const section = (name: string, all: Mapping): Mapping => (Object.keys(all).length === 0 ? {} : { [name]: all });
const named = (all: Mapping, order: readonly string[], change: (one: Mapping) => Mapping = (one) => one): Mapping =>
  mapValues(sortKeys(all), (one) => inOrder(change(mappingOf(one)), order));

function serviceOf({ name: _, ...service }: Service, isJson: boolean): Mapping {
  const record = mapValues(service as unknown as Mapping, (value, key) => (key === 'env_file' ? listOf(value).map(envFile) : value));
  if (isJson) return inOrder({ command: null, entrypoint: null, ...record }, SERVICE);
  const shown = mapValues(record, (value, key) => (value === null && (key === 'command' || key === 'entrypoint') ? undefined : value));
  return inOrder(
    mapValues(shown, (value, key) => (key === 'deploy' ? withoutEmpty(value) : value)),
    SERVICE,
  );
}

/** That a file has to be there goes without saying. */
const envFile = (value: Value): Value => mapValues(mappingOf(value), (one, key) => (key === 'required' && one === true ? undefined : one));

const withoutEmpty = (value: Value): Value =>
  mapValues(mappingOf(value), (one) => (isMapping(one) && Object.keys(one).length === 0 ? undefined : one));

/** The file itself in the long form, its keys in the order of the alphabet. */
export function modelText(model: Mapping, format: string): string {
  const { name = null, ...rest } = allSorted(withNames(model));
  const ordered = { name, ...rest };
  return format === 'json' ? JSON.stringify(ordered, null, 2) : writeYaml(ordered);
}

function allSorted(value: Mapping): Mapping {
  const sort = (one: Value): Value => (isMapping(one) ? allSorted(one) : isList(one) ? one.map(sort) : one);
  return mapValues(sortKeys(value), sort);
}

const withDockerfile = (build: Mapping): Mapping =>
  build.dockerfile === undefined && build.dockerfile_inline === undefined ? { ...build, dockerfile: 'Dockerfile' } : build;

/** What normalising adds to a file that is not interpolated: networks and names. */
function withNames(model: Mapping): Mapping {
  const services = mapValues(mappingOf(model.services), (value) => {
    const service = mappingOf(value);
    const own =
      service.networks === undefined && service.network_mode === undefined ? { ...service, networks: { default: null } } : service;
    const depends = { ...implicitDependencies(service), ...mappingOf(service.depends_on) };
    return {
      ...mapValues(own, (item, key) => (key === 'extends' ? undefined : key === 'build' ? withDockerfile(mappingOf(item)) : item)),
      ...section('depends_on', depends),
    };
  });
  const uses = Object.values(services).some((service) => Object.hasOwn(mappingOf(mappingOf(service).networks), 'default'));
  const networks = uses ? { default: {}, ...mappingOf(model.networks) } : mappingOf(model.networks);
  const name = (all: Mapping) => mapValues(all, (one, key) => ({ name: `${String(model.name)}_${key}`, ...mappingOf(one) }));
  const others = ['volumes', 'secrets', 'configs'].map((key) => section(key, name(mappingOf(model[key]))));
  return Object.assign({ ...model, services }, section('networks', name(networks)), ...others) as Mapping;
}
