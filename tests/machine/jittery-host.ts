/** Hosts whose promises take now a microtask, now a turn of the event loop, now a while: seeded, so that a failure can be had again. */
import { setImmediate, setTimeout } from 'node:timers/promises';
import { nodeHost } from '../../src/bin/host.ts';
import type { Host } from '../../src/engine/machine/types.ts';

export type Delay = () => Promise<void>;

/** Numbers from 0 to 1. */
export function chanceOf(seed: number): () => number {
  let word = seed;
  return () => {
    word = (Math.imul(word, 1664525) + 1013904223) >>> 0;
    return word / 2 ** 32;
  };
}

export function delayOf(seed: number): Delay {
  const chance = chanceOf(seed);
  return async () => {
    const kind = chance();
    if (kind > 0.9) await setTimeout(chance() * 2);
    else if (kind > 0.4) await setImmediate();
    for (let hops = chance() * 5; hops > 0; hops -= 1) await undefined;
  };
}

export function jitteryHost(seed: number): Host {
  const chance = chanceOf(seed + 1);
  const delay = delayOf(seed);
  let clockMs = 0;
  return {
    breathe: delay,
    nowMs: () => {
      clockMs += chance() * 4;
      return clockMs;
    },
    catalogue: {
      read: async (path) => {
        await delay();
        const bytes = await nodeHost.catalogue.read(path);
        await delay();
        return bytes;
      },
    },
  };
}
