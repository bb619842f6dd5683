/** A service's specification as the swarm keeps it: with what every service has, and its keys in the order in which they are shown. */
import type { PortConfig, ServiceSpec, TaskSpec, UpdateConfig } from '../../../api-types/index.ts';

const ORDERS = {
  service: ['Name', 'Labels', 'TaskTemplate', 'Mode', 'UpdateConfig', 'RollbackConfig', 'EndpointSpec'],
  task: [
    'ContainerSpec',
    'NetworkAttachmentSpec',
    'Resources',
    'RestartPolicy',
    'Placement',
    'Networks',
    'LogDriver',
    'ForceUpdate',
    'Runtime',
  ],
  container: [
    'Image',
    'Labels',
    'Command',
    'Args',
    'Hostname',
    'Env',
    'Dir',
    'User',
    'Groups',
    'Privileges',
    'Init',
    'StopSignal',
    'TTY',
    'OpenStdin',
    'ReadOnly',
    'Mounts',
    'StopGracePeriod',
    'Healthcheck',
    'Hosts',
    'DNSConfig',
    'Secrets',
    'Configs',
    'Isolation',
    'Sysctls',
    'CapabilityAdd',
    'CapabilityDrop',
    'Ulimits',
    'OomScoreAdj',
  ],
  port: ['Name', 'Protocol', 'TargetPort', 'PublishedPort', 'PublishMode'],
  update: ['Parallelism', 'Delay', 'FailureAction', 'Monitor', 'MaxFailureRatio', 'Order'],
  restart: ['Condition', 'Delay', 'MaxAttempts', 'Window'],
} as const;

const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === '' ||
  value === 0 ||
  value === false ||
  (Array.isArray(value) && value.length === 0) ||
  (typeof value === 'object' && Object.keys(value as object).length === 0);

/** Keys in their order; what is empty is left out, but for those that are always shown. */
function ordered<T>(value: T, order: readonly string[], shown: readonly string[] = []): T {
  const record = value as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    order.flatMap((key) => (record[key] === undefined || (isEmpty(record[key]) && !shown.includes(key)) ? [] : [[key, record[key]]])),
  ) as T;
}

/** Maps are shown in the order of their keys. */
export const sortedMap = (map: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1)));

export const orderedPort = (port: PortConfig): PortConfig => ordered(port, ORDERS.port);

const NANO_DEFAULTS: UpdateConfig = {
  Parallelism: 1,
  FailureAction: 'pause',
  Monitor: 5_000_000_000,
  MaxFailureRatio: 0,
  Order: 'stop-first',
};
const orderedUpdate = (config: UpdateConfig): UpdateConfig =>
  ordered(
    {
      ...config,
      Parallelism: config.Parallelism ?? 0,
      MaxFailureRatio: config.MaxFailureRatio ?? 0,
      FailureAction: config.FailureAction || 'pause',
      Order: config.Order || 'stop-first',
    },
    ORDERS.update,
    ['Parallelism', 'MaxFailureRatio'],
  );

/** What a request leaves open is filled in as it is kept. */
export function normalized(spec: ServiceSpec): ServiceSpec {
  const { UpdateConfig, RollbackConfig, EndpointSpec } = spec;
  const ports = (EndpointSpec?.Ports ?? []).map((port) =>
    orderedPort({ ...port, Protocol: port.Protocol || 'tcp', PublishMode: port.PublishMode || 'ingress' }),
  );
  return ordered(
    {
      ...spec,
      Labels: sortedMap(spec.Labels ?? {}),
      TaskTemplate: normalizedTask(spec.TaskTemplate),
      Mode: modeOf(spec.Mode ?? {}),
      ...(UpdateConfig && { UpdateConfig: orderedUpdate(UpdateConfig) }),
      ...(RollbackConfig && { RollbackConfig: orderedUpdate(RollbackConfig) }),
      ...(EndpointSpec && { EndpointSpec: { Mode: EndpointSpec.Mode || 'vip', ...(ports.length > 0 && { Ports: ports }) } }),
    },
    ORDERS.service,
    ['Labels'],
  );
}

function modeOf(mode: ServiceSpec['Mode']): ServiceSpec['Mode'] {
  const { Replicated, ReplicatedJob } = mode;
  if (ReplicatedJob) {
    const { MaxConcurrent = 1, TotalCompletions = MaxConcurrent } = ReplicatedJob;
    return { ReplicatedJob: { MaxConcurrent, TotalCompletions } };
  }
  if (mode.Global || mode.GlobalJob) return mode.Global ? { Global: {} } : { GlobalJob: {} };
  return { Replicated: { Replicas: Replicated?.Replicas ?? 1 } };
}

function normalizedTask(task: TaskSpec): TaskSpec {
  const { ContainerSpec, RestartPolicy } = task;
  const container = ContainerSpec && {
    ...ContainerSpec,
    ...(ContainerSpec.Labels && { Labels: sortedMap(ContainerSpec.Labels) }),
    ...(ContainerSpec.Sysctls && { Sysctls: sortedMap(ContainerSpec.Sysctls) }),
    Isolation: ContainerSpec.Isolation || 'default',
  };
  const restart = RestartPolicy && {
    ...RestartPolicy,
    Condition: RestartPolicy.Condition || 'any',
    MaxAttempts: RestartPolicy.MaxAttempts ?? 0,
  };
  return ordered(
    {
      ...task,
      ...(container && { ContainerSpec: ordered(container, ORDERS.container, ['Init', 'DNSConfig', 'Privileges', 'StopGracePeriod']) }),
      ...(restart && { RestartPolicy: ordered(restart, ORDERS.restart, ['MaxAttempts']) }),
      ForceUpdate: task.ForceUpdate ?? 0,
      Runtime: task.Runtime || 'container',
    },
    ORDERS.task,
    ['Resources', 'Placement', 'ForceUpdate'],
  );
}

/** With what holds where nothing is said (`insertDefaults=1`). Upstream: swarmkit api/defaults/service.go. */
export function withDefaults(spec: ServiceSpec): ServiceSpec {
  const { TaskTemplate, UpdateConfig, RollbackConfig } = spec;
  const { ContainerSpec, RestartPolicy } = TaskTemplate;
  const container = { StopGracePeriod: 10_000_000_000, DNSConfig: {}, ...ContainerSpec };
  const restart = { Condition: 'any' as const, Delay: 5_000_000_000, MaxAttempts: 0, ...RestartPolicy };
  const task: TaskSpec = { Resources: {}, Placement: {}, ...TaskTemplate, ContainerSpec: container, RestartPolicy: restart };
  return normalized({
    ...spec,
    TaskTemplate: task,
    UpdateConfig: { ...NANO_DEFAULTS, ...UpdateConfig },
    RollbackConfig: { ...NANO_DEFAULTS, ...RollbackConfig },
  });
}
