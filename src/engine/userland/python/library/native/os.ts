/** `os`: the calls that reach the machine; `os.py` beside it adds what is made of them. */
import { ERRNO, isErrno } from '../../../../kernel/errno.ts';
import type { Stat } from '../../../../kernel/fs/types.ts';
import type { Signal } from '../../../../kernel/sys.ts';
import { asRaised, osError } from '../../runtime/exceptions.ts';
import type { Interpreter } from '../../runtime/interpreter.ts';
import { signalName } from '../../runtime/signals.ts';
import type { Steps, Thread } from '../../runtime/thread.ts';
import { wait } from '../../runtime/thread.ts';
import { PyBytes, PyDict, PyFloat, PyList, PyTuple, plain, type Value } from '../../runtime/values.ts';
import { bytesIn } from '../../types/bytes.ts';
import { fn, moduleOf, steps, textOf } from '../define.ts';
import { pathOf } from '../files.ts';
import { namedTuple, tupleType } from '../named-tuples.ts';
import { again } from '../streams.ts';
import { PROCESS_FUNCTIONS } from './processes.ts';

const STAT_RESULT = tupleType(
  'stat_result',
  [
    'st_mode',
    'st_ino',
    'st_dev',
    'st_nlink',
    'st_uid',
    'st_gid',
    'st_size',
    'st_atime',
    'st_mtime',
    'st_ctime',
    'st_atime_ns',
    'st_mtime_ns',
    'st_ctime_ns',
    'st_blocks',
    'st_blksize',
    'st_rdev',
  ],
  'os',
);
const UNAME_RESULT = tupleType('uname_result', ['sysname', 'nodename', 'release', 'version', 'machine'], 'posix');
const TERMINAL_SIZE = tupleType('terminal_size', ['columns', 'lines'], 'os');
const TIMES_RESULT = tupleType('times_result', ['user', 'system', 'children_user', 'children_system', 'elapsed'], 'posix');
const STATVFS = tupleType(
  'statvfs_result',
  ['f_bsize', 'f_frsize', 'f_blocks', 'f_bfree', 'f_bavail', 'f_files', 'f_ffree', 'f_favail', 'f_flag', 'f_namemax'],
  'os',
);

const FILE_TYPES = {
  regular: 0o100000,
  directory: 0o040000,
  symlink: 0o120000,
  'char-device': 0o020000,
  'block-device': 0o060000,
  fifo: 0o010000,
  socket: 0o140000,
} as const;
const NS = 1_000_000_000;
const BLOCK = 4096;

export function statValue(stat: Stat): Value {
  const seconds = (ns: bigint): Value => new PyFloat(Number(ns) / NS);
  const nanoseconds = (ns: bigint): Value => (Number.isSafeInteger(Number(ns)) ? Number(ns) : ns);
  return namedTuple(STAT_RESULT, [
    FILE_TYPES[stat.type] | stat.mode,
    stat.ino,
    stat.dev,
    stat.nlink,
    stat.uid,
    stat.gid,
    stat.sizeBytes,
    seconds(stat.atimeNs),
    seconds(stat.mtimeNs),
    seconds(stat.ctimeNs),
    nanoseconds(stat.atimeNs),
    nanoseconds(stat.mtimeNs),
    nanoseconds(stat.ctimeNs),
    Math.ceil(stat.allocatedBytes / 512),
    BLOCK,
    stat.rdev,
  ]);
}

/** A call about a path: its errors name it. */
function about<T>(path: Value, call: () => T): T {
  try {
    return call();
  } catch (error) {
    throw isErrno(error) ? asRaised(error, path) : error;
  }
}

type OnPath = (thread: Thread, path: string, rest: readonly Value[]) => Value | void;
const onPath = (signature: string, act: OnPath) =>
  steps(signature, function* ([path, ...rest], thread) {
    if (typeof path === 'number') return about(path, () => act(thread, `/proc/self/fd/${path}`, rest)) ?? null;
    const text = yield* pathOf(thread, path);
    return about(text, () => act(thread, text, rest)) ?? null;
  });

/** Two paths: both are named by the error. */
const onTwo = (signature: string, act: (thread: Thread, from: string, to: string) => void) =>
  steps(signature, function* ([from, to], thread) {
    const [a, b] = [yield* pathOf(thread, from), yield* pathOf(thread, to)];
    try {
      act(thread, a, b);
    } catch (error) {
      if (!isErrno(error)) throw error;
      const raised = asRaised(error, a);
      raised.exc.host = { ...raised.exc.host, filename2: b };
      throw raised;
    }
    return null;
  });

