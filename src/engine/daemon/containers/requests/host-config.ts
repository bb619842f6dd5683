/** What a request asks of a container beyond what every one has: completed, and refused where it cannot be. Fetched with the first that asks. */
import type { HostConfig, PortBinding, PortMap, Resources, RestartPolicy } from '../../../api-types/index.ts';
import { type DockerError, invalid } from '../../errors.ts';
import { normalizeCapabilities } from '../../runtime/capabilities.ts';
import type { CgroupSupport } from '../../runtime/cgroup.ts';
import { checkPlatform } from '../../system/support.ts';
import { DEFAULTS, SHM_BYTES } from '../host-config.ts';
import { badSecurityOption } from './errors.ts';

export { checkRequest, warningsOf } from './modes.ts';

const MIN_MEMORY_BYTES = 6 * 1024 * 1024;

/** Keys that are there only when they are set, each after the one before it in Docker's order. */
const OPTIONAL = {
  Annotations: 'ConsoleSize',
  StorageOpt: 'SecurityOpt',
  Tmpfs: 'SecurityOpt',
  Sysctls: 'ShmSize',
  Mounts: 'IOMaximumBandwidth',
  Init: 'ReadonlyPaths',
} as const;

/** A binding may leave out its address, its port or both. */
const portBindingsOf = (asked: PortMap | null): PortMap =>
  Object.fromEntries(
    Object.entries(asked ?? {}).map(([port, bindings]) => [
      port,
      bindings?.map((one: Partial<PortBinding>) => ({ HostIp: one.HostIp ?? '', HostPort: one.HostPort ?? '' })) ?? null,
    ]),
  );

/** What the machine can do for a container. */
interface Host {
  readonly cpus: number;
  readonly cgroups: CgroupSupport;
}

/** What was asked for with defaults for the rest. Throws DockerError for what cannot be. */
export function hostConfigOf(asked: Partial<HostConfig>, host: Host): HostConfig {
  // In Go null is what a field has anyway.
  const given = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined && value !== null));
  const merged = { ...DEFAULTS, ...host.cgroups.defaults, ...given } as HostConfig;
  const config: HostConfig = {
    ...merged,
    ...normalResources(merged, host.cgroups),
    NetworkMode: ['', 'default'].includes(merged.NetworkMode) ? 'bridge' : merged.NetworkMode,
    LogConfig: { Type: merged.LogConfig.Type || 'json-file', Config: sorted(merged.LogConfig.Config ?? {}) },
    PortBindings: portBindingsOf(merged.PortBindings),
    RestartPolicy: { ...merged.RestartPolicy, Name: merged.RestartPolicy.Name || 'no' },
    CgroupnsMode: asked.CgroupnsMode || cgroupNamespaceOf(merged, host.cgroups),
    IpcMode: merged.IpcMode || 'private',
    ShmSize: merged.ShmSize || SHM_BYTES,
    Dns: (merged.Dns ?? []).length > 0 ? merged.Dns : null,
    Runtime: merged.Runtime || 'runc',
    SecurityOpt: labelledOptions(merged),
    CapAdd: normalizeCapabilities(merged.CapAdd, 'CapAdd'),
    CapDrop: normalizeCapabilities(merged.CapDrop, 'CapDrop'),
    ...(merged.Privileged && !asked.MaskedPaths ? { MaskedPaths: null, ReadonlyPaths: null } : {}),
  };
  checkPlatform(given);
  checkHostConfig(config, host);
  checkParent(config.CgroupParent, host.cgroups);
  return ordered(config, asked);
}

/** What shares the host's processes or has all privileges is not confined by labels. Upstream: generateSecurityOpt. */
function labelledOptions({ SecurityOpt, Privileged, IpcMode, PidMode }: HostConfig): HostConfig['SecurityOpt'] {
  const isLabelled = (SecurityOpt ?? []).some((option) => option.split('=', 1)[0] === 'label');
  const isFree = Privileged || IpcMode === 'host' || PidMode === 'host';
  return isFree && !isLabelled ? [...(SecurityOpt ?? []), 'label=disable'] : SecurityOpt;
}

