/** The short forms of a Compose file in their long form. Upstream: compose-go transform. */

import { ProjectError } from './errors.ts';
import { pairTexts } from './merge.ts';
import { portSpecs } from './ports.ts';
import { isList, isMapping, listOf, type Mapping, mappingOf, mapValues, textOf, type Value } from './value.ts';
import { volumeSpec } from './volumes.ts';
import { InvalidCommandLine, splitWords } from './words.ts';

type Change = (value: Value) => Value;

/** A whole file in the long form. `keeps`: what cannot be read, because it has variables in it, stays as it is written. Throws ProjectError. */
export function canonicalFile(file: Mapping, { keeps = false } = {}): Mapping {
  return mapValues(file, (value, key) => {
    if (key === 'services') return mapValues(mappingOf(value), (service) => canonicalService(mappingOf(service), keeps));
    if (['networks', 'volumes', 'secrets', 'configs'].includes(key)) return mapValues(mappingOf(value), (one) => resource(mappingOf(one)));
    return value;
  });
}

function resource(value: Mapping): Mapping {
  const { external } = value;
  const named = isMapping(external) ? { ...value, external: true, name: external.name ?? value.name ?? null } : value;
  return mapValues(named, (item, key) => (item === null || (key === 'external' && item === false) ? undefined : item));
}

/** The values of a file in the long form, each of the type that Compose has for it. Upstream: compose-go types. */
export function decodedFile(file: Mapping): Mapping {
  return mapValues(file, (value, key) => {
    if (key === 'services')
      return mapValues(mappingOf(value), (service) => mapValues(mappingOf(service), (item, field) => DECODED[field]?.(item) ?? item));
    if (!['networks', 'volumes', 'secrets', 'configs'].includes(key)) return value;
    return mapValues(mappingOf(value), (one) =>
      mapValues(mappingOf(one), (item, field) => {
        if (field === 'labels') return labels(item);
        return field === 'driver_opts' ? mapValues(mappingOf(item), textOf) : item;
      }),
    );
  });
}

/** `key=value` texts as a mapping; a key alone has no value. */
export function pairs(value: Value): Mapping {
  return Object.fromEntries(
    pairTexts(value).map((text) => {
      const at = text.indexOf('=');
      return at < 0 ? [text, isMapping(value) ? (value[text] === null ? null : '') : null] : [text.slice(0, at), text.slice(at + 1)];
    }),
  );
}
const labels: Change = (value) => mapValues(pairs(value), textOf);
const list: Change = (value) => (isList(value) ? value : [value]);
const texts: Change = (value) => listOf(list(value)).map(textOf);

/** Fields that have a short form. */
const FIELDS: Readonly<Record<string, Change>> = {
  build: (value) => canonicalBuild(isMapping(value) ? value : { context: value }),
  configs: (value) => listOf(value).map(grant),
  depends_on: (value) =>
    isList(value)
      ? Object.fromEntries(value.map((name) => [textOf(name), { condition: 'service_started', required: true }]))
      : mapValues(mappingOf(value), (one) => ({ required: true, ...mappingOf(one) })),
  devices: (value) => listOf(value).map(device),
  dns: list,
  env_file: (value) =>
    listOf(list(value)).map((one): Mapping => (isMapping(one) ? { required: true, ...one } : { path: one, required: true })),
  extends: (value) => (isMapping(value) ? value : { service: value }),
  label_file: list,
  networks: (value) => (isList(value) ? Object.fromEntries(value.map((name) => [textOf(name), null])) : value),
  ports: (value) => listOf(value).flatMap(portSpecs),
  secrets: (value) => listOf(value).map(grant),
  volumes: (value) => listOf(value).map((one) => (isMapping(one) ? one : volumeSpec(textOf(one)))),
};

const hosts: Change = (value) => pairTexts(value).map((text) => (text.includes('=') ? text : text.replace(':', '=')));

