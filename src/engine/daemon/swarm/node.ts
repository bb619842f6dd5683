/** This engine as a node of a swarm: its manager, its agent, its networks. Upstream: swarmkit node, moby daemon/cluster/noderunner.go. */
import type { SwarmInfo } from '../../api-types/index.ts';
import { isAfter, isBefore } from '../../api-types/task-states.ts';
import type { Fd } from '../../kernel/sys.ts';
import type { Daemon } from '../daemon.ts';
import { DockerError, system } from '../errors.ts';
import { openListeners } from './addresses.ts';
import { Agent } from './agent/agent.ts';
import type { PoolUsage } from './allocator/addresses.ts';
import { ControlPlane } from './control-plane.ts';
import { swarmLocked } from './errors.ts';
import { tellEvents } from './events.ts';
import { shownCluster } from './inspect.ts';
import { NodeNetwork } from './network/node-network.ts';
import type { NetworkObject, NodeObject, TaskStatusObject } from './objects.ts';
import { ClusterStore } from './store.ts';

/** What docker-state.json keeps. */
export interface NodeConfig {
  readonly nodeId: string;
  readonly listenAddr: string;
  /** With its port: `192.168.50.10:2377`. */
  readonly advertiseAddr: string;
}

const REPORT_BATCHING_MS = 100;

export const hostOf = (address: string): string => address.replace(/:\d+$/, '').replace(/^\[|\]$/g, '');

export class SwarmNode {
  readonly daemon: Daemon;
  readonly store: ClusterStore;
  readonly network: NodeNetwork;
  readonly config: NodeConfig;
  readonly #agent: Agent;
  readonly #controlPlane: ControlPlane;
  readonly #reports = new Map<string, TaskStatusObject>();
  #listeners: readonly Fd[] = [];
  /** It has the cluster's state, but not the key to read it. */
  isLocked = false;

  constructor(daemon: Daemon, config: NodeConfig, store = new ClusterStore(daemon.sys, storePath(daemon))) {
    this.daemon = daemon;
    this.config = config;
    this.store = store;
    this.network = new NodeNetwork(this);
    this.#controlPlane = new ControlPlane({ sys: daemon.sys, store });
    this.#agent = new Agent(this);
  }

  get nodeId(): string {
    return this.config.nodeId;
  }

  /** Throws DockerError if the cluster does not know this node any more. */
  get nodeObject(): NodeObject {
    const node = this.store.get('node', this.nodeId);
    if (!node) throw new DockerError('not-found', `node ${this.nodeId} not found`);
    return node;
  }

  /** Control plane, agent and networks begin to work. */
  start(): void {
    const { sys } = this.daemon;
    tellEvents(this.daemon, this.store);
    this.network.setUp();
    this.#controlPlane.settle();
    const ingress = this.store.all('network').find(({ spec }) => spec.Ingress);
    if (ingress) sys.thread(async () => void (await this.network.ensure(ingress.id)));
    this.#controlPlane.run();
    this.#agent.run();
    this.#listeners = openListeners(sys, this.config.listenAddr);
  }

  /** Control plane and agent end; what runs goes on. */
  stop(): void {
    this.#agent.stop();
    this.#controlPlane.stop();
    for (const fd of this.#listeners) this.daemon.sys.fds.close(fd);
    this.#listeners = [];
  }

  /** What became of a task here. The dispatcher takes what has come together. */
  report(taskId: string, status: TaskStatusObject): void {
    const isFirst = this.#reports.size === 0;
    this.#reports.set(taskId, status);
    if (!isFirst) return;
    this.daemon.sys.thread(async () => {
      await this.daemon.sys.sleep(REPORT_BATCHING_MS);
      this.#takeReports();
    });
  }

  /** A state never goes back, and what is gone stays gone. */
  #takeReports(): void {
    const reports = [...this.#reports];
    this.#reports.clear();
    this.store.write((tx) => {
      for (const [id, status] of reports) {
        const task = this.store.get('task', id);
        if (task && !isBefore(status.state, task.status.state)) tx.update('task', id, { status });
      }
    });
  }

  usageOf(network: string): PoolUsage {
    return this.#controlPlane.allocator.usageOf(network);
  }

  /** An address for a container that somebody attaches by hand: a task of no service. Throws DockerError. */
  attach({
    network,
    containerId,
    asked,
  }: {
    readonly network: NetworkObject;
    readonly containerId: string;
    readonly asked: string;
  }): string {
    const address = this.#controlPlane.allocator.takeAddress(network.id, asked);
    if (address === undefined)
      throw system(
        'attaching to network failed, make sure your network options are correct and check manager logs: context deadline exceeded',
      );
    this.store.write((tx) =>
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
        nodeId: this.nodeId,
        status: { timestampNs: String(this.daemon.sys.clock.nowNs()), state: 'running', message: 'started', err: '' },
        desiredState: 'running',
        networks: [{ network, addresses: [address], aliases: [] }],
        endpoint: null,
        logDriver: null,
        jobIteration: null,
      }),
    );
    return address.split('/')[0] ?? '';
  }

  detach(containerId: string): void {
    const gone = this.store.all('task').filter(({ spec }) => spec.NetworkAttachmentSpec?.ContainerID === containerId);
    this.store.write((tx) => {
      for (const { id } of gone) tx.remove('task', id);
    });
  }

  /** Networks that tasks of this node are in, or will be. */
  networksInUse(): ReadonlySet<string> {
    const here = this.store.all('task').filter(({ nodeId, status }) => nodeId === this.nodeId && !isAfter(status.state, 'running'));
    return new Set(here.flatMap(({ networks }) => networks.map(({ network }) => network.id)));
  }

  info(): SwarmInfo {
    const { advertiseAddr, nodeId } = this.config;
    if (this.isLocked)
      return {
        NodeID: '',
        NodeAddr: '',
        LocalNodeState: 'locked',
        ControlAvailable: false,
        Error: swarmLocked().message,
        RemoteManagers: null,
      };
    const nodes = this.store.all('node');
    const managers = nodes.filter(({ manager }) => manager !== null);
    const cluster = this.store.cluster();
    return {
      NodeID: nodeId,
      NodeAddr: hostOf(advertiseAddr),
      LocalNodeState: 'active',
      ControlAvailable: true,
      Error: '',
      RemoteManagers: managers.map(({ id, manager }) => ({ NodeID: id, Addr: manager?.addr ?? '' })),
      Nodes: nodes.length,
      Managers: managers.length,
      ...(cluster && { Cluster: shownCluster(cluster) }),
    };
  }
}

export const swarmRoot = ({ root }: Daemon): string => `${root}/swarm`;
const storePath = (daemon: Daemon): string => `${swarmRoot(daemon)}/raft/store.json`;
