/** The `docker` client as a program of the machine: its world is the system calls. */

import type { Files, InputStream, Io, OutputStream, SpecialFile } from '../../cli/io.ts';
import { docker } from '../../cli/main.ts';
import { startTls } from '../../http/tls.ts';
import type { Address, Dial, Duplex } from '../../http/types.ts';
import { isErrno } from '../../kernel/errno.ts';
import { majorOf, makedev, minorOf } from '../../kernel/fs/device-number.ts';
import type { Stat } from '../../kernel/fs/types.ts';
import type { Fd, Program, Signal, Sys } from '../../kernel/sys.ts';
import { duplexOf } from '../../userland/duplex.ts';
import { resolve, resolverConfig } from '../../userland/net/resolve.ts';

const READ_BYTES = 65_536;
const FILE_TYPES: Readonly<Record<string, NonNullable<ReturnType<Files['stat']>>['type']>> = {
  regular: 'file',
  directory: 'directory',
  symlink: 'symlink',
  socket: 'socket',
};

const described = (stat: Stat): NonNullable<ReturnType<Files['stat']>> => ({
  type: FILE_TYPES[stat.type] ?? 'other',
  mode: stat.mode,
  uid: stat.uid,
  gid: stat.gid,
  sizeBytes: stat.sizeBytes,
  mtimeNs: stat.mtimeNs,
  ...(stat.type === 'regular' && stat.nlink > 1 && { shared: `${stat.dev}:${stat.ino}` }),
  ...specialOf(stat),
});

function specialOf({ type, rdev }: Stat): { readonly special?: SpecialFile } {
  if (type !== 'fifo' && type !== 'char-device' && type !== 'block-device') return {};
  return { special: { type, major: majorOf(rdev), minor: minorOf(rdev) } };
}

const orNull = (look: () => Stat): ReturnType<Files['stat']> => {
  try {
    return described(look());
  } catch (error) {
    if (isErrno(error, 'ENOENT', 'ENOTDIR')) return null;
    throw error;
  }
};

function mkdirs(sys: Sys, path: string, mode?: number): void {
  if (orNull(() => sys.path.stat(path))?.type === 'directory') return;
  const parent = path.replace(/\/+[^/]*\/*$/, '');
  if (parent !== '' && parent !== path) mkdirs(sys, parent, mode);
  sys.path.mkdir(path, mode);
}

function removeTree(sys: Sys, path: string): void {
  if (sys.path.lstat(path).type !== 'directory') return sys.path.unlink(path);
  for (const { name } of sys.path.readdir(path)) removeTree(sys, `${path}/${name}`);
  sys.path.rmdir(path);
}

const files = (sys: Sys): Files => ({
  stat: (path) => orNull(() => sys.path.stat(path)),
  lstat: (path) => orNull(() => sys.path.lstat(path)),
  read: (path) => sys.path.readFile(path),
  write: (path, bytes, mode) => sys.path.writeFile(path, bytes, mode),
  mkdir: (path, options) => (options?.recursive ? mkdirs(sys, path, options.mode) : sys.path.mkdir(path, options?.mode)),
  readdir: (path) =>
    sys.path
      .readdir(path)
      .map(({ name }) => name)
      .filter((name) => name !== '.' && name !== '..'),
  readlink: (path) => sys.path.readlink(path),
  symlink: (target, path) => sys.path.symlink(target, path),
  link: (existing, path) => sys.path.link(existing, path),
  mknod: (path, { type, major, minor }, mode) => sys.path.mknod(path, type, mode, makedev(major, minor)),
  remove: (path) => removeTree(sys, path),
  rename: (from, to) => sys.path.rename(from, to),
  chmod: (path, mode) => sys.path.chmod(path, mode),
  utimes: (path, mtimeNs) => sys.path.utimes(path, { mtimeNs }),
});

const input = (sys: Sys): InputStream => ({
  isTerminal: sys.fds.isatty(0),
  read: async () => {
    const bytes = await sys.read(0, READ_BYTES);
    return bytes.length === 0 ? null : bytes;
  },
  size: () => sys.tty.size(0),
  mode: () => sys.tty.mode(0),
  setMode: (mode) => sys.tty.setMode(0, mode),
});

const output = (sys: Sys, fd: Fd): OutputStream => ({
  isTerminal: sys.fds.isatty(fd),
  write: async (bytes) => {
    await sys.write(fd, bytes);
  },
  size: () => sys.tty.size(fd),
});

async function dialSecurely(sys: Sys, to: Address, tls: Parameters<Dial>[1]): Promise<Duplex> {
  const connection = await dial(sys, to);
  if (!tls) return connection;
  try {
    return await startTls(connection, tls.serverName);
  } catch (error) {
    connection.abort();
    throw error;
  }
}

async function dial(sys: Sys, to: Address): Promise<Duplex> {
  const unix = 'unix' in to;
  const fd = sys.net.socket(unix ? 'unix' : 'inet', 'stream');
  try {
    if (unix) await sys.connect(fd, { family: 'unix', path: to.unix });
    else await sys.connect(fd, { family: 'inet', ip: await address(sys, to.host), port: to.port });
  } catch (error) {
    sys.fds.close(fd);
    throw error;
  }
  return duplexOf(sys, fd);
}

async function address(sys: Sys, host: string): Promise<string> {
  const [ip] = await resolve(sys, host);
  if (ip === undefined) throw new LookupError(host, resolverConfig(sys).servers[0]);
  return ip;
}

/** No name server knows the name. The client says which one it asked. */
class LookupError extends Error {
  override readonly name = 'LookupError';
  readonly code = 'ENOTFOUND';
  readonly server: string | undefined;

  constructor(host: string, server: string | undefined) {
    super(`lookup ${host}: no such host`);
    this.server = server;
  }
}

/** Everything that the client reaches, made of system calls. */
export const ioOf = (sys: Sys): Io => ({
  env: sys.env,
  cwd: sys.path.cwd(),
  dial: (to, tls) => dialSecurely(sys, to, tls),
  stdin: input(sys),
  stdout: output(sys, 1),
  stderr: output(sys, 2),
  files: files(sys),
  clock: { nowNs: () => sys.clock.nowNs(), sleep: (ms) => sys.sleep(ms) },
  spawn: (body) =>
    sys.thread(async () => {
      try {
        await body();
      } catch (error) {
        if (!isErrno(error, 'EIO', 'EPIPE')) throw error;
        sys.exit(ENDED);
      }
    }),
  queue: () => sys.queue(),
  onSignal: (signal, handler) => sys.on(signal as Signal, handler),
  exit: (status) => sys.exit(status),
  random: sys.random,
  load: (job) => sys.stall(job),
  registries: (accountOf) => sys.stall(async () => (await import('./registries.ts')).registries(sys, accountOf)),
  keyring: () => sys.stall(async () => (await import('./keyring.ts')).keyring()),
  platform: { os: 'linux', arch: sys.uname.machine === 'aarch64' ? 'arm64' : 'amd64' },
});

/** Whoever read the output is gone: a closed terminal or pipe ends the client, as it ends any program. */
const ENDED = 1;

export const dockerClient: Program = async (sys) => {
  try {
    return await docker(sys.argv.slice(1), ioOf(sys));
  } catch (error) {
    if (isErrno(error, 'EIO', 'EPIPE')) return ENDED;
    throw error;
  }
};
