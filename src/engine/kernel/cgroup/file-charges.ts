import type { Cgroup, CgroupMember } from './cgroup.ts';

/** A process that writes. */
interface Writer extends CgroupMember {
  readonly cgroup: Cgroup;
}

/** Files in memory count in the group of whoever wrote them, until they are gone: of one tmpfs, what is charged to whom. */
export class FileCharges {
  readonly #held = new Map<Cgroup, number>();

  /** So many bytes more; a negative number gives back. It may cost the writer's life, which then has written nothing. Throws ENOMEM. */
  take(bytes: number, writer: Writer): void {
    if (bytes <= 0) this.#giveBack(-bytes, writer.cgroup);
    else if (writer.cgroup.memory.chargeFile(bytes, writer)) this.#book(writer.cgroup, bytes);
  }

  /** What the writer's own group has written goes first. */
  #giveBack(bytes: number, own: Cgroup): void {
    let left = bytes;
    for (const group of [own, ...this.#held.keys()]) {
      const part = Math.min(left, this.#held.get(group) ?? 0);
      if (part === 0) continue;
      left -= part;
      this.#book(group, -part);
      if (!group.isGone) group.memory.moveFile(-part);
    }
  }

  #book(group: Cgroup, bytes: number): void {
    this.#held.set(group, (this.#held.get(group) ?? 0) + bytes);
  }
}
