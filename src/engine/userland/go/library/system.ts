/** `os`, `syscall`, `io/fs`, `os/signal`, `runtime`: what reaches the machine. */
import { ERRNO, isErrno } from '../../../kernel/errno.ts';
import type { Signal, Sys } from '../../../kernel/sys.ts';
import { bytesOf, rawOf, toRaw, toText } from '../../program-io.ts';
import type { NativeNow } from '../compile/package.ts';
import { listOfBytes } from '../runtime/bytes.ts';
import { Channel } from '../runtime/channels.ts';
import type { Steps } from '../runtime/frame.ts';
import { type Goroutine, wait } from '../runtime/goroutine.ts';
import { GoExit } from '../runtime/panic.ts';
import { Slice, type Value } from '../runtime/values.ts';
import type { LibraryPackage } from './packages.ts';
import { SOURCE as FS_SOURCE } from './source/fs.ts';
import { SOURCE as OS_SOURCE } from './source/os.ts';
import { SOURCE as RUNTIME_SOURCE } from './source/runtime.ts';
import { SOURCE as SIGNAL_SOURCE } from './source/signal.ts';
import { SOURCE as SYSCALL_SOURCE } from './source/syscall.ts';

const text = (value: Value): string => toText(value as string);
const num = (value: Value): number => Number(value);

/** The number of the error that a call ends with; 0 if with none. */
function errnoOf(call: () => unknown): number {
  try {
    call();
    return 0;
  } catch (error) {
    if (isErrno(error)) return error.number;
    throw error;
  }
}

/** A call's value and the number of its error. */
function attempt(call: () => Value, otherwise: Value): Value[] {
  try {
    return [call(), 0];
  } catch (error) {
    if (isErrno(error)) return [otherwise, error.number];
    throw error;
  }
}

export function* attemptSteps<T>(call: Promise<T>, otherwise: Value, then: (value: T) => Value): Steps {
  try {
    return [then(yield* wait(call)), 0];
  } catch (error) {
    if (isErrno(error)) return [otherwise, error.number];
    throw error;
  }
}

export const SYSCALL: LibraryPackage = {
  source: SYSCALL_SOURCE,
  natives: {
    now: {
      message: ([number]) => messageOf(num(number)),
      name: ([number]) => SIGNAL_TEXTS[num(number)] ?? `signal ${num(number)}`,
      kill: ([pid, signal], { sys }) => errnoOf(() => sys.kill(num(pid), SIGNALS[num(signal)] ?? null)),
      Getpid: (_, { sys }) => sys.pid,
    },
  },
};

const SIGNALS: Readonly<Record<number, Signal>> = {
  1: 'SIGHUP',
  2: 'SIGINT',
  3: 'SIGQUIT',
  6: 'SIGABRT',
  9: 'SIGKILL',
  10: 'SIGUSR1',
  11: 'SIGSEGV',
  12: 'SIGUSR2',
  13: 'SIGPIPE',
  14: 'SIGALRM',
  15: 'SIGTERM',
  17: 'SIGCHLD',
};
const SIGNAL_TEXTS: Readonly<Record<number, string>> = {
  1: 'hangup',
  2: 'interrupt',
  3: 'quit',
  6: 'aborted',
  9: 'killed',
  10: 'user defined signal 1',
  11: 'segmentation fault',
  12: 'user defined signal 2',
  13: 'broken pipe',
  14: 'alarm clock',
  15: 'terminated',
  17: 'child exited',
};

/** The C library's sentence in Go's small letters. */
function messageOf(number: number): string {
  const sentence = Object.values(ERRNO).find(([own]) => own === number)?.[1];
  return sentence === undefined ? `errno ${number}` : sentence.charAt(0).toLowerCase() + sentence.slice(1);
}

export const FS: LibraryPackage = {
  source: FS_SOURCE,
};

/** Flags of open(2). */
const [WRITE_ONLY, READ_WRITE, CREATE, EXCLUSIVE, TRUNCATE, APPEND] = [1, 2, 0o100, 0o200, 0o1000, 0o2000];

const stat: NativeNow = ([path], { sys }) => {
  try {
    const found = sys.path.stat(text(path));
    return [found.sizeBytes, found.mode & 0o777, found.type === 'directory', Number(found.mtimeNs / 1_000_000_000n), 0];
  } catch (error) {
    if (isErrno(error)) return [0, 0, false, 0, error.number];
    throw error;
  }
};

function removeAll(sys: Sys, path: string): void {
  const found = sys.path.lstat(path);
  if (found.type !== 'directory') return sys.path.unlink(path);
  for (const { name } of sys.path.readdir(path)) if (name !== '.' && name !== '..') removeAll(sys, `${path}/${name}`);
  sys.path.rmdir(path);
}

