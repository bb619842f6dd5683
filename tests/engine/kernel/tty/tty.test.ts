import { describe, expect, it } from 'vitest';
import { isErrno } from '../../../../src/engine/kernel/errno.ts';
import type { Fd, Program, Sys } from '../../../../src/engine/kernel/sys.ts';
import { bareKernel, bytes, text } from '../bare-kernel.ts';

/** A program on a terminal: pid 1 holds the master and types, its child is the session's leader on the slave. */
async function atTerminal(child: Program, keyboard: (sys: Sys, master: Fd) => Promise<void>) {
  const kernel = bareKernel();
  let screen = '';
  kernel.start(async (sys) => {
    const { master, slave } = sys.tty.openpt({ columns: 100, rows: 30 });
    sys.fork(async (self) => {
      self.ids.setsid();
      self.tty.control(slave);
      for (const fd of [0, 1, 2]) self.fds.dup2(slave, fd);
      self.fds.close(master);
      self.fds.close(slave);
      return child(self);
    });
    sys.fds.close(slave);
    sys.thread(async () => {
      for (;;) {
        const shown = await sys.read(master, 4096).catch(() => new Uint8Array(0));
        if (shown.length === 0) return;
        screen += text(shown);
      }
    });
    await sys.sleep(10);
    await keyboard(sys, master);
    const ended = await sys.wait();
    await sys.sleep(5);
    screen += `[${ended?.status ?? ended?.signal}]`;
    return 0;
  });
  await kernel.run(5000);
  expect(kernel.state.faults).toEqual([]);
  return screen;
}

const type = (keys: string) => async (sys: Sys, master: Fd) => {
  await sys.write(master, bytes(keys));
  await sys.sleep(10);
};
const cat: Program = async (sys) => {
  for (;;) {
    const line = await sys.read(0, 4096);
    if (line.length === 0) return 0;
    await sys.write(1, bytes(`<${text(line)}>`));
  }
};

describe('the line discipline', () => {
  it('gives whole lines, edited and echoed', async () => {
    expect(await atTerminal(cat, type('helpp\x7flo\x17one two\x17x\x15ab\r\x04'))).toBe(
      'helpp\b \blo\b \b\b \b\b \b\b \b\b \b\b \bone two\b \b\b \b\b \bx\b \b\b \b\b \b\b \b\b \bab\r\n<ab\r\n>[0]'.replace('hel', 'hel'),
    );
  });

  it('erases a whole character of several bytes', async () => {
    expect(await atTerminal(cat, type('가\x7fb\r\x04'))).toBe('가\b \bb\r\n<b\r\n>[0]');
  });

  it('makes a signal of ^C for the foreground group', async () => {
    expect(await atTerminal(cat, type('abc\x03'))).toBe('abc^C[SIGINT]');
  });

  it('gives every byte as it comes in raw mode', async () => {
    const raw: Program = async (sys) => {
      sys.tty.setMode(0, { canonical: false, echo: false, signals: false, inputNewline: false, outputNewline: false });
      await sys.write(1, bytes('ready\n'));
      const keys: string[] = [];
      while (keys.join('').length < 4) keys.push(text(await sys.read(0, 10)));
      await sys.write(1, bytes(JSON.stringify(keys.join(''))));
      return 0;
    };
    expect(await atTerminal(raw, type('a\x03\r\x04'))).toBe('ready\n"a\\u0003\\r\\u0004"[0]');
  });
});

describe('a terminal', () => {
  it('has a size, and tells of its change', async () => {
    const watch: Program = async (sys) => {
      sys.on('SIGWINCH', () => {});
      await sys.pause();
      const { columns, rows } = sys.tty.size(0);
      await sys.write(1, bytes(`${columns}x${rows}`));
      return 0;
    };
    expect(
      await atTerminal(watch, async (sys, master) => {
        sys.tty.setSize(master, { columns: 60, rows: 20 });
      }),
    ).toBe('60x20[0]');
  });

  it('hangs up on the session when its master is closed', async () => {
    const stay: Program = async (sys) => {
      await sys.sleep(60_000);
      return 0;
    };
    expect(
      await atTerminal(stay, async (sys, master) => {
        sys.fds.close(master);
      }),
    ).toBe('[SIGHUP]');
  });

  it('stops a background group that reads from it', async () => {
    const shell: Program = async (sys) => {
      const job = sys.fork(
        async (self) => {
          await self.read(0, 10);
          return 9;
        },
        { pgid: 0 },
      );
      const stopped = await sys.wait(job, { stopped: true });
      await sys.write(1, bytes(`${stopped?.signal} `));
      sys.on('SIGTTOU', 'ignore');
      sys.tty.setForeground(0, job);
      sys.kill(-job, 'SIGCONT');
      const ended = await sys.wait(job);
      sys.tty.setForeground(0, sys.ids.getpgid());
      await sys.write(1, bytes(`${ended?.status}`));
      return 0;
    };
    expect(await atTerminal(shell, type('go\r'))).toBe('SIGTTIN go\r\n9[0]');
  });

  it('is EIO for the master once no slave is left, and no terminal for others', async () => {
    const kernel = bareKernel();
    const codes: unknown[] = [];
    kernel.start(async (sys) => {
      const { master, slave } = sys.tty.openpt();
      await sys.write(slave, bytes('bye\n'));
      sys.fds.close(slave);
      codes.push(text(await sys.read(master, 10)));
      const error = await sys.read(master, 10).catch((caught: unknown) => caught);
      codes.push(isErrno(error) && error.code);
      try {
        sys.tty.size(1);
      } catch (caught) {
        codes.push(isErrno(caught) && caught.code);
      }
      return 0;
    });
    await kernel.run(100);
    expect(codes).toEqual(['bye\r\n', 'EIO', 'ENOTTY']);
  });
});
