/** All that the parts of the kernel share: handed to each function that needs it, so that machines do not know of each other. */
import type { Cgroup } from '../cgroup/cgroup.ts';
import type { Clock } from '../clock.ts';
import type { KernelLog } from '../log.ts';
import type { Namespaces, ProcessNamespaces } from '../namespace/namespaces.ts';
import type { Random } from '../random.ts';
import type { Pid, Program, Signal, Sys } from '../sys.ts';
import type { Ttys } from '../tty/ttys.ts';
import type { NetworkPort } from './ports.ts';
import type { Image, Process } from './process.ts';
import type { Scheduler } from './scheduler.ts';
import type { Spans } from './spans.ts';

/** A bug in a program: it threw, or waited for something that is not a system call. Never something a Linux program can do. */
export interface Fault {
  readonly pid: Pid;
  readonly program: string;
  readonly message: string;
  readonly error: unknown;
}

export interface Uname {
  readonly sysname: string;
  readonly release: string;
  readonly version: string;
  readonly machine: string;
}

export interface KernelState {
  readonly scheduler: Scheduler;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: KernelLog;
  readonly spans: Spans;
  readonly faults: Fault[];
  readonly namespaces: Namespaces;
  readonly cgroup: Cgroup;
  readonly network: NetworkPort;
  readonly ttys: Ttys;
  readonly uname: Uname;
  /** The program of an executable's note. */
  readonly load: (note: string) => Promise<Program | undefined>;
  /** The note of the program that stands in for somebody else's ELF file. */
  readonly identify: (path: string, bytes: Uint8Array) => string | undefined;
  /** Numbers for what has an inode but no file system: pipes, sockets. */
  nextInode(): number;
  /** Asks what the first process's namespaces were made of. */
  initial(): ProcessNamespaces;
  // Parts that need each other, joined in kernel.ts.
  createSys(process: Process, image: Image): Sys;
  signal(target: Process, signal: Signal, sender: Process | null): void;
}
