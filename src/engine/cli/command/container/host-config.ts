import type {
  DeviceMapping,
  DeviceRequest,
  HostConfig,
  PortBinding,
  Resources,
  RestartPolicy,
  RestartPolicyName,
} from '../../../api-types/index.ts';
import { decodeText } from '../../base64.ts';
import { CliError } from '../../errors.ts';
import type { Io } from '../../io.ts';
import { absolutePath } from '../../path.ts';
import { readFile } from '../../stream/files.ts';
import type { CreateFlags } from './create-flags.ts';
import type { CreateInput } from './create-request.ts';

interface Parts {
  readonly binds: readonly string[];
  readonly bindings: Readonly<Record<string, readonly PortBinding[]>>;
  readonly networkMode: string;
}

const orNull = <Item>(list: readonly Item[]): readonly Item[] | null => (list.length === 0 ? null : list);
const optional = <Value extends object>(key: string, value: Value) => (Object.keys(value).length === 0 ? {} : { [key]: value });

/** The half of the request that depends on the host, with every key that Docker's client sends. */
export function hostConfig({ io, flags, changed }: CreateInput, parts: Parts): HostConfig {
  checkModes(flags);
  return {
    Binds: orNull(parts.binds),
    ContainerIDFile: flags.cidfile,
    LogConfig: { Type: flags['log-driver'], Config: pairs(flags['log-opt']) },
    NetworkMode: parts.networkMode,
    PortBindings: parts.bindings,
    RestartPolicy: restartPolicy(flags.restart),
    AutoRemove: flags.rm,
    VolumeDriver: flags['volume-driver'],
    VolumesFrom: orNull(flags['volumes-from']),
    ConsoleSize: [0, 0],
    ...optional('Annotations', flags.annotation),
    CapAdd: orNull(capabilities(flags['cap-add'])),
    CapDrop: orNull(capabilities(flags['cap-drop'])),
    CgroupnsMode: flags.cgroupns as HostConfig['CgroupnsMode'],
    Dns: orNull(flags.dns),
    DnsOptions: [...flags['dns-option'], ...flags['dns-opt']],
    DnsSearch: flags['dns-search'],
    ExtraHosts: orNull(flags['add-host']),
    GroupAdd: orNull(flags['group-add']),
    IpcMode: flags.ipc,
    Cgroup: '',
    Links: orNull(flags.link),
    OomScoreAdj: flags['oom-score-adj'],
    PidMode: flags.pid,
    Privileged: flags.privileged,
    PublishAllPorts: flags['publish-all'],
    ReadonlyRootfs: flags['read-only'],
    SecurityOpt: orNull(securityOptions(io, flags['security-opt'])),
    ...optional('StorageOpt', pairs(flags['storage-opt'])),
    ...optional('Tmpfs', Object.fromEntries(flags.tmpfs.map((spec) => [spec.split(':')[0] ?? '', spec.split(/:(.*)/s)[1] ?? '']))),
    UTSMode: flags.uts,
    UsernsMode: flags.userns,
    ShmSize: flags['shm-size'],
    ...optional('Sysctls', flags.sysctl),
    ...(flags.runtime === '' ? {} : { Runtime: flags.runtime }),
    Isolation: flags.isolation,
    ...resources(flags),
    ...(flags.mount.length === 0
      ? {}
      : {
          Mounts: flags.mount.map((mount) =>
            mount.Type === 'bind' && mount.Source?.startsWith('.') ? { ...mount, Source: absolutePath(io.cwd, mount.Source) } : mount,
          ),
        }),
    ...paths(flags),
    ...(changed.has('init') ? { Init: flags.init } : {}),
  };
}

function checkModes(flags: CreateFlags): void {
  const container = (mode: string) => mode.startsWith('container:') && mode !== 'container:';
  if (flags.pid !== '' && flags.pid !== 'host' && !container(flags.pid)) throw new CliError('--pid: invalid PID mode');
  if (flags.uts !== '' && flags.uts !== 'host') throw new CliError('--uts: invalid UTS mode');
  if (flags.userns !== '' && flags.userns !== 'host') throw new CliError('--userns: invalid USER mode');
  if (!['', 'private', 'host'].includes(flags.cgroupns)) throw new CliError('--cgroupns: invalid CGROUP mode');
}

function resources(flags: CreateFlags): Resources {
  return {
    CpuShares: flags['cpu-shares'],
    Memory: flags.memory,
    NanoCpus: flags.cpus,
    CgroupParent: flags['cgroup-parent'],
    BlkioWeight: flags['blkio-weight'],
    BlkioWeightDevice: flags['blkio-weight-device'],
    BlkioDeviceReadBps: flags['device-read-bps'],
    BlkioDeviceWriteBps: flags['device-write-bps'],
    BlkioDeviceReadIOps: flags['device-read-iops'],
    BlkioDeviceWriteIOps: flags['device-write-iops'],
    CpuPeriod: flags['cpu-period'],
    CpuQuota: flags['cpu-quota'],
    CpuRealtimePeriod: flags['cpu-rt-period'],
    CpuRealtimeRuntime: flags['cpu-rt-runtime'],
    CpusetCpus: flags['cpuset-cpus'],
    CpusetMems: flags['cpuset-mems'],
    Devices: flags.device.map(deviceMapping),
    DeviceCgroupRules: orNull(flags['device-cgroup-rule']),
    DeviceRequests: orNull(flags.gpus.map(gpuRequest)),
    MemoryReservation: flags['memory-reservation'],
    MemorySwap: flags['memory-swap'],
    MemorySwappiness: flags['memory-swappiness'],
    OomKillDisable: flags['oom-kill-disable'],
    PidsLimit: flags['pids-limit'],
    Ulimits: flags.ulimit,
    CpuCount: flags['cpu-count'],
    CpuPercent: flags['cpu-percent'],
    IOMaximumIOps: flags['io-maxiops'],
    IOMaximumBandwidth: flags['io-maxbandwidth'],
  };
}