export const OS: LibraryPackage = {
  source: OS_SOURCE,
  natives: {
    now: {
      arguments: (_, { sys }) => new Slice(sys.argv.map(toRaw)),
      lookup: ([key], { sys }) => [toRaw(sys.env.get(text(key)) ?? ''), sys.env.has(text(key))],
      setenv: ([key, value], { sys }) => {
        sys.env.set(text(key), text(value));
        return null;
      },
      unsetenv: ([key], { sys }) => {
        sys.env.delete(text(key));
        return null;
      },
      environ: (_, { sys }) => new Slice([...sys.env].map(([key, value]) => toRaw(`${key}=${value}`))),
      closeFd: ([fd], { sys }) => errnoOf(() => sys.fds.close(num(fd))),
      seek: ([fd, offset, whence], { sys }) =>
        attempt(() => sys.fds.seek(num(fd), num(offset), (['set', 'cur', 'end'] as const)[num(whence)] ?? 'set'), 0),
      stat,
      remove: ([name], { sys }) =>
        errnoOf(() => (sys.path.lstat(text(name)).type === 'directory' ? sys.path.rmdir(text(name)) : sys.path.unlink(text(name)))),
      removeAll: ([name], { sys }) => {
        const number = errnoOf(() => removeAll(sys, text(name)));
        return number === 2 ? 0 : number;
      },
      mkdir: ([name, mode], { sys }) => errnoOf(() => sys.path.mkdir(text(name), num(mode))),
      rename: ([from, to], { sys }) => errnoOf(() => sys.path.rename(text(from), text(to))),
      symlink: ([from, to], { sys }) => errnoOf(() => sys.path.symlink(text(from), text(to))),
      chmod: ([name, mode], { sys }) => errnoOf(() => sys.path.chmod(text(name), num(mode))),
      chdir: ([name], { sys }) => errnoOf(() => sys.path.chdir(text(name))),
      readdir: ([name], { sys }) =>
        attempt(() => {
          const names = sys.path.readdir(text(name)).map((entry) => entry.name);
          return new Slice(
            names
              .filter((one) => one !== '.' && one !== '..')
              .sort()
              .map(toRaw),
          );
        }, null),
      cwd: (_, { sys }) => toRaw(sys.path.cwd()),
      hostname: (_, { sys }) => toRaw(sys.hostname()),
      executable: (_, { sys }) => toRaw(sys.argv[0]?.startsWith('/') ? sys.argv[0] : `${sys.path.cwd()}/${sys.argv[0] ?? ''}`),
      Exit: ([code], { sys }) => sys.exit(num(code) & 255),
      Getpid: (_, { sys }) => sys.pid,
      Getppid: (_, { sys }) => sys.ppid,
      Getuid: (_, { sys }) => sys.ids.get().uid,
      Getgid: (_, { sys }) => sys.ids.get().gid,
      Geteuid: (_, { sys }) => sys.ids.get().euid,
      isTerminal: ([fd], { sys }) => sys.fds.isatty(num(fd)),
    },
    steps: {
      open([name, flag, mode], { sys }): Steps {
        const bits = num(flag);
        const isWriting = (bits & (WRITE_ONLY | READ_WRITE)) !== 0;
        const flags = {
          read: (bits & WRITE_ONLY) === 0,
          write: isWriting,
          create: (bits & CREATE) !== 0,
          exclusive: (bits & EXCLUSIVE) !== 0,
          truncate: (bits & TRUNCATE) !== 0,
          append: (bits & APPEND) !== 0,
        };
        return attemptSteps(sys.open(text(name), flags, num(mode)), -1, (fd) => fd);
      },
      *read([fd, most], { sys }): Steps {
        for (;;) {
          const result = (yield* attemptSteps(sys.read(num(fd), num(most)), '', rawOf)) as Value[];
          if (result[1] !== 4) return result;
        }
      },
      write([fd, bytes], { sys }): Steps {
        return attemptSteps(sys.write(num(fd), bytesOf(bytes as string)), 0, (count) => count);
      },
    },
  },
};

/** Delivers a signal to a channel, if it has room. */
const deliver = (channel: Channel, boxed: Value): void => void channel.trySend(boxed);

export const SIGNAL: LibraryPackage = {
  source: SIGNAL_SOURCE,
  natives: {
    now: {
      notify: ([channel, number, boxed], { sys, process }) => {
        const signal = SIGNALS[num(number)];
        process.listens = true;
        if (signal && signal !== 'SIGKILL' && channel instanceof Channel) sys.on(signal, () => deliver(channel, boxed));
        return null;
      },
      reset: ([number, ignore], { sys }) => {
        const signal = SIGNALS[num(number)];
        if (signal && signal !== 'SIGKILL') sys.on(signal, ignore === true ? 'ignore' : 'default');
        return null;
      },
    },
  },
};

/** The machine's processors. */
function processors({ sys }: Goroutine): number {
  try {
    return new TextDecoder().decode(sys.path.readFile('/proc/cpuinfo')).match(/^processor\s*:/gm)?.length ?? 1;
  } catch (error) {
    if (isErrno(error)) return 1;
    throw error;
  }
}

export const RUNTIME: LibraryPackage = {
  source: RUNTIME_SOURCE,
  natives: {
    now: {
      NumCPU: (_, goroutine) => processors(goroutine),
      NumGoroutine: (_, { process }) => process.count,
      rss: () => 384 * 1024,
      Goexit: () => {
        throw new GoExit('exit');
      },
    },
    steps: {
      *Gosched(_, { sys }): Steps {
        yield* wait(sys.sleep(0));
        return null;
      },
    },
  },
};

export const listOf = (bytes: Uint8Array): Slice => listOfBytes(rawOf(bytes));
