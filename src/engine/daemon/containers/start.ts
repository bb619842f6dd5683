/** `docker start`: root mounted, networks joined, cgroup made, and a shim that starts the command. Upstream: moby daemon/start.go. */
import type { Daemon } from '../daemon.ts';
import { asDockerError, messageOf } from '../errors.ts';
import { mkdirAll } from '../files.ts';
import { checkLinked } from '../networks/links.ts';
import { RuntimeError } from '../runtime/become.ts';
import { StartError, startTask } from '../runtime/shim.ts';
import { tellMounted } from '../volumes/container-events.ts';
import { unmountImages } from '../volumes/image-mounts.ts';
import { type Container, locked } from './container.ts';
import { alreadyRunning, cgroupFailed, createFailed, exitCodeOf, removalInProgress, startWhilePaused } from './errors.ts';
import { writeEtcFiles } from './etc-files.ts';
import { happened } from './happened.ts';
import { beginHealth } from './health/health.ts';
import { logAttributes } from './logging/attributes.ts';
import { type LogWriter, openLog, type Rotation } from './logging/log-file.ts';
import { watch } from './monitor/monitor.ts';
import { connectAll, disconnectAll, tellJoined } from './networking.ts';
import { mountRoot, unmountRoot } from './root.ts';
import { mountShm, unmountFiles, unmountShm } from './shm.ts';
import { specOf } from './spec.ts';
import { carryOutputs, closeStreams, type OpenedStreams, openStreams } from './streams.ts';

const UNKNOWN_FAILURE = 128;

/** Starts a container by hand. Throws DockerError: not-modified if it runs already. */
export async function start(daemon: Daemon, name: string): Promise<void> {
  const container = daemon.containers.get(name);
  await locked(container, async () => {
    if (container.state.paused) throw startWhilePaused();
    if (container.state.running) throw alreadyRunning();
    if (container.state.removing || container.live.isRemoved) throw removalInProgress();
    container.restartCount = 0;
    container.restartDelayMs = 0;
    container.stoppedByHand = false;
    await startNow(daemon, container);
  });
}

/** Only what containerd refuses tells of the program; before that nothing is known. */
const taskFailure = (message: string): number | undefined =>
  message.startsWith('failed to create task for container') ? exitCodeOf(message) : undefined;

/** Starts it; the caller holds the lock. On failure everything is undone, and what was wrong stays in its state. */
export async function startNow(daemon: Daemon, container: Container): Promise<void> {
  try {
    await bringUp(daemon, container);
  } catch (error) {
    const failure = asDockerError(error) ?? error;
    container.state.error = messageOf(failure);
    container.state.exitCode = taskFailure(messageOf(failure)) ?? (container.state.exitCode || UNKNOWN_FAILURE);
    container.state.restarting = false;
    cleanUp(daemon, container);
    container.live.output.end();
    daemon.containers.save(container);
    if (container.hostConfig.AutoRemove) {
      const { removeNow } = await daemon.sys.stall(() => import('./remove.ts'));
      removeNow(daemon, container, { volumes: true });
    }
    container.live.changed.wake();
    throw failure;
  }
}

async function bringUp(daemon: Daemon, container: Container): Promise<void> {
  const { sys } = daemon;
  const rootfs = mountRoot(daemon, container);
  const mounted = container.mounts.length > 0 ? await sys.stall(() => import('../volumes/mounted.ts')) : undefined;
  mounted?.mountSources(daemon, container);
  mkdirAll(sys, daemon.containers.directory(container.id), 0o710);
  mountShm(daemon, container);
  await mountFiles(daemon, container);
  tellMounted(daemon, container);
  await connectAll(daemon, container);
  checkLinked(daemon, container);
  writeEtcFiles(daemon, container);
  const spec = await specOf(daemon, container, rootfs);
  const { seccomp, noNewPrivileges } = spec.process;
  container.live.security = { seccomp, noNewPrivileges };
  try {
    daemon.cgroups.create(spec.cgroup, container.hostConfig);
  } catch (error) {
    throw error instanceof RuntimeError ? cgroupFailed(error.message) : error;
  }
  container.logPath = logPathOf(daemon, container);
  const [rows, columns] = container.hostConfig.ConsoleSize;
  const streams = await openStreams(sys, {
    tty: container.config.Tty,
    stdin: container.config.OpenStdin,
    size: { rows, columns },
  });
  await run(daemon, container, { spec, streams });
}