/** `on-failure:3`. */
export function restartPolicy(text: string): RestartPolicy {
  if (text === '') return { Name: '', MaximumRetryCount: 0 };
  const [name = '', count, ...more] = text.split(':');
  if (name === '') throw new CliError('invalid restart policy format: no policy provided before colon');
  if (more.length > 0 || (count !== undefined && !/^[+-]?\d+$/.test(count)))
    throw new CliError('invalid restart policy format: maximum retry count must be an integer');
  return { Name: name as RestartPolicyName, MaximumRetryCount: Number(count ?? 0) };
}

/** `chown` and `CAP_CHOWN` are the same; ALL stands for all. */
function capabilities(names: readonly string[]): readonly string[] {
  const full = names
    .map((name) => name.trim().toUpperCase())
    .map((name) => (name === 'ALL' || name.startsWith('CAP_') ? name : `CAP_${name}`));
  return full.includes('ALL') ? ['ALL'] : [...new Set(full)].sort();
}

function pairs(options: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(options.map((option) => [option.split('=')[0] ?? '', option.split(/=(.*)/s)[1] ?? '']));
}

/** `/dev/a:/dev/b:rwm`. */
function deviceMapping(text: string): DeviceMapping {
  const [host = '', inside, permissions, ...more] = text.split(':');
  if (more.length > 0) throw new CliError(`invalid device specification: ${text}`);
  const onlyMode = permissions === undefined && inside !== undefined && /^[rwm]{1,3}$/.test(inside);
  return {
    PathOnHost: host,
    PathInContainer: onlyMode || inside === undefined ? host : inside,
    CgroupPermissions: onlyMode ? inside : (permissions ?? 'rwm'),
  };
}

/** `all`, `2`, `driver=nvidia,count=1`, `"device=0,1"`. Upstream: docker/cli opts/gpus.go. */
function gpuRequest(text: string): DeviceRequest {
  const fields = [...text.matchAll(/(?:^|,)(?:"([^"]*)"|([^,]*))/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
  const set = new Map(fields.map((field): [string, string] => (field.includes('=') ? halves(field) : ['count', field])));
  const known = ['driver', 'count', 'device', 'capabilities', 'options'];
  for (const [key, value] of set) if (!known.includes(key)) throw new CliError(`unexpected key '${key}' in '${key}=${value}'`);
  const capabilities = set.get('capabilities');
  return {
    Driver: set.get('driver') ?? '',
    Count: gpuCount(set.get('count') ?? (set.has('device') ? '0' : '1')),
    DeviceIDs: set.get('device')?.split(',') ?? null,
    Capabilities: [capabilities === undefined ? ['gpu'] : [...capabilities.split(','), 'gpu']],
    Options: Object.fromEntries(
      (set.get('options') ?? '')
        .split(',')
        .filter((option) => option !== '')
        .map(halves),
    ),
  };
}

function gpuCount(text: string): number {
  if (text === 'all') return -1;
  if (!/^[-+]?\d+$/.test(text)) throw new CliError(`invalid count (${text}): value must be either "all" or an integer`);
  return Number(text);
}

const halves = (text: string): [string, string] => [
  text.split('=', 1)[0] ?? '',
  text.includes('=') ? text.slice(text.indexOf('=') + 1) : '',
];

function securityOptions(io: Io, options: readonly string[]): readonly string[] {
  return options
    .filter((option) => option !== 'systempaths=unconfined')
    .map((option) => {
      const [name = '', value] = option.split(/[=:](.*)/s);
      if (value === undefined && name !== 'no-new-privileges') throw new CliError(`invalid --security-opt: ${JSON.stringify(option)}`);
      if (name !== 'seccomp' || value === undefined || ['unconfined', 'builtin'].includes(value)) return option;
      return `seccomp=${compact(seccompProfile(io, value))}`;
    });
}

function seccompProfile(io: Io, path: string): string {
  try {
    return decodeText(readFile(io, path));
  } catch (error) {
    if (error instanceof CliError) throw new CliError(`opening seccomp profile (${path}) failed: ${error.message}`);
    throw error;
  }
}

function compact(json: string): string {
  try {
    return JSON.stringify(JSON.parse(json));
  } catch {
    throw new CliError('compacting json for seccomp profile failed: invalid JSON');
  }
}

const paths = (flags: CreateFlags) =>
  flags['security-opt'].includes('systempaths=unconfined')
    ? { MaskedPaths: [], ReadonlyPaths: [] }
    : { MaskedPaths: null, ReadonlyPaths: null };
