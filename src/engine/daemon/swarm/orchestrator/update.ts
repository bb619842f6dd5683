/** Rolling updates: a service's slots one after the other, or several at once, to its new specification. Upstream: swarmkit orchestrator/update. */

import type { UpdateConfig } from '../../../api-types/index.ts';
import { isAfter, isBefore } from '../../../api-types/task-states.ts';
import type { ServiceObject, TaskObject } from '../objects.ts';
import type { AnyChange, Transaction } from '../store.ts';
import { earliest, type Instant, type ManagerParts } from './component.ts';
import type { RestartSupervisor } from './restart.ts';
import { createTask, isDirty, isGlobal, type Slot } from './task.ts';

const DEFAULT_MONITOR_NS = 5_000_000_000n;
const SECOND_NS = 1_000_000_000n;
const DEFAULTS: UpdateConfig = { Parallelism: 1, MaxFailureRatio: 0, FailureAction: 'pause', Order: 'stop-first' };

/** One of the slots in work. */
interface Worker {
  readonly slot: Slot;
  /** The task that takes the slot over. */
  readonly task: string;
  /** Only from then on is the task itself waited for. */
  step: 'starting' | 'coming-up' | 'resting';
  /** A task that was there already is not waited for. */
  readonly isOld: boolean;
  until: Instant;
}

interface Update {
  readonly service: ServiceObject;
  readonly config: UpdateConfig;
  readonly monitorNs: bigint;
  readonly queue: Slot[];
  readonly total: number;
  readonly workers: Set<Worker>;
  /** The tasks that it made, and when each ran; 0: not yet. */
  readonly made: Map<string, Instant>;
  readonly failed: Set<string>;
  doneAt: Instant | undefined;
}

export class UpdateSupervisor {
  readonly #parts: ManagerParts;
  readonly #restarts: RestartSupervisor;
  readonly #updates = new Map<string, Update>();
  /** Tasks that ended, and their services: whoever restarts them is first. */
  readonly #ended = new Map<string, string>();

  constructor(parts: ManagerParts, restarts: RestartSupervisor) {
    this.#parts = parts;
    this.#restarts = restarts;
  }