/** Fields whose values may be written in several ways that mean the same. */
const DECODED: Readonly<Record<string, Change>> = {
  annotations: labels,
  build: (value) => decodedBuild(mappingOf(value)),
  command: words,
  configs: (value) => listOf(value).map(withMode),
  deploy: (value) => mapValues(mappingOf(value), (item, key) => (key === 'labels' ? labels(item) : item)),
  dns_search: list,
  entrypoint: words,
  environment: pairs,
  expose: texts,
  extra_hosts: hosts,
  group_add: texts,
  labels,
  logging: (value) => mapValues(mappingOf(value), (item, key) => (key === 'options' ? mapValues(mappingOf(item), textOf) : item)),
  post_start: hooks,
  pre_start: hooks,
  pre_stop: hooks,
  ports: (value) => listOf(value).map((one) => mapValues(mappingOf(one), (item, key) => (key === 'published' ? textOf(item) : item))),
  secrets: (value) => listOf(value).map(withMode),
  sysctls: labels,
  tmpfs: list,
  ulimits: (value) => mapValues(mappingOf(value), (one) => (isMapping(one) ? one : Number(one))),
  volumes: (value) => listOf(value).map((one) => volumeFields(mappingOf(one))),
};

function hooks(value: Value): Value {
  return listOf(value).map((hook) =>
    mapValues(mappingOf(hook), (item, key) => (key === 'command' ? words(item) : key === 'environment' ? pairs(item) : item)),
  );
}

/** A mode is octal, however it is written. */
const withMode: Change = (value) =>
  mapValues(mappingOf(value), (item, key) =>
    key !== 'mode' ? item : octal(typeof item === 'number' ? item : Number.parseInt(textOf(item), 8)),
  );
const octal = (mode: number): string => mode.toString(8).padStart(4, '0');

const canonicalService = (service: Mapping, keeps: boolean): Mapping =>
  mapValues(service, (value, key) => {
    if (value === null) return nothing(key);
    const change: Change = (item) => FIELDS[key]?.(item) ?? item;
    if (!keeps) return change(value);
    // Volumes are read one by one, all else as a whole.
    return key === 'volumes' ? listOf(value).flatMap((one) => listOf(orAsWritten(change, [one]))) : orAsWritten(change, value);
  });

function orAsWritten(change: Change, value: Value): Value {
  try {
    return change(value);
  } catch (error) {
    if (!(error instanceof ProjectError)) throw error;
    return value;
  }
}

/** A key without a value says nothing, but for those that mean "as the image has it". */
const nothing = (key: string): Value | undefined => (key === 'command' || key === 'entrypoint' ? null : undefined);

const canonicalBuild = (build: Mapping): Mapping =>
  mapValues(build, (value, key) => {
    if (key === 'secrets') return listOf(value).map(grant);
    return key === 'additional_contexts' ? pairs(value) : value;
  });

const decodedBuild = (build: Mapping): Mapping =>
  mapValues(build, (value, key) => {
    if (key === 'args') return pairs(value);
    if (key === 'labels') return labels(value);
    if (key === 'extra_hosts') return hosts(value);
    if (key === 'ssh') return pairTexts(value);
    if (key === 'ulimits') return DECODED.ulimits?.(value) ?? value;
    return key === 'no_cache_filter' ? list(value) : value;
  });

const grant: Change = (value) => (isMapping(value) ? value : { source: value });

function device(value: Value): Value {
  if (isMapping(value)) return value;
  const [source = '', target = source, permissions = 'rwm'] = textOf(value).split(':');
  return { source, target, permissions };
}

function volumeFields(volume: Mapping): Mapping {
  const inner = volume.volume;
  return isMapping(inner) && inner.labels !== undefined && inner.labels !== null
    ? { ...volume, volume: { ...inner, labels: labels(inner.labels) } }
    : volume;
}

/** A command in one line becomes words; one that cannot be split stays, and is refused when it is read. */
function words(value: Value): Value {
  if (typeof value !== 'string') return isList(value) ? value.map(textOf) : value;
  try {
    return splitWords(value);
  } catch (error) {
    if (error instanceof InvalidCommandLine) return value;
    throw error;
  }
}
