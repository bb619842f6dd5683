/** Which services of a project are active. Upstream: compose-go types/project.go. */
import { noService } from './errors.ts';
import type { Project, Service } from './types.ts';

type Services = Readonly<Record<string, Service>>;
const pick = (services: Services, want: (service: Service) => boolean): Services =>
  Object.fromEntries(Object.entries(services).filter(([, service]) => want(service)));

/** Whether a service is one of those without a profile, of these profiles, or named. */
export function isActive(
  { name, profiles: own = [] }: Pick<Service, 'name' | 'profiles'>,
  profiles: readonly string[],
  named: readonly string[],
): boolean {
  return own.length === 0 || profiles.includes('*') || own.some((profile) => profiles.includes(profile)) || named.includes(name);
}

/** The services without a profile, those of these profiles, and those that are named (with what they depend on). */
export function withProfiles(project: Project, profiles: readonly string[], named: readonly string[]): Project {
  const wanted = (service: Service): boolean => isActive(service, profiles, named);
  const all = { ...project.services, ...project.disabled };
  return { ...project, services: pick(all, wanted), disabled: pick(all, (service) => !wanted(service)) };
}

/** Only these services, with what they depend on unless `alone`. Throws if one is not there. */
export function withServices(project: Project, names: readonly string[], options: { alone?: boolean } = {}): Project {
  if (names.length === 0) return project;
  const found = new Set<string>();
  const add = (name: string, required: boolean): void => {
    const service = project.services[name];
    if (service === undefined) {
      if (required) throw noService(name);
      return;
    }
    if (found.has(name)) return;
    found.add(name);
    if (options.alone !== true) for (const [next, { required: must }] of Object.entries(service.depends_on ?? {})) add(next, must);
  };
  for (const name of names) add(name, true);
  const dropped = (service: Service) => !found.has(service.name);
  const services = pick(project.services, (service) => found.has(service.name));
  return {
    ...project,
    services: options.alone === true ? withoutOthers(services) : services,
    disabled: { ...project.disabled, ...pick(project.services, dropped) },
  };
}

/** Only these services, with those that depend on them. */
export function withDependents(project: Project, names: readonly string[]): Project {
  const found = new Set(names);
  for (let size = -1; size !== found.size; ) {
    size = found.size;
    for (const { name, depends_on: depends } of Object.values(project.services))
      if (Object.keys(depends ?? {}).some((on) => found.has(on))) found.add(name);
  }
  return withServices(project, [...found], { alone: true });
}

/** Without the dependencies on services that are not taken. */
function withoutOthers(services: Services): Services {
  return Object.fromEntries(
    Object.entries(services).map(([name, service]) => {
      const depends = Object.fromEntries(Object.entries(service.depends_on ?? {}).filter(([next]) => services[next] !== undefined));
      return [name, { ...service, depends_on: depends }];
    }),
  );
}

/** Only what the services that are left use of networks, volumes, secrets and configs. Upstream: WithoutUnnecessaryResources. */
export function withoutUnused(project: Project): Project {
  const used = { networks: new Set<string>(), volumes: new Set<string>(), secrets: new Set<string>(), configs: new Set<string>() };
  for (const service of Object.values(project.services)) {
    for (const name of Object.keys(service.networks ?? {})) used.networks.add(name);
    for (const { type, source = '' } of service.volumes ?? []) if (type === 'volume') used.volumes.add(source);
    for (const { source } of [...(service.secrets ?? []), ...(service.build?.secrets ?? [])]) used.secrets.add(source);
    for (const { source } of service.configs ?? []) used.configs.add(source);
  }
  const keep = <One>(all: Readonly<Record<string, One>>, names: ReadonlySet<string>) =>
    Object.fromEntries(Object.entries(all).filter(([name]) => names.has(name)));
  return {
    ...project,
    networks: keep(project.networks, used.networks),
    volumes: keep(project.volumes, used.volumes),
    secrets: keep(project.secrets, used.secrets),
    configs: keep(project.configs, used.configs),
  };
}
