/** `net/http` and `net`: a server and a client over the machine's sockets. Routing and headers are written in Go. */
import { HttpError, type HttpRequest, type HttpResponse, reasonOf, request, serveConnection } from '../../../http/index.ts';
import { isErrno } from '../../../kernel/errno.ts';
import type { Fd, Sys } from '../../../kernel/sys.ts';
import { duplexOf } from '../../duplex.ts';
import { lookUp, resolverConfig } from '../../net/resolve.ts';
import { listenOn, openStream } from '../../net/streams.ts';
import { bytesOf, concat, rawOf, toRaw, toText } from '../../program-io.ts';
import { invoke, type Steps } from '../runtime/frame.ts';
import { drive, type Goroutine, wait } from '../runtime/goroutine.ts';
import { Slice, type Value } from '../runtime/values.ts';
import type { LibraryPackage } from './packages.ts';
import { SOURCE as HTTP_SOURCE } from './source/http.ts';
import { SOURCE as HTTP_CLIENT } from './source/http-client.ts';
import { SOURCE as HTTP_ROUTES } from './source/http-routes.ts';
import { SOURCE as HTTP_SERVER } from './source/http-server.ts';
import { SOURCE as NET_SOURCE } from './source/net.ts';

const text = (value: Value): string => toText(value as string);

const withPort = (ip: string, port: number): string => `${ip.includes(':') ? `[${ip}]` : ip}:${port}`;

function peerOf(sys: Sys, fd: Fd): string {
  const peer = sys.net.peer(fd);
  return peer.family === 'unix' ? '' : withPort(peer.ip.replace('::ffff:', ''), peer.port);
}

/** Where a server listens, or the number of the error and its call. */
function listen(sys: Sys, host: string, port: number): Value[] {
  try {
    const listening = listenOn(sys, { ip: host === '' ? '::' : host, port, backlog: 128 });
    const { read, write } = sys.fds.pipe();
    return [listening, read, write, 0];
  } catch (error) {
    if (isErrno(error)) return [-1, -1, -1, error.number];
    throw error;
  }
}

/** The next connection; -1 when the server is to stop. */
function* accept({ sys }: Goroutine, listening: Fd, stop: Fd): Steps {
  for (;;) {
    try {
      const ready = yield* wait(
        sys.poll([
          { fd: listening, events: { read: true } },
          { fd: stop, events: { read: true } },
        ]),
      );
      if (ready.some(({ fd, hangup, readable }) => fd === stop && (hangup || readable))) return -1;
      return yield* wait(sys.accept(listening));
    } catch (error) {
      if (isErrno(error, 'EBADF')) return -1;
      if (!isErrno(error, 'EINTR', 'ECONNABORTED', 'EAGAIN')) throw error;
    }
  }
}

async function bodyOf(incoming: HttpRequest): Promise<string> {
  const pieces: Uint8Array[] = [];
  for (let piece = await incoming.readBody(); piece !== null; piece = await incoming.readBody()) pieces.push(piece);
  return rawOf(concat(pieces));
}

const MAX_PLAIN_BYTES = 2048;

/** Requests of a connection, one after the other, each answered by the Go function. */
function* serve(goroutine: Goroutine, fd: Fd, handler: Value): Steps {
  const { sys } = goroutine;
  const duplex = duplexOf(sys, fd);
  const remote = toRaw(peerOf(sys, fd));
  const answer = async (incoming: HttpRequest): Promise<HttpResponse> => {
    const headers = [...incoming.headers].flatMap(([name, values]) => values.flatMap((value) => [toRaw(name), toRaw(value)]));
    const body = await bodyOf(incoming);
    const result = (await drive(
      invoke(goroutine, handler, [incoming.method, toRaw(incoming.target), remote, new Slice(headers), body]),
    )) as Value[];
    const [status, lines, content] = result;
    if (status === 0) throw new HttpError(500, 'aborted');
    const list = lines instanceof Slice ? (lines.list() as string[]) : [];
    const pairs = list.flatMap((name, index) => (index % 2 === 0 ? [[toText(name), toText(list[index + 1] ?? '')] as const] : []));
    const bytes = bytesOf(content as string);
    const isLong = bytes.length > MAX_PLAIN_BYTES && !pairs.some(([name]) => name === 'Content-Length');
    return { status: Number(status), headers: pairs, body: isLong ? (write) => write(bytes) : bytes };
  };
  try {
    yield* wait(serveConnection(duplex, answer));
  } catch (error) {
    if (!isErrno(error) && !(error instanceof HttpError)) throw error;
  } finally {
    duplex.abort();
  }
  return null;
}

/** Why a name has no address, as Go's resolver says it. */
const noHost = (sys: Sys, host: string): string => `dial tcp: lookup ${host} on ${resolverConfig(sys).servers[0]}:53: no such host`;

