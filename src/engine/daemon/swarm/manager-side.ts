/** What a manager does for the nodes: it leads the control plane, takes reports, and gives containers their addresses. Upstream: swarmkit manager. */
import { isBefore } from '../../api-types/task-states.ts';
import type { Sys } from '../../kernel/sys.ts';
import { system } from '../errors.ts';
import type { PoolUsage } from './allocator/addresses.ts';
import { ControlPlane } from './control-plane.ts';
import { notAttachable } from './errors.ts';
import type { NetworkObject, TaskStatusObject } from './objects.ts';
import type { Attachment, AttachmentRequest } from './session/messages.ts';
import type { Upstream } from './session/upstream.ts';
import type { ClusterStore } from './store.ts';

const REPORT_BATCHING_MS = 100;

export class Manager {
  readonly #sys: Sys;
  readonly #store: ClusterStore;
  readonly controlPlane: ControlPlane;
  readonly #reports = new Map<string, TaskStatusObject>();

  constructor(sys: Sys, store: ClusterStore) {
    this.#sys = sys;
    this.#store = store;
    this.controlPlane = new ControlPlane({ sys, store });
  }

  /** The manager, as one of its nodes reaches it. */
  upstreamOf(nodeId: string): Upstream {
    return {
      report: (task, status) => this.report(task, status),
      attach: async (request) => this.attach(nodeId, request),
      detach: (containerId) => this.detach(containerId),
    };
  }

  /** The dispatcher takes what has come together. */
  report(taskId: string, status: TaskStatusObject): void {
    const isFirst = this.#reports.size === 0;
    this.#reports.set(taskId, status);
    if (!isFirst) return;
    this.#sys.thread(async () => {
      await this.#sys.sleep(REPORT_BATCHING_MS);
      this.#takeReports();
    });
  }

  /** A state never goes back, and what is gone stays gone. */
  #takeReports(): void {
    const reports = [...this.#reports];
    this.#reports.clear();
    this.#store.write((tx) => {
      for (const [id, status] of reports) {
        const task = this.#store.get('task', id);
        if (task && !isBefore(status.state, task.status.state)) tx.update('task', id, { status });
      }
    });
  }

  usageOf(network: string): PoolUsage {
    return this.controlPlane.allocator.usageOf(network);
  }

  /** A task of no service stands for the container. Throws DockerError. */
  attach(nodeId: string, { network: wanted, containerId, asked }: AttachmentRequest): Attachment | undefined {
    const network = this.#store.all('network').find(({ id, spec }) => id === wanted || spec.Name === wanted);
    if (!network) return undefined;
    if (!network.spec.Attachable) throw notAttachable(network.spec.Name);
    const address = this.controlPlane.allocator.takeAddress(network.id, asked);
    if (address === undefined)
      throw system(
        'attaching to network failed, make sure your network options are correct and check manager logs: context deadline exceeded',
      );
    this.#createAttachment(nodeId, { network, containerId, address });
    return { network, ip: address.split('/')[0] ?? '' };
  }

  #createAttachment(
    nodeId: string,
    { network, containerId, address }: { readonly network: NetworkObject; readonly containerId: string; readonly address: string },
  ): void {
    this.#store.write((tx) =>
      tx.create('task', {
        spec: {
          NetworkAttachmentSpec: { ContainerID: containerId },
          Networks: [{ Target: network.id }],
          ForceUpdate: 0,
          Runtime: 'attachment',
        },
        specVersion: 0,
        serviceId: '',
        serviceName: '',
        serviceLabels: {},
        slot: 0,
        nodeId,
        status: { timestampNs: String(this.#sys.clock.nowNs()), state: 'running', message: 'started', err: '' },
        desiredState: 'running',
        networks: [{ network, addresses: [address], aliases: [] }],
        endpoint: null,
        logDriver: null,
        jobIteration: null,
      }),
    );
  }

  detach(containerId: string): void {
    const gone = this.#store.all('task').filter(({ spec }) => spec.NetworkAttachmentSpec?.ContainerID === containerId);
    this.#store.write((tx) => {
      for (const { id } of gone) tx.remove('task', id);
    });
  }
}
