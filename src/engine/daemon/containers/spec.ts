/** From a container's configuration to what its first process is started with. Upstream: moby daemon/oci_linux.go. */
import type { ContainerConfig, HostConfig, Ulimit } from '../../api-types/index.ts';

import { DEFAULT_RLIMITS } from '../../kernel/process/rlimits.ts';
import type { NamespaceKind, NamespaceRef, Rlimit, RlimitName } from '../../kernel/sys.ts';
import type { Daemon } from '../daemon.ts';
import { conflict } from '../errors.ts';
import { capabilitiesOf } from '../runtime/capabilities.ts';
import { CGROUP_ROOT } from '../runtime/cgroup.ts';
import { DEFAULT_DEVICES } from '../runtime/rootfs.ts';
import type { ContainerMount, ProcessSpec, RuntimeSpec } from '../runtime/spec.ts';
import { findUser } from '../runtime/user.ts';
import { type Container, commandOf } from './container.ts';
import { noSuchContainer, unshareableIpc } from './errors.ts';
import { etcPaths } from './etc-files.ts';
import { networkNamespace } from './networking.ts';
import { fileMounts, shmMount } from './shm.ts';

const DEFAULT_PATH = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
const INIT_IN_CONTAINER = '/sbin/docker-init';
const INIT_ON_HOST = '/usr/bin/docker-init';

/** What only some containers ask for. */
type Wishes = typeof import('./requests/spec.ts') | undefined;

const hasWishes = ({ mounts, hostConfig }: Container): boolean => {
  const { Devices, DeviceRequests, SecurityOpt, Sysctls, Tmpfs } = hostConfig;
  const { BlkioDeviceReadBps, BlkioDeviceWriteBps, BlkioDeviceReadIOps, BlkioDeviceWriteIOps } = hostConfig;
  const throttled = [BlkioDeviceReadBps, BlkioDeviceWriteBps, BlkioDeviceReadIOps, BlkioDeviceWriteIOps];
  const asked = [mounts, Devices, DeviceRequests, SecurityOpt, Object.keys({ ...Sysctls, ...Tmpfs }), ...throttled];
  return hostConfig.Privileged || asked.some((list) => list && list.length > 0);
};

/** Throws DockerError. */
export async function specOf(daemon: Daemon, container: Container, rootfs: string): Promise<RuntimeSpec> {
  const { config, hostConfig } = container;
  const wishes: Wishes = hasWishes(container) ? await daemon.sys.stall(() => import('./requests/spec.ts')) : undefined;
  wishes?.checkDeviceRequests(hostConfig);
  wishes?.checkThrottled(daemon, container);
  const namespaces = namespacesOf(daemon, container);
  wishes?.checkSysctls(hostConfig);
  const command = commandOf(config);
  return {
    rootfs,
    hostname: hostConfig.UTSMode === 'host' ? undefined : config.Hostname,
    process: processOf(daemon, {
      container,
      rootfs,
      wishes,
      argv: hostConfig.Init ? [INIT_IN_CONTAINER, '--', ...command] : command,
    }),
    mounts: mountsOf(daemon, container, wishes),
    devices: [...DEFAULT_DEVICES, ...(wishes?.askedDevices(daemon, hostConfig, DEFAULT_DEVICES) ?? [])],
    maskedPaths: hostConfig.Privileged ? [] : (hostConfig.MaskedPaths ?? []),
    readonlyPaths: hostConfig.Privileged ? [] : (hostConfig.ReadonlyPaths ?? []),
    readonlyRoot: hostConfig.ReadonlyRootfs,
    sysctls: sysctlsOf(config, hostConfig),
    ...namespaces,
    cgroup: daemon.cgroups.of(container),
  };
}

interface ProcessRequest {
  readonly container: Container;
  readonly rootfs: string;
  readonly wishes: Wishes;
  readonly argv: readonly string[];
}

