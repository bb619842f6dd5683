/**
 * The daemon's documents as Go's structs, for templates: which objects are maps and which are structs, what a null is, and what stands
 * where a key was left out because it was empty.
 */
import { readBase64 } from '../../http/base64.ts';
import { showDuration } from '../flags/duration.ts';
import { isStruct, type MapType, NIL_LIST, NIL_MAP, type Struct, struct, typedList, typedMap } from '../template/index.ts';
import { decodeText } from '../text.ts';

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
/** Addresses: an unset one shows itself as Go's netip does. */
const ADDRESSES = new Set(['IPAddress', 'Gateway', 'IPv6Gateway', 'GlobalIPv6Address']);

/** Whole numbers that Go keeps in 64 bits. */
const INT64 = new Set(
  [
    'CPUShares Memory NanoCPUs CPUPeriod CPUQuota CPURealtimePeriod CPURealtimeRuntime MemoryReservation MemorySwap MemorySwappiness',
    'PidsLimit CPUCount CPUPercent ShmSize Soft Hard SizeRw SizeRootFs Size RefCount MemTotal MemoryBytes Limit',
  ].flatMap((names) => names.split(' ')),
);

/** Pointers to plain values: they print as these, but are not compared with any. */
const POINTER_TYPES: Readonly<Record<string, string>> = {
  SizeRw: '*int64',
  SizeRootFs: '*int64',
  PidsLimit: '*int64',
  MemorySwappiness: '*int64',
  StopTimeout: '*int',
  OomKillDisable: '*bool',
  Init: '*bool',
};
const pointerTo = (type: string, value: number | boolean): Struct => ({
  ...struct(type, {}, () => String(value)),
  text: String(value),
});

const ZERO_TIME = '0001-01-01T00:00:00Z';
/** A moment, with what a template may ask of it. */
const time = (text: string): Struct => ({
  ...struct('time.Time', { IsZero: () => text === ZERO_TIME }, () => JSON.stringify(text)),
  text: goTime(text),
});
/** As Go's `String()` writes it: `2026-01-15 09:00:00.5 +0000 UTC`. */
const goTime = (text: string): string => text.replace('T', ' ').replace(/Z$/, ' +0000 UTC');

/** An address that is not set prints a sentence, and is empty in JSON. */
const unset = (type: string, text: string): Struct => ({ ...struct(type, {}, () => '""'), text });

/** Maps whose keys are structs, or whose values are pointers, by their place. */
const MAP_TYPES: Readonly<Record<string, MapType>> = {
  'container.NetworkSettings.Networks': { pointers: true, name: 'map[string]*network.EndpointSettings' },
  'container.NetworkSettings.Ports': { key: 'network.Port', name: 'map[network.Port][]network.PortBinding' },
  'container.HostConfig.PortBindings': { key: 'network.Port', name: 'map[network.Port][]network.PortBinding' },
  'container.Config.ExposedPorts': { key: 'network.Port', name: 'map[network.Port]struct {}' },
  'container.Config.Volumes': { name: 'map[string]struct {}' },
  'network.Containers': { name: 'map[string]network.EndpointResource' },
};
const LIST_TYPES: Readonly<Record<string, string>> = { 'container.Mounts': '[]container.MountPoint' };
const STRINGS: MapType = { name: 'map[string]string' };

type Defaults = Readonly<Record<string, unknown>>;
const SPANS = ['Interval', 'Timeout', 'StartPeriod', 'StartInterval'];
/** A span of time prints in its units, and is a number in JSON. */
const span = (ns: number): Struct => ({ ...struct('time.Duration', {}, () => String(ns)), text: showDuration(ns) });
const HEALTHCHECK: Defaults = { Test: NIL_LIST, ...Object.fromEntries(SPANS.map((name) => [name, span(0)])), Retries: 0 };
/** Keys that Go leaves out when they are empty, by the struct's place: what a template finds there instead. */
const OMITTED: Readonly<Record<string, Defaults>> = {
  container: { GraphDriver: null, SizeRw: null, SizeRootFs: null, ImageManifestDescriptor: null, ExecIDs: NIL_LIST },
  'container.State': { Health: null },
  'container.Config': {
    ExposedPorts: NIL_MAP,
    Healthcheck: null,
    ArgsEscaped: false,
    NetworkDisabled: false,
    OnBuild: NIL_LIST,
    StopSignal: '',
    StopTimeout: null,
    Shell: NIL_LIST,
  },
  'container.HostConfig': {
    Annotations: NIL_MAP,
    StorageOpt: NIL_MAP,
    Tmpfs: NIL_MAP,
    Sysctls: NIL_MAP,
    Runtime: '',
    Mounts: NIL_LIST,
    Init: null,
  },
  'container.Mounts[]': { Name: '', Driver: '' },
  image: {
    Comment: '',
    Created: '',
    Author: '',
    Variant: '',
    OsVersion: '',
    GraphDriver: null,
    Descriptor: null,
    Manifests: NIL_LIST,
    Identity: null,
  },
  'image.Config': {
    User: '',
    ExposedPorts: NIL_MAP,
    Env: NIL_LIST,
    Entrypoint: NIL_LIST,
    Cmd: NIL_LIST,
    Volumes: NIL_MAP,
    WorkingDir: '',
    Labels: NIL_MAP,
    StopSignal: '',
    Healthcheck: null,
    OnBuild: NIL_LIST,
    Shell: NIL_LIST,
    ArgsEscaped: false,
  },
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
  'network.IPAM.Config[]': {
    Subnet: unset('netip.Prefix', 'invalid Prefix'),
    IPRange: unset('netip.Prefix', 'invalid Prefix'),
    Gateway: unset('netip.Addr', 'invalid IP'),
    AuxiliaryAddresses: NIL_MAP,
  },
  volume: { CreatedAt: '', Status: NIL_MAP, UsageData: null },
  'container.Config.Healthcheck': { ...HEALTHCHECK },
  'image.Config.Healthcheck': { ...HEALTHCHECK },
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
  container: 'container.InspectResponse',
  image: 'image.InspectResponse',
  network: 'network.Inspect',
  volume: 'volume.Volume',
  plugin: 'plugin.Plugin',
};
/** Descriptors keep the names of their JSON keys in no struct of Go's: templates find them in the raw document only. */
const RAW_ONLY = new Set(['Descriptor', 'ImageManifestDescriptor']);

