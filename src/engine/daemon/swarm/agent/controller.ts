/** A task's container: made, started, waited for, stopped and removed through the daemon's own verbs. Upstream: moby executor/container/controller.go. */
import type { PortConfig, TaskContainerStatus } from '../../../api-types/index.ts';
import { parseReference } from '../../../oci/reference.ts';
import type { Container } from '../../containers/container.ts';
import { create } from '../../containers/create.ts';
import { remove } from '../../containers/remove.ts';
import { start } from '../../containers/start.ts';
import type { Daemon } from '../../daemon.ts';
import { DockerError, isKind, system } from '../../errors.ts';
import { pull } from '../../images/pull.ts';
import { readRepository, sourceFor } from '../../images/requests.ts';
import { taskName } from '../control/lookup.ts';
import type { SwarmNode } from '../node.ts';
import type { TaskObject } from '../objects.ts';
import { containerRequest, filesOf, serviceConfig } from './container-config.ts';

/** Time for other nodes to hear that a task takes no connections any more. */
const GOSSIP_CONVERGE_MS = 2000;
const DEFAULT_GRACE_NS = 10_000_000_000;

/** A container that ended as it should not. */
export class ExitError extends Error {
  readonly exitCode: number;
  constructor(exitCode: number, cause?: string) {
    super(`task: non-zero exit (${exitCode})${cause === undefined ? '' : `: ${cause}`}`);
    this.exitCode = exitCode;
  }
}

export class Controller {
  readonly #daemon: Daemon;
  readonly #node: SwarmNode;
  readonly #task: TaskObject;
  #isUnhealthy = false;

  constructor(node: SwarmNode, task: TaskObject) {
    this.#daemon = node.daemon;
    this.#node = node;
    this.#task = task;
  }

  get container(): Container | undefined {
    return this.#daemon.containers.find(taskName(this.#task));
  }

  /** Networks, image and container. Throws DockerError. */
  async prepare(): Promise<void> {
    if (this.container) return;
    const daemon = this.#daemon;
    const { network } = this.#node;
    for (const one of this.#task.networks) await network.ensure(one.network.id);
    await this.#pull();
    const { nodeObject } = this.#node;
    const { Id } = await create(daemon, containerRequest(this.#task, nodeObject), { name: taskName(this.#task) });
    const container = daemon.containers.get(Id);
    container.service = serviceConfig(this.#task);
    container.files = filesOf(this.#task);
    daemon.containers.save(container);
  }

  /** Always asks the registry; what is here already serves if that fails. Throws DockerError. */
  async #pull(): Promise<void> {
    const daemon = this.#daemon;
    const name = this.#task.spec.ContainerSpec?.Image ?? '';
    const reference = parseReference(name);
    const isHere = (): boolean => daemon.images.find(name) !== undefined;
    if (reference.digest !== undefined && isHere()) return;
    try {
      const wanted = reference.digest === undefined && reference.tag === undefined ? readRepository(name, 'latest') : reference;
      await pull(daemon.sys, daemon.images, { reference: wanted, source: sourceFor(daemon, undefined), say: async () => {} });
    } catch (error) {
      if (isHere()) return;
      throw error instanceof DockerError ? error : system(error instanceof Error ? error.message : String(error));
    }
  }

  /** Throws DockerError, or ExitError if it ends while its health is not known yet. */
  async start(isOver: () => boolean): Promise<void> {
    const container = this.#given();
    if (!container.hasBeenStarted) {
      try {
        await start(this.#daemon, container.id);
      } catch (error) {
        throw error instanceof DockerError
          ? new DockerError(error.kind, `starting container failed: ${error.message}`, { cause: error })
          : error;
      }
    }
    while (container.state.running && container.state.health !== null && container.state.health.status !== 'healthy' && !isOver()) {
      if (container.state.health.status === 'unhealthy') await this.#endUnhealthy(container);
      else await container.live.changed.wait();
    }
    if (container.state.running) this.#node.network.activate(container);
    else this.#checkExit(container);
  }

  async #endUnhealthy(container: Container): Promise<void> {
    this.#isUnhealthy = true;
    await this.#stop(container);
  }

  /** Until it ends, or somebody wants something else of it. Throws ExitError. */
  async wait(isOver: () => boolean): Promise<void> {
    const container = this.#given();
    while (container.state.running && !isOver()) {
      if (container.state.health?.status === 'unhealthy') await this.#endUnhealthy(container);
      else await container.live.changed.wait();
    }
    if (!isOver()) this.#checkExit(container);
  }

  #checkExit({ state, live }: Container): void {
    if (live.isRemoved || state.exitCode !== 0)
      throw new ExitError(
        live.isRemoved && state.exitCode === 0 ? 137 : state.exitCode,
        this.#isUnhealthy ? 'unhealthy container' : undefined,
      );
  }

  #given(): Container {
    const { container } = this;
    if (!container) throw new DockerError('not-found', `No such container: ${taskName(this.#task)}`);
    return container;
  }

  /** Takes no more connections, then ends. */
  async shutdown(): Promise<void> {
    const { container } = this;
    if (!container) return;
    if (container.service) {
      this.#node.network.deactivate(container);
      await this.#daemon.sys.sleep(GOSSIP_CONVERGE_MS);
    }
    await this.#stop(container);
    await this.#node.network.prune();
  }

  async #stop(container: Container): Promise<void> {
    const { stop } = await this.#daemon.sys.stall(() => import('../../containers/stop.ts'));
    const graceNs = this.#task.spec.ContainerSpec?.StopGracePeriod ?? DEFAULT_GRACE_NS;
    try {
      await stop(this.#daemon, container.id, { timeoutSeconds: graceNs / 1e9 });
    } catch (error) {
      if (!isKind(error, 'not-modified') && !isKind(error, 'not-found')) throw error;
    }
  }

  async remove(): Promise<void> {
    const { container } = this;
    if (!container) return;
    if (container.state.running) await this.shutdown();
    if (!container.live.isRemoved) await remove(this.#daemon, container.id, { force: true, volumes: true });
    await this.#node.network.prune();
  }

  status(): TaskContainerStatus | undefined {
    const { container } = this;
    return (
      container && { ContainerID: container.id, PID: container.state.pid, ExitCode: container.state.running ? 0 : container.state.exitCode }
    );
  }

  /** Ports of this host, as they were opened. */
  ports(): readonly PortConfig[] {
    const open = this.container?.live.sandbox?.ports ?? [];
    return (this.#task.endpoint?.Ports ?? [])
      .filter(({ PublishMode }) => PublishMode === 'host')
      .flatMap((port) => {
        const bound = open.filter((one) => one.port === `${port.TargetPort}/${port.Protocol}`);
        return bound.map(({ hostPort }) => ({
          Protocol: port.Protocol ?? 'tcp',
          TargetPort: port.TargetPort ?? 0,
          PublishedPort: hostPort,
          PublishMode: 'host',
        }));
      });
  }

  /** Wakes whoever waits for the container, to look again. */
  poke(): void {
    this.container?.live.changed.wake();
  }
}
