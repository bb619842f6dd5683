/** Docker Hub: the registry handler over the catalogue, as a server on the modelled network. */
import { acceptTls, serveConnection } from '../../http/index.ts';
import type { Duplex, Handler } from '../../http/types.ts';
import type { Fd, Program, Sys } from '../../kernel/sys.ts';
import { duplexOf } from '../../userland/program-io.ts';

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

interface Site {
  readonly names: readonly string[];
  readonly handler: Handler;
}

const TLS_PORT = 443;
/** As Go answers a client that speaks HTTP where TLS is spoken. */
const WRONG_SCHEME = 'HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n';

async function serve(sys: Sys, { names, handler }: Site, { fd, port }: { fd: Fd; port: number }): Promise<void> {
  const connection = overLink(sys, duplexOf(sys, fd));
  const secured = port === TLS_PORT ? await acceptTls(connection, names) : connection;
  if (secured) await serveConnection(secured, handler);
  else await connection.write(new TextEncoder().encode(WRONG_SCHEME));
  sys.fds.close(fd);
}

async function accept(sys: Sys, site: Site, { listening, port }: { listening: Fd; port: number }): Promise<void> {
  for (;;) {
    const fd = await sys.accept(listening);
    sys.thread(() => serve(sys, site, { fd, port }));
  }
}

/** Listens on the web's ports of its namespace. The handler's answers may come from the host: the machine stands still meanwhile. */
export const hub =
  (siteOf: (sys: Sys) => Site): Program =>
  async (sys) => {
    const site = siteOf(sys);
    for (const port of [TLS_PORT, 80]) {
      const listening = sys.net.socket('inet', 'stream');
      sys.net.bind(listening, { family: 'inet', ip: '0.0.0.0', port });
      sys.net.listen(listening);
      sys.thread(() => accept(sys, site, { listening, port }));
    }
    await sys.queue().wait();
    return 0;
  };
