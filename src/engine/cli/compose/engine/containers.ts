/** The containers of a project, as the Engine lists them by their labels. */
import type { ContainerSummary } from '../../../api-types/index.ts';
import type { DockerClient } from '../../client/index.ts';
import { CliError } from '../../errors.ts';
import type { Project } from '../project/types.ts';
import { byText } from '../project/value.ts';
import { LABEL } from './labels.ts';

export interface Wanted {
  readonly all?: boolean;
  /** Containers of `compose run`: not, too, or only. */
  readonly oneOff?: 'exclude' | 'include' | 'only';
  readonly services?: readonly string[];
  /** In the Engine's order, the newest first, not by name. */
  readonly asListed?: boolean;
}

/** By name. */
export async function projectContainers(client: DockerClient, project: string, wanted: Wanted = {}): Promise<readonly ContainerSummary[]> {
  const { all = true, oneOff = 'exclude', services = [] } = wanted;
  const labels = [`${LABEL.project}=${project}`, LABEL.hash];
  if (oneOff !== 'include') labels.push(`${LABEL.oneOff}=${oneOff === 'only' ? 'True' : 'False'}`);
  const found = await client.containers.list({ all, filters: new Map([['label', labels]]) });
  const own = found.filter((container) => services.length === 0 || services.includes(serviceOf(container)));
  return wanted.asListed === true ? own : own.sort((a, b) => byText(nameOf(a), nameOf(b)));
}

export const nameOf = ({ Names }: ContainerSummary): string =>
  (Names.find((name) => name.lastIndexOf('/') === 0) ?? Names[0] ?? '').replace(/^\//, '');
export const serviceOf = ({ Labels }: ContainerSummary): string => Labels[LABEL.service] ?? '';
export const numberOf = ({ Labels }: ContainerSummary): number => Number(Labels[LABEL.number] ?? 0);
export const isOneOff = ({ Labels }: ContainerSummary): boolean => Labels[LABEL.oneOff] === 'True';
export const eventId = (container: ContainerSummary): string => `Container ${nameOf(container)}`;
/** How logs name a container: without its project. */
export const logName = (container: ContainerSummary): string => {
  const name = nameOf(container);
  const prefix = `${container.Labels[LABEL.project] ?? ''}-`;
  return name.startsWith(prefix) ? name.slice(prefix.length) : name;
};

export const isRunning = ({ State }: ContainerSummary): boolean => State === 'running';

/** What `compose run` has left behind, and containers of services that the project does not have. */
export const isLeft = (project: Project, container: ContainerSummary): boolean =>
  isOneOff(container) ? container.State === 'exited' || container.State === 'dead' : isOrphan(project, container);

/** Whether its service is one of the project's with the profiles that were asked for. */
export const isEnabled = (project: Project, container: ContainerSummary): boolean => project.services[serviceOf(container)] !== undefined;

export const isOrphan = (project: Project, container: ContainerSummary): boolean =>
  project.services[serviceOf(container)] === undefined && project.disabled[serviceOf(container)] === undefined;

/** The running container of a service that a command is for. Throws CliError if there is none. */
export async function oneContainer(
  client: DockerClient,
  project: string,
  { service, index = 0 }: { readonly service: string; readonly index?: number },
): Promise<ContainerSummary> {
  const found = await projectContainers(client, project, { all: false, oneOff: 'include', services: [service] });
  const sorted = [...found].sort((a, b) => Number(isOneOff(a)) - Number(isOneOff(b)) || numberOf(a) - numberOf(b));
  const one = index > 0 ? sorted.find((container) => numberOf(container) === index) : sorted[0];
  if (one !== undefined) return one;
  const which =
    index > 0
      ? `service ${JSON.stringify(service)} is not running container #${index}`
      : `service ${JSON.stringify(service)} is not running`;
  throw new CliError(which);
}
