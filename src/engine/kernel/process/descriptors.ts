/** A process's table of descriptors. What a descriptor refers to (an open file description) may be shared by several. */
import { Errno } from '../errno.ts';
import type { Access, OpenFile } from '../open-file.ts';
import type { Fd } from '../sys.ts';

export interface Description {
  readonly file: OpenFile;
  /** How many descriptors, in all processes, refer to it. */
  references: number;
  nonBlock: boolean;
  readonly access: Access;
}

interface Slot {
  readonly description: Description;
  closeOnExec: boolean;
}

export const describe = (
  file: OpenFile,
  { nonBlock = false, access = 'both' }: Partial<Pick<Description, 'nonBlock' | 'access'>> = {},
): Description => ({
  file,
  references: 0,
  nonBlock,
  access: file.access ?? access,
});

function release(description: Description): void {
  description.references -= 1;
  if (description.references === 0) description.file.close();
}

export class Descriptors {
  readonly #slots: (Slot | undefined)[] = [];
  limit = 1024;

  /** The lowest free number, at least `atLeast`. */
  #free(atLeast: Fd): Fd {
    let fd = atLeast;
    while (this.#slots[fd] !== undefined) fd += 1;
    if (fd >= this.limit) throw new Errno('EMFILE');
    return fd;
  }

  add(description: Description, closeOnExec = false, atLeast: Fd = 0): Fd {
    const fd = this.#free(atLeast);
    this.#set(fd, description, closeOnExec);
    return fd;
  }

  #set(fd: Fd, description: Description, closeOnExec: boolean): void {
    while (this.#slots.length < fd) this.#slots.push(undefined);
    description.references += 1;
    this.#slots[fd] = { description, closeOnExec };
  }

  /** Whether there is room for one more. */
  hasRoom(): boolean {
    return this.list().length < this.limit;
  }

  get(fd: Fd): Description {
    const slot = this.#slots[fd];
    if (slot === undefined) throw new Errno('EBADF');
    return slot.description;
  }

  has(fd: Fd): boolean {
    return this.#slots[fd] !== undefined;
  }

  file(fd: Fd): OpenFile {
    return this.get(fd).file;
  }

  /** As dup2(2): whatever `to` was is closed. */
  replace(from: Fd, to: Fd): void {
    const description = this.get(from);
    if (from === to) return;
    if (to < 0 || to >= this.limit) throw new Errno('EBADF');
    const old = this.#slots[to];
    this.#set(to, description, false);
    if (old !== undefined) release(old.description);
  }

  /** Makes `fd` refer to `description`, whatever it was. */
  put(fd: Fd, description: Description): void {
    const old = this.#slots[fd];
    this.#set(fd, description, false);
    if (old !== undefined) release(old.description);
  }

  close(fd: Fd): void {
    const slot = this.#slots[fd];
    if (slot === undefined) throw new Errno('EBADF');
    this.#slots[fd] = undefined;
    release(slot.description);
  }

  setCloseOnExec(fd: Fd, on: boolean): void {
    const slot = this.#slots[fd];
    if (slot === undefined) throw new Errno('EBADF');
    slot.closeOnExec = on;
  }

  list(): readonly Fd[] {
    return this.#slots.flatMap((slot, fd) => (slot === undefined ? [] : [fd]));
  }

  /** A child's table: all descriptors, or the named ones under new numbers. */
  fork(fds?: ReadonlyMap<Fd, Fd>): Descriptors {
    const copy = new Descriptors();
    copy.limit = this.limit;
    if (fds !== undefined) {
      for (const [from, to] of fds) copy.put(to, this.get(from));
      return copy;
    }
    this.#slots.forEach((slot, fd) => {
      if (slot !== undefined) copy.#set(fd, slot.description, slot.closeOnExec);
    });
    return copy;
  }

  closeOnExec(): void {
    for (const fd of this.list()) if (this.#slots[fd]?.closeOnExec === true) this.close(fd);
  }

  closeAll(): void {
    for (const fd of this.list()) this.close(fd);
  }
}
