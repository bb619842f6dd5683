/** Containers that ran when the daemon before this one ended, and those that run when it ends itself. */
import { stepsLeft } from './beginning.ts';
import type { Container } from './containers/container.ts';
import { removeNow } from './containers/remove.ts';
import { rootfsOf } from './containers/root.ts';
import { start } from './containers/start.ts';
import type { Daemon } from './daemon.ts';
import { DockerError } from './errors.ts';
import { killIfThere } from './runtime/shim.ts';

const LOST_STATUS = 255;

/** Ends what an earlier daemon left behind, and starts again what its policy says. */
export async function restore(daemon: Daemon): Promise<void> {
  for (const container of daemon.containers.all()) forget(daemon, container);
  forgetSteps(daemon);
  for (const container of daemon.containers.all()) {
    const { Name } = container.hostConfig.RestartPolicy;
    const wasRunning = container.state.running;
    container.state.running = false;
    if (wasRunning && container.hostConfig.AutoRemove) removeNow(daemon, container, { volumes: true });
    else if (Name === 'always' || (Name === 'unless-stopped' && !container.stoppedByHand) || (Name === 'on-failure' && wasRunning))
      await startIfPossible(daemon, container);
  }
}

/** What runs in the group of a build's step ends, and its root goes. */
function forgetSteps(daemon: Daemon): void {
  for (const id of stepsLeft(daemon)) clear(daemon, id, daemon.cgroups.pathOf(id, ''));
}

async function startIfPossible(daemon: Daemon, container: Container): Promise<void> {
  if (!container.hasBeenStarted || (container.stoppedByHand && container.hostConfig.RestartPolicy.Name !== 'always')) return;
  try {
    await start(daemon, container.id);
  } catch (error) {
    if (!(error instanceof DockerError)) throw error;
  }
}

/** Without live-restore nothing outlives its daemon. */
function forget(daemon: Daemon, container: Container): void {
  clear(daemon, container.id, daemon.cgroups.of(container));
  for (const endpoint of container.endpoints) endpoint.active = null;
  if (container.state.running) Object.assign(container.state, { exitCode: LOST_STATUS, finishedNs: daemon.sys.clock.nowNs() });
  daemon.containers.save(container);
}

/** Ends what runs in a group, and takes its root away. */
function clear(daemon: Daemon, id: string, cgroup: string): void {
  const { sys } = daemon;
  for (const pid of daemon.cgroups.members(cgroup)) killIfThere(sys, pid);
  daemon.cgroups.remove(cgroup);
  const rootfs = rootfsOf(daemon, id);
  if (sys.path.mounts().some(({ target }) => target === rootfs)) sys.path.umount(rootfs, { lazy: true });
}

/** Stops everything, each container with its own signal and patience, all at once. */
export async function shutDown(daemon: Daemon): Promise<void> {
  daemon.life.isShuttingDown = true;
  daemon.swarm.node?.stop();
  forgetSteps(daemon);
  const stopping = daemon.containers
    .all()
    .filter(({ state }) => state.running)
    .map((container) =>
      daemon.sys.thread(async () => {
        const byHand = container.stoppedByHand;
        const { stopNow } = await daemon.sys.stall(() => import('./containers/stop.ts'));
        await stopNow(daemon, container, {});
        container.stoppedByHand = byHand;
        daemon.containers.save(container);
      }),
    );
  for (const thread of stopping) await thread.join();
}
