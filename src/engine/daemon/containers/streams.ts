/** A process's three streams: pipes, or a terminal; and the threads that carry what it prints to the log and to who is attached. */

import { isErrno } from '../../kernel/errno.ts';
import type { Fd, Sys, Thread, WindowSize } from '../../kernel/sys.ts';
import type { Streams } from '../runtime/shim.ts';
import type { StreamName } from './output-hub.ts';

export interface OpenedStreams {
  /** What the process gets. */
  readonly given: Streams;
  /** Where its input goes; null: it has none. */
  readonly stdin: Fd | null;
  readonly terminal: Fd | null;
  readonly outputs: readonly { readonly stream: StreamName; readonly fd: Fd }[];
}

export interface StreamRequest {
  readonly tty: boolean;
  readonly stdin: boolean;
  readonly size?: WindowSize | undefined;
}

const PIECE_BYTES = 32 * 1024;

export async function openStreams(sys: Sys, { tty, stdin, size }: StreamRequest): Promise<OpenedStreams> {
  if (tty) {
    const { master, slave } = sys.tty.openpt(size);
    return {
      given: { stdin: slave, stdout: sys.fds.dup(slave), stderr: sys.fds.dup(slave) },
      stdin: stdin ? master : null,
      terminal: master,
      outputs: [{ stream: 'stdout', fd: master }],
    };
  }
  const out = sys.fds.pipe();
  const err = sys.fds.pipe();
  const input = stdin ? sys.fds.pipe() : undefined;
  const nothing = input ? undefined : await sys.open('/dev/null', { read: true });
  return {
    given: { stdin: input?.read ?? nothing ?? 0, stdout: out.write, stderr: err.write },
    stdin: input?.write ?? null,
    terminal: null,
    outputs: [
      { stream: 'stdout', fd: out.read },
      { stream: 'stderr', fd: err.read },
    ],
  };
}

/** Carries everything to `sink`, each stream in a thread of its own, until all who could write are gone. */
export const carryOutputs = (
  sys: Sys,
  outputs: OpenedStreams['outputs'],
  sink: (stream: StreamName, bytes: Uint8Array) => Promise<void>,
): readonly Thread[] =>
  outputs.map(({ stream, fd }) =>
    sys.thread(async () => {
      for (let bytes = await readOrEnd(sys, fd); bytes.length > 0; bytes = await readOrEnd(sys, fd)) await sink(stream, bytes);
    }),
  );

/** A terminal whose other end is closed reads as an error (EIO): that is its end. */
async function readOrEnd(sys: Sys, fd: Fd): Promise<Uint8Array> {
  try {
    return await sys.read(fd, PIECE_BYTES);
  } catch (error) {
    if (isErrno(error, 'EIO', 'EBADF')) return new Uint8Array();
    throw error;
  }
}

/** Closes what is left, once. */
export function closeStreams(sys: Sys, { outputs, terminal }: OpenedStreams, stdin: Fd | null): void {
  const open = new Set([...outputs.map(({ fd }) => fd), ...(terminal === null ? [] : [terminal]), ...(stdin === null ? [] : [stdin])]);
  for (const fd of open) sys.fds.close(fd);
}

/** Writes what somebody typed. A process that does not read any more is no error. */
export async function feed(sys: Sys, fd: Fd, bytes: Uint8Array): Promise<boolean> {
  try {
    await sys.write(fd, bytes);
    return true;
  } catch (error) {
    if (isErrno(error, 'EPIPE', 'EBADF', 'EIO')) return false;
    throw error;
  }
}
