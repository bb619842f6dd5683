/** What the virtual file systems ask of the rest of the kernel. Declared here, by the one who needs it; provided by processes and cgroups. */
import type { Access } from '../open-file.ts';
import type { NamespaceKind } from '../sys.ts';

/** One process, as /proc/PID shows it. Numbers are those of the namespace that the procfs was mounted in. */
export interface ProcessInfo {
  readonly pid: number;
  readonly ppid: number;
  readonly pgid: number;
  readonly sid: number;
  readonly name: string;
  readonly state: 'R' | 'S' | 'D' | 'T' | 'Z';
  readonly argv: readonly string[];
  readonly env: readonly string[];
  readonly exe: string;
  readonly cwd: string;
  readonly root: string;
  /** None, once it has no files any more. */
  readonly umask?: number;
  readonly uid: number;
  readonly gid: number;
  readonly groups: readonly number[];
  readonly capabilities: bigint;
  /** What an exec may regain. */
  readonly bounding: bigint;
  readonly noNewPrivileges: boolean;
  /** A seccomp filter looks at its system calls. */
  readonly isFiltered: boolean;
  /** Signals with a handler, and those that are ignored: bit N-1 for signal N. */
  readonly caught: bigint;
  readonly ignored: bigint;
  readonly threads: number;
  readonly rssBytes: number;
  readonly startNs: bigint;
  readonly userNs: bigint;
  readonly systemNs: bigint;
  readonly ttyDevice: number;
  readonly tpgid: number;
  readonly fds: ReadonlyMap<number, { readonly name: string; readonly access: Access }>;
  /** Its pids from the mounting namespace inwards (`NSpid`). */
  readonly nsPids: readonly number[];
  readonly namespaces: Readonly<Record<NamespaceKind, number>>;
  /** As in /proc/PID/cgroup, seen from the reader's cgroup namespace. */
  readonly cgroup: string;
  /** As a list: `0-1,3`. */
  readonly allowedCpus: string;
  readonly limits: readonly { readonly name: string; readonly soft: string; readonly hard: string; readonly unit: string }[];
  readonly oomScoreAdj: number;
}

export interface ProcSource {
  /** Processes seen in a pid namespace, ascending. `pidNamespace` is the inode number of the namespace. */
  pids(pidNamespace: number): readonly number[];
  process(pidNamespace: number, pid: number): ProcessInfo | undefined;
  /** The pid of the task that is looking, in that namespace, for /proc/self. */
  self(pidNamespace: number): number;
  /** The mount table of a process, as lines of /proc/PID/mounts. */
  memory(): { readonly totalBytes: number; readonly freeBytes: number; readonly availableBytes: number };
  readonly cpus: number;
  /** The controllers of the one hierarchy of cgroup v1; none on a machine with version 2. */
  readonly cgroupControllers: readonly string[];
  uptimeNs(): bigint;
  bootTimeNs(): bigint;
  loadAverage(): readonly [number, number, number];
  readonly kernel: { readonly release: string; readonly version: string };
  hostname(): string;
  /** /proc/net/{dev,tcp,tcp6,udp,route,…} of the looking process's network namespace; undefined if there is no such file. */
  net(file: string): string | undefined;
  /** /proc/sys as `net.ipv4.ip_forward`; undefined if there is no such setting. */
  sysctl(name: string): string | undefined;
  setSysctl(name: string, value: string): void;
  sysctls(): readonly string[];
}

/** A tree of small files that are computed when they are read: the interface files of control groups, as seen from a cgroup namespace. */
export interface VirtualTree {
  /** Names in a directory, or undefined if `path` (like `/docker/ID`) is none. */
  list(path: string): readonly { readonly name: string; readonly directory: boolean; readonly mode: number }[] | undefined;
  /** What is at a path, without listing what lies beside it. */
  find(path: string): { readonly directory: boolean; readonly mode: number } | undefined;
  read(path: string): string;
  write(path: string, text: string): void;
  mkdir(path: string): void;
  rmdir(path: string): void;
}
