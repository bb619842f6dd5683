/** Writes a computer's disk: folders, configuration, executables, mounts. The first thing that runs on a machine. */

import { CGROUP_V1_CONTROLLERS } from '../../kernel/cgroup/values.ts';
import { makeExecutable } from '../../kernel/elf.ts';
import { makedev } from '../../kernel/fs/device-number.ts';
import type { Sys } from '../../kernel/sys.ts';
import type { MachineSpec, StartFile } from '../types.ts';
import { CLOUD_FILES } from './cloud-account.ts';
import { HOST_DIRECTORIES, HOST_FILES, HOST_LINKS, type HostFile, nameFiles, RECORDED_HOST_FILES } from './host-files.ts';
import { BOOK_PROGRAMS, HOST_PROGRAMS, type HostProgram } from './host-programs.ts';

export const LEARNER = 1000;
const DEVICES: readonly (readonly [name: string, major: number, minor: number, mode: number])[] = [
  ['null', 1, 3, 0o666],
  ['zero', 1, 5, 0o666],
  ['full', 1, 7, 0o666],
  ['random', 1, 8, 0o666],
  ['urandom', 1, 9, 0o666],
  ['tty', 5, 0, 0o666],
  ['console', 5, 1, 0o600],
  ['ptmx', 5, 2, 0o666],
  ['kmsg', 1, 11, 0o644],
];

function makeDevices(sys: Sys): void {
  for (const [name, major, minor, mode] of DEVICES) {
    sys.path.mknod(`/dev/${name}`, 'char-device', mode, makedev(major, minor));
    sys.path.chmod(`/dev/${name}`, mode);
  }
  sys.path.mkdir('/dev/pts', 0o755);
  sys.path.mkdir('/dev/shm', 0o1777);
  for (const [link, target] of [
    ['fd', '/proc/self/fd'],
    ['stdin', '/proc/self/fd/0'],
    ['stdout', '/proc/self/fd/1'],
    ['stderr', '/proc/self/fd/2'],
  ] as const)
    sys.path.symlink(target, `/dev/${link}`);
}

const SAFE = ['nosuid', 'nodev', 'noexec', 'relatime'];

/** What lies on a disk before anybody uses it. */
export interface Disk {
  readonly directories: readonly (readonly [path: string, mode: number])[];
  readonly files: readonly HostFile[];
  readonly programs: readonly HostProgram[];
  /** Files of the user, whom her home belongs to. */
  readonly own: readonly StartFile[];
  readonly owner: number;
  /** Where a memory of its own is mounted. */
  readonly memories: readonly string[];
  /** Which version of control groups is mounted; the controllers' names, if it is the older one. */
  readonly cgroups: 'v2' | readonly string[];
}

const HOME = '/home/learner';
/** On the machine of the recordings these are in memory: a folder takes nothing, and lists what came last first. */
const RECORDED_TMPFS = ['/var/lib/docker', '/var/lib/containerd', HOME];

function mountAll(sys: Sys, { memories, cgroups }: Disk): void {
  const mount = (
    type: 'sysfs' | 'tmpfs' | 'devpts' | 'cgroup' | 'cgroup2',
    target: string,
    more: { readonly data?: string; readonly flags?: readonly string[] } = {},
  ): void =>
    sys.path.mount({ type, source: type, target, flags: more.flags ?? SAFE, ...(more.data === undefined ? {} : { data: more.data }) });
  /** All controllers in one hierarchy, and beside it the name of each. */
  const mountOldCgroups = (controllers: readonly string[]): void => {
    const [root, data] = ['/sys/fs/cgroup', controllers.join(',')];
    mount('tmpfs', root, { data: 'mode=755' });
    sys.path.mkdir(`${root}/${data}`, 0o755);
    mount('cgroup', `${root}/${data}`, { data });
    for (const name of controllers) sys.path.symlink(data, `${root}/${name}`);
  };
  mount('sysfs', '/sys');
  mount('tmpfs', '/dev', { data: 'mode=755,size=64m', flags: ['nosuid'] });
  makeDevices(sys);
  mount('devpts', '/dev/pts', { data: 'gid=5,mode=620,ptmxmode=666', flags: ['nosuid', 'noexec', 'relatime'] });
  mount('tmpfs', '/dev/shm', { data: 'mode=1777', flags: ['nosuid', 'nodev'] });
  mount('tmpfs', '/run', { data: 'mode=755,size=400m', flags: ['nosuid', 'nodev', 'noexec', 'relatime'] });
  if (cgroups === 'v2') mount('cgroup2', '/sys/fs/cgroup');
  else mountOldCgroups(cgroups);
  for (const root of memories) mount('tmpfs', root, { data: root === HOME ? 'mode=1777' : 'mode=711', flags: [] });
  for (const folder of ['/run/systemd', '/run/systemd/system', '/run/containerd', '/run/lock']) sys.path.mkdir(folder, 0o755);
}

function mkdirs(sys: Sys, path: string, uid: number): void {
  const parent = path.slice(0, path.lastIndexOf('/'));
  if (parent === '' || sys.path.access(parent, {})) return;
  mkdirs(sys, parent, uid);
  sys.path.mkdir(parent, 0o755);
  sys.path.chown(parent, uid, uid);
}

function writeStartFile(sys: Sys, { path, bytes, mode }: StartFile, uid: number): void {
  mkdirs(sys, path, uid);
  sys.path.writeFile(path, bytes, mode);
  sys.path.chown(path, uid, uid);
}

/** The disk of the host. */
export function hostDisk(spec: MachineSpec): Disk {
  const isBook = spec.world === 'book';
  return {
    directories: HOST_DIRECTORIES,
    files: [...HOST_FILES, ...nameFiles(spec.world), ...(isBook ? [] : RECORDED_HOST_FILES)],
    programs: isBook ? [...HOST_PROGRAMS, ...BOOK_PROGRAMS] : HOST_PROGRAMS,
    own: [...(isBook ? CLOUD_FILES : []), ...(spec.files ?? [])],
    owner: isBook ? LEARNER : 0,
    memories: isBook ? [] : RECORDED_TMPFS,
    cgroups: isBook ? 'v2' : CGROUP_V1_CONTROLLERS,
  };
}

export function writeDisk(sys: Sys, disk: Disk): void {
  sys.umask(0);
  const encoder = new TextEncoder();
  for (const [path, mode] of disk.directories) sys.path.mkdir(path, mode);
  for (const [link, target] of HOST_LINKS) sys.path.symlink(target, link);
  for (const { path, text, mode } of disk.files) sys.path.writeFile(path, encoder.encode(text), mode ?? 0o644);
  for (const { path, note, mode } of disk.programs) sys.path.writeFile(path, makeExecutable(note), mode ?? 0o755);
  mountAll(sys, disk);
  if (disk.memories.includes(HOME))
    for (const [path, mode] of disk.directories) if (path.startsWith(`${HOME}/`)) sys.path.mkdir(path, mode);
  for (const path of ['/home/learner', '/home/learner/lab']) sys.path.chown(path, disk.owner, disk.owner);
  for (const file of disk.own) writeStartFile(sys, file, disk.owner);
  sys.umask(0o022);
}
