/** `extends`: a service takes what another one has, of this file or another. Upstream: compose-go loader/extends.go. */
import { ProjectError } from './errors.ts';
import { mergeFiles } from './merge.ts';
import { isMapping, type Mapping, mappingOf, mapValues, textOf } from './value.ts';

export interface Extending {
  readonly file: string;
  /** Another file, interpolated, with what its relative paths are relative to. */
  readonly load: (path: string) => { readonly file: Mapping; readonly path: string };
}

export function applyExtends(file: Mapping, to: Extending): Mapping {
  const services = mappingOf(file.services);
  if (!Object.values(services).some((service) => isMapping(service) && service.extends !== undefined)) return file;
  return { ...file, services: mapValues(services, (_, name) => extended({ services, to, chain: [`${name} in ${to.file}`] }, name)) };
}

interface State {
  readonly services: Mapping;
  readonly to: Extending;
  readonly chain: readonly string[];
}

function extended({ services, to, chain }: State, name: string): Mapping {
  const service = mappingOf(services[name]);
  const { extends: from, ...own } = service;
  if (from === undefined || from === null) return service;
  const base = isMapping(from) ? textOf(from.service) : textOf(from);
  const path = isMapping(from) ? textOf(from.file) : '';
  const other = path === '' ? { services, to } : elsewhere(to, path);
  const here = `${base} in ${other.to.file}`;
  if (chain.includes(here)) throw new ProjectError(`Circular reference:\n  ${[...chain, here].join('\n  extends ')}`);
  if (other.services[base] === undefined)
    throw new ProjectError(
      path === ''
        ? `cannot extend service ${JSON.stringify(name)} in ${to.file}: service ${JSON.stringify(base)} not found`
        : `cannot extend service ${JSON.stringify(name)} in ${to.file}: service ${JSON.stringify(base)} not found in ${path}`,
    );
  const inherited = extended({ ...other, chain: [...chain, here] }, base);
  const merged = mergeFiles({ services: { [name]: inherited } }, { services: { [name]: own } });
  return mappingOf(mappingOf(merged.services)[name]);
}

function elsewhere(to: Extending, path: string): Omit<State, 'chain'> {
  const loaded = to.load(path);
  return { services: mappingOf(loaded.file.services), to: { ...to, file: loaded.path } };
}
