/** Process 1 of the host: starts what the default target wants, listens for `systemctl`, and reaps every orphan. */
import { isErrno } from '../../kernel/errno.ts';
import type { Fd, Program, Signal, Sys } from '../../kernel/sys.ts';
import { type ControlAnswer, type ControlRequest, CONTROL_SOCKET, readMessage, writeMessage } from './control.ts';
import { Manager } from './manager.ts';
import { listUnits } from './unit.ts';

const DEFAULT_TARGETS = ['multi-user.target', 'sockets.target'];

async function perform(manager: Manager, request: ControlRequest): Promise<ControlAnswer> {
  for (const name of request.units) {
    const unit = manager.find(name);
    if (!unit && request.verb !== 'status' && request.verb !== 'is-active') return { error: name, states: [] };
    if (!unit) continue;
    if (request.verb === 'stop' || request.verb === 'restart') await manager.stop(unit);
    if (request.verb === 'start' || request.verb === 'restart') await manager.start(unit);
    if (request.verb === 'kill') manager.kill(unit, (request.signal ?? 'SIGTERM') as Signal);
  }
  return { states: request.units.map((name) => manager.state(name)) };
}

async function serve(sys: Sys, manager: Manager, connection: Fd): Promise<void> {
  try {
    const request = await readMessage<ControlRequest>(sys, connection);
    if (request) await writeMessage(sys, connection, await perform(manager, request));
  } catch (error) {
    if (!isErrno(error, 'EPIPE', 'ECONNRESET')) throw error;
  } finally {
    sys.fds.close(connection);
  }
}

function listen(sys: Sys): Fd {
  const fd = sys.net.socket('unix', 'stream');
  sys.net.bind(fd, { family: 'unix', path: CONTROL_SOCKET });
  // Anybody may ask how a unit does; what changes one, systemctl refuses to all but root.
  sys.path.chmod(CONTROL_SOCKET, 0o666);
  sys.net.listen(fd);
  return fd;
}

async function acceptAll(sys: Sys, manager: Manager, listening: Fd): Promise<void> {
  for (;;) {
    const connection = await sys.accept(listening);
    sys.thread(() => serve(sys, manager, connection));
  }
}

/** Reaps children as they end; sleeps while there are none. */
async function reap(sys: Sys, manager: Manager, childChanged: ReturnType<Sys['queue']>): Promise<void> {
  for (;;) {
    try {
      const child = await sys.wait(-1, { noHang: true });
      if (child) manager.childEnded(child);
      else await childChanged.wait();
    } catch (error) {
      if (isErrno(error, 'ECHILD')) await childChanged.wait();
      else if (!isErrno(error, 'EINTR')) throw error;
    }
  }
}

export const systemd: Program = async (sys) => {
  const manager = new Manager(sys);
  const childChanged = sys.queue();
  sys.on('SIGCHLD', () => childChanged.wake());
  const listening = listen(sys);
  sys.thread(() => acceptAll(sys, manager, listening));
  for (const unit of listUnits(sys)) {
    if (unit.wantedBy.some((target) => DEFAULT_TARGETS.includes(target))) await manager.start(unit);
  }
  await reap(sys, manager, childChanged);
  return 0;
};
