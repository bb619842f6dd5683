/** `--link` on the default bridge: another container's name, known in /etc/hosts. Upstream: moby daemon/links.go, container_operations_unix.go. */
import type { HostConfig } from '../../api-types/index.ts';
import type { Container } from '../containers/container.ts';
import type { Daemon } from '../daemon.ts';
import { conflict, invalid } from '../errors.ts';

export interface Link {
  readonly name: string;
  readonly alias: string;
}

/** `web:site`, or `web` for both. */
export function readLink(text: string): Link {
  const [name = '', alias] = text.split(':');
  return { name: name.replace(/^\//, ''), alias: (alias ?? name).replace(/^.*\//, '') };
}

/** User-defined networks keep their links with their endpoints. */
const onBridge = ({ NetworkMode }: HostConfig): boolean => NetworkMode === 'bridge' || NetworkMode === 'default';

/** Throws DockerError if a container is linked to that is not there. */
export function checkLinks(daemon: Daemon, hostConfig: HostConfig): void {
  for (const { name } of (onBridge(hostConfig) ? (hostConfig.Links ?? []) : []).map(readLink))
    if (!daemon.containers.find(name)) throw invalid(`could not get container for ${name}: No such container: ${name}`);
}

/** Throws DockerError unless everything that it is linked to runs. */
export function checkLinked(daemon: Daemon, { name: own, hostConfig }: Container): void {
  for (const { name, alias } of (onBridge(hostConfig) ? (hostConfig.Links ?? []) : []).map(readLink)) {
    const other = daemon.containers.find(name);
    if (other && !other.state.running) throw conflict(`Cannot link to a non running container: /${other.name} AS /${own}/${alias}`);
  }
}

/** As `docker inspect` shows them: who, and under which name here. */
export function shownLinks(daemon: Daemon, { name: own, hostConfig }: Container): HostConfig['Links'] {
  if (!onBridge(hostConfig) || !hostConfig.Links) return hostConfig.Links;
  return hostConfig.Links.map(readLink).map(({ name, alias }) => `/${daemon.containers.find(name)?.name ?? name}:/${own}/${alias}`);
}
