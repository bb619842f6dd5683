/** How far a service's tasks are, as the client shows it. Upstream: docker/cli cli/command/service/progress. */
import type { Service, Task, TaskState } from '../../../api-types/index.ts';
import { isAfter } from '../../../api-types/task-states.ts';

export const MAX_BARS = 20;
const MAX_ERROR = 75;
const STEPS: readonly TaskState[] = ['new', 'allocated', 'pending', 'assigned', 'accepted', 'preparing', 'ready', 'starting', 'running'];
const LONGEST_STATE = Math.max(...STEPS.map((state) => state.length));

/** How many steps a task has come, of 9; 10 for one that is complete. */
export const stepOf = (state: TaskState): number => (state === 'complete' ? STEPS.length + 1 : STEPS.indexOf(state) + 1);
export const padded = (state: string): string => state.padEnd(LONGEST_STATE);

export type Say = (message: {
  readonly id?: string;
  readonly status: string;
  readonly current?: number;
  readonly total?: number;
}) => Promise<void>;

/** What is true of all tasks at one look. */
export interface Look {
  /** The nodes that are up. */
  readonly active: ReadonlySet<string>;
  readonly isRollback: boolean;
}

export interface Bars {
  /** Shows what is new. True if the service is what it shall be. */
  update(service: Service, tasks: readonly Task[], look: Look): Promise<boolean>;
}

/** A line for each slot or node, and one for all. */
export class ServiceBars implements Bars {
  readonly #say: Say;
  /** In which line a slot or node is shown. */
  readonly #lines = new Map<string, number>();
  #isBegun = false;
  #isDone = false;

  constructor(say: Say) {
    this.#say = say;
  }

  /** True if as many tasks are where they shall be as there shall be. */
  async update(service: Service, tasks: readonly Task[], look: Look): Promise<boolean> {
    const { Replicated } = service.Spec.Mode;
    const byNode = Replicated === undefined;
    const slots = slotsOf(tasks, { byNode, look });
    const total = Replicated?.Replicas ?? slots.size;
    if (byNode && total === 0 && !this.#isBegun) {
      await this.#say({ id: 'overall progress', status: 'waiting for new tasks' });
      return false;
    }
    await this.#begin(total, { isRollback: look.isRollback, isNamed: !byNode });
    if ([...slots.values()].some(({ Status }) => Status.State !== 'running')) this.#isDone = false;
    let done = 0;
    for (const [key, task] of slots) {
      const line = this.#lines.get(key) ?? this.#lines.size + 1;
      this.#lines.set(key, line);
      if (task.Status.State === 'running' && !isAfter(task.DesiredState, 'running')) done += 1;
      if (!this.#isDone && total <= MAX_BARS && line <= total) await this.#bar(`${line}/${total}`, task);
    }
    if (!this.#isDone) await this.#overall(done, total, look.isRollback);
    this.#isDone = done === total;
    return this.#isDone;
  }

  async #begin(total: number, { isRollback, isNamed }: { readonly isRollback: boolean; readonly isNamed: boolean }): Promise<void> {
    if (this.#isBegun) return;
    this.#isBegun = true;
    await this.#overall(0, total, isRollback);
    if (isNamed && total <= MAX_BARS) for (let i = 1; i <= total; i += 1) await this.#say({ id: `${i}/${total}`, status: ' ' });
  }

  async #overall(done: number, total: number, isRollback: boolean): Promise<void> {
    await this.#say({ id: 'overall progress', status: `${isRollback ? 'rolling back update: ' : ''}${done} out of ${total} tasks` });
  }

  async #bar(id: string, { Status, DesiredState }: Task): Promise<void> {
    const error = Status.Err ?? '';
    if (error !== '') await this.#say({ id, status: shortened(error) });
    else if (!isAfter(DesiredState, 'running') && !isAfter(Status.State, 'running'))
      await this.#say({ id, status: padded(Status.State), current: stepOf(Status.State), total: STEPS.length });
  }
}

/** One line of at most 75 characters. */
export function shortened(error: string): string {
  const line = error.replaceAll('\n', ' ');
  return line.length > MAX_ERROR ? `${line.slice(0, MAX_ERROR - 1)}…` : line;
}

/** Of each slot, or node, the task that is wanted least far; of those the one that has come least far. */
function slotsOf(tasks: readonly Task[], { byNode, look }: { readonly byNode: boolean; readonly look: Look }): ReadonlyMap<string, Task> {
  const found = new Map<string, Task>();
  for (const task of tasks) {
    if (task.NodeID !== undefined && !look.active.has(task.NodeID)) continue;
    const key = byNode ? (task.NodeID ?? '') : String(task.Slot ?? 0);
    const known = found.get(key);
    if (known === undefined || isEarlier(task, known)) found.set(key, task);
  }
  return found;
}

const isEarlier = (task: Task, known: Task): boolean =>
  isAfter(known.DesiredState, task.DesiredState) ||
  (known.DesiredState === task.DesiredState && isAfter(known.Status.State, task.Status.State));
