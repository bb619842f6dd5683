import { describe, expect, it } from 'vitest';
import { makeExecutable } from '../../../src/engine/kernel/elf.ts';
import { createKernel, type Kernel } from '../../../src/engine/kernel/kernel.ts';
import type { Program, Sys } from '../../../src/engine/kernel/sys.ts';

const bytes = (words: string): Uint8Array => new TextEncoder().encode(words);
const text = (got: Uint8Array): string => new TextDecoder().decode(got);

const PROGRAMS: Readonly<Record<string, Program>> = {
  'gnu:echo': async (sys) => {
    await sys.write(1, bytes(`${sys.argv.slice(1).join(' ')}\n`));
    return 0;
  },
  hold: async (sys) => {
    await sys.sleep(60_000);
    return 0;
  },
};

function machine(): Kernel {
  return createKernel({
    seed: 7,
    epochNs: 1_768_467_600_000_000_000n,
    hostname: 'host',
    load: async (note) => PROGRAMS[note],
    breathe: () => new Promise((resolve) => setImmediate(resolve)),
    nowMs: () => performance.now(),
  });
}

/** Runs `program` as pid 1 on a disk with a few programs; returns what it noted. */
async function play(program: (sys: Sys, note: (line: string) => void) => Promise<void>): Promise<readonly string[]> {
  const kernel = machine();
  const notes: string[] = [];
  kernel.start(
    async (sys) => {
      for (const folder of ['/bin', '/dev', '/dev/pts', '/proc', '/sys', '/run', '/tmp'])
        if (!sys.path.access(folder, {})) sys.path.mkdir(folder);
      sys.path.writeFile('/bin/echo', makeExecutable('gnu:echo'), 0o755);
      sys.path.writeFile('/bin/hold', makeExecutable('hold'), 0o755);
      sys.path.mount({ type: 'proc', source: 'proc', target: '/proc' });
      sys.path.mount({ type: 'cgroup2', source: 'cgroup', target: '/sys' });
      sys.path.mount({ type: 'devpts', source: 'devpts', target: '/dev/pts' });
      await program(sys, (line) => void notes.push(line));
      return 0;
    },
    { name: 'init', argv: ['/sbin/init'] },
  );
  await kernel.run(10_000_000_000n);
  expect(kernel.faults).toEqual([]);
  return notes;
}

/** What a child that runs `path` prints. */
async function output(sys: Sys, path: string, argv: readonly string[]): Promise<string> {
  const pipe = sys.fds.pipe();
  const child = sys.fork((self) => self.exec(path, argv), { fds: new Map([[pipe.write, 1]]) });
  sys.fds.close(pipe.write);
  let printed = '';
  for (let got = await sys.read(pipe.read, 4096); got.length > 0; got = await sys.read(pipe.read, 4096)) printed += text(got);
  await sys.wait(child);
  sys.fds.close(pipe.read);
  return printed;
}

const read = (sys: Sys, path: string): string => text(sys.path.readFile(path));

