/**
 * What a container prints, as the API sends it: with a terminal as plain bytes, otherwise in frames, each with eight bytes that tell
 * the stream and the length. Upstream: moby pkg/stdcopy.
 */

import { CliError, errorCode, systemError } from '../errors.ts';
import type { OutputStream } from '../io.ts';
import { decodeText } from '../text.ts';

const HEADER_BYTES = 8;
const SYSTEM_ERROR = 3;

export type Read = () => Promise<Uint8Array | null>;
export interface Streams {
  readonly stdout: OutputStream | null;
  readonly stderr: OutputStream | null;
}

export async function readPlain(read: Read, to: OutputStream): Promise<void> {
  for (let piece = await read(); piece !== null; piece = await read()) await to.write(piece);
}

/** A reader that is gone is an error here, if the client was not ended by its signal. */
async function writeTo(to: OutputStream, piece: Uint8Array, name: string): Promise<void> {
  try {
    await to.write(piece);
  } catch (error) {
    if (errorCode(error) !== 'EPIPE') throw error;
    throw new CliError(`write /dev/${name}: ${systemError(error)}`);
  }
}

/** Writes each frame to its stream as soon as any of it is there. */
export async function readFrames(read: Read, streams: Streams): Promise<void> {
  const pieces = buffered(read);
  for (let head = await pieces.take(HEADER_BYTES); head !== null; head = await pieces.take(HEADER_BYTES)) {
    const kind = head[0] ?? 0;
    let left = new DataView(head.buffer, head.byteOffset, head.length).getUint32(4);
    if (kind === SYSTEM_ERROR)
      throw new CliError(`error from daemon in stream: ${decodeText((await pieces.take(left)) ?? new Uint8Array())}`);
    if (kind > SYSTEM_ERROR) throw new CliError(`unrecognized stream: ${kind}`);
    const to = kind === 2 ? streams.stderr : streams.stdout;
    while (left > 0) {
      const piece = await pieces.some(left);
      if (piece === null) return;
      left -= piece.length;
      if (to !== null) await writeTo(to, piece, kind === 2 ? 'stderr' : 'stdout');
    }
  }
}

/** A reader from which an exact number of bytes, or some up to a number, can be taken. */
function buffered(read: Read) {
  let rest = new Uint8Array();
  const more = async (): Promise<boolean> => {
    const piece = await read();
    if (piece === null) return false;
    const joined = new Uint8Array(rest.length + piece.length);
    joined.set(rest);
    joined.set(piece, rest.length);
    rest = joined;
    return true;
  };
  const cut = (count: number): Uint8Array => {
    const piece = rest.slice(0, count);
    rest = rest.slice(count);
    return piece;
  };
  return {
    take: async (count: number): Promise<Uint8Array | null> => {
      while (rest.length < count) if (!(await more())) return null;
      return cut(count);
    },
    some: async (max: number): Promise<Uint8Array | null> => {
      while (rest.length === 0) if (!(await more())) return null;
      return cut(max);
    },
  };
}
