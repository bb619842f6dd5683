/**
 * A machine full of things that happen at once, run on a host whose promises take their time. What it prints, and when, must
 * not depend on that. A plain module, so that a browser can be given the same.
 */
import type { HostTurns } from '../../../src/engine/kernel/process/turns.ts';
import type { Program, Sys } from '../../../src/engine/kernel/sys.ts';
import { bareKernel, bytes, executable, script, text } from './bare-kernel.ts';

const say = (sys: Sys, words: string) => sys.write(1, bytes(words));

/** Counts in a busy loop and prints now and then, as `while :; do …; done` would. */
const busy: Program = async (sys) => {
  for (let i = 1; ; i += 1) {
    const over = sys.turn();
    if (over !== undefined) await over;
    if (i % 5000 === 0) await say(sys, `busy ${i}\n`);
  }
};

const sleeper =
  (name: string, ms: number): Program =>
  async (sys) => {
    for (let i = 0; i < 12; i += 1) {
      await sys.sleep(ms);
      await say(sys, `${name} ${i}\n`);
    }
    return 0;
  };

/** Three processes joined by pipes, the middle one slow. */
async function pipeline(sys: Sys): Promise<number> {
  const first = sys.fds.pipe();
  const second = sys.fds.pipe();
  const close = (self: Sys, ...fds: readonly number[]) => {
    for (const fd of fds) self.fds.close(fd);
  };
  sys.fork(async (self) => {
    close(self, first.read, second.read, second.write);
    for (let i = 0; i < 40; i += 1) await self.write(first.write, bytes(`${i} `.repeat(500 + i * 40)));
    return 0;
  });
  sys.fork(async (self) => {
    close(self, first.write, second.read);
    for (;;) {
      const part = await self.read(first.read, 3000);
      if (part.length === 0) return 0;
      await self.charge(part.length * 100);
      await self.write(second.write, part.subarray(0, part.length / 3));
    }
  });
  close(sys, first.read, first.write, second.write);
  for (let total = 0; ; ) {
    const part = await sys.read(second.read, 2000);
    total += part.length;
    if (part.length === 0) {
      await say(sys, `pipeline ${total} ${sys.random.bytes(2).join('.')}\n`);
      return 0;
    }
  }
}

const programs: Record<string, Program> = {
  cat: async (sys) => {
    await say(sys, `${sys.argv.join(' ')} as ${sys.pid}\n`);
    return 0;
  },
  deaf: async (sys) => {
    sys.on('SIGTERM', () => {});
    for (let i = 0; i < 4; i += 1) await sys.pause();
    return 9;
  },
};

/** Loads programs one after another while the others go on. */
const loader: Program = async (sys) => {
  for (const path of ['/bin/cat', '/script', '/bin/deaf']) {
    const child = sys.fork((self) => self.exec(path, [path, 'x']));
    if (path === '/bin/deaf') {
      for (let i = 0; i < 6; i += 1) {
        await sys.sleep(7);
        try {
          sys.kill(child, 'SIGTERM');
        } catch {
          await say(sys, 'gone\n');
        }
      }
    }
    await say(sys, `${JSON.stringify(await sys.wait(child))}\n`);
  }
  return 0;
};

const threads: Program = async (sys) => {
  const queue = sys.queue();
  let turnOf = 0;
  const tasks = [0, 1, 2].map((id) =>
    sys.thread(async () => {
      for (let i = 0; i < 4; i += 1) {
        while (turnOf !== id) await queue.wait();
        await sys.charge(900_000);
        turnOf = (id + 1) % 3;
        queue.wake();
      }
    }),
  );
  for (const task of tasks) await task.join();
  await say(sys, `threads ${sys.times().selfNs}\n`);
  return 0;
};

const init: Program = async (sys) => {
  const loop = sys.fork(busy);
  sys.fork(busy, { cgroup: '/slow' });
  for (const program of [sleeper('fast', 3), sleeper('slow', 11), pipeline, loader, threads]) sys.fork(program);
  const { master, slave } = sys.tty.openpt();
  sys.fork(async (self) => {
    self.ids.setsid();
    self.tty.control(slave);
    return busy(self);
  });
  await sys.sleep(60);
  await sys.write(master, bytes('typed\x03'));
  await say(sys, `screen ${text(await sys.read(master, 100))}\n`);
  await sys.sleep(60);
  sys.kill(loop, 'SIGINT');
  for (;;) {
    const ended = await sys.wait();
    await say(sys, `${sys.clock.nowNs()} ${JSON.stringify(ended)}\n`);
  }
};

/** Runs it all on `host`, in `pieces` runs; `load` stands for fetching a program's code. Returns all that was printed, with its instant. */
export async function playJitterScenario(host: HostTurns, delay: () => Promise<void>, pieces = 1): Promise<string> {
  const kernel = bareKernel({
    host,
    seed: 42,
    files: { '/bin/cat': executable('cat'), '/bin/deaf': executable('deaf'), '/script': script('#!/bin/cat -u\n') },
    load: async (note) => {
      await delay();
      return programs[note];
    },
  });
  kernel.group('slow');
  kernel.tree.write('/slow/cpu.max', '3000 20000');
  kernel.start(init, { name: 'init' });
  for (let i = 0; i < pieces; i += 1) await kernel.state.scheduler.run(((i + 1) * 250e6) / pieces);
  const faults = kernel.state.faults.map((fault) => fault.message);
  return [...kernel.tape.entries.map((entry) => `${entry.atNs} ${entry.text}`), ...faults, kernel.tree.read('/slow/cpu.stat')].join('');
}
