/**
 * The daemon's documents as Go's structs, for templates: which objects are maps and which are structs, what a null is, and what stands
 * where a key was left out because it was empty.
 */
import { readBase64 } from '../../http/base64.ts';
import { isStruct, type MapType, NIL_LIST, NIL_MAP, type Struct, struct, typedMap } from '../template/index.ts';
import { decodeText } from '../text.ts';
import { shaped } from './shaped.ts';

export type Kind =
  | 'container'
  | 'image'
  | 'network'
  | 'volume'
  | 'context'
  | 'plugin'
  | 'info'
  | 'version'
  | 'service'
  | 'node'
  | 'secret'
  | 'config';

/** Objects under these keys are maps, whatever their content. */
const MAPS = new Set([
  'Labels',
  'ExposedPorts',
  'Volumes',
  'Ports',
  'Networks',
  'PortBindings',
  'Sysctls',
  'Options',
  'DriverOpts',
  'Tmpfs',
  'StorageOpt',
  'Annotations',
  'Containers',
  'AuxiliaryAddresses',
  'Endpoints',
  'TLSMaterial',
  'annotations',
  'Subnets',
  'Status',
  'Attributes',
  'Runtimes',
  'IndexConfigs',
  'Details',
  'status',
]);
/** Nulls under these keys are nil pointers; under MAPS nil maps; elsewhere nil lists. */
const POINTERS = new Set([
  'IPAMConfig',
  'Health',
  'Init',
  'MemorySwappiness',
  'OomKillDisable',
  'PidsLimit',
  'Healthcheck',
  'StopTimeout',
  'ImageManifestDescriptor',
  'UsageData',
  'platform',
]);

/** Go's names of fields, where they are not the keys: a template with the key runs on the raw document. */
const GO_NAMES: Readonly<Record<string, string>> = {
  Id: 'ID',
  NanoCpus: 'NanoCPUs',
  Dns: 'DNS',
  DnsOptions: 'DNSOptions',
  DnsSearch: 'DNSSearch',
  HostIp: 'HostIP',
  HttpProxy: 'HTTPProxy',
  HttpsProxy: 'HTTPSProxy',
  CpuShares: 'CPUShares',
  CpuPeriod: 'CPUPeriod',
  CpuQuota: 'CPUQuota',
  CpuRealtimePeriod: 'CPURealtimePeriod',
  CpuRealtimeRuntime: 'CPURealtimeRuntime',
  CpuCount: 'CPUCount',
  CpuPercent: 'CPUPercent',
};

/** Whole numbers that Go keeps in 64 bits. */
const INT64 = new Set(
  [
    'CPUShares Memory NanoCPUs CPUPeriod CPUQuota CPURealtimePeriod CPURealtimeRuntime MemoryReservation MemorySwap MemorySwappiness',
    'PidsLimit CPUCount CPUPercent ShmSize Soft Hard SizeRw SizeRootFs Size RefCount MemTotal MemoryBytes Limit',
  ].flatMap((names) => names.split(' ')),
);

const STRINGS: MapType = { name: 'map[string]string' };

