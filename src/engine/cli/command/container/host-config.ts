import type { HostConfig, PortBinding, Resources, RestartPolicy, RestartPolicyName } from '../../../api-types/index.ts';
import { CliError } from '../../errors.ts';
import { loadCode } from '../../io.ts';
import { absolutePath } from '../../path.ts';
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
export async function hostConfig({ io, flags, changed }: CreateInput, parts: Parts): Promise<HostConfig> {
  checkModes(flags);
  if (flags['log-driver'] === 'none' && flags['log-opt'].length > 0) throw new CliError('invalid logging opts for driver none');
  const { device, 'security-opt': security } = flags;
  const special = device.length + security.length > 0 ? await loadCode(io, () => import('./host-special.ts')) : undefined;
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
    SecurityOpt: orNull(special?.securityOptions(io, security) ?? []),
    ...optional('StorageOpt', storageOptions(flags['storage-opt'])),
    ...optional('Tmpfs', Object.fromEntries(flags.tmpfs.map((spec) => [spec.split(':')[0] ?? '', spec.split(/:(.*)/s)[1] ?? '']))),
    UTSMode: flags.uts,
    UsernsMode: flags.userns,
    ShmSize: flags['shm-size'],
    ...optional('Sysctls', flags.sysctl),
    ...(flags.runtime === '' ? {} : { Runtime: flags.runtime }),
    Isolation: flags.isolation,
    ...resources(flags, special),
    ...(flags.mount.length === 0
      ? {}
      : {
          Mounts: flags.mount.map((mount) =>
            mount.Source?.startsWith('.') ? { ...mount, Source: absolutePath(io.cwd, mount.Source) } : mount,
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

function storageOptions(given: readonly string[]): Readonly<Record<string, string>> {
  if (given.some((option) => !option.includes('='))) throw new CliError('invalid storage option');
  return pairs(given);
}

type Special = typeof import('./host-special.ts');

function resources(flags: CreateFlags, special: Special | undefined): Resources {
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
    Devices: special === undefined ? [] : flags.device.map(special.deviceMapping),
    DeviceCgroupRules: orNull(flags['device-cgroup-rule']),
    DeviceRequests: orNull(flags.gpus),
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

const paths = (flags: CreateFlags) =>
  flags['security-opt'].includes('systempaths=unconfined')
    ? { MaskedPaths: [], ReadonlyPaths: [] }
    : { MaskedPaths: null, ReadonlyPaths: null };
