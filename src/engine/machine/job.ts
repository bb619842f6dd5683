/** Running one command on a machine's host as fast as it goes: what tests, the build and `drydock sh` do. */
import type { JobStream, Machine, Output } from './types.ts';

export interface JobOptions {
  readonly argv: readonly string[];
  readonly env?: readonly (readonly [string, string])[];
  readonly cwd?: string;
  readonly uid?: number;
  readonly onOutput: (stream: JobStream, bytes: Uint8Array) => void;
  /** A job that has not ended after so much virtual time is left alone. */
  readonly longestNs?: bigint;
}

/** The status of a job that the time limit ended, as timeout(1) has it. */
export const TIMED_OUT = 124;
const DEFAULT_LONGEST_NS = 3_600_000_000_000n;

let nextJob = 1;

/** Starts the command, lets time pass until it has ended, and returns its exit status. */
export async function runJob(machine: Machine, options: JobOptions): Promise<number> {
  const job = nextJob++;
  let status: number | null = null;
  machine.onOutput((output: Output) => {
    if (!('job' in output) || output.job !== job) return;
    if (output.kind === 'job') options.onOutput(output.stream, output.bytes);
    else status = output.status;
  });
  const { argv, env, cwd, uid } = options;
  machine.input({
    kind: 'run',
    job,
    argv,
    ...(env ? { env } : {}),
    ...(cwd === undefined ? {} : { cwd }),
    ...(uid === undefined ? {} : { uid }),
  });
  const deadline = machine.now() + (options.longestNs ?? DEFAULT_LONGEST_NS);
  while (status === null && machine.now() < deadline) {
    const result = await machine.run(deadline, { stop: () => status !== null });
    if (result === 'idle') break;
  }
  return status ?? TIMED_OUT;
}
