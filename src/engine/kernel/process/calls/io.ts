/** The calls that move bytes and wait for them: open, read, write, poll, connect, accept. */
import { COSTS } from '../../costs.ts';
import { Errno, isErrno } from '../../errno.ts';
import type { OpenFlags } from '../../fs/types.ts';
import type { SocketAddress } from '../../net/types.ts';
import { AGAIN, type OpenFile } from '../../open-file.ts';
import type { Pipe } from '../../pipe.ts';
import type { Fd, PollFd, PollResult, Sys } from '../../sys.ts';
import { stopsInBackground } from '../../tty/background.ts';
import type { Caller } from '../caller.ts';
import { describe } from '../descriptors.ts';
import type { SocketFile } from '../ports.ts';

type IoCalls = Pick<Sys, 'open' | 'read' | 'write' | 'poll' | 'connect' | 'accept'>;

export function ioCalls(caller: Caller): IoCalls {
  return {
    open: (path, flags, mode = 0o666) => open(caller, path, { flags, mode }),
    read: (fd, maxBytes) => read(caller, fd, maxBytes),
    write: (fd, bytes) => write(caller, fd, bytes),
    poll: (fds, timeoutMs) => poll(caller, fds, timeoutMs),
    connect: (fd, address) => connect(caller, fd, address),
    accept: (fd) => accept(caller, fd),
  };
}

async function open(caller: Caller, path: string, { flags, mode }: { flags: OpenFlags; mode: number }): Promise<Fd> {
  const opened = await caller.call({
    costNs: COSTS.openNs,
    attempt: () => {
      if (!caller.process.fds.hasRoom()) throw new Errno('EMFILE');
      return caller.view.open(path, flags, mode);
    },
  });
  if ('fifo' in opened) return openFifo(caller, opened.fifo, { path, flags });
  return install(caller, opened, flags);
}

function install(caller: Caller, file: OpenFile, flags: OpenFlags): Fd {
  const access = flags.write === true || flags.append === true ? (flags.read === true ? 'both' : 'write') : 'read';
  return caller.process.fds.add(describe(file, { nonBlock: flags.nonBlock === true, access }), flags.closeOnExec === true);
}

/** Opening one end of a fifo waits for the other (fifo(7)). The descriptor is there already, so that dying gives it back. */
async function openFifo(caller: Caller, pipe: Pipe, { path, flags }: { path: string; flags: OpenFlags }): Promise<Fd> {
  const end = flags.write === true ? (flags.read === true ? 'both' : 'write') : 'read';
  if (end === 'write' && flags.nonBlock === true && pipe.readers === 0) throw new Errno('ENXIO', path);
  const seen = end === 'read' ? pipe.writersEver : pipe.readersEver;
  const fd = install(caller, pipe.open(end, path), flags);
  if (end === 'both' || flags.nonBlock === true) return fd;
  const isThere = (): boolean =>
    end === 'read' ? pipe.writers > 0 || pipe.writersEver !== seen : pipe.readers > 0 || pipe.readersEver !== seen;
  try {
    await caller.call({ costNs: 0, attempt: () => (isThere() ? true : AGAIN), queues: () => [pipe.opened] });
  } catch (error) {
    caller.process.fds.close(fd);
    throw error;
  }
  return fd;
}

function read(caller: Caller, fd: Fd, maxBytes: number): Promise<Uint8Array> {
  const { scheduler } = caller.state;
  return caller.call({
    costNs: COSTS.readNs,
    attempt: () => {
      const { file } = caller.process.fds.get(fd);
      if (stopsInBackground(caller, file)) return AGAIN;
      const bytes = file.read(maxBytes);
      if (bytes !== AGAIN) scheduler.spend(bytes.length >> COSTS.bytesPerNsBits);
      return bytes;
    },
    queues: () => [caller.process.fds.file(fd).changed],
    nonBlock: caller.image.isAlive && isNonBlock(caller, fd),
  });
}

/** A missing descriptor is found out by the call itself. */
function isNonBlock(caller: Caller, fd: Fd): boolean {
  return caller.process.fds.has(fd) && caller.process.fds.get(fd).nonBlock;
}

function write(caller: Caller, fd: Fd, bytes: Uint8Array): Promise<number> {
  const { scheduler } = caller.state;
  let written = 0;
  const nonBlock = caller.image.isAlive && isNonBlock(caller, fd);
  return caller.call({
    costNs: COSTS.writeNs,
    attempt: () => {
      const { file } = caller.process.fds.get(fd);
      do {
        const taken = writeSome(caller, file, bytes.subarray(written));
        if (taken === AGAIN) return nonBlock && written > 0 ? written : AGAIN;
        written += taken;
        scheduler.spend(taken >> COSTS.bytesPerNsBits);
      } while (written < bytes.length);
      return written;
    },
    queues: () => [caller.process.fds.file(fd).changed],
    nonBlock,
  });
}

function writeSome(caller: Caller, file: OpenFile, bytes: Uint8Array): number | typeof AGAIN {
  try {
    return file.write(bytes, caller.process.rlimits.get('fsize')?.soft);
  } catch (error) {
    if (isErrno(error, 'EPIPE')) caller.state.signal(caller.process, 'SIGPIPE', null);
    if (isErrno(error, 'EFBIG')) caller.state.signal(caller.process, 'SIGXFSZ', null);
    throw error;
  }
}

function poll(caller: Caller, fds: readonly PollFd[], timeoutMs?: number): Promise<readonly PollResult[]> {
  const { scheduler } = caller.state;
  return caller.call<readonly PollResult[]>({
    costNs: COSTS.callNs * (1 + fds.length),
    attempt: () => {
      const ready = fds.flatMap((wanted) => readiness(caller, wanted));
      return ready.length > 0 || timeoutMs === 0 ? ready : AGAIN;
    },
    queues: () => fds.map(({ fd }) => caller.process.fds.file(fd).changed),
    untilNs: timeoutMs === undefined ? undefined : scheduler.nowNs + Math.round(timeoutMs * 1e6),
    timedOut: () => [],
  });
}

function readiness(caller: Caller, { fd, events }: PollFd): readonly PollResult[] {
  const { readable, writable, hangup } = caller.process.fds.file(fd).poll();
  const result = { fd, readable: readable && events.read === true, writable: writable && events.write === true, hangup };
  return result.readable || result.writable || hangup ? [result] : [];
}

function socketOf(caller: Caller, fd: Fd): SocketFile {
  const file = caller.process.fds.file(fd);
  if (file.kind !== 'socket') throw new Errno('ENOTSOCK');
  return file as SocketFile;
}

function connect(caller: Caller, fd: Fd, address: SocketAddress): Promise<void> {
  return caller.call<void>({
    costNs: COSTS.socketNs,
    attempt: () => (socketOf(caller, fd).connect(address) === AGAIN ? AGAIN : undefined),
    queues: () => [caller.process.fds.file(fd).changed],
    nonBlock: caller.image.isAlive && isNonBlock(caller, fd),
  });
}

async function accept(caller: Caller, fd: Fd): Promise<Fd> {
  const accepted = await caller.call({
    costNs: COSTS.socketNs,
    attempt: () => socketOf(caller, fd).accept(),
    queues: () => [caller.process.fds.file(fd).changed],
    nonBlock: caller.image.isAlive && isNonBlock(caller, fd),
  });
  return caller.process.fds.add(describe(accepted));
}
