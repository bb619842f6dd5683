/** The cluster's objects as the Engine API shows them. Upstream: moby daemon/cluster/convert. */
import type {
  ClusterInfo,
  Node,
  ObjectMeta,
  Secret,
  Service,
  ServiceEndpoint,
  ServiceStatus,
  Swarm,
  SwarmNetwork,
  Task,
} from '../../api-types/index.ts';
import { rfc3339Nano } from '../time.ts';
import { orderedPort, withDefaults } from './control/spec.ts';
import type {
  ClusterObject,
  Meta,
  NetworkObject,
  NodeObject,
  SecretObject,
  ServiceObject,
  TaskObject,
  TaskStatusObject,
  UpdateStatusObject,
} from './objects.ts';

const timeOf = (ns: string): string => rfc3339Nano(BigInt(ns));

const metaOf = ({ id, version, createdNs, updatedNs }: Meta): ObjectMeta => ({
  ID: id,
  Version: { Index: version },
  CreatedAt: timeOf(createdNs),
  UpdatedAt: timeOf(updatedNs),
});

export function shownNode(node: NodeObject): Node {
  const { spec, description, status, manager } = node;
  return {
    ...metaOf(node),
    Spec: spec,
    Description: description,
    Status: { State: status.state, ...(status.message !== '' && { Message: status.message }), Addr: status.addr },
    ...(manager && { ManagerStatus: { ...(manager.leader && { Leader: true }), Reachability: 'reachable' as const, Addr: manager.addr } }),
  };
}

interface ServiceOptions {
  readonly defaults?: boolean;
  readonly status?: ServiceStatus | undefined;
}

export function shownService(service: ServiceObject, { defaults = false, status }: ServiceOptions = {}): Service {
  const { spec, previousSpec, endpoint, updateStatus, job } = service;
  const shown = defaults ? withDefaults : <T>(one: T): T => one;
  return {
    ...metaOf(service),
    Spec: shown(spec),
    ...(previousSpec && { PreviousSpec: shown(previousSpec) }),
    Endpoint: endpointOf(endpoint),
    ...(updateStatus && { UpdateStatus: updateOf(updateStatus) }),
    ...(status && { ServiceStatus: status }),
    ...(job && { JobStatus: { JobIteration: iterationOf(job.iteration), LastExecution: timeOf(job.lastExecutionNs) } }),
  };
}

/** The first round has no number. */
const iterationOf = (index: number): { readonly Index?: number } => (index === 0 ? {} : { Index: index });

const endpointOf = (endpoint: ServiceEndpoint | null): ServiceEndpoint => ({
  Spec: endpoint?.Spec ?? {},
  ...(endpoint?.Ports && { Ports: endpoint.Ports.map(orderedPort) }),
  ...(endpoint?.VirtualIPs && { VirtualIPs: endpoint.VirtualIPs }),
});

const updateOf = ({ state, startedNs, completedNs, message }: UpdateStatusObject): Service['UpdateStatus'] & object => ({
  State: state,
  StartedAt: timeOf(startedNs),
  ...(completedNs !== undefined && { CompletedAt: timeOf(completedNs) }),
  Message: message,
});

export function shownNetwork(network: NetworkObject): SwarmNetwork {
  const { spec, driverState, ipam } = network;
  return {
    ...metaOf(network),
    Spec: spec,
    ...(driverState && { DriverState: driverState }),
    ...(ipam && { IPAMOptions: ipam }),
  };
}

export function shownTask(task: TaskObject): Task {
  const { Runtime: _runtime, ...spec } = task.spec;
  return {
    ...metaOf(task),
    Labels: {},
    Spec: spec,
    ...(task.serviceId !== '' && { ServiceID: task.serviceId }),
    ...(task.slot > 0 && { Slot: task.slot }),
    ...(task.nodeId !== '' && { NodeID: task.nodeId }),
    Status: statusOf(task.status),
    DesiredState: task.desiredState,
    ...(task.networks.length > 0 && {
      NetworksAttachments: task.networks.map(({ network, addresses }) => ({ Network: shownNetwork(network), Addresses: addresses })),
    }),
    ...(task.jobIteration !== null && { JobIteration: iterationOf(task.jobIteration) }),
    Volumes: null,
  };
}

const statusOf = ({ timestampNs, state, message, err, container, ports }: TaskStatusObject): Task['Status'] => ({
  Timestamp: timeOf(timestampNs),
  State: state,
  ...(message !== '' && { Message: message }),
  ...(err !== '' && { Err: err }),
  ...(container && { ContainerStatus: container }),
  PortStatus: ports ? { Ports: ports } : {},
});

/** A secret's content is never given back; a config's is. */
export function shownFile(object: SecretObject, { withData }: { readonly withData: boolean }): Secret {
  const { Name, Labels, Data, Driver, Templating } = object.spec;
  return {
    ...metaOf(object),
    Spec: { Name, Labels, ...(withData && Data && { Data }), ...(Driver && { Driver }), ...(Templating && { Templating }) },
  };
}

export const shownCluster = (cluster: ClusterObject): ClusterInfo => ({
  ...metaOf(cluster),
  Spec: cluster.spec,
  TLSInfo: cluster.rootCa,
  RootRotationInProgress: false,
  DefaultAddrPool: cluster.defaultAddrPool.length > 0 ? cluster.defaultAddrPool : null,
  SubnetSize: cluster.subnetSize,
  DataPathPort: cluster.dataPathPort,
});

export const shownSwarm = (cluster: ClusterObject): Swarm => ({
  ...shownCluster(cluster),
  JoinTokens: { Worker: cluster.joinTokens.worker, Manager: cluster.joinTokens.manager },
});
