import type { Duplex } from '../../../src/engine/http/types.ts';

export const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
export const text = (data: Uint8Array): string => new TextDecoder().decode(data);

interface Lane {
  pieces: Uint8Array[];
  ended: boolean;
  aborted: boolean;
  wake: (() => void)[];
}

const lane = (): Lane => ({ pieces: [], ended: false, aborted: false, wake: [] });

function end(from: Lane, to: Lane): Duplex {
  const notify = (target: Lane): void => {
    for (const wake of target.wake.splice(0)) wake();
  };
  return {
    read: async () => {
      for (;;) {
        if (from.aborted) throw new Error('Connection reset by peer');
        const piece = from.pieces.shift();
        if (piece) return piece;
        if (from.ended) return null;
        await new Promise<void>((wake) => from.wake.push(wake));
      }
    },
    write: async (data) => {
      if (to.aborted) throw new Error('Broken pipe');
      to.pieces.push(data.slice());
      notify(to);
    },
    closeWrite: () => {
      to.ended = true;
      notify(to);
    },
    abort: () => {
      from.aborted = true;
      to.aborted = true;
      notify(from);
      notify(to);
    },
  };
}

/** Two ends of a connection in memory. */
export function pair(): readonly [Duplex, Duplex] {
  const there = lane();
  const back = lane();
  return [end(back, there), end(there, back)];
}

/** An end that was sent `input` in pieces cut at `cuts`, and remembers what was written to it. */
export function played(input: Uint8Array, cuts: readonly number[] = []): { duplex: Duplex; output(): string } {
  const edges = [0, ...new Set(cuts.map((cut) => cut % (input.length + 1)))].sort((a, b) => a - b);
  const pieces = edges.map((from, i) => input.slice(from, edges[i + 1] ?? input.length)).filter((piece) => piece.length > 0);
  const written: Uint8Array[] = [];
  const duplex: Duplex = {
    read: async () => pieces.shift() ?? null,
    write: async (data) => {
      written.push(data.slice());
    },
    closeWrite: () => undefined,
    abort: () => undefined,
  };
  return { duplex, output: () => written.map(text).join('') };
}
