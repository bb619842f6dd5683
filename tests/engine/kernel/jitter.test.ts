import { describe, expect, it } from 'vitest';
import type { HostTurns } from '../../../src/engine/kernel/process/turns.ts';
import { playJitterScenario } from './jitter-scenario.ts';

/** A host whose promises take now a microtask, now a turn of the event loop, now a while. */
function jitteryHost(seed: number): { host: HostTurns; delay(): Promise<void> } {
  let word = seed;
  const chance = (): number => {
    word = (Math.imul(word, 1664525) + 1013904223) >>> 0;
    return word / 2 ** 32;
  };
  const delay = async (): Promise<void> => {
    const kind = chance();
    if (kind < 0.3) return;
    if (kind < 0.8) await new Promise((resolve) => setImmediate(resolve));
    else await new Promise((resolve) => setTimeout(resolve, chance() * 3));
    for (let hops = chance() * 5; hops > 0; hops -= 1) await undefined;
  };
  let clockMs = 0;
  return { delay, host: { breathe: delay, nowMs: () => (clockMs += chance() * 3) } };
}

const calm: HostTurns = { breathe: () => new Promise((resolve) => setImmediate(resolve)), nowMs: () => 0 };

describe('a machine', () => {
  it('prints the same bytes at the same instants however the promises of its host interleave', async () => {
    const expected = await playJitterScenario(calm, async () => {});
    expect(expected).toContain('busy 10000');
    expect(expected).toContain('"signal":"SIGINT"');
    expect(expected).not.toContain('crashed');
    for (let seed = 1; seed <= 8; seed += 1) {
      const { host, delay } = jitteryHost(seed);
      expect(await playJitterScenario(host, delay)).toBe(expected);
    }
  });

  it('prints the same when its run is cut into pieces', async () => {
    const expected = await playJitterScenario(calm, async () => {});
    for (const pieces of [7, 250, 9973]) expect(await playJitterScenario(calm, async () => {}, pieces)).toBe(expected);
  });
});
