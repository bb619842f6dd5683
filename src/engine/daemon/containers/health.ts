/** Health checks: a command in the container now and then, and what its answers mean. Upstream: moby daemon/health.go. */
import type { HealthConfig, HealthStatus } from '../../api-types/index.ts';
import type { Daemon } from '../daemon.ts';
import { DockerError, messageOf } from '../errors.ts';
import type { Container, HealthRecord, ProbeResult } from './container.ts';
import { happened } from './happened.ts';
import { runProbe } from './probe.ts';

export const hasHealthcheck = ({ config: { Healthcheck } }: Container): boolean =>
  (Healthcheck?.Test ?? []).length > 0 && Healthcheck?.Test?.[0] !== 'NONE';

/** Begins to watch a container that was just started, if it has a check. */
export function beginHealth(daemon: Daemon, container: Container): void {
  const check = container.config.Healthcheck;
  if (!check || !hasHealthcheck(container)) {
    container.state.health = null;
    return;
  }
  const record: HealthRecord = { status: 'starting', failingStreak: 0, log: [] };
  container.state.health = record;
  daemon.sys.thread(async () => {
    const { watchHealth } = await daemon.sys.stall(() => import('./health-watch.ts'));
    return watchHealth(daemon, container, { check, record });
  });
}

/** What it was stays readable: only a check that had not come to a result is unhealthy now. */
export function endHealth(container: Container): void {
  if (container.state.health?.status === 'starting') container.state.health.status = 'unhealthy';
}
