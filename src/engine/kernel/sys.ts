/**
 * What a program can reach: the system calls. Shapes follow POSIX and Linux; names are theirs, units come last.
 *
 * A program awaits nothing but these calls (and functions made of them). One task runs at a time, until it waits or its turn
 * is over; so between two awaits nothing else in the machine moves, and what a program does never depends on the host's promises.
 * Concurrency inside one program is `thread` and `queue`, never `Promise.all` or a promise of one's own.
 */
import type { DirEntry, MountInfo, MountRequest, OpenFlags, Stat, StatFs } from './fs/types.ts';
import type { NetOps, SocketAddress } from './net/types.ts';

export type Fd = number;
export type Pid = number;
export type SpanId = number;

/** A program: what an executable runs. Reaches the machine through `sys` alone; returns its exit status (0–255). */
export type Program = (sys: Sys) => Promise<number>;

export type Signal =
  | 'SIGHUP'
  | 'SIGINT'
  | 'SIGQUIT'
  | 'SIGILL'
  | 'SIGTRAP'
  | 'SIGABRT'
  | 'SIGBUS'
  | 'SIGFPE'
  | 'SIGKILL'
  | 'SIGUSR1'
  | 'SIGSEGV'
  | 'SIGUSR2'
  | 'SIGPIPE'
  | 'SIGALRM'
  | 'SIGTERM'
  | 'SIGSTKFLT'
  | 'SIGCHLD'
  | 'SIGCONT'
  | 'SIGSTOP'
  | 'SIGTSTP'
  | 'SIGTTIN'
  | 'SIGTTOU'
  | 'SIGURG'
  | 'SIGXCPU'
  | 'SIGXFSZ'
  | 'SIGVTALRM'
  | 'SIGPROF'
  | 'SIGWINCH'
  | 'SIGIO'
  | 'SIGPWR'
  | 'SIGSYS'
  | `SIGRT${number}`;
export type Disposition = 'default' | 'ignore' | ((signal: Signal) => void);

export type NamespaceKind = 'mnt' | 'pid' | 'net' | 'uts' | 'ipc' | 'cgroup' | 'time' | 'user';

export interface Sys {
  readonly pid: Pid;
  readonly ppid: Pid;
  readonly argv: readonly string[];
  /** What the note in its executable says: `gnu:ls`, `nginx:1.29.3`; empty if it came of none. */
  readonly note: string;
  /** The environment: a plain map of this process. `exec` hands on a copy unless told otherwise. */
  readonly env: Map<string, string>;

  readonly path: PathOps;
  readonly fds: FdOps;
  readonly ids: IdOps;
  readonly tty: TtyOps;
  readonly net: NetOps;
  readonly ns: NamespaceOps;

  // What may wait. Each is a place where a signal can end the process, or interrupt the call with EINTR if it is caught.
  /** A fifo waits for its other end. */
  open(path: string, flags: OpenFlags, mode?: number): Promise<Fd>;
  /** Up to `maxBytes`; length 0 is the end of the file. */
  read(fd: Fd, maxBytes: number): Promise<Uint8Array>;
  /** Writes all of `bytes`, waiting while a pipe is full. EPIPE after SIGPIPE. */
  write(fd: Fd, bytes: Uint8Array): Promise<number>;
  /** Waits until one of them is ready or the time is over (then: an empty list). */
  poll(fds: readonly PollFd[], timeoutMs?: number): Promise<readonly PollResult[]>;
  sleep(ms: number): Promise<void>;
  /** Waits for a child (any, if none is named): ECHILD if there is none. With `noHang`, null if none has changed. */
  wait(pid?: Pid, options?: WaitOptions): Promise<Exited | null>;
  connect(fd: Fd, address: SocketAddress): Promise<void>;
  accept(fd: Fd): Promise<Fd>;

  /** A child that runs `program` with copies of this process's descriptors, environment, directory and dispositions. */
  fork(program: Program, options?: ForkOptions): Pid;
  /** Replaces the running program by an executable file (ENOENT, EACCES, ENOEXEC, ENOTDIR, …); does not return. */
  exec(path: string, argv: readonly string[], env?: ReadonlyMap<string, string>): Promise<never>;
  /** Ends this process at once. */
  exit(status: number): never;
  /** Touches memory that is not there, or is caught by its filter: a signal that ends the first process of a namespace too. */
  fault(signal?: 'SIGSEGV' | 'SIGSYS'): never;
  /** pid > 0 one process, 0 the own group, -1 all, < -1 the group. ESRCH, EPERM. `null` only asks whether it is there. */
  kill(pid: Pid, signal: Signal | null): void;
  on(signal: Signal, disposition: Disposition): void;
  disposition(signal: Signal): Disposition;
  /** Waits until a caught signal has arrived. */
  pause(): Promise<void>;

  /** Another task of this process: same descriptors and memory. It ends with the process. */
  thread(body: () => Promise<void>): Thread;
  /** Threads that its language begins by itself (clone with CLONE_THREAD): each has had a number of the process's pid namespaces. */
  passThreads(count: number): void;
  /** Where tasks of this process sleep until another one wakes them (a futex). */
  queue(): TaskQueue;

