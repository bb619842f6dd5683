/** `socket`: the calls of the network. `socket.py` beside it adds what is made of them. */

import { startTls, TlsError } from '../../../../http/tls.ts';
import type { SocketAddress } from '../../../../kernel/net/types.ts';
import { duplexOf } from '../../../duplex.ts';
import { lookUp } from '../../../net/resolve.ts';
import { nameOf } from '../../../net/resolve-name.ts';
import { numeric } from '../../protocol/compare.ts';
import { exceptionType, fail, osError, Raised, typeError } from '../../runtime/exceptions.ts';
import type { Interpreter } from '../../runtime/interpreter.ts';
import type { Steps, Thread } from '../../runtime/thread.ts';
import { wait } from '../../runtime/thread.ts';
import { builtinType, PyByteArray, PyBytes, PyException, PyInstance, PyList, PyTuple, plain, type Value } from '../../runtime/values.ts';
import { bytesIn } from '../../types/bytes.ts';
import { fn, members, methodSteps, methods, moduleOf, steps, textOf } from '../define.ts';
import { fileOf } from '../files.ts';
import { again, isInterrupted } from '../streams.ts';

const SOCKET = builtinType('socket');
SOCKET.attrs.set('__module__', '_socket');
const GAIERROR = builtinType('gaierror', exceptionType('OSError'));
const HERROR = builtinType('herror', exceptionType('OSError'));
for (const type of [GAIERROR, HERROR]) type.attrs.set('__module__', 'socket');

const [AF_UNIX, AF_INET, AF_INET6, STREAM, DGRAM] = [1, 2, 10, 1, 2];

interface Socket {
  fd: number;
  family: number;
  type: number;
  timeout: number | null;
  readonly options: Map<string, number>;
}

const s = (value: Value | undefined): Socket => {
  const { host } = value as PyInstance;
  if (host === undefined) throw osError({ code: 'EBADF', number: 9, message: 'Bad file descriptor' });
  return host as Socket;
};
const familyName = (family: number): SocketAddress['family'] => (family === AF_UNIX ? 'unix' : family === AF_INET6 ? 'inet6' : 'inet');

SOCKET.make = (thread, cls, { list, named }) => {
  const family = Number(plain(list[0] ?? named?.get('family') ?? -1));
  const type = Number(plain(list[1] ?? named?.get('type') ?? -1));
  const fileno = list[3] ?? named?.get('fileno') ?? null;
  const [ownFamily, ownType] = [family === -1 ? AF_INET : family, (type === -1 ? STREAM : type) & 15];
  const fd = fileno === null ? thread.sys.net.socket(familyName(ownFamily), ownType === DGRAM ? 'dgram' : 'stream') : Number(fileno);
  if (fileno === null) thread.sys.fds.setCloseOnExec(fd, true);
  const socket = new PyInstance(cls);
  socket.host = { fd, family: ownFamily, type: ownType, timeout: null, options: new Map() } satisfies Socket;
  return socket;
};

/** The error of a name that nobody knows. */
function unresolved(code: number): Raised {
  const message =
    code === -2
      ? 'Name or service not known'
      : code === -3
        ? 'Temporary failure in name resolution'
        : 'No address associated with hostname';
  return new Raised(new PyException(GAIERROR, [code, message]));
}

const IPV4 = /^\d{1,3}(\.\d{1,3}){3}$/;

/** The addresses of a name. */
function* resolve(thread: Thread, name: string, family: number): Steps<string[]> {
  if (name === '' || IPV4.test(name) || name.includes(':')) return [name === '' ? '0.0.0.0' : name];
  const found = yield* wait(lookUp(thread.sys, name));
  if (found.kind !== 'found') throw unresolved(found.kind === 'again' ? -3 : -2);
  const wanted = found.addresses.filter((ip) => (family === AF_INET ? !ip.includes(':') : family === AF_INET6 ? ip.includes(':') : true));
  if (wanted.length === 0) throw unresolved(-2);
  return wanted;
}

function* addressOf(thread: Thread, socket: Socket, value: Value | undefined): Steps<SocketAddress> {
  if (socket.family === AF_UNIX) return { family: 'unix', path: textOf(value) };
  if (!(value instanceof PyTuple))
    throw typeError(`AF_INET address must be tuple, not ${value === null ? 'NoneType' : typeof value === 'string' ? 'str' : 'object'}`);
  const [host = '', port] = value.items;
  if (typeof port !== 'number') throw typeError("'str' object cannot be interpreted as an integer");
  if (port < 0 || port > 65535) throw fail('OverflowError', 'bind(): port must be 0-65535.');
  const [ip = ''] = yield* resolve(thread, textOf(host), socket.family);
  const family = socket.family === AF_INET6 ? 'inet6' : 'inet';
  return { family, ip: family === 'inet6' && ip === '0.0.0.0' ? '::' : ip, port };
}

function addressValue(address: SocketAddress): Value {
  if (address.family === 'unix') return address.path;
  return new PyTuple(address.family === 'inet6' ? [address.ip, address.port, 0, 0] : [address.ip, address.port]);
}

