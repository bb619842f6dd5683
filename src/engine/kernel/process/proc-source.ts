/** What /proc shows of processes and the machine (fs/proc/*.c), for the procfs of `kernel/fs`. */
import type { Cgroup } from '../cgroup/cgroup.ts';
import type { ProcessInfo, ProcSource } from '../fs/sources.ts';
import { NAMESPACE_KINDS } from '../namespace/namespaces.ts';
import type { Disposition, NamespaceKind, Signal } from '../sys.ts';
import { capabilityMask } from './credentials.ts';
import { numberIn, type PidNamespace, processesIn } from './pids.ts';
import { Process } from './process.ts';
import { DEFAULT_RLIMITS, RLIMIT_TABLE } from './rlimits.ts';
import { SIGNALS } from './signals.ts';
import type { KernelState } from './state.ts';
import { createSysctls } from './sysctl.ts';

/** What the network tells of a namespace's stack. */
export interface NetworkFiles {
  file(stack: object, name: string): string | undefined;
  sysctl(stack: object, name: string): string | undefined;
  setSysctl(stack: object, name: string, value: string): void;
  sysctls(stack: object): readonly string[];
}

export interface ProcOptions {
  readonly cpus: number;
  readonly memoryBytes: number;
  /** What the kernel itself holds. */
  readonly kernelBytes: number;
  readonly cgroupControllers: readonly string[];
  readonly network: NetworkFiles;
}

export function createProcSource(state: KernelState, options: ProcOptions): ProcSource {
  const looking = (): Process | null => (state.scheduler.current?.owner instanceof Process ? state.scheduler.current.owner : null);
  const stack = (): object => (looking()?.namespaces ?? state.initial()).net.payload.stack;
  const namespace = (inode: number): PidNamespace | undefined => pidNamespace(state, inode);
  const sysctls = createSysctls(state, looking);
  const freeBytes = (): number =>
    Math.max(0, options.memoryBytes - options.kernelBytes - machineOf(looking()?.cgroup ?? state.cgroup).memory.currentBytes);
  return {
    pids: (inode) => {
      const pids = namespace(inode);
      return pids === undefined ? [] : processesIn(pids).map((process) => numberIn(process.id, pids));
    },
    process: (inode, pid) => {
      const pids = namespace(inode);
      const process = pids?.ids.get(pid)?.process;
      return pids === undefined || process === null || process === undefined
        ? undefined
        : infoOf(process, { pids, reader: looking(), state });
    },
    self: (inode) => {
      const [pids, process] = [namespace(inode), looking()];
      return pids === undefined || process === null ? 0 : numberIn(process.id, pids);
    },
    memory: () => ({ totalBytes: options.memoryBytes, freeBytes: freeBytes(), availableBytes: freeBytes() }),
    cpus: options.cpus,
    cgroupControllers: options.cgroupControllers,
    uptimeNs: () => state.clock.monotonicNs(),
    bootTimeNs: () => state.clock.nowNs() - state.clock.monotonicNs(),
    loadAverage: createLoadAverage(state),
    kernel: { release: state.uname.release, version: state.uname.version },
    hostname: () => (looking()?.namespaces ?? state.initial()).uts.payload.hostname,
    net: (file) => options.network.file(stack(), file),
    sysctl: (name) => (isNet(name) ? options.network.sysctl(stack(), name) : sysctls.get(name)),
    setSysctl: (name, value) => (isNet(name) ? options.network.setSysctl(stack(), name, value) : sysctls.set(name, value)),
    sysctls: () => [...sysctls.names(), ...options.network.sysctls(stack())],
  };
}

/** All of the computer that a group is on. */
function machineOf(cgroup: Cgroup): Cgroup {
  let top = cgroup;
  for (const group of cgroup.lineage()) top = group;
  return top;
}

/** The process with this number in a pid namespace. */
export function findProcess(state: KernelState, inode: number, pid: number): Process | undefined {
  return pidNamespace(state, inode)?.ids.get(pid)?.process ?? undefined;
}

const isNet = (sysctl: string): boolean => sysctl.startsWith('net.');

function pidNamespace(state: KernelState, inode: number): PidNamespace | undefined {
  const found = state.namespaces.list().find((namespace) => namespace.inode === inode);
  return found !== undefined && 'ids' in found.payload ? found.payload : undefined;
}

/** The share of time that something ran, damped over 1, 5 and 15 minutes; brought up to date when somebody looks. */
function createLoadAverage(state: KernelState): () => readonly [number, number, number] {
  const loads = [0, 0, 0];
  let atNs = 0;
  let usageNs = 0;
  return () => {
    const passedNs = state.scheduler.nowNs - atNs;
    const share = passedNs === 0 ? 0 : (state.cgroup.cpu.usageNs - usageNs) / passedNs;
    [60e9, 300e9, 900e9].forEach((windowNs, i) => {
      const decay = Math.exp(-passedNs / windowNs);
      loads[i] = (loads[i] ?? 0) * decay + share * (1 - decay);
    });
    atNs = state.scheduler.nowNs;
    usageNs = state.cgroup.cpu.usageNs;
    const [one = 0, five = 0, fifteen = 0] = loads;
    return [one, five, fifteen];
  };
}

