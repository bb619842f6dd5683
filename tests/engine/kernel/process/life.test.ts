import { describe, expect, it } from 'vitest';
import { isErrno } from '../../../../src/engine/kernel/errno.ts';
import type { Exited, Program, Sys } from '../../../../src/engine/kernel/sys.ts';
import { bareKernel, bytes, executable, script, text } from '../bare-kernel.ts';

/** Runs `program` as pid 1 with a keeper above nobody, until everything is quiet or ten virtual seconds are over. */
async function play(program: Program, options: Parameters<typeof bareKernel>[0] = {}) {
  const kernel = bareKernel(options);
  const exits: Exited[] = [];
  kernel.start(program, { name: 'init', onExit: (exited) => exits.push(exited) });
  const result = await kernel.run(10_000);
  expect(kernel.state.faults).toEqual([]);
  return { kernel, exits, result, text: kernel.tape.text };
}

const say = (sys: Sys, words: string) => sys.write(1, bytes(words));
const busy: Program = async (sys) => {
  for (;;) {
    const over = sys.turn();
    if (over !== undefined) await over;
  }
};

describe('a process', () => {
  it('runs, prints and exits with its status', async () => {
    const { exits, text: printed } = await play(async (sys) => {
      await say(sys, 'hello\n');
      return 7;
    });
    expect(printed).toBe('hello\n');
    expect(exits).toEqual([{ pid: 1, status: 7 }]);
  });

  it('forks children and learns how they ended', async () => {
    const { text: printed } = await play(async (sys) => {
      const first = sys.fork(async () => 3);
      const second = sys.fork(async (child) => child.exit(4));
      const a = await sys.wait(second);
      const b = await sys.wait();
      await say(sys, JSON.stringify([first, second, a, b]));
      const none = await sys.wait().catch((error: unknown) => error);
      return isErrno(none, 'ECHILD') ? 0 : 1;
    });
    expect(JSON.parse(printed)).toEqual([2, 3, { pid: 3, status: 4 }, { pid: 2, status: 3 }]);
  });

  it('passes bytes through a pipe with back-pressure and ends with the last writer', async () => {
    const { text: printed } = await play(async (sys) => {
      const pipe = sys.fds.pipe();
      sys.fork(async (child) => {
        child.fds.close(pipe.read);
        await child.write(pipe.write, new Uint8Array(300_000));
        return 0;
      });
      sys.fds.close(pipe.write);
      let total = 0;
      for (;;) {
        const chunk = await sys.read(pipe.read, 10_000);
        if (chunk.length === 0) break;
        total += chunk.length;
      }
      await say(sys, `${total}`);
      return 0;
    });
    expect(printed).toBe('300000');
  });

  it('dies of SIGPIPE when nobody reads', async () => {
    const { text: printed } = await play(async (sys) => {
      const pipe = sys.fds.pipe();
      const child = sys.fork(async (self) => {
        self.fds.close(pipe.read);
        for (;;) await self.write(pipe.write, bytes('y\n'));
      });
      sys.fds.close(pipe.write);
      await sys.read(pipe.read, 2);
      sys.fds.close(pipe.read);
      await say(sys, JSON.stringify(await sys.wait(child)));
      return 0;
    });
    expect(JSON.parse(printed)).toMatchObject({ signal: 'SIGPIPE' });
  });

  it('is killed in a busy loop while others keep their schedule', async () => {
    const { kernel, text: printed } = await play(async (sys) => {
      const child = sys.fork(busy);
      for (let i = 0; i < 3; i += 1) {
        await sys.sleep(100);
        await say(sys, `${i} `);
      }
      sys.kill(child, 'SIGKILL');
      await say(sys, JSON.stringify(await sys.wait(child)));
      return 0;
    });
    expect(printed).toBe('0 1 2 {"pid":2,"signal":"SIGKILL","coreDumped":false}'.replace(',"coreDumped":false', ''));
    for (const [i, entry] of kernel.tape.entries.slice(0, 3).entries()) expect(Math.abs(entry.atNs / 1e6 - (i + 1) * 100)).toBeLessThan(5);
  });

  it('runs handlers at a turn, and interrupts waits with EINTR', async () => {
    const { text: printed } = await play(async (sys) => {
      const child = sys.fork(async (self) => {
        let isOver = false;
        self.on('SIGUSR1', () => {
          isOver = true;
        });
        while (!isOver) await self.turn();
        isOver = false;
        const error = await self.sleep(60_000).catch((caught: unknown) => caught);
        return isErrno(error, 'EINTR') && isOver ? 42 : 1;
      });
      await sys.sleep(10);
      sys.kill(child, 'SIGUSR1');
      await sys.sleep(10);
      sys.kill(child, 'SIGUSR1');
      await say(sys, JSON.stringify(await sys.wait(child)));
      return 0;
    });
    expect(JSON.parse(printed)).toEqual({ pid: 2, status: 42 });
  });

  it('is stopped and continued', async () => {
    const { text: printed } = await play(async (sys) => {
      const child = sys.fork(async (self) => {
        for (let i = 0; ; i += 1) {
          await self.sleep(10);
          await say(self, `${i}`);
        }
      });
      await sys.sleep(25);
      sys.kill(child, 'SIGSTOP');
      await say(sys, JSON.stringify(await sys.wait(child, { stopped: true })));
      await sys.sleep(100);
      sys.kill(child, 'SIGTERM');
      await say(sys, '|');
      await sys.sleep(10);
      sys.kill(child, 'SIGCONT');
      await say(sys, JSON.stringify(await sys.wait(child)));
      return 0;
    });
    expect(printed).toBe('01{"pid":2,"signal":"SIGSTOP","stopped":true}|{"pid":2,"signal":"SIGTERM"}');
  });

  it('gives its children to pid 1, which may leave them zombies', async () => {
    const { kernel } = await play(async (sys) => {
      const child = sys.fork(async (self) => {
        self.fork(async (grandchild) => {
          await grandchild.sleep(50);
          return grandchild.ppid === 1 ? 0 : 1;
        });
        return 0;
      });
      await sys.wait(child);
      await sys.sleep(200);
      for (const waited of [await sys.wait()]) await say(sys, JSON.stringify(waited));
      return 0;
    });
    expect(kernel.tape.text).toBe('{"pid":3,"status":0}');
  });

  it('never resumes once it is dead, not even its finally', async () => {
    const { text: printed } = await play(async (sys) => {
      const child = sys.fork(async (self) => {
        try {
          await self.sleep(1000);
        } finally {
          await say(self, 'still here');
        }
        return 0;
      });
      await sys.sleep(10);
      sys.kill(child, 'SIGKILL');
      await sys.sleep(2000);
      return 0;
    });
    expect(printed).toBe('');
  });

  it('shares memory among its threads, which wait for each other', async () => {
    const { text: printed } = await play(async (sys) => {
      const queue = sys.queue();
      let value = 0;
      const thread = sys.thread(async () => {
        while (value === 0) await queue.wait();
        await say(sys, `got ${value}, `);
      });
      await sys.sleep(5);
      value = 9;
      queue.wake();
      await thread.join();
      await say(sys, `timeout ${await queue.wait(10)}`);
      return 0;
    });
    expect(printed).toBe('got 9, timeout false');
  });

  it('is a fault if it throws, and dies as of a bad access', async () => {
    const kernel = bareKernel();
    const exits: Exited[] = [];
    kernel.start(
      async () => {
        throw new Error('bug');
      },
      { onExit: (exited) => exits.push(exited) },
    );
    await kernel.run(100);
    expect(exits).toEqual([{ pid: 1, signal: 'SIGSEGV' }]);
    expect(kernel.state.faults.map((fault) => fault.message)).toEqual(['program crashed: bug']);
  });

  it('is a fault if it waits for anything but the kernel', async () => {
    const kernel = bareKernel();
    kernel.start(async (sys) => {
      sys.fork(async () => {
        await new Promise((resolve) => setTimeout(resolve, 3000));
        return 0;
      });
      await sys.sleep(5);
      await say(sys, 'goes on');
      return 0;
    });
    await kernel.run(100);
    expect(kernel.tape.text).toBe('goes on');
    expect(kernel.state.faults).toHaveLength(1);
    expect(kernel.state.faults[0]?.message).toContain('awaits something that is not a system call');
  });
});

