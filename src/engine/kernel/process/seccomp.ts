/**
 * seccomp(2): a filter between a program and its system calls. Whoever has one hands it on to its children and to what it executes.
 * The filter's own program is not of BPF but says for a call's name what becomes of it; arguments are not looked at.
 */
import { ERRNO, Errno, type ErrnoCode } from '../errno.ts';
import type { Sys } from '../sys.ts';

/** What becomes of a call: it goes through, fails with that number, or ends the process with SIGSYS. */
export type Verdict = 'allow' | 'kill' | { readonly errno: number };

/** By the names under which C libraries make the same call, the one of x86-64's older ABI first. */
export type SeccompProgram = (names: readonly string[]) => Verdict;

type Names = string;
type Table<T> = { readonly [K in keyof T]?: Names };

const OPEN: Names = 'open openat openat2';
const READDIR: Names = 'getdents64 getdents';

const PATH: Table<Sys['path']> = {
  access: 'access faccessat faccessat2',
  appendFile: OPEN,
  chdir: 'chdir',
  chmod: 'chmod fchmodat fchmodat2',
  chown: 'chown fchownat',
  chroot: 'chroot',
  cwd: 'getcwd',
  getxattr: 'getxattr lgetxattr',
  lchown: 'lchown fchownat',
  link: 'link linkat',
  lstat: 'lstat newfstatat statx',
  mkdir: 'mkdir mkdirat',
  mknod: 'mknod mknodat',
  mount: 'mount',
  pivotRoot: 'pivot_root',
  readdir: READDIR,
  readFile: OPEN,
  readlink: 'readlink readlinkat',
  rename: 'rename renameat renameat2',
  rmdir: 'rmdir unlinkat',
  setxattr: 'setxattr lsetxattr',
  stat: 'stat newfstatat statx',
  statfs: 'statfs',
  symlink: 'symlink symlinkat',
  truncate: 'truncate',
  umount: 'umount2',
  unlink: 'unlink unlinkat',
  utimes: 'utimensat utime utimes futimesat',
  writeFile: OPEN,
};
const FDS: Table<Sys['fds']> = {
  chmod: 'fchmod',
  dup2: 'dup2 dup3',
  pipe: 'pipe pipe2',
  seek: 'lseek',
  truncate: 'ftruncate',
};
const IDS: Table<Sys['ids']> = {
  setCapabilities: 'capset',
  setgid: 'setgid setregid setresgid',
  setgroups: 'setgroups',
  setpgid: 'setpgid',
  setsid: 'setsid',
  setuid: 'setuid setreuid setresuid',
};
const NET: Table<Sys['net']> = {
  bind: 'bind',
  listen: 'listen',
  option: 'setsockopt',
  pair: 'socketpair',
  sendEcho: 'sendto',
  sendTo: 'sendto',
  shutdown: 'shutdown',
  socket: 'socket',
};
const NS: Table<Sys['ns']> = { setns: 'setns', unshare: 'unshare' };
const OWN: Table<Sys> = {
  fork: 'clone fork vfork clone3',
  kill: 'kill tgkill',
  klog: 'syslog',
  nice: 'setpriority',
  setHostname: 'sethostname',
};
/** Those whose result is promised. */
const WAITING: Table<Sys> = {
  accept: 'accept accept4',
  connect: 'connect',
  exec: 'execve execveat',
  open: OPEN,
  poll: 'poll ppoll select pselect6 epoll_wait epoll_pwait',
  read: 'read readv',
  sleep: 'nanosleep clock_nanosleep',
  wait: 'wait4 waitid',
  write: 'write writev',
};

const codeOf = (number: number): ErrnoCode => (Object.keys(ERRNO) as ErrnoCode[]).find((code) => ERRNO[code][0] === number) ?? 'EPERM';

/** Puts the filter in front of a process's calls. */
export function guard(sys: Sys, program: SeccompProgram): void {
  const refusal = (names: Names): (() => Errno) | undefined => {
    const verdict = program(names.split(' '));
    if (verdict === 'allow') return undefined;
    return () => (verdict === 'kill' ? sys.fault('SIGSYS') : new Errno(codeOf(verdict.errno)));
  };
  const put = <T extends object>(calls: T, table: Table<T>, fail: (why: () => Errno) => unknown): void => {
    for (const [call, names] of Object.entries(table) as [keyof T, Names][]) {
      const why = refusal(names);
      if (why !== undefined) Object.assign(calls, { [call]: () => fail(why) });
    }
  };
  const thrown = (why: () => Errno): never => {
    throw why();
  };
  put(sys.path, PATH, thrown);
  put(sys.fds, FDS, thrown);
  put(sys.ids, IDS, thrown);
  put(sys.net, NET, thrown);
  put(sys.ns, NS, thrown);
  put(sys, OWN, thrown);
  put(sys, WAITING, async (why) => thrown(why));
}
