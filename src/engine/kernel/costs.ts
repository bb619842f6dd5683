/**
 * What everything costs in virtual CPU time, in nanoseconds. Time moves only by these charges and by jumps to the next timer,
 * so this one table decides how long a command takes. The figures are round ones of the size that a small server shows;
 * none may be 0 where the scheduler could come back to its loop, so that each of its ticks has an instant of its own.
 */
export const COSTS = {
  /** One turn of an interpreter's loop. */
  turnNs: 2_000,
  /** Giving the CPU to another task. */
  switchNs: 1_500,
  /** A call that only looks at the process itself. */
  callNs: 200,
  /** A call that walks a path. */
  pathNs: 2_000,
  readNs: 1_000,
  writeNs: 1_000,
  /** A byte moved costs 2^-bits nanoseconds: 4 GB/s. */
  bytesPerNsBits: 2,
  forkNs: 150_000,
  execNs: 400_000,
  exitNs: 50_000,
  signalNs: 1_000,
  openNs: 3_000,
  mountNs: 20_000,
  unshareNs: 50_000,
  socketNs: 5_000,
} as const;

/** How long a task of normal weight may go on while others are ready. */
export const SLICE_NS = 4_000_000;

/** What a process holds before it asks for more: its stack, the C library's data. */
export const PROCESS_BASE_BYTES = 384 * 1024;
