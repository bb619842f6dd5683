/** How far a job's tasks are, as the client shows it. Upstream: docker/cli cli/command/service/progress. */
import type { Service, ServiceMode, Task } from '../../../api-types/index.ts';
import { isBefore } from '../../../api-types/task-states.ts';
import { type Bars, type Look, MAX_BARS, padded, type Say, shortened, stepOf } from './bars.ts';

const MAX_STEPS = 10;

/** Tasks of one round by slot or node; of several in one place the one that has come least far. */
function placed<Key>(tasks: readonly Task[], round: number, keyOf: (task: Task) => Key): Map<Key, Task> {
  const found = new Map<Key, Task>();
  for (const task of tasks) {
    if ((task.JobIteration?.Index ?? 0) !== round) continue;
    const known = found.get(keyOf(task));
    if (known === undefined || isBefore(task.Status.State, known.Status.State)) found.set(keyOf(task), task);
  }
  return found;
}

const isComplete = ({ Status }: Task): boolean => Status.State === 'complete';
const complete = (done: number, total: number): string => `${String(done).padStart(String(total).length)} out of ${total} complete`;

/** `id`: of the task's line. */
async function bar(say: Say, id: string, { Status }: Pick<Task, 'Status'>): Promise<void> {
  if (Status.Err !== undefined && Status.Err !== '') await say({ id, status: shortened(Status.Err) });
  else await say({ id, status: padded(Status.State), current: stepOf(Status.State), total: MAX_STEPS });
}

export class ReplicatedJobBars implements Bars {
  readonly #say: Say;
  readonly #concurrent: number;
  readonly #total: number;
  readonly #round: number;
  #isBegun = false;

  constructor(say: Say, { MaxConcurrent = 1, TotalCompletions = 1 }: NonNullable<ServiceMode['ReplicatedJob']>, round: number) {
    this.#say = say;
    this.#concurrent = MaxConcurrent;
    this.#total = TotalCompletions;
    this.#round = round;
  }

  async update(_service: Service, tasks: readonly Task[], _look: Look): Promise<boolean> {
    await this.#begin();
    const slots = placed(tasks, this.#round, ({ Slot }) => Slot ?? 0);
    let active = 0;
    let done = 0;
    for (let slot = 0; slot < slots.size; slot += 1) {
      const task = slots.get(slot);
      if (task && this.#total <= MAX_BARS) await bar(this.#say, `${slot + 1}/${this.#total}`, task);
      if (task === undefined || isBefore(task.Status.State, 'complete')) active += 1;
      else if (isComplete(task)) done += 1;
    }
    await this.#overall(active, done);
    return done === this.#total;
  }

  async #begin(): Promise<void> {
    if (this.#isBegun) return;
    this.#isBegun = true;
    await this.#overall(0, 0);
    if (this.#total > MAX_BARS) return;
    for (let i = 1; i <= this.#total; i += 1) await this.#say({ id: `${i}/${this.#total}`, status: ' ' });
  }

  async #overall(active: number, done: number): Promise<void> {
    await this.#say({ id: 'job progress', status: complete(done, this.#total), current: done, total: this.#total });
    const digits = String(this.#concurrent).length;
    const wanted = Math.min(this.#total - done, this.#concurrent);
    const status = `${String(active).padStart(digits)} out of ${String(wanted).padStart(digits)} tasks`;
    await this.#say({ id: 'active tasks', status });
  }
}

export class GlobalJobBars implements Bars {
  readonly #say: Say;
  /** The nodes on which it runs: those that had a task at the first look. */
  #nodes: ReadonlySet<string> | undefined;

  constructor(say: Say) {
    this.#say = say;
  }

  async update({ JobStatus }: Service, tasks: readonly Task[], { active }: Look): Promise<boolean> {
    const byNode = placed(tasks, JobStatus?.JobIteration.Index ?? 0, ({ NodeID }) => NodeID ?? '');
    if (this.#nodes === undefined) {
      if (tasks.length === 0 && active.size > 0) {
        await this.#say({ id: 'job progress', status: 'waiting for tasks' });
        return false;
      }
      this.#nodes = new Set(byNode.keys());
      await this.#overall(0, this.#nodes.size);
    }
    const total = this.#nodes.size;
    let done = 0;
    for (const [node, task] of byNode) {
      if (!this.#nodes.has(node)) continue;
      if (total <= MAX_BARS) await bar(this.#say, node, task);
      if (isComplete(task)) done += 1;
    }
    await this.#overall(done, total);
    return done === total;
  }

  async #overall(done: number, total: number): Promise<void> {
    await this.#say({ id: 'job progress', status: complete(done, total), current: done, total });
  }
}