/** Secrets and configs of a task. */
async function mountFiles(daemon: Daemon, container: Container): Promise<void> {
  if (!container.files || container.files.length === 0) return;
  const { mountFiles: mount } = await daemon.sys.stall(() => import('../swarm/agent/files.ts'));
  mount(daemon, container);
}

function logPathOf(daemon: Daemon, { id, hostConfig: { LogConfig } }: Container): string {
  return ['json-file', 'local'].includes(LogConfig.Type) ? `${daemon.containers.directory(id)}/${id}-json.log` : '';
}

interface Run {
  readonly spec: Awaited<ReturnType<typeof specOf>>;
  readonly streams: OpenedStreams;
}

/** How the log is rotated, where it is asked for anything at all. Throws DockerError if it cannot be opened so. */
async function rotationFor(daemon: Daemon, { hostConfig: { LogConfig } }: Container): Promise<Rotation | undefined> {
  const { Type, Config } = LogConfig;
  if (Type === 'json-file' && Object.keys(Config ?? {}).length === 0) return undefined;
  const { checkLogOpens, rotationOf } = await daemon.sys.stall(() => import('./logging/options.ts'));
  checkLogOpens(LogConfig);
  return rotationOf(LogConfig);
}

async function run(daemon: Daemon, container: Container, { spec, streams }: Run): Promise<void> {
  const { sys } = daemon;
  const { live, state } = container;
  const rotation = await rotationFor(daemon, container);
  const log =
    container.logPath === ''
      ? undefined
      : await openLog(sys, container.logPath, {
          attributes: logAttributes(container),
          rotation,
          logged: () => live.logged.wake(),
          dropped: (lines) => {
            live.droppedLines += lines;
          },
        });
  const readers = carryOutputs(sys, streams.outputs, async (stream, bytes) => {
    await log?.write(stream, bytes);
    await live.output.push({ stream, bytes });
  });
  // Before anything of it can run: its first line is not older.
  const startedNs = sys.clock.nowNs();
  try {
    live.task = await startTask(sys, spec, { id: container.id, streams: streams.given });
  } catch (error) {
    for (const reader of readers) await reader.join();
    closeStreams(sys, streams, streams.stdin);
    await log?.close();
    if (error instanceof StartError) throw createFailed(error.message);
    throw error;
  }
  tellJoined(daemon, container);
  live.execs.clear();
  live.stdin = streams.stdin;
  live.terminal = streams.terminal;
  Object.assign(state, {
    running: true,
    paused: false,
    restarting: false,
    pid: live.task.pid,
    exitCode: 0,
    error: '',
    oomKilled: false,
    startedNs,
    finishedNs: container.hasBeenStarted ? state.finishedNs : 0n,
  });
  container.hasBeenStarted = true;
  beginHealth(daemon, container);
  daemon.containers.save(container);
  happened(daemon, container, 'start');
  live.changed.wake();
  watch(daemon, container, { task: live.task, finish: () => drain(daemon, container, { readers, streams, log }) });
}

interface Drain {
  readonly readers: ReturnType<typeof carryOutputs>;
  readonly streams: OpenedStreams;
  readonly log: LogWriter | undefined;
}

/** The rest of what it printed, before anybody hears that it ended. */
async function drain(daemon: Daemon, container: Container, { readers, streams, log }: Drain): Promise<void> {
  for (const reader of readers) await reader.join();
  closeStreams(daemon.sys, streams, container.live.stdin);
  container.live.stdin = null;
  container.live.terminal = null;
  await log?.close();
}

/** What a running container has of the host is given back. */
export function cleanUp(daemon: Daemon, container: Container): void {
  disconnectAll(daemon, container);
  daemon.cgroups.remove(daemon.cgroups.of(container));
  unmountRoot(daemon, container);
  unmountImages(daemon, container);
  for (const name of container.live.volumes.splice(0)) daemon.volumes.unmount(name);
  unmountShm(daemon, container);
  unmountFiles(daemon, container);
}
