/** Reading to the end, and moving descriptors. */
import { isErrno } from '../../../kernel/errno.ts';
import type { Fd, Sys } from '../../../kernel/sys.ts';

/** All that comes out of a descriptor, which is in memory meanwhile. Signals that are caught do not end it. */
export async function readToEnd(sys: Sys, fd: Fd): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let sizeBytes = 0;
  for (;;) {
    const piece = await readAgain(sys, fd, 65_536);
    if (piece.length === 0) break;
    sys.grow(piece.length);
    pieces.push(piece);
    sizeBytes += piece.length;
  }
  const all = new Uint8Array(sizeBytes);
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  sys.grow(-sizeBytes);
  return all;
}

/** A file, or what comes through a pipe: `/dev/stdin` is one that has no name of its own. Throws an errno. */
export async function readWhole(sys: Sys, path: string): Promise<Uint8Array> {
  try {
    return sys.path.readFile(path);
  } catch (error) {
    if (!isErrno(error) || !['EINVAL', 'ENOENT'].includes(error.code)) throw error;
  }
  const fd = await sys.open(path, { read: true });
  const bytes = await readToEnd(sys, fd);
  sys.fds.close(fd);
  return bytes;
}

/** Reads, and reads again when a signal interrupts. */
export async function readAgain(sys: Sys, fd: Fd, maxBytes: number): Promise<Uint8Array> {
  for (;;) {
    try {
      return await sys.read(fd, maxBytes);
    } catch (error) {
      if (!isErrno(error, 'EINTR')) throw error;
    }
  }
}

/** Makes `to` the same as `from` and gives `from` up. */
export function move(sys: Sys, from: Fd, to: Fd): void {
  if (from === to) return;
  sys.fds.dup2(from, to);
  sys.fds.close(from);
}
