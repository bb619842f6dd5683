/** Services with a number of replicas: as many slots as asked for, each with one task that runs. Upstream: swarmkit orchestrator/replicated. */
import { isAfter } from '../../../api-types/task-states.ts';
import type { ServiceObject } from '../objects.ts';
import type { AnyChange, Transaction } from '../store.ts';
import type { Component, ManagerParts } from './component.ts';
import { drain, Pending } from './pending.ts';
import type { RestartSupervisor } from './restart.ts';
import { createTask, isDead, isInvalidNode, isReplicated, type Slot, slotsOf } from './task.ts';
import type { UpdateSupervisor } from './update.ts';

export interface Supervisors {
  readonly restarts: RestartSupervisor;
  readonly updates: UpdateSupervisor;
}

export class ReplicatedOrchestrator implements Component {
  readonly #parts: ManagerParts;
  readonly #supervisors: Supervisors;
  readonly #pending = new Pending();

  /** Everything that is in the store already is looked at once. */
  constructor(parts: ManagerParts, supervisors: Supervisors) {
    this.#parts = parts;
    this.#supervisors = supervisors;
    this.#pending.noteAll(parts.store);
  }

  handle(change: AnyChange): void {
    this.#pending.note(change);
    if (change.kind === 'node') {
      const node = change.after ?? change.before;
      for (const task of this.#parts.store.all('task')) if (task.nodeId === node?.id) this.#pending.tasks.add(task.id);
    }
  }

  tick(): undefined {
    const { store } = this.#parts;
    for (const id of drain(this.#pending.tasks)) this.#restartIfEnded(id);
    for (const id of drain(this.#pending.services)) {
      const service = store.get('service', id);
      if (service && isReplicated(service.spec)) this.#reconcile(service);
    }
  }

  #restartIfEnded(id: string): void {
    const { store } = this.#parts;
    const task = store.get('task', id);
    const service = task && store.get('service', task.serviceId);
    if (!task || !service || !isReplicated(service.spec) || isAfter(task.desiredState, 'running')) return;
    const isLost = task.nodeId !== '' && isInvalidNode(store.get('node', task.nodeId));
    if (isDead(task) || isLost) store.write((tx) => this.#supervisors.restarts.restart(tx, service, task));
  }

  #reconcile(service: ServiceObject): void {
    const { store } = this.#parts;
    const living = new Map<number, Slot>();
    const dead = new Map<number, Slot>();
    for (const [number, slot] of slotsOf(store.tasksOf(service.id), ({ slot }) => slot)) {
      const updatable = this.#supervisors.restarts.updatableIn(slot, service);
      if (updatable.length > 0) living.set(number, updatable);
      else dead.set(number, slot);
    }
    const wanted = service.spec.Mode.Replicated?.Replicas ?? 1;
    const slots = [...living.values()];
    if (wanted < slots.length) {
      const sorted = byBalance(slots);
      this.#supervisors.updates.update(service, sorted.slice(0, wanted));
      store.write((tx) => {
        forgetAll(tx, dead);
        for (const task of sorted.slice(wanted).flat()) tx.update('task', task.id, { desiredState: 'remove' });
      });
      return;
    }
    this.#supervisors.updates.update(service, slots);
    store.write((tx) => {
      this.#add(tx, service, { count: wanted - slots.length, living, dead });
      forgetAll(tx, dead);
    });
  }

  #add(
    tx: Transaction,
    service: ServiceObject,
    { count, living, dead }: { count: number; living: ReadonlyMap<number, Slot>; dead: Map<number, Slot> },
  ): void {
    let slot = 0;
    for (let left = count; left > 0; left -= 1) {
      do slot += 1;
      while (living.has(slot));
      dead.delete(slot);
      createTask(this.#parts.store, tx, this.#parts.sys.clock.nowNs(), { service, slot });
    }
  }
}

function forgetAll(tx: Transaction, slots: ReadonlyMap<number, Slot>): void {
  for (const task of [...slots.values()].flat()) tx.remove('task', task.id);
}

/** Those to keep first: what runs before what does not, and the first copy on each node before the second. */
function byBalance(slots: readonly Slot[]): readonly Slot[] {
  const runs = (slot: Slot): boolean => slot.some(({ status }) => status.state === 'running');
  const sorted = [...slots].sort((a, b) => Number(runs(b)) - Number(runs(a)));
  const copies = new Map<string, number>();
  const numbered = sorted.map((slot) => {
    const node = slot.length === 1 ? (slot[0]?.nodeId ?? '') : '';
    if (node === '') return { slot, copy: Number.POSITIVE_INFINITY };
    const copy = (copies.get(node) ?? 0) + 1;
    copies.set(node, copy);
    return { slot, copy };
  });
  return numbered.sort((a, b) => (a.copy === b.copy ? 0 : a.copy - b.copy)).map(({ slot }) => slot);
}
