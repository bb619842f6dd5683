/** What happens when a container ends: it is told to the world, cleaned up after, and perhaps started again. Upstream: moby daemon/monitor.go. */
import type { Daemon } from '../../daemon.ts';
import type { Exit, Task } from '../../runtime/shim.ts';
import { tellUnmounted } from '../../volumes/container-events.ts';
import { type Container, locked } from '../container.ts';
import { happened } from '../happened.ts';
import { endHealth } from '../health/health.ts';
import { cleanUp } from '../start.ts';

/** Restart policies; absent where there is none. */
type Restarts = typeof import('./restart.ts') | undefined;

export interface Watch {
  readonly task: Task;
  /** Waits for the last output. */
  readonly finish: () => Promise<void>;
}

/** Follows a task to its end, in a thread of its own. */
export function watch(daemon: Daemon, container: Container, { task, finish }: Watch): void {
  daemon.sys.thread(async () => {
    const exit = await task.exit();
    await finish();
    const restarts = await locked(container, () => ended(daemon, container, exit));
    await restarts?.restartLater(daemon, container);
  });
}

/** What starts it again, if it shall be. */
async function ended(daemon: Daemon, container: Container, exit: Exit): Promise<Restarts> {
  const { state, live } = container;
  const now = daemon.sys.clock.nowNs();
  const ranNs = now - state.startedNs;
  const oomKilled = daemon.cgroups.wasOomKilled(daemon.cgroups.of(container));
  if (oomKilled && !state.oomKilled) happened(daemon, container, 'oom');
  const hasPolicy = container.hostConfig.RestartPolicy.Name !== 'no';
  const restarts: Restarts = hasPolicy ? await daemon.sys.stall(() => import('./restart.ts')) : undefined;
  const restart = restarts?.wantsRestart(daemon, container, exit.status) ?? false;
  live.task = null;
  endHealth(container);
  cleanUp(daemon, container);
  tellUnmounted(daemon, container);
  Object.assign(state, { running: restart, paused: false, restarting: restart, pid: 0, exitCode: exit.status, oomKilled, finishedNs: now });
  if (restart) restarts?.countRestart(container, ranNs);
  live.exits += 1;
  daemon.containers.save(container);
  happened(daemon, container, 'die', { exitCode: String(exit.status), execDuration: String(ranNs / 1_000_000_000n) });
  live.output.end();
  if (!restart && container.hostConfig.AutoRemove && !daemon.life.isShuttingDown) {
    const { removeNow } = await daemon.sys.stall(() => import('../remove.ts'));
    removeNow(daemon, container, { volumes: true });
  }
  live.changed.wake();
  live.logged.wake();
  return restart ? restarts : undefined;
}
