/** Sockets: what `net`, `dns` and `http` reach. */

import { startTls } from '../../../http/tls.ts';
import { isErrno } from '../../../kernel/errno.ts';
import type { SocketAddress } from '../../../kernel/net/types.ts';
import { duplexOf } from '../../duplex.ts';
import { lookUp } from '../../net/resolve.ts';
import { openStream, openUnix } from '../../net/streams.ts';
import { toInteger, toText, truthy } from '../runtime/convert.ts';
import { call, native } from '../runtime/functions.ts';
import { arrayOf, recordOf } from '../runtime/objects.ts';
import { captureTrace } from '../runtime/traces.ts';
import { JsObject, Property, Thrown, type Value } from '../runtime/values.ts';
import type { Host } from '../system/host.ts';
import { sentenceOf } from '../system/system-errors.ts';
import { bufferOf, bytesOf } from './bytes.ts';

/** A failed call on a socket, in node's words. */
function socketError(
  host: Host,
  failed: unknown,
  { syscall, address, port }: { syscall: string; address?: string; port?: number },
): JsObject {
  if (!isErrno(failed)) throw failed;
  const error = new JsObject(host.realm.intrinsics.Error);
  const where =
    address === undefined
      ? ''
      : port === undefined
        ? ` ${address}`
        : ` ${address.includes(':') && syscall === 'listen' ? address : address}:${port}`;
  const message =
    syscall === 'listen'
      ? `listen ${failed.code}: ${sentenceOf(failed.code)}${where}`
      : syscall === 'connect'
        ? `connect ${failed.code}${where}`
        : `${syscall} ${failed.code}`;
  captureTrace(error, `Error: ${message}`);
  error.props.set('message', new Property({ value: message, writable: true, configurable: true }));
  const number = -failed.number;
  if (syscall === 'listen') error.props.set('code', failed.code);
  error.props.set('errno', number);
  if (syscall !== 'listen') error.props.set('code', failed.code);
  error.props.set('syscall', syscall);
  if (address !== undefined) error.props.set('address', address);
  if (port !== undefined) error.props.set('port', port);
  return error;
}

function notFound(host: Host, name: string, code = 'ENOTFOUND'): JsObject {
  const error = new JsObject(host.realm.intrinsics.Error);
  captureTrace(error, `Error: getaddrinfo ${code} ${name}`);
  error.props.set('message', new Property({ value: `getaddrinfo ${code} ${name}`, writable: true, configurable: true }));
  for (const [key, value] of [
    ['errno', code === 'ENOTFOUND' ? -3008 : -3001],
    ['code', code],
    ['syscall', 'getaddrinfo'],
    ['hostname', name],
  ] as const)
    error.props.set(key, value);
  return error;
}

const addressOf = (address: SocketAddress): Value =>
  address.family === 'unix'
    ? address.path
    : recordOf({ address: address.ip, family: address.family === 'inet6' ? 'IPv6' : 'IPv4', port: address.port });

/** Where a server without an address listens: on IPv6 for both, if there is any. */
function listenFd(host: Host, { ip, port, path }: { ip: string | null; port: number; path: string | null }): number {
  const { net, fds } = host.sys;
  const attempt = (address: SocketAddress): number => {
    const fd = net.socket(address.family, 'stream');
    try {
      net.bind(fd, address);
      net.listen(fd, 511);
      return fd;
    } catch (error) {
      fds.close(fd);
      throw error;
    }
  };
  if (path !== null) return attempt({ family: 'unix', path });
  if (ip !== null) return attempt({ family: ip.includes(':') ? 'inet6' : 'inet', ip, port });
  try {
    return attempt({ family: 'inet6', ip: '::', port });
  } catch (error) {
    if (isErrno(error, 'EADDRNOTAVAIL', 'EAFNOSUPPORT')) return attempt({ family: 'inet', ip: '0.0.0.0', port });
    throw error;
  }
}

function serving(host: Host): Readonly<Record<string, Value>> {
  return {
    listen: native('listen', 4, ([address, port, path, onConnection]) => {
      const ip = typeof address === 'string' ? (address === 'localhost' ? '127.0.0.1' : address) : null;
      const unix = typeof path === 'string' ? path : null;
      let fd: number;
      try {
        fd = listenFd(host, { ip, port: toInteger(port), path: unix });
      } catch (error) {
        throw new Thrown(
          socketError(host, error, { syscall: 'listen', address: unix ?? ip ?? '::', ...(unix === null && { port: toInteger(port) }) }),
        );
      }
      const state = { isOpen: true, isRef: true };
      host.loop.hold();
      host.sys.thread(async () => {
        while (state.isOpen)
          try {
            const accepted = await host.sys.accept(fd);
            host.loop.post(() => call(onConnection, undefined, [accepted]));
          } catch (error) {
            if (!isErrno(error)) throw error;
            if (!isErrno(error, 'EINTR', 'ECONNABORTED')) return;
          }
      });
      return recordOf({
        address: addressOf(host.sys.net.local(fd)),
        close: native('close', 0, () => {
          if (!state.isOpen) return undefined;
          state.isOpen = false;
          host.sys.fds.close(fd);
          if (state.isRef) host.loop.release();
          state.isRef = false;
          return undefined;
        }),
        ref: native('ref', 1, ([on]) => {
          if (state.isOpen && truthy(on) !== state.isRef) {
            state.isRef = truthy(on);
            if (state.isRef) host.loop.hold();
            else host.loop.release();
          }
          return undefined;
        }),
      });
    }),
  };
}

