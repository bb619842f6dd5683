/** What a client types to a container, but for the keys that let go. Upstream: moby/term proxy.go. */
import type { Duplex } from '../../http/types.ts';
import type { Fd, Sys, TaskQueue } from '../../kernel/sys.ts';
import { feed } from './streams.ts';

/** Where it goes. */
export interface Source {
  readonly fd: () => Fd | null;
  readonly isOver: () => boolean;
  readonly changed: TaskQueue;
  readonly close: () => void;
}

interface Input {
  readonly sys: Sys;
  readonly connection: Duplex;
  readonly keys: Uint8Array;
}

/** Passes on what the client types, but for the keys that let go. */
export async function carryInput({ sys, connection, keys }: Input, source: Source, detach: () => void): Promise<void> {
  const filter = escapeFilter(keys);
  for (let bytes = await readOrNull(connection); bytes !== null; bytes = await readOrNull(connection)) {
    const { pass, isEscaped } = filter(bytes);
    while (source.fd() === null && !source.isOver()) await source.changed.wait();
    const fd = source.fd();
    if (fd === null || (pass.length > 0 && !(await feed(sys, fd, pass)))) return;
    if (isEscaped) return detach();
  }
  while (source.fd() === null && !source.isOver()) await source.changed.wait();
  source.close();
}

async function readOrNull(connection: Duplex): Promise<Uint8Array | null> {
  try {
    return await connection.read();
  } catch {
    // The client is gone without a word: that ends its input.
    return null;
  }
}

/** Holds back a sequence that has begun; lets it through when it turns out to be something else. */
export function escapeFilter(keys: Uint8Array): (bytes: Uint8Array) => { readonly pass: Uint8Array; readonly isEscaped: boolean } {
  let matched = 0;
  return (bytes) => {
    if (keys.length === 0) return { pass: bytes, isEscaped: false };
    const pass: number[] = [];
    for (const byte of bytes) {
      if (byte === keys[matched]) {
        matched += 1;
        if (matched === keys.length) return { pass: Uint8Array.from(pass), isEscaped: true };
        continue;
      }
      pass.push(...keys.subarray(0, matched));
      matched = byte === keys[0] ? 1 : 0;
      if (matched === 0) pass.push(byte);
    }
    return { pass: Uint8Array.from(pass), isEscaped: false };
  };
}
