/** From a task to the request that makes its container. Upstream: moby daemon/cluster/executor/container/container.go. */
import type {
  ConfigReference,
  ContainerCreateRequest,
  ContainerSpec,
  EndpointSettings,
  HostConfig,
  PortConfig,
  SecretReference,
} from '../../../api-types/index.ts';
import type { ContainerFile, ServiceConfig } from '../../containers/container.ts';
import { taskName } from '../control/lookup.ts';
import { permissionsOf } from '../control/validate.ts';
import type { NodeObject, TaskObject } from '../objects.ts';
import { expander } from './template.ts';

const LABEL = 'com.docker.swarm';
const CONFIG_ROOT = '/';
const SECRET_ROOT = '/run/secrets/';

const hostPorts = ({ endpoint }: TaskObject): readonly PortConfig[] =>
  (endpoint?.Ports ?? []).filter(({ PublishMode }) => PublishMode === 'host');
const nameOf = ({ TargetPort, Protocol }: PortConfig): string => `${TargetPort}/${Protocol}`;

/** Throws DockerError for a template that says nothing. */
export function containerRequest(task: TaskObject, node: NodeObject): ContainerCreateRequest {
  const spec = task.spec.ContainerSpec ?? {};
  const expand = expander(task, node);
  const command = spec.Command ?? [];
  return {
    Image: spec.Image ?? '',
    Labels: labelsOf(task, spec),
    Env: (spec.Env ?? []).map(expand),
    Hostname: expand(spec.Hostname ?? ''),
    User: spec.User ?? '',
    WorkingDir: spec.Dir ?? '',
    Tty: spec.TTY ?? false,
    OpenStdin: spec.OpenStdin ?? false,
    ExposedPorts: Object.fromEntries(hostPorts(task).map((port) => [nameOf(port), {}])),
    ...(spec.StopSignal && { StopSignal: spec.StopSignal }),
    ...(spec.Healthcheck && { Healthcheck: spec.Healthcheck }),
    ...(command.length > 0 ? { Entrypoint: command, Cmd: spec.Args ?? [] } : spec.Args && { Cmd: spec.Args }),
    HostConfig: hostConfigOf(task, spec, expand),
    NetworkingConfig: { EndpointsConfig: endpointsOf(task) },
  };
}

const labelsOf = (task: TaskObject, { Labels }: ContainerSpec): Readonly<Record<string, string>> => ({
  ...Labels,
  [`${LABEL}.node.id`]: task.nodeId,
  [`${LABEL}.service.id`]: task.serviceId,
  [`${LABEL}.service.name`]: task.serviceName,
  [`${LABEL}.task`]: '',
  [`${LABEL}.task.id`]: task.id,
  [`${LABEL}.task.name`]: taskName(task),
});

function hostConfigOf(task: TaskObject, spec: ContainerSpec, expand: (text: string) => string): Partial<HostConfig> {
  const [first] = task.networks;
  return {
    ...resourcesOf(task),
    ...(first && { NetworkMode: first.network.spec.Name }),
    ...(spec.Groups && { GroupAdd: spec.Groups }),
    PortBindings: Object.fromEntries(
      hostPorts(task).map((port) => [nameOf(port), [{ HostIp: '', HostPort: port.PublishedPort ? String(port.PublishedPort) : '' }]]),
    ),
    Mounts: (spec.Mounts ?? []).map((mount) => ({
      ...mount,
      ...(mount.Source && { Source: expand(mount.Source) }),
      Target: expand(mount.Target),
    })),
    ReadonlyRootfs: spec.ReadOnly ?? false,
    ...(spec.Init !== undefined && { Init: spec.Init }),
    ...(spec.Sysctls && { Sysctls: spec.Sysctls }),
    ...(spec.CapabilityAdd && { CapAdd: spec.CapabilityAdd }),
    ...(spec.CapabilityDrop && { CapDrop: spec.CapabilityDrop }),
    ...(spec.OomScoreAdj && { OomScoreAdj: spec.OomScoreAdj }),
    ...(spec.Privileges?.NoNewPrivileges === true && { SecurityOpt: ['no-new-privileges=true'] }),
    ...(spec.DNSConfig?.Nameservers && { Dns: spec.DNSConfig.Nameservers }),
    ...(spec.DNSConfig?.Search && { DnsSearch: spec.DNSConfig.Search }),
    ...(spec.DNSConfig?.Options && { DnsOptions: spec.DNSConfig.Options }),
    ...(spec.Hosts && { ExtraHosts: spec.Hosts.map(hostEntry) }),
    ...(task.logDriver && { LogConfig: { Type: task.logDriver.Name, Config: task.logDriver.Options ?? {} } }),
  };
}

