/** A socket of Node as the connection that the engine speaks over. */
import type { Socket } from 'node:net';
import type { Duplex } from '../engine/http/types.ts';

/** A queue of pieces that one reader waits on. */
export function reader(source: NodeJS.ReadableStream): () => Promise<Uint8Array | null> {
  const pieces: (Uint8Array | null | Error)[] = [];
  let changed: () => void = () => {};
  const push = (piece: Uint8Array | null | Error): void => {
    pieces.push(piece);
    changed();
  };
  source.on('data', (bytes: Buffer) => push(new Uint8Array(bytes)));
  source.on('end', () => push(null));
  source.on('error', push);
  return async () => {
    while (pieces.length === 0) {
      await new Promise<void>((resolve) => {
        changed = resolve;
      });
    }
    const first = pieces[0];
    if (first instanceof Error) throw first;
    return first === null ? null : ((pieces.shift() as Uint8Array | undefined) ?? null);
  };
}

export function connectionOf(socket: Socket): Duplex {
  return {
    read: reader(socket),
    write: (bytes) => new Promise((resolve, reject) => socket.write(bytes, (error) => (error ? reject(error) : resolve()))),
    closeWrite: () => socket.end(),
    abort: () => socket.destroy(),
  };
}