describe('a kernel', () => {
  it('runs programs from its disk', async () => {
    const notes = await play(async (sys, note) => {
      note(await output(sys, '/bin/echo', ['echo', 'from', 'disk']));
      sys.path.writeFile('/bin/script', bytes('#!/bin/echo -n\n'), 0o755);
      note(await output(sys, '/bin/script', ['script', 'x']));
    });
    expect(notes).toEqual(['from disk\n', '-n /bin/script x\n']);
  });

  it('shows its processes in /proc and its groups in cgroup2', async () => {
    const notes = await play(async (sys, note) => {
      sys.path.mkdir('/sys/box');
      const child = sys.fork((self) => self.exec('/bin/hold', ['hold', 'on']), { cgroup: '/box' });
      await sys.sleep(10);
      note(read(sys, `/proc/${child}/cmdline`).replaceAll('\0', ' '));
      note(read(sys, `/proc/${child}/cgroup`));
      note(read(sys, '/sys/box/cgroup.procs'));
      note(sys.path.readlink('/proc/self'));
      note(sys.path.readlink(`/proc/${child}/exe`));
      sys.path.writeFile('/sys/box/pids.max', bytes('5'));
      note(read(sys, '/sys/box/pids.max'));
      sys.kill(child, 'SIGKILL');
      await sys.wait(child);
      sys.path.rmdir('/sys/box');
    });
    expect(notes).toEqual(['hold on ', '0::/box\n', '2\n', '1', '/bin/hold', '5\n']);
  });

  it('ends who writes beyond its largest file, and keeps what went before', async () => {
    const notes = await play(async (sys, note) => {
      const child = sys.fork(async (grower) => {
        grower.rlimit('fsize', { soft: 1000, hard: 1000 });
        const fd = await grower.open('/tmp/grown', { write: true, create: true });
        for (;;) await grower.write(fd, new Uint8Array(900));
      });
      note((await sys.wait(child))?.signal ?? '');
      note(String(sys.path.stat('/tmp/grown').sizeBytes));
    });
    expect(notes).toEqual(['SIGXFSZ', '1000']);
  });

  it('has terminals under /dev/pts', async () => {
    const notes = await play(async (sys, note) => {
      const { master, slave, slavePath } = sys.tty.openpt();
      note(slavePath);
      note(
        sys.path
          .readdir('/dev/pts')
          .map(({ name }) => name)
          .filter((name) => name !== 'ptmx')
          .join(),
      );
      sys.fork(async (self) => {
        self.ids.setsid();
        const fd = await self.open(slavePath, { read: true, write: true });
        await self.write(fd, bytes(`${self.tty.name(fd)} ${self.tty.foreground(fd) === self.ids.getpgid()}\n`));
        return 0;
      });
      sys.fds.close(slave);
      note(text(await sys.read(master, 100)));
      await sys.wait();
    });
    expect(notes).toEqual(['/dev/pts/0', '0', '/dev/pts/0 true\r\n']);
  });

  it('talks over named sockets and devices', async () => {
    const notes = await play(async (sys, note) => {
      sys.path.mknod('/dev/zero', 'char-device', 0o666, 0x105);
      const zero = await sys.open('/dev/zero', { read: true });
      note(String((await sys.read(zero, 3)).join()));
      const listener = sys.net.socket('unix', 'stream');
      sys.net.bind(listener, { family: 'unix', path: '/run/x.sock' });
      sys.net.listen(listener);
      sys.fork(async (self) => {
        const fd = self.net.socket('unix', 'stream');
        await self.connect(fd, { family: 'unix', path: '/run/x.sock' });
        await self.write(fd, bytes('hi'));
        return 0;
      });
      note(text(await sys.read(await sys.accept(listener), 10)));
      await sys.wait();
    });
    expect(notes).toEqual(['0,0,0', 'hi']);
  });

  it('keeps the mounts of a namespace apart', async () => {
    const notes = await play(async (sys, note) => {
      const child = sys.fork(
        async (self) => {
          self.path.mount({ type: 'tmpfs', source: 'tmpfs', target: '/tmp' });
          self.path.writeFile('/tmp/inside', bytes('x'));
          return 0;
        },
        { unshare: ['mnt'] },
      );
      await sys.wait(child);
      note(String(sys.path.readdir('/tmp').length));
      const fresh = sys.fork(
        async (self) => {
          self.path.mount({ type: 'proc', source: 'proc', target: '/proc' });
          note(
            self.path
              .readdir('/proc')
              .map(({ name }) => name)
              .filter((name) => /^\d+$/.test(name))
              .join(),
          );
          return 0;
        },
        { unshare: ['mnt', 'pid'] },
      );
      await sys.wait(fresh);
    });
    expect(notes).toEqual(['0', '1']);
  });

  it('never shows a time past the end of a run', async () => {
    const kernel = machine();
    kernel.start(async (sys) => {
      for (;;) {
        sys.path.access('/', {});
        await sys.turn();
      }
    });
    for (const until of [1_000_001n, 1_000_002n, 5_000_003n]) {
      await kernel.run(until);
      expect(kernel.nowNs()).toBe(until);
    }
  });
});
