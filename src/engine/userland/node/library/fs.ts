/** Files: what `fs` reaches. Each operation can be called at once, or in the background. */

import { Errno, isErrno } from '../../../kernel/errno.ts';
import type { OpenFlags, Stat } from '../../../kernel/fs/types.ts';
import type { Sys } from '../../../kernel/sys.ts';
import { toInteger, toText } from '../runtime/convert.ts';
import { call, native } from '../runtime/functions.ts';
import { arrayOf } from '../runtime/objects.ts';
import { suspend } from '../runtime/steps.ts';
import { isObject, Thrown, type Value } from '../runtime/values.ts';
import { waitFor } from '../runtime/vm.ts';
import type { Host } from '../system/host.ts';
import { type Called, systemError } from '../system/system-errors.ts';
import { bufferOf, bytesOf } from './bytes.ts';

type Plain = undefined | null | boolean | number | string | Uint8Array | readonly Plain[];
type Operation = (sys: Sys, args: readonly Value[]) => Promise<Plain>;

const text = (value: Value): string => toText(value);

/** Flags of open(2), by their letters. */
function openFlags(flags: string): OpenFlags | null {
  const plain = flags.replace('s', '').replace('b', '');
  const isExclusive = plain.includes('x');
  switch (plain.replace('x', '')) {
    case 'r':
      return { read: true };
    case 'r+':
      return { read: true, write: true };
    case 'w':
      return { write: true, create: true, truncate: true, exclusive: isExclusive };
    case 'w+':
      return { read: true, write: true, create: true, truncate: true, exclusive: isExclusive };
    case 'a':
      return { write: true, create: true, append: true, exclusive: isExclusive };
    case 'a+':
      return { read: true, write: true, create: true, append: true, exclusive: isExclusive };
    default:
      return null;
  }
}

const TYPES: Readonly<Record<string, number>> = {
  directory: 0o040000,
  regular: 0o100000,
  symlink: 0o120000,
  fifo: 0o010000,
  socket: 0o140000,
  'char-device': 0o020000,
  'block-device': 0o060000,
};

function statOf(stat: Stat): Plain {
  const ms = (ns: bigint): number => Number(ns) / 1e6;
  return [
    stat.dev ?? 0,
    (TYPES[stat.type] ?? TYPES.regular ?? 0) | (stat.mode & 0o7777),
    stat.nlink,
    stat.uid,
    stat.gid,
    0,
    4096,
    stat.ino,
    stat.sizeBytes,
    Math.ceil(stat.sizeBytes / 512),
    ms(stat.atimeNs),
    ms(stat.mtimeNs),
    ms(stat.ctimeNs),
    ms(stat.ctimeNs),
  ];
}

const nsOf = (value: Value): bigint => BigInt(Math.round(Number(value) * 1000)) * 1_000_000n;

