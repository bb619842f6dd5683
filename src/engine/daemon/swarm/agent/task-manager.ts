/** Leads one task from state to state, as far as is wanted of it. Upstream: swarmkit agent/{task,exec/controller}.go. */
import { isAfter, isBefore, type TaskState } from '../../../api-types/task-states.ts';
import type { TaskQueue } from '../../../kernel/sys.ts';
import { asDockerError, messageOf } from '../../errors.ts';
import type { SwarmNode } from '../node.ts';
import type { TaskObject, TaskStatusObject } from '../objects.ts';
import { Controller, ExitError } from './controller.ts';

/** A status to report; `idle`: nothing until something else is wanted; `again`: something else is wanted by now. */
type Step = TaskStatusObject | 'idle' | 'again';

export class TaskManager {
  readonly #node: SwarmNode;
  readonly #controller: Controller;
  readonly #updated: TaskQueue;
  #task: TaskObject;
  #isClosed = false;

  constructor(node: SwarmNode, task: TaskObject) {
    this.#node = node;
    this.#task = task;
    this.#controller = new Controller(node, task);
    this.#updated = node.daemon.sys.queue();
    node.daemon.sys.thread(() => this.#run());
  }

  /** The manager wants something else of it. */
  update(task: TaskObject): void {
    if (task.desiredState === this.#task.desiredState) return;
    const isWaitedFor = this.#task.status.state === 'running' && isBefore(this.#task.desiredState, 'shutdown');
    this.#task = { ...this.#task, desiredState: task.desiredState };
    if (isWaitedFor && !isBefore(task.desiredState, 'shutdown')) this.#leaveOff();
    this.#updated.wake();
    this.#controller.poke();
  }

  /** That it is no longer waited for is told: it still runs, but its ports are not its own any more. */
  #leaveOff(): void {
    const { ports: _, ...status } = this.#task.status;
    this.#task = { ...this.#task, status: { ...status, timestampNs: this.#now() } };
    this.#node.upstream.report(this.#task.id, this.#task.status);
  }

  /** It is no task of this node any more. */
  close({ removes }: { readonly removes: boolean }): void {
    this.#isClosed = true;
    this.#updated.wake();
    this.#controller.poke();
    if (removes) this.#node.daemon.sys.thread(() => this.#controller.remove());
  }

  async #run(): Promise<void> {
    while (!this.#isClosed) {
      const step = await this.#step();
      if (this.#isClosed) return;
      if (step === 'idle') await this.#updated.wait();
      else if (step !== 'again') {
        this.#task = { ...this.#task, status: step };
        this.#node.upstream.report(this.#task.id, step);
      }
    }
  }

  /** One transition; the new status, or nothing. */
  async #step(): Promise<Step> {
    const { status, desiredState } = this.#task;
    try {
      if (!isBefore(desiredState, 'shutdown')) {
        if (!isBefore(status.state, 'complete')) return 'idle';
        await this.#controller.shutdown();
        return this.#to('shutdown', 'shutdown');
      }
      if (isAfter(status.state, desiredState)) return 'idle';
      return await this.#advance(status.state, desiredState);
    } catch (error) {
      return this.#failed(error);
    }
  }

  async #advance(state: TaskState, desired: TaskState): Promise<Step> {
    const isOver = (): boolean => this.#isClosed || !isBefore(this.#task.desiredState, 'shutdown');
    switch (state) {
      case 'preparing':
        await this.#controller.prepare();
        return this.#to('ready', 'prepared');
      case 'starting':
        await this.#controller.start(isOver);
        return isOver() ? 'again' : this.#to('running', 'started');
      case 'running':
        await this.#controller.wait(isOver);
        return isOver() ? 'again' : this.#to('complete', 'finished');
      default:
    }
    if (!isBefore(state, desired)) return 'idle';
    if (isBefore(state, 'accepted')) return this.#to('accepted', 'accepted');
    if (state === 'accepted') return this.#to('preparing', 'preparing');
    return state === 'ready' ? this.#to('starting', 'starting') : 'idle';
  }

  #to(state: TaskState, message: string): TaskStatusObject {
    return { ...this.#task.status, state, message, err: '', timestampNs: this.#now(), ...this.#seen(state) };
  }

  #failed(error: unknown): TaskStatusObject {
    const known = error instanceof ExitError ? error : asDockerError(error);
    if (!known) throw error;
    const { status } = this.#task;
    const state = isBefore(status.state, 'starting') ? 'rejected' : 'failed';
    const seen = this.#seen(state);
    const exit = error instanceof ExitError && seen.container ? { container: { ...seen.container, ExitCode: error.exitCode } } : {};
    return { ...status, state, err: messageOf(known), timestampNs: this.#now(), ...seen, ...exit };
  }

  /** What there is of its container, once there is one. */
  #seen(state: TaskState): Partial<TaskStatusObject> {
    if (isBefore(state, 'starting')) return {};
    const container = this.#controller.status();
    const ports = this.#controller.ports();
    return { ...(container && { container }), ...(ports.length > 0 && { ports }) };
  }

  #now(): string {
    return String(this.#node.daemon.sys.clock.nowNs());
  }
}
