/** A container's health: a command in it now and then, and what its answers mean. Fetched when a check is there. */
import type { HealthConfig, HealthStatus } from '../../../api-types/index.ts';
import { goDuration } from '../../builder/plan/go-duration.ts';
import type { Daemon } from '../../daemon.ts';
import { asDeed } from '../../deed.ts';
import { DockerError, messageOf } from '../../errors.ts';
import { killIfThere } from '../../runtime/shim.ts';
import type { Container, HealthRecord, ProbeResult } from '../container.ts';
import { createExec, startExecProcess } from '../exec.ts';
import { happened } from '../happened.ts';
import { HEALTH_CHECK } from './health.ts';

const MAX_OUTPUT_BYTES = 4096;
const TIMED_OUT = -1;
const DEFAULT_INTERVAL_NS = 30_000_000_000;
const DEFAULT_TIMEOUT_NS = 30_000_000_000;
const DEFAULT_START_INTERVAL_NS = 5_000_000_000;
const DEFAULT_RETRIES = 3;
const KEPT = 5;

export interface Watched {
  readonly check: HealthConfig;
  readonly record: HealthRecord;
}

/** Asks again and again until the container ends. */
export async function watchHealth(daemon: Daemon, container: Container, { check, record }: Watched): Promise<void> {
  const { live, state } = container;
  const { task } = live;
  const isOver = (): boolean => live.task !== task || state.health !== record;
  while (!isOver()) {
    await pauseFor(container, {
      ms: intervalNs(daemon, container, { check, record }) / 1e6,
      isOver,
      now: () => daemon.sys.clock.monotonicNs(),
    });
    if (isOver()) return;
    if (state.paused) continue;
    const result = await asDeed(daemon.sys, HEALTH_CHECK, () => probe(daemon, container, check));
    if (isOver()) return;
    judge(daemon, container, { check, record }, result);
  }
}

/** Sleeps, but ends with the container. */
async function pauseFor(
  container: Container,
  { ms, isOver, now }: { ms: number; isOver: () => boolean; now: () => bigint },
): Promise<void> {
  const until = now() + BigInt(Math.round(ms * 1e6));
  for (let left = until - now(); left > 0n && !isOver(); left = until - now()) await container.live.changed.wait(Number(left) / 1e6);
}

/** While it starts up, a check may come more often. */
function intervalNs(daemon: Daemon, container: Container, { check, record }: Watched): number {
  const isStarting =
    record.status === 'starting' && Number(daemon.sys.clock.nowNs() - container.state.startedNs) < (check.StartPeriod ?? 0);
  return isStarting ? check.StartInterval || DEFAULT_START_INTERVAL_NS : check.Interval || DEFAULT_INTERVAL_NS;
}

async function probe(daemon: Daemon, container: Container, { Test = [], Timeout }: HealthConfig): Promise<ProbeResult> {
  const startNs = daemon.sys.clock.nowNs();
  const command = Test[0] === 'CMD-SHELL' ? [...(container.config.Shell ?? ['/bin/sh', '-c']), Test.slice(1).join(' ')] : Test.slice(1);
  const timeoutMs = (Timeout || DEFAULT_TIMEOUT_NS) / 1e6;
  try {
    const { exitCode, output } = await runProbe(daemon, container, { command, timeoutMs });
    return { startNs, endNs: daemon.sys.clock.nowNs(), exitCode, output };
  } catch (error) {
    if (!(error instanceof DockerError)) throw error;
    return { startNs, endNs: daemon.sys.clock.nowNs(), exitCode: -1, output: messageOf(error) };
  }
}

function judge(daemon: Daemon, container: Container, { check, record }: Watched, result: ProbeResult): void {
  const before: HealthStatus = record.status;
  record.log = [...record.log, result].slice(-KEPT);
  if (result.exitCode === 0) {
    record.failingStreak = 0;
    record.status = 'healthy';
  } else {
    const inStartPeriod = before === 'starting' && Number(result.endNs - container.state.startedNs) < (check.StartPeriod ?? 0);
    if (!inStartPeriod) record.failingStreak += 1;
    if (record.failingStreak >= (check.Retries || DEFAULT_RETRIES)) record.status = 'unhealthy';
  }
  daemon.containers.save(container);
  container.live.changed.wake();
  if (record.status !== before) happened(daemon, container, `health_status: ${record.status}`);
}

/** Runs a health check's command like `docker exec` and collects what it prints. A command that takes too long is killed. */
async function runProbe(
  daemon: Daemon,
  container: Container,
  { command, timeoutMs }: { command: readonly string[]; timeoutMs: number },
): Promise<{ exitCode: number; output: string }> {
  const exec = createExec(daemon, container, { Cmd: command, AttachStdout: true, AttachStderr: true });
  const subscription = exec.output.attach();
  await startExecProcess(daemon, container, exec);
  let isLate = false;
  const watchdog = daemon.sys.thread(async () => {
    const until = daemon.sys.clock.monotonicNs() + BigInt(Math.round(timeoutMs * 1e6));
    for (let left = until - daemon.sys.clock.monotonicNs(); exec.running && left > 0n; left = until - daemon.sys.clock.monotonicNs())
      await exec.changed.wait(Number(left) / 1e6);
    isLate = exec.running;
    if (exec.running) killIfThere(daemon.sys, exec.pid);
  });
  let output = '';
  for (let chunk = await subscription.next(); chunk; chunk = await subscription.next()) output += new TextDecoder().decode(chunk.bytes);
  await watchdog.join();
  while (exec.running) await exec.changed.wait();
  container.live.execs.delete(exec.id);
  const kept = output.length > MAX_OUTPUT_BYTES ? `${output.slice(0, MAX_OUTPUT_BYTES)}...` : output;
  if (!isLate) return { exitCode: exec.exitCode ?? TIMED_OUT, output: kept };
  return { exitCode: TIMED_OUT, output: `Health check exceeded timeout (${goDuration(timeoutMs * 1e6)})${kept === '' ? '' : `: ${kept}`}` };
}
