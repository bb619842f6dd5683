/** Health checks: whether there is one, its begin and its end. What comes between is in watch.ts. Upstream: moby daemon/health.go. */
import type { Daemon } from '../../daemon.ts';
import type { Container, HealthRecord } from '../container.ts';

/** The cause of what a check does. */
export const HEALTH_CHECK = 'health check';

export const hasHealthcheck = ({ config: { Healthcheck } }: Container): boolean =>
  (Healthcheck?.Test ?? []).length > 0 && Healthcheck?.Test?.[0] !== 'NONE';

/** Begins to watch a container that was just started, if it has a check. */
export function beginHealth(daemon: Daemon, container: Container): void {
  const check = container.config.Healthcheck;
  if (!check || !hasHealthcheck(container)) {
    container.state.health = null;
    return;
  }
  const record: HealthRecord = { status: 'starting', failingStreak: 0, log: container.state.health?.log ?? [] };
  container.state.health = record;
  daemon.sys.thread(async () => {
    const { watchHealth } = await daemon.sys.stall(() => import('./watch.ts'));
    return watchHealth(daemon, container, { check, record });
  });
}

/** Nobody watches any more: for clients that ask that is unhealthy, until the next check says otherwise. */
export function endHealth(container: Container): void {
  if (container.state.health) container.state.health.status = 'unhealthy';
}
