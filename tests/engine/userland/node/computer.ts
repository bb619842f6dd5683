/** A computer with a shell, the utilities, and node, on which scripts are run. */
import { makeExecutable } from '../../../../src/engine/kernel/elf.ts';
import { createKernel } from '../../../../src/engine/kernel/kernel.ts';
import type { Fd, Program, Sys } from '../../../../src/engine/kernel/sys.ts';
import { GNU_TABLE, gnu } from '../../../../src/engine/userland/gnu.ts';
import { node } from '../../../../src/engine/userland/node/index.ts';
import { dashShell } from '../../../../src/engine/userland/sh/index.ts';

const encoder = new TextEncoder();
const DEVICES = { null: 3, zero: 5, full: 7, random: 8, urandom: 9 };
const EPOCH_NS = 1_763_722_800_000_000_000n;
const LONGEST_NS = 600_000_000_000n;

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
  if (note === 'node') return node;
  return note.startsWith('gnu:') ? gnu(note.slice('gnu:'.length)) : undefined;
};

export interface Ran {
  readonly exit: number | string | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  /** Files by their paths below /src, where the command runs. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  readonly stdin?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs a line of the shell. */
export async function run(command: string, options: RunOptions = {}): Promise<Ran> {
  const kernel = createKernel({ seed: 5, epochNs: EPOCH_NS, hostname: 'box', load, breathe, nowMs: () => performance.now() });
  let ran: Ran | undefined;
  kernel.start(async (sys) => {
    furnish(sys, options.files ?? {});
    ran = await play(sys, command, options);
    return 0;
  });
  await kernel.run(LONGEST_NS, { stop: () => ran !== undefined });
  if (kernel.faults.length > 0) throw kernel.faults[0]?.error;
  if (ran === undefined) throw new Error('the command did not end');
  return ran;
}

function furnish(sys: Sys, files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const path of ['/bin', '/dev', '/tmp', '/etc', '/src', '/proc', '/usr', '/usr/local', '/usr/local/bin'])
    if (!sys.path.access(path, {})) sys.path.mkdir(path);
  sys.path.chmod('/tmp', 0o1777);
  sys.path.mount({ type: 'proc', source: 'proc', target: '/proc' });
  for (const [name, minor] of Object.entries(DEVICES)) sys.path.mknod(`/dev/${name}`, 'char-device', 0o666, 256 + minor);
  for (const name of Object.keys(GNU_TABLE)) sys.path.writeFile(`/bin/${name}`, makeExecutable(`gnu:${name}`), 0o755);
  sys.path.writeFile('/bin/sh', makeExecutable('dash'), 0o755);
  sys.path.writeFile('/usr/local/bin/node', makeExecutable('node'), 0o755);
  sys.path.writeFile('/etc/passwd', encoder.encode('root:x:0:0:root:/root:/bin/sh\n'), 0o644);
  sys.path.writeFile('/etc/hosts', encoder.encode('127.0.0.1\tlocalhost\n::1\tlocalhost\n'), 0o644);
  sys.net.link.set('lo', { up: true });
  for (const [path, content] of Object.entries(files))
    put(sys, `/src/${path}`, typeof content === 'string' ? encoder.encode(content) : new Uint8Array(content));
  sys.path.chdir('/src');
}

function put(sys: Sys, path: string, bytes: Uint8Array): void {
  const parts = path.split('/').slice(1, -1);
  parts.forEach((_, depth) => {
    const directory = `/${parts.slice(0, depth + 1).join('/')}`;
    if (!sys.path.access(directory, {})) sys.path.mkdir(directory);
  });
  sys.path.writeFile(path, bytes, 0o644);
}

async function play(sys: Sys, command: string, { stdin = '', env = {} }: RunOptions): Promise<Ran> {
  const [input, out, err] = [sys.fds.pipe(), sys.fds.pipe(), sys.fds.pipe()];
  const variables = new Map([['PATH', '/usr/local/bin:/bin'], ['HOME', '/'], ['NODE_VERSION', '24.21.0'], ...Object.entries(env)]);
  const pid = sys.fork((child) => child.exec('/bin/sh', ['sh', '-c', command], variables), {
    fds: new Map([
      [input.read, 0],
      [out.write, 1],
      [err.write, 2],
    ]),
  });
  for (const fd of [input.read, out.write, err.write]) sys.fds.close(fd);
  const printed = { stdout: '', stderr: '' };
  const readers = [
    sys.thread(async () => {
      printed.stdout = await drain(sys, out.read);
    }),
    sys.thread(async () => {
      printed.stderr = await drain(sys, err.read);
    }),
  ];
  sys.on('SIGPIPE', 'ignore');
  await sys.write(input.write, encoder.encode(stdin)).catch(() => 0);
  sys.fds.close(input.write);
  const exited = await sys.wait(pid);
  for (const reader of readers) await reader.join();
  return { exit: exited?.status ?? exited?.signal, ...printed };
}

async function drain(sys: Sys, fd: Fd): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for (let piece = await sys.read(fd, 65_536); piece.length > 0; piece = await sys.read(fd, 65_536))
    text += decoder.decode(piece, { stream: true });
  sys.fds.close(fd);
  return text;
}
