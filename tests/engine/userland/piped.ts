/** What the computers of these tests have in common: a kernel that runs until a script is done, and programs with pipes at their ends. */
import { createKernel } from '../../../src/engine/kernel/kernel.ts';
import type { Fd, ForkOptions, Program, Sys } from '../../../src/engine/kernel/sys.ts';

const encoder = new TextEncoder();

export const breathe = (): Promise<void> =>
  new Promise((resolve) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => {
      channel.port1.close();
      resolve();
    };
    channel.port2.postMessage(null);
  });

export interface KernelOptions {
  readonly load?: (note: string) => Promise<Program | undefined>;
  /** Of virtual time. */
  readonly forMs?: number;
  readonly seed?: number;
  readonly epochNs?: bigint;
}

/** Plays `script` as pid 1 until it returns; throws what it throws, and what any program failed with. */
export async function onKernel(
  script: (sys: Sys) => Promise<void>,
  { load = async () => undefined, forMs = 60_000, seed = 3, epochNs = 1_763_722_800_000_000_000n }: KernelOptions = {},
): Promise<void> {
  const kernel = createKernel({ seed, epochNs, hostname: 'box', load, breathe, nowMs: () => performance.now() });
  let failure: unknown;
  let isDone = false;
  kernel.start(async (sys) => {
    try {
      await script(sys);
      isDone = true;
    } catch (error) {
      failure = error;
    }
    return 0;
  });
  await kernel.run(BigInt(forMs) * 1_000_000n, { stop: () => isDone || failure !== undefined });
  if (failure !== undefined) throw failure;
  if (kernel.faults.length > 0) throw kernel.faults[0]?.error;
  if (!isDone) throw new Error('not done in time');
}

export interface Ran {
  readonly out: string;
  readonly err: string;
  /** The signal's name, if one ended it. */
  readonly status: number | string | undefined;
}

export interface PipedOptions extends Omit<ForkOptions, 'fds'> {
  readonly input?: string | Uint8Array;
}

/** Runs a program in a process of its own, hands it its input, and reads what it prints. */
export async function piped(sys: Sys, program: Program, { input = '', ...options }: PipedOptions = {}): Promise<Ran> {
  const [stdin, stdout, stderr] = [sys.fds.pipe(), sys.fds.pipe(), sys.fds.pipe()];
  const pid = sys.fork(program, {
    ...options,
    fds: new Map([
      [stdin.read, 0],
      [stdout.write, 1],
      [stderr.write, 2],
    ]),
  });
  for (const fd of [stdin.read, stdout.write, stderr.write]) sys.fds.close(fd);
  const printed = { out: '', err: '' };
  const readers = [
    sys.thread(async () => {
      printed.out = await drain(sys, stdout.read);
    }),
    sys.thread(async () => {
      printed.err = await drain(sys, stderr.read);
    }),
  ];
  sys.on('SIGPIPE', 'ignore');
  // It may not want all of it.
  await sys.write(stdin.write, typeof input === 'string' ? encoder.encode(input) : input).catch(() => 0);
  sys.fds.close(stdin.write);
  const exited = await sys.wait(pid);
  for (const reader of readers) await reader.join();
  return { ...printed, status: exited?.status ?? exited?.signal };
}

/** Runs `sh -c script` like that; signals do to it what they do by default. */
export const pipedShell = (
  sys: Sys,
  argv: readonly string[],
  { env, shell = '/bin/sh', become = () => undefined, ...options }: ShellOptions,
): Promise<Ran> =>
  piped(
    sys,
    (child) => {
      child.on('SIGPIPE', 'default');
      become(child);
      return child.exec(shell, argv, new Map(Object.entries(env)));
    },
    options,
  );

export interface ShellOptions extends Omit<PipedOptions, 'env'> {
  readonly env: Readonly<Record<string, string>>;
  readonly shell?: string;
  /** Done before the shell is executed. */
  readonly become?: (sys: Sys) => void;
}

/** A descriptor's text to its end, and closes it. */
export async function drain(sys: Sys, fd: Fd): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for (let piece = await sys.read(fd, 65_536); piece.length > 0; piece = await sys.read(fd, 65_536))
    text += decoder.decode(piece, { stream: true });
  sys.fds.close(fd);
  return text;
}

/** Writes a file; directories are made as needed. */
export function put(sys: Sys, path: string, content: string | Uint8Array, mode = 0o644): void {
  const parts = path.split('/');
  for (let depth = 1; depth < parts.length; depth += 1) {
    const directory = parts.slice(0, depth).join('/');
    if (directory !== '' && !sys.path.access(directory, {})) sys.path.mkdir(directory);
  }
  sys.path.writeFile(path, typeof content === 'string' ? encoder.encode(content) : new Uint8Array(content), mode);
}

/** The devices of every container that programs here open. */
export function makeDevices(sys: Sys): void {
  for (const [name, minor] of Object.entries({ null: 3, zero: 5, full: 7, random: 8, urandom: 9 })) {
    sys.path.mknod(`/dev/${name}`, 'char-device', 0o666, 256 + minor);
    sys.path.chmod(`/dev/${name}`, 0o666);
  }
}
