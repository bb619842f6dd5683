/** What a swarm's managers agree on: plain records, replaced as a whole at each change. Upstream: swarmkit api/objects.proto. */
import type {
  Driver,
  NodeDescription,
  NodeSpec,
  PortConfig,
  SecretSpec,
  ServiceEndpoint,
  ServiceSpec,
  SwarmIpam,
  SwarmNetworkSpec,
  SwarmSpec,
  TaskContainerStatus,
  TaskSpec,
  TaskState,
  TlsInfo,
  UpdateState,
} from '../../api-types/index.ts';

/** Times are nanoseconds since 1970, as text. */
export interface Meta {
  readonly id: string;
  /** Of the transaction that wrote it last. */
  readonly version: number;
  readonly createdNs: string;
  readonly updatedNs: string;
}

export interface ClusterObject extends Meta {
  readonly spec: SwarmSpec;
  readonly rootCa: TlsInfo;
  readonly joinTokens: { readonly worker: string; readonly manager: string };
  /** Empty unless managers lock themselves. */
  readonly unlockKey: string;
  readonly defaultAddrPool: readonly string[];
  readonly subnetSize: number;
  readonly dataPathPort: number;
}

export interface NodeObject extends Meta {
  readonly spec: NodeSpec;
  readonly description: NodeDescription;
  readonly status: { readonly state: 'unknown' | 'down' | 'ready' | 'disconnected'; readonly message: string; readonly addr: string };
  readonly manager: { readonly leader: boolean; readonly addr: string } | null;
  /** The node's own addresses in overlay networks, where its load balancers stand: by the network's id, `10.0.1.4/24`. */
  readonly attachments: Readonly<Record<string, string>>;
  /** By what it is known when it comes again. */
  readonly certificate?: string;
}

export interface UpdateStatusObject {
  readonly state: UpdateState;
  readonly startedNs: string;
  readonly completedNs?: string;
  readonly message: string;
}

export interface ServiceObject extends Meta {
  readonly spec: ServiceSpec;
  /** Tells specifications apart: a task with the same one is as it should be. */
  readonly specVersion: number;
  readonly previousSpec: ServiceSpec | null;
  readonly previousSpecVersion: number;
  /** Null until something had to be allocated. */
  readonly endpoint: ServiceEndpoint | null;
  readonly updateStatus: UpdateStatusObject | null;
  readonly job: { readonly iteration: number; readonly lastExecutionNs: string } | null;
}

export interface NetworkObject extends Meta {
  readonly spec: SwarmNetworkSpec;
  readonly driverState: Driver | null;
  readonly ipam: SwarmIpam | null;
}

export interface TaskNetwork {
  readonly network: NetworkObject;
  /** With their lengths: `10.0.1.3/24`. */
  readonly addresses: readonly string[];
  readonly aliases: readonly string[];
}

export interface TaskStatusObject {
  readonly timestampNs: string;
  readonly state: TaskState;
  readonly message: string;
  readonly err: string;
  readonly container?: TaskContainerStatus;
  readonly ports?: readonly PortConfig[];
}

export interface TaskObject extends Meta {
  readonly spec: TaskSpec;
  readonly specVersion: number;
  /** Empty for a container that somebody attached to a network by hand. */
  readonly serviceId: string;
  readonly serviceName: string;
  readonly serviceLabels: Readonly<Record<string, string>>;
  /** From 1; 0 in a service that has a task on each node. */
  readonly slot: number;
  readonly nodeId: string;
  readonly status: TaskStatusObject;
  readonly desiredState: TaskState;
  readonly networks: readonly TaskNetwork[];
  readonly endpoint: ServiceEndpoint | null;
  readonly logDriver: Driver | null;
  readonly jobIteration: number | null;
}

/** A secret or config, its data in base 64. */
export interface SecretObject extends Meta {
  readonly spec: SecretSpec;
}

export interface Kinds {
  readonly cluster: ClusterObject;
  readonly node: NodeObject;
  readonly service: ServiceObject;
  readonly task: TaskObject;
  readonly network: NetworkObject;
  readonly secret: SecretObject;
  readonly config: SecretObject;
}
export type Kind = keyof Kinds;
