import { describe, expect, it } from 'vitest';
import { createMailbox } from '../../../../src/engine/kernel/process/mailbox.ts';
import type { Program } from '../../../../src/engine/kernel/sys.ts';
import { bareKernel, bytes } from '../bare-kernel.ts';

const busy: Program = async (sys) => {
  for (;;) await sys.turn();
};

describe('run', () => {
  it('jumps to the next timer and comes back at the instant asked for', async () => {
    const kernel = bareKernel();
    kernel.start(async (sys) => {
      await sys.sleep(3_600_000);
      await sys.write(1, bytes('an hour'));
      await sys.sleep(1000);
      return 0;
    });
    expect(await kernel.run(1000)).toBe('until');
    expect(kernel.state.scheduler.nowNs).toBe(1e9);
    expect(kernel.state.scheduler.nextNs()).toBeGreaterThan(3_599e9);
    expect(await kernel.run(3_599_500)).toBe('until');
    expect(kernel.tape.text).toBe('an hour');
  });

  it('is idle when nothing will happen by itself, and time passes all the same', async () => {
    const kernel = bareKernel();
    kernel.start(async (sys) => {
      await sys.pause();
      return 0;
    });
    expect(await kernel.run(50)).toBe('idle');
    expect(kernel.state.scheduler.nowNs).toBe(50e6);
    expect(kernel.state.scheduler.nextNs()).toBeNull();
  });

  it('comes back when the caller says stop, and goes on as if it had not', async () => {
    const [whole, pieces] = [bareKernel(), bareKernel()];
    for (const kernel of [whole, pieces]) {
      kernel.start(busy);
      kernel.start(async (sys) => {
        for (let i = 0; ; i += 1) {
          await sys.sleep(7);
          await sys.write(1, bytes(`${i} `));
        }
      });
    }
    await whole.run(100);
    let asked = 0;
    const stop = (): boolean => {
      asked += 1;
      return asked % 3 === 0;
    };
    while ((await pieces.state.scheduler.run(100e6, { stop })) === 'stopped');
    expect(pieces.tape.entries).toEqual(whole.tape.entries);
  });

  it('says that the bound on turns was met', async () => {
    const kernel = bareKernel();
    kernel.start(busy);
    expect(await kernel.run(10_000, { maxTurns: 10 })).toBe('too-many-turns');
  });
});

describe('timers', () => {
  it('fire in the order of their instants, then of their asking', async () => {
    const kernel = bareKernel();
    const fired: string[] = [];
    for (const [name, atNs] of [
      ['c', 30],
      ['a', 10],
      ['b1', 20],
      ['b2', 20],
    ] as const)
      kernel.state.scheduler.at(atNs, () => fired.push(name));
    const cancelled = kernel.state.scheduler.at(15, () => fired.push('never'));
    cancelled.cancelled = true;
    await kernel.run(1);
    expect(fired).toEqual(['a', 'b1', 'b2', 'c']);
  });
});

describe('a mailbox', () => {
  it('brings things in from outside, also during a busy loop', async () => {
    const kernel = bareKernel();
    const mailbox = createMailbox<string>(kernel.state);
    kernel.start(busy);
    kernel.start(async (sys) => {
      for (;;) await sys.write(1, bytes(`${await mailbox.take()};`));
    });
    await kernel.run(10);
    mailbox.push('one');
    mailbox.push('two');
    await kernel.run(20);
    expect(kernel.tape.text).toBe('one;two;');
    expect(kernel.state.faults).toEqual([]);
  });
});

describe('fairness', () => {
  it('gives two busy loops the same', async () => {
    const kernel = bareKernel();
    const used: bigint[] = [0n, 0n];
    for (const i of [0, 1]) {
      kernel.start(async (sys) => {
        for (;;) {
          await sys.turn();
          used[i] = sys.times().selfNs;
        }
      });
    }
    await kernel.run(1000);
    expect(Number(used[0]) / Number(used[1])).toBeCloseTo(1, 1);
  });

  it('spreads a long piece of work over many slices', async () => {
    const kernel = bareKernel();
    kernel.start(async (sys) => {
      await sys.charge(50e6);
      return 0;
    });
    kernel.start(async (sys) => {
      for (let i = 0; i < 5; i += 1) {
        await sys.sleep(1);
        await sys.write(1, bytes('.'));
      }
      return 0;
    });
    await kernel.run(30);
    expect(kernel.tape.text).toBe('.....');
  });
});
