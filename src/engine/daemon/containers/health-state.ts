import type { HealthStatus } from '../../api-types/index.ts';

export interface ProbeResult {
  readonly startNs: bigint;
  readonly endNs: bigint;
  readonly exitCode: number;
  readonly output: string;
}

/** What the probes have found so far. */
export interface HealthRecord {
  status: HealthStatus;
  failingStreak: number;
  /** The last five. */
  log: readonly ProbeResult[];
}
