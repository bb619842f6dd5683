/** A file system of its own, without the rest of a kernel: one process, whose numbers the tests choose. */
import { Errno, type ErrnoCode } from '../../../../src/engine/kernel/errno.ts';
import { createVfs, type FsView, type Vfs } from '../../../../src/engine/kernel/fs/index.ts';
import type { ProcessInfo, ProcSource, VirtualTree } from '../../../../src/engine/kernel/fs/sources.ts';
import type { OpenFlags } from '../../../../src/engine/kernel/fs/types.ts';
import { AGAIN, type OpenFile } from '../../../../src/engine/kernel/open-file.ts';
import type { Credentials, PathOps } from '../../../../src/engine/kernel/sys.ts';
import { WaitQueue } from '../../../../src/engine/kernel/wait-queue.ts';

export const PID_NAMESPACE = 4026531836;

const namespaces = { mnt: 1, pid: 2, net: 3, uts: 4, ipc: 5, cgroup: 6, time: 7, user: 8 };

export const processInfo: ProcessInfo = {
  pid: 7,
  ppid: 1,
  pgid: 7,
  sid: 7,
  name: 'cat',
  state: 'R',
  argv: ['cat', '/proc/self/cmdline'],
  env: ['A=1'],
  exe: '/bin/cat',
  cwd: '/',
  root: '/',
  umask: 0o022,
  uid: 0,
  gid: 0,
  groups: [],
  capabilities: 3n,
  bounding: 0n,
  noNewPrivileges: false,
  isFiltered: false,
  caught: 0n,
  ignored: 0n,
  threads: 1,
  rssBytes: 409_600,
  startNs: 0n,
  userNs: 0n,
  systemNs: 0n,
  ttyDevice: 0,
  tpgid: -1,
  fds: new Map([
    [0, { name: '/dev/null', access: 'read' }],
    [1, { name: 'pipe:[5]', access: 'write' }],
  ]),
  nsPids: [7],
  namespaces,
  cgroup: '/docker/x',
  allowedCpus: '0-1',
  limits: [{ name: 'Max open files', soft: '1024', hard: '4096', unit: 'files' }],
  oomScoreAdj: 0,
};

const settings = new Map([
  ['kernel.hostname', 'box'],
  ['net.ipv4.ip_forward', '0'],
]);

const proc: ProcSource = {
  pids: () => [1, 7],
  process: (_namespace, pid) => (pid === 7 || pid === 1 ? { ...processInfo, pid } : undefined),
  self: () => 7,
  memory: () => ({ totalBytes: 2 ** 31, freeBytes: 2 ** 30, availableBytes: 2 ** 30 }),
  cpus: 2,
  cgroupControllers: [],
  uptimeNs: () => 12_340_000_000n,
  bootTimeNs: () => 1_000_000_000n,
  loadAverage: () => [0, 0.5, 1],
  kernel: { release: '6.12', version: '#1' },
  hostname: () => 'box',
  net: (file) => (file === 'dev' ? 'a\nb\n  eth0: 0\n' : undefined),
  sysctl: (name) => settings.get(name),
  setSysctl: (name, value) => void settings.set(name, value),
  sysctls: () => [...settings.keys()],
};

const groups = new Set(['/']);
const tree: VirtualTree = {
  list: (path) =>
    groups.has(path)
      ? [
          { name: 'cgroup.procs', directory: false, mode: 0o644 },
          ...[...groups]
            .filter((name) => name !== '/' && path === '/')
            .map((name) => ({ name: name.slice(1), directory: true, mode: 0o755 })),
        ]
      : undefined,
  find: (path) =>
    groups.has(path) ? { directory: true, mode: 0o755 } : path.endsWith('/cgroup.procs') ? { directory: false, mode: 0o644 } : undefined,
  read: (path) => `${path}\n`,
  write: () => {},
  mkdir: (path) => void groups.add(path),
  rmdir: (path) => void groups.delete(path),
};

/** Something that is no file: a pipe, a terminal. */
export const written: string[] = [];
const pipeFile: OpenFile = {
  kind: 'pipe',
  name: 'pipe:[5]',
  changed: new WaitQueue(),
  read: () => AGAIN,
  write: (bytes) => {
    written.push(new TextDecoder().decode(bytes));
    return bytes.length;
  },
  poll: () => ({ readable: false, writable: true, hangup: false }),
  stat: () => {
    throw new Errno('EINVAL');
  },
  close: () => {
    throw new Error('closing another handle must not close the pipe');
  },
};

export const ROOT: Credentials = {
  uid: 0,
  gid: 0,
  euid: 0,
  egid: 0,
  groups: [],
  capabilities: new Set([
    'CAP_DAC_OVERRIDE',
    'CAP_DAC_READ_SEARCH',
    'CAP_FOWNER',
    'CAP_CHOWN',
    'CAP_FSETID',
    'CAP_SYS_ADMIN',
    'CAP_MKNOD',
    'CAP_SYS_CHROOT',
  ]),
};
export const user = (uid: number, groups: readonly number[] = []): Credentials => ({
  uid,
  gid: uid,
  euid: uid,
  egid: uid,
  groups,
  capabilities: new Set(),
});

export interface Computer {
  readonly vfs: Vfs;
  readonly view: FsView;
  readonly path: PathOps;
  /** The same places, for somebody else. */
  as(credentials: Credentials): PathOps;
  open(path: string, flags: OpenFlags, mode?: number): OpenFile;
}

export function computer(): Computer {
  let now = 1_000_000_000n;
  const vfs = createVfs({
    nowNs: () => (now += 1000n),
    span: () => 42,
    proc,
    cgroups: () => tree,
    devices: (rdev) =>
      rdev === 259 ? { ...pipeFile, kind: 'device', name: '/dev/null', read: () => new Uint8Array(0), close: () => {} } : undefined,
    terminals: () => [0, 3],
    pidNamespace: () => PID_NAMESPACE,
    cgroupNamespace: () => 4026531835,
    hold: () => {},
    release: () => {},
    viewOf: () => undefined,
    descriptor: (_namespace, _pid, fd) => (fd === 1 ? pipeFile : undefined),
  });
  const view = vfs.rootView(() => ROOT);
  view.umask = 0;
  const open = (path: string, flags: OpenFlags, mode = 0o666): OpenFile => {
    const opened = vfs.open(view, path, flags, mode);
    if ('fifo' in opened) throw new Error('a fifo');
    return opened;
  };
  return { vfs, view, path: vfs.pathOps(view), as: (who) => vfs.pathOps(vfs.forkView(view, () => who)), open };
}

export const bytes = (words: string): Uint8Array => new TextEncoder().encode(words);
export const words = (data: Uint8Array | string): string => (typeof data === 'string' ? data : new TextDecoder().decode(data));

/** The code of the error that a call ends with; undefined if it does not fail. */
export function failure(call: () => unknown): ErrnoCode | undefined {
  try {
    call();
    return undefined;
  } catch (error) {
    if (error instanceof Errno) return error.code;
    throw error;
  }
}
