/** How dockerd reaches registries: through the sockets of its own host, with failures in the words of Go's net package. */
import { startTls } from '../http/tls.ts';
import type { Dial, Duplex } from '../http/types.ts';
import { Errno } from '../kernel/errno.ts';
import type { Sys } from '../kernel/sys.ts';
import { socketDuplex } from './duplex.ts';
import { readTextIfThere } from './files.ts';

/** Finds the addresses of a name; empty if nobody knows it. */
export type Resolve = (sys: Sys, host: string) => Promise<readonly string[]>;

export function createDial(sys: Sys, resolve: Resolve): Dial {
  return async (to, tls) => {
    if ('unix' in to) throw new Errno('EINVAL', to.unix);
    const ip = await addressOf(sys, to.host, resolve);
    const family = ip.includes(':') ? 'inet6' : 'inet';
    const fd = sys.net.socket(family, 'stream');
    try {
      await sys.connect(fd, { family, ip, port: to.port });
    } catch (error) {
      sys.fds.close(fd);
      if (error instanceof Errno)
        throw new Error(`dial tcp ${family === 'inet6' ? `[${ip}]` : ip}:${to.port}: connect: ${error.message.toLowerCase()}`, {
          cause: error,
        });
      throw error;
    }
    const connection = closing(sys, fd);
    return tls ? secured(connection, tls.serverName) : connection;
  };
}

async function secured(connection: Duplex, serverName: string): Promise<Duplex> {
  try {
    return await startTls(connection, serverName);
  } catch (error) {
    connection.abort();
    throw error;
  }
}

/** Whoever gives a connection up closes it. */
function closing(sys: Sys, fd: number): Duplex {
  const duplex = socketDuplex(sys, fd);
  return { ...duplex, abort: () => duplex.close() };
}

async function addressOf(sys: Sys, host: string, resolve: Resolve): Promise<string> {
  if (/^[\d.]+$/.test(host) || host.includes(':')) return host;
  const found = inHostsFile(sys, host)[0] ?? (await resolve(sys, host))[0];
  if (found !== undefined) return found;
  throw new Error(`dial tcp: lookup ${host} on ${nameserver(sys)}:53: no such host`);
}

function inHostsFile(sys: Sys, host: string): readonly string[] {
  const lines = (readTextIfThere(sys, '/etc/hosts') ?? '').split('\n').map((line) => line.replace(/#.*/, '').trim().split(/\s+/));
  const found = lines.filter(([ip, ...names]) => ip !== undefined && names.includes(host)).map(([ip = '']) => ip);
  return [...found.filter((ip) => !ip.includes(':')), ...found.filter((ip) => ip.includes(':'))];
}

export const nameserver = (sys: Sys): string =>
  /^nameserver\s+(\S+)/m.exec(readTextIfThere(sys, '/etc/resolv.conf') ?? '')?.[1] ?? '127.0.0.1';