/** A connection to a host, or a sentence. */
export async function dial(sys: Sys, host: string, port: number): Promise<Fd | string> {
  const resolved = await lookUp(sys, host);
  if (resolved.kind === 'again') return `dial tcp: lookup ${host} on ${resolverConfig(sys).servers[0]}:53: server misbehaving`;
  if (resolved.kind !== 'found') return noHost(sys, host);
  const [first = host] = resolved.addresses;
  try {
    return await openStream(sys, resolved.addresses, port);
  } catch (error) {
    if (!isErrno(error)) throw error;
    return `dial tcp ${withPort(first, port)}: connect: ${error.message.charAt(0).toLowerCase()}${error.message.slice(1)}`;
  }
}

async function roundTrip(sys: Sys, [method, host, port, target, headers, body]: readonly Value[]): Promise<Value[]> {
  const failed = (message: string): Value[] => [0, '', null, '', toRaw(message)];
  const fd = await dial(sys, text(host ?? ''), Number(port));
  if (typeof fd === 'string') return failed(fd);
  const duplex = duplexOf(sys, fd);
  try {
    const list = headers instanceof Slice ? (headers.list() as string[]) : [];
    const pairs = list.flatMap((name, index) => (index % 2 === 0 ? [[toText(name), toText(list[index + 1] ?? '')] as const] : []));
    const answer = await request(duplex, {
      method: text(method ?? ''),
      target: text(target ?? ''),
      headers: pairs,
      ...(body === '' ? {} : { body: bytesOf(body as string) }),
    });
    const pieces: Uint8Array[] = [];
    for (let piece = await answer.readBody(); piece !== null; piece = await answer.readBody()) pieces.push(piece);
    const names = answer.headerLines.flatMap(([name, value]) => [toRaw(name), toRaw(value)]);
    return [answer.status, toRaw(answer.reason), new Slice(names), rawOf(concat(pieces)), ''];
  } catch (error) {
    if (error instanceof HttpError) return failed(error.message === 'EOF' ? 'EOF' : `malformed HTTP response: ${error.message}`);
    if (!isErrno(error)) throw error;
    return failed(`read tcp: ${error.message.charAt(0).toLowerCase()}${error.message.slice(1)}`);
  } finally {
    duplex.abort();
  }
}

export const HTTP: LibraryPackage = {
  source: [HTTP_SOURCE, HTTP_ROUTES, HTTP_SERVER, HTTP_CLIENT],
  natives: {
    now: {
      listen: ([host, port], { sys }) => listen(sys, text(host ?? ''), Number(port)),
      closeFd: ([fd], { sys }) => {
        if (sys.fds.has(Number(fd))) sys.fds.close(Number(fd));
        return null;
      },
      StatusText: ([status]) => reasonOf(Number(status)),
      stamp: ([seconds]) => new Date(Number(seconds) * 1000).toUTCString(),
    },
    steps: {
      accept: ([listening, stop], goroutine) => accept(goroutine, Number(listening), Number(stop)),
      serve: ([fd, handler], goroutine) => serve(goroutine, Number(fd), handler ?? null),
      *roundTrip(args, { sys }): Steps {
        return yield* wait(roundTrip(sys, args));
      },
    },
  },
};

export const NET: LibraryPackage = {
  source: NET_SOURCE,
  natives: {
    now: {
      listen: ([host, port], { sys }) => listen(sys, text(host ?? ''), Number(port)),
      closeFd: ([fd], { sys }) => {
        if (sys.fds.has(Number(fd))) sys.fds.close(Number(fd));
        return null;
      },
      names: ([fd], { sys }) => {
        const local = sys.net.local(Number(fd));
        return [local.family === 'unix' ? '' : withPort(local.ip.replace('::ffff:', ''), local.port), toRaw(peerOf(sys, Number(fd)))];
      },
    },
    steps: {
      accept: ([listening, stop], goroutine) => accept(goroutine, Number(listening), Number(stop)),
      *dial([host, port], { sys }): Steps {
        const result = yield* wait(dial(sys, text(host ?? ''), Number(port)));
        return typeof result === 'string' ? [-1, toRaw(result)] : [result, ''];
      },
      *read([fd, most], { sys }): Steps {
        try {
          return [rawOf(yield* wait(sys.read(Number(fd), Number(most)))), 0];
        } catch (error) {
          if (isErrno(error)) return ['', error.number];
          throw error;
        }
      },
      *write([fd, bytes], { sys }): Steps {
        try {
          yield* wait(sys.write(Number(fd), bytesOf(bytes as string)));
          return 0;
        } catch (error) {
          if (isErrno(error)) return error.number;
          throw error;
        }
      },
      *lookup([host], { sys }): Steps {
        const found = yield* wait(lookUp(sys, text(host ?? '')));
        if (found.kind !== 'found') return [null, toRaw(noHost(sys, text(host ?? '')).replace('dial tcp: ', ''))];
        return [new Slice(found.addresses.map(toRaw)), ''];
      },
    },
  },
};
