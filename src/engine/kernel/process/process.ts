/**
 * Processes, and what they are gathered in: groups (a pipeline) and sessions (a login). A process owns its descriptors, its
 * view of the file system, its namespaces and its place in the cgroup tree; the tasks in it share all of that. What happens
 * to it over its life is in `fork.ts`, `exec.ts`, `signal.ts` and `exit.ts`.
 */
import type { Cgroup, CgroupMember } from '../cgroup/cgroup.ts';
import { PROCESS_BASE_BYTES } from '../costs.ts';
import type { ProcessNamespaces } from '../namespace/namespaces.ts';
import type { Disposition, Exited, Pid, Rlimit, RlimitName, Signal } from '../sys.ts';
import type { Tty } from '../tty/tty.ts';
import { WaitQueue } from '../wait-queue.ts';
import type { Identity } from './credentials.ts';
import type { Descriptors } from './descriptors.ts';
import { numberIn, type ProcessId } from './pids.ts';
import type { FileView } from './ports.ts';
import type { Owner, Task } from './task.ts';

export interface Group {
  readonly id: ProcessId;
  readonly session: Session;
  readonly members: Set<Process>;
}

export interface Session {
  readonly id: ProcessId;
  leader: Process | null;
  readonly groups: Set<Group>;
  /** The controlling terminal. */
  tty: Tty | null;
}

/** The program that a process runs: replaced by exec. What belongs to a dead image does nothing any more. */
export interface Image {
  isAlive: boolean;
  /** What it was given, until it gives itself a title. */
  argv: readonly string[];
  readonly env: Map<string, string>;
  /** The file it came from, and the note in it. */
  readonly executable: string;
  readonly note: string;
}

export interface ProcessParts {
  readonly id: ProcessId;
  readonly parent: Process | null;
  readonly group: Group;
  readonly identity: Identity;
  readonly namespaces: ProcessNamespaces;
  readonly cgroup: Cgroup;
  readonly fds: Descriptors;
  readonly image: Image;
  readonly startNs: number;
  readonly name: string;
}

/** How a process ended, for whoever waits for it. */
export interface Ending {
  readonly status?: number;
  readonly signal?: Signal;
  readonly coreDumped?: boolean;
}

export class Process implements Owner, CgroupMember {
  readonly id: ProcessId;
  parent: Process | null;
  readonly children = new Set<Process>();
  group: Group;
  identity: Identity;
  namespaces: ProcessNamespaces;
  cgroup: Cgroup;
  fds: Descriptors;
  image: Image;
  name: string;
  readonly startNs: number;
  /** Set right after its making: it needs the process's credentials. */
  view: FileView | null = null;
  /** The first is the main one. */
  tasks: Task[] = [];
  state: 'alive' | 'zombie' | 'gone' = 'alive';
  ending: Ending | null = null;
  isStopped = false;
  /** A stop that no `wait` has reported yet. */
  stopSignal: Signal | null = null;
  readonly dispositions = new Map<Signal, Disposition>();
  /** Caught signals on their way to a handler, and any that came while it was frozen. */
  pending: Signal[] = [];
  /** Woken when a child ends or stops. */
  readonly childChanged = new WaitQueue();
  readonly rlimits = new Map<RlimitName, Rlimit>();
  nice = 0;
  /** Whoever started it from outside the machine. */
  onExit: ((exited: Exited) => void) | null = null;
  noNewPrivileges = false;
  isSubreaper = false;
  oomScoreAdj = 0;
  rssBytes = PROCESS_BASE_BYTES;
  selfNs = 0;
  childrenNs = 0;

  constructor(parts: ProcessParts) {
    this.id = parts.id;
    this.parent = parts.parent;
    this.group = parts.group;
    this.identity = parts.identity;
    this.namespaces = parts.namespaces;
    this.cgroup = parts.cgroup;
    this.fds = parts.fds;
    this.image = parts.image;
    this.startNs = parts.startNs;
    this.name = parts.name;
  }

  /** Its number in its own pid namespace. */
  get pid(): Pid {
    return numberIn(this.id, this.id.namespace);
  }

  get label(): string {
    return `${this.name} (${this.id.numbers[0] ?? 0})`;
  }

  get isInit(): boolean {
    return this.id.namespace.init === this;
  }

  isHeld(): boolean {
    return this.isStopped || this.cgroup.isHeld();
  }

  quotaLeftNs(): number {
    return this.cgroup.quotaLeftNs();
  }

  charged(ns: number): void {
    this.selfNs += ns;
    this.cgroup.chargeCpu(ns);
  }

  /** What a waiting parent is told. */
  exited(pid: Pid): Exited {
    return { pid, ...this.ending };
  }
}

/** Lets go on whatever was put aside while the process was held. */
export function releaseTasks(process: Process, release: (task: Task) => void): void {
  if (!process.isHeld()) for (const task of process.tasks) release(task);
}
