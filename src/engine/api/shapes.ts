/** Request bodies as Go's encoding/json takes them: what has another type is refused in its words, what nobody knows is left out. */
import { invalid } from '../daemon/errors.ts';

export type Shape =
  | 'string'
  | 'int'
  | 'number'
  | 'bool'
  | 'any'
  | { readonly list: Shape }
  | { readonly map: Shape }
  /** Null says something else than absence. */
  | { readonly orNull: Shape }
  /** `embedded`: what Go calls the struct, within this one, that a field is of. */
  | { readonly fields: Readonly<Record<string, Shape>>; readonly embedded?: Readonly<Record<string, Readonly<Record<string, Shape>>>> };

const strings: Shape = { list: 'string' };
const texts: Shape = { map: 'string' };
const set: Shape = { map: 'any' };
const all = (shape: Shape, names: string): Record<string, Shape> => Object.fromEntries(names.split(' ').map((name) => [name, shape]));

const THROTTLE: Shape = { list: { fields: { Path: 'string', Rate: 'int', Weight: 'int' } } };
const MOUNT: Shape = {
  fields: {
    ...all('string', 'Type Source Target Consistency'),
    ReadOnly: 'bool',
    BindOptions: {
      fields: { Propagation: 'string', ...all('bool', 'NonRecursive CreateMountpoint ReadOnlyNonRecursive ReadOnlyForceRecursive') },
    },
    VolumeOptions: {
      fields: { NoCopy: 'bool', Labels: texts, Subpath: 'string', DriverConfig: { fields: { Name: 'string', Options: texts } } },
    },
    TmpfsOptions: { fields: { SizeBytes: 'int', Mode: 'int', Options: { list: strings } } },
    ImageOptions: { fields: { Subpath: 'string' } },
  },
};
const RESOURCES: Record<string, Shape> = {
  ...all(
    'int',
    'CpuShares Memory NanoCpus BlkioWeight CpuPeriod CpuQuota CpuRealtimePeriod CpuRealtimeRuntime MemoryReservation MemorySwap MemorySwappiness PidsLimit CpuCount CpuPercent IOMaximumIOps IOMaximumBandwidth',
  ),
  ...all('string', 'CgroupParent CpusetCpus CpusetMems'),
  ...all(THROTTLE, 'BlkioWeightDevice BlkioDeviceReadBps BlkioDeviceWriteBps BlkioDeviceReadIOps BlkioDeviceWriteIOps'),
  Devices: { list: { fields: all('string', 'PathOnHost PathInContainer CgroupPermissions') } },
  DeviceCgroupRules: strings,
  DeviceRequests: {
    list: { fields: { Driver: 'string', Count: 'int', DeviceIDs: strings, Capabilities: { list: strings }, Options: texts } },
  },
  OomKillDisable: 'bool',
  Ulimits: { list: { fields: { Name: 'string', Soft: 'int', Hard: 'int' } } },
};
const RESTART: Shape = { fields: { Name: 'string', MaximumRetryCount: 'int' } };
const HOST_CONFIG: Shape = {
  embedded: { Resources: RESOURCES },
  fields: {
    ...RESOURCES,
    ...all(
      strings,
      'Binds VolumesFrom CapAdd CapDrop Dns DnsOptions DnsSearch ExtraHosts GroupAdd Links SecurityOpt MaskedPaths ReadonlyPaths',
    ),
    ...all('string', 'ContainerIDFile NetworkMode VolumeDriver CgroupnsMode IpcMode Cgroup PidMode UTSMode UsernsMode Runtime Isolation'),
    ...all('bool', 'AutoRemove Privileged PublishAllPorts ReadonlyRootfs Init'),
    ...all('int', 'OomScoreAdj ShmSize'),
    ...all(texts, 'Annotations StorageOpt Tmpfs Sysctls'),
    LogConfig: { fields: { Type: 'string', Config: texts } },
    PortBindings: { map: { list: { fields: { HostIp: 'string', HostPort: 'string' } } } },
    RestartPolicy: RESTART,
    ConsoleSize: { list: 'int' },
    Mounts: { list: MOUNT },
  },
};
const BUILD_FILE: Shape = { orNull: { fields: { Name: 'string', Data: 'string', IsOther: 'bool' } } };
const ENDPOINT: Shape = {
  fields: {
    IPAMConfig: { fields: { IPv4Address: 'string', IPv6Address: 'string', LinkLocalIPs: strings } },
    Links: strings,
    Aliases: strings,
    DNSNames: strings,
    DriverOpts: texts,
    ...all('int', 'GwPriority IPPrefixLen GlobalIPv6PrefixLen'),
    ...all('string', 'NetworkID EndpointID Gateway IPAddress MacAddress IPv6Gateway GlobalIPv6Address'),
  },
};
/** Of a container's configuration, which stands beside the rest of what is asked for. */
export const CONTAINER: Record<string, Shape> = {
  ...all('string', 'Hostname Domainname User Image WorkingDir StopSignal MacAddress'),
  ...all('bool', 'AttachStdin AttachStdout AttachStderr Tty OpenStdin StdinOnce ArgsEscaped NetworkDisabled'),
  ...all(strings, 'Env OnBuild Shell Cmd Entrypoint'),
  ...all(set, 'ExposedPorts Volumes'),
  Labels: texts,
  StopTimeout: 'int',
  Healthcheck: { fields: { Test: strings, ...all('int', 'Interval Timeout Retries StartPeriod StartInterval') } },
};

