/** What happens when a container ends: it is told to the world, cleaned up after, and perhaps started again. Upstream: moby daemon/monitor.go. */
import type { Daemon } from '../daemon.ts';
import { DockerError } from '../errors.ts';
import type { Exit, Task } from '../runtime/shim.ts';
import { tellUnmounted } from '../volumes/container-events.ts';
import { type Container, locked } from './container.ts';
import { happened } from './happened.ts';
import { endHealth } from './health/health.ts';
import { cleanUp, startNow } from './start.ts';

const FIRST_DELAY_MS = 100;
const MAX_DELAY_MS = 60_000;
/** Whoever ran so long has earned a fresh start. */
const LONG_RUN_NS = 10_000_000_000n;

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
    const restart = await locked(container, () => ended(daemon, container, exit));
    if (restart) await restartLater(daemon, container);
  });
}

/** True if it shall be started again. */
async function ended(daemon: Daemon, container: Container, exit: Exit): Promise<boolean> {
  const { state, live } = container;
  const now = daemon.sys.clock.nowNs();
  const ranNs = now - state.startedNs;
  const oomKilled = daemon.cgroups.wasOomKilled(daemon.cgroups.of(container));
  if (oomKilled && !state.oomKilled) happened(daemon, container, 'oom');
  const restart = wantsRestart(daemon, container, exit.status);
  live.task = null;
  endHealth(container);
  cleanUp(daemon, container);
  tellUnmounted(daemon, container);
  Object.assign(state, { running: restart, paused: false, restarting: restart, pid: 0, exitCode: exit.status, oomKilled, finishedNs: now });
  if (restart) {
    container.restartCount += 1;
    container.restartDelayMs =
      ranNs > LONG_RUN_NS || container.restartDelayMs === 0 ? FIRST_DELAY_MS : Math.min(MAX_DELAY_MS, container.restartDelayMs * 2);
  }
  live.exits += 1;
  daemon.containers.save(container);
  happened(daemon, container, 'die', { exitCode: String(exit.status), execDuration: String(ranNs / 1_000_000_000n) });
  live.output.end();
  if (!restart && container.hostConfig.AutoRemove && !daemon.life.isShuttingDown) {
    const { removeNow } = await daemon.sys.stall(() => import('./remove.ts'));
    removeNow(daemon, container, { volumes: true });
  }
  live.changed.wake();
  live.logged.wake();
  return restart;
}

/** Upstream: moby daemon/internal/restartmanager. */
function wantsRestart(daemon: Daemon, container: Container, status: number): boolean {
  const { Name, MaximumRetryCount } = container.hostConfig.RestartPolicy;
  if (daemon.life.isShuttingDown || container.stoppedByHand || container.state.removing) return false;
  if (Name === 'always' || Name === 'unless-stopped') return true;
  return Name === 'on-failure' && status !== 0 && (MaximumRetryCount === 0 || container.restartCount < MaximumRetryCount);
}

async function restartLater(daemon: Daemon, container: Container): Promise<void> {
  const until = daemon.sys.clock.monotonicNs() + BigInt(container.restartDelayMs) * 1_000_000n;
  for (
    let left = until - daemon.sys.clock.monotonicNs();
    left > 0n && container.state.restarting;
    left = until - daemon.sys.clock.monotonicNs()
  ) {
    await container.live.changed.wait(Math.max(1, Number(left / 1_000_000n)));
  }
  await locked(container, async () => {
    if (!container.state.restarting || container.live.isRemoved) return;
    container.state.restarting = false;
    container.state.running = false;
    try {
      await startNow(daemon, container);
    } catch (error) {
      // Docker writes it to its own log; the container's state has it.
      if (!(error instanceof DockerError)) throw error;
    }
  });
}
