/** Puts Compose files over one another. Upstream: compose-go override. */
import { ProjectError } from './errors.ts';
import { isList, isMapping, type Mapping, textOf, type Value } from './value.ts';

/** Places whose list is replaced, not extended. */
const REPLACED = /^services\.[^.]+\.(command|entrypoint|healthcheck\.test)$/;
/** Places where a mapping and a list of `key=value` mean the same. */
const PAIRS =
  /^services\.[^.]+\.(annotations|environment|labels|sysctls|extra_hosts|build\.(args|labels|additional_contexts|extra_hosts)|deploy\.labels|volumes\.\d+\.volume\.labels)$|^(networks|volumes)\.[^.]+\.labels$/;
/** Places where a single value is a list of one. */
const SINGLES = /^services\.[^.]+\.(dns|dns_opt|dns_search|env_file|label_file|tmpfs)$/;

/** `over` put over `base`. */
export const mergeFiles = (base: Mapping, over: Mapping): Mapping => mergeMappings(base, over, '');

function mergeMappings(base: Mapping, over: Mapping, path: string): Mapping {
  const merged: Record<string, Value> = { ...base };
  for (const [key, value] of Object.entries(over)) {
    const before = base[key];
    const place = path === '' ? key : `${path}.${key}`;
    merged[key] = Object.hasOwn(base, key) && before !== undefined ? mergeAt(before, value, place) : value;
  }
  return merged;
}

function mergeAt(base: Value, over: Value, path: string): Value {
  if (REPLACED.test(path)) return over;
  if (over === null) return base;
  if (PAIRS.test(path)) return mergePairs(base, over);
  if (SINGLES.test(path)) return unique([...many(base), ...many(over)], path);
  if (/^services\.[^.]+\.build$/.test(path)) return mergeMappings(inBuild(base), inBuild(over), path);
  if (/^services\.[^.]+\.depends_on$/.test(path)) return mergeMappings(named(base, STARTED), named(over, STARTED), path);
  if (/^services\.[^.]+\.(networks|models)$/.test(path)) return mergeMappings(named(base, null), named(over, null), path);
  if (/^services\.[^.]+\.logging$/.test(path) && differs(base, over)) return over;
  if (isMapping(base)) {
    if (!isMapping(over)) throw new ProjectError(`cannot override ${path}`);
    return mergeMappings(base, over, path);
  }
  if (isList(base)) {
    if (!isList(over)) throw new ProjectError(`cannot override ${path}`);
    return unique([...base, ...over], path);
  }
  return over;
}

const STARTED: Mapping = { condition: 'service_started', required: true };
const many = (value: Value): readonly Value[] => (isList(value) ? value : [value]);
const inBuild = (value: Value): Mapping => (isMapping(value) ? value : { context: value });
const named = (value: Value, meaning: Value): Mapping =>
  isMapping(value) ? value : Object.fromEntries(many(value).map((name) => [textOf(name), meaning]));
const differs = (base: Value, over: Value): boolean =>
  isMapping(base) && isMapping(over) && base.driver !== undefined && over.driver !== undefined && base.driver !== over.driver;

/** Lists of pairs: a later pair takes the place of an earlier one of the same key. */
function mergePairs(base: Value, over: Value): Value {
  const pairs = new Map<string, Value>();
  const texts = (value: Value) => (isMapping(value) ? [...pairTexts(value)].sort() : pairTexts(value));
  for (const text of [...texts(base), ...texts(over)]) pairs.set(/^[^=]*/.exec(text)?.[0] ?? text, text);
  return [...pairs.values()];
}

export const pairTexts = (value: Value): readonly string[] =>
  isMapping(value)
    ? Object.entries(value).flatMap(([key, one]) => many(one).map((item) => (item === null ? key : `${key}=${textOf(item)}`)))
    : many(value).map(textOf);

/** A later element that means the same thing takes the place of an earlier one. */
function unique(list: readonly Value[], path: string): readonly Value[] {
  const identity = IDENTITIES.find(([place]) => place.test(path))?.[1];
  if (identity === undefined) return list;
  const found = new Map<string, Value>();
  for (const item of list) found.set(identity(item), item);
  return [...found.values()];
}

const keyOf = (value: Value): string => textOf(value).split('=')[0] ?? '';
const target = (value: Value, at: number): string =>
  isMapping(value) ? textOf(value.target ?? value.source) : (textOf(value).split(':')[at] ?? textOf(value));

const IDENTITIES: readonly (readonly [RegExp, (value: Value) => string])[] = [
  [/\.(volumes|devices)$/, (value) => target(value, 1)],
  [/\.(cap_add|cap_drop|dns|dns_opt|dns_search|links|profiles|tmpfs|aliases|link_local_ips|tags|expose)$/, keyOf],
  [/\.env_file$/, (value) => (isMapping(value) ? textOf(value.path) : textOf(value))],
  [/\.(configs|secrets)$/, (value) => target(value, 0)],
  [/\.ports$/, portIdentity],
];

function portIdentity(value: Value): string {
  if (!isMapping(value)) return textOf(value);
  const { host_ip = '', published = '', target: inside = '', protocol = 'tcp' } = value;
  return [host_ip, published, inside, protocol].map(textOf).join(':');
}
