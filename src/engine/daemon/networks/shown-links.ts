/** Links as an inspection shows them, and after a container was renamed. */
import type { HostConfig } from '../../api-types/index.ts';
import type { Container } from '../containers/container.ts';
import type { Daemon } from '../daemon.ts';

/** As `docker inspect` shows them: who, and under which name here. */
export function shownLinks(daemon: Daemon, { name: own, links = [] }: Container): HostConfig['Links'] {
  if (links.length === 0) return null;
  return links.map(({ id, name, alias }) => `/${daemon.containers.find(id)?.name ?? name}:/${own}/${alias}`);
}

/** A container that is no more keeps the name it had with those who are linked to it. */
export function renameLinked(daemon: Daemon, { id, name }: Container): void {
  for (const container of daemon.containers.all())
    for (const link of container.links ?? []) {
      if (link.id !== id) continue;
      link.name = name;
      daemon.containers.save(container);
    }
}
