/** The character devices of mem(4), random(4), tty(4) and pts(4): what opening a device file by its number gives. */

import { Errno } from '../errno.ts';
import { majorOf, makedev, minorOf } from '../fs/device-number.ts';
import type { Stat } from '../fs/types.ts';
import { AGAIN, type Again, type OpenFile } from '../open-file.ts';
import { control } from '../tty/calls.ts';
import { PTS_MAJOR, type Tty } from '../tty/tty.ts';
import { WaitQueue } from '../wait-queue.ts';
import { Process } from './process.ts';
import type { KernelState } from './state.ts';

interface Memory {
  readonly name: string;
  read(maxBytes: number): Uint8Array | Again;
  write?(bytes: Uint8Array): number;
}

const nothing = new Uint8Array(0);

function memoryDevices(state: KernelState): ReadonlyMap<number, Memory> {
  const chance = (name: string): Memory => ({ name, read: (maxBytes) => state.random.bytes(maxBytes) });
  const full = (): number => {
    throw new Errno('ENOSPC');
  };
  return new Map<number, Memory>([
    [makedev(1, 3), { name: '/dev/null', read: () => nothing }],
    [makedev(1, 5), { name: '/dev/zero', read: (maxBytes) => new Uint8Array(maxBytes) }],
    [makedev(1, 7), { name: '/dev/full', read: (maxBytes) => new Uint8Array(maxBytes), write: full }],
    [makedev(1, 8), chance('/dev/random')],
    [makedev(1, 9), chance('/dev/urandom')],
    [makedev(5, 1), { name: '/dev/console', read: () => AGAIN }],
  ]);
}

class MemoryFile implements OpenFile {
  readonly kind = 'device';
  readonly changed = new WaitQueue();
  readonly #memory: Memory;
  readonly #stat: () => Stat;

  constructor(memory: Memory, stat: () => Stat) {
    this.#memory = memory;
    this.#stat = stat;
  }

  get name(): string {
    return this.#memory.name;
  }

  read(maxBytes: number): Uint8Array | Again {
    return this.#memory.read(maxBytes);
  }

  write(bytes: Uint8Array): number {
    return this.#memory.write?.(bytes) ?? bytes.length;
  }

  poll(): { readable: boolean; writable: boolean; hangup: boolean } {
    return { readable: true, writable: true, hangup: false };
  }

  /** Seeking these devices does nothing. */
  seek(): number {
    return 0;
  }

  stat(): Stat {
    return this.#stat();
  }

  close(): void {}
}

/** Opens the device with this number for whoever is running; undefined if there is no driver for it (ENXIO). `devpts` is that of its view. */
export function openDevice(state: KernelState, rdev: number, devpts: number): OpenFile | undefined {
  const memory = memoryDevices(state).get(rdev);
  if (memory !== undefined) return new MemoryFile(memory, () => deviceStat(rdev, state.clock.nowNs()));
  const owner = state.scheduler.current?.owner;
  const process = owner instanceof Process ? owner : undefined;
  if (rdev === makedev(5, 0)) return controllingTerminal(process);
  if (rdev === makedev(5, 2)) return state.ttys.create(devpts).openMaster();
  if (majorOf(rdev) !== PTS_MAJOR) return undefined;
  const tty = state.ttys.find(devpts, minorOf(rdev));
  return tty === undefined ? undefined : openTerminal(tty, process);
}

function controllingTerminal(process: Process | undefined): OpenFile | undefined {
  return process?.group.session.tty?.openSlave();
}

/** A session's leader without a terminal gets the first one it opens. */
function openTerminal(tty: Tty, process: Process | undefined): OpenFile {
  const file = tty.openSlave();
  const session = process?.group.session;
  if (process !== undefined && session?.leader === process && session.tty === null && tty.session === null) control(process, tty);
  return file;
}

function deviceStat(rdev: number, nowNs: bigint): Stat {
  return {
    type: 'char-device',
    mode: 0o666,
    uid: 0,
    gid: 0,
    sizeBytes: 0,
    allocatedBytes: 0,
    nlink: 1,
    ino: rdev,
    dev: 6,
    rdev,
    atimeNs: nowNs,
    mtimeNs: nowNs,
    ctimeNs: nowNs,
  };
}
