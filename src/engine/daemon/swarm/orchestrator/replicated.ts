/** Services with a number of replicas: as many slots as asked for, each with one task that runs. Upstream: swarmkit orchestrator/replicated. */
import type { ServiceObject } from '../objects.ts';
import type { Transaction } from '../store.ts';
import type { ServiceMode, Workplace } from './service-orchestrator.ts';
import { createTask, isDead, isInvalidNode, isReplicated, type Slot, slotsOf } from './task.ts';

export const REPLICATED: ServiceMode = {
  isMine: ({ spec }) => isReplicated(spec),
  /** What its node took with it is over too. */
  isOver: ({ store }, task) => isDead(task) || (task.nodeId !== '' && isInvalidNode(store.get('node', task.nodeId))),
  noteNode: ({ store, tasks }, nodeId) => {
    for (const task of store.all('task')) if (task.nodeId === nodeId) tasks.add(task.id);
  },
  reconcile,
};

function reconcile(at: Workplace, service: ServiceObject): void {
  const { store, supervisors } = at;
  const living = new Map<number, Slot>();
  const dead = new Map<number, Slot>();
  for (const [number, slot] of slotsOf(store.tasksOf(service.id), ({ slot }) => slot)) {
    const updatable = supervisors.restarts.updatableIn(slot, service);
    if (updatable.length > 0) living.set(number, updatable);
    else dead.set(number, slot);
  }
  const wanted = service.spec.Mode.Replicated?.Replicas ?? 1;
  const slots = [...living.values()];
  if (wanted < slots.length) {
    const sorted = byBalance(slots);
    supervisors.updates.update(service, sorted.slice(0, wanted));
    store.write((tx) => {
      forgetAll(tx, dead);
      for (const task of sorted.slice(wanted).flat()) tx.update('task', task.id, { desiredState: 'remove' });
    });
    return;
  }
  supervisors.updates.update(service, slots);
  store.write((tx) => {
    add(at, tx, service, { count: wanted - slots.length, living, dead });
    forgetAll(tx, dead);
  });
}

interface Missing {
  readonly count: number;
  readonly living: ReadonlyMap<number, Slot>;
  readonly dead: Map<number, Slot>;
}

function add({ store, sys }: Workplace, tx: Transaction, service: ServiceObject, { count, living, dead }: Missing): void {
  let slot = 0;
  for (let left = count; left > 0; left -= 1) {
    do slot += 1;
    while (living.has(slot));
    dead.delete(slot);
    createTask(store, tx, sys.clock.nowNs(), { service, slot });
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
