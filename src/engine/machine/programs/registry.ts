/** The `registry` image's server: the distribution protocol over the files of its container, as its configuration says. */

import { serveConnection } from '../../http/index.ts';
import type { Handler } from '../../http/types.ts';
import { isErrno } from '../../kernel/errno.ts';
import type { Fd, Program, Sys } from '../../kernel/sys.ts';
import { fileStorage, filesOver } from '../../registry/server/file-storage.ts';
import { registryHandler } from '../../registry/server/handler.ts';
import { listenOn } from '../../userland/net/streams.ts';
import { decode, duplexOf, say } from '../../userland/program-io.ts';

const DEFAULT_PORT = 5000;

/** The two settings that matter here; the rest of the file is read over. */
function settings(text: string): { readonly port: number; readonly ip: string; readonly root: string } {
  const address = /^\s*addr:\s*"?([^"\s]*):(\d+)"?/m.exec(text);
  const root = /^\s*rootdirectory:\s*(\S+)/m.exec(text)?.[1] ?? '/var/lib/registry';
  return { port: Number(address?.[2] ?? DEFAULT_PORT), ip: address?.[1] || '::', root };
}

async function converse(sys: Sys, fd: Fd, handler: Handler): Promise<void> {
  try {
    await serveConnection(duplexOf(sys, fd), handler);
  } catch (error) {
    if (!isErrno(error, 'EPIPE', 'ECONNRESET')) throw error;
  }
  sys.fds.close(fd);
}

async function acceptAll(sys: Sys, listening: Fd, handler: Handler): Promise<void> {
  for (;;) {
    try {
      const fd = await sys.accept(listening);
      sys.thread(() => converse(sys, fd, handler));
    } catch (error) {
      if (isErrno(error, 'EBADF')) return;
      if (!isErrno(error, 'EINTR', 'ECONNABORTED')) throw error;
    }
  }
}

export const registryServer: Program = async (sys) => {
  const [, verb, file] = sys.argv;
  if (verb !== 'serve' || file === undefined) {
    await say(sys, 2, 'Usage:\n  registry serve <config>\n');
    return verb === undefined || verb === '--help' ? 0 : 1;
  }
  try {
    const { port, ip, root } = settings(decode(sys.path.readFile(file)));
    const listening = listenOn(sys, { ip, port });
    const ended = sys.queue();
    for (const signal of ['SIGTERM', 'SIGINT'] as const) sys.on(signal, () => ended.wake());
    const handler = registryHandler(fileStorage(filesOver(sys.path), root), { scheme: 'http' });
    sys.thread(() => acceptAll(sys, listening, handler));
    await say(
      sys,
      2,
      `time="${new Date(Number(sys.clock.nowNs() / 1_000_000n)).toISOString()}" level=info msg="listening on ${ip === '::' ? '[::]' : ip}:${port}" service=registry\n`,
    );
    await ended.wait();
    return 0;
  } catch (error) {
    if (!isErrno(error)) throw error;
    await say(sys, 2, `configuration error: ${error.message}: ${file}\n`);
    return 1;
  }
};