describe('exec', () => {
  const programs = {
    echo: async (sys: Sys) => {
      await say(sys, `${sys.argv.join(' ')}|${sys.env.get('A') ?? ''}|${sys.pid}`);
      return 5;
    },
  };
  const files = {
    '/bin/echo': executable('echo'),
    '/bin/plain': executable('echo', 0o644),
    '/run': script('#!/bin/echo -x y\n'),
    '/lost': script('#!/nowhere\n'),
    '/text': script('nothing'),
  };

  it('replaces the program and keeps the process', async () => {
    const { text: printed } = await play(
      async (sys) => {
        const child = sys.fork(async (self) => {
          self.env.set('A', 'b');
          return self.exec('/bin/echo', ['echo', 'hi']);
        });
        await say(sys, `;${JSON.stringify(await sys.wait(child))}`);
        return 0;
      },
      { programs, files },
    );
    expect(printed).toBe('echo hi|b|2;{"pid":2,"status":5}');
  });

  it('starts the interpreter of a script', async () => {
    const { text: printed } = await play((sys) => sys.exec('/run', ['run', 'a', 'b']), { programs, files });
    expect(printed).toBe('/bin/echo -x y /run a b||1');
  });

  it('fails as Linux does', async () => {
    const { text: printed } = await play(
      async (sys) => {
        for (const path of ['/nosuch', '/bin/plain', '/lost', '/text']) {
          const error = await sys.exec(path, []).catch((caught: unknown) => caught);
          await say(sys, `${isErrno(error) ? error.code : 'none'} `);
        }
        return 0;
      },
      { programs, files },
    );
    expect(printed).toBe('ENOENT EACCES ENOENT ENOEXEC ');
  });
});

