import { describe, expect, it } from 'vitest';
import { Errno, isErrno } from '../../../../src/engine/kernel/errno.ts';
import { createNetwork } from '../../../../src/engine/kernel/net/index.ts';
import { networkPort } from '../../../../src/engine/kernel/net-port.ts';
import type { Program, Sys } from '../../../../src/engine/kernel/sys.ts';
import { bareKernel, bytes, text } from '../bare-kernel.ts';

async function play(program: Program): Promise<string> {
  const names = new Map<string, object>();
  const kernel = bareKernel({
    network: ({ scheduler, clock, random }) => {
      const network = createNetwork({
        nowNs: () => clock.monotonicNs(),
        bytes: (count) => random.bytes(count),
        span: () => scheduler.current?.span ?? 0,
        after: (delayNs, callback) => void scheduler.at(scheduler.nowNs + delayNs, callback),
      });
      return networkPort(network, {
        bind: (_view, path, socket) => void names.set(path, socket),
        at: (_view, path) => {
          const found = names.get(path);
          if (found === undefined) throw new Errno('ENOENT', path);
          return found;
        },
      });
    },
  });
  kernel.start(program);
  await kernel.run(2000);
  expect(kernel.state.faults).toEqual([]);
  return kernel.tape.text;
}

/** A server that answers each connection with what it got, turned into capitals. */
async function serve(sys: Sys, listener: number): Promise<number> {
  for (;;) {
    const fd = await sys.accept(listener);
    const got = await sys.read(fd, 100);
    await sys.write(fd, bytes(text(got).toUpperCase()));
    sys.fds.close(fd);
  }
}

describe('sockets', () => {
  it('are accepted and connected to over loopback', async () => {
    const printed = await play(async (sys) => {
      sys.net.link.set('lo', { up: true });
      const listener = sys.net.socket('inet', 'stream');
      sys.net.bind(listener, { family: 'inet', ip: '0.0.0.0', port: 8080 });
      sys.net.listen(listener);
      const server = sys.fork((self) => serve(self, listener));
      sys.fds.close(listener);
      for (const word of ['one', 'two']) {
        const fd = sys.net.socket('inet', 'stream');
        await sys.connect(fd, { family: 'inet', ip: '127.0.0.1', port: 8080 });
        await sys.write(fd, bytes(word));
        await sys.write(1, await sys.read(fd, 100));
        sys.fds.close(fd);
      }
      sys.kill(server, 'SIGKILL');
      await sys.wait();
      const fd = sys.net.socket('inet', 'stream');
      const error = await sys.connect(fd, { family: 'inet', ip: '127.0.0.1', port: 8080 }).catch((caught: unknown) => caught);
      await sys.write(1, bytes(isErrno(error) ? error.code : 'connected'));
      return 0;
    });
    expect(printed).toBe('ONETWOECONNREFUSED');
  });

  it('have names, and know who is at the other end', async () => {
    const printed = await play(async (sys) => {
      const listener = sys.net.socket('unix', 'stream');
      sys.net.bind(listener, { family: 'unix', path: '/run/x.sock' });
      sys.net.listen(listener);
      sys.fork(async (self) => {
        const fd = self.net.socket('unix', 'stream');
        await self.connect(fd, { family: 'unix', path: '/run/x.sock' });
        await self.write(fd, bytes('hello'));
        return 0;
      });
      const fd = await sys.accept(listener);
      await sys.write(1, await sys.read(fd, 100));
      await sys.write(1, bytes(` from ${sys.net.peerCredentials(fd).pid}`));
      return (await sys.read(fd, 100)).length;
    });
    expect(printed).toBe('hello from 2');
  });
});
