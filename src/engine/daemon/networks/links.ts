/**
 * `--link` on the default bridge: another container under a name of its own here, in /etc/hosts and as a name of that container. User-defined
 * networks keep their links with their endpoints. Upstream: moby daemon/links.go, container_operations_unix.go.
 */
import type { HostConfig } from '../../api-types/index.ts';
import type { Container, ContainerLink } from '../containers/container.ts';
import type { Daemon } from '../daemon.ts';
import { conflict, invalid, system } from '../errors.ts';

/** `web:site`, or `web` for both. */
function readLink(text: string): { readonly name: string; readonly alias: string } {
  const [name = '', alias] = text.split(':');
  return { name: name.replace(/^\//, ''), alias: (alias ?? name).replace(/^.*\//, '') };
}

const onBridge = ({ NetworkMode }: HostConfig): boolean => NetworkMode === 'bridge' || NetworkMode === 'default';

/** Whom a new container is linked to: kept by id, since names change hands. Throws DockerError for one that is not there. */
export function linksOf(daemon: Daemon, hostConfig: HostConfig): ContainerLink[] {
  return (onBridge(hostConfig) ? (hostConfig.Links ?? []) : []).map(readLink).map(({ name, alias }) => {
    const other = daemon.containers.find(name);
    if (!other) throw invalid(`could not get container for ${name}: No such container: ${name}`);
    return { alias, id: other.id, name: other.name };
  });
}

/** Throws DockerError unless everything that it is linked to runs, on the default bridge. */
export function checkLinked(daemon: Daemon, { name: own, links = [] }: Container): void {
  for (const { id, name, alias } of links) {
    const other = daemon.containers.find(id);
    if (!other?.state.running) throw conflict(`Cannot link to a non running container: /${other?.name ?? name} AS /${own}/${alias}`);
    if (!other.endpoints.some(({ network }) => network === 'bridge'))
      throw system(`container ${id} not attached to default bridge network`);
  }
}

/** The names that containers have for those they are linked to, by the id of who is meant. */
export function linkedNames(daemon: Daemon): ReadonlyMap<string, readonly string[]> {
  const names = new Map<string, string[]>();
  for (const { name: parent, links = [] } of daemon.containers.each())
    for (const { id, alias } of links) names.set(id, [...(names.get(id) ?? []), `/${parent}/${alias}`]);
  return names;
}
