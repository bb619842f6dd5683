/** What a command fails with. `main` alone prints it and chooses the exit status from it. */
export class CliError extends Error {
  readonly status: number;
  constructor(message: string, status = 1) {
    super(message);
    this.status = status;
  }
}

/** An answer from the daemon that is an error. */
export class DaemonError extends CliError {
  readonly httpStatus: number;
  /** The daemon's own sentence, without the client's prefix. */
  readonly reason: string;
  constructor(httpStatus: number, reason: string) {
    super(`Error response from daemon: ${reason}`);
    this.httpStatus = httpStatus;
    this.reason = reason;
  }
}

/** The daemon cannot be reached at all. */
export class ConnectionError extends CliError {}

export const isNotFound = (error: unknown): boolean => error instanceof DaemonError && error.httpStatus === 404;
export const isNotModified = (error: unknown): boolean => error instanceof DaemonError && error.httpStatus === 304;

/** A name like `.` has led to a list, where Go's client reads an object of this type. */
export const notAnObject = (type: string): CliError => new CliError(`json: cannot unmarshal array into Go value of type ${type}`);

/** The system calls' errors as the C library, and Go, say them. */
const SYSTEM_ERRORS: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or directory',
  EACCES: 'permission denied',
  EPERM: 'operation not permitted',
  EEXIST: 'file exists',
  EISDIR: 'is a directory',
  ENOTDIR: 'not a directory',
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'connection reset by peer',
  EHOSTUNREACH: 'no route to host',
  ENETUNREACH: 'network is unreachable',
  ETIMEDOUT: 'connection timed out',
  ENOTEMPTY: 'directory not empty',
  EROFS: 'read-only file system',
  ELOOP: 'too many levels of symbolic links',
  ENAMETOOLONG: 'file name too long',
  EPIPE: 'broken pipe',
  EINVAL: 'invalid argument',
};

/** The code of an error that a system call threw, or undefined. */
export function errorCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

export function systemError(error: unknown): string {
  const code = errorCode(error);
  return SYSTEM_ERRORS[code ?? ''] ?? code ?? (error instanceof Error ? error.message : String(error));
}
