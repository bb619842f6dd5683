/** A machine is a function of its seed and of what came into it. */
import { afterEach, describe, expect, it } from 'vitest';
import { nodeHost } from '../../src/bin/host.ts';
import { bookSpec } from '../../src/engine/machine/spec.ts';
import { type Day, delayStalls, playDay } from './eventful-day.ts';
import { delayOf, jitteryHost } from './jittery-host.ts';

describe('the same journal', () => {
  let restore: () => void = () => {};
  afterEach(() => restore());

  // The first of all: nothing is loaded yet.
  const cold = playDay(nodeHost);

  const expectSame = (day: Day, other: Day): void => {
    expect(day.tape).toBe(other.tape);
    expect(day.digest).toBe(other.digest);
  };

  it('makes the same machine, cold and warm', async () => {
    const first = await cold;
    for (const words of ['hi', '<title>Welcome to nginx!</title>', 'at 1000', '^C', 'exited', '"Action":"stop"', '"Name": "/web"'])
      expect(first.tape).toContain(words);
    expectSame(await playDay(nodeHost), first);
  });

  it('makes the same machine however the promises of its host interleave', async () => {
    const first = await cold;
    for (const seed of [1, 2, 3]) {
      restore = delayStalls(delayOf(seed + 100));
      expectSame(await playDay(jitteryHost(seed)), first);
      restore();
    }
  });

  it('makes another machine with another seed', async () => {
    expect((await playDay(nodeHost, bookSpec({ seed: 6 }))).digest).not.toBe((await cold).digest);
  });
});
