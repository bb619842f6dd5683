import { describe, expect, it } from 'vitest';
import { CGROUP_V1 } from '../../../../src/engine/kernel/cgroup/files-v1.ts';
import { cgroupTree } from '../../../../src/engine/kernel/cgroup/tree.ts';
import type { Exited, Program } from '../../../../src/engine/kernel/sys.ts';
import { bareKernel } from '../bare-kernel.ts';

const MIB = 1024 * 1024;
const NO_LIMIT = '9223372036854771712\n';

/** A kernel whose groups are seen through the files of version 1, with a group `box`. */
function oldKernel() {
  const kernel = bareKernel();
  kernel.group('box');
  return { ...kernel, tree: cgroupTree(kernel.state.cgroup, CGROUP_V1.files) };
}

/** Takes a mebibyte each millisecond, `count` times. */
const greedy =
  (count: number): Program =>
  async (sys) => {
    for (let taken = 0; taken < count; taken++) {
      sys.grow(MIB);
      await sys.sleep(1);
    }
    return 0;
  };

describe('memory and swap together', () => {
  it('are never less than memory alone, whichever is written first', () => {
    const { tree } = oldKernel();
    expect([tree.read('/box/memory.limit_in_bytes'), tree.read('/box/memory.memsw.limit_in_bytes')]).toEqual([NO_LIMIT, NO_LIMIT]);
    expect(() => tree.write('/box/memory.memsw.limit_in_bytes', '64M')).toThrow('Invalid argument');
    tree.write('/box/memory.limit_in_bytes', '64M');
    tree.write('/box/memory.memsw.limit_in_bytes', '96M');
    expect(() => tree.write('/box/memory.limit_in_bytes', '128M')).toThrow('Invalid argument');
    tree.write('/box/memory.limit_in_bytes', '32M');
    expect(tree.read('/box/memory.memsw.limit_in_bytes')).toBe(`${96 * MIB}\n`);
    tree.write('/box/memory.memsw.limit_in_bytes', '-1');
    expect(tree.read('/box/memory.memsw.limit_in_bytes')).toBe(NO_LIMIT);
  });
});

describe('memory.oom_control', () => {
  it('lets those wait who would be killed, until there is room', async () => {
    const kernel = oldKernel();
    const { tree } = kernel;
    tree.write('/box/memory.limit_in_bytes', '16M');
    tree.write('/box/memory.oom_control', '1');
    const exits: Exited[] = [];
    kernel.start(greedy(32), { cgroup: '/box', onExit: (exited) => exits.push(exited) });
    await kernel.run(1000);
    expect(exits).toEqual([]);
    expect(tree.read('/box/memory.oom_control')).toBe('oom_kill_disable 1\nunder_oom 1\noom_kill 0\n');
    tree.write('/box/memory.limit_in_bytes', '64M');
    await kernel.run(1000);
    expect(exits).toEqual([{ pid: 1, status: 0 }]);
    expect(tree.read('/box/memory.oom_control')).toContain('under_oom 0\n');
  });

  it('ends them after all when it is taken back', async () => {
    const kernel = oldKernel();
    const { tree } = kernel;
    tree.write('/box/memory.limit_in_bytes', '16M');
    tree.write('/box/memory.oom_control', '1');
    const exits: Exited[] = [];
    kernel.start(greedy(32), { cgroup: '/box', onExit: (exited) => exits.push(exited) });
    await kernel.run(1000);
    tree.write('/box/memory.oom_control', '0');
    await kernel.run(1000);
    expect(exits).toEqual([{ pid: 1, signal: 'SIGKILL' }]);
    expect(tree.read('/box/memory.oom_control')).toContain('oom_kill 1\n');
  });
});

describe('the other controllers', () => {
  it('say in their own words what version 2 says in others', () => {
    const { tree } = oldKernel();
    tree.write('/box/cpu.cfs_quota_us', '50000');
    tree.write('/box/cpu.shares', '512');
    tree.write('/box/pids.max', '20');
    tree.write('/box/freezer.state', 'FROZEN');
    const read = (file: string): string => tree.read(`/box/${file}`);
    expect(['cpu.cfs_quota_us', 'cpu.cfs_period_us', 'cpu.shares', 'pids.max', 'freezer.state'].map(read)).toEqual([
      '50000\n',
      '100000\n',
      '512\n',
      '20\n',
      'FROZEN\n',
    ]);
    tree.write('/box/cpu.cfs_quota_us', '-1');
    expect(read('cpu.cfs_quota_us')).toBe('-1\n');
    expect(tree.find('/box/memory.max')).toBeUndefined();
  });
});