/** The document as a struct of its kind. */
export function typed(document: unknown, kind: Kind): unknown {
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

/** A limit that prints as it is asked for: Go's Stringer. */
const ulimitText = (value: object): string => {
  const { Name, Soft, Hard } = value as { Name?: string; Soft?: number; Hard?: number };
  return `${Name}=${Soft}:${Hard}`;
};

/** Bytes that print as they are written. */
const hardwareAddress = (text: string): readonly unknown[] =>
  typedList(text === '' ? [] : text.split(':').map((byte) => Number.parseInt(byte, 16)), { name: 'network.HardwareAddr', text });

interface Place {
  readonly place: string;
  readonly key: string;
}

function convert(value: unknown, at: Place): unknown {
  if (value === null) return MAPS.has(at.key) ? NIL_MAP : POINTERS.has(at.key) ? null : NIL_LIST;
  if (Array.isArray(value)) {
    const items = value.map((item: unknown) => convert(item, { place: `${at.place}[]`, key: '' }));
    const name = LIST_TYPES[at.place];
    return name === undefined ? items : typedList(items, { name });
  }
  if (value === '' && ADDRESSES.has(at.key)) return unset('netip.Addr', 'invalid IP');
  if (value === '' && at.key === 'HostIp') return unset('netip.Addr', 'invalid IP');
  if (value === '' && at.place.startsWith('network.Containers.') && /^IPv[46]Address$/.test(at.key))
    return unset('netip.Prefix', 'invalid Prefix');
  if (at.key === 'MacAddress' && typeof value === 'string') return hardwareAddress(value);
  const pointer = POINTER_TYPES[at.key];
  if (pointer !== undefined && (typeof value === 'number' || typeof value === 'boolean')) return pointerTo(pointer, value);
  if (typeof value === 'number' && INT64.has(GO_NAMES[at.key] ?? at.key)) return BigInt(value);
  if (typeof value === 'number' && SPANS.includes(at.key) && at.place.includes('.Healthcheck.')) return span(value);
  if (at.key === 'LastTagTime' && typeof value === 'string') return time(value);
  // What Go keeps as bytes is text where a template prints it.
  if (at.place === 'config.Spec.Data') return decodeText(readBase64(String(value)));
  if (typeof value !== 'object') return value;
  const isMap = MAPS.has(at.key) || (at.key === 'Config' && at.place.endsWith('LogConfig.Config'));
  const entries = Object.entries(value).map(
    ([key, item]) => [isMap ? key : (GO_NAMES[key] ?? key), convert(item, { place: `${at.place}.${key}`, key: isMap ? '' : key })] as const,
  );
  const type = MAP_TYPES[at.place];
  if (isMap) return typedMap(Object.fromEntries(entries), type ?? (entries.every(([, item]) => typeof item === 'string') ? STRINGS : {}));
  const fields = new Map<string, unknown>([...Object.entries(OMITTED[at.place] ?? {}), ...entries]);
  const ordered = at.key === 'Healthcheck' ? fields : new Map<string, unknown>([...entries, ...fields]);
  const json = () => JSON.stringify(value);
  if (at.place.endsWith('.Ulimits[]')) return { ...struct('*units.Ulimit', ordered, json), text: ulimitText(value) };
  return struct(TYPES[at.place] ?? at.place, RAW_ONLY.has(at.key) ? new Map() : ordered, json);
}