type Defaults = Readonly<Record<string, unknown>>;
/** Keys that Go leaves out when they are empty, by the struct's place: what a template finds there instead. */
const OMITTED: Readonly<Record<string, Defaults>> = {
  info: {
    ServerVersion: '',
    ProductLicense: '',
    HTTPProxy: '',
    HTTPSProxy: '',
    NoProxy: '',
    DefaultAddressPools: NIL_LIST,
    DiscoveredDevices: NIL_LIST,
    GenericResources: NIL_LIST,
    Warnings: NIL_LIST,
    NRI: null,
  },
  'context.Metadata': { Description: '', AdditionalFields: NIL_MAP },
  service: { PreviousSpec: null, UpdateStatus: null, ServiceStatus: null, JobStatus: null },
  'service.Spec': { UpdateConfig: null, RollbackConfig: null, EndpointSpec: null },
  'service.Spec.EndpointSpec': { Mode: '', Ports: NIL_LIST },
  'service.Spec.Mode': { Replicated: null, Global: null, ReplicatedJob: null, GlobalJob: null },
  'service.Spec.TaskTemplate': { RestartPolicy: null, Networks: NIL_LIST, LogDriver: null },
  'service.Spec.TaskTemplate.Placement': { Constraints: NIL_LIST, Preferences: NIL_LIST, MaxReplicas: 0 },
  'service.Spec.TaskTemplate.ContainerSpec': {
    Labels: NIL_MAP,
    Command: NIL_LIST,
    Args: NIL_LIST,
    Hostname: '',
    Env: NIL_LIST,
    Dir: '',
    User: '',
    Groups: NIL_LIST,
    Privileges: null,
    Init: null,
    StopSignal: '',
    TTY: false,
    OpenStdin: false,
    ReadOnly: false,
    Mounts: NIL_LIST,
    StopGracePeriod: null,
    Healthcheck: null,
    Hosts: NIL_LIST,
    DNSConfig: null,
    Secrets: NIL_LIST,
    Configs: NIL_LIST,
    Sysctls: NIL_MAP,
    CapabilityAdd: NIL_LIST,
    CapabilityDrop: NIL_LIST,
    Ulimits: NIL_LIST,
    OomScoreAdj: 0,
  },
  'service.Endpoint': { Ports: NIL_LIST, VirtualIPs: NIL_LIST },
  node: { ManagerStatus: null },
  'node.Spec': { Name: '' },
  'node.Status': { Message: '' },
  'node.ManagerStatus': { Leader: false },
  secret: {},
  'secret.Spec': { Data: '', Driver: null, Templating: null },
  'config.Spec': { Data: '', Templating: null },
};
const TYPES: Readonly<Record<string, string>> = {
  info: 'system.dockerInfo',
  'info.Plugins': 'system.PluginsInfo',
  'info.Swarm': 'swarm.Info',
  'info.RegistryConfig': '*registry.ServiceConfig',
  'info.ContainerdCommit': 'system.Commit',
  'info.RuncCommit': 'system.Commit',
  'info.InitCommit': 'system.Commit',
  plugin: 'plugin.Plugin',
};
/** Kinds whose types are known to the last field. */
const SHAPES: Readonly<Partial<Record<Kind, string>>> = {
  container: 'container.InspectResponse',
  image: 'image.InspectResponse',
  network: 'network.Inspect',
  volume: 'volume.Volume',
};

/** The document as a struct of its kind. */
export function typed(document: unknown, kind: Kind): unknown {
  const shape = SHAPES[kind];
  if (shape !== undefined) return shaped(document, shape);
  const converted = convert(document, { place: kind, key: '' });
  return kind === 'context' && isStruct(converted) ? contextStruct(converted) : converted;
}

/** A context is a struct in which another one, its stored half, is embedded under the name of one of that one's own fields. */
function contextStruct(document: Struct): Struct {
  const stored = new Map(['Name', 'Metadata', 'Endpoints'].map((name) => [name, document.fields.get(name)]));
  return struct(
    'context.contextWithTLSListing',
    new Map([...document.fields, ['Metadata', struct('store.Metadata', stored)]]),
    document.json,
  );
}

interface Place {
  readonly place: string;
  readonly key: string;
}

function convert(value: unknown, at: Place): unknown {
  if (value === null) return MAPS.has(at.key) ? NIL_MAP : POINTERS.has(at.key) ? null : NIL_LIST;
  if (Array.isArray(value)) return value.map((item: unknown) => convert(item, { place: `${at.place}[]`, key: '' }));
  if (typeof value === 'number' && INT64.has(GO_NAMES[at.key] ?? at.key)) return BigInt(value);
  // What Go keeps as bytes is text where a template prints it.
  if (at.place === 'config.Spec.Data') return decodeText(readBase64(String(value)));
  if (typeof value !== 'object') return value;
  const isMap = MAPS.has(at.key);
  const entries = Object.entries(value).map(
    ([key, item]) => [isMap ? key : (GO_NAMES[key] ?? key), convert(item, { place: `${at.place}.${key}`, key: isMap ? '' : key })] as const,
  );
  if (isMap) return typedMap(Object.fromEntries(entries), entries.every(([, item]) => typeof item === 'string') ? STRINGS : {});
  const found = new Map<string, unknown>(entries);
  const fields = new Map([...found, ...Object.entries(OMITTED[at.place] ?? {}), ...found]);
  return struct(TYPES[at.place] ?? at.place, fields, () => JSON.stringify(value));
}
