import { describe, expect, it } from 'vitest';
import { isErrno } from '../../../../src/engine/kernel/errno.ts';
import type { Program } from '../../../../src/engine/kernel/sys.ts';
import { bareKernel } from '../bare-kernel.ts';

const busy: Program = async (sys) => {
  for (;;) await sys.turn();
};
const idle: Program = async (sys) => {
  await sys.sleep(60_000);
  return 0;
};

describe('memory', () => {
  it('ends the biggest process of a group over its limit', async () => {
    const kernel = bareKernel();
    kernel.group('box');
    kernel.tree.write('/box/memory.max', '16M');
    const exits: unknown[] = [];
    kernel.start(idle, { cgroup: '/box', onExit: (exited) => exits.push(exited) });
    kernel.start(
      async (sys) => {
        for (;;) {
          sys.grow(1024 * 1024);
          await sys.sleep(1);
        }
      },
      { cgroup: '/box', onExit: (exited) => exits.push(exited) },
    );
    await kernel.run(1000);
    expect(exits).toEqual([{ pid: 2, signal: 'SIGKILL' }]);
    expect(kernel.tree.read('/box/memory.events')).toContain('oom_kill 1\n');
    expect(kernel.tree.read('/box/memory.max')).toBe(`${16 * 1024 * 1024}\n`);
    expect(Number(kernel.tree.read('/box/memory.current'))).toBeLessThan(1024 * 1024);
    expect(Number(kernel.tree.read('/box/memory.peak'))).toBeGreaterThan(16 * 1024 * 1024);
    expect(kernel.state.faults).toEqual([]);
  });
});

describe('pids', () => {
  it('refuses a fork over the limit with EAGAIN', async () => {
    const kernel = bareKernel();
    kernel.group('box').pids.max = 3;
    let forks = 0;
    let code: unknown;
    kernel.start(
      async (sys) => {
        try {
          for (;;) {
            sys.fork(idle);
            forks += 1;
          }
        } catch (error) {
          code = isErrno(error) && error.code;
        }
        await sys.sleep(10);
        return 0;
      },
      { cgroup: '/box' },
    );
    await kernel.run(5);
    expect([forks, code, kernel.tree.read('/box/pids.current'), kernel.tree.read('/box/pids.events')]).toEqual([
      2,
      'EAGAIN',
      '3\n',
      'max 1\n',
    ]);
  });
});

describe('a fork that is refused', () => {
  it('holds no descriptor: who reads a pipe still sees its end', async () => {
    const kernel = bareKernel();
    kernel.group('box').pids.max = 1;
    let got = -1;
    kernel.start(
      async (sys) => {
        const pipe = sys.fds.pipe();
        expect(() => sys.fork(idle)).toThrow();
        sys.fds.close(pipe.write);
        got = (await sys.read(pipe.read, 10)).length;
        return 0;
      },
      { cgroup: '/box' },
    );
    await kernel.run(5);
    expect(got).toBe(0);
  });
});

describe('cpu', () => {
  it('throttles a group to its quota', async () => {
    const kernel = bareKernel();
    kernel.group('half');
    kernel.tree.write('/half/cpu.max', '20000 100000');
    kernel.start(busy, { cgroup: '/half' });
    await kernel.run(2000);
    const stat = kernel.tree.read('/half/cpu.stat');
    const usage = Number(/usage_usec (\d+)/.exec(stat)?.[1]);
    expect(usage).toBeGreaterThan(390_000);
    expect(usage).toBeLessThan(425_000);
    expect(stat).toMatch(/nr_throttled (19|20)\n/);
  });

  /** Percent of one CPU that each group used in a second of busy loops. */
  async function busyFor(groups: Readonly<Record<string, { readonly loops?: number; readonly files?: Readonly<Record<string, string>> }>>) {
    const kernel = bareKernel();
    for (const [name, { loops = 1, files = {} }] of Object.entries(groups)) {
      kernel.group(name);
      for (const [file, text] of Object.entries(files)) kernel.tree.write(`/${name}/${file}`, text);
      for (let loop = 0; loop < loops; loop++) kernel.start(busy, { cgroup: `/${name}` });
    }
    await kernel.run(2000);
    expect(kernel.state.faults).toEqual([]);
    return Object.fromEntries(Object.keys(groups).map((name) => [name, Math.round(kernel.group(name).cpu.usageNs / 1e8) * 5]));
  }

  it('has two of them, and a loop runs on one', async () => {
    expect(await busyFor({ one: {} })).toEqual({ one: 100 });
    expect(await busyFor({ one: {}, two: {} })).toEqual({ one: 100, two: 100 });
    expect(await busyFor({ one: { loops: 2 } })).toEqual({ one: 200 });
    expect(await busyFor({ a: {}, b: {}, c: {}, d: {} })).toEqual({ a: 50, b: 50, c: 50, d: 50 });
  });

  it('is divided among groups first, and then among the loops of each', async () => {
    expect(await busyFor({ greedy: { loops: 3 }, small: {} })).toEqual({ greedy: 100, small: 100 });
    expect(await busyFor({ greedy: { loops: 6 }, small: { loops: 2 } })).toEqual({ greedy: 100, small: 100 });
  });

  it('is shared by weight where there is not enough for all', async () => {
    expect(await busyFor({ heavy: { files: { 'cpu.weight': '300' } }, light: {} })).toEqual({ heavy: 100, light: 100 });
    expect(await busyFor({ heavy: { loops: 2, files: { 'cpu.weight': '300' } }, light: { loops: 2 } })).toEqual({ heavy: 150, light: 50 });
  });

  it('leaves those that a quota or a set of CPUs holds back what they may have', async () => {
    expect(await busyFor({ half: { files: { 'cpu.max': '50000 100000' } }, free: { loops: 2 } })).toEqual({ half: 50, free: 150 });
    const pinned = { 'cpuset.cpus': '0' };
    expect(await busyFor({ one: { files: pinned }, two: { files: pinned } })).toEqual({ one: 50, two: 50 });
    expect(await busyFor({ one: { files: { ...pinned, 'cpu.weight': '300' } }, two: { files: pinned }, free: {} })).toEqual({
      one: 75,
      two: 25,
      free: 100,
    });
  });
});