const octal = (value: Value | undefined, otherwise: number): number => (typeof value === 'number' ? value : otherwise);

const TYPE_OF_NAME: Readonly<Record<string, number>> = { regular: 8, directory: 4, symlink: 10 };

const PATHS = [
  onPath('stat(path, *, dir_fd=None, follow_symlinks=True)', ({ sys }, path, [, follow]) =>
    statValue(follow === false ? sys.path.lstat(path) : sys.path.stat(path)),
  ),
  onPath('lstat(path, *, dir_fd=None)', ({ sys }, path) => statValue(sys.path.lstat(path))),
  onPath(
    "_list(path='.')",
    ({ sys }, path) =>
      new PyList(
        sys.path
          .readdir(path)
          .filter(({ name }) => name !== '.' && name !== '..')
          .map(({ name, type }) => new PyTuple([name, TYPE_OF_NAME[type] ?? 0])),
      ),
  ),
  onPath('mkdir(path, mode=511, *, dir_fd=None)', ({ sys }, path, [mode]) => sys.path.mkdir(path, octal(mode, 0o777))),
  onPath('rmdir(path, *, dir_fd=None)', ({ sys }, path) => sys.path.rmdir(path)),
  onPath('unlink(path, *, dir_fd=None)', ({ sys }, path) => sys.path.unlink(path)),
  onPath('remove(path, *, dir_fd=None)', ({ sys }, path) => sys.path.unlink(path)),
  onPath('readlink(path, *, dir_fd=None)', ({ sys }, path) => sys.path.readlink(path)),
  onPath('_realpath(path)', ({ sys }, path) => sys.path.realpath(path)),
  onPath('chdir(path)', ({ sys }, path) => sys.path.chdir(path)),
  onPath('chroot(path)', ({ sys }, path) => sys.path.chroot(path)),
  onPath('chmod(path, mode, *, dir_fd=None, follow_symlinks=True)', ({ sys }, path, [mode]) => sys.path.chmod(path, octal(mode, 0))),
  onPath('chown(path, uid, gid, *, dir_fd=None, follow_symlinks=True)', ({ sys }, path, [uid, gid]) =>
    sys.path.chown(path, Number(uid), Number(gid)),
  ),
  onPath('mkfifo(path, mode=438, *, dir_fd=None)', ({ sys }, path, [mode]) => sys.path.mknod(path, 'fifo', octal(mode, 0o666))),
  onPath('truncate(path, length)', ({ sys }, path, [length]) => sys.path.truncate(path, Number(length))),
  onPath('access(path, mode, *, dir_fd=None, effective_ids=False, follow_symlinks=True)', ({ sys }, path, [mode]) => {
    const bits = Number(mode);
    try {
      sys.path.stat(path);
    } catch (error) {
      if (isErrno(error)) return false;
      throw error;
    }
    return sys.path.access(path, { read: (bits & 4) !== 0, write: (bits & 2) !== 0, execute: (bits & 1) !== 0 });
  }),
  onPath('utime(path, times=None, *, ns=None, dir_fd=None, follow_symlinks=True)', ({ sys }, path, [times, ns]) => {
    const exact = (value: Value | undefined): bigint => BigInt(Math.round((value instanceof PyFloat ? value.v : Number(value)) * NS));
    const now = sys.clock.nowNs();
    const [atimeNs, mtimeNs] =
      times instanceof PyTuple
        ? times.items.map(exact)
        : ns instanceof PyTuple
          ? ns.items.map((one) => BigInt(one as number | bigint))
          : [now, now];
    sys.path.utimes(path, { atimeNs: atimeNs ?? now, mtimeNs: mtimeNs ?? now });
  }),
  onPath('statvfs(path)', ({ sys }, path) => {
    const { totalBytes, freeBytes, totalInodes, freeInodes } = sys.path.statfs(path);
    const free = Math.floor(freeBytes / BLOCK);
    return namedTuple(STATVFS, [BLOCK, BLOCK, Math.floor(totalBytes / BLOCK), free, free, totalInodes, freeInodes, freeInodes, 0, 255]);
  }),
  onTwo('rename(src, dst, *, src_dir_fd=None, dst_dir_fd=None)', ({ sys }, from, to) => sys.path.rename(from, to)),
  onTwo('replace(src, dst, *, src_dir_fd=None, dst_dir_fd=None)', ({ sys }, from, to) => sys.path.rename(from, to)),
  onTwo('link(src, dst, *, src_dir_fd=None, dst_dir_fd=None, follow_symlinks=True)', ({ sys }, from, to) => sys.path.link(from, to)),
  onTwo('symlink(src, dst, target_is_directory=False, *, dir_fd=None)', ({ sys }, from, to) => sys.path.symlink(from, to)),
];

