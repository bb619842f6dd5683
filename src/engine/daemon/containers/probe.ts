import type { Daemon } from '../daemon.ts';
import { killIfThere } from '../runtime/shim.ts';
import type { Container } from './container.ts';
import { createExec, startExecProcess } from './exec.ts';

const MAX_OUTPUT_BYTES = 4096;
const TIMED_OUT = -1;

/** Runs a health check's command like `docker exec` and collects what it prints. A command that takes too long is killed. */
export async function runProbe(
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
  if (isLate)
    return { exitCode: TIMED_OUT, output: `Health check exceeded timeout (${timeoutMs / 1000}s): ${output.slice(0, MAX_OUTPUT_BYTES)}` };
  return { exitCode: exec.exitCode ?? TIMED_OUT, output: output.slice(0, MAX_OUTPUT_BYTES) };
}