/** Waits until something can be done, as long as the socket's timeout lets it. */
function* ready(thread: Thread, socket: Socket, event: 'read' | 'write'): Steps<void> {
  if (socket.timeout === null) return;
  const { sys } = thread;
  const end = Number(sys.clock.monotonicNs()) + socket.timeout * 1e9;
  for (;;) {
    const left = Math.max(0, (end - Number(sys.clock.monotonicNs())) / 1e6);
    const found = yield* again(thread, () => sys.poll([{ fd: socket.fd, events: { [event]: true } }], left));
    if (found.length > 0) return;
    if (socket.timeout === 0) throw osError({ code: 'EAGAIN', number: 11, message: 'Resource temporarily unavailable' });
    throw fail('TimeoutError', 'timed out');
  }
}

function* send(thread: Thread, self: Value | undefined, data: Value | undefined): Steps<number> {
  const socket = s(self);
  const bytes = bytesIn(data).slice();
  yield* ready(thread, socket, 'write');
  yield* again(thread, () => thread.sys.write(socket.fd, bytes));
  return bytes.length;
}

function* receive(thread: Thread, self: Value | undefined, count: number): Steps<Uint8Array> {
  const socket = s(self);
  yield* ready(thread, socket, 'read');
  return yield* again(thread, () => thread.sys.read(socket.fd, count));
}

function* receiveFrom(thread: Thread, self: Value | undefined): Steps<{ readonly bytes: Uint8Array; readonly from: SocketAddress }> {
  const socket = s(self);
  for (;;) {
    const came = thread.sys.net.receiveFrom(socket.fd);
    if (came !== null) return came;
    if (socket.timeout !== null) yield* ready(thread, socket, 'read');
    else yield* again(thread, () => thread.sys.poll([{ fd: socket.fd, events: { read: true } }]));
  }
}

function setTimeout(self: Value | undefined, value: Value): null {
  const number = value === null ? null : numeric(plain(value));
  if (number === null && value !== null) throw typeError("'str' object cannot be interpreted as an integer");
  if (number !== null && number < 0) throw fail('ValueError', 'Timeout value out of range');
  s(self).timeout = number === null ? null : Number(number);
  return null;
}

function* connect(thread: Thread, self: Value | undefined, address: Value | undefined): Steps<void> {
  const socket = s(self);
  const to = yield* addressOf(thread, socket, address);
  yield* again(thread, () => thread.sys.connect(socket.fd, to));
}

methodSteps(SOCKET, {
  *'bind(self, address, /)'([self, address], thread) {
    thread.sys.net.bind(s(self).fd, yield* addressOf(thread, s(self), address));
    return null;
  },
  *'connect(self, address, /)'([self, address], thread) {
    yield* connect(thread, self, address);
    return null;
  },
  *'connect_ex(self, address, /)'([self, address], thread) {
    try {
      yield* connect(thread, self, address);
      return 0;
    } catch (error) {
      const number =
        error instanceof Raised
          ? error.exc.args.items[0]
          : typeof error === 'object' && error !== null && 'number' in error
            ? (error.number as number)
            : undefined;
      if (typeof number !== 'number' || (error instanceof Raised && error.exc.cls === GAIERROR)) throw error;
      return number;
    }
  },
  *'_accept(self)'([self], thread) {
    const socket = s(self);
    yield* ready(thread, socket, 'read');
    const fd = yield* again(thread, () => thread.sys.accept(socket.fd));
    thread.sys.fds.setCloseOnExec(fd, true);
    return new PyTuple([fd, socket.family === AF_UNIX ? '' : addressValue(thread.sys.net.peer(fd))]);
  },
  *'send(self, data, flags=0, /)'([self, data], thread) {
    return yield* send(thread, self, data);
  },
  *'sendall(self, data, flags=0, /)'([self, data], thread) {
    yield* send(thread, self, data);
    return null;
  },
  *'recv(self, bufsize, flags=0, /)'([self, count], thread) {
    return new PyBytes(yield* receive(thread, self, Number(count)));
  },
  *'recv_into(self, buffer, nbytes=0, flags=0)'([self, buffer, count], thread) {
    if (!(buffer instanceof PyByteArray)) throw typeError('recv_into() argument 1 must be read-write bytes-like object');
    const bytes = yield* receive(thread, self, Number(count) || buffer.data.length);
    buffer.data.set(bytes);
    return bytes.length;
  },
  *'sendto(self, data, *args)'([self, data, rest], thread) {
    const bytes = bytesIn(data);
    thread.sys.net.sendTo(s(self).fd, bytes, yield* addressOf(thread, s(self), (rest as PyTuple).items.at(-1)));
    return bytes.length;
  },
  *'recvfrom(self, bufsize, flags=0, /)'([self, count], thread) {
    if (s(self).type === STREAM) return new PyTuple([new PyBytes(yield* receive(thread, self, Number(count))), null]);
    const { bytes, from } = yield* receiveFrom(thread, self);
    return new PyTuple([new PyBytes(bytes.subarray(0, Number(count))), addressValue(from)]);
  },
  *'_start_tls(self, server_name, verify)'([self, name, verify], thread) {
    try {
      yield* wait(startTls(duplexOf(thread.sys, s(self).fd), textOf(name), { isInsecure: verify === false }));
      return null;
    } catch (error) {
      if (!(error instanceof TlsError)) throw error;
      return error.message;
    }
  },
});

