/** What the file system asks of the rest of the kernel. */
import type { OpenFile } from '../open-file.ts';
import type { NamespaceRef } from '../sys.ts';
import type { ProcSource, VirtualTree } from './sources.ts';
import type { FsView } from './view.ts';

export interface VfsHost {
  nowNs(): bigint;
  /** Why the running task acts. */
  span(): number;
  readonly proc: ProcSource;
  /** The cgroup tree as the cgroup namespace with this inode number sees it; undefined if the machine has the other version. */
  cgroups(type: 'cgroup' | 'cgroup2', cgroupNamespace: number): VirtualTree | undefined;
  /** Opens the device with this number; `devpts` is the device number of the devpts it was found in, or that the process sees. */
  devices(rdev: number, devpts: number): OpenFile | undefined;
  /** The numbers of the terminals that were opened in a devpts. */
  terminals(devpts: number): readonly number[];
  /** Of the task that is running: procfs and the control groups show the namespace they were mounted in. */
  pidNamespace(): number;
  cgroupNamespace(): number;
  /** The file system as a process sees it; undefined if it is gone. */
  viewOf(pidNamespace: number, pid: number): FsView | undefined;
  /** What a descriptor of a process refers to, for /proc/PID/fd. */
  descriptor(pidNamespace: number, pid: number, fd: number): OpenFile | undefined;
  /** A bind mount of a namespace's file keeps it, until it is taken down. */
  hold(namespace: NamespaceRef): void;
  release(namespace: NamespaceRef): void;
  /** A write to /proc/PID/oom_score_adj. */
  setOomScoreAdj?(pidNamespace: number, pid: number, value: number): void;
  /** For a new tmpfs: who is told of the bytes that its files take or, below zero, give back. */
  fileCharges?(): (bytes: number) => void;
  /** For tmpfs, which takes half of it unless told otherwise. */
  readonly memoryBytes?: number;
}
