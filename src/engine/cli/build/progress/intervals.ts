/** Stretches of time in which a step ran; a step may run several times, and what overlaps counts once. */
export interface Interval {
  readonly start: bigint;
  /** Absent while it runs. */
  readonly stop?: bigint;
}

const NS_PER_SECOND = 1e9;

/** Puts together what overlaps, in the order of time. One that has not stopped swallows whatever starts after it. */
export function mergeIntervals(intervals: Iterable<Interval>): readonly Interval[] {
  const sorted = [...intervals].sort((a, b) => (a.start < b.start ? -1 : a.start > b.start ? 1 : 0));
  const merged: Interval[] = [];
  for (const interval of sorted) {
    const last = merged.at(-1);
    if (last === undefined || (last.stop !== undefined && last.stop < interval.start)) merged.push(interval);
    else if (last.stop === undefined) break;
    else if (interval.stop === undefined) merged[merged.length - 1] = { start: last.start };
    else if (interval.stop > last.stop) merged[merged.length - 1] = { start: last.start, stop: interval.stop };
  }
  return merged;
}

/** Seconds that they take together; what still runs is measured up to now. */
export const secondsOf = (intervals: readonly Interval[], nowNs: bigint): number =>
  intervals.reduce((sum, { start, stop = nowNs }) => sum + Number(stop - start) / NS_PER_SECOND, 0);
