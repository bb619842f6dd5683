/** Gives each task a node: the one that has the fewest of its service, then the fewest of all. Upstream: swarmkit manager/scheduler. */
import { isAfter } from '../../../api-types/task-states.ts';
import type { NodeObject, TaskObject } from '../objects.ts';
import type { Component, Instant, ManagerParts } from '../orchestrator/component.ts';
import type { AnyChange } from '../store.ts';
import { fittingNodes, type NodeInfo } from './filter.ts';

/** After a change it waits for more before it decides. */
const DEBOUNCE_NS = 50_000_000n;

export class Scheduler implements Component {
  readonly #parts: ManagerParts;
  #at: Instant | undefined;

  constructor(parts: ManagerParts) {
    this.#parts = parts;
    this.#at = parts.sys.clock.monotonicNs();
  }

  handle({ kind, after }: AnyChange): void {
    const isWaiting = kind === 'task' && after !== undefined && isPending(after as TaskObject);
    const makesRoom = kind === 'task' && after !== undefined && isAfter((after as TaskObject).status.state, 'running');
    if (isWaiting || makesRoom || (kind === 'task' && !after) || kind === 'node')
      this.#at ??= this.#parts.sys.clock.monotonicNs() + DEBOUNCE_NS;
  }

  tick(now: Instant): Instant | undefined {
    if (this.#at === undefined || now < this.#at) return this.#at;
    this.#at = undefined;
    const { store } = this.#parts;
    const pending = store.all('task').filter(isPending);
    if (pending.length === 0) return undefined;
    store.write((tx) => {
      for (const { id } of pending) {
        const task = store.get('task', id);
        if (!task) continue;
        const change = task.nodeId === '' ? this.#place(task) : this.#confirm(task);
        if (change) tx.update('task', id, change);
      }
    });
    // What it wrote itself is no news.
    this.#at = undefined;
    return undefined;
  }

  #nodes(): readonly NodeInfo[] {
    const { store } = this.#parts;
    const tasks = store.all('task').filter((task) => !isAfter(task.status.state, 'running') && !isPending(task));
    return store.all('node').map((node) => ({ node, tasks: tasks.filter(({ nodeId }) => nodeId === node.id) }));
  }

  #place(task: TaskObject): Partial<TaskObject> | undefined {
    const { fitting, explanation } = fittingNodes(this.#nodes(), task);
    const chosen = choose(fitting, task);
    return chosen ? { nodeId: chosen.id, ...this.#assigned(task, 'scheduler assigned task to node') } : this.#refused(task, explanation);
  }

  /** A task that has its node already, as in a service with one on each. */
  #confirm(task: TaskObject): Partial<TaskObject> | undefined {
    const own = this.#nodes().filter(({ node }) => node.id === task.nodeId);
    const { fitting, explanation } = fittingNodes(own, task);
    if (fitting.length > 0) return this.#assigned(task, 'scheduler confirmed task can run on preassigned node');
    return this.#refused(task, explanation);
  }

  #assigned({ status }: TaskObject, message: string): Partial<TaskObject> {
    return { status: { ...status, timestampNs: this.#now(), state: 'assigned', message, err: '' } };
  }

  /** Said once: it waits until something changes. */
  #refused({ status }: TaskObject, explanation: string): Partial<TaskObject> | undefined {
    const err = explanation === '' ? 'no suitable node' : `no suitable node (${explanation})`;
    return status.err === err ? undefined : { status: { ...status, timestampNs: this.#now(), err } };
  }

  #now(): string {
    return String(this.#parts.sys.clock.nowNs());
  }
}

const isPending = ({ status, desiredState }: TaskObject): boolean => status.state === 'pending' && !isAfter(desiredState, 'complete');

/** Spread by the preferences, each a level of its own, then by the number of tasks. */
function choose(nodes: readonly NodeInfo[], task: TaskObject): NodeObject | undefined {
  const ofService = ({ tasks }: NodeInfo): number => tasks.filter(({ serviceId }) => serviceId === task.serviceId).length;
  let left = nodes;
  for (const { Spread } of task.spec.Placement?.Preferences ?? []) left = leastLoaded(left, Spread.SpreadDescriptor, ofService);
  return [...left].sort((a, b) => ofService(a) - ofService(b) || a.tasks.length - b.tasks.length)[0]?.node;
}

/** The nodes of that value of a label which has the fewest tasks of the service. */
function leastLoaded(nodes: readonly NodeInfo[], descriptor: string, count: (info: NodeInfo) => number): readonly NodeInfo[] {
  const groups = new Map<string, NodeInfo[]>();
  for (const info of nodes) {
    const value = labelOf(info.node, descriptor);
    groups.set(value, [...(groups.get(value) ?? []), info]);
  }
  const load = (group: readonly NodeInfo[]): number => group.reduce((sum, info) => sum + count(info), 0);
  return [...groups.values()].sort((a, b) => load(a) - load(b))[0] ?? [];
}

function labelOf({ spec, description }: NodeObject, descriptor: string): string {
  const [, kind, label = ''] = /^(node|engine)\.labels\.(.+)$/i.exec(descriptor) ?? [];
  return (kind?.toLowerCase() === 'engine' ? description.Engine.Labels?.[label] : spec.Labels[label]) ?? '';
}
