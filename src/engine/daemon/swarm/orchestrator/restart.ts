/** Replacing tasks that ended: whether, how often, and how long after. Upstream: swarmkit manager/orchestrator/restart. */
import { isAfter } from '../../../api-types/task-states.ts';
import type { ServiceObject, TaskObject } from '../objects.ts';
import type { Transaction } from '../store.ts';
import { earliest, type Instant, type ManagerParts } from './component.ts';
import {
  byTime,
  createTask,
  isDead,
  isGlobal,
  isJob,
  isReplicated,
  isReplicatedJob,
  neverRuns,
  restartConditionOf,
  type Slot,
} from './task.ts';

const DEFAULT_DELAY_NS = 5_000_000_000n;
/** How long a task that shall stop may keep its successor waiting. */
const OLD_TASK_TIMEOUT_NS = 60_000_000_000n;

interface Delay {
  readonly until: Instant;
  /** The one to stop first; empty: nobody. */
  readonly oldTask: string;
  readonly patience: Instant;
  /** It ended while it was still waiting: another one comes after it. */
  hasFailed: boolean;
}

interface History {
  specVersion: number;
  total: number;
  readonly atNs: bigint[];
}

export interface DelayStart {
  readonly task: string;
  readonly oldTask?: string | undefined;
  readonly delayNs: bigint;
}

export class RestartSupervisor {
  readonly #parts: ManagerParts;
  /** By the task that shall start. */
  readonly #delays = new Map<string, Delay>();
  /** By service, slot and node. */
  readonly #history = new Map<string, History>();

  constructor(parts: ManagerParts) {
    this.#parts = parts;
  }

  isDelayed(task: string): boolean {
    return this.#delays.has(task);
  }

  /** Ends a task for good, and makes the one that replaces it, if its policy says so. */
  restart(tx: Transaction, service: ServiceObject, task: TaskObject): void {
    const delay = this.#delays.get(task.id);
    if (delay) {
      delay.hasFailed = true;
      return;
    }
    tx.update('task', task.id, { desiredState: 'shutdown' });
    if (!this.#shallRestart(task, service)) return;
    const isSlotted = isReplicated(service.spec) || isReplicatedJob(service.spec);
    const { store, sys } = this.#parts;
    const node = store.get('node', task.nodeId);
    const next = createTask(store, tx, sys.clock.nowNs(), {
      service,
      ...(isSlotted ? { slot: task.slot } : { nodeId: task.nodeId }),
      desiredState: 'ready',
    });
    this.#record(next);
    const wanted = task.spec.RestartPolicy?.Delay;
    const delayNs = node?.spec.Availability === 'drain' ? 0n : wanted === undefined ? DEFAULT_DELAY_NS : BigInt(wanted);
    const waits = node?.status.state !== 'down' && !isDead(task);
    this.delayStart({ task: next.id, oldTask: waits ? task.id : undefined, delayNs });
  }

  /** Lets a task that is only prepared start, after a time and after another one has ended. */
  delayStart({ task, oldTask = '', delayNs }: DelayStart): void {
    const now = this.#parts.sys.clock.monotonicNs();
    this.#delays.set(task, { until: now + delayNs, oldTask, patience: now + delayNs + OLD_TASK_TIMEOUT_NS, hasFailed: false });
  }

  tick(now: Instant): Instant | undefined {
    for (const [id, delay] of this.#delays) if (this.#isOver(delay, now)) this.#start(id, delay);
    return earliest([...this.#delays.values()].map(({ until, patience }) => (until > now ? until : patience)));
  }

  #isOver({ until, oldTask, patience }: Delay, now: Instant): boolean {
    if (now < until) return false;
    const old = oldTask === '' ? undefined : this.#parts.store.get('task', oldTask);
    return old === undefined || isDead(old) || neverRuns(old) || now >= patience;
  }

  #start(id: string, { hasFailed }: Delay): void {
    this.#delays.delete(id);
    const { store } = this.#parts;
    store.write((tx) => {
      const task = store.get('task', id);
      if (task === undefined || isAfter(task.desiredState, 'running')) return;
      const service = store.get('service', task.serviceId);
      if (hasFailed && service) return this.restart(tx, service, task);
      const desiredState = service && isJob(service.spec) ? 'complete' : 'running';
      if (task.desiredState !== desiredState) tx.update('task', id, { desiredState });
    });
  }

  forget(serviceId: string): void {
    for (const key of this.#history.keys()) if (key.startsWith(`${serviceId} `)) this.#history.delete(key);
  }

  /** What an update has to do with a slot: its living tasks, or its last one if that is the end of it. */
  updatableIn(slot: Slot, service: ServiceObject): Slot {
    const living = slot.filter(({ desiredState }) => !isAfter(desiredState, 'running'));
    if (living.length > 0 || service.updateStatus?.state === 'rollback_started') return living;
    const newest = [...slot].sort(byTime).at(-1);
    return newest && !this.#shallRestart(newest, service) ? [newest] : [];
  }

  #shallRestart(task: TaskObject, service: ServiceObject): boolean {
    const condition = restartConditionOf(task);
    if (condition === 'none') return false;
    if (task.status.state === 'complete' && (condition === 'on-failure' || isJob(service.spec))) return false;
    const { MaxAttempts = 0, Window = 0 } = task.spec.RestartPolicy ?? {};
    if (MaxAttempts === 0) return true;
    const history = this.#history.get(keyOf(task, isGlobal(service.spec)));
    if (!history || history.specVersion !== task.specVersion) return true;
    if (Window === 0) return history.total < MaxAttempts;
    const at = BigInt(task.status.timestampNs);
    return history.atNs.filter((one) => one > at - BigInt(Window) && one < at).length < MaxAttempts;
  }

  #record(task: TaskObject): void {
    if (!task.spec.RestartPolicy?.MaxAttempts) return;
    const key = keyOf(task, task.slot === 0);
    const known = this.#history.get(key);
    const history = known?.specVersion === task.specVersion ? known : { specVersion: task.specVersion, total: 0, atNs: [] };
    history.total += 1;
    history.atNs.push(BigInt(task.createdNs));
    this.#history.set(key, history);
  }
}

const keyOf = ({ serviceId, slot, nodeId }: TaskObject, byNode: boolean): string => `${serviceId} ${byNode ? nodeId : slot}`;