describe('pid namespaces', () => {
  it('number from one, protect their pid 1 from inside, and die with it', async () => {
    const { text: printed } = await play(async (sys) => {
      const child = sys.fork(
        async (init) => {
          await say(init, `init ${init.pid} under ${init.ppid};`);
          init.fork(async (inner) => {
            inner.kill(1, 'SIGKILL');
            await inner.sleep(10_000);
            await say(inner, 'never');
            return 0;
          });
          await init.sleep(10_000);
          return 0;
        },
        { unshare: ['pid'] },
      );
      await sys.sleep(50);
      sys.kill(child, 'SIGTERM');
      await sys.sleep(50);
      await say(sys, `${JSON.stringify(await sys.wait(child, { noHang: true }))};`);
      sys.kill(child, 'SIGKILL');
      await say(sys, JSON.stringify(await sys.wait(child)));
      return 0;
    });
    expect(printed).toBe('init 1 under 0;null;{"pid":2,"signal":"SIGKILL"}');
  });
});

describe('fifos', () => {
  it('wait for their other end', async () => {
    const { text: printed } = await play(async (sys) => {
      sys.fork(async (child) => {
        const fd = await child.open('/fifo', { write: true });
        await child.write(fd, bytes('through'));
        return 0;
      });
      const fd = await sys.open('/fifo', { read: true });
      await say(sys, text(await sys.read(fd, 100)));
      return (await sys.read(fd, 100)).length;
    });
    expect(printed).toBe('through');
  });
});

describe('sessions', () => {
  it('are left by setsid, groups by setpgid', async () => {
    const { text: printed } = await play(async (sys) => {
      const child = sys.fork(async (self) => {
        self.ids.setsid();
        await say(self, `${self.ids.getsid()} ${self.ids.getpgid()};`);
        return 0;
      });
      await sys.wait(child);
      const other = sys.fork(
        async (self) => {
          await self.sleep(10_000);
          return 0;
        },
        { pgid: 0 },
      );
      await say(sys, `${sys.ids.getpgid(other)} ${sys.ids.getsid(other)};`);
      sys.kill(-other, 'SIGTERM');
      await say(sys, JSON.stringify(await sys.wait(-1, { pgid: other })));
      return 0;
    });
    expect(printed).toBe('2 2;3 1;{"pid":3,"signal":"SIGTERM"}');
  });

  it('goes on when the handler of a signal does what its task waits for', async () => {
    const { exits } = await play(async (sys) => {
      const child = sys.fork(async (waiter) => {
        const queue = waiter.queue();
        waiter.on('SIGTERM', () => queue.wake());
        await queue.wait();
        return 5;
      });
      await sys.sleep(10);
      sys.kill(child, 'SIGTERM');
      return (await sys.wait(child))?.status ?? 1;
    });
    expect(exits).toEqual([{ pid: 1, status: 5 }]);
  });
});
