/** What of a service depends on the host: limits, mounts, ports, restarts. Upstream: compose pkg/compose/create.go. */
import type { HostConfig, PortBinding, RestartPolicyName } from '../../../api-types/index.ts';
import { CliError } from '../../errors.ts';
import type { Service } from '../project/types.ts';
import { checkAddress } from './addresses.ts';
import { type Creating, sharedMode } from './create-request.ts';
import { mountsOf } from './mounts.ts';

export function hostConfig(creating: Creating, { networkMode }: { networkMode: string }): Partial<HostConfig> {
  const { service, autoRemove = false, containerOf, size } = creating;
  const { binds, mounts } = mountsOf(creating);
  for (const address of service.dns ?? []) checkAddress(address, 'DNS address');
  const security = securityOf(service.security_opt ?? []);
  const tmpfs = (service.tmpfs ?? []).map((one) => [one.split(':')[0] ?? '', one.split(/:(.*)/s)[1] ?? ''] as const);
  return {
    ...resources(service),
    AutoRemove: autoRemove,
    Binds: binds.length === 0 ? null : binds,
    ...(mounts.length === 0 ? {} : { Mounts: mounts }),
    ...(size === undefined ? {} : { ConsoleSize: size }),
    ...(service.annotations === undefined ? {} : { Annotations: service.annotations }),
    CapAdd: service.cap_add ?? null,
    CapDrop: service.cap_drop ?? null,
    NetworkMode: networkMode,
    ...(service.init === undefined ? {} : { Init: service.init }),
    IpcMode: sharedMode(service.ipc ?? '', containerOf),
    CgroupnsMode: (service.cgroup ?? '') as HostConfig['CgroupnsMode'],
    ReadonlyRootfs: service.read_only ?? false,
    RestartPolicy: restartPolicy(service),
    ShmSize: Number(service.shm_size ?? 0),
    ...(service.sysctls === undefined ? {} : { Sysctls: service.sysctls }),
    PortBindings: portBindings(service),
    VolumesFrom: (service.volumes_from ?? []).map((from) => volumesFrom(from, containerOf)),
    Dns: service.dns ?? null,
    DnsSearch: service.dns_search ?? null,
    DnsOptions: service.dns_opt ?? null,
    ExtraHosts: (service.extra_hosts ?? []).map((host) => host.replace('=', ':')),
    SecurityOpt: security.options,
    ...(security.unconfined ? { MaskedPaths: [], ReadonlyPaths: [] } : {}),
    ...(service.storage_opt === undefined ? {} : { StorageOpt: service.storage_opt }),
    UsernsMode: service.userns_mode ?? '',
    UTSMode: service.uts ?? '',
    Privileged: service.privileged ?? false,
    PidMode: sharedMode(service.pid ?? '', containerOf),
    ...(tmpfs.length === 0 ? {} : { Tmpfs: Object.fromEntries(tmpfs) }),
    ...(service.runtime === undefined ? {} : { Runtime: service.runtime }),
    LogConfig: { Type: service.logging?.driver ?? '', Config: service.logging?.options ?? null },
    GroupAdd: service.group_add ?? null,
    OomScoreAdj: service.oom_score_adj ?? 0,
  };
}

const volumesFrom = (from: string, containerOf: (service: string) => string): string => {
  if (from.startsWith('container:')) return from.slice('container:'.length);
  const [service = '', ...mode] = from.split(':');
  return [containerOf(service), ...mode].join(':');
};

const CONDITIONS: Readonly<Record<string, RestartPolicyName>> = { none: 'no', any: 'always' };

function restartPolicy({ restart, deploy }: Service): HostConfig['RestartPolicy'] {
  const policy = deploy?.restart_policy;
  if (policy !== undefined) return { Name: named(policy.condition ?? 'any'), MaximumRetryCount: policy.max_attempts ?? 0 };
  const [name = '', count = '0'] = (restart ?? '').split(':');
  return { Name: named(name), MaximumRetryCount: Number(count) };
}
const named = (condition: string): RestartPolicyName => CONDITIONS[condition] ?? (condition as RestartPolicyName);

function portBindings({ ports = [] }: Service): Readonly<Record<string, readonly PortBinding[]>> {
  const bindings: Record<string, PortBinding[]> = {};
  for (const { target, protocol, host_ip: HostIp = '', published: HostPort = '' } of ports)
    bindings[`${target}/${protocol}`] = [...(bindings[`${target}/${protocol}`] ?? []), { HostIp, HostPort }];
  return bindings;
}

function resources(service: Service): Partial<HostConfig> {
  const { limits, reservations } = service.deploy?.resources ?? {};
  const cpus = limits?.cpus ?? service.cpus ?? 0;
  const pids = limits?.pids ?? service.pids_limit;
  const ulimits = Object.entries(service.ulimits ?? {}).map(([Name, limit]) =>
    typeof limit === 'number' ? { Name, Hard: limit, Soft: limit } : { Name, Hard: limit.hard, Soft: limit.soft },
  );
  return {
    CgroupParent: service.cgroup_parent ?? '',
    Memory: Number(limits?.memory ?? service.mem_limit ?? 0),
    MemorySwap: Number(service.memswap_limit ?? 0),
    ...(service.mem_swappiness === undefined ? {} : { MemorySwappiness: Number(service.mem_swappiness) }),
    MemoryReservation: Number(reservations?.memory ?? service.mem_reservation ?? 0),
    OomKillDisable: service.oom_kill_disable ?? false,
    CpuPeriod: service.cpu_period ?? 0,
    CpuQuota: service.cpu_quota ?? 0,
    CpuShares: service.cpu_shares ?? 0,
    NanoCpus: Math.round(cpus * 1e9),
    CpusetCpus: service.cpuset ?? '',
    ...(pids === undefined || pids === 0 ? {} : { PidsLimit: pids }),
    Ulimits: ulimits.length === 0 ? null : ulimits,
    Devices: (service.devices ?? []).map(({ source, target, permissions }) => ({
      PathOnHost: source,
      PathInContainer: target,
      CgroupPermissions: permissions,
    })),
  };
}

function securityOf(given: readonly string[]): { options: readonly string[] | null; unconfined: boolean } {
  const options = given.filter((option) => option !== 'systempaths=unconfined');
  for (const option of options)
    if (!/[=:]/.test(option) && option !== 'no-new-privileges') throw new CliError(`invalid security-opt: ${JSON.stringify(option)}`);
  return { options: options.length === 0 ? null : options, unconfined: options.length < given.length };
}
