/** Docker Hub: the registry handler over the catalogue, as a server on the modelled network. */
import { serveConnection } from '../../http/index.ts';
import type { Duplex, Handler } from '../../http/types.ts';
import type { Fd, Program, Sys } from '../../kernel/sys.ts';
import { duplexOf } from '../../userland/program-io.ts';

const PORTS = [443, 80];
/** The modelled link: images are miniatures, so the line is slow, and a pull takes about as long as a real one on a fast line. */
const BYTES_PER_SECOND = 40_000;
const PIECE_BYTES = 256;
const MS_PER_SECOND = 1000;

/** A connection whose other end gets its bytes no faster than the link carries them. */
const overLink = (sys: Sys, connection: Duplex): Duplex => ({
  ...connection,
  write: async (bytes) => {
    for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
      const piece = bytes.subarray(at, at + PIECE_BYTES);
      await sys.sleep((piece.length / BYTES_PER_SECOND) * MS_PER_SECOND);
      await connection.write(piece);
    }
  },
});

async function serve(sys: Sys, handler: Handler, connection: Fd): Promise<void> {
  await serveConnection(overLink(sys, duplexOf(sys, connection)), handler);
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
