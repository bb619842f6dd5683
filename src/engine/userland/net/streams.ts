/** Stream sockets, opened and listening. */
import { Errno, isErrno } from '../../kernel/errno.ts';
import type { Fd, Sys } from '../../kernel/sys.ts';

/** Connects to the first address that answers; throws the last one's Errno. */
export async function openStream(sys: Sys, addresses: readonly string[], port: number): Promise<Fd> {
  let failure: unknown = new Errno('EADDRNOTAVAIL');
  for (const ip of addresses) {
    const family = ip.includes(':') ? 'inet6' : 'inet';
    const fd = sys.net.socket(family, 'stream');
    try {
      await sys.connect(fd, { family, ip, port });
      return fd;
    } catch (error) {
      sys.fds.close(fd);
      if (!isErrno(error)) throw error;
      failure = error;
    }
  }
  throw failure;
}

export async function openUnix(sys: Sys, path: string): Promise<Fd> {
  const fd = sys.net.socket('unix', 'stream');
  try {
    await sys.connect(fd, { family: 'unix', path });
    return fd;
  } catch (error) {
    sys.fds.close(fd);
    throw error;
  }
}

/** A listening socket. The IPv6 wildcard takes IPv4 too unless `v6only`. */
export function listenOn(sys: Sys, { ip, port, v6only, backlog }: { ip: string; port: number; v6only?: boolean; backlog?: number }): Fd {
  const family = ip.includes(':') ? 'inet6' : 'inet';
  const fd = sys.net.socket(family, 'stream');
  try {
    if (v6only) sys.net.option(fd, 'v6only', 1);
    sys.net.bind(fd, { family, ip, port });
    sys.net.listen(fd, backlog);
    return fd;
  } catch (error) {
    sys.fds.close(fd);
    throw error;
  }
}

export const addressText = (ip: string, port: number): string => `${ip.includes(':') ? `[${ip}]` : ip}:${port}`;
