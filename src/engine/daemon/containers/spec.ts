/** From a container's configuration to what its first process is started with. Upstream: moby daemon/oci_linux.go. */
import type { ContainerConfig, HostConfig, Ulimit } from '../../api-types/index.ts';
import { isErrno } from '../../kernel/errno.ts';
import { DEFAULT_RLIMITS } from '../../kernel/process/rlimits.ts';
import type { NamespaceKind, NamespaceRef, Rlimit, RlimitName } from '../../kernel/sys.ts';
import type { Daemon } from '../daemon.ts';
import { conflict, type DockerError, invalid, system } from '../errors.ts';
import { isDirectory } from '../files.ts';
import { capabilitiesOf } from '../runtime/capabilities.ts';
import { cgroupPath } from '../runtime/cgroup.ts';
import { DEFAULT_DEVICES } from '../runtime/rootfs.ts';
import type { ContainerMount, DeviceSpec, ProcessSpec, RuntimeSpec } from '../runtime/spec.ts';
import { findUser } from '../runtime/user.ts';
import { noDevice } from '../system/support.ts';
import { sourceOf } from '../volumes/image-mounts.ts';
import { type Container, commandOf } from './container.ts';
import { noSuchContainer, specRefused, unshareableIpc } from './errors.ts';
import { etcPaths } from './etc-files.ts';
import { networkNamespace } from './networking.ts';
import { fileMounts, shmMount } from './shm.ts';

const DEFAULT_PATH = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
const INIT_IN_CONTAINER = '/sbin/docker-init';
const INIT_ON_HOST = '/usr/bin/docker-init';

export function specOf(daemon: Daemon, container: Container, rootfs: string): RuntimeSpec {
  const { config, hostConfig } = container;
  for (const request of hostConfig.DeviceRequests ?? []) throw noDevice(request);
  checkThrottled(daemon, hostConfig);
  const namespaces = namespacesOf(daemon, container);
  for (const name of Object.keys(hostConfig.Sysctls ?? {})) checkSysctl(name, hostConfig);
  const command = commandOf(config);
  return {
    rootfs,
    hostname: hostConfig.UTSMode === 'host' ? undefined : config.Hostname,
    process: processOf(daemon, { container, rootfs, argv: hostConfig.Init ? [INIT_IN_CONTAINER, '--', ...command] : command }),
    mounts: mountsOf(daemon, container),
    devices: hostConfig.Privileged ? DEFAULT_DEVICES : [...DEFAULT_DEVICES, ...askedDevices(daemon, hostConfig)],
    maskedPaths: hostConfig.Privileged ? [] : (hostConfig.MaskedPaths ?? []),
    readonlyPaths: hostConfig.Privileged ? [] : (hostConfig.ReadonlyPaths ?? []),
    readonlyRoot: hostConfig.ReadonlyRootfs,
    sysctls: sysctlsOf(config, hostConfig),
    ...namespaces,
    cgroup: cgroupPath(container.id, hostConfig.CgroupParent),
  };
}

/** A device whose reading or writing is to be slowed down must be there. */
function checkThrottled({ sys }: Daemon, config: HostConfig): void {
  const { BlkioDeviceReadBps, BlkioDeviceWriteBps, BlkioDeviceReadIOps, BlkioDeviceWriteIOps } = config;
  for (const devices of [BlkioDeviceReadBps, BlkioDeviceWriteBps, BlkioDeviceReadIOps, BlkioDeviceWriteIOps])
    for (const { Path } of devices ?? []) if (!sys.path.access(Path, {})) throw system(`stat ${Path}: no such file or directory`);
}

interface ProcessRequest {
  readonly container: Container;
  readonly rootfs: string;
  readonly argv: readonly string[];
}

