/** This engine as a node of a swarm: its manager, its agent, its networks. Upstream: swarmkit node, moby daemon/cluster/noderunner.go. */
import type { SwarmInfo } from '../../api-types/index.ts';
import { isAfter } from '../../api-types/task-states.ts';
import type { Fd } from '../../kernel/sys.ts';
import type { Daemon } from '../daemon.ts';
import { DockerError } from '../errors.ts';
import { mkdirAll, writeWhole } from '../files.ts';
import { openGossip, openListeners } from './addresses.ts';
import { Agent } from './agent/agent.ts';
import { swarmLocked } from './errors.ts';
import { tellEvents } from './events.ts';
import { shownCluster } from './inspect.ts';
import { Manager } from './manager-side.ts';
import { NodeNetwork } from './network/node-network.ts';
import type { NodeObject } from './objects.ts';
import { Dispatcher } from './session/dispatcher.ts';
import { ManagerLink, type Membership } from './session/manager-link.ts';
import type { Upstream } from './session/upstream.ts';
import { ClusterStore } from './store.ts';

/** What docker-state.json keeps. */
export interface NodeConfig {
  readonly nodeId: string;
  readonly listenAddr: string;
  /** With its port: `192.168.50.10:2377`. */
  readonly advertiseAddr: string;
  /** Of a worker. */
  readonly membership?: Membership;
}

const DEFAULT_DATA_PATH_PORT = 4789;

export const hostOf = (address: string): string => address.replace(/:\d+$/, '').replace(/^\[|\]$/g, '');

export class SwarmNode {
  readonly daemon: Daemon;
  /** The cluster's; on a worker what the manager told of it. */
  readonly store: ClusterStore;
  readonly network: NodeNetwork;
  readonly upstream: Upstream;
  /** Null on a worker. */
  readonly manager: Manager | null;
  /** What a worker has in its place. */
  readonly link: ManagerLink | null;
  readonly #agent: Agent;
  /** What a manager has for the other nodes. */
  readonly dispatcher: Dispatcher | null;
  #config: NodeConfig;
  #listeners: readonly Fd[] = [];
  #isWorking = false;
  /** It has the cluster's state, but not the key to read it. */
  isLocked = false;

  constructor(daemon: Daemon, config: NodeConfig) {
    const { sys } = daemon;
    this.daemon = daemon;
    this.#config = config;
    this.store = new ClusterStore(sys, `${swarmRoot(daemon)}/${config.membership ? 'worker/tasks.db' : 'raft/store.json'}`);
    this.network = new NodeNetwork(this);
    const onSession = (membership: Membership): void => this.#enter(membership);
    this.link = config.membership ? new ManagerLink(daemon, { store: this.store, membership: config.membership, onSession }) : null;
    const manager = new Manager(sys, this.store);
    this.manager = this.link ? null : manager;
    this.dispatcher = this.manager && new Dispatcher(sys, this.store, this.manager);
    this.upstream = this.link ?? manager.upstreamOf(config.nodeId);
    this.#agent = new Agent(this);
  }

  get config(): NodeConfig {
    return this.#config;
  }

  get nodeId(): string {
    return this.#config.nodeId;
  }

  /** What all nodes of the cluster know, and nobody else. */
  get clusterKey(): string {
    return this.link?.membership.clusterKey ?? this.store.cluster()?.id ?? '';
  }

  /** Where overlay networks exchange their frames. */
  get dataPathPort(): number {
    return this.link?.membership.dataPathPort ?? this.store.cluster()?.dataPathPort ?? DEFAULT_DATA_PATH_PORT;
  }

  /** Throws DockerError if the cluster does not know this node any more. */
  get nodeObject(): NodeObject {
    const node = this.store.get('node', this.nodeId);
    if (!node) throw new DockerError('not-found', `node ${this.nodeId} not found`);
    return node;
  }

  /** Control plane, agent and networks begin to work. */
  start(): void {
    if (this.link) {
      if (this.nodeId !== '') this.#work();
      this.link.run();
    } else this.#lead();
  }

  #lead(): void {
    const { sys } = this.daemon;
    tellEvents(this.daemon, this.store);
    this.network.setUp();
    this.manager?.controlPlane.settle();
    this.#openIngress();
    this.manager?.controlPlane.run();
    this.#agent.run();
    const { managers, gossip } = openListeners(sys, this.config.listenAddr);
    this.#listeners = [managers, gossip].filter((fd) => fd !== undefined);
    this.dispatcher?.start(managers, this.nodeId);
  }

  /** A worker has a session: it is a node now, if it was none before. */
  #enter(membership: Membership): void {
    const { nodeId, addr } = membership;
    this.#config = { ...this.#config, nodeId, advertiseAddr: this.#config.advertiseAddr || addr, membership };
    saveConfig(this.daemon, this.#config);
    this.#work();
    for (const { NodeID, Addr } of membership.managers) this.network.meet(NodeID, hostOf(Addr));
  }

  /** Also without a manager a worker does what it was told before. */
  #work(): void {
    if (this.#isWorking) return;
    this.#isWorking = true;
    this.network.setUp();
    this.store.watch(({ kind, after }) => {
      if (kind === 'task' && !after) this.network.prune();
    });
    this.#openIngress();
    this.#agent.run();
    const gossip = openGossip(this.daemon.sys, this.config.listenAddr);
    this.#listeners = gossip === undefined ? [] : [gossip];
  }

  /** Each node has the network of published ports, as soon as there is one. */
  #openIngress(): void {
    this.daemon.sys.thread(async () => {
      for (;;) {
        const ingress = this.store.all('network').find(({ spec }) => spec.Ingress);
        if (ingress) return void (await this.network.ensure(ingress.id));
        if (!this.link) return;
        await this.store.changed.wait();
      }
    });
  }

  /** Control plane and agent end; what runs goes on. */
  stop(): void {
    this.#agent.stop();
    this.network.stop();
    this.link?.stop();
    this.manager?.controlPlane.stop();
    this.dispatcher?.stop();
    for (const fd of this.#listeners) this.daemon.sys.fds.close(fd);
    this.#listeners = [];
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
    if (this.link) return workerInfo(this.#config, this.link);
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

/** What a worker knows of its swarm. */
function workerInfo({ nodeId, advertiseAddr }: NodeConfig, { membership, failure }: ManagerLink): SwarmInfo {
  return {
    NodeID: nodeId,
    NodeAddr: hostOf(advertiseAddr),
    LocalNodeState: nodeId === '' ? 'pending' : failure && failure.kind !== 'unavailable' ? 'error' : 'active',
    ControlAvailable: false,
    Error: failure && failure.kind !== 'unavailable' ? failure.message : '',
    RemoteManagers: membership.managers,
  };
}

export const swarmRoot = ({ root }: Daemon): string => `${root}/swarm`;
export const configFile = (daemon: Daemon): string => `${swarmRoot(daemon)}/docker-state.json`;

export function saveConfig(daemon: Daemon, config: NodeConfig): void {
  mkdirAll(daemon.sys, swarmRoot(daemon), 0o700);
  writeWhole(daemon.sys, configFile(daemon), JSON.stringify(config));
}