  /** Brings slots to where their service is now. One on its way to the same goal goes on; one to another goal ends. */
  update(service: ServiceObject, slots: readonly Slot[]): void {
    const known = this.#updates.get(service.id);
    if (known && JSON.stringify(known.service.spec) === JSON.stringify(service.spec)) return;
    this.#updates.delete(service.id);
    const state = service.updateStatus?.state;
    if (state === 'paused' || state === 'rollback_paused') return;
    const dirty = slots.filter((slot) => this.#isDirty(service, slot));
    if (dirty.length === 0) {
      if (state === 'updating' || state === 'rollback_started') this.#complete(service.id);
      return;
    }
    if (service.updateStatus === null) this.#begin(service.id);
    const config = (state === 'rollback_started' ? service.spec.RollbackConfig : service.spec.UpdateConfig) ?? DEFAULTS;
    this.#updates.set(service.id, {
      service,
      config,
      monitorNs: config.Monitor ? BigInt(config.Monitor) : DEFAULT_MONITOR_NS,
      queue: [...dirty],
      total: dirty.length,
      workers: new Set(),
      made: new Map(),
      failed: new Set(),
      doneAt: undefined,
    });
  }

  cancel(serviceId: string): void {
    this.#updates.delete(serviceId);
  }

  #isDirty(service: ServiceObject, slot: Slot): boolean {
    return slot.length > 1 || slot.some((task) => isDirty(service, task, this.#parts.store.get('node', task.nodeId)));
  }

  handle({ kind, after }: AnyChange): void {
    if (kind !== 'task' || after === undefined || !isAfter((after as TaskObject).status.state, 'running')) return;
    const task = after as TaskObject;
    if (this.#updates.has(task.serviceId)) this.#ended.set(task.id, task.serviceId);
  }

  /** A task that the update made ended too soon. */
  #failed(update: Update, task: string): void {
    const ranAt = update.made.get(task);
    const now = this.#parts.sys.clock.monotonicNs();
    if (update.config.FailureAction === 'continue' || ranAt === undefined || update.failed.has(task)) return;
    if (ranAt !== 0n && now - ranAt > update.monitorNs) return;
    update.failed.add(task);
    if (update.failed.size / update.total <= update.config.MaxFailureRatio) return;
    const { id } = update.service;
    const isRollback = this.#parts.store.get('service', id)?.updateStatus?.state === 'rollback_started';
    const why = `due to failure or early termination of task ${task}`;
    this.#updates.delete(id);
    if (update.config.FailureAction === 'rollback' && !isRollback) this.#rollBack(id, `update rolled back ${why}`);
    else this.#pause(id, `${isRollback ? 'rollback' : 'update'} paused ${why}`);
  }

  tick(now: Instant): Instant | undefined {
    for (const [task, service] of this.#ended) {
      const update = this.#updates.get(service);
      if (update) this.#failed(update, task);
    }
    this.#ended.clear();
    const deadlines: (Instant | undefined)[] = [];
    for (const update of this.#updates.values()) deadlines.push(this.#advance(update, now));
    return earliest(deadlines);
  }

  #advance(update: Update, now: Instant): Instant | undefined {
    for (const worker of update.workers) this.#work(update, worker, now);
    const parallelism = update.config.Parallelism === 0 ? update.total : update.config.Parallelism;
    while (update.workers.size < parallelism) {
      const slot = update.queue.shift();
      if (slot === undefined) break;
      this.#take(update, slot, now);
    }
    if (update.workers.size > 0) return earliest([...update.workers].map(({ step, until }) => (step === 'resting' ? until : undefined)));
    if (update.doneAt === undefined) {
      const delay = BigInt(update.config.Delay ?? 0);
      update.doneAt = now + (delay >= update.monitorNs ? delay + SECOND_NS : update.monitorNs);
    }
    if (now < update.doneAt) return update.doneAt;
    this.#updates.delete(update.service.id);
    this.#complete(update.service.id);
    return undefined;
  }

  /** Finds or makes the task that takes a slot over. */
  #take(update: Update, slot: Slot, now: Instant): void {
    const { store } = this.#parts;
    const tasks = slot.map(({ id }) => store.get('task', id)).filter((task) => task !== undefined);
    const clean = tasks.filter((task) => !isDirty(update.service, task, store.get('node', task.nodeId)));
    const existing =
      clean.find(({ desiredState }) => desiredState === 'running') ??
      clean.findLast(({ desiredState }) => isBefore(desiredState, 'running'));
    const task = existing ? this.#useExisting(tasks, existing) : this.#replace(update, tasks.length > 0 ? tasks : slot);
    update.workers.add({ slot: tasks, task: task.id, step: 'starting', isOld: existing !== undefined, until: now });
  }

  #useExisting(tasks: Slot, existing: TaskObject): TaskObject {
    const removed = this.#parts.store.write((tx) =>
      this.#stop(
        tx,
        tasks.filter((task) => task !== existing),
      ),
    );
    if (existing.desiredState !== 'running') this.#restarts.delayStart({ task: existing.id, oldTask: removed, delayNs: 0n });
    return existing;
  }

  #replace(update: Update, slot: Slot): TaskObject {
    const { store, sys } = this.#parts;
    const { service, config } = update;
    const [first] = slot;
    const place = isGlobal(service.spec) ? { nodeId: first?.nodeId ?? '' } : { slot: first?.slot ?? 1 };
    return store.write((tx) => {
      const task = createTask(store, tx, sys.clock.nowNs(), { service, ...place, desiredState: 'ready' });
      update.made.set(task.id, 0n);
      const oldTask = config.Order === 'start-first' ? undefined : this.#stop(tx, slot);
      this.#restarts.delayStart({ task: task.id, oldTask, delayNs: 0n });
      return task;
    });
  }

  /** Ends tasks that are not ended yet; the last of them. */
  #stop(tx: Transaction, tasks: Slot): string | undefined {
    let last: string | undefined;
    for (const { id } of tasks) {
      const task = this.#parts.store.get('task', id);
      if (task === undefined || isAfter(task.desiredState, 'running')) continue;
      tx.update('task', id, { desiredState: 'shutdown' });
      last = id;
    }
    return last;
  }

  #work(update: Update, worker: Worker, now: Instant): void {
    const { store } = this.#parts;
    if (worker.step === 'starting' && !this.#restarts.isDelayed(worker.task)) worker.step = 'coming-up';
    if (worker.step === 'coming-up') {
      const task = store.get('task', worker.task);
      if (!worker.isOld && task !== undefined && isBefore(task.status.state, 'running')) return;
      update.made.set(worker.task, now);
      if (!worker.isOld && update.config.Order === 'start-first' && task?.status.state === 'running')
        store.write((tx) => this.#stop(tx, worker.slot));
      worker.step = 'resting';
      worker.until = now + BigInt(update.config.Delay ?? 0);
    }
    if (worker.step === 'resting' && now >= worker.until) update.workers.delete(worker);
  }

  #begin(id: string): void {
    const startedNs = String(this.#parts.sys.clock.nowNs());
    this.#parts.store.write((tx) =>
      tx.update('service', id, { updateStatus: { state: 'updating', startedNs, message: 'update in progress' } }),
    );
  }

  #pause(id: string, message: string): void {
    const { store } = this.#parts;
    const status = store.get('service', id)?.updateStatus;
    if (!status) return;
    const state = status.state === 'rollback_started' ? 'rollback_paused' : 'paused';
    store.write((tx) => tx.update('service', id, { updateStatus: { ...status, state, message } }));
  }

  #rollBack(id: string, message: string): void {
    const { store } = this.#parts;
    const service = store.get('service', id);
    if (!service?.updateStatus || service.previousSpec === null) return;
    const { previousSpec, previousSpecVersion, updateStatus } = service;
    store.write((tx) =>
      tx.update('service', id, {
        spec: previousSpec,
        specVersion: previousSpecVersion,
        previousSpec: null,
        previousSpecVersion: 0,
        updateStatus: { ...updateStatus, state: 'rollback_started', message },
      }),
    );
  }

  #complete(id: string): void {
    const { store, sys } = this.#parts;
    const status = store.get('service', id)?.updateStatus;
    if (!status) return;
    const isRollback = status.state === 'rollback_started';
    store.write((tx) =>
      tx.update('service', id, {
        updateStatus: {
          ...status,
          state: isRollback ? 'rollback_completed' : 'completed',
          message: isRollback ? 'rollback completed' : 'update completed',
          completedNs: String(sys.clock.nowNs()),
        },
      }),
    );
  }
}
