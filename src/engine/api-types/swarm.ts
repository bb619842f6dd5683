/** The swarm's documents. */
import type { HealthConfig } from './container-config.ts';
import type { Mount, Ulimit } from './host-config.ts';
import type { TaskState } from './task-states.ts';

export type { TaskState } from './task-states.ts';

type Words = readonly string[];
type Texts = Readonly<Record<string, string>>;

export interface ObjectVersion {
  readonly Index: number;
}
export interface ObjectMeta {
  readonly ID: string;
  readonly Version: ObjectVersion;
  readonly CreatedAt: string;
  readonly UpdatedAt: string;
}
export interface Driver {
  readonly Name: string;
  readonly Options?: Texts;
}

// ── services ──

export type PortProtocol = 'tcp' | 'udp' | 'sctp';
export interface PortConfig {
  readonly Name?: string;
  readonly Protocol?: PortProtocol;
  readonly TargetPort?: number;
  readonly PublishedPort?: number;
  readonly PublishMode?: 'ingress' | 'host';
}
export interface EndpointSpec {
  readonly Mode?: 'vip' | 'dnsrr';
  readonly Ports?: readonly PortConfig[];
}
export interface EndpointVirtualIp {
  readonly NetworkID: string;
  readonly Addr?: string;
}
export interface ServiceEndpoint {
  readonly Spec?: EndpointSpec;
  readonly Ports?: readonly PortConfig[];
  readonly VirtualIPs?: readonly EndpointVirtualIp[];
}
/** Where a secret or config stands in a container. */
export interface ReferenceFile {
  readonly Name: string;
  readonly UID: string;
  readonly GID: string;
  /** Bits of the mode, as Go's os.FileMode. */
  readonly Mode: number;
}
export interface SecretReference {
  readonly File?: ReferenceFile;
  readonly SecretID: string;
  readonly SecretName: string;
}
export interface ConfigReference {
  readonly File?: ReferenceFile;
  readonly Runtime?: object;
  readonly ConfigID: string;
  readonly ConfigName: string;
}
export interface DnsConfig {
  readonly Nameservers?: Words;
  readonly Search?: Words;
  readonly Options?: Words;
}
export interface ContainerSpec {
  readonly Image?: string;
  readonly Labels?: Texts;
  readonly Command?: Words;
  readonly Args?: Words;
  readonly Hostname?: string;
  readonly Env?: Words;
  readonly Dir?: string;
  readonly User?: string;
  readonly Groups?: Words;
  readonly Privileges?: Readonly<Record<string, unknown>>;
  readonly Init?: boolean;
  readonly StopSignal?: string;
  readonly TTY?: boolean;
  readonly OpenStdin?: boolean;
  readonly ReadOnly?: boolean;
  readonly Mounts?: readonly Mount[];
  readonly StopGracePeriod?: number;
  readonly Healthcheck?: HealthConfig;
  /** As lines of /etc/hosts. */
  readonly Hosts?: Words;
  readonly DNSConfig?: DnsConfig;
  readonly Secrets?: readonly SecretReference[];
  readonly Configs?: readonly ConfigReference[];
  readonly Isolation?: string;
  readonly Sysctls?: Texts;
  readonly CapabilityAdd?: Words;
  readonly CapabilityDrop?: Words;
  readonly Ulimits?: readonly Ulimit[];
  readonly OomScoreAdj?: number;
}
export interface SwarmLimit {
  readonly NanoCPUs?: number;
  readonly MemoryBytes?: number;
  readonly Pids?: number;
}
export interface SwarmResources {
  readonly NanoCPUs?: number;
  readonly MemoryBytes?: number;
}
export interface ResourceRequirements {
  readonly Limits?: SwarmLimit;
  readonly Reservations?: SwarmResources;
  readonly SwapBytes?: number;
  readonly MemorySwappiness?: number;
}
export type RestartCondition = 'none' | 'on-failure' | 'any';
/** Durations in nanoseconds. */
export interface SwarmRestartPolicy {
  readonly Condition?: RestartCondition;
  readonly Delay?: number;
  readonly MaxAttempts?: number;
  readonly Window?: number;
}
export interface PlacementPreference {
  readonly Spread: { readonly SpreadDescriptor: string };
}
export interface SwarmPlatform {
  readonly Architecture?: string;
  readonly OS?: string;
}
export interface Placement {
  readonly Constraints?: Words;
  readonly Preferences?: readonly PlacementPreference[];
  readonly MaxReplicas?: number;
  readonly Platforms?: readonly SwarmPlatform[];
}
export interface NetworkAttachmentConfig {
  readonly Target?: string;
  readonly Aliases?: Words;
  readonly DriverOpts?: Texts;
}
export interface TaskSpec {
  readonly ContainerSpec?: ContainerSpec;
  readonly NetworkAttachmentSpec?: { readonly ContainerID: string };
  readonly Resources?: ResourceRequirements;
  readonly RestartPolicy?: SwarmRestartPolicy;
  readonly Placement?: Placement;
  readonly Networks?: readonly NetworkAttachmentConfig[];
  readonly LogDriver?: Driver;
  readonly ForceUpdate: number;
  readonly Runtime?: string;
}
export interface ServiceMode {
  readonly Replicated?: { readonly Replicas?: number };
  readonly Global?: Readonly<Record<string, never>>;
  readonly ReplicatedJob?: { readonly MaxConcurrent?: number; readonly TotalCompletions?: number };
  readonly GlobalJob?: Readonly<Record<string, never>>;
}
/** Durations in nanoseconds. */
export interface UpdateConfig {
  readonly Parallelism: number;
  readonly Delay?: number;
  readonly FailureAction?: 'pause' | 'continue' | 'rollback';
  readonly Monitor?: number;
  readonly MaxFailureRatio: number;
  readonly Order?: 'stop-first' | 'start-first';
}
export interface ServiceSpec {
  readonly Name: string;
  readonly Labels: Texts;
  readonly TaskTemplate: TaskSpec;
  readonly Mode: ServiceMode;
  readonly UpdateConfig?: UpdateConfig;
  readonly RollbackConfig?: UpdateConfig;
  readonly EndpointSpec?: EndpointSpec;
}
export type UpdateState = 'updating' | 'paused' | 'completed' | 'rollback_started' | 'rollback_paused' | 'rollback_completed';
export interface UpdateStatus {
  readonly State?: UpdateState;
  readonly StartedAt?: string;
  readonly CompletedAt?: string;
  readonly Message?: string;
}
export interface ServiceStatus {
  readonly RunningTasks: number;
  readonly DesiredTasks: number;
  readonly CompletedTasks: number;
}
export interface JobStatus {
  readonly JobIteration: Partial<ObjectVersion>;
  readonly LastExecution?: string;
}
/** GET /services/{id}. */
export interface Service extends ObjectMeta {
  readonly Spec: ServiceSpec;
  readonly PreviousSpec?: ServiceSpec;
  readonly Endpoint: ServiceEndpoint;
  readonly UpdateStatus?: UpdateStatus;
  readonly ServiceStatus?: ServiceStatus;
  readonly JobStatus?: JobStatus;
}
export interface ServiceCreateResponse {
  readonly ID: string;
  readonly Warnings: Words | null;
}