const O = {
  O_RDONLY: 0,
  O_WRONLY: 1,
  O_RDWR: 2,
  O_CREAT: 0o100,
  O_EXCL: 0o200,
  O_NOCTTY: 0o400,
  O_TRUNC: 0o1000,
  O_APPEND: 0o2000,
  O_NONBLOCK: 0o4000,
  O_CLOEXEC: 0o2000000,
  O_DIRECTORY: 0o200000,
} as const;

function* openFd(thread: Thread, path: Value | undefined, flags: number, mode: number): Steps<number> {
  const text = yield* pathOf(thread, path);
  const way = flags & 3;
  try {
    return yield* again(thread, () =>
      thread.sys.open(
        text,
        {
          read: way !== 1,
          write: way !== 0,
          create: (flags & O.O_CREAT) !== 0,
          exclusive: (flags & O.O_EXCL) !== 0,
          truncate: (flags & O.O_TRUNC) !== 0,
          append: (flags & O.O_APPEND) !== 0,
          nonBlock: (flags & O.O_NONBLOCK) !== 0,
          closeOnExec: true,
        },
        mode,
      ),
    );
  } catch (error) {
    throw isErrno(error) ? asRaised(error, text) : error;
  }
}

const DESCRIPTORS = [
  steps('open(path, flags, mode=511, *, dir_fd=None)', function* ([path, flags, mode], thread) {
    return yield* openFd(thread, path, Number(flags), Number(mode));
  }),
  steps('read(fd, length, /)', function* ([fd, length], thread) {
    return new PyBytes(yield* again(thread, () => thread.sys.read(Number(fd), Number(length))));
  }),
  steps('write(fd, data, /)', function* ([fd, data], thread) {
    const bytes = bytesIn(data);
    return yield* again(thread, () => thread.sys.write(Number(fd), bytes));
  }),
  fn('close(fd)', ([fd], { sys }) => {
    sys.fds.close(Number(fd));
    return null;
  }),
  fn('dup(fd, /)', ([fd], { sys }) => sys.fds.dup(Number(fd))),
  fn('dup2(fd, fd2, inheritable=True)', ([from, to], { sys }) => {
    sys.fds.dup2(Number(from), Number(to));
    return to as Value;
  }),
  fn('pipe()', (_, { sys }) => {
    const { read, write } = sys.fds.pipe();
    for (const fd of [read, write]) sys.fds.setCloseOnExec(fd, true);
    return new PyTuple([read, write]);
  }),
  fn('fstat(fd)', ([fd], { sys }) => statValue(sys.fds.stat(Number(fd)))),
  fn('lseek(fd, position, whence, /)', ([fd, position, whence], { sys }) =>
    sys.fds.seek(Number(fd), Number(position), (['set', 'cur', 'end'] as const)[Number(whence)] ?? 'set'),
  ),
  fn('ftruncate(fd, length, /)', ([fd, length], { sys }) => {
    sys.fds.truncate(Number(fd), Number(length));
    return null;
  }),
  fn('fsync(fd)', () => null),
  fn('sync()', () => null),
  fn('isatty(fd, /)', ([fd], { sys }) => sys.fds.isatty(Number(fd))),
  fn('set_blocking(fd, blocking, /)', ([fd, blocking], { sys }) => {
    sys.fds.setNonBlock(Number(fd), blocking === false);
    return null;
  }),
  fn('set_inheritable(fd, inheritable, /)', ([fd, on], { sys }) => {
    sys.fds.setCloseOnExec(Number(fd), on === false);
    return null;
  }),
  fn('get_terminal_size(fd=1, /)', ([fd], { sys }) => {
    const { columns, rows } = sys.tty.size(Number(fd));
    return namedTuple(TERMINAL_SIZE, [columns, rows]);
  }),
];

