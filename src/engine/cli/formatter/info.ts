import type { ClusterInfo, InfoResponse } from '../../api-types/index.ts';
import { bytesSize, humanDuration } from './human.ts';

export interface ClientInfo {
  readonly Debug: boolean;
  readonly Platform: { readonly Name: string };
  readonly Version: string;
  readonly Context: string;
  readonly OS: string;
  readonly Plugins: readonly {
    readonly Name: string;
    readonly ShortDescription: string;
    readonly Vendor: string;
    readonly Version: string;
    readonly Path: string;
  }[];
  readonly Warnings: null;
}

export function showClientInfo(own: ClientInfo): string {
  const plugins = own.Plugins.map(
    (one) => `  ${one.Name}: ${one.ShortDescription} (${one.Vendor})\n    Version:  ${one.Version}\n    Path:     ${one.Path}\n`,
  );
  const list = plugins.length === 0 ? '' : ` Plugins:\n${plugins.join('')}`;
  return `Client: ${own.Platform.Name}\n Version:    ${own.Version}\n Context:    ${own.Context}\n Debug Mode: ${own.Debug}\n${list}`;
}

type Line = readonly [indent: number, text: string];
const line = (name: string, value: unknown): Line => [1, `${name}: ${String(value)}`];

/** The server's part of `docker info`. */
export function showServerInfo(info: InfoResponse): string {
  const lines = [
    ...counts(info),
    ...storage(info),
    ...plugins(info),
    ...runtime(info),
    ...security(info),
    ...machine(info),
    ...registry(info),
    ...firewall(info),
  ];
  return lines.map(([indent, text]) => `${' '.repeat(indent)}${text}\n`).join('');
}

const counts = (info: InfoResponse): readonly Line[] => [
  line('Containers', info.Containers),
  [2, `Running: ${info.ContainersRunning}`],
  [2, `Paused: ${info.ContainersPaused}`],
  [2, `Stopped: ${info.ContainersStopped}`],
  line('Images', info.Images),
];

const storage = (info: InfoResponse): readonly Line[] => [
  line('Server Version', info.ServerVersion),
  line('Storage Driver', info.Driver),
  ...info.DriverStatus.map(([name, value]): Line => [2, `${name}: ${value}`]),
  line('Logging Driver', info.LoggingDriver),
  line('Cgroup Driver', info.CgroupDriver),
  line('Cgroup Version', info.CgroupVersion),
];

function plugins({ Plugins, CDISpecDirs, DiscoveredDevices = [] }: InfoResponse): readonly Line[] {
  const authorization: readonly Line[] = Plugins.Authorization === null ? [] : [[2, `Authorization: ${Plugins.Authorization.join(' ')}`]];
  const dirs: readonly Line[] = CDISpecDirs.length === 0 ? [] : [[1, 'CDI spec directories:'], ...CDISpecDirs.map((dir): Line => [2, dir])];
  const devices: readonly Line[] =
    DiscoveredDevices.length === 0
      ? []
      : [[1, 'Discovered Devices:'], ...DiscoveredDevices.map(({ Source, ID }): Line => [2, `${Source}: ${ID}`])];
  return [
    [1, 'Plugins:'],
    [2, `Volume: ${(Plugins.Volume ?? []).join(' ')}`],
    [2, `Network: ${(Plugins.Network ?? []).join(' ')}`],
    ...authorization,
    [2, `Log: ${(Plugins.Log ?? []).join(' ')}`],
    ...dirs,
    ...devices,
  ];
}

const runtime = (info: InfoResponse): readonly Line[] => [
  ...swarm(info),
  line('Runtimes', Object.keys(info.Runtimes).sort().join(' ')),
  line('Default Runtime', info.DefaultRuntime),
  line('Init Binary', info.InitBinary),
  line('containerd version', info.ContainerdCommit.ID),
  line('runc version', info.RuncCommit.ID),
  line('init version', info.InitCommit.ID),
];

/** What a node knows of its swarm; a manager knows the cluster's settings. */
function swarm({ Swarm }: InfoResponse): readonly Line[] {
  const { LocalNodeState, NodeID, ControlAvailable, Cluster, NodeAddr, RemoteManagers } = Swarm;
  const state = line('Swarm', LocalNodeState);
  if (LocalNodeState === 'inactive' || LocalNodeState === 'locked') return [state];
  const managers = [...(RemoteManagers ?? [])].map(({ Addr }) => Addr).sort();
  return [
    state,
    [2, `NodeID: ${NodeID}`],
    ...(Swarm.Error === '' ? [] : [[2, `Error: ${Swarm.Error}`] as const]),
    [2, `Is Manager: ${ControlAvailable}`],
    ...(Cluster && ControlAvailable ? clusterLines(Swarm, Cluster) : []),
    [2, `Node Address: ${NodeAddr}`],
    ...(managers.length === 0 ? [] : [[2, 'Manager Addresses:'] as const, ...managers.map((address): Line => [3, address])]),
  ];
}

