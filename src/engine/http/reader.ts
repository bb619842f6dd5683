import { cutShort, HttpError } from './errors.ts';
import type { Duplex } from './types.ts';

const NEWLINE = 0x0a;
const RETURN = 0x0d;
const decoder = new TextDecoder();

/** Reads lines and bytes off a connection. What it has read too far is kept for the next message, or for who takes over. */
export interface Reader {
  /** A line without its end; null at the end of the stream. Throws HttpError beyond `maxBytes`, or when cut in the middle. */
  line(maxBytes: number): Promise<string | null>;
  /** What is there, at most `maxBytes`; null at the end. */
  some(maxBytes: number): Promise<Uint8Array | null>;
  /** What was read too far, and forgets it. */
  takeBuffered(): Uint8Array;
}

const readers = new WeakMap<Duplex, Reader>();

/** The one reader of a connection, so that messages that follow each other on it lose nothing. */
export function readerOf(duplex: Duplex): Reader {
  const known = readers.get(duplex);
  if (known) return known;
  const made = createReader(duplex);
  readers.set(duplex, made);
  return made;
}

function createReader(duplex: Duplex): Reader {
  let buffered = new Uint8Array() as Uint8Array;
  let atEnd = false;
  /** False at the end of the stream. */
  const more = async (): Promise<boolean> => {
    const piece = atEnd ? null : await duplex.read();
    if (piece === null) atEnd = true;
    else buffered = buffered.length === 0 ? piece : concat([buffered, piece]);
    return !atEnd;
  };
  const take = (length: number): Uint8Array => {
    const taken = buffered.subarray(0, length);
    buffered = buffered.subarray(taken.length);
    return taken;
  };
  return {
    line: async (maxBytes) => {
      let searched = 0;
      for (;;) {
        const at = buffered.indexOf(NEWLINE, searched);
        if (at > maxBytes || (at === -1 && buffered.length > maxBytes)) throw new HttpError(431, 'line too long');
        if (at !== -1) return lineText(take(at + 1));
        searched = buffered.length;
        if (await more()) continue;
        if (buffered.length === 0) return null;
        throw cutShort();
      }
    },
    some: async (maxBytes) => {
      while (buffered.length === 0) if (!(await more())) return null;
      return take(maxBytes);
    },
    takeBuffered: () => take(buffered.length),
  };
}

function lineText(bytes: Uint8Array): string {
  const end = bytes.length - (bytes[bytes.length - 2] === RETURN ? 2 : 1);
  return decoder.decode(bytes.subarray(0, end));
}

export function concat(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

/** The same connection after HTTP has left it: what was read too far comes first. */
export function rawConnection(duplex: Duplex): Duplex {
  const reader = readerOf(duplex);
  let left: Uint8Array | null = reader.takeBuffered();
  return {
    read: async () => {
      const first = left;
      left = null;
      return first && first.length > 0 ? first : duplex.read();
    },
    write: (bytes) => duplex.write(bytes),
    closeWrite: () => duplex.closeWrite(),
    abort: () => duplex.abort(),
  };
}
