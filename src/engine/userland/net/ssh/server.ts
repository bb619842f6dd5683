/** `sshd`: takes connections on port 22, or on the socket that it was given, each in a process of its own. */
import { isErrno } from '../../../kernel/errno.ts';
import type { Fd, Program, Sys } from '../../../kernel/sys.ts';
import { say } from '../../program-io.ts';
import { listenOn } from '../streams.ts';
import { sentence } from '../text.ts';
import { serveConnection } from './session.ts';

const PORT = 22;
/** Where an activated service finds its first socket (sd_listen_fds(3)). */
const FIRST_LISTEN_FD = 3;

export const sshd: Program = async (sys) => {
  const port = Number(sys.argv[sys.argv.indexOf('-p') + 1] ?? PORT) || PORT;
  let listening: Fd;
  try {
    listening = sys.env.has('LISTEN_FDS') ? FIRST_LISTEN_FD : listenOn(sys, { ip: '::', port, backlog: 128 });
  } catch (error) {
    await say(sys, 2, `error: Bind to port ${port} on :: failed: ${sentence(error)}.\nfatal: Cannot bind any address.\n`);
    return 255;
  }
  const childChanged = sys.queue();
  sys.on('SIGCHLD', () => childChanged.wake());
  sys.thread(() => reap(sys, childChanged));
  for (;;) await takeOne(sys, listening);
};

async function takeOne(sys: Sys, listening: Fd): Promise<void> {
  try {
    const connection = await sys.accept(listening);
    sys.fork((child) => serveConnection(child, connection), {
      argv: ['sshd-session'],
      pgid: 0,
      fds: new Map([...[0, 1, 2].filter((fd) => sys.fds.has(fd)), connection].map((fd) => [fd, fd])),
    });
    sys.fds.close(connection);
  } catch (error) {
    if (!isErrno(error, 'EINTR', 'ECONNABORTED')) throw error;
  }
}

async function reap(sys: Sys, childChanged: ReturnType<Sys['queue']>): Promise<never> {
  for (;;) {
    const ended = await sys.wait(-1, { noHang: true }).catch((error: unknown) => {
      if (isErrno(error, 'ECHILD', 'EINTR')) return null;
      throw error;
    });
    if (ended === null) await childChanged.wait();
  }
}