function processOf(daemon: Daemon, { container: { config, hostConfig }, rootfs, argv }: ProcessRequest): ProcessSpec {
  const ids = findUser(daemon.sys, rootfs, { user: config.User, groupAdd: hostConfig.GroupAdd ?? [] });
  return {
    argv,
    env: environmentOf(config),
    cwd: config.WorkingDir || '/',
    ...ids,
    tty: config.Tty,
    oomScoreAdj: hostConfig.OomScoreAdj,
    capabilities: capabilitiesFor(hostConfig),
    noNewPrivileges: hasNoNewPrivileges(hostConfig),
    seccomp: isFiltered(hostConfig),
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

/** What runc does not let a container change for everybody. Upstream: runc libcontainer/configs/validate. */
function checkSysctl(name: string, { NetworkMode, IpcMode }: HostConfig): void {
  if (name.startsWith('net.') && NetworkMode === 'host') throw specRefused(`sysctl "${name}" not allowed in host network namespace`);
  if (/^(kernel\.(msg|sem|shm)|fs\.mqueue\.)/.test(name) && IpcMode === 'host')
    throw specRefused(`sysctl "${name}" is not allowed in the hosts ipc namespace`);
}

export const capabilitiesFor = ({ CapAdd, CapDrop, Privileged }: HostConfig): ReadonlySet<string> =>
  capabilitiesOf({ add: CapAdd ?? [], drop: CapDrop ?? [], privileged: Privileged });
export const hasNoNewPrivileges = ({ SecurityOpt }: HostConfig): boolean =>
  (SecurityOpt ?? []).some((option) => /^no-new-privileges(?:[:=]true)?$/.test(option));

export const isFiltered = ({ Privileged, SecurityOpt }: HostConfig): boolean =>
  !Privileged && !(SecurityOpt ?? []).some((option) => /^seccomp[:=]unconfined$/.test(option));

/** Docker's own variables first; what was asked for takes their place. */
export function environmentOf({ Env, Hostname, Tty }: Pick<ContainerConfig, 'Env' | 'Hostname' | 'Tty'>): readonly string[] {
  const entries = [DEFAULT_PATH, `HOSTNAME=${Hostname}`, ...(Tty ? ['TERM=xterm'] : [])];
  return replaced(entries, Env ?? []);
}

/** Each entry in the place of the one with its name, or at the end. An entry without a value takes the variable away. */
export function replaced(base: readonly string[], entries: readonly string[]): readonly string[] {
  const result = new Map(base.map((entry) => [entry.split('=', 1)[0] ?? '', entry]));
  for (const entry of entries) {
    const name = entry.split('=', 1)[0] ?? '';
    if (entry.includes('=')) result.set(name, entry);
    else result.delete(name);
  }
  return [...result.values()];
}

export const rlimitsOf = (ulimits: readonly Ulimit[]): readonly (readonly [RlimitName, Rlimit])[] => [
  ['nofile', DEFAULT_RLIMITS.nofile],
  ...ulimits.map(({ Name, Soft, Hard }) => [Name as RlimitName, { soft: unlimited(Soft), hard: unlimited(Hard) }] as const),
];
const unlimited = (value: number): number => (value < 0 ? Number.POSITIVE_INFINITY : value);

function askedDevices({ sys }: Daemon, { Devices }: HostConfig): readonly DeviceSpec[] {
  return (Devices ?? []).map(({ PathOnHost, PathInContainer }) => {
    try {
      const stat = sys.path.stat(PathOnHost);
      if (!stat.type.endsWith('-device')) throw badDevice(PathOnHost, 'not a device node');
      return {
        path: PathInContainer || PathOnHost,
        type: stat.type === 'block-device' ? 'block-device' : 'char-device',
        rdev: stat.rdev,
        mode: stat.mode,
      };
    } catch (error) {
      if (!isErrno(error)) throw error;
      throw badDevice(PathOnHost, error.message.toLowerCase());
    }
  });
}

const badDevice = (path: string, why: string): DockerError =>
  system(`error gathering device information while adding custom device ${JSON.stringify(path)}: ${why}`);

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
    if (mode.startsWith('container:')) join.push(daemon.sys.ns.of(kind, pidOf(daemon, mode.slice('container:'.length))));
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

function pidOf(daemon: Daemon, name: string): number {
  const other = daemon.containers.find(name);
  if (!other) throw noSuchContainer(name);
  if (!other.live.task) throw conflict(`cannot join PID namespace of a non running container: container ${other.name} is not running`);
  return other.live.task.pid;
}

const kernelMounts = ({ Privileged }: HostConfig): readonly ContainerMount[] => {
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
    { type: 'cgroup2', source: 'cgroup', target: '/sys/fs/cgroup', flags, readOnly, place: 'directory' },
    { type: 'mqueue', source: 'mqueue', target: '/dev/mqueue', flags, place: 'directory' },
  ];
};

function mountsOf(daemon: Daemon, container: Container): readonly ContainerMount[] {
  const { hostConfig } = container;
  const own = container.mounts.map(
    (mount): ContainerMount =>
      mount.Type === 'tmpfs'
        ? tmpfs(mount.Destination, mount.data ?? '', !mount.RW)
        : {
            type: 'none',
            source: sourceOf(daemon.sys, mount),
            target: mount.Destination,
            bind: true,
            recursive: true,
            readOnly: !mount.RW,
            place: isDirectory(daemon.sys, sourceOf(daemon.sys, mount)) ? 'directory' : 'file',
          },
  );
  const given = Object.entries(hostConfig.Tmpfs ?? {}).map(([target, options]) =>
    tmpfs(target, options, options.split(',').includes('ro')),
  );
  // What was asked for stands in the place of what every container has there. Upstream: withMounts, HasMountDestination.
  const asked = new Set([...own, ...given].map(({ target }) => target));
  const unasked = (mounts: readonly ContainerMount[]): readonly ContainerMount[] => mounts.filter(({ target }) => !asked.has(target));
  const all = [
    ...unasked(kernelMounts(hostConfig)),
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

/** mount(8)'s flags, which a tmpfs takes as every file system does. */
const MOUNT_FLAGS: ReadonlySet<string> = new Set(
  'defaults ro rw suid nosuid dev nodev exec noexec sync async dirsync remount mand nomand atime noatime diratime nodiratime bind rbind unbindable runbindable private rprivate shared rshared slave rslave relatime norelatime strictatime nostrictatime'.split(
    ' ',
  ),
);

function tmpfs(target: string, options: string, readOnly: boolean): ContainerMount {
  const words = options.split(',').filter((word) => word !== '' && !MOUNT_FLAGS.has(word));
  const bad = words.findLast((word) => !/^(size|mode|uid|gid|nr_inodes|nr_blocks|mpol)=/.test(word));
  if (bad !== undefined) throw invalid(`invalid tmpfs option ${JSON.stringify(bad.split('=', 1)[0])}`);
  const allowed = new Set(options.split(','));
  const flags = ['nosuid', 'nodev', 'noexec'].filter((flag) => !allowed.has(flag.slice(2)));
  return { type: 'tmpfs', source: 'tmpfs', target, flags: [...flags, 'relatime'], data: words.join(','), readOnly, place: 'directory' };
}

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