  /** Interpreters pass here at every turn of a loop: charges CPU time, delivers signals; only now and then a promise. */
  turn(): void | Promise<void>;
  /** Charges `ns` nanoseconds of CPU time for work that the host does in no time (hashing, unpacking). */
  charge(ns: number): void | Promise<void>;
  /** Changes the memory in use by so many bytes, for memory.max and the OOM killer. */
  grow(bytes: number): void;
  /** Waits for the host while the whole machine stands still: loading code or a blob. Cannot be seen from inside. */
  stall<T>(load: () => Promise<T>): Promise<T>;

  readonly clock: { nowNs(): bigint; monotonicNs(): bigint };
  readonly random: { bytes(n: number): Uint8Array };
  readonly uname: { readonly sysname: string; readonly release: string; readonly version: string; readonly machine: string };
  hostname(): string;
  setHostname(name: string): void;
  umask(mask?: number): number;
  rlimit(name: RlimitName, value?: Rlimit): Rlimit;
  nice(value?: number): number;
  /** syslog(2): what the kernel's log holds; `clear` empties it. EPERM. */
  klog(action: 'read' | 'clear'): string;
  /** prctl(2) words that containers need. */
  prctl(option: 'no-new-privs' | 'subreaper' | 'name', value?: string): void;
  /** setproctitle(3): what `ps` and /proc/PID/cmdline show in place of the arguments from now on. */
  retitle(title: string): void;
  /** seccomp(2), from the next program on; there is no way back. */
  seccomp(filter: SeccompFilter): void;
  /** CPU time used, in nanoseconds: own and of the children waited for. */
  times(): { readonly selfNs: bigint; readonly childrenNs: bigint };
  /** Why this task acts: what it writes and calls carries the span. `adopt` takes over another's (the peer of a socket). */
  readonly cause: { span(): SpanId; begin(label: string, parent?: SpanId): SpanId; adopt(span: SpanId): void };
}

/** Path metadata: never waits; throws Errno. Relative paths start at the working directory. */
export interface PathOps {
  stat(path: string): Stat;
  lstat(path: string): Stat;
  /** False too if it is not there. `noFollow`: about a symbolic link itself. */
  access(path: string, want: { read?: boolean; write?: boolean; execute?: boolean; noFollow?: boolean }): boolean;
  readdir(path: string): readonly DirEntry[];
  readlink(path: string): string;
  realpath(path: string): string;
  mkdir(path: string, mode?: number): void;
  rmdir(path: string): void;
  unlink(path: string): void;
  rename(from: string, to: string): void;
  link(existing: string, path: string): void;
  symlink(target: string, path: string): void;
  mknod(path: string, type: 'char-device' | 'block-device' | 'fifo', mode: number, rdev?: number): void;
  chmod(path: string, mode: number): void;
  chown(path: string, uid: number, gid: number): void;
  lchown(path: string, uid: number, gid: number): void;
  /** Undefined leaves a time as it is. */
  utimes(path: string, times: { atimeNs?: bigint; mtimeNs?: bigint }, options?: { noFollow?: boolean }): void;
  truncate(path: string, sizeBytes: number): void;
  /** A whole regular file (also of procfs) at once. ENOENT, EISDIR, EACCES; EINVAL for a fifo or socket. */
  readFile(path: string): Uint8Array;
  /** Creates or replaces a regular file's bytes at once. */
  writeFile(path: string, bytes: Uint8Array, mode?: number): void;
  /** Adds bytes at the end of a regular file, which is made if it is not there. */
  appendFile(path: string, bytes: Uint8Array, mode?: number): void;
  getxattr(path: string, name: string): Uint8Array;
  setxattr(path: string, name: string, value: Uint8Array): void;
  cwd(): string;
  chdir(path: string): void;
  chroot(path: string): void;
  mount(request: MountRequest): void;
  umount(target: string, options?: { lazy?: boolean }): void;
  /** As pivot_root(2), with the old root detached. */
  pivotRoot(newRoot: string): void;
  mounts(): readonly MountInfo[];
  statfs(path: string): StatFs;
}

export interface FdOps {
  close(fd: Fd): void;
  dup(fd: Fd, atLeast?: Fd): Fd;
  dup2(from: Fd, to: Fd): void;
  pipe(): { readonly read: Fd; readonly write: Fd };
  stat(fd: Fd): Stat;
  seek(fd: Fd, offset: number, whence: 'set' | 'cur' | 'end'): number;
  truncate(fd: Fd, sizeBytes: number): void;
  chmod(fd: Fd, mode: number): void;
  setCloseOnExec(fd: Fd, on: boolean): void;
  setNonBlock(fd: Fd, on: boolean): void;
  list(): readonly Fd[];
  has(fd: Fd): boolean;
  isatty(fd: Fd): boolean;
  /** What /proc/self/fd/N links to. */
  name(fd: Fd): string;
}

export interface Credentials {
  readonly uid: number;
  readonly gid: number;
  readonly euid: number;
  readonly egid: number;
  readonly groups: readonly number[];
  /** Effective capabilities, as `CAP_CHOWN`. */
  readonly capabilities: ReadonlySet<string>;
  readonly filter?: SeccompFilter;
}