// ── tasks ──

export interface TaskContainerStatus {
  readonly ContainerID: string;
  readonly PID: number;
  readonly ExitCode: number;
}
export interface TaskStatus {
  readonly Timestamp: string;
  readonly State: TaskState;
  readonly Message?: string;
  readonly Err?: string;
  readonly ContainerStatus?: TaskContainerStatus;
  readonly PortStatus: { readonly Ports?: readonly PortConfig[] };
}
export interface SwarmNetworkSpec {
  readonly Name: string;
  readonly Labels: Texts;
  readonly DriverConfiguration?: Driver;
  readonly IPv6Enabled?: boolean;
  readonly Internal?: boolean;
  readonly Attachable?: boolean;
  readonly Ingress?: boolean;
  readonly IPAMOptions?: SwarmIpam;
  readonly ConfigFrom?: { readonly Network: string };
  readonly Scope?: string;
}
export interface SwarmIpam {
  readonly Driver?: Driver;
  readonly Configs?: readonly { readonly Subnet?: string; readonly Range?: string; readonly Gateway?: string }[];
}
export interface SwarmNetwork extends ObjectMeta {
  readonly Spec: SwarmNetworkSpec;
  readonly DriverState?: Driver;
  readonly IPAMOptions?: SwarmIpam;
}
/** GET /tasks/{id}. */
export interface Task extends ObjectMeta {
  readonly Name?: string;
  readonly Labels: Texts;
  readonly Spec: TaskSpec;
  readonly ServiceID?: string;
  readonly Slot?: number;
  readonly NodeID?: string;
  readonly Status: TaskStatus;
  readonly DesiredState: TaskState;
  readonly NetworksAttachments?: readonly { readonly Network: SwarmNetwork; readonly Addresses: Words }[];
  readonly JobIteration?: Partial<ObjectVersion>;
  readonly Volumes: null;
}

