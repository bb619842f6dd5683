/**
 * The kernel: Linux, as far as containers need it. This file puts its parts together; each has a folder with a first file to
 * read: `process/scheduler.ts` (who runs, and what time it is), `process/process.ts`, `fs/index.ts`, `net/index.ts`,
 * `namespace/namespaces.ts`, `cgroup/cgroup.ts`, `tty/tty.ts`. What programs see of all that is `sys.ts`.
 *
 * Whoever holds a kernel starts a first process, calls `run` to let time pass, and reaches into it by mailboxes only.
 */
import type { Cgroup } from './cgroup/cgroup.ts';
import { FileCharges } from './cgroup/file-charges.ts';
import { INTERFACE_FILES } from './cgroup/files.ts';
import { cgroupTree } from './cgroup/tree.ts';
import type { CgroupV1 } from './cgroup/values.ts';
import { identifyForeign } from './elf.ts';
import type { VfsHost } from './fs/host.ts';
import { createVfs, type Vfs } from './fs/index.ts';
import { fsViewOf, viewsOf } from './fs-port.ts';
import { createNetwork, type Network } from './net/index.ts';
import { networkFiles, networkPort } from './net-port.ts';
import { createCore, createGround, type Ground } from './process/core.ts';
import { openDevice } from './process/devices.ts';
import { createMailbox, type Mailbox } from './process/mailbox.ts';
import { createProcSource, findProcess } from './process/proc-source.ts';
import { Process } from './process/process.ts';
import type { SpanLog } from './process/spans.ts';
import { type StartOptions, startProcess } from './process/start.ts';
import type { Fault, KernelState, Uname } from './process/state.ts';
import type { RunOptions, RunResult } from './process/turns.ts';
import { openWindow, type Window } from './process/window.ts';
import type { Fd, Pid, Program } from './sys.ts';
import { type Reading, readingOf } from './tty/reading.ts';

export type { Mailbox } from './process/mailbox.ts';
export type { SpanLog } from './process/spans.ts';
export type { StartOptions } from './process/start.ts';
export type { Fault } from './process/state.ts';
export type { RunOptions, RunResult } from './process/turns.ts';
export type { Window } from './process/window.ts';
export type { Reading } from './tty/reading.ts';

export interface KernelOptions {
  readonly seed: number;
  /** CLOCK_REALTIME when the machine is switched on. */
  readonly epochNs: bigint;
  /** The program of an executable's note; it may come from far away. */
  readonly load: (note: string) => Promise<Program | undefined>;
  /** The note of the program that stands in for a real ELF file; `identifyForeign`, if absent. */
  readonly identify?: (path: string, bytes: Uint8Array) => string | undefined;
  /** A real turn of the host's event loop. May be called again before an earlier call has resolved. */
  breathe(): Promise<void>;
  nowMs(): number;
  readonly hostname?: string;
  readonly cpus?: number;
  readonly memoryBytes?: number;
  /** A machine with the older control groups (cgroup/files-v1.ts); with version 2, if absent. */
  readonly cgroupV1?: CgroupV1 | undefined;
  readonly uname?: Partial<Uname>;
}

export interface Kernel {
  /** Lets time pass until then, never further, as it is seen from outside. With nothing left to happen: `idle`, at that instant. */
  run(untilNs: bigint, options?: RunOptions): Promise<RunResult>;
  /** Virtual nanoseconds since the machine was switched on. */
  nowNs(): bigint;
  /** When something happens by itself: `nowNs()` if a task is ready; null if everything waits for what is outside. */
  nextInstantNs(): bigint | null;
  /** Starts a process that nobody in the machine has forked: the first one becomes pid 1. */
  start(program: Program, options?: StartOptions): Pid;
  /** How something comes in: outside pushes, a program takes. */
  mailbox<T>(): Mailbox<T>;
  /** Does something at the next tick, the only place where the outside may touch a running machine. */
  enter(action: () => void): void;
  /** For a program that hands something out: whoever has it can look into the machine as that program, without moving it. */
  window(): Window;
  /** How the terminal is read whose master that descriptor of a process is (its number from outside). Null: there is none. */
  reading(pid: Pid, fd: Fd): Reading | null;
  /** Bugs of programs: must be empty. */
  readonly faults: readonly Fault[];
  readonly spans: SpanLog;
  readonly network: Network;
  readonly vfs: Vfs;
  /** All of its state, for whoever looks inside (`/drydock/…`). */
  readonly state: KernelState;
}

const GIGABYTE = 1024 ** 3;
const CPUS = 2;
const UNAME: Uname = {
  sysname: 'Linux',
  release: '6.12.57+deb13-amd64',
  version: '#1 SMP PREEMPT_DYNAMIC Debian 6.12.57-1 (2025-11-05)',
  machine: 'x86_64',
};
const KERNEL_BYTES = 190 * 1024 ** 2;