methods(SOCKET, {
  '__init__(self, *args, **kwargs)': () => null,
  'listen(self, backlog=128, /)': ([self, backlog], { sys }) => {
    sys.net.listen(s(self).fd, Number(backlog));
    return null;
  },
  'close(self)': ([self], { sys }) => {
    const socket = self as PyInstance;
    if (socket.host !== undefined) sys.fds.close(s(socket).fd);
    socket.host = undefined;
    return null;
  },
  'detach(self)': ([self]) => {
    const { fd } = s(self);
    (self as PyInstance).host = undefined;
    return fd;
  },
  'fileno(self)': ([self]) => ((self as PyInstance).host === undefined ? -1 : s(self).fd),
  'settimeout(self, value, /)': ([self, value]) => setTimeout(self, value as Value),
  'gettimeout(self)': ([self]) => {
    const { timeout } = s(self);
    return timeout === null ? null : timeout;
  },
  'setblocking(self, flag, /)': ([self, flag]) => setTimeout(self, flag === true || flag === 1 ? null : 0),
  'getblocking(self)': ([self]) => s(self).timeout !== 0,
  'setsockopt(self, level, optname, value, *rest)': ([self, level, name, value], { sys }) => {
    s(self).options.set(`${String(plain(level ?? 0))} ${String(plain(name ?? 0))}`, Number(plain(value ?? 0)) || 0);
    if (Number(plain(level ?? 0)) === 41 && Number(plain(name ?? 0)) === 26) sys.net.option(s(self).fd, 'v6only', Number(value));
    if (Number(plain(level ?? 0)) === 1 && Number(plain(name ?? 0)) === 6) sys.net.option(s(self).fd, 'broadcast', Number(value));
    return null;
  },
  'getsockopt(self, level, optname, buflen=0, /)': ([self, level, name]) =>
    s(self).options.get(`${String(plain(level ?? 0))} ${String(plain(name ?? 0))}`) ?? 0,
  'getsockname(self)': ([self], { sys }) => addressValue(sys.net.local(s(self).fd)),
  'getpeername(self)': ([self], { sys }) => addressValue(sys.net.peer(s(self).fd)),
  'shutdown(self, how, /)': ([self, how], { sys }) => {
    sys.net.shutdown(s(self).fd, (['read', 'write', 'both'] as const)[Number(plain(how ?? 2))] ?? 'both');
    return null;
  },
});
members(SOCKET, {
  family: (self) => s(self).family,
  type: (self) => s(self).type,
  proto: () => 0,
  timeout: (self) => s(self).timeout,
});

export const create = (_: Interpreter) =>
  moduleOf('_socket', {
    functions: [
      fn('gethostname()', (_args, { sys }) => sys.hostname()),
      fn('sethostname(name, /)', ([name], { sys }) => {
        sys.setHostname(textOf(name));
        return null;
      }),
      steps('_resolve(name, family)', function* ([name, family], thread) {
        return new PyList(yield* resolve(thread, textOf(name), Number(plain(family ?? 0))));
      }),
      steps('_name_of(ip)', function* ([ip], thread) {
        return (yield* wait(nameOf(thread.sys, textOf(ip)))) ?? null;
      }),
      fn('_file(fd, mode, buffering, encoding, newline)', ([fd, mode, buffering, encoding, newline]) => {
        const text = textOf(mode);
        return fileOf({
          fd: Number(fd),
          name: Number(fd),
          mode: text,
          canRead: text.includes('r'),
          canWrite: text.includes('w'),
          isText: !text.includes('b'),
          encoding: encoding === null ? 'utf-8' : textOf(encoding),
          newline: newline === null ? null : textOf(newline),
          isUnbuffered: buffering === 0,
        });
      }),
      fn('_pair()', (_args, { sys }) => new PyTuple([...sys.net.pair()])),
      steps('_poll(fds, timeout)', function* ([fds, timeout], thread) {
        const list = (fds as PyList).items.map((one) => {
          const [fd, read, write] = (one as PyTuple).items;
          return { fd: Number(fd), events: { read: read === true, write: write === true } };
        });
        const limit = timeout === null ? undefined : Number(numeric(timeout as Value)) * 1000;
        try {
          const found = yield* wait(thread.sys.poll(list, limit));
          return new PyList(found.map(({ fd, readable, writable, hangup }) => new PyTuple([fd, readable || hangup, writable])));
        } catch (error) {
          if (!isInterrupted(error)) throw error;
          if (thread.isMain) yield* thread.interpreter.signals.deliver(thread);
          return new PyList([]);
        }
      }),
    ],
    values: { _Socket: SOCKET, gaierror: GAIERROR, herror: HERROR },
  });
