/** A node's agent: it has a manager for each task that the cluster gave this node. Upstream: swarmkit agent/{agent,worker}.go. */
import { isBefore } from '../../../api-types/task-states.ts';
import type { SwarmNode } from '../node.ts';
import type { TaskObject } from '../objects.ts';
import { TaskManager } from './task-manager.ts';

/** The dispatcher sends what it has together. */
const BATCHING_MS = 100;

export class Agent {
  readonly #node: SwarmNode;
  readonly #tasks = new Map<string, TaskManager>();
  #isOver = false;

  constructor(node: SwarmNode) {
    this.#node = node;
  }

  /** Follows the cluster's store in a thread of its own. */
  run(): void {
    const { daemon, store } = this.#node;
    daemon.sys.thread(async () => {
      while (!this.#isOver) {
        const seen = store.index;
        this.#take();
        if (store.index === seen) await store.changed.wait();
        if (!this.#isOver) await daemon.sys.sleep(BATCHING_MS);
      }
    });
  }

  #assigned(): readonly TaskObject[] {
    const { store, nodeId } = this.#node;
    return store
      .all('task')
      .filter((task) => task.nodeId === nodeId && task.spec.ContainerSpec && !isBefore(task.status.state, 'assigned'));
  }

  #take(): void {
    const assigned = this.#assigned();
    const ids = new Set(assigned.map(({ id }) => id));
    for (const task of assigned) {
      const known = this.#tasks.get(task.id);
      if (known) known.update(task);
      else if (!isOver(task) || this.#hasContainer(task)) this.#tasks.set(task.id, new TaskManager(this.#node, task));
    }
    for (const [id, manager] of this.#tasks)
      if (!ids.has(id)) {
        this.#tasks.delete(id);
        manager.close({ removes: true });
      }
  }

  #hasContainer({ id }: TaskObject): boolean {
    return this.#node.daemon.containers.all().some(({ config }) => config.Labels?.['com.docker.swarm.task.id'] === id);
  }

  /** Lets go of everything; what runs goes on. */
  stop(): void {
    this.#isOver = true;
    for (const manager of this.#tasks.values()) manager.close({ removes: false });
    this.#tasks.clear();
    this.#node.store.changed.wake();
  }
}

/** Nothing will be done for it any more. */
const isOver = ({ status }: TaskObject): boolean => !isBefore(status.state, 'complete');
