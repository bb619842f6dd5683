/** What a container is started with beyond what every one has: devices, settings of the kernel, memories. Fetched with the first that asks. */

import type { DeviceRequest, HostConfig } from '../../../api-types/index.ts';
import { isErrno } from '../../../kernel/errno.ts';
import { majorOf, minorOf } from '../../../kernel/fs/device-number.ts';
import type { Sys } from '../../../kernel/sys.ts';
import type { Daemon } from '../../daemon.ts';
import { type DockerError, invalid, system } from '../../errors.ts';
import { isDirectory, namesIn } from '../../files.ts';
import type { ContainerMount, DeviceSpec } from '../../runtime/spec.ts';
import { sourceOf } from '../../volumes/image-mounts.ts';
import type { Container } from '../container.ts';
import { createFailed } from '../errors.ts';
import { specRefused } from './errors.ts';

export { securityOf } from './seccomp.ts';

/** What runc does not let a container change for everybody. Upstream: runc libcontainer/configs/validate. */
function checkSysctl(name: string, { NetworkMode, IpcMode }: HostConfig): void {
  if (name.startsWith('net.') && NetworkMode === 'host') throw specRefused(`sysctl "${name}" not allowed in host network namespace`);
  if (/^(kernel\.(msg|sem|shm)|fs\.mqueue\.)/.test(name) && IpcMode === 'host')
    throw specRefused(`sysctl "${name}" is not allowed in the hosts ipc namespace`);
}

/** What was asked for beside what every container has: a privileged one gets all of the host's. Throws DockerError. */
export function askedDevices({ sys }: Daemon, { Devices, Privileged }: HostConfig, usual: readonly DeviceSpec[]): readonly DeviceSpec[] {
  const found = Privileged ? hostDevices(sys, usual) : [];
  const there = new Set([...usual, ...found].map(({ path }) => path));
  const asked = (Devices ?? []).map(({ PathOnHost, PathInContainer }) => deviceAt(sys, PathOnHost, PathInContainer || PathOnHost));
  return [...found, ...(Privileged ? asked.filter(({ path }) => !there.has(path)) : asked)];
}

function deviceAt(sys: Sys, source: string, path: string): DeviceSpec {
  try {
    const { type, rdev, mode } = sys.path.stat(source);
    if (!type.endsWith('-device')) throw badDevice(source, 'not a device node');
    return { path, type: type === 'block-device' ? 'block-device' : 'char-device', rdev, mode };
  } catch (error) {
    if (!isErrno(error)) throw error;
    throw badDevice(source, error.message.toLowerCase());
  }
}

/** What every container has a way of its own to. */
const OWN_NODES: ReadonlySet<string> = new Set(['/dev/console', '/dev/ptmx']);

/** The nodes below the host's /dev. Upstream: opencontainers devices.HostDevices, which leaves the console out. */
function hostDevices(sys: Sys, usual: readonly DeviceSpec[]): readonly DeviceSpec[] {
  return namesIn(sys, '/dev')
    .map((name) => `/dev/${name}`)
    .filter((path) => !OWN_NODES.has(path) && !usual.some((device) => device.path === path))
    .filter((path) => sys.path.lstat(path).type.endsWith('-device'))
    .map((path) => deviceAt(sys, path, path));
}

const badDevice = (path: string, why: string): DockerError =>
  system(`error gathering device information while adding custom device ${JSON.stringify(path)}: ${why}`);

/** mount(8)'s flags, which a tmpfs takes as every file system does. */
const MOUNT_FLAGS: ReadonlySet<string> = new Set(
  'defaults ro rw suid nosuid dev nodev exec noexec sync async dirsync remount mand nomand atime noatime diratime nodiratime bind rbind unbindable runbindable private rprivate shared rshared slave rslave relatime norelatime strictatime nostrictatime'.split(
    ' ',
  ),
);

