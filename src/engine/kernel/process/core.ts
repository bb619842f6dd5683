/**
 * The kernel without its file system and network: scheduler, processes, signals, terminals, namespaces and cgroups joined
 * together. `kernel.ts` gives it the rest.
 */
import { Cgroup, type CgroupHost, type CgroupMember } from '../cgroup/cgroup.ts';
import { type Clock, createClock } from '../clock.ts';
import { Errno } from '../errno.ts';
import { KernelLog } from '../log.ts';
import { INITIAL_INODES, Namespaces, type ProcessNamespaces } from '../namespace/namespaces.ts';
import { Random } from '../random.ts';
import type { Program } from '../sys.ts';
import { Ttys } from '../tty/ttys.ts';
import { terminate } from './exit.ts';
import { createPidNamespace, numberIn } from './pids.ts';
import type { MountTable, NetworkPort } from './ports.ts';
import { Process } from './process.ts';
import { crash } from './program.ts';
import { Scheduler } from './scheduler.ts';
import { letGo, sendSignal } from './signal.ts';
import { Spans } from './spans.ts';
import type { KernelState, Uname } from './state.ts';
import { createSys } from './sys.ts';
import type { HostTurns } from './turns.ts';

export interface CoreOptions {
  readonly seed: number;
  readonly host: HostTurns;
  /** CLOCK_REALTIME when the machine is switched on. */
  readonly bootTimeNs: bigint;
  readonly hostname: string;
  readonly uname: Uname;
  readonly cpus: number;
  readonly memoryBytes: number;
  readonly network: NetworkPort;
  readonly mounts: MountTable;
  readonly load: (note: string) => Promise<Program | undefined>;
  readonly identify: (path: string, bytes: Uint8Array) => string | undefined;
}

const KIB = 1024;
const FIRST_PIPE_INODE = 20_000;

/** What must be there before the file system and the network, which ask for the time and for chance. */
export interface Ground {
  readonly scheduler: Scheduler;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: KernelLog;
}

export function createGround({ seed, host, bootTimeNs, cpus }: Pick<CoreOptions, 'seed' | 'host' | 'bootTimeNs' | 'cpus'>): Ground {
  const scheduler = new Scheduler(host, cpus);
  const log = new KernelLog(() => scheduler.nowNs);
  return { scheduler, clock: createClock(bootTimeNs, () => scheduler.nowNs), random: new Random(seed), log };
}

/** Joins the parts into a kernel without processes. */
export function createCore(ground: Ground, options: CoreOptions): KernelState {
  const { scheduler, clock, random, log } = ground;
  sayBoot(log, options);
  let inode = FIRST_PIPE_INODE;
  const namespaces = new Namespaces((gone) => {
    if (gone.kind === 'net' && 'stack' in gone.payload) options.network.destroyStack(gone.payload.stack);
  });
  const cgroup = new Cgroup(
    '',
    null,
    cgroupHost(scheduler, options, () => state),
  );
  cgroup.memory.maxBytes = options.memoryBytes;
  const initial = initialNamespaces(namespaces, { cgroup, options });
  const state: KernelState = {
    scheduler,
    clock,
    random,
    log,
    namespaces,
    cgroup,
    spans: new Spans(),
    faults: [],
    network: options.network,
    ttys: createTtys(clock, () => state),
    uname: options.uname,
    load: options.load,
    identify: options.identify,
    nextInode: () => (inode += 1),
    initial: () => initial,
    createSys: (process, image) => createSys(state, process, image),
    signal: (target, signal, sender) => sendSignal(state, target, signal, sender),
  };
  scheduler.onForeignAwait = (task) => reportForeignAwait(state, task.owner);
  return state;
}

/** What it found when it was switched on. */
function sayBoot(log: KernelLog, { uname, cpus, memoryBytes }: CoreOptions): void {
  log.say(`${uname.sysname} version ${uname.release} ${uname.version}`);
  log.say('Command line: BOOT_IMAGE=/boot/vmlinuz root=/dev/vda1 ro quiet');
  log.say(`smpboot: Allowing ${cpus} CPUs, 0 hotplug CPUs`);
  log.say(`Memory: ${Math.floor(memoryBytes / KIB)}K/${Math.floor(memoryBytes / KIB)}K available`);
}

