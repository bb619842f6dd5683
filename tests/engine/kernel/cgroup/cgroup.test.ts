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

  it('shares the CPU by weight', async () => {
    const kernel = bareKernel();
    kernel.group('heavy');
    kernel.group('light');
    kernel.tree.write('/heavy/cpu.weight', '300');
    kernel.start(busy, { cgroup: '/heavy' });
    kernel.start(busy, { cgroup: '/light' });
    await kernel.run(1000);
    const [heavy = 0, light = 1] = ['heavy', 'light'].map((name) => kernel.group(name).cpu.usageNs);
    expect(heavy / light).toBeCloseTo(3, 0);
  });
});

describe('the freezer', () => {
  it('holds a group until it is thawed, and lets SIGKILL through', async () => {
    const kernel = bareKernel();
    kernel.group('box');
    const beats: number[] = [];
    const exits: unknown[] = [];
    kernel.start(
      async (sys) => {
        for (;;) {
          await sys.sleep(10);
          beats.push(kernel.state.scheduler.nowNs / 1e6);
        }
      },
      { cgroup: '/box', onExit: (exited) => exits.push(exited) },
    );
    kernel.start(busy, { cgroup: '/box' });
    await kernel.run(35);
    expect(beats).toHaveLength(3);
    kernel.tree.write('/box/cgroup.freeze', '1');
    await kernel.run(100);
    expect(beats).toHaveLength(3);
    expect(kernel.tree.read('/box/cgroup.events')).toBe('populated 1\nfrozen 1\n');
    kernel.tree.write('/box/cgroup.freeze', '0');
    await kernel.run(30);
    expect(beats.length).toBeGreaterThan(4);
    kernel.tree.write('/box/cgroup.freeze', '1');
    kernel.tree.write('/box/cgroup.kill', '1');
    await kernel.run(1);
    expect(exits).toEqual([{ pid: 1, signal: 'SIGKILL' }]);
    expect(kernel.tree.read('/box/cgroup.procs')).toBe('');
  });
});

describe('the tree', () => {
  it('is made and removed as directories, and processes move in by number', async () => {
    const kernel = bareKernel();
    kernel.tree.mkdir('/docker');
    kernel.tree.mkdir('/docker/abc');
    kernel.start(idle);
    await kernel.run(1);
    kernel.tree.write('/docker/abc/cgroup.procs', '1\n');
    expect(kernel.tree.read('/docker/abc/cgroup.procs')).toBe('1\n');
    expect(kernel.tree.read('/docker/pids.current')).toBe('1\n');
    expect(kernel.tree.read('/cgroup.procs')).toBe('');
    expect(() => kernel.tree.rmdir('/docker/abc')).toThrow('Device or resource busy');
    expect(kernel.tree.list('/docker')?.some(({ name, directory }) => name === 'abc' && directory)).toBe(true);
    expect(kernel.tree.list('/nosuch')).toBeUndefined();
  });
});
