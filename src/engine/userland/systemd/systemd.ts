/** Process 1 of the host: starts what the default target wants, listens for `systemctl`, and reaps every orphan. */
import { isErrno } from '../../kernel/errno.ts';
import type { Fd, Program, Sys } from '../../kernel/sys.ts';
import { CONTROL_SOCKET, type ControlRequest, readMessage, writeMessage } from './control.ts';
import { Services } from './services.ts';
import { listUnits } from './unit.ts';

const DEFAULT_TARGETS = ['multi-user.target', 'sockets.target'];

async function serve(sys: Sys, services: Services, connection: Fd): Promise<void> {
  try {
    const request = await readMessage<ControlRequest>(sys, connection);
    if (!request) return;
    const { perform } = await sys.stall(() => import('./perform.ts'));
    await writeMessage(sys, connection, await perform(services, request));
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

async function acceptAll(sys: Sys, services: Services, listening: Fd): Promise<void> {
  for (;;) {
    const connection = await sys.accept(listening);
    sys.thread(() => serve(sys, services, connection));
  }
}

/** Reaps children as they end; sleeps while there are none. */
async function reap(sys: Sys, services: Services, childChanged: ReturnType<Sys['queue']>): Promise<void> {
  for (;;) {
    try {
      const child = await sys.wait(-1, { noHang: true });
      if (child) services.childEnded(child);
      else await childChanged.wait();
    } catch (error) {
      if (isErrno(error, 'ECHILD')) await childChanged.wait();
      else if (!isErrno(error, 'EINTR')) throw error;
    }
  }
}

export const systemd: Program = async (sys) => {
  const services = new Services(sys);
  const childChanged = sys.queue();
  sys.on('SIGCHLD', () => childChanged.wake());
  const listening = listen(sys);
  sys.thread(() => acceptAll(sys, services, listening));
  for (const unit of listUnits(sys)) {
    if (unit.wantedBy.some((target) => DEFAULT_TARGETS.includes(target))) await services.start(unit);
  }
  await reap(sys, services, childChanged);
  return 0;
};