/** Addresses of a name, or what is wrong. */
async function addressesOf(host: Host, name: string): Promise<readonly string[] | 'ENOTFOUND' | 'EAI_AGAIN'> {
  if (/^[\d.]+$|:/.test(name)) return [name];
  const found = await lookUp(host.sys, name);
  if (found.kind === 'found') return found.addresses;
  return found.kind === 'again' ? 'EAI_AGAIN' : 'ENOTFOUND';
}

function connecting(host: Host): Readonly<Record<string, Value>> {
  return {
    lookup: native('lookup', 2, ([name, done]) => {
      host.loop.background(
        () => addressesOf(host, toText(name)),
        (outcome) => {
          if ('error' in outcome) throw outcome.error;
          const { value } = outcome;
          return typeof value === 'string'
            ? call(done, undefined, [notFound(host, toText(name), value)])
            : call(done, undefined, [null, arrayOf([...value])]);
        },
      );
      return undefined;
    }),
    connect: native('connect', 4, ([addresses, port, path, done]) => {
      const list = (addresses as JsObject | undefined)?.items?.map(String) ?? [];
      const unix = typeof path === 'string' ? path : null;
      host.loop.background(
        () => (unix === null ? openStream(host.sys, list, toInteger(port)) : openUnix(host.sys, unix)),
        (outcome) =>
          'value' in outcome
            ? call(done, undefined, [null, outcome.value])
            : call(done, undefined, [
                socketError(host, outcome.error, {
                  syscall: 'connect',
                  address: unix ?? list.at(-1) ?? '',
                  ...(unix === null && { port: toInteger(port) }),
                }),
              ]),
      );
      return undefined;
    }),
    secure: native('secure', 4, ([fd, name, insecure, done]) => {
      host.loop.background(
        () => startTls(duplexOf(host.sys, toInteger(fd)), toText(name), { isInsecure: truthy(insecure) }),
        (outcome) => {
          if ('value' in outcome) return call(done, undefined, [null]);
          const error = host.realm.error('Error', outcome.error instanceof Error ? outcome.error.message : 'TLS');
          error.props.set('code', 'ERR_TLS_CERT_ALTNAME_INVALID');
          return call(done, undefined, [error]);
        },
      );
      return undefined;
    }),
  };
}

export function netBinding(host: Host): Readonly<Record<string, Value>> {
  const { sys, loop } = host;
  return {
    ...serving(host),
    ...connecting(host),
    read: native('read', 3, ([fd, isRef, done]) => {
      loop.background(
        () => sys.read(toInteger(fd), 65_536),
        (outcome) =>
          'value' in outcome
            ? call(done, undefined, [null, outcome.value.length === 0 ? null : bufferOf(outcome.value)])
            : call(done, undefined, [socketError(host, outcome.error, { syscall: 'read' })]),
        truthy(isRef),
      );
      return undefined;
    }),
    write: native('write', 3, ([fd, data, done]) => {
      const bytes = bytesOf(data).slice();
      loop.background(
        () => sys.write(toInteger(fd), bytes),
        (outcome) => call(done, undefined, 'value' in outcome ? [null] : [socketError(host, outcome.error, { syscall: 'write' })]),
      );
      return undefined;
    }),
    shutdown: native('shutdown', 1, ([fd]) => {
      try {
        sys.net.shutdown(toInteger(fd), 'write');
      } catch (error) {
        if (!isErrno(error)) throw error;
      }
      return undefined;
    }),
    close: native('close', 1, ([fd]) => {
      if (sys.fds.has(toInteger(fd))) sys.fds.close(toInteger(fd));
      return undefined;
    }),
    local: native('local', 1, ([fd]) => addressOf(sys.net.local(toInteger(fd)))),
    peer: native('peer', 1, ([fd]) => {
      try {
        return addressOf(sys.net.peer(toInteger(fd)));
      } catch (error) {
        if (isErrno(error)) return undefined;
        throw error;
      }
    }),
  };
}
