/** `drydock docker ARGS…`: our client on its own, in Node's world, against whatever DOCKER_HOST names. */

import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import tls from 'node:tls';
import { type Files, type InputStream, type Io, type OutputStream, type SpecialFile, TlsError } from '../engine/cli/io.ts';
import { docker } from '../engine/cli/main.ts';
import type { TerminalMode } from '../engine/cli/terminal.ts';
import type { Address, Dial } from '../engine/http/types.ts';
import { connectionOf, reader } from './socket.ts';

const DEFAULT_SIZE = { columns: 80, rows: 24 };
const COOKED: TerminalMode = { canonical: true, echo: true, signals: true, outputNewline: true, inputNewline: true };

function open(to: Address, security: Parameters<Dial>[1]): net.Socket {
  if ('unix' in to) return net.connect({ path: to.unix, allowHalfOpen: true });
  const { host, port } = to;
  return security ? tls.connect({ host, port, servername: security.serverName }) : net.connect({ host, port, allowHalfOpen: true });
}

const dial: Dial = (to, security) =>
  new Promise((resolve, reject) => {
    const socket = open(to, security);
    socket.once('error', (error: NodeJS.ErrnoException) => {
      const isPlain =
        error.code === 'ERR_SSL_WRONG_VERSION_NUMBER' || error.code === 'ERR_SSL_PACKET_LENGTH_TOO_LONG' || error.code === 'EPROTO';
      reject(isPlain ? new TlsError('http: server gave HTTP response to HTTPS client', { isPlain }) : error);
    });
    socket.once(security ? 'secureConnect' : 'connect', () => {
      socket.removeAllListeners('error');
      resolve(connectionOf(socket));
    });
  });

const described = (stat: fs.BigIntStats): NonNullable<ReturnType<Files['stat']>> => ({
  type: stat.isFile()
    ? 'file'
    : stat.isDirectory()
      ? 'directory'
      : stat.isSymbolicLink()
        ? 'symlink'
        : stat.isSocket()
          ? 'socket'
          : 'other',
  mode: Number(stat.mode & 0o7777n),
  uid: Number(stat.uid),
  gid: Number(stat.gid),
  sizeBytes: Number(stat.size),
  mtimeNs: stat.mtimeNs,
  ...specialOf(stat),
});

function specialOf(stat: fs.BigIntStats): { readonly special?: SpecialFile } {
  if (stat.isFIFO()) return { special: { type: 'fifo', major: 0, minor: 0 } };
  if (!stat.isCharacterDevice() && !stat.isBlockDevice()) return {};
  const [major, minor] = [(stat.rdev >> 8n) & 0xfffn, (stat.rdev & 0xffn) | ((stat.rdev >> 12n) & 0xfff00n)];
  return { special: { type: stat.isBlockDevice() ? 'block-device' : 'char-device', major: Number(major), minor: Number(minor) } };
}

const MKNOD_TYPES = { fifo: 'p', 'char-device': 'c', 'block-device': 'b' } as const;

/** Node has no such call, so the program does it. */
function mknod(path: string, { type, major, minor }: SpecialFile, mode: number): void {
  const numbers = type === 'fifo' ? [] : [String(major), String(minor)];
  execFileSync('mknod', ['-m', mode.toString(8), '--', path, MKNOD_TYPES[type], ...numbers], { stdio: 'pipe' });
}

const NS_PER_SECOND = 1_000_000_000;

const files: Files = {
  stat: (path) => {
    const stat = fs.statSync(path, { bigint: true, throwIfNoEntry: false });
    return stat ? described(stat) : null;
  },
  lstat: (path) => {
    const stat = fs.lstatSync(path, { bigint: true, throwIfNoEntry: false });
    return stat ? described(stat) : null;
  },
  read: (path) => new Uint8Array(fs.readFileSync(path)),
  write: (path, bytes, mode) => fs.writeFileSync(path, bytes, mode === undefined ? {} : { mode }),
  mkdir: (path, options) => void fs.mkdirSync(path, options),
  readdir: (path) => fs.readdirSync(path),
  readlink: (path) => fs.readlinkSync(path),
  symlink: (target, path) => fs.symlinkSync(target, path),
  link: (existing, path) => fs.linkSync(existing, path),
  mknod,
  remove: (path) => fs.rmSync(path, { recursive: true }),
  rename: (from, to) => fs.renameSync(from, to),
  chmod: (path, mode) => fs.chmodSync(path, mode),
  utimes: (path, mtimeNs) => fs.utimesSync(path, Number(mtimeNs) / NS_PER_SECOND, Number(mtimeNs) / NS_PER_SECOND),
};

const sizeOf = (stream: NodeJS.WriteStream) => ({
  columns: stream.columns ?? DEFAULT_SIZE.columns,
  rows: stream.rows ?? DEFAULT_SIZE.rows,
});

function input(): InputStream {
  let mode = COOKED;
  let read: (() => Promise<Uint8Array | null>) | undefined;
  return {
    isTerminal: process.stdin.isTTY === true,
    // Listening starts with the first read: a client that reads nothing must not keep the process alive.
    read: () => {
      read ??= reader(process.stdin);
      return read();
    },
    size: () => sizeOf(process.stdout),
    mode: () => mode,
    setMode: (change) => {
      mode = { ...mode, ...change };
      if (process.stdin.isTTY) process.stdin.setRawMode(!mode.canonical);
    },
  };
}

const output = (stream: NodeJS.WriteStream): OutputStream => ({
  isTerminal: stream.isTTY === true,
  write: (bytes) => new Promise((resolve, reject) => stream.write(bytes, (error) => (error ? reject(error) : resolve()))),
  size: () => sizeOf(stream),
});

function queue(): ReturnType<Io['queue']> {
  const waiting = new Set<(woken: boolean) => void>();
  return {
    wait: (timeoutMs) =>
      new Promise((resolve) => {
        const timer = timeoutMs === undefined ? undefined : setTimeout(() => finish(false), timeoutMs);
        const finish = (woken: boolean): void => {
          clearTimeout(timer);
          waiting.delete(finish);
          resolve(woken);
        };
        waiting.add(finish);
      }),
    wake: () => {
      for (const finish of [...waiting]) finish(true);
    },
  };
}

const NS_PER_MS = 1_000_000n;

function nodeIo(): Io {
  return {
    env: new Map(Object.entries(process.env).flatMap(([name, value]): [string, string][] => (value === undefined ? [] : [[name, value]]))),
    cwd: process.cwd(),
    dial,
    stdin: input(),
    stdout: output(process.stdout),
    stderr: output(process.stderr),
    files,
    clock: { nowNs: () => BigInt(Date.now()) * NS_PER_MS, sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)) },
    spawn: (body) => {
      const done = body();
      return { join: () => done };
    },
    queue,
    onSignal: (signal, handler) => {
      process.removeAllListeners(signal);
      if (handler !== 'default') process.on(signal, handler);
    },
    exit: (status) => process.exit(status),
    random: { bytes: (count) => new Uint8Array(randomBytes(count)) },
    platform: { os: os.platform(), arch: os.arch() === 'x64' ? 'amd64' : os.arch() },
  };
}

export async function dockerCommand(args: readonly string[]): Promise<number> {
  const status = await docker(args, nodeIo());
  process.stdin.pause();
  return status;
}
