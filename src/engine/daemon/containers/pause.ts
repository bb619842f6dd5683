import type { Daemon } from '../daemon.ts';
import { isRestarting, notRunning } from './errors.ts';
import { happened } from './happened.ts';
import { endHealth } from './health/health.ts';
import { alreadyPaused, notPaused } from './requests/errors.ts';

/** Freezes every process of a running container. Throws DockerError. Upstream: moby daemon/pause.go. */
export function pause(daemon: Daemon, name: string): void {
  const container = daemon.containers.get(name);
  if (!container.state.running) throw notRunning(container.id);
  if (container.state.paused) throw alreadyPaused(container.id);
  if (container.state.restarting) throw isRestarting(container.id, 'wait until the container is running');
  daemon.cgroups.freeze(daemon.cgroups.of(container), true);
  container.state.paused = true;
  endHealth(container);
  daemon.containers.save(container);
  happened(daemon, container, 'pause');
}

/** Lets them go on. Throws DockerError. */
export function unpause(daemon: Daemon, name: string): void {
  const container = daemon.containers.get(name);
  if (!container.state.paused) throw notPaused(container.id);
  daemon.cgroups.freeze(daemon.cgroups.of(container), false);
  container.state.paused = false;
  daemon.containers.save(container);
  happened(daemon, container, 'unpause');
}