const bit = (signal: Signal): bigint => (SIGNALS.includes(signal) ? 1n << BigInt(SIGNALS.indexOf(signal)) : 0n);

function dispositionsOf({ dispositions }: Process): Pick<ProcessInfo, 'caught' | 'ignored'> {
  const sum = (wanted: (disposition: Disposition) => boolean): bigint =>
    [...dispositions].reduce((mask, [signal, disposition]) => (wanted(disposition) ? mask | bit(signal) : mask), 0n);
  return { caught: sum((one) => typeof one === 'function'), ignored: sum((one) => one === 'ignore') };
}

interface Look {
  readonly pids: PidNamespace;
  readonly reader: Process | null;
  readonly state: KernelState;
}

function infoOf(process: Process, { pids, reader, state }: Look): ProcessInfo {
  const { identity, group, image } = process;
  const { tty } = group.session;
  const numbers = process.id.numbers.slice(pids.level);
  const usedNs = process.selfNs + (reader === process ? state.scheduler.unchargedNs : 0);
  return {
    pid: numberIn(process.id, pids),
    ppid: process.parent === null ? 0 : numberIn(process.parent.id, pids),
    pgid: numberIn(group.id, pids),
    sid: numberIn(group.session.id, pids),
    name: process.name,
    state: stateOf(process, reader),
    argv: process.state === 'alive' ? image.argv : [],
    env: [...image.env].map(([name, value]) => `${name}=${value}`),
    exe: image.executable,
    ...placesOf(process),
    uid: identity.uid,
    gid: identity.gid,
    groups: identity.groups,
    capabilities: capabilityMask(identity.capabilities),
    bounding: capabilityMask(identity.bounding),
    noNewPrivileges: process.noNewPrivileges,
    isFiltered: identity.filter !== undefined,
    ...dispositionsOf(process),
    threads: Math.max(1, process.tasks.length),
    rssBytes: process.rssBytes,
    startNs: BigInt(Math.floor(process.startNs)),
    userNs: BigInt(Math.floor(usedNs * 0.75)),
    systemNs: BigInt(Math.floor(usedNs * 0.25)),
    ttyDevice: tty?.rdev ?? 0,
    tpgid: tty?.foreground === null || tty === null ? -1 : numberIn(tty.foreground.id, pids),
    fds: descriptorsOf(process),
    nsPids: numbers,
    namespaces: namespacesOf(process),
    cgroup: cgroupPath(process.cgroup, (reader?.namespaces ?? state.initial()).cgroup.payload.root),
    allowedCpus: process.cgroup.allowedCpus(),
    limits: limitsOf(process),
    oomScoreAdj: process.oomScoreAdj,
  };
}

const descriptorsOf = ({ fds }: Process): ProcessInfo['fds'] =>
  new Map(fds.list().map((fd) => [fd, { name: fds.file(fd).name, access: fds.get(fd).access }]));

function stateOf(process: Process, reader: Process | null): ProcessInfo['state'] {
  if (process.state !== 'alive') return 'Z';
  if (process.isStopped) return 'T';
  if (process.cgroup.isFrozen()) return 'D';
  const runs = process === reader || process.tasks.some((task) => task.state === 'ready' || task.state === 'running');
  return runs ? 'R' : 'S';
}

function placesOf(process: Process): Pick<ProcessInfo, 'cwd' | 'root' | 'umask'> {
  return process.state === 'alive' && process.view !== null
    ? { cwd: process.view.cwdPath(), root: process.view.rootPath(), umask: process.view.umask }
    : { cwd: '', root: '' };
}

function namespacesOf(process: Process): Record<NamespaceKind, number> {
  const inodes: Record<NamespaceKind, number> = { mnt: 0, pid: 0, net: 0, uts: 0, ipc: 0, cgroup: 0, time: 0, user: 0 };
  for (const kind of NAMESPACE_KINDS) inodes[kind] = process.namespaces[kind].inode;
  return inodes;
}

/** A cgroup's path as seen from a namespace's root: `/`, `/ID`, `/../other`. */
export function cgroupPath(cgroup: Cgroup, root: Cgroup): string {
  const own = [...cgroup.lineage()].reverse();
  const base = [...root.lineage()].reverse();
  let common = 0;
  while (common < base.length && own[common] === base[common]) common += 1;
  const up = base.slice(common).map(() => '..');
  const down = own.slice(common).map((group) => group.name);
  return `/${[...up, ...down].join('/')}`;
}

function limitsOf(process: Process): ProcessInfo['limits'] {
  const shown = (value: number): string => (value === Number.POSITIVE_INFINITY ? 'unlimited' : String(value));
  return RLIMIT_TABLE.map(([name, unit, key]) => {
    const { soft, hard } = process.rlimits.get(key) ?? DEFAULT_RLIMITS[key];
    return { name, unit, soft: shown(soft), hard: shown(hard) };
  });
}