function processOf(daemon: Daemon, { container: { config, hostConfig }, rootfs, argv, wishes }: ProcessRequest): ProcessSpec {
  const ids = findUser(daemon.sys, rootfs, { user: config.User, groupAdd: hostConfig.GroupAdd ?? [] });
  const capabilities = capabilitiesFor(hostConfig);
  return {
    argv,
    env: environmentOf(config),
    cwd: config.WorkingDir || '/',
    ...ids,
    tty: config.Tty,
    oomScoreAdj: hostConfig.OomScoreAdj,
    capabilities,
    ...(wishes?.securityOf(daemon, hostConfig, capabilities) ?? { seccomp: { capabilities } }),
    rlimits: rlimitsOf(hostConfig.Ulimits ?? []),
  };
}

/** In a network of its own everybody may ping and open any port. */
const sysctlsOf = ({ Domainname }: ContainerConfig, { NetworkMode, UTSMode, Sysctls }: HostConfig): Readonly<Record<string, string>> => ({
  ...(Domainname === '' || UTSMode === 'host' ? {} : { 'kernel.domainname': Domainname }),
  ...(NetworkMode === 'host' || NetworkMode.startsWith('container:')
    ? {}
    : { 'net.ipv4.ping_group_range': '0 2147483647', 'net.ipv4.ip_unprivileged_port_start': '0' }),
  ...Sysctls,
});

export const capabilitiesFor = ({ CapAdd, CapDrop, Privileged }: HostConfig): ReadonlySet<string> =>
  capabilitiesOf({ add: CapAdd ?? [], drop: CapDrop ?? [], privileged: Privileged });

/** Docker's own variables first; what was asked for takes their place. */
export function environmentOf({ Env, Hostname, Tty }: Pick<ContainerConfig, 'Env' | 'Hostname' | 'Tty'>): readonly string[] {
  const entries = [DEFAULT_PATH, `HOSTNAME=${Hostname}`, ...(Tty ? ['TERM=xterm'] : [])];
  return replaced(entries, Env ?? []);
}

/** Each entry in the place of the one with its name, or at the end. An entry without a value takes a variable of the base away. */
export function replaced(base: readonly string[], entries: readonly string[]): readonly string[] {
  const result = new Map(base.map((entry) => [entry.split('=', 1)[0] ?? '', entry]));
  const own = new Set(result.keys());
  for (const entry of entries) {
    const name = entry.split('=', 1)[0] ?? '';
    if (entry.includes('=')) result.set(name, entry);
    else if (own.has(name)) result.delete(name);
  }
  return [...result.values()];
}

export const rlimitsOf = (ulimits: readonly Ulimit[]): readonly (readonly [RlimitName, Rlimit])[] => [
  ['nofile', DEFAULT_RLIMITS.nofile],
  ...ulimits.map(({ Name, Soft, Hard }) => [Name as RlimitName, { soft: unlimited(Soft), hard: unlimited(Hard) }] as const),
];
const unlimited = (value: number): number => (value < 0 ? Number.POSITIVE_INFINITY : value);

/** Which namespaces are new, and which are somebody else's. */
function namespacesOf(
  daemon: Daemon,
  container: Container,
): { readonly unshare: readonly NamespaceKind[]; readonly join: readonly NamespaceRef[] } {
  const { PidMode, IpcMode, UTSMode, CgroupnsMode } = container.hostConfig;
  const unshare: NamespaceKind[] = ['mnt', 'time'];
  const join: NamespaceRef[] = [];
  const choose = (kind: 'pid' | 'ipc', mode: string): void => {
    if (kind === 'ipc') checkSharesIpc(daemon, mode);
    if (mode.startsWith('container:')) join.push(daemon.sys.ns.of(kind, pidOf(daemon, mode.slice('container:'.length), kind)));
    else if (mode !== 'host') unshare.push(kind);
  };
  choose('pid', PidMode);
  choose('ipc', IpcMode);
  if (UTSMode !== 'host') unshare.push('uts');
  if (CgroupnsMode !== 'host') unshare.push('cgroup');
  const net = networkNamespace(daemon, container);
  if (net) join.push(net);
  return { unshare, join };
}

