/**
 * Pseudo-terminals: a pair of ends with a line discipline between them. Whoever draws the terminal (a page, `docker`'s
 * client, a shim) holds the master; the program that believes to be at a keyboard holds the slave. A terminal can be the
 * controlling one of a session: then its signals go to the session's foreground group, and its loss is a SIGHUP.
 */
import { Errno } from '../errno.ts';
import type { Stat } from '../fs/types.ts';
import { AGAIN, type Again, type OpenFile, type Readiness } from '../open-file.ts';
import type { Group, Session } from '../process/process.ts';
import type { Signal, TerminalMode, WindowSize } from '../sys.ts';
import { WaitQueue } from '../wait-queue.ts';
import { ByteQueue } from './byte-queue.ts';
import { LineDiscipline } from './line-discipline.ts';

const BUFFER_BYTES = 64 * 1024;
const DEFAULT_SIZE: WindowSize = { columns: 80, rows: 24 };
/** Unix98 pseudo-terminal slaves (Documentation/admin-guide/devices.txt). */
export const PTS_MAJOR = 136;

export interface TtyHost {
  signalGroup(group: Group, signal: Signal): void;
  /** The master is gone: the session loses its terminal. */
  hangUp(session: Session): void;
  /** The last descriptor of either end is gone. */
  gone(tty: Tty): void;
  stat(tty: Tty, end: 'master' | 'slave'): Stat;
}

export class Tty {
  /** Its number in its devpts. */
  index: number;
  readonly host: TtyHost;
  session: Session | null = null;
  foreground: Group | null = null;
  readonly slaveChanged = new WaitQueue();
  readonly masterChanged = new WaitQueue();
  /** How much was typed so far. */
  typedBytes = 0;
  readonly #discipline: LineDiscipline;
  readonly #toProgram = new ByteQueue();
  readonly #toScreen = new ByteQueue();
  #size: WindowSize = DEFAULT_SIZE;
  #masters = 0;
  #slaves = 0;
  #wasHungUp = false;
  /** Until a slave has been opened, its absence is no hang-up. */
  #hadSlave = false;

  constructor(index: number, host: TtyHost) {
    this.index = index;
    this.host = host;
    this.#discipline = new LineDiscipline({
      deliver: (bytes) => {
        this.#toProgram.push(bytes);
        this.slaveChanged.wake();
      },
      show: (bytes) => this.#show(bytes),
      signal: (signal) => this.#signalForeground(signal),
      flush: () => this.#toProgram.clear(),
    });
  }

  get rdev(): number {
    return PTS_MAJOR * 256 + this.index;
  }

  get mode(): TerminalMode {
    return this.#discipline.mode;
  }

  setMode(change: Partial<TerminalMode>): void {
    this.#discipline.setMode(change);
    this.slaveChanged.wake();
  }

  get size(): WindowSize {
    return this.#size;
  }

  setSize(size: WindowSize): void {
    if (size.columns === this.#size.columns && size.rows === this.#size.rows) return;
    this.#size = { columns: size.columns, rows: size.rows };
    this.#signalForeground('SIGWINCH');
  }

  #signalForeground(signal: Signal): void {
    if (this.foreground !== null) this.host.signalGroup(this.foreground, signal);
  }

  #show(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.#toScreen.push(bytes);
    this.masterChanged.wake();
  }

  openMaster(): OpenFile {
    this.#masters += 1;
    return new TtyEnd(this, 'master');
  }

  openSlave(): OpenFile {
    if (this.#wasHungUp) throw new Errno('EIO');
    this.#slaves += 1;
    this.#hadSlave = true;
    return new TtyEnd(this, 'slave');
  }

  close(end: 'master' | 'slave'): void {
    if (end === 'slave') {
      this.#slaves -= 1;
      this.masterChanged.wake();
    } else {
      this.#masters -= 1;
      if (this.#masters === 0) this.#hangUp();
    }
    if (this.#masters === 0 && this.#slaves === 0) this.host.gone(this);
  }

  #hangUp(): void {
    this.#wasHungUp = true;
    this.slaveChanged.wake();
    if (this.session !== null) this.host.hangUp(this.session);
  }

  readSlave(maxBytes: number): Uint8Array | Again {
    if (this.#wasHungUp) return new Uint8Array(0);
    if (this.#toProgram.isEmpty) return AGAIN;
    const bytes = this.mode.canonical ? (this.#toProgram.takePiece(maxBytes) ?? new Uint8Array(0)) : this.#takeRaw(maxBytes);
    this.masterChanged.wake();
    return bytes;
  }

  /** A mark left from canonical mode is still an end of file if nothing follows it. */
  #takeRaw(maxBytes: number): Uint8Array {
    const bytes = this.#toProgram.take(maxBytes);
    if (this.#toProgram.sizeBytes === 0) this.#toProgram.clear();
    return bytes;
  }

  writeSlave(bytes: Uint8Array): number | Again {
    if (this.#wasHungUp) throw new Errno('EIO');
    const room = BUFFER_BYTES - this.#toScreen.sizeBytes;
    if (room <= 0) return AGAIN;
    const taken = bytes.slice(0, room);
    this.#show(this.#discipline.output(taken));
    return taken.length;
  }

  readMaster(maxBytes: number): Uint8Array | Again {
    if (this.#toScreen.sizeBytes === 0) {
      if (this.#slaves === 0 && this.#hadSlave) throw new Errno('EIO');
      return AGAIN;
    }
    const bytes = this.#toScreen.take(maxBytes);
    this.slaveChanged.wake();
    return bytes;
  }

  writeMaster(bytes: Uint8Array): number | Again {
    const room = BUFFER_BYTES - this.#toProgram.sizeBytes;
    if (room <= 0) return AGAIN;
    const taken = bytes.subarray(0, room);
    this.typedBytes += taken.length;
    this.#discipline.input(taken);
    return taken.length;
  }

  poll(end: 'master' | 'slave'): Readiness {
    if (end === 'slave') {
      const hangup = this.#wasHungUp;
      return { readable: hangup || !this.#toProgram.isEmpty, writable: hangup || this.#toScreen.sizeBytes < BUFFER_BYTES, hangup };
    }
    const hangup = this.#slaves === 0 && this.#hadSlave;
    return { readable: hangup || this.#toScreen.sizeBytes > 0, writable: this.#toProgram.sizeBytes < BUFFER_BYTES, hangup };
  }
}

/** An open descriptor of one end. */
export class TtyEnd implements OpenFile {
  readonly kind = 'tty';
  readonly tty: Tty;
  readonly end: 'master' | 'slave';
  readonly changed: WaitQueue;

  constructor(tty: Tty, end: 'master' | 'slave') {
    this.tty = tty;
    this.end = end;
    this.changed = end === 'slave' ? tty.slaveChanged : tty.masterChanged;
  }

  get name(): string {
    return this.end === 'slave' ? `/dev/pts/${this.tty.index}` : '/dev/ptmx';
  }

  read(maxBytes: number): Uint8Array | Again {
    return this.end === 'slave' ? this.tty.readSlave(maxBytes) : this.tty.readMaster(maxBytes);
  }

  write(bytes: Uint8Array): number | Again {
    if (bytes.length === 0) return 0;
    return this.end === 'slave' ? this.tty.writeSlave(bytes) : this.tty.writeMaster(bytes);
  }

  poll(): Readiness {
    return this.tty.poll(this.end);
  }

  stat(): Stat {
    return this.tty.host.stat(this.tty, this.end);
  }

  close(): void {
    this.tty.close(this.end);
  }
}
