/** A machine with a shell and every utility of one dialect, on which scripts are run and read. */
import { makeExecutable } from '../../../../src/engine/kernel/elf.ts';
import { createKernel } from '../../../../src/engine/kernel/kernel.ts';
import type { Fd, Program, Sys } from '../../../../src/engine/kernel/sys.ts';
import { applets, busybox } from '../../../../src/engine/userland/busybox.ts';
import { GNU_TABLE, gnu } from '../../../../src/engine/userland/gnu.ts';
import { dashShell } from '../../../../src/engine/userland/sh/index.ts';
import type { Dialect } from '../../../../src/engine/userland/tool.ts';

const encoder = new TextEncoder();
const DEVICES = { null: 3, zero: 5, full: 7, random: 8, urandom: 9 };

const breathe = (): Promise<void> =>
  new Promise((resolve) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => {
      channel.port1.close();
      resolve();
    };
    channel.port2.postMessage(null);
  });

const load = async (note: string): Promise<Program | undefined> => {
  if (note === 'dash') return dashShell;
  if (note === 'busybox') return busybox;
  return gnu(note.replace(/^gnu:/, ''));
};

export interface Ran {
  readonly out: string;
  readonly err: string;
  readonly status: number | string | undefined;
}

export interface ScriptOptions {
  readonly dialect?: Dialect;
  readonly input?: string | Uint8Array;
  /** Files below /w, the working directory. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
}

const EPOCH_NS = 1_763_722_800_000_000_000n;

/** Runs `sh -c script` in /w. */
export async function run(script: string, options: ScriptOptions = {}): Promise<Ran> {
  const kernel = createKernel({ seed: 5, epochNs: EPOCH_NS, hostname: 'box', load, breathe, nowMs: () => performance.now() });
  let ran: Ran | undefined;
  kernel.start(async (sys) => {
    furnish(sys, options);
    ran = await play(sys, script, options);
    return 0;
  });
  await kernel.run(600_000_000_000n, { stop: () => ran !== undefined });
  if (kernel.faults.length > 0) throw kernel.faults[0]?.error;
  if (ran === undefined) throw new Error('the script did not end');
  return ran;
}

/** What it prints, of both streams, and its status in brackets if it is not 0. */
export async function shown(script: string, options: ScriptOptions = {}): Promise<string> {
  const { out, err, status } = await run(script, options);
  return `${out}${err}${status === 0 ? '' : `[${status}]`}`;
}

function furnish(sys: Sys, { dialect = 'gnu', files = {} }: ScriptOptions): void {
  for (const path of ['/bin', '/dev', '/tmp', '/etc', '/w']) if (!sys.path.access(path, {})) sys.path.mkdir(path);
  sys.path.chmod('/tmp', 0o1777);
  for (const [name, minor] of Object.entries(DEVICES)) sys.path.mknod(`/dev/${name}`, 'char-device', 0o666, 256 + minor);
  if (dialect === 'gnu') {
    for (const name of Object.keys(GNU_TABLE)) sys.path.writeFile(`/bin/${name}`, makeExecutable(`gnu:${name}`), 0o755);
    sys.path.writeFile('/bin/sh', makeExecutable('dash'), 0o755);
  } else {
    sys.path.writeFile('/bin/busybox', makeExecutable('busybox'), 0o755);
    for (const name of applets) sys.path.link('/bin/busybox', `/bin/${name}`);
  }
  sys.path.writeFile('/etc/passwd', encoder.encode('root:x:0:0:root:/root:/bin/sh\nlearner:x:1000:1000::/home/learner:/bin/sh\n'), 0o644);
  sys.path.writeFile('/etc/group', encoder.encode('root:x:0:\nlearner:x:1000:\n'), 0o644);
  sys.path.chdir('/w');
  for (const [name, content] of Object.entries(files)) put(sys, name, typeof content === 'string' ? encoder.encode(content) : content);
}

function put(sys: Sys, path: string, bytes: Uint8Array): void {
  const parts = path.split('/').slice(0, -1);
  parts.forEach((_, depth) => {
    const directory = parts.slice(0, depth + 1).join('/');
    if (!sys.path.access(directory, {})) sys.path.mkdir(directory);
  });
  sys.path.writeFile(path, bytes, 0o644);
}

async function play(sys: Sys, script: string, { input = '' }: ScriptOptions): Promise<Ran> {
  const [stdin, out, err] = [sys.fds.pipe(), sys.fds.pipe(), sys.fds.pipe()];
  const env = new Map([
    ['PATH', '/bin'],
    ['HOME', '/'],
  ]);
  const pid = sys.fork((child) => child.exec('/bin/sh', ['sh', '-c', script], env), {
    fds: new Map([
      [stdin.read, 0],
      [out.write, 1],
      [err.write, 2],
    ]),
  });
  for (const fd of [stdin.read, out.write, err.write]) sys.fds.close(fd);
  const printed = { out: '', err: '' };
  const readers = [
    sys.thread(async () => {
      printed.out = await drain(sys, out.read);
    }),
    sys.thread(async () => {
      printed.err = await drain(sys, err.read);
    }),
  ];
  sys.on('SIGPIPE', 'ignore');
  await sys.write(stdin.write, typeof input === 'string' ? encoder.encode(input) : input).catch(() => 0);
  sys.fds.close(stdin.write);
  const exited = await sys.wait(pid);
  for (const reader of readers) await reader.join();
  return { ...printed, status: exited?.status ?? exited?.signal };
}

async function drain(sys: Sys, fd: Fd): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for (let piece = await sys.read(fd, 65_536); piece.length > 0; piece = await sys.read(fd, 65_536))
    text += decoder.decode(piece, { stream: true });
  sys.fds.close(fd);
  return text;
}