/** Who was killed for want of memory, and in which group. Upstream: mm/oom_kill.c. */
function sayOomKill(log: KernelLog, process: Process, group: string): void {
  const pid = process.id.numbers[0] ?? 0;
  const kib = Math.floor(process.rssBytes / KIB);
  const { uid } = process.identity;
  log.say(
    `oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=/,mems_allowed=0,oom_memcg=${group},task_memcg=${group},task=${process.name},pid=${pid},uid=${uid}`,
  );
  log.say(
    `Memory cgroup out of memory: Killed process ${pid} (${process.name}) total-vm:${kib}kB, anon-rss:${kib}kB, file-rss:0kB, shmem-rss:0kB, UID:${uid} pgtables:${Math.ceil(kib / 512) * 4}kB oom_score_adj:${process.oomScoreAdj}`,
  );
}

/** A program that waits for anything but a system call would stop the machine for ever. */
function reportForeignAwait(state: KernelState, owner: unknown): void {
  if (!(owner instanceof Process)) return;
  crash(state, owner, new Error(`${owner.label} awaits something that is not a system call`));
}

function initialNamespaces(namespaces: Namespaces, { cgroup, options }: { cgroup: Cgroup; options: CoreOptions }): ProcessNamespaces {
  const inode = INITIAL_INODES;
  const pid = namespaces.add('pid', createPidNamespace(inode.pid, null), inode.pid);
  const all: ProcessNamespaces = {
    pid,
    pidForChildren: pid,
    mnt: namespaces.add('mnt', { table: options.mounts }, inode.mnt),
    net: namespaces.add('net', { stack: options.network.root }, inode.net),
    uts: namespaces.add('uts', { hostname: options.hostname, domainname: '(none)' }, inode.uts),
    ipc: namespaces.add('ipc', { settings: new Map() }, inode.ipc),
    cgroup: namespaces.add('cgroup', { root: cgroup }, inode.cgroup),
    time: namespaces.add('time', {}, inode.time),
    user: namespaces.add('user', {}, inode.user),
  };
  // The first ones are there for good.
  namespaces.enter(all);
  return all;
}

function createTtys(clock: Clock, state: () => KernelState): Ttys {
  return new Ttys({
    nowNs: () => clock.nowNs(),
    signalGroup: (group, signal) => {
      for (const member of [...group.members]) sendSignal(state(), member, signal, null);
    },
    hangUp: (session) => {
      const { tty, leader } = session;
      const foreground = [...(tty?.foreground?.members ?? [])];
      if (leader !== null && !foreground.includes(leader)) sendSignal(state(), leader, 'SIGHUP', null);
      for (const member of foreground) sendSignal(state(), member, 'SIGHUP', null);
      for (const member of foreground) sendSignal(state(), member, 'SIGCONT', null);
    },
  });
}

const processOf = (member: CgroupMember): Process => {
  if (!(member instanceof Process)) throw new Errno('ESRCH');
  return member;
};

function cgroupHost(scheduler: Scheduler, options: CoreOptions, state: () => KernelState): CgroupHost {
  const reader = (): Process | null => (scheduler.current?.owner instanceof Process ? scheduler.current.owner : null);
  const readersPids = () => reader()?.id.namespace ?? state().initial().pid.payload;
  return {
    cpus: options.cpus,
    memoryBytes: options.memoryBytes,
    nowNs: () => scheduler.nowNs,
    at: (atNs, fire) => void scheduler.at(atNs, fire),
    kill: (member) => terminate(state(), processOf(member), { signal: 'SIGKILL' }),
    oomKilled: (member, group) => sayOomKill(state().log, processOf(member), group),
    release: (member) => letGo(state(), processOf(member)),
    pidOf: (member) => numberIn(processOf(member).id, readersPids()),
    member: (pid) => (pid === 0 ? reader() : readersPids().ids.get(pid)?.process) ?? undefined,
    move: (member, to) => moveToCgroup(processOf(member), to),
  };
}

/** Moves a process, with what it holds, as writing to `cgroup.procs` does. */
export function moveToCgroup(process: Process, to: Cgroup): void {
  const from = process.cgroup;
  if (from === to || process.state !== 'alive') return;
  from.remove(process);
  from.pids.move(-1);
  from.memory.move(-process.rssBytes);
  process.cgroup = to;
  to.add(process);
  to.pids.move(1);
  to.memory.move(process.rssBytes);
}