/** What looks at a process's system calls. */
export interface SeccompFilter {
  /** Of the privileged calls those that these capabilities are for go through; all, if absent. */
  readonly capabilities?: ReadonlySet<string>;
  /** Comes between a program and its calls. */
  guard?(sys: Sys): void;
}

export interface IdOps {
  get(): Credentials;
  setuid(uid: number): void;
  setgid(gid: number): void;
  setgroups(groups: readonly number[]): void;
  /** Keeps only these capabilities, in all sets. */
  setCapabilities(names: ReadonlySet<string>): void;
  getpgid(pid?: Pid): Pid;
  setpgid(pid: Pid, pgid: Pid): void;
  getsid(pid?: Pid): Pid;
  setsid(): Pid;
}

export interface WindowSize {
  readonly columns: number;
  readonly rows: number;
}

/** As termios(3), only what programs here look at. */
export interface TerminalMode {
  readonly canonical: boolean;
  readonly echo: boolean;
  /** ^C ^\ ^Z make signals. */
  readonly signals: boolean;
  /** NL becomes CR NL on output. */
  readonly outputNewline: boolean;
  /** CR becomes NL on input. */
  readonly inputNewline: boolean;
}

export interface TtyOps {
  /** A new pseudo-terminal: the master's descriptor and the slave's path (/dev/pts/N of the devpts mounted for this process). */
  openpt(size?: WindowSize): { readonly master: Fd; readonly slavePath: string; readonly slave: Fd };
  mode(fd: Fd): TerminalMode;
  setMode(fd: Fd, mode: Partial<TerminalMode>): void;
  size(fd: Fd): WindowSize;
  /** Tells the foreground group with SIGWINCH. */
  setSize(fd: Fd, size: WindowSize): void;
  /** Makes the terminal the session's controlling one (TIOCSCTTY). */
  control(fd: Fd): void;
  foreground(fd: Fd): Pid;
  setForeground(fd: Fd, pgid: Pid): void;
  /**
   * Makes the terminal one of the devpts mounted for this process. It stands for what a container runtime does, which opens the
   * terminal in there and hands the master out over its console socket.
   */
  moveHere(fd: Fd): void;
  name(fd: Fd): string;
}

/** A handle on a namespace, as an open /proc/PID/ns/KIND. */
export interface NamespaceRef {
  readonly kind: NamespaceKind;
  readonly inode: number;
}

export interface NamespaceOps {
  of(kind: NamespaceKind, pid?: Pid): NamespaceRef;
  /** Moves this process (pid: its later children) into new namespaces. */
  unshare(kinds: readonly NamespaceKind[]): void;
  setns(ref: NamespaceRef): void;
  /** Holds a namespace without a process, as a bind mount of its file does (docker's /run/docker/netns/…). */
  create(kind: NamespaceKind): NamespaceRef;
  release(ref: NamespaceRef): void;
}

export interface ForkOptions {
  readonly unshare?: readonly NamespaceKind[];
  readonly join?: readonly NamespaceRef[];
  /** The cgroup to be born in, as a path below /sys/fs/cgroup: `/docker/ID`. */
  readonly cgroup?: string;
  /** The first process of another computer: it has control groups of its own, from the root on. */
  readonly apart?: boolean;
  /** 0: a group of its own. */
  readonly pgid?: Pid;
  readonly argv?: readonly string[];
  readonly env?: ReadonlyMap<string, string>;
  /** Which of this process's descriptors the child has, and as what; others are closed. All, if absent. */
  readonly fds?: ReadonlyMap<Fd, Fd>;
}

export interface WaitOptions {
  readonly noHang?: boolean;
  readonly stopped?: boolean;
  readonly pgid?: Pid;
}

export interface Exited {
  readonly pid: Pid;
  /** The exit status, or undefined if a signal ended (or stopped) it. */
  readonly status?: number;
  readonly signal?: Signal;
  readonly stopped?: boolean;
  readonly coreDumped?: boolean;
}

export interface PollFd {
  readonly fd: Fd;
  readonly events: { readonly read?: boolean; readonly write?: boolean };
}
export interface PollResult {
  readonly fd: Fd;
  readonly readable: boolean;
  readonly writable: boolean;
  readonly hangup: boolean;
}

export interface Thread {
  join(): Promise<void>;
}
export interface TaskQueue {
  /** False if the time was over first. */
  wait(timeoutMs?: number): Promise<boolean>;
  /** Wakes everybody who waits here. */
  wake(): void;
}

export type RlimitName =
  | 'core'
  | 'cpu'
  | 'data'
  | 'fsize'
  | 'memlock'
  | 'msgqueue'
  | 'nice'
  | 'nofile'
  | 'nproc'
  | 'rss'
  | 'rtprio'
  | 'rttime'
  | 'sigpending'
  | 'stack'
  | 'as'
  | 'locks';
/** `Infinity` is unlimited. */
export interface Rlimit {
  readonly soft: number;
  readonly hard: number;
}
