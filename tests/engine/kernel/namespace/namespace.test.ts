import { describe, expect, it } from 'vitest';
import { isErrno } from '../../../../src/engine/kernel/errno.ts';
import { identityOf } from '../../../../src/engine/kernel/process/credentials.ts';
import { cgroupPath, createProcSource } from '../../../../src/engine/kernel/process/proc-source.ts';
import type { Program } from '../../../../src/engine/kernel/sys.ts';
import { bareKernel, bytes } from '../bare-kernel.ts';

const play = async (program: Program) => {
  const kernel = bareKernel();
  kernel.start(program);
  await kernel.run(1000);
  expect(kernel.state.faults).toEqual([]);
  return kernel;
};

describe('namespaces', () => {
  it('isolate the host name', async () => {
    const kernel = await play(async (sys) => {
      const child = sys.fork(
        async (self) => {
          self.setHostname('inside');
          await self.write(1, bytes(`${self.hostname()} ${self.ns.of('uts').inode !== sys.ns.of('uts', 1).inode};`));
          return 0;
        },
        { unshare: ['uts', 'ipc', 'net', 'mnt', 'cgroup'] },
      );
      await sys.wait(child);
      await sys.write(1, bytes(sys.hostname()));
      return 0;
    });
    expect(kernel.tape.text).toBe('inside true;bare');
  });

  it('have the numbers that Linux gives the first ones', async () => {
    const seen: number[] = [];
    await play(async (sys) => {
      for (const kind of ['uts', 'ipc', 'pid', 'user', 'cgroup', 'time'] as const) seen.push(sys.ns.of(kind).inode);
      return 0;
    });
    expect(seen).toEqual([4026531838, 4026531839, 4026531836, 4026531837, 4026531835, 4026531834]);
  });

  it('are entered with setns, held, and gone with their last user', async () => {
    const kernel = await play(async (sys) => {
      const ref = sys.ns.create('uts');
      const name = async (options: Parameters<typeof sys.fork>[1], set?: string) => {
        const child = sys.fork(async (self) => {
          if (set !== undefined) self.setHostname(set);
          await self.write(1, bytes(`${self.hostname()} `));
          return 0;
        }, options);
        await sys.wait(child);
      };
      await name({ join: [ref] }, 'held');
      await name({ join: [ref] });
      sys.ns.release(ref);
      try {
        sys.ns.setns(ref);
      } catch (error) {
        await sys.write(1, bytes(isErrno(error) ? error.code : ''));
      }
      return 0;
    });
    expect(kernel.tape.text).toBe('held held EINVAL');
  });

  it('want CAP_SYS_ADMIN', async () => {
    const kernel = bareKernel();
    let code: unknown;
    kernel.start(
      async (sys) => {
        try {
          sys.ns.unshare(['net']);
        } catch (error) {
          code = isErrno(error) && error.code;
        }
        return 0;
      },
      { identity: identityOf(1000, 1000) },
    );
    await kernel.run(10);
    expect(code).toBe('EPERM');
  });

  it('let a process join a pid namespace through its children', async () => {
    const kernel = await play(async (sys) => {
      const init = sys.fork(
        async (self) => {
          await self.sleep(100);
          return 0;
        },
        { unshare: ['pid'] },
      );
      const joined = sys.fork(
        async (self) => {
          await self.write(1, bytes(`${self.pid} ${self.ppid}`));
          return 0;
        },
        { join: [sys.ns.of('pid', init)] },
      );
      await sys.wait(joined);
      await sys.wait(init);
      return 0;
    });
    expect(kernel.tape.text).toBe('2 0');
  });
});

describe('what /proc shows', () => {
  it('is numbered for the namespace that looks', async () => {
    const kernel = bareKernel();
    kernel.start(
      async (sys) => {
        sys.fork(
          async (self) => {
            self.prctl('name', 'inner');
            await self.sleep(10_000);
            return 0;
          },
          { unshare: ['pid'] },
        );
        await sys.sleep(10_000);
        return 0;
      },
      { argv: ['/sbin/init', 'x'] },
    );
    await kernel.run(10);
    const none = { file: () => undefined, sysctl: () => undefined, setSysctl: () => {}, sysctls: () => [] };
    const source = createProcSource(kernel.state, { cpus: 2, memoryBytes: 2 ** 31, kernelBytes: 0, cgroupControllers: [], network: none });
    const root = kernel.state.initial().pid.inode;
    expect(source.pids(root)).toEqual([1, 2]);
    expect(source.process(root, 2)).toMatchObject({ pid: 2, ppid: 1, name: 'inner', state: 'S', nsPids: [2, 1], cgroup: '/', threads: 1 });
    const inner = source.process(root, 2)?.namespaces.pid ?? 0;
    expect(source.pids(inner)).toEqual([1]);
    expect(source.process(inner, 1)).toMatchObject({ pid: 1, ppid: 0, nsPids: [1] });
    expect(source.process(root, 1)?.argv).toEqual(['/sbin/init', 'x']);
    expect(source.process(root, 3)).toBeUndefined();
  });

  it('names cgroups from where the reader stands', () => {
    const kernel = bareKernel();
    const docker = kernel.group('docker');
    const [a, b] = [docker.mkdir('a'), docker.mkdir('b')];
    expect(cgroupPath(a, kernel.state.cgroup)).toBe('/docker/a');
    expect(cgroupPath(a, a)).toBe('/');
    expect(cgroupPath(a, b)).toBe('/../a');
  });
});