const SELF = [
  fn('getpid()', (_, { sys }) => sys.pid),
  fn('getppid()', (_, { sys }) => sys.ppid),
  fn('getuid()', (_, { sys }) => sys.ids.get().uid),
  fn('geteuid()', (_, { sys }) => sys.ids.get().euid),
  fn('getgid()', (_, { sys }) => sys.ids.get().gid),
  fn('getegid()', (_, { sys }) => sys.ids.get().egid),
  fn('getgroups()', (_, { sys }) => new PyList([...sys.ids.get().groups])),
  fn('setuid(uid, /)', ([uid], { sys }) => {
    sys.ids.setuid(Number(uid));
    return null;
  }),
  fn('setgid(gid, /)', ([gid], { sys }) => {
    sys.ids.setgid(Number(gid));
    return null;
  }),
  fn('setsid()', (_, { sys }) => {
    sys.ids.setsid();
    return null;
  }),
  fn('getpgid(pid)', ([pid], { sys }) => sys.ids.getpgid(Number(pid) || undefined)),
  fn('getpgrp()', (_, { sys }) => sys.ids.getpgid()),
  fn('getcwd()', (_, { sys }) => sys.path.cwd()),
  fn('umask(mask, /)', ([mask], { sys }) => sys.umask(Number(mask))),
  fn('nice(increment, /)', ([by], { sys }) => sys.nice(sys.nice() + Number(by))),
  fn('cpu_count()', (_, { sys }) => processors(sys.path.readFile('/proc/cpuinfo'))),
  fn(
    'getloadavg()',
    (_, { sys }) =>
      new PyTuple(
        new TextDecoder()
          .decode(sys.path.readFile('/proc/loadavg'))
          .split(' ')
          .slice(0, 3)
          .map((one) => new PyFloat(Number(one))),
      ),
  ),
  fn('urandom(size, /)', ([size], { sys }) => new PyBytes(sys.random.bytes(Number(size)))),
  fn('uname()', (_, { sys }) =>
    namedTuple(UNAME_RESULT, [sys.uname.sysname, sys.hostname(), sys.uname.release, sys.uname.version, sys.uname.machine]),
  ),
  fn('times()', (_, { sys }) => {
    const { selfNs, childrenNs } = sys.times();
    return namedTuple(TIMES_RESULT, [
      new PyFloat(Number(selfNs) / NS),
      new PyFloat(0),
      new PyFloat(Number(childrenNs) / NS),
      new PyFloat(0),
      new PyFloat(Number(sys.clock.monotonicNs()) / NS),
    ]);
  }),
  fn(
    'strerror(code, /)',
    ([code]) => Object.values(ERRNO).find(([number]) => number === Number(code))?.[1] ?? `Unknown error ${String(code)}`,
  ),
  fn('_exit(status)', ([status], { sys }) => sys.exit(Number(status))),
  fn('abort()', (_, { sys }) => {
    sys.kill(sys.pid, 'SIGABRT');
    return null;
  }),
  steps('kill(pid, signal, /)', function* ([pid, signal], thread) {
    const number = Number(plain(signal ?? null));
    const name: Signal | null | undefined = number === 0 ? null : signalName(number);
    if (name === undefined) throw osError({ code: 'EINVAL', number: 22, message: 'Invalid argument' });
    thread.sys.kill(Number(pid), name);
    const passed = thread.sys.turn();
    if (passed) yield* wait(passed);
    if (thread.isMain) yield* thread.interpreter.signals.deliver(thread);
    return null;
  }),
  fn('_putenv(name, value)', ([name, value], { sys }) => {
    if (value === null) sys.env.delete(textOf(name));
    else sys.env.set(textOf(name), textOf(value));
    return null;
  }),
];

function processors(bytes: Uint8Array): number {
  return Math.max(1, [...new TextDecoder().decode(bytes).matchAll(/^processor\s*:/gm)].length);
}

export const create = (interpreter: Interpreter) => {
  const environment = new PyDict();
  for (const [key, value] of interpreter.sys.env) environment.set(key, value);
  return moduleOf('_os', {
    functions: [...PATHS, ...DESCRIPTORS, ...SELF, ...PROCESS_FUNCTIONS],
    values: { ...O, _environment: environment, stat_result: STAT_RESULT, terminal_size: TERMINAL_SIZE, uname_result: UNAME_RESULT },
  });
};
