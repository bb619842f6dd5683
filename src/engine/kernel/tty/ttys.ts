/** All pseudo-terminals of a machine, by the devpts instance that they were opened in: each numbers its own from 0. */
import { makedev } from '../fs/device-number.ts';
import type { Stat } from '../fs/types.ts';
import type { Group, Session } from '../process/process.ts';
import type { Signal } from '../sys.ts';
import { PTS_MAJOR, Tty, type TtyHost } from './tty.ts';

export interface TtysHost {
  signalGroup(group: Group, signal: Signal): void;
  hangUp(session: Session): void;
  nowNs(): bigint;
}

export class Ttys {
  readonly #host: TtyHost;
  readonly #instances = new Map<number, Map<number, Tty>>();

  constructor(host: TtysHost) {
    this.#host = {
      signalGroup: host.signalGroup,
      hangUp: host.hangUp,
      gone: (tty) => this.#remove(tty),
      stat: (tty, end) => statOf(tty, end, host.nowNs()),
    };
  }

  /** A new terminal in the devpts file system with this device number. */
  create(instance: number): Tty {
    const ttys = this.#instances.get(instance) ?? new Map<number, Tty>();
    this.#instances.set(instance, ttys);
    const tty = new Tty(lowestFree(ttys), this.#host);
    ttys.set(tty.index, tty);
    return tty;
  }

  /** Makes a terminal one of another devpts, under the lowest number that is free there. */
  move(tty: Tty, instance: number): void {
    this.#remove(tty);
    const ttys = this.#instances.get(instance) ?? new Map<number, Tty>();
    this.#instances.set(instance, ttys);
    tty.index = lowestFree(ttys);
    ttys.set(tty.index, tty);
  }

  find(instance: number, index: number): Tty | undefined {
    return this.#instances.get(instance)?.get(index);
  }

  /** The numbers in use in an instance, ascending: what `ls /dev/pts` shows. */
  list(instance: number): readonly number[] {
    return [...(this.#instances.get(instance)?.keys() ?? [])].sort((a, b) => a - b);
  }

  #remove(tty: Tty): void {
    for (const ttys of this.#instances.values()) if (ttys.get(tty.index) === tty) ttys.delete(tty.index);
  }
}

function lowestFree(ttys: ReadonlyMap<number, Tty>): number {
  let index = 0;
  while (ttys.has(index)) index += 1;
  return index;
}

function statOf(tty: Tty, end: 'master' | 'slave', nowNs: bigint): Stat {
  const rdev = end === 'slave' ? makedev(PTS_MAJOR, tty.index) : makedev(5, 2);
  return {
    type: 'char-device',
    mode: end === 'slave' ? 0o620 : 0o666,
    uid: 0,
    gid: 5,
    sizeBytes: 0,
    allocatedBytes: 0,
    nlink: 1,
    ino: tty.index + 3,
    dev: 24,
    rdev,
    atimeNs: nowNs,
    mtimeNs: nowNs,
    ctimeNs: nowNs,
  };
}