/** With version 2 also those with all privileges have one of their own. */
const cgroupNamespaceOf = ({ Privileged }: HostConfig, { version, namespaceMode }: CgroupSupport): 'private' | 'host' =>
  Privileged && version === 1 ? 'host' : namespaceMode;

/** What the kernel cannot do is left out. */
function normalResources(config: HostConfig, { can }: CgroupSupport): Partial<HostConfig> {
  const { Memory, MemorySwap, MemorySwappiness, PidsLimit, OomKillDisable, BlkioWeight } = config;
  return {
    BlkioWeight: can.weighBlockIo ? BlkioWeight : 0,
    MemorySwap: Memory > 0 && MemorySwap === 0 ? Memory * 2 : MemorySwap,
    MemorySwappiness: MemorySwappiness === -1 || !can.swappiness ? null : MemorySwappiness,
    PidsLimit: PidsLimit === null || PidsLimit === 0 ? null : PidsLimit,
    OomKillDisable: can.disableOomKill ? OomKillDisable === true : null,
  };
}

/** A map, as Go writes it. */
const sorted = (map: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1)));

function ordered(config: HostConfig, asked: Partial<HostConfig>): HostConfig {
  const entries: [string, unknown][] = [];
  for (const [key, value] of Object.entries(config).filter(([name]) => name in DEFAULTS)) {
    entries.push([key, value]);
    for (const [extra, after] of Object.entries(OPTIONAL)) {
      const wanted = asked[extra as keyof typeof OPTIONAL];
      const isSet = wanted !== undefined && wanted !== null && !(typeof wanted === 'object' && Object.keys(wanted).length === 0);
      if (after === key && isSet)
        entries.push([extra, extra === 'Init' || extra === 'Mounts' ? wanted : sorted(wanted as Readonly<Record<string, string>>)]);
    }
  }
  return Object.fromEntries(entries) as unknown as HostConfig;
}

function checkParent(parent: string, { driver }: CgroupSupport): void {
  if (driver === 'systemd' && parent !== '' && !/.\.slice$/.test(parent))
    throw invalid('cgroup-parent for systemd cgroup should be a valid slice named as "xxx.slice"');
}

function checkHostConfig(config: HostConfig, host: { readonly cpus: number }): void {
  checkResources(config, host);
  checkRestartPolicy(config.RestartPolicy);
  if (config.AutoRemove && config.RestartPolicy.Name !== 'no') throw invalid("can't create 'AutoRemove' container with restart policy");
  if (config.Runtime !== 'runc' && config.Runtime !== 'io.containerd.runc.v2')
    throw invalid(`unknown or invalid runtime name: ${config.Runtime ?? ''}`);
  for (const option of config.SecurityOpt ?? []) checkSecurityOption(option);
  if (config.OomScoreAdj < -1000 || config.OomScoreAdj > 1000)
    throw invalid(`Invalid value ${config.OomScoreAdj}, range for oom score adj is [-1000, 1000]`);
}

function checkSecurityOption(option: string): void {
  if (option === 'no-new-privileges' || option === 'writable-cgroups') return;
  const [, truth] = /^(?:no-new-privileges|writable-cgroups)[=:](.*)$/.exec(option) ?? [];
  if (truth !== undefined && !/^(1|t|T|TRUE|true|True|0|f|F|FALSE|false|False)$/.test(truth)) throw badSecurityOption(option);
  const name = /^([^=:]+)[=:]/.exec(option)?.[1] ?? '';
  if (!['label', 'apparmor', 'seccomp', 'no-new-privileges', 'systempaths', 'writable-cgroups'].includes(name))
    throw badSecurityOption(option);
}

export function checkRestartPolicy({ Name, MaximumRetryCount }: RestartPolicy): void {
  const refuse = (why: string): DockerError => invalid(`invalid restart policy: ${why}`);
  if (!['no', 'always', 'on-failure', 'unless-stopped'].includes(Name))
    throw refuse(`unknown policy '${Name}'; use one of 'no', 'always', 'on-failure', or 'unless-stopped'`);
  if (Name !== 'on-failure' && MaximumRetryCount !== 0)
    throw refuse(`maximum retry count can only be used with 'on-failure'${MaximumRetryCount < 0 ? ' and cannot be negative' : ''}`);
  if (MaximumRetryCount < 0) throw refuse('maximum retry count cannot be negative');
}

