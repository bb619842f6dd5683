/** The servers of the world outside: sites on the modelled network, each with its names, its address and what answers there. */
import { acceptTls, serveConnection } from '../../http/index.ts';
import type { Duplex, Handler } from '../../http/types.ts';
import { isErrno } from '../../kernel/errno.ts';
import type { Fd, Program, Sys } from '../../kernel/sys.ts';
import { duplexOf } from '../../userland/duplex.ts';

export interface Site {
  readonly names: readonly string[];
  readonly ip: string;
  /** Fetched with the first connection; the machine stands still meanwhile. */
  readonly load: (sys: Sys) => Promise<Handler>;
  /** What the line to it carries; as much as one likes, if absent. */
  readonly bytesPerSecond?: number;
  /** Only TLS is spoken: the port for HTTP is closed. */
  readonly tlsOnly?: boolean;
}

const PIECE_BYTES = 256;
const MS_PER_SECOND = 1000;
const TLS_PORT = 443;
const PLAIN_PORT = 80;
/** As Go answers a client that speaks HTTP where TLS is spoken. */
const WRONG_SCHEME = 'HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n';

/** A connection whose other end gets its bytes no faster than the link carries them. */
const overLink = (sys: Sys, connection: Duplex, bytesPerSecond: number): Duplex => ({
  ...connection,
  write: async (bytes) => {
    for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
      const piece = bytes.subarray(at, at + PIECE_BYTES);
      await sys.sleep((piece.length / bytesPerSecond) * MS_PER_SECOND);
      await connection.write(piece);
    }
  },
});

interface Open {
  readonly site: Site;
  readonly port: number;
  readonly handler: () => Promise<Handler>;
}

async function serve(sys: Sys, { site, port, handler }: Open, fd: Fd): Promise<void> {
  const plain = duplexOf(sys, fd);
  const connection = site.bytesPerSecond === undefined ? plain : overLink(sys, plain, site.bytesPerSecond);
  try {
    const secured = port === TLS_PORT ? await acceptTls(connection, site.names) : connection;
    if (secured) await serveConnection(secured, await handler());
    else await connection.write(new TextEncoder().encode(WRONG_SCHEME));
  } catch (error) {
    // Whoever asked is gone.
    if (!isErrno(error, 'EPIPE', 'ECONNRESET', 'ENOTCONN')) throw error;
  }
  connection.abort();
}

async function accept(sys: Sys, listening: Fd, open: Open): Promise<void> {
  for (;;) {
    const fd = await sys.accept(listening);
    sys.thread(() => serve(sys, open, fd));
  }
}

/** Listens on the web's ports of each site's address. */
export const sites =
  (all: readonly Site[]): Program =>
  async (sys) => {
    sys.on('SIGPIPE', 'ignore');
    for (const site of all) {
      let loaded: Handler | undefined;
      const handler = async (): Promise<Handler> => {
        loaded ??= await sys.stall(() => site.load(sys));
        return loaded;
      };
      for (const port of site.tlsOnly ? [TLS_PORT] : [TLS_PORT, PLAIN_PORT]) {
        const listening = sys.net.socket('inet', 'stream');
        sys.net.bind(listening, { family: 'inet', ip: site.ip, port });
        sys.net.listen(listening);
        sys.thread(() => accept(sys, listening, { site, port, handler }));
      }
    }
    await sys.queue().wait();
    return 0;
  };