/** A machine without processes: the disk is empty, the time 0. */
export function createKernel(options: KernelOptions): Kernel {
  const host = { breathe: options.breathe, nowMs: options.nowMs };
  const cpus = options.cpus ?? CPUS;
  const ground = createGround({ seed: options.seed, host, bootTimeNs: options.epochNs, cpus });
  const network = createNetworkOn(ground);
  // The file system shows the processes, and processes live in the file system: whichever comes second is reached by name.
  const vfs: Vfs = createVfs(vfsHost(ground, { options, network, state: () => state }));
  const views = viewsOf(vfs);
  const state: KernelState = createCore(ground, {
    seed: options.seed,
    host,
    bootTimeNs: options.epochNs,
    hostname: options.hostname ?? 'localhost',
    uname: { ...UNAME, ...options.uname },
    cpus,
    memoryBytes: options.memoryBytes ?? 4 * GIGABYTE,
    network: networkPort(network, views.sockets),
    mounts: views.rootTable,
    load: options.load,
    identify: options.identify ?? ((_path, bytes) => identifyForeign(bytes)),
  });
  const window = (): Window => openWindow(state);
  const reading = (pid: Pid, fd: Fd): Reading | null => {
    const process = findProcess(state, state.initial().pid.inode, pid);
    return process ? readingOf(process, fd) : null;
  };
  const { faults } = state;
  return { ...runOf(state), ...startsOf(state, views), window, reading, faults, spans: state.spans, network, vfs, state };
}

function createNetworkOn({ scheduler, clock, random, log }: Ground): Network {
  return createNetwork({
    nowNs: () => clock.monotonicNs(),
    bytes: (count) => random.bytes(count),
    span: () => scheduler.current?.span ?? 0,
    after: (delayNs, callback) => void scheduler.at(scheduler.nowNs + delayNs, callback),
    log: (text) => log.say(text),
  });
}

function runOf({ scheduler }: KernelState): Pick<Kernel, 'run' | 'nowNs' | 'nextInstantNs' | 'enter'> {
  // A call may carry the clock a little past the end of a run; outside, that is still to come.
  let seenNs = 0;
  let untilNs = 0;
  const nowNs = (): number => {
    seenNs = Math.max(seenNs, Math.min(scheduler.outsideNs, untilNs));
    return seenNs;
  };
  return {
    run: (until, options) => {
      untilNs = Number(until);
      return scheduler.run(Number(until), options);
    },
    nowNs: () => BigInt(nowNs()),
    nextInstantNs: () => {
      const next = scheduler.nextNs();
      return next === null ? null : BigInt(Math.max(next, nowNs()));
    },
    enter: (action) => scheduler.enter(action),
  };
}

function startsOf(state: KernelState, views: ReturnType<typeof viewsOf>): Pick<Kernel, 'start' | 'mailbox'> {
  return {
    start: (program, options = {}) => startProcess(state, (process) => views.root(() => process.identity), { program, options }),
    mailbox: () => createMailbox(state),
  };
}

interface Parts {
  readonly options: KernelOptions;
  readonly network: Network;
  readonly state: () => KernelState;
}

/** What the file system asks of the rest. It asks later: everything is there by then. */
function vfsHost({ scheduler, clock }: Ground, { options, network, state }: Parts): VfsHost {
  const memoryBytes = options.memoryBytes ?? 4 * GIGABYTE;
  const proc = later(() =>
    createProcSource(state(), {
      cpus: options.cpus ?? CPUS,
      memoryBytes,
      kernelBytes: KERNEL_BYTES,
      cgroupControllers: options.cgroupV1?.controllers ?? [],
      network: networkFiles(network),
    }),
  );
  const here = () => (scheduler.current?.owner instanceof Process ? scheduler.current.owner.namespaces : state().initial());
  const processOf = (pidNamespace: number, pid: number): Process | undefined => findProcess(state(), pidNamespace, pid);
  return {
    nowNs: () => clock.nowNs(),
    span: () => scheduler.current?.span ?? 0,
    get proc() {
      return proc();
    },
    memoryBytes,
    fileCharges: () => {
      const charges = new FileCharges();
      return (bytes) => {
        const owner = scheduler.current?.owner;
        if (owner instanceof Process) charges.take(bytes, owner);
      };
    },
    pidNamespace: () => here().pid.inode,
    cgroupNamespace: () => here().cgroup.inode,
    cgroups: (type, inode) => {
      const files = type === 'cgroup' ? options.cgroupV1?.files : options.cgroupV1 ? undefined : INTERFACE_FILES;
      return files && cgroupTree(cgroupRoot(state(), inode), files);
    },
    devices: (rdev, devpts) => openDevice(state(), rdev, devpts),
    terminals: (devpts) => state().ttys.list(devpts),
    descriptor: (pidNamespace, pid, fd) => {
      const fds = processOf(pidNamespace, pid)?.fds;
      return fds?.has(fd) === true ? fds.file(fd) : undefined;
    },
    hold: (namespace) => state().namespaces.hold(state().namespaces.find(namespace)),
    release: (namespace) => state().namespaces.release(state().namespaces.find(namespace)),
    setOomScoreAdj: (pidNamespace, pid, value) => {
      const process = processOf(pidNamespace, pid);
      if (process !== undefined) process.oomScoreAdj = value;
    },
    viewOf: (pidNamespace, pid) => {
      const view = processOf(pidNamespace, pid)?.view ?? null;
      return view === null ? undefined : fsViewOf(view);
    },
  };
}

function later<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/** The group that a cgroup namespace has as its root. */
function cgroupRoot(state: KernelState, inode: number): Cgroup {
  const namespace = state.namespaces.list().find((candidate) => candidate.inode === inode);
  return namespace !== undefined && 'root' in namespace.payload ? namespace.payload.root : state.cgroup;
}