/** `10.0.0.1 db` as lines of /etc/hosts have it, `db:10.0.0.1` as containers are given it. */
function hostEntry(line: string): string {
  const [ip = '', name = ''] = line.split(/\s+/);
  return `${name}:${ip}`;
}

function resourcesOf({ spec: { Resources, ContainerSpec } }: TaskObject): Partial<HostConfig> {
  const { NanoCPUs = 0, MemoryBytes = 0, Pids = 0 } = Resources?.Limits ?? {};
  const { SwapBytes, MemorySwappiness } = Resources ?? {};
  return {
    ...(NanoCPUs > 0 && { NanoCpus: NanoCPUs }),
    ...(MemoryBytes > 0 && { Memory: MemoryBytes }),
    ...(MemoryBytes > 0 && SwapBytes !== undefined && { MemorySwap: SwapBytes === -1 ? -1 : MemoryBytes + SwapBytes }),
    ...(MemorySwappiness !== undefined && { MemorySwappiness }),
    ...(Pids > 0 && { PidsLimit: Pids }),
    ...(ContainerSpec?.Ulimits && { Ulimits: ContainerSpec.Ulimits }),
  };
}

const endpointsOf = ({ networks }: TaskObject): Readonly<Record<string, EndpointSettings>> =>
  Object.fromEntries(
    networks.map(({ network, addresses }) => [
      network.spec.Name,
      { NetworkID: network.id, IPAMConfig: { IPv4Address: addresses[0]?.split('/')[0] ?? '' } },
    ]),
  );

/** What the task's networks are told of its service; undefined for a task without any. */
export function serviceConfig(task: TaskObject): ServiceConfig | undefined {
  if (task.networks.length === 0) return undefined;
  const vips = new Map((task.endpoint?.VirtualIPs ?? []).map(({ NetworkID, Addr = '' }) => [NetworkID, Addr.split('/')[0] ?? '']));
  return {
    id: task.serviceId,
    name: task.serviceName,
    isActive: false,
    networks: Object.fromEntries(task.networks.map(({ network, aliases }) => [network.id, { vip: vips.get(network.id) ?? '', aliases }])),
    ports: (task.endpoint?.Ports ?? [])
      .filter(({ PublishMode }) => PublishMode !== 'host')
      .map(({ Protocol = 'tcp', TargetPort = 0, PublishedPort = 0 }) => ({
        protocol: Protocol,
        targetPort: TargetPort,
        publishedPort: PublishedPort,
      })),
  };
}

/** Secrets and configs, by where they stand in the container. */
export function filesOf({ spec }: TaskObject): readonly ContainerFile[] {
  const { Secrets = [], Configs = [] } = spec.ContainerSpec ?? {};
  const place = (root: string, { File }: SecretReference | ConfigReference): Omit<ContainerFile, 'kind' | 'id'> => ({
    target: File?.Name.startsWith('/') ? File.Name : `${root}${File?.Name ?? ''}`,
    uid: Number(File?.UID ?? 0),
    gid: Number(File?.GID ?? 0),
    mode: permissionsOf(File?.Mode ?? 0o444),
  });
  return [
    ...Secrets.map((one): ContainerFile => ({ kind: 'secret', id: one.SecretID, ...place(SECRET_ROOT, one) })),
    ...Configs.filter(({ Runtime }) => Runtime === undefined).map(
      (one): ContainerFile => ({ kind: 'config', id: one.ConfigID, ...place(CONFIG_ROOT, one) }),
    ),
  ];
}
