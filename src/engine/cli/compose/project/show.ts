/** A project as `config` prints it. Upstream: compose-go types, Project.MarshalYAML and MarshalJSON. */
import { FILE_OBJECT, inOrder, NETWORK, SERVICE, VOLUME } from './order.ts';
import type { Project, Service } from './types.ts';
import { isList, isMapping, type Mapping, mappingOf, mapValues, sortKeys, type Value } from './value.ts';
import { writeYaml } from './write-yaml.ts';

export function projectText(project: Project, format: string): string {
  const isJson = format === 'json';
  const services = Object.fromEntries(Object.entries(project.services).map(([name, service]) => [name, serviceOf(service, isJson)]));
  const networks = named(project.networks as unknown as Mapping, NETWORK, (one) => (isJson ? { ipam: {}, ...one } : one));
  const sections: Mapping = {
    ...(Object.keys(networks).length === 0 ? {} : { networks }),
    ...section('volumes', named(project.volumes as unknown as Mapping, VOLUME)),
    ...section('secrets', named(project.secrets as unknown as Mapping, FILE_OBJECT)),
    ...section('configs', named(project.configs as unknown as Mapping, FILE_OBJECT)),
  };
  if (!isJson) return writeYaml({ name: project.name, services, ...sections, ...sortKeys(project.extensions) });
  // JSON's keys are in the order of the alphabet here.
  return JSON.stringify(sortKeys({ name: project.name, services, ...sections, ...project.extensions }), null, 2);
}

const section = (name: string, all: Mapping): Mapping => (Object.keys(all).length === 0 ? {} : { [name]: all });
const named = (all: Mapping, order: readonly string[], change: (one: Mapping) => Mapping = (one) => one): Mapping =>
  mapValues(sortKeys(all), (one) => inOrder(change(mappingOf(one)), order));

function serviceOf({ name: _, ...service }: Service, isJson: boolean): Mapping {
  const record = service as unknown as Mapping;
  if (isJson) return inOrder({ command: null, entrypoint: null, ...record }, SERVICE);
  const shown = mapValues(record, (value, key) => (value === null && (key === 'command' || key === 'entrypoint') ? undefined : value));
  return inOrder(
    mapValues(shown, (value, key) => (key === 'deploy' ? withoutEmpty(value) : value)),
    SERVICE,
  );
}

const withoutEmpty = (value: Value): Value =>
  mapValues(mappingOf(value), (one) => (isMapping(one) && Object.keys(one).length === 0 ? undefined : one));

/** The file itself in the long form, its keys in the order of the alphabet. */
export function modelText(model: Mapping, format: string, { normalised = false } = {}): string {
  const shown = normalised ? withNames(model) : model;
  const { name = null, ...rest } = allSorted(shown);
  const ordered = { name, ...rest };
  return format === 'json' ? JSON.stringify(ordered, null, 2) : writeYaml(ordered);
}

function allSorted(value: Mapping): Mapping {
  const sort = (one: Value): Value => (isMapping(one) ? allSorted(one) : isList(one) ? one.map(sort) : one);
  return mapValues(sortKeys(value), sort);
}

/** What normalising adds to a file that is not interpolated: networks and names. */
function withNames(model: Mapping): Mapping {
  const services = mapValues(mappingOf(model.services), (value) => {
    const service = mappingOf(value);
    const own =
      service.networks === undefined && service.network_mode === undefined ? { ...service, networks: { default: null } } : service;
    return mapValues(own, (item, key) => (key === 'extends' ? undefined : item));
  });
  const uses = Object.values(services).some((service) => Object.hasOwn(mappingOf(mappingOf(service).networks), 'default'));
  const networks = uses ? { default: {}, ...mappingOf(model.networks) } : mappingOf(model.networks);
  const name = (all: Mapping) => mapValues(all, (one, key) => ({ name: `${String(model.name)}_${key}`, ...mappingOf(one) }));
  const others = ['volumes', 'secrets', 'configs'].map((key) => section(key, name(mappingOf(model[key]))));
  return Object.assign({ ...model, services }, section('networks', name(networks)), ...others) as Mapping;
}
