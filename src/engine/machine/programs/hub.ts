/** Docker Hub: the registry handler over the catalogue, as a server on the modelled network. */
import { serveConnection } from '../../http/index.ts';
import type { Handler } from '../../http/types.ts';
import type { Fd, Program, Sys } from '../../kernel/sys.ts';
import { duplexOf } from '../../userland/program-io.ts';

const PORTS = [443, 80];

async function serve(sys: Sys, handler: Handler, connection: Fd): Promise<void> {
  await serveConnection(duplexOf(sys, connection), handler);
  sys.fds.close(connection);
}

async function accept(sys: Sys, handler: Handler, listening: Fd): Promise<void> {
  for (;;) {
    const connection = await sys.accept(listening);
    sys.thread(() => serve(sys, handler, connection));
  }
}

/** Listens on the web's ports of its namespace. The handler's answers may come from the host: the machine stands still meanwhile. */
export const hub =
  (handlerOf: (sys: Sys) => Handler): Program =>
  async (sys) => {
    const handler = handlerOf(sys);
    for (const port of PORTS) {
      const listening = sys.net.socket('inet', 'stream');
      sys.net.bind(listening, { family: 'inet', ip: '0.0.0.0', port });
      sys.net.listen(listening);
      sys.thread(() => accept(sys, handler, listening));
    }
    await sys.queue().wait();
    return 0;
  };