// ── nodes ──

export interface NodeSpec {
  readonly Name?: string;
  readonly Labels: Texts;
  readonly Role: 'worker' | 'manager';
  readonly Availability: 'active' | 'pause' | 'drain';
}
export interface NodeDescription {
  readonly Hostname: string;
  readonly Platform: { readonly Architecture: string; readonly OS: string };
  readonly Resources: { readonly NanoCPUs: number; readonly MemoryBytes: number };
  readonly Engine: {
    readonly EngineVersion: string;
    readonly Labels?: Texts;
    readonly Plugins: readonly { readonly Type: string; readonly Name: string }[];
  };
  readonly TLSInfo: TlsInfo;
}
export interface TlsInfo {
  readonly TrustRoot: string;
  /** Base64 of DER. */
  readonly CertIssuerSubject: string;
  readonly CertIssuerPublicKey: string;
}
/** GET /nodes/{id}. */
export interface Node extends ObjectMeta {
  readonly Spec: NodeSpec;
  readonly Description: NodeDescription;
  readonly Status: { readonly State: 'unknown' | 'down' | 'ready' | 'disconnected'; readonly Message?: string; readonly Addr: string };
  readonly ManagerStatus?: {
    readonly Leader?: boolean;
    readonly Reachability: 'unknown' | 'unreachable' | 'reachable';
    readonly Addr: string;
  };
}

// ── secrets and configs ──

export interface SecretSpec {
  readonly Name: string;
  readonly Labels: Texts;
  /** Base64; a secret's is never given back. */
  readonly Data?: string;
  readonly Driver?: Driver;
  readonly Templating?: Driver;
}
export interface Secret extends ObjectMeta {
  readonly Spec: SecretSpec;
}
export type Config = Secret;
export type ConfigSpec = SecretSpec;

// ── the swarm ──

/** Durations in nanoseconds. */
export interface SwarmSpec {
  readonly Name: string;
  readonly Labels: Texts | null;
  readonly Orchestration: { readonly TaskHistoryRetentionLimit?: number };
  readonly Raft: {
    readonly SnapshotInterval?: number;
    readonly KeepOldSnapshots?: number;
    readonly LogEntriesForSlowFollowers?: number;
    readonly ElectionTick: number;
    readonly HeartbeatTick: number;
  };
  readonly Dispatcher: { readonly HeartbeatPeriod?: number };
  readonly CAConfig: {
    readonly NodeCertExpiry?: number;
    readonly ExternalCAs?: readonly object[];
    readonly SigningCACert?: string;
    readonly SigningCAKey?: string;
    readonly ForceRotate?: number;
  };
  readonly TaskDefaults: { readonly LogDriver?: Driver };
  readonly EncryptionConfig: { readonly AutoLockManagers: boolean };
}
export interface ClusterInfo extends ObjectMeta {
  readonly Spec: SwarmSpec;
  readonly TLSInfo: TlsInfo;
  readonly RootRotationInProgress: boolean;
  readonly DefaultAddrPool: Words | null;
  readonly SubnetSize: number;
  readonly DataPathPort: number;
}
/** GET /swarm. */
export interface Swarm extends ClusterInfo {
  readonly JoinTokens: { readonly Worker: string; readonly Manager: string };
}
/** POST /swarm/init. */
export interface SwarmInitRequest {
  readonly ListenAddr?: string;
  readonly AdvertiseAddr?: string;
  readonly DataPathAddr?: string;
  readonly DataPathPort?: number;
  readonly ForceNewCluster?: boolean;
  readonly Spec?: Partial<SwarmSpec>;
  readonly AutoLockManagers?: boolean;
  readonly Availability?: string;
  readonly DefaultAddrPool?: Words | null;
  readonly SubnetSize?: number;
}
/** POST /swarm/join. */
export interface SwarmJoinRequest {
  readonly ListenAddr?: string;
  readonly AdvertiseAddr?: string;
  readonly DataPathAddr?: string;
  readonly RemoteAddrs?: Words;
  readonly JoinToken?: string;
  readonly Availability?: string;
}
export interface SwarmInfo {
  readonly NodeID: string;
  readonly NodeAddr: string;
  readonly LocalNodeState: 'inactive' | 'pending' | 'active' | 'error' | 'locked';
  readonly ControlAvailable: boolean;
  readonly Error: string;
  readonly RemoteManagers: readonly { readonly NodeID: string; readonly Addr: string }[] | null;
  readonly Nodes?: number;
  readonly Managers?: number;
  readonly Cluster?: ClusterInfo;
}
