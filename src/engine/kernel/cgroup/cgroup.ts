/**
 * Control groups: a tree of groups, each process in one of them, and per group what it may use and has used. `memory.ts`, `cpu.ts`
 * and the rest are what the controllers do; `files.ts` is what `/sys/fs/cgroup` shows of them, `files-v1.ts` on a machine with version 1.
 * Everything counts in a group and all groups above it, so a limit holds for a whole subtree.
 */
import { Errno } from '../errno.ts';
import type { Pid } from '../sys.ts';
import { CpuController, type CpuTimers } from './cpu.ts';
import { MemoryController } from './memory.ts';
import { PidsController } from './pids.ts';

/** A process, as its cgroup sees it. */
export interface CgroupMember {
  readonly label: string;
  readonly rssBytes: number;
  readonly oomScoreAdj: number;
}

/** What the controllers have done to processes. */
export interface CgroupHost extends CpuTimers {
  kill(member: CgroupMember): void;
  /** It is about to be killed because its group, at this path, has no more memory. */
  oomKilled?(member: CgroupMember, group: string): void;
  /** It may go on, if nothing else holds it. */
  release(member: CgroupMember): void;
  pidOf(member: CgroupMember): Pid;
  member(pid: Pid): CgroupMember | undefined;
  move(member: CgroupMember, to: Cgroup): void;
  readonly cpus: number;
  readonly memoryBytes: number;
}

export class Cgroup {
  readonly name: string;
  readonly parent: Cgroup | null;
  readonly host: CgroupHost;
  readonly children = new Map<string, Cgroup>();
  readonly members = new Set<CgroupMember>();
  readonly memory: MemoryController;
  readonly cpu: CpuController;
  readonly pids: PidsController;
  /** `cgroup.freeze`, as written here; a group is also frozen by those above it. */
  freeze = false;
  /** What controllers without behaviour were told, by file. */
  readonly settings = new Map<string, string>();
  /** `rmdir` has taken it away. */
  isGone = false;

  constructor(name: string, parent: Cgroup | null, host: CgroupHost) {
    this.name = name;
    this.parent = parent;
    this.host = host;
    this.memory = new MemoryController(this);
    this.cpu = new CpuController(this);
    this.pids = new PidsController(this);
  }

  /** From the root: `/`, `/docker/ID`. */
  get path(): string {
    if (this.parent === null) return '/';
    return this.parent.parent === null ? `/${this.name}` : `${this.parent.path}/${this.name}`;
  }

  /** This group and those above it. */
  *lineage(): Generator<Cgroup> {
    for (let at: Cgroup | null = this; at !== null; at = at.parent) yield at;
  }

  /** This group and all below it. */
  *subtree(): Generator<Cgroup> {
    yield this;
    for (const child of this.children.values()) yield* child.subtree();
  }

  *subtreeMembers(): Generator<CgroupMember> {
    for (const group of this.subtree()) yield* group.members;
  }

  isPopulated(): boolean {
    return this.members.size > 0 || [...this.children.values()].some((child) => child.isPopulated());
  }

  isFrozen(): boolean {
    for (let at: Cgroup | null = this; at !== null; at = at.parent) if (at.freeze) return true;
    return false;
  }

  isHeld(): boolean {
    for (let at: Cgroup | null = this; at !== null; at = at.parent)
      if (at.freeze || at.cpu.isThrottled || at.memory.isUnderOom) return true;
    return false;
  }

  /** The CPUs that its processes may run on, as a list (`0-1`): what it or the nearest group above it was given, or all. */
  allowedCpus(): string {
    for (const { settings } of this.lineage()) {
      const given = settings.get('cpuset.cpus');
      if (given) return given;
    }
    return this.host.cpus === 1 ? '0' : `0-${this.host.cpus - 1}`;
  }

  /** Freezes or thaws every process below (the freezer; `docker pause`). */
  setFreeze(on: boolean): void {
    this.freeze = on;
    if (!on) this.releaseAll();
  }

  releaseAll(): void {
    for (const member of this.subtreeMembers()) this.host.release(member);
  }

  killAll(): void {
    for (const member of [...this.subtreeMembers()]) this.host.kill(member);
  }

  quotaLeftNs(): number {
    let left = Number.POSITIVE_INFINITY;
    for (let at: Cgroup | null = this; at !== null; at = at.parent) left = Math.min(left, at.cpu.leftNs());
    return left;
  }

  chargeCpu(ns: number): void {
    for (let at: Cgroup | null = this; at !== null; at = at.parent) at.cpu.charge(ns);
  }

  mkdir(name: string): Cgroup {
    if (this.children.has(name)) throw new Errno('EEXIST');
    const child = new Cgroup(name, this, this.host);
    this.children.set(name, child);
    return child;
  }

  rmdir(name: string): void {
    const child = this.children.get(name);
    if (child === undefined) throw new Errno('ENOENT');
    if (child.members.size > 0 || child.children.size > 0) throw new Errno('EBUSY');
    // Its files in memory were of mounts that are gone with its processes.
    child.memory.moveFile(-child.memory.shmemBytes);
    child.isGone = true;
    this.children.delete(name);
  }

  /** The group at `path` below this one, or undefined. */
  at(path: string): Cgroup | undefined {
    let group: Cgroup | undefined = this;
    for (const name of path.split('/')) if (name !== '') group = group?.children.get(name);
    return group;
  }

  /** A process is born here or moves in; its memory and its place among the pids move with it. */
  add(member: CgroupMember): void {
    this.members.add(member);
  }

  remove(member: CgroupMember): void {
    this.members.delete(member);
  }
}
