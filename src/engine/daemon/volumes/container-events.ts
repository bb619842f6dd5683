/** What happens to volumes when a container's mounts are made and undone. Upstream: moby daemon/volumes_unix.go, container/container_unix.go. */

import type { Container } from '../containers/container.ts';
import type { Daemon } from '../daemon.ts';

export function tellMounted(daemon: Daemon, container: Container): void {
  for (const { Type, Name, Destination, Driver, Propagation, RW } of container.mounts) {
    if (Type !== 'volume') continue;
    daemon.events.emit({
      type: 'volume',
      action: 'mount',
      id: Name ?? '',
      attributes: {
        container: container.id,
        destination: Destination,
        driver: Driver ?? 'local',
        propagation: Propagation,
        'read/write': String(RW),
      },
    });
  }
}

export function tellUnmounted(daemon: Daemon, container: Container): void {
  for (const { Type, Name } of container.mounts)
    if (Type === 'volume')
      daemon.events.emit({ type: 'volume', action: 'unmount', id: Name ?? '', attributes: { container: container.id, driver: 'local' } });
}