export function tmpfs(target: string, options: string, readOnly: boolean): ContainerMount {
  const words = options.split(',').filter((word) => word !== '' && !MOUNT_FLAGS.has(word));
  const bad = words.findLast((word) => !/^(size|mode|uid|gid|nr_inodes|nr_blocks|mpol)=/.test(word));
  if (bad !== undefined) throw invalid(`invalid tmpfs option ${JSON.stringify(bad.split('=', 1)[0])}`);
  const allowed = new Set(options.split(','));
  const flags = ['nosuid', 'nodev', 'noexec'].filter((flag) => !allowed.has(flag.slice(2)));
  return { type: 'tmpfs', source: 'tmpfs', target, flags: [...flags, 'relatime'], data: words.join(','), readOnly, place: 'directory' };
}

/** No machine of the model has a graphics card. */
function noDevice({ Driver = '', Capabilities }: Partial<DeviceRequest>): DockerError {
  const wanted = (Capabilities ?? []).map((set) => set ?? []);
  const isGpu = wanted.some((set) => set.every((one) => ['gpu', 'amd'].includes(one)));
  if (Driver === '' && isGpu) return system('failed to discover GPU vendor from CDI: no known GPU vendor found');
  return invalid(`could not select device driver "${Driver}" with capabilities: [${wanted.map((set) => `[${set.join(' ')}]`).join(' ')}]`);
}

/** Throws DockerError. */
export function checkDeviceRequests({ DeviceRequests }: HostConfig): void {
  for (const request of DeviceRequests ?? []) throw noDevice(request);
}

/** A device whose reading or writing is to be slowed down must be there, and hold blocks. Throws DockerError. */
export function checkThrottled({ sys, cgroups }: Daemon, container: Container): void {
  const { BlkioDeviceReadBps, BlkioDeviceWriteBps, BlkioDeviceReadIOps, BlkioDeviceWriteIOps } = container.hostConfig;
  const asked = [
    ...named('read_bps', 'rbps', BlkioDeviceReadBps),
    ...named('write_bps', 'wbps', BlkioDeviceWriteBps),
    ...named('read_iops', 'riops', BlkioDeviceReadIOps),
    ...named('write_iops', 'wiops', BlkioDeviceWriteIOps),
  ];
  for (const { Path } of asked) if (!sys.path.access(Path, {})) throw system(`stat ${Path}: no such file or directory`);
  for (const { Path, Rate, old, unified } of asked) {
    const { type, rdev } = sys.path.stat(Path);
    if (type === 'block-device') continue;
    const device = `${majorOf(rdev)}:${minorOf(rdev)}`;
    const [file, value] =
      cgroups.kind.version === 1
        ? [`/sys/fs/cgroup/blkio${cgroups.of(container)}/blkio.throttle.${old}_device`, `${device} ${Rate}`]
        : [`/sys/fs/cgroup${cgroups.of(container)}/io.max`, `${device} ${unified}=${Rate}`];
    throw createFailed(`error setting cgroup config for procHooks process: failed to write "${value}": write ${file}: no such device`);
  }
}

type Throttles = HostConfig['BlkioDeviceReadBps'];

/** With the names of what is limited in both versions of cgroups. */
const named = (old: string, unified: string, devices: Throttles) => (devices ?? []).map((device) => ({ ...device, old, unified }));

/** Throws DockerError. */
export function checkSysctls(hostConfig: HostConfig): void {
  for (const name of Object.keys(hostConfig.Sysctls ?? {})) checkSysctl(name, hostConfig);
}

/** `--tmpfs`. */
export const askedMemories = ({ Tmpfs }: HostConfig): readonly ContainerMount[] =>
  Object.entries(Tmpfs ?? {}).map(([target, options]) => tmpfs(target, options, options.split(',').includes('ro')));

/** What stands in the container for its mounts. Throws DockerError. */
export const ownMounts = ({ sys }: Daemon, { mounts }: Container): readonly ContainerMount[] =>
  mounts.map((mount): ContainerMount => {
    const { Type, Destination, data = '', RW } = mount;
    if (Type === 'tmpfs') return tmpfs(Destination, data, !RW);
    const source = sourceOf(sys, mount);
    const place = isDirectory(sys, source) ? 'directory' : 'file';
    return { type: 'none', source, target: Destination, bind: true, recursive: true, readOnly: !RW, place };
  });
