/**
 * The machine's clocks. Both follow the scheduler's virtual time: nothing in here looks at the host's clock, so that
 * two machines with the same seed and the same inputs print the same dates.
 */
export interface Clock {
  /** Nanoseconds since 1970 (CLOCK_REALTIME). */
  nowNs(): bigint;
  /** Nanoseconds since the machine was switched on (CLOCK_MONOTONIC). */
  monotonicNs(): bigint;
}

/** A clock whose machine was switched on at `bootTimeNs` and has run for `elapsedNs()` since. */
export function createClock(bootTimeNs: bigint, elapsedNs: () => number): Clock {
  return {
    nowNs: () => bootTimeNs + BigInt(Math.floor(elapsedNs())),
    monotonicNs: () => BigInt(Math.floor(elapsedNs())),
  };
}
