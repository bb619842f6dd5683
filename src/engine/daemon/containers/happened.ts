import type { Daemon } from '../daemon.ts';
import type { Container } from './container.ts';

/** What every event of a container says: its labels, image and name. */
export const attributesOf = (container: Container): Readonly<Record<string, string>> => ({
  ...container.config.Labels,
  image: container.image.name,
  name: container.name,
});

/** Tells the world what happened to a container. */
export function happened(daemon: Daemon, container: Container, action: string, extra: Readonly<Record<string, string>> = {}): void {
  daemon.events.emit({ type: 'container', action, id: container.id, attributes: { ...attributesOf(container), ...extra } });
}