function clusterLines({ Managers = 0, Nodes = 0 }: InfoResponse['Swarm'], cluster: ClusterInfo): readonly Line[] {
  const { Orchestration, Raft, Dispatcher, CAConfig, EncryptionConfig } = cluster.Spec;
  const pools = cluster.DefaultAddrPool ?? [];
  return [
    [2, `ClusterID: ${cluster.ID}`],
    [2, `Managers: ${Managers}`],
    [2, `Nodes: ${Nodes}`],
    ...(pools.length === 0
      ? [[2, 'Default Address Pool: 10.0.0.0/8  '] as const]
      : [[2, `Default Address Pool: ${pools.map((pool) => `${pool}  `).join('')}`] as const]),
    [2, `SubnetSize: ${cluster.SubnetSize}`],
    [2, `Data Path Port: ${cluster.DataPathPort}`],
    [2, 'Orchestration:'],
    [3, `Task History Retention Limit: ${Orchestration.TaskHistoryRetentionLimit ?? 0}`],
    [2, 'Raft:'],
    [3, `Snapshot Interval: ${Raft.SnapshotInterval ?? 0}`],
    ...(Raft.KeepOldSnapshots === undefined ? [] : [[3, `Number of Old Snapshots to Retain: ${Raft.KeepOldSnapshots}`] as const]),
    [3, `Heartbeat Tick: ${Raft.HeartbeatTick}`],
    [3, `Election Tick: ${Raft.ElectionTick}`],
    [2, 'Dispatcher:'],
    [3, `Heartbeat Period: ${humanDuration(Dispatcher.HeartbeatPeriod ?? 0)}`],
    [2, 'CA Configuration:'],
    [3, `Expiry Duration: ${humanDuration(CAConfig.NodeCertExpiry ?? 0)}`],
    [3, `Force Rotate: ${CAConfig.ForceRotate ?? 0}`],
    [2, `Autolock Managers: ${EncryptionConfig.AutoLockManagers}`],
    [2, `Root Rotation In Progress: ${cluster.RootRotationInProgress}`],
  ];
}

/** `name=seccomp,profile=builtin` as a name with its options below. */
function security({ SecurityOptions }: InfoResponse): readonly Line[] {
  if (SecurityOptions.length === 0) return [];
  return [
    [1, 'Security Options:'],
    ...SecurityOptions.flatMap((option): readonly Line[] => {
      const pairs = option.split(',').map((part) => part.split('='));
      const name = pairs.find(([key]) => key === 'name')?.[1] ?? '';
      const others = pairs.filter(([key]) => key !== 'name');
      return [[2, name], ...others.map(([key = '', value = '']): Line => [3, `${key === 'profile' ? 'Profile' : key}: ${value}`])];
    }),
  ];
}

const machine = (info: InfoResponse): readonly Line[] => [
  line('Kernel Version', info.KernelVersion),
  line('Operating System', info.OperatingSystem),
  line('OSType', info.OSType),
  line('Architecture', info.Architecture),
  line('CPUs', info.NCPU),
  line('Total Memory', bytesSize(info.MemTotal)),
  line('Name', info.Name),
  line('ID', info.ID),
  line('Docker Root Dir', info.DockerRootDir),
  line('Debug Mode', info.Debug),
];

function registry({ RegistryConfig, ExperimentalBuild, Labels, HttpProxy, HttpsProxy, NoProxy }: InfoResponse): readonly Line[] {
  const insecure = [
    ...Object.values(RegistryConfig.IndexConfigs)
      .filter(({ Secure }) => !Secure)
      .map(({ Name }) => Name),
    ...RegistryConfig.InsecureRegistryCIDRs,
  ];
  const mirrors = RegistryConfig.Mirrors ?? [];
  const proxies = [
    ['HTTP Proxy', HttpProxy],
    ['HTTPS Proxy', HttpsProxy],
    ['No Proxy', NoProxy],
  ]
    .filter(([, value]) => value !== '')
    .map(([name = '', value]) => line(name, value));
  return [
    ...proxies,
    ...(Labels.length === 0 ? [] : [[1, 'Labels:'] as const, ...Labels.map((label): Line => [2, label])]),
    line('Experimental', ExperimentalBuild),
    ...(insecure.length === 0 ? [] : [[1, 'Insecure Registries:'] as const, ...insecure.map((one): Line => [2, one])]),
    ...(mirrors.length === 0 ? [] : [[1, 'Registry Mirrors:'] as const, ...mirrors.map((one): Line => [2, one])]),
  ];
}

function firewall({ LiveRestoreEnabled, FirewallBackend, ProductLicense }: InfoResponse): readonly Line[] {
  const license = ProductLicense === undefined || ProductLicense === '' ? [] : [line('Product License', ProductLicense)];
  const backend =
    FirewallBackend === undefined
      ? []
      : [
          line('Firewall Backend', FirewallBackend.Driver),
          ...(FirewallBackend.Info ?? []).map(([name, value]): Line => [2, `${name}: ${value}`]),
        ];
  return [line('Live Restore Enabled', LiveRestoreEnabled), ...license, ...backend];
}

export const showWarnings = (info: InfoResponse): string => (info.Warnings ?? []).map((warning) => `${warning}\n`).join('');