async function readWhole(sys: Sys, path: string): Promise<Uint8Array> {
  const stat = sys.path.stat(path);
  if (stat.type === 'regular') return sys.path.readFile(path);
  const fd = await sys.open(path, { read: true });
  const pieces: Uint8Array[] = [];
  for (let piece = await sys.read(fd, 65_536); piece.length > 0; piece = await sys.read(fd, 65_536)) pieces.push(piece);
  sys.fds.close(fd);
  const all = new Uint8Array(pieces.reduce((sum, one) => sum + one.length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

/** The errors of opening come before those of reading. */
async function readFile(sys: Sys, [path]: readonly Value[]): Promise<Plain> {
  if (typeof path === 'number') {
    const pieces: Uint8Array[] = [];
    for (let piece = await sys.read(path, 65_536); piece.length > 0; piece = await sys.read(path, 65_536)) pieces.push(piece);
    const all = new Uint8Array(pieces.reduce((sum, one) => sum + one.length, 0));
    pieces.reduce((at, piece) => {
      all.set(piece, at);
      return at + piece.length;
    }, 0);
    return all;
  }
  return readWhole(sys, text(path));
}

async function writeFile(sys: Sys, [path, data, flags, mode]: readonly Value[]): Promise<Plain> {
  const bytes = bytesOf(data);
  if (typeof path === 'number') {
    await sys.write(path, bytes);
    return undefined;
  }
  const fd = await sys.open(text(path), openFlags(text(flags)) ?? { write: true, create: true, truncate: true }, toInteger(mode));
  await sys.write(fd, bytes);
  sys.fds.close(fd);
  return undefined;
}

async function read(sys: Sys, [fd, buffer, offset, length, position]: readonly Value[]): Promise<Plain> {
  const own = toInteger(fd);
  if (typeof position === 'number' && position >= 0) sys.fds.seek(own, position, 'set');
  const bytes = await sys.read(own, toInteger(length));
  bytesOf(buffer).set(bytes, toInteger(offset));
  return bytes.length;
}

function makeDirectories(sys: Sys, path: string, mode: number): string | undefined {
  const parts = path.split('/');
  let first: string | undefined;
  for (let count = 1; count <= parts.length; count += 1) {
    const at = parts.slice(0, count).join('/');
    if (at === '' || at === '.') continue;
    try {
      sys.path.mkdir(at, mode);
      first ??= at;
    } catch (error) {
      if (!isErrno(error, 'EEXIST') || (count === parts.length && sys.path.stat(at).type !== 'directory')) throw error;
    }
  }
  return first;
}

function removeTree(sys: Sys, path: string): void {
  if (sys.path.lstat(path).type !== 'directory') return sys.path.unlink(path);
  for (const { name } of sys.path.readdir(path)) if (name !== '.' && name !== '..') removeTree(sys, `${path}/${name}`);
  sys.path.rmdir(path);
}

const done =
  (run: (sys: Sys, args: readonly Value[]) => void): Operation =>
  async (sys, args) => {
    run(sys, args);
    return undefined;
  };

const OPERATIONS: Readonly<Record<string, Operation>> = {
  readFile,
  writeFile,
  read,
  open: async (sys, [path, flags, mode]) => {
    const found = openFlags(text(flags));
    return sys.open(text(path), found ?? { read: true }, toInteger(mode));
  },
  close: done((sys, [fd]) => sys.fds.close(toInteger(fd))),
  write: async (sys, [fd, data, position]) => {
    if (typeof position === 'number') sys.fds.seek(toInteger(fd), position, 'set');
    return sys.write(toInteger(fd), bytesOf(data));
  },
  stat: async (sys, [path]) => statOf(sys.path.stat(text(path))),
  lstat: async (sys, [path]) => statOf(sys.path.lstat(text(path))),
  fstat: async (sys, [fd]) => statOf(sys.fds.stat(toInteger(fd))),
  scandir: async (sys, [path]) =>
    sys.path
      .readdir(text(path))
      .filter(({ name }) => name !== '.' && name !== '..')
      .map(({ name, type }): Plain => [name, TYPES[type] ?? 0o100000])
      .sort((a, b) => (String((a as readonly Plain[])[0]) < String((b as readonly Plain[])[0]) ? -1 : 1)),
  mkdir: async (sys, [path, mode, recursive]) => {
    if (recursive === true) return makeDirectories(sys, text(path), toInteger(mode));
    sys.path.mkdir(text(path), toInteger(mode));
    return undefined;
  },
  rmdir: done((sys, [path]) => sys.path.rmdir(text(path))),
  unlink: done((sys, [path]) => sys.path.unlink(text(path))),
  rm: done((sys, [path]) => removeTree(sys, text(path))),
  rename: done((sys, [from, to]) => sys.path.rename(text(from), text(to))),
  link: done((sys, [from, to]) => sys.path.link(text(from), text(to))),
  symlink: done((sys, [target, path]) => sys.path.symlink(text(target), text(path))),
  readlink: async (sys, [path]) => sys.path.readlink(text(path)),
  realpath: async (sys, [path]) => sys.path.realpath(text(path)),
  chmod: done((sys, [path, mode]) => sys.path.chmod(text(path), toInteger(mode))),
  chown: done((sys, [path, uid, gid]) => sys.path.chown(text(path), toInteger(uid), toInteger(gid))),
  utime: done((sys, [path, atime, mtime]) => sys.path.utimes(text(path), { atimeNs: nsOf(atime), mtimeNs: nsOf(mtime) })),
  truncate: done((sys, [path, size]) => sys.path.truncate(text(path), toInteger(size))),
  ftruncate: done((sys, [fd, size]) => sys.fds.truncate(toInteger(fd), toInteger(size))),
  copyfile: async (sys, [from, to]) => {
    sys.path.writeFile(text(to), sys.path.readFile(text(from)), sys.path.stat(text(from)).mode & 0o777);
    return undefined;
  },
  access: done((sys, [path, mode]) => {
    const want = toInteger(mode);
    sys.path.stat(text(path));
    if (!sys.path.access(text(path), { read: (want & 4) !== 0, write: (want & 2) !== 0, execute: (want & 1) !== 0 }))
      throw new Errno('EACCES');
  }),
};

function asValue(plain: Plain): Value {
  if (plain instanceof Uint8Array) return bufferOf(plain);
  if (typeof plain === 'object' && plain !== null) return arrayOf((plain as readonly Plain[]).map(asValue));
  return plain as Value;
}

function calledOf(given: Value): Called {
  const [syscall, path, dest] = isObject(given) ? (given.items ?? []) : [];
  return { syscall: String(syscall), ...(typeof path === 'string' && { path }), ...(typeof dest === 'string' && { dest }) };
}

export function fsBinding(host: Host): Readonly<Record<string, Value>> {
  const operation = (name: Value): Operation => OPERATIONS[text(name)] ?? (async () => undefined);
  return {
    call: native('call', 3, ([name, args, called]) => {
      const list = isObject(args) ? ((args.items ?? []) as Value[]) : [];
      return suspend(
        (function* () {
          try {
            return asValue((yield operation(name)(host.sys, list)) as Plain);
          } catch (error) {
            throw systemError(error, calledOf(called));
          }
        })(),
      );
    }),
    begin: native('begin', 4, ([name, args, called, then]) => {
      const list = isObject(args) ? ((args.items ?? []) as Value[]) : [];
      host.loop.background(
        () => operation(name)(host.sys, list),
        (outcome) => {
          if ('value' in outcome) return call(then, undefined, [null, asValue(outcome.value)]);
          const failed = systemError(outcome.error, calledOf(called));
          if (failed instanceof Thrown) return call(then, undefined, [failed.value]);
          throw outcome.error;
        },
      );
      return undefined;
    }),
    validFlags: native('validFlags', 1, ([flags]) => openFlags(text(flags)) !== null),
  };
}

export const waiting = waitFor;
