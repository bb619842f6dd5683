import type { Io } from '../../io.ts';
import { noService } from '../project/errors.ts';
import type { Project, Service } from '../project/types.ts';
import { inOrder } from './tasks.ts';

export const scaleOf = ({ scale, deploy }: Service): number => scale ?? deploy?.replicas ?? 1;
export const imageOf = (project: Project, service: Service): string => service.image ?? `${project.name}-${service.name}`;
export const containerName = (project: Project, { container_name: own, name }: Service, number: number): string =>
  own ?? `${project.name}-${name}-${number}`;

/** Each service once those that it depends on are done. */
export const dependenciesFirst = (io: Io, project: Project, act: (service: Service) => Promise<unknown>): Promise<void> =>
  inOrder(io, { items: project.services, before: ({ depends_on: depends }) => Object.keys(depends ?? {}) }, act);

/** Each service once those that depend on it are done. */
export function dependentsFirst(io: Io, project: Project, act: (service: Service) => Promise<unknown>): Promise<void> {
  const dependents = ({ name }: Service) =>
    Object.values(project.services)
      .filter(({ depends_on: depends }) => depends?.[name] !== undefined)
      .map((service) => service.name);
  return inOrder(io, { items: project.services, before: dependents }, act);
}

/** Throws for a name that is no service of the project. */
export function checkServices(project: Project, names: readonly string[]): void {
  for (const name of names) if (project.services[name] === undefined && project.disabled[name] === undefined) throw noService(name);
}
