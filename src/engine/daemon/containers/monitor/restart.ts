/** Restart policies: who is started again, and when. Upstream: moby daemon/internal/restartmanager. */
import type { Daemon } from '../../daemon.ts';
import { DockerError } from '../../errors.ts';
import { type Container, locked } from '../container.ts';
import { startNow } from '../start.ts';

const FIRST_DELAY_MS = 100;
const MAX_DELAY_MS = 60_000;
/** Whoever ran so long has earned a fresh start. */
const LONG_RUN_NS = 10_000_000_000n;

/** Whether a container that has ended with `status` is started again. */
export function wantsRestart(daemon: Daemon, container: Container, status: number): boolean {
  const { Name, MaximumRetryCount } = container.hostConfig.RestartPolicy;
  if (daemon.life.isShuttingDown || container.stoppedByHand || container.state.removing) return false;
  if (Name === 'always' || Name === 'unless-stopped') return true;
  return Name === 'on-failure' && status !== 0 && (MaximumRetryCount === 0 || container.restartCount < MaximumRetryCount);
}

/** One more, after a delay that doubles from one to the next. */
export function countRestart(container: Container, ranNs: bigint): void {
  container.restartCount += 1;
  container.restartDelayMs =
    ranNs > LONG_RUN_NS || container.restartDelayMs === 0 ? FIRST_DELAY_MS : Math.min(MAX_DELAY_MS, container.restartDelayMs * 2);
}

/** Waits for the delay, unless somebody comes before, and starts it. */
export async function restartLater(daemon: Daemon, container: Container): Promise<void> {
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