/** The bodies that the API takes, by Go's names of them. */
export const BODIES = {
  CreateRequest: {
    embedded: { Config: CONTAINER },
    fields: { ...CONTAINER, HostConfig: HOST_CONFIG, NetworkingConfig: { fields: { EndpointsConfig: { map: ENDPOINT } } } },
  },
  UpdateConfig: { embedded: { Resources: RESOURCES }, fields: { ...RESOURCES, RestartPolicy: RESTART } },
  ExecCreateRequest: {
    fields: {
      ...all('string', 'User DetachKeys WorkingDir'),
      ...all('bool', 'Privileged Tty AttachStdin AttachStdout AttachStderr Detach'),
      ...all(strings, 'Env Cmd'),
      ConsoleSize: { list: 'int' },
    },
  },
  ExecStartRequest: { fields: { Detach: 'bool', Tty: 'bool', ConsoleSize: { list: 'int' } } },
  'network.CreateRequest': {
    fields: {
      ...all('string', 'Name Driver Scope'),
      ...all('bool', 'EnableIPv4 EnableIPv6 Internal Attachable Ingress ConfigOnly CheckDuplicate'),
      IPAM: {
        fields: {
          Driver: 'string',
          Options: texts,
          Config: { list: { fields: { ...all('string', 'Subnet IPRange Gateway'), AuxiliaryAddresses: texts } } },
        },
      },
      ConfigFrom: { fields: { Network: 'string' } },
      Options: texts,
      Labels: texts,
    },
  },
  ConnectRequest: { fields: { Container: 'string', EndpointConfig: ENDPOINT } },
  DisconnectRequest: { fields: { Container: 'string', Force: 'bool' } },
  'volume.CreateRequest': { fields: { Name: 'string', Driver: 'string', Labels: texts, DriverOpts: texts, ClusterVolumeSpec: 'any' } },
  BuildSessionRequest: {
    fields: {
      ...all(BUILD_FILE, 'Dockerfile Dockerignore'),
      ...all(texts, 'Secrets Annotations Contexts'),
      Attests: { map: { orNull: 'string' } },
      ...all(strings, 'Ssh NoCacheFilter Ulimits AddHosts Platforms Entitlements'),
      ...all('string', 'Ref Call CgroupParent Network SharedKey ContextName BuildName DockerfileName'),
      NoSources: 'bool',
      ShmSize: 'int',
      Outputs: { list: { fields: { Type: 'string', Attrs: texts } } },
      ...all({ list: texts }, 'CacheFrom CacheTo'),
      Auths: 'any',
    },
  },
  AuthConfig: { fields: all('string', 'username password auth email serveraddress identitytoken registrytoken') },
} as const satisfies Readonly<Record<string, Shape>>;

const kindOf = (value: unknown): string =>
  Array.isArray(value)
    ? 'array'
    : typeof value === 'boolean'
      ? 'bool'
      : typeof value === 'number' && !Number.isInteger(value)
        ? `number ${value}`
        : typeof value;

function typeName(shape: Shape): string {
  if (typeof shape === 'object' && 'orNull' in shape) return typeName(shape.orNull);
  if (typeof shape === 'object')
    return 'list' in shape ? `[]${typeName(shape.list)}` : 'map' in shape ? `map[string]${typeName(shape.map)}` : 'struct';
  return { string: 'string', int: 'int64', number: 'float32', bool: 'bool', any: 'struct {}' }[shape];
}

const isFit = (shape: Shape, value: unknown): boolean => {
  if (typeof shape === 'object' && 'orNull' in shape) return value === null || isFit(shape.orNull, value);
  if (typeof shape === 'object') return 'list' in shape ? Array.isArray(value) : typeof value === 'object' && !Array.isArray(value);
  if (shape === 'int') return Number.isInteger(value);
  if (shape === 'number') return typeof value === 'number';
  if (shape === 'bool') return typeof value === 'boolean';
  return shape === 'any' || typeof value === 'string';
};

/** What a null in a list or map stands for. */
const zero = (shape: Shape): unknown =>
  shape === 'string' ? '' : shape === 'int' || shape === 'number' ? 0 : shape === 'bool' ? false : null;
const mayBeNull = (shape: Shape): boolean => typeof shape === 'object' && 'orNull' in shape;

/** The value with what its shape knows; null counts as absent where it says nothing of its own. Throws DockerError for what has another type. */
export function shaped(shape: Shape, value: unknown, place: string): unknown {
  if (!isFit(shape, value))
    throw invalid(`invalid JSON: json: cannot unmarshal ${kindOf(value)} into Go struct field ${place} of type ${typeName(shape)}`);
  if (typeof shape !== 'object') return value;
  if ('orNull' in shape) return value === null ? null : shaped(shape.orNull, value, place);
  if ('list' in shape)
    return (value as readonly unknown[]).map((one) => (one === null ? zero(shape.list) : shaped(shape.list, one, place)));
  const entries = Object.entries(value as object);
  if ('map' in shape)
    return Object.fromEntries(entries.map(([key, one]) => [key, one === null ? zero(shape.map) : shaped(shape.map, one, place)]));
  return Object.fromEntries(
    entries.flatMap(([key, one]) => {
      const field = Object.hasOwn(shape.fields, key) ? shape.fields[key] : undefined;
      const within = Object.entries(shape.embedded ?? {}).find(([, fields]) => Object.hasOwn(fields, key))?.[0];
      const path = [place, ...(within === undefined ? [] : [within]), key].join('.');
      return field === undefined || (one === null && !mayBeNull(field)) ? [] : [[key, shaped(field, one, path)]];
    }),
  );
}
