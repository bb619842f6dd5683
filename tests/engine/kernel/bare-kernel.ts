/** A kernel with next to no file system and no network, so that processes are tested by themselves. */
import type { Cgroup } from '../../../src/engine/kernel/cgroup/cgroup.ts';
import { INTERFACE_FILES } from '../../../src/engine/kernel/cgroup/files.ts';
import { cgroupTree } from '../../../src/engine/kernel/cgroup/tree.ts';
import { makeExecutable } from '../../../src/engine/kernel/elf.ts';
import { Errno } from '../../../src/engine/kernel/errno.ts';
import type { Stat } from '../../../src/engine/kernel/fs/types.ts';
import type { NetOps } from '../../../src/engine/kernel/net/types.ts';
import { AGAIN, type OpenFile } from '../../../src/engine/kernel/open-file.ts';
import { Pipe, pipeStat } from '../../../src/engine/kernel/pipe.ts';
import { createCore, createGround, type Ground } from '../../../src/engine/kernel/process/core.ts';
import type { FileView, NetworkPort } from '../../../src/engine/kernel/process/ports.ts';
import { type StartOptions, startProcess } from '../../../src/engine/kernel/process/start.ts';
import type { HostTurns, RunOptions } from '../../../src/engine/kernel/process/turns.ts';
import type { PathOps, Pid, Program } from '../../../src/engine/kernel/sys.ts';
import { WaitQueue } from '../../../src/engine/kernel/wait-queue.ts';

export interface BareFile {
  readonly bytes: Uint8Array;
  readonly mode: number;
  readonly uid?: number;
}

export interface BareOptions {
  readonly host?: HostTurns;
  readonly seed?: number;
  /** Executables by path. */
  readonly files?: Readonly<Record<string, BareFile>>;
  /** Programs by note. */
  readonly programs?: Readonly<Record<string, Program>>;
  readonly load?: (note: string) => Promise<Program | undefined>;
  readonly network?: (ground: Ground) => NetworkPort;
}

const channelHost: HostTurns = {
  breathe: () =>
    new Promise((resolve) => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => {
        channel.port1.close();
        resolve();
      };
      channel.port2.postMessage(null);
    }),
  nowMs: () => performance.now(),
};

const noStat: Stat = {
  type: 'regular',
  mode: 0o755,
  uid: 0,
  gid: 0,
  sizeBytes: 0,
  allocatedBytes: 0,
  nlink: 1,
  ino: 1,
  dev: 1,
  rdev: 0,
  atimeNs: 0n,
  mtimeNs: 0n,
  ctimeNs: 0n,
};

/** What leaves the machine: everything written to it, with the instant. */
export class Tape implements OpenFile {
  readonly kind = 'device';
  readonly name = '/tape';
  readonly changed = new WaitQueue();
  readonly entries: { atNs: number; text: string }[] = [];
  readonly #nowNs: () => number;

  constructor(nowNs: () => number) {
    this.#nowNs = nowNs;
  }

  get text(): string {
    return this.entries.map((entry) => entry.text).join('');
  }

  read(): Uint8Array {
    return new Uint8Array(0);
  }

  write(bytes: Uint8Array): number {
    this.entries.push({ atNs: this.#nowNs(), text: new TextDecoder().decode(bytes) });
    return bytes.length;
  }

  poll() {
    return { readable: true, writable: true, hangup: false };
  }

  stat(): Stat {
    return noStat;
  }

  close(): void {}
}

const refuse = (): never => {
  throw new Errno('ENOSYS');
};

function barePaths(files: Readonly<Record<string, BareFile>>): PathOps {
  const file = (path: string): BareFile => {
    const found = files[path];
    if (found === undefined) throw new Errno('ENOENT', path);
    return found;
  };
  const stat = (path: string): Stat => ({ ...noStat, mode: file(path).mode, uid: file(path).uid ?? 0 });
  return {
    stat,
    lstat: stat,
    access: (path, want) => want.execute !== true || (file(path).mode & 0o111) !== 0,
    readFile: (path) => file(path).bytes,
    realpath: (path) => path,
    cwd: () => '/',
    chdir: () => {},
    readdir: refuse,
    readlink: refuse,
    mkdir: refuse,
    rmdir: refuse,
    unlink: refuse,
    rename: refuse,
    link: refuse,
    symlink: refuse,
    mknod: refuse,
    chmod: refuse,
    chown: refuse,
    lchown: refuse,
    utimes: refuse,
    truncate: refuse,
    writeFile: refuse,
    appendFile: refuse,
    getxattr: refuse,
    setxattr: refuse,
    chroot: refuse,
    mount: refuse,
    umount: refuse,
    pivotRoot: refuse,
    mounts: refuse,
    statfs: refuse,
  };
}

function bareView(files: Readonly<Record<string, BareFile>>, fifos: Map<string, Pipe>): FileView {
  let table = {};
  const view: FileView = {
    path: barePaths(files),
    umask: 0o022,
    open: (path) => {
      const fifo = fifos.get(path) ?? new Pipe({ name: path, stat: () => pipeStat(1, 0n, { uid: 0, gid: 0 }) });
      fifos.set(path, fifo);
      return { fifo };
    },
    fork: () => bareView(files, fifos),
    rootPath: () => '/',
    cwdPath: () => '/',
    mountTable: () => table,
    unshareMounts: () => {
      table = {};
      return table;
    },
    joinMounts: (joined) => {
      table = joined;
    },
    close: () => {},
  };
  return view;
}

const noNetwork: NetworkPort = {
  root: {},
  createStack: () => ({}),
  destroyStack: () => {},
  ops: () => new Proxy({} as NetOps, { get: () => refuse }),
};

export type BareKernel = ReturnType<typeof bareKernel>;

export function bareKernel(options: BareOptions = {}) {
  const base = { seed: options.seed ?? 1, host: options.host ?? channelHost, bootTimeNs: 1_700_000_000_000_000_000n, cpus: 2 };
  const ground = createGround(base);
  const programs = options.programs ?? {};
  const state = createCore(ground, {
    ...base,
    hostname: 'bare',
    memoryBytes: 2 ** 31,
    network: options.network?.(ground) ?? noNetwork,
    mounts: {},
    uname: { sysname: 'Linux', release: '6.12.0', version: '#1', machine: 'x86_64' },
    load: options.load ?? (async (note) => programs[note]),
    identify: () => undefined,
  });
  const view = bareView(options.files ?? {}, new Map());
  const tape = new Tape(() => state.scheduler.nowNs);
  return {
    state,
    tape,
    group: (name: string): Cgroup => state.cgroup.at(name) ?? state.cgroup.mkdir(name),
    tree: cgroupTree(state.cgroup, INTERFACE_FILES),
    start: (program: Program, start: StartOptions = {}): Pid =>
      startProcess(state, () => view.fork(() => ({ uid: 0, gid: 0, euid: 0, egid: 0, groups: [], capabilities: new Set() })), {
        program,
        options: {
          fds: new Map([
            [0, tape],
            [1, tape],
            [2, tape],
          ]),
          ...start,
        },
      }),
    run: (ms: number, run: RunOptions = {}) => state.scheduler.run(state.scheduler.nowNs + ms * 1e6, run),
  };
}

/** An executable file whose program is `note`. */
export const executable = (note: string, mode = 0o755): BareFile => ({ bytes: makeExecutable(note), mode });
export const script = (text: string, mode = 0o755): BareFile => ({ bytes: new TextEncoder().encode(text), mode });
export const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
export const bytes = (words: string): Uint8Array => new TextEncoder().encode(words);
export { AGAIN };