/** An update may leave out what the container has already. Throws DockerError. Upstream: verifyPlatformContainerResources. */
export function checkResources(
  config: Resources,
  { cpus, isUpdate = false }: { readonly cpus: number; readonly isUpdate?: boolean },
): void {
  const { Memory, MemorySwap, MemoryReservation } = config;
  if (Memory !== 0 && Memory < MIN_MEMORY_BYTES) throw invalid('Minimum memory limit allowed is 6MB');
  if (Memory > 0 && MemorySwap > 0 && MemorySwap < Memory)
    throw invalid('Minimum memoryswap limit should be larger than memory limit, see usage');
  if (Memory === 0 && MemorySwap > 0 && !isUpdate)
    throw invalid('You should always set the Memory limit when using Memoryswap limit, see usage');
  if (MemoryReservation > 0 && MemoryReservation < MIN_MEMORY_BYTES) throw invalid('Minimum memory reservation allowed is 6MB');
  if (Memory > 0 && MemoryReservation > 0 && Memory < MemoryReservation)
    throw invalid('Minimum memory limit can not be less than memory reservation limit, see usage');
  checkCpus(config, cpus);
  const { MemorySwappiness, BlkioWeight } = config;
  if (typeof MemorySwappiness === 'number' && (MemorySwappiness < 0 || MemorySwappiness > 100))
    throw invalid(`Invalid value: ${MemorySwappiness}, valid memory swappiness range is 0-100`);
  if (BlkioWeight > 0 && (BlkioWeight < 10 || BlkioWeight > 1000)) throw invalid('Range of blkio weight is from 10 to 1000');
}

function checkCpus({ NanoCpus, CpuPeriod, CpuQuota, CpusetCpus, CpusetMems }: Resources, cpus: number): void {
  if (NanoCpus > 0 && CpuPeriod > 0) throw invalid('Conflicting options: Nano CPUs and CPU Period cannot both be set');
  if (NanoCpus > 0 && CpuQuota > 0) throw invalid('Conflicting options: Nano CPUs and CPU Quota cannot both be set');
  if (NanoCpus < 0 || NanoCpus > cpus * 1e9)
    throw invalid(`range of CPUs is from 0.01 to ${cpus}.00, as there are only ${cpus} CPUs available`);
  if (CpuPeriod !== 0 && (CpuPeriod < 1000 || CpuPeriod > 1_000_000))
    throw invalid('CPU cfs period can not be less than 1ms (i.e. 1000) or larger than 1s (i.e. 1000000)');
  if (CpuQuota > 0 && CpuQuota < 1000) throw invalid('CPU cfs quota can not be less than 1ms (i.e. 1000)');
  checkSet(CpusetCpus, { kind: 'cpus', what: 'CPUs', count: cpus });
  checkSet(CpusetMems, { kind: 'mems', what: 'memory nodes', count: 1 });
}

interface CpusetRule {
  readonly kind: string;
  readonly what: string;
  /** How many there are. */
  readonly count: number;
}

function checkSet(asked: string, { kind, what, count }: CpusetRule): void {
  if (asked === '') return;
  const wanted = cpuList(asked);
  if (!wanted) throw invalid(`Invalid value ${asked} for cpuset ${kind}: invalid format: ${asked}`);
  const available = count === 1 ? '0' : `0-${count - 1}`;
  if (wanted.some((one) => one >= count))
    throw invalid(`Requested ${what} are not available - requested ${asked}, available: ${available}`);
}

/** `0-2,5`; undefined if that is no list. */
function cpuList(text: string): readonly number[] | undefined {
  const parts = text.split(',').map((part) => /^(\d+)(?:-(\d+))?$/.exec(part));
  if (parts.some((part) => part === null || Number(part[2] ?? part[1]) < Number(part[1]))) return undefined;
  return parts.flatMap((part) => [Number(part?.[1]), Number(part?.[2] ?? part?.[1])]);
}
