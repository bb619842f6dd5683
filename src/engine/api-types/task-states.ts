/** A task's states in the order in which it meets them: none ever goes back. */
export const TASK_STATES = [
  'new',
  'allocated',
  'pending',
  'assigned',
  'accepted',
  'preparing',
  'ready',
  'starting',
  'running',
  'complete',
  'shutdown',
  'failed',
  'rejected',
  'remove',
  'orphaned',
] as const;
export type TaskState = (typeof TASK_STATES)[number];

const ORDER = new Map<TaskState, number>(TASK_STATES.map((state, number) => [state, number]));
const numberOf = (state: TaskState): number => ORDER.get(state) ?? 0;

export const isAfter = (state: TaskState, other: TaskState): boolean => numberOf(state) > numberOf(other);
export const isBefore = (state: TaskState, other: TaskState): boolean => numberOf(state) < numberOf(other);
