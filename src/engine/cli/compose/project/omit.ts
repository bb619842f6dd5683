/** What a record does not say because it is what goes without saying. Upstream: `omitempty` of compose-go types. */
import { isList, isMapping, listOf, type Mapping, mappingOf, mapValues, type Value } from './value.ts';

/** Fields that tell false, 0 or nothing apart from not being there. */
const TELLING = new Set([
  'init',
  'attach',
  'scale',
  'command',
  'entrypoint',
  'networks',
  'build',
  'deploy',
  'healthcheck',
  'stop_grace_period',
]);

const isEmpty = (value: Value): boolean =>
  value === false ||
  value === 0 ||
  value === '' ||
  (isList(value) && value.length === 0) ||
  (isMapping(value) && Object.keys(value).length === 0);
const withoutFalse = (value: Value, names: readonly string[]): Mapping =>
  mapValues(mappingOf(value), (item, key) => (item === false && names.includes(key) ? undefined : item));

export const omitOfService = (service: Mapping): Mapping =>
  mapValues(service, (value, key) => {
    if (isEmpty(value) && !TELLING.has(key)) return undefined;
    if (key === 'volumes') return listOf(value).map((one) => withoutFalse(one, ['read_only']));
    if (key === 'build') return withoutFalse(value, ['no_cache', 'pull', 'privileged']);
    if (key === 'healthcheck') return withoutFalse(value, ['disable']);
    return key === 'depends_on' ? mapValues(mappingOf(value), (one) => withoutFalse(one, ['restart'])) : value;
  });

export const omitOfResource = (resource: Mapping): Mapping => withoutFalse(resource, ['internal', 'attachable', 'external']);
