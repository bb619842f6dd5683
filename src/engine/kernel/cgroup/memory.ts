/**
 * The memory controller. A charge counts in the group and all above it; over a limit with nothing to reclaim the OOM killer ends
 * the biggest process of the group whose limit it was (mm/oom_kill.c), until what is left fits.
 */
import { Errno } from '../errno.ts';
import type { Cgroup, CgroupMember } from './cgroup.ts';

export class MemoryController {
  readonly #group: Cgroup;
  currentBytes = 0;
  peakBytes = 0;
  /** Of it, what files in memory take; cached pages of other files are not charged. */
  shmemBytes = 0;
  maxBytes = Number.POSITIVE_INFINITY;
  highBytes = Number.POSITIVE_INFINITY;
  lowBytes = 0;
  minBytes = 0;
  swapMaxBytes = Number.POSITIVE_INFINITY;
  /** `memory.oom.group`: the whole group dies together. */
  oomGroup = false;
  /** Whoever would be killed waits instead, until there is room (cgroup v1's `memory.oom_control`). */
  isOomKillDisabled = false;
  isUnderOom = false;
  readonly events = { low: 0, high: 0, max: 0, oom: 0, oomKill: 0, oomGroupKill: 0 };

  constructor(group: Cgroup) {
    this.#group = group;
  }

  /** Counts without asking: what a process gives back, or takes along when it moves. */
  move(bytes: number): void {
    for (const { memory } of this.#group.lineage()) {
      memory.currentBytes = Math.max(0, memory.currentBytes + bytes);
      memory.peakBytes = Math.max(memory.peakBytes, memory.currentBytes);
      memory.#letGo();
    }
  }

  /** Counts `bytes` more; ENOMEM if killing did not help. `account` books them to the process first, so that it is weighed too. */
  charge(bytes: number): void {
    this.move(bytes);
    for (const { memory } of this.#group.lineage()) memory.#enforce();
  }

  /** Pages of a file in memory. False: the writer was killed for want of room. ENOMEM if nobody could be. */
  chargeFile(bytes: number, writer: CgroupMember): boolean {
    for (const { memory } of this.#group.lineage()) if (!memory.#makeRoom(bytes, writer)) return false;
    this.moveFile(bytes);
    return true;
  }

  /** Counts pages of files without asking. */
  moveFile(bytes: number): void {
    for (const { memory } of this.#group.lineage()) memory.shmemBytes += bytes;
    this.move(bytes);
  }

  #makeRoom(bytes: number, writer: CgroupMember): boolean {
    while (this.currentBytes + bytes > this.maxBytes && !this.isOomKillDisabled) if (this.#killBiggest() === writer) return false;
    return true;
  }

  set(limit: 'highBytes' | 'lowBytes' | 'minBytes' | 'swapMaxBytes', bytes: number): void {
    this[limit] = bytes;
  }

  setOomGroup(on: boolean): void {
    this.oomGroup = on;
  }

  /** A lower limit may cost processes their life at once. */
  setMax(bytes: number): void {
    this.maxBytes = bytes;
    this.#letGo();
    this.#enforce();
  }

  setOomKillDisabled(on: boolean): void {
    this.isOomKillDisabled = on;
    this.#letGo();
    this.#enforce();
  }

  /** Those who waited for memory go on when there is some, or when they may be killed. */
  #letGo(): void {
    if (!this.isUnderOom || (this.isOomKillDisabled && this.currentBytes > this.maxBytes)) return;
    this.isUnderOom = false;
    this.#group.releaseAll();
  }

  #enforce(): void {
    if (this.currentBytes > this.highBytes) this.events.high += 1;
    while (this.currentBytes > this.maxBytes) {
      if (this.isOomKillDisabled) {
        this.events.max += 1;
        this.events.oom += 1;
        this.isUnderOom = true;
        return;
      }
      this.#killBiggest();
    }
  }

  /** The OOM killer. ENOMEM if there is nobody. */
  #killBiggest(): CgroupMember {
    this.events.max += 1;
    this.events.oom += 1;
    const victim = biggest(this.#group);
    if (victim === undefined) throw new Errno('ENOMEM');
    if (this.oomGroup) this.#killGroup();
    else this.#kill(victim);
    return victim;
  }

  #kill(victim: CgroupMember): void {
    for (const { memory } of this.#group.lineage()) memory.events.oomKill += 1;
    const names = [...this.#group.lineage()].map(({ name }) => name).filter((name) => name !== '');
    this.#group.host.oomKilled?.(victim, `/${names.reverse().join('/')}`);
    this.#group.host.kill(victim);
  }

  #killGroup(): void {
    this.events.oomGroupKill += 1;
    for (const member of [...this.#group.subtreeMembers()]) this.#kill(member);
  }
}

/** The process with the most memory, adjusted as oom_score_adj says; the youngest among equals. */
function biggest(group: Cgroup): CgroupMember | undefined {
  const scale = group.host.memoryBytes / 1000;
  const score = (member: CgroupMember): number => member.rssBytes + member.oomScoreAdj * scale;
  let victim: CgroupMember | undefined;
  for (const member of group.subtreeMembers()) {
    if (member.oomScoreAdj <= -1000) continue;
    if (victim === undefined || score(member) >= score(victim)) victim = member;
  }
  return victim;
}