/** Only who was made to be shared is. Upstream: moby daemon getIpcContainer. */
function checkSharesIpc(daemon: Daemon, mode: string): void {
  const donor = mode.startsWith('container:') ? daemon.containers.find(mode.slice('container:'.length)) : undefined;
  if (!donor || ['shareable', 'host'].includes(donor.hostConfig.IpcMode) || donor.hostConfig.IpcMode.startsWith('container:')) return;
  throw unshareableIpc(donor.id);
}

function pidOf(daemon: Daemon, name: string, kind: 'pid' | 'ipc'): number {
  const other = daemon.containers.find(name);
  if (!other) throw noSuchContainer(name);
  if (!other.live.task) throw conflict(`failed to join ${kind.toUpperCase()} namespace: container ${other.id} is not running`);
  return other.live.task.pid;
}

const kernelMounts = ({ cgroups }: Daemon, { Privileged }: HostConfig): readonly ContainerMount[] => {
  const flags = ['nosuid', 'nodev', 'noexec', 'relatime'];
  const readOnly = !Privileged;
  return [
    { type: 'proc', source: 'proc', target: '/proc', flags, place: 'directory' },
    { type: 'tmpfs', source: 'tmpfs', target: '/dev', flags: ['nosuid', 'strictatime'], data: 'size=65536k,mode=755', place: 'directory' },
    {
      type: 'devpts',
      source: 'devpts',
      target: '/dev/pts',
      flags: ['nosuid', 'noexec', 'relatime'],
      data: 'gid=5,mode=620,ptmxmode=666',
      place: 'directory',
    },
    { type: 'sysfs', source: 'sysfs', target: '/sys', flags, readOnly, place: 'directory' },
    ...cgroups.kind.mounts(readOnly),
    { type: 'mqueue', source: 'mqueue', target: '/dev/mqueue', flags, place: 'directory' },
  ];
};

function mountsOf(daemon: Daemon, container: Container, wishes: Wishes): readonly ContainerMount[] {
  const { hostConfig } = container;
  const own = wishes?.ownMounts(daemon, container) ?? [];
  const given = wishes?.askedMemories(hostConfig) ?? [];
  // What was asked for stands in the place of what every container has there. Upstream: withMounts, HasMountDestination.
  const asked = new Set([...own, ...given].map(({ target }) => target));
  const unasked = (mounts: readonly ContainerMount[]): readonly ContainerMount[] =>
    mounts.filter(({ target }) => !asked.has(target) && !(asked.has(CGROUP_ROOT) && target.startsWith(`${CGROUP_ROOT}/`)));
  const all = [
    ...unasked(kernelMounts(daemon, hostConfig)),
    ...unasked(shmMount(daemon, container)),
    ...[...own, ...given, ...fileMounts(daemon, container), ...etcMounts(daemon, container)].sort(
      (a, b) => depth(a.target) - depth(b.target),
    ),
  ];
  return hostConfig.Init
    ? [...all, { type: 'none', source: INIT_ON_HOST, target: INIT_IN_CONTAINER, bind: true, readOnly: true, place: 'file' }]
    : all;
}

const depth = (path: string): number => path.split('/').length;

/** A container that shares another's network shares its names too. */
function etcMounts(daemon: Daemon, container: Container): readonly ContainerMount[] {
  const { NetworkMode, ReadonlyRootfs } = container.hostConfig;
  const owner = NetworkMode.startsWith('container:')
    ? (daemon.containers.find(NetworkMode.slice('container:'.length))?.id ?? container.id)
    : container.id;
  const paths = etcPaths(daemon, owner);
  const taken = new Set(container.mounts.map(({ Destination }) => Destination));
  return [
    ['/etc/resolv.conf', paths.resolvConf],
    ['/etc/hostname', paths.hostname],
    ['/etc/hosts', paths.hosts],
  ]
    .filter(([target = '']) => !taken.has(target))
    .map(
      ([target = '', source = '']): ContainerMount => ({
        type: 'none',
        source,
        target,
        bind: true,
        readOnly: ReadonlyRootfs,
        place: 'file',
      }),
    );
}
