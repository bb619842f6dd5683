import { describe, expect, it } from 'vitest';
import { isErrno } from '../../../../src/engine/kernel/errno.ts';
import { identityOf, ROOT, withCapabilities, withUid } from '../../../../src/engine/kernel/process/credentials.ts';
import type { Program, Sys } from '../../../../src/engine/kernel/sys.ts';
import { bareKernel, bytes, executable } from '../bare-kernel.ts';

const codeOf = (action: () => void): string => {
  try {
    action();
    return 'done';
  } catch (error) {
    return isErrno(error) ? error.code : String(error);
  }
};
const whoAmI: Program = async (sys) => {
  const { uid, euid, capabilities } = sys.ids.get();
  await sys.write(1, bytes(`${uid} ${euid} ${capabilities.size};`));
  return 0;
};

async function play(program: Program, as = identityOf(1000, 1000)) {
  const kernel = bareKernel({
    programs: { whoami: whoAmI },
    files: { '/su': { ...executable('whoami', 0o4755), uid: 0 }, '/id': executable('whoami') },
  });
  kernel.start(program, { identity: as });
  await kernel.run(1000);
  expect(kernel.state.faults).toEqual([]);
  return kernel.tape.text;
}

const run = async (sys: Sys, path: string, before: (self: Sys) => void = () => {}) => {
  const child = sys.fork((self) => {
    before(self);
    return self.exec(path, [path]);
  });
  await sys.wait(child);
};

describe('identities', () => {
  it('become the owner of a set-user-ID file, unless there may be no new privileges', async () => {
    const text = await play(async (sys) => {
      await run(sys, '/id');
      await run(sys, '/su');
      await run(sys, '/su', (self) => self.prctl('no-new-privs'));
      return 0;
    });
    expect(text).toBe('1000 1000 0;1000 0 41;1000 1000 0;');
  });

  it('lose every capability with root, and keep the bound over an exec', async () => {
    expect(withUid(ROOT, 33).capabilities.size).toBe(0);
    expect(codeOf(() => withUid(identityOf(1000, 1000), 0))).toBe('EPERM');
    expect(withCapabilities(ROOT, new Set(['CAP_CHOWN'])).bounding.size).toBe(1);
    const text = await play(async (sys) => {
      await run(sys, '/id', (self) => self.ids.setCapabilities(new Set(['CAP_KILL', 'CAP_CHOWN'])));
      return 0;
    }, ROOT);
    expect(text).toBe('0 0 2;');
  });

  it('may signal only their own processes', async () => {
    const kernel = bareKernel();
    const codes: string[] = [];
    kernel.start(async (sys) => {
      await sys.sleep(100);
      return 0;
    });
    kernel.start(
      async (sys) => {
        codes.push(
          codeOf(() => sys.kill(1, 'SIGTERM')),
          codeOf(() => sys.kill(99, 'SIGTERM')),
          codeOf(() => sys.kill(sys.pid, null)),
        );
        return 0;
      },
      { identity: identityOf(1000, 1000) },
    );
    await kernel.run(10);
    expect(codes).toEqual(['EPERM', 'ESRCH', 'done']);
  });
});

describe('children', () => {
  it('are reaped by the kernel when their end is ignored', async () => {
    const text = await play(async (sys) => {
      sys.on('SIGCHLD', 'ignore');
      sys.fork(async () => 0);
      const error = await sys.wait().catch((caught: unknown) => caught);
      await sys.write(1, bytes(isErrno(error) ? error.code : 'none'));
      return 0;
    });
    expect(text).toBe('ECHILD');
  });

  it('go to a subreaper before pid 1', async () => {
    const text = await play(async (sys) => {
      const shim = sys.fork(async (self) => {
        self.prctl('subreaper');
        const middle = self.fork(async (parent) => {
          parent.fork(async (orphan) => {
            await orphan.sleep(10);
            return 7;
          });
          return 0;
        });
        await self.wait(middle);
        return (await self.wait())?.status ?? 1;
      });
      await sys.write(1, bytes(String((await sys.wait(shim))?.status)));
      return 0;
    });
    expect(text).toBe('7');
  });
});
