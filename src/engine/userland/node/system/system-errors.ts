/** Errors of system calls, as libuv says them. */
import { isErrno } from '../../../kernel/errno.ts';
import { captureTrace } from '../runtime/traces.ts';
import { JsObject, Property, Thrown, type Value } from '../runtime/values.ts';
import { intrinsics } from '../runtime/vm.ts';

/** Where libuv's sentence is not the C library's in small letters. */
const SENTENCES: Readonly<Record<string, string>> = {
  EADDRINUSE: 'address already in use',
  EACCES: 'permission denied',
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'connection reset by peer',
  EEXIST: 'file already exists',
  EISDIR: 'illegal operation on a directory',
  ENOENT: 'no such file or directory',
  ENOTDIR: 'not a directory',
  ENOTEMPTY: 'directory not empty',
  EPERM: 'operation not permitted',
  EPIPE: 'broken pipe',
  EROFS: 'read-only file system',
  ETIMEDOUT: 'connection timed out',
  EXDEV: 'cross-device link not permitted',
  EINVAL: 'invalid argument',
  EBADF: 'bad file descriptor',
  ELOOP: 'too many symbolic links encountered',
  EMFILE: 'too many open files',
  ENOSPC: 'no space left on device',
  EBUSY: 'resource busy or locked',
  EADDRNOTAVAIL: 'address not available',
  EHOSTUNREACH: 'host is unreachable',
  ENETUNREACH: 'network is unreachable',
  ESRCH: 'no such process',
  ENOTFOUND: 'getaddrinfo ENOTFOUND',
  ENAMETOOLONG: 'name too long',
  ETXTBSY: 'text file is busy',
  ENOTCONN: 'socket is not connected',
  ENOSYS: 'function not implemented',
  ENOTSUP: 'operation not supported on socket',
  EOPNOTSUPP: 'operation not supported on socket',
  ENODEV: 'no such device',
  EIO: 'i/o error',
  ENXIO: 'no such device or address',
  EFBIG: 'file too large',
  EMLINK: 'too many links',
  E2BIG: 'argument list too long',
  ECANCELED: 'operation canceled',
};

export const sentenceOf = (code: string): string => SENTENCES[code] ?? code.toLowerCase();

export interface Called {
  readonly syscall: string;
  readonly path?: string;
  readonly dest?: string;
}

/** An error object with the fields of a failed call, in node's order. */
export function errorOfCall(code: string, number: number, { syscall, path, dest }: Called): JsObject {
  const error = new JsObject(intrinsics().Error);
  const where = `${path === undefined ? '' : ` '${path}'`}${dest === undefined ? '' : ` -> '${dest}'`}`;
  const message = `${code}: ${sentenceOf(code)}, ${syscall}${where}`;
  captureTrace(error, `Error: ${message}`);
  error.props.set('message', new Property({ value: message, writable: true, configurable: true }));
  error.props.set('errno', -number);
  error.props.set('code', code);
  error.props.set('syscall', syscall);
  if (path !== undefined) error.props.set('path', path);
  if (dest !== undefined) error.props.set('dest', dest);
  return error;
}

/** What a system call threw, as the script is to see it; anything else goes on. */
export function systemError(error: unknown, called: Called): unknown {
  return isErrno(error) ? new Thrown(errorOfCall(error.code, error.number, called)) : error;
}

export type { Value };
