/** The world of a client under test: streams that are collected, files in memory, tasks that are promises. */
import type { Files, Io } from '../../../src/engine/cli/io.ts';
import type { Dial } from '../../../src/engine/http/types.ts';

export interface WorldOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly dial?: Dial;
  readonly stdin?: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly terminal?: { readonly columns: number; readonly rows: number };
  readonly nowNs?: bigint;
}
export interface World {
  readonly io: Io;
  readonly files: Map<string, Uint8Array>;
  readonly directories: Set<string>;
  readonly signals: Map<string, (() => void) | 'default'>;
  stdout(): string;
  stderr(): string;
}

const NOW_NS = 1_795_251_487_000_000_000n;
const COOKED = { canonical: true, echo: true, signals: true, outputNewline: true, inputNewline: true };

export function world(options: WorldOptions = {}): World {
  const out: string[] = [];
  const err: string[] = [];
  const files = new Map(Object.entries(options.files ?? {}).map(([path, text]) => [path, new TextEncoder().encode(text)]));
  const directories = new Set(['/', '/home', '/home/learner', '/home/learner/lab']);
  const signals: World['signals'] = new Map();
  let input: string | null = options.stdin ?? null;
  const isTerminal = options.terminal !== undefined;
  const size = () => options.terminal ?? { columns: 80, rows: 24 };
  const output = (to: string[]) => {
    const decoder = new TextDecoder();
    return { isTerminal, size, write: async (bytes: Uint8Array) => void to.push(decoder.decode(bytes, { stream: true })) };
  };
  let mode = COOKED;
  const io: Io = {
    env: new Map(Object.entries({ HOME: '/home/learner', ...options.env })),
    cwd: '/home/learner/lab',
    dial: options.dial ?? (() => Promise.reject(failure('ENOENT'))),
    stdin: {
      isTerminal,
      size,
      read: async () => {
        const text = input;
        input = null;
        return text === null ? null : new TextEncoder().encode(text);
      },
      mode: () => mode,
      setMode: (change) => {
        mode = { ...mode, ...change };
      },
    },
    stdout: output(out),
    stderr: output(err),
    files: filesOf(files, directories),
    clock: { nowNs: () => options.nowNs ?? NOW_NS, sleep: async () => {} },
    spawn: (body) => {
      const done = body();
      return { join: () => done };
    },
    queue,
    onSignal: (signal, handler) => void signals.set(signal, handler),
    exit: (status) => {
      throw new Error(`exit ${status}`);
    },
    random: { bytes: (count) => new Uint8Array(count) },
    platform: { os: 'linux', arch: 'amd64' },
  };
  return { io, files, directories, signals, stdout: () => out.join(''), stderr: () => err.join('') };
}

const failure = (code: string): Error => Object.assign(new Error(code), { code });

function queue(): ReturnType<Io['queue']> {
  const waiting = new Set<(woken: boolean) => void>();
  return {
    wait: () => new Promise((resolve) => void waiting.add(resolve)),
    wake: () => {
      for (const resolve of waiting) resolve(true);
      waiting.clear();
    },
  };
}

function filesOf(files: Map<string, Uint8Array>, directories: Set<string>): Files {
  const stat: Files['stat'] = (path) => {
    const common = { uid: 0, gid: 0, mtimeNs: 0n };
    const bytes = files.get(path);
    if (bytes !== undefined) return { type: 'file', mode: 0o644, sizeBytes: bytes.length, ...common };
    return directories.has(path) ? { type: 'directory', mode: 0o755, sizeBytes: 0, ...common } : null;
  };
  const childrenOf = (path: string) =>
    new Set(
      [...files.keys(), ...directories]
        .filter((one) => one.startsWith(`${path}/`))
        .map((one) => one.slice(path.length + 1).split('/')[0] ?? ''),
    );
  const refuse = () => {
    throw failure('ENOSYS');
  };
  return {
    stat,
    lstat: stat,
    read: (path) => {
      const bytes = files.get(path);
      if (bytes === undefined) throw failure(directories.has(path) ? 'EISDIR' : 'ENOENT');
      return bytes;
    },
    write: (path, bytes) => void files.set(path, bytes),
    mkdir: (path) => {
      const parts = path.split('/');
      parts.forEach((_, i) => void directories.add(parts.slice(0, i + 1).join('/') || '/'));
    },
    readdir: (path) => [...childrenOf(path)],
    readlink: refuse,
    symlink: refuse,
    link: refuse,
    mknod: refuse,
    remove: (path) => {
      for (const one of [...files.keys()]) if (one === path || one.startsWith(`${path}/`)) files.delete(one);
      for (const one of [...directories]) if (one === path || one.startsWith(`${path}/`)) directories.delete(one);
    },
    rename: refuse,
    chmod: () => {},
    utimes: () => {},
  };
}
