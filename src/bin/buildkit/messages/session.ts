/** What the builder asks of a build's client, over a session. Upstream: moby/buildkit session, and tonistiigi/fsutil types. */
import { bytes, type Entry, int, map, message, one, text } from './message.ts';

export const CREDENTIALS_REQUEST = message<{ readonly host: string }>({ host: text(1) });
export const CREDENTIALS_RESPONSE = message<{ readonly username: string; readonly secret: string }>({ username: text(1), secret: text(2) });

export const SECRET_REQUEST = message<{ readonly id: string }>({ id: text(1) });
export const SECRET_RESPONSE = message<{ readonly data: Uint8Array }>({ data: bytes(1) });

export const CHECK_AGENT_REQUEST = message<{ readonly id: string }>({ id: text(1) });

/** A piece of a stream of bytes. */
export const BYTES = message<{ readonly data: Uint8Array }>({ data: bytes(1) });

/** What a packet of a transfer of files is. */
export const PACKET = { stat: 0, request: 1, data: 2, end: 3, error: 4 } as const;

export interface Stat {
  readonly path: string;
  /** As Go has it: type and permissions, see FILE_MODE. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly size: number;
  /** Nanoseconds since 1970; as a number, exact to some hundreds of them. */
  readonly modTime: number;
  readonly linkname: string;
  readonly devmajor: number;
  readonly devminor: number;
  readonly xattrs: readonly Entry<Uint8Array>[];
}
export interface Packet {
  readonly type: number;
  readonly stat?: Stat;
  /** The file's place among those that were described, from 0. */
  readonly id: number;
  readonly data: Uint8Array;
}

const STAT = {
  path: text(1),
  mode: int(2),
  uid: int(3),
  gid: int(4),
  size: int(5),
  modTime: int(6),
  linkname: text(7),
  devmajor: int(8),
  devminor: int(9),
  xattrs: map(10, 'bytes'),
};
export const FILE_PACKET = message<Packet>({ type: int(1), stat: one(2, STAT), id: int(3), data: bytes(4) });

/** Bits of Go's os.FileMode beside the permissions. */
export const FILE_MODE = {
  directory: 2 ** 31,
  symlink: 2 ** 27,
  device: 2 ** 26,
  pipe: 2 ** 25,
  socket: 2 ** 24,
  setuid: 2 ** 23,
  setgid: 2 ** 22,
  charDevice: 2 ** 21,
  sticky: 2 ** 20,
} as const;
