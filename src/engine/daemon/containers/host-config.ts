/** A container's HostConfig: every key that Docker has, with its default, in Docker's order. What else may be asked for: `requests/host-config.ts`. */
import type { HostConfig } from '../../api-types/index.ts';

export const SHM_BYTES = 64 * 1024 * 1024;

const MASKED = [
  '/proc/acpi',
  '/proc/asound',
  '/proc/interrupts',
  '/proc/kcore',
  '/proc/keys',
  '/proc/latency_stats',
  '/proc/sched_debug',
  '/proc/scsi',
  '/proc/timer_list',
  '/proc/timer_stats',
  '/sys/devices/virtual/powercap',
  '/sys/firmware',
];

const READONLY = ['/proc/bus', '/proc/fs', '/proc/irq', '/proc/sys', '/proc/sysrq-trigger'];

export const DEFAULTS: HostConfig = {
  Binds: null,
  ContainerIDFile: '',
  LogConfig: { Type: 'json-file', Config: {} },
  NetworkMode: 'bridge',
  PortBindings: {},
  RestartPolicy: { Name: 'no', MaximumRetryCount: 0 },
  AutoRemove: false,
  VolumeDriver: '',
  VolumesFrom: null,
  ConsoleSize: [0, 0],
  CapAdd: null,
  CapDrop: null,
  CgroupnsMode: 'private',
  Dns: null,
  DnsOptions: [],
  DnsSearch: [],
  ExtraHosts: null,
  GroupAdd: null,
  IpcMode: 'private',
  Cgroup: '',
  Links: null,
  OomScoreAdj: 0,
  PidMode: '',
  Privileged: false,
  PublishAllPorts: false,
  ReadonlyRootfs: false,
  SecurityOpt: null,
  UTSMode: '',
  UsernsMode: '',
  ShmSize: SHM_BYTES,
  Runtime: 'runc',
  Isolation: '',
  CpuShares: 0,
  Memory: 0,
  NanoCpus: 0,
  CgroupParent: '',
  BlkioWeight: 0,
  BlkioWeightDevice: [],
  BlkioDeviceReadBps: [],
  BlkioDeviceWriteBps: [],
  BlkioDeviceReadIOps: [],
  BlkioDeviceWriteIOps: [],
  CpuPeriod: 0,
  CpuQuota: 0,
  CpuRealtimePeriod: 0,
  CpuRealtimeRuntime: 0,
  CpusetCpus: '',
  CpusetMems: '',
  Devices: [],
  DeviceCgroupRules: null,
  DeviceRequests: null,
  MemoryReservation: 0,
  MemorySwap: 0,
  MemorySwappiness: null,
  OomKillDisable: null,
  PidsLimit: null,
  Ulimits: [],
  CpuCount: 0,
  CpuPercent: 0,
  IOMaximumIOps: 0,
  IOMaximumBandwidth: 0,
  MaskedPaths: MASKED,
  ReadonlyPaths: READONLY,
};

/** What asks for a default in other words than it has. */
const SAME: Partial<Record<keyof HostConfig, readonly unknown[]>> = {
  LogConfig: [{ Type: '', Config: {} }],
  NetworkMode: ['', 'default'],
  RestartPolicy: [{ Name: '', MaximumRetryCount: 0 }],
  CgroupnsMode: [''],
  Dns: [[]],
  IpcMode: [''],
  ShmSize: [0],
  Runtime: [''],
  MemorySwappiness: [-1],
  OomKillDisable: [false],
  PidsLimit: [0],
};

/** Of a request that asks for what every container has; undefined if it asks for anything else. */
export function plainHostConfig({ ConsoleSize, ...asked }: Partial<HostConfig>, ofCgroups: Partial<HostConfig>): HostConfig | undefined {
  const defaults = { ...DEFAULTS, ...ofCgroups };
  const isDefault = (key: keyof typeof asked): boolean => {
    const words = JSON.stringify(asked[key] ?? null);
    return words === 'null' || [defaults[key], ...(SAME[key] ?? [])].some((same) => JSON.stringify(same) === words);
  };
  return (Object.keys(asked) as (keyof typeof asked)[]).every(isDefault)
    ? { ...defaults, ConsoleSize: ConsoleSize ?? defaults.ConsoleSize }
    : undefined;
}
