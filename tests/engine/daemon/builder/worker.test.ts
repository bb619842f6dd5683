/** The builder's rules for its cache. */
import { describe, expect, it } from 'vitest';
import { gcPolicy, keptBytes } from '../../../../src/engine/daemon/builder/worker.ts';
import type { Daemon } from '../../../../src/engine/daemon/daemon.ts';

const diskOf = (totalBytes: number): Pick<Daemon, 'sys' | 'root'> => ({
  root: '/var/lib/docker',
  sys: { path: { statfs: () => ({ totalBytes }) } } as unknown as Daemon['sys'],
});

describe('the rules', () => {
  it('follow the size of the disk, as a real one’s do', () => {
    const cap = { ReservedSpace: 1e9, MaxUsedSpace: 7e9, MinFreeSpace: 2e9 };
    expect(gcPolicy(diskOf(8_589_934_592))).toEqual([
      {
        All: false,
        Types: ['source.local', 'exec.cachemount', 'source.git.checkout'],
        KeepDuration: 172_800e9,
        ReservedSpace: 0,
        MaxUsedSpace: 512e6,
        MinFreeSpace: 0,
      },
      { All: false, Types: [], KeepDuration: 5_184_000e9, ...cap },
      { All: false, Types: [], KeepDuration: 0, ...cap },
      { All: true, Types: [], KeepDuration: 0, ...cap },
    ]);
  });

  it('let as much stay as fits, and what is reserved in any case', () => {
    const rule = { ReservedSpace: 10, MaxUsedSpace: 70, MinFreeSpace: 20 };
    expect(keptBytes(rule, { usedBytes: 100, freeBytes: 50 })).toBe(70);
    expect(keptBytes(rule, { usedBytes: 60, freeBytes: 5 })).toBe(45);
    expect(keptBytes(rule, { usedBytes: 15, freeBytes: 0 })).toBe(10);
    expect(keptBytes({ ReservedSpace: 0, MaxUsedSpace: 512, MinFreeSpace: 0 }, { usedBytes: 600, freeBytes: 0 })).toBe(512);
  });
});
