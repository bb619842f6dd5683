/** Ending containers: politely, at once, by any signal. Upstream: moby daemon/{stop,kill,restart}.go. */
import type { Signal } from '../../kernel/sys.ts';
import type { Daemon } from '../daemon.ts';
import { DockerError, system } from '../errors.ts';
import { killIfThere } from '../runtime/shim.ts';
import type { Container } from './container.ts';
import { badSignal, isRestarting, notRunning } from './errors.ts';
import { happened } from './happened.ts';
import { alreadyStopped, cannotKill, unsupportedSignal } from './requests/errors.ts';
import { parseSignal, signalNumber } from './signals.ts';
import { start } from './start.ts';

export interface StopOptions {
  /** Negative: for ever. */
  readonly timeoutSeconds?: number | undefined;
  readonly signal?: string | undefined;
}

const DEFAULT_TIMEOUT_SECONDS = 10;
const KILL_TIMEOUT_MS = 10_000;
const NS_PER_MS = 1_000_000n;
const DEFAULT_SIGNAL: Signal = 'SIGTERM';

const stopSignalOf = ({ config }: Container): Signal => parseSignal(config.StopSignal ?? '') ?? DEFAULT_SIGNAL;

/** Throws DockerError: not-modified if it does not run. */
export async function stop(daemon: Daemon, name: string, options: StopOptions = {}): Promise<void> {
  const container = daemon.containers.get(name);
  if (!container.state.running) throw alreadyStopped();
  try {
    await stopNow(daemon, container, options);
  } catch (error) {
    throw error instanceof DockerError ? system(`cannot stop container: ${name}: ${error.message}`, error) : error;
  }
}

export async function stopNow(daemon: Daemon, container: Container, { timeoutSeconds, signal }: StopOptions): Promise<void> {
  const wanted = signal ? parseSignal(signal) : stopSignalOf(container);
  if (!wanted) throw badSignal(signal ?? '');
  const seconds = timeoutSeconds ?? container.config.StopTimeout ?? DEFAULT_TIMEOUT_SECONDS;
  container.stoppedByHand = true;
  if (!cancelRestart(daemon, container)) {
    deliver(daemon, container, wanted);
    if (!(await endsWithin(daemon, container, seconds < 0 ? undefined : seconds * 1000))) {
      deliver(daemon, container, 'SIGKILL');
      await endsWithin(daemon, container, KILL_TIMEOUT_MS);
    }
  }
  happened(daemon, container, 'stop');
}

/** A container between two runs has nobody to be told: it just does not come back. */
function cancelRestart(daemon: Daemon, container: Container): boolean {
  if (!container.state.restarting) return false;
  Object.assign(container.state, { restarting: false, running: false });
  container.live.output.end();
  daemon.containers.save(container);
  container.live.changed.wake();
  return true;
}

/** Sends a signal to the first process, and says so. A frozen one is thawed by what ends it. */
function deliver(daemon: Daemon, container: Container, signal: Signal): void {
  const { task } = container.live;
  if (!task) return;
  happened(daemon, container, 'kill', { signal: String(signalNumber(signal)) });
  killIfThere(daemon.sys, task.pid, signal);
  if (!container.state.paused || (signal !== 'SIGKILL' && signal !== stopSignalOf(container))) return;
  daemon.cgroups.freeze(daemon.cgroups.of(container), false);
  container.state.paused = false;
  happened(daemon, container, 'unpause');
}

/** Absent, the span has no end. Whoever is woken for something else waits on for the rest of it. */
async function endsWithin({ sys }: Daemon, { live }: Container, timeoutMs?: number): Promise<boolean> {
  const before = live.exits;
  const isOver = (): boolean => live.exits !== before || live.task === null;
  const untilNs = sys.clock.monotonicNs() + BigInt(Math.round(timeoutMs ?? 0)) * NS_PER_MS;
  while (!isOver()) {
    const leftMs = Number(untilNs - sys.clock.monotonicNs()) / Number(NS_PER_MS);
    if (timeoutMs !== undefined && leftMs <= 0) return false;
    await live.changed.wait(timeoutMs === undefined ? undefined : leftMs);
  }
  return true;
}

/** `docker kill`. Throws DockerError. */
export async function kill(daemon: Daemon, name: string, signalText: string): Promise<void> {
  try {
    const signal = signalToSend(signalText);
    await killNow(daemon, daemon.containers.get(name), signal);
  } catch (error) {
    throw error instanceof DockerError ? cannotKill(name, error) : error;
  }
}

function signalToSend(signalText: string): Signal {
  const signal = signalText === '' ? 'SIGKILL' : parseSignal(signalText);
  if (signal) return signal;
  throw /^[-+]?0*[1-9]\d*$/.test(signalText) ? unsupportedSignal(Number(signalText)) : badSignal(signalText);
}

async function killNow(daemon: Daemon, container: Container, signal: Signal): Promise<void> {
  if (container.state.restarting) throw isRestarting(container.id, 'wait until the container is running');
  if (!container.live.task) throw notRunning(container.id);
  // Only a stop signal of its own tells a signal that ends it from one that does not.
  const isForEnd = !container.config.StopSignal || signal === 'SIGKILL' || signal === stopSignalOf(container);
  if (isForEnd) container.stoppedByHand = true;
  deliver(daemon, container, signal);
  if (signal === 'SIGKILL') await endsWithin(daemon, container, KILL_TIMEOUT_MS);
}

/** Ends a container that runs, whatever it is doing. For `rm -f`. */
export async function killForRemoval(daemon: Daemon, container: Container): Promise<void> {
  container.stoppedByHand = true;
  if (cancelRestart(daemon, container)) return;
  deliver(daemon, container, 'SIGKILL');
  await endsWithin(daemon, container, KILL_TIMEOUT_MS);
}

export async function restart(daemon: Daemon, name: string, options: StopOptions): Promise<void> {
  const container = daemon.containers.get(name);
  const keeps = container.hostConfig.AutoRemove;
  if (keeps) container.hostConfig = { ...container.hostConfig, AutoRemove: false };
  try {
    if (container.state.running) await stopNow(daemon, container, options);
    if (keeps) container.hostConfig = { ...container.hostConfig, AutoRemove: true };
    await start(daemon, container.id);
  } catch (error) {
    throw error instanceof DockerError
      ? new DockerError(error.kind, `Cannot restart container ${name}: ${error.message}`, { cause: error })
      : error;
  }
  happened(daemon, container, 'restart');
}
