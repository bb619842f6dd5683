/** A small machine with a shell and the few programs that scripts here call. */
import { makeExecutable } from '../../../../src/engine/kernel/elf.ts';
import { isErrno } from '../../../../src/engine/kernel/errno.ts';
import { createKernel } from '../../../../src/engine/kernel/kernel.ts';
import type { Fd, Program, Sys } from '../../../../src/engine/kernel/sys.ts';
import { gnu } from '../../../../src/engine/userland/gnu.ts';
import { ashShell } from '../../../../src/engine/userland/sh/ash.ts';
import { bash } from '../../../../src/engine/userland/sh/bash/index.ts';
import { type DialectName, dashShell } from '../../../../src/engine/userland/sh/index.ts';

const encoder = new TextEncoder();
export const bytes = (words: string): Uint8Array => encoder.encode(words);

/** A descriptor's text to its end. A terminal's end is an error. */
export async function drain(sys: Sys, fd: Fd): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for (;;) {
    let piece: Uint8Array;
    try {
      piece = await sys.read(fd, 65_536);
    } catch (error) {
      if (isErrno(error, 'EIO')) return text;
      throw error;
    }
    if (piece.length === 0) return text;
    text += decoder.decode(piece, { stream: true });
  }
}

const say = async (sys: Sys, text: string): Promise<number> => {
  await sys.write(1, bytes(text));
  return 0;
};

const PROGRAMS: Readonly<Record<string, Program>> = {
  cat: async (sys) => {
    for (const path of sys.argv.length > 1 ? sys.argv.slice(1) : ['-']) {
      const fd = path === '-' ? 0 : await sys.open(path, { read: true }).catch(() => null);
      if (fd === null) {
        await sys.write(2, bytes(`cat: ${path}: No such file or directory\n`));
        return 1;
      }
      for (let got = await sys.read(fd, 4096); got.length > 0; got = await sys.read(fd, 4096)) await sys.write(1, got);
    }
    return 0;
  },
  args: (sys) =>
    say(
      sys,
      sys.argv
        .slice(1)
        .map((word) => `<${word}>`)
        .join(''),
    ),
  env: (sys) =>
    say(
      sys,
      [...sys.env]
        .map(([name, value]) => `${name}=${value}\n`)
        .sort()
        .join(''),
    ),
  sleep: async (sys) => {
    await sys.sleep(Number(sys.argv[1]) * 1000);
    return 0;
  },
  pids: (sys) => say(sys, `${sys.pid} ${sys.ppid}\n`),
  group: (sys) => say(sys, `${sys.ids.getpgid() === sys.pid}\n`),
  kill9: async (sys) => {
    sys.kill(sys.pid, 'SIGKILL');
    return 0;
  },
  docker: (sys) =>
    sys.argv[1] === '__complete' ? say(sys, 'pull\tPull\npush\tPush\nps\tList\n:4\n') : say(sys, `docker ${sys.argv.slice(1).join(' ')}\n`),
};

const SHELLS: Readonly<Record<string, Program>> = { dash: dashShell, ash: ashShell(), bash };

export const loadProgram = async (note: string): Promise<Program | undefined> =>
  (note.startsWith('gnu:') ? await gnu(note.slice(4)) : undefined) ?? PROGRAMS[note] ?? SHELLS[note];

const breathe = (): Promise<void> =>
  new Promise((resolve) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => {
      channel.port1.close();
      resolve();
    };
    channel.port2.postMessage(null);
  });

export interface MachineOptions {
  readonly dialect?: DialectName;
  readonly forMs?: number;
}

/** Plays `script` as pid 1 of a machine with a small disk. */
export async function onMachine(
  script: (sys: Sys) => Promise<void>,
  { dialect = 'dash', forMs = 60_000 }: MachineOptions = {},
): Promise<void> {
  const kernel = createKernel({
    seed: 3,
    epochNs: 1_763_722_800_000_000_000n,
    hostname: 'box',
    load: loadProgram,
    breathe,
    nowMs: () => performance.now(),
  });
  let failure: unknown;
  let isDone = false;
  kernel.start(async (sys) => {
    try {
      furnish(sys, dialect);
      await script(sys);
      isDone = true;
    } catch (error) {
      failure = error;
    }
    return 0;
  });
  await kernel.run(BigInt(forMs) * 1_000_000n, { stop: () => isDone || failure !== undefined });
  if (kernel.faults.length > 0) throw kernel.faults[0]?.error;
  if (failure !== undefined) throw failure;
  if (!isDone) throw new Error('not done in time');
}

function furnish(sys: Sys, dialect: DialectName): void {
  for (const path of ['/bin', '/dev', '/dev/pts', '/tmp', '/etc', '/home', '/w', '/proc'])
    if (!sys.path.access(path, {})) sys.path.mkdir(path);
  sys.path.chmod('/tmp', 0o777);
  sys.path.mknod('/dev/null', 'char-device', 0o666, 1 * 256 + 3);
  sys.path.mount({ type: 'devpts', source: 'devpts', target: '/dev/pts' });
  sys.path.mount({ type: 'proc', source: 'proc', target: '/proc' });
  for (const [name, target] of [
    ['fd', 'fd'],
    ['stdin', 'fd/0'],
    ['stdout', 'fd/1'],
    ['stderr', 'fd/2'],
  ])
    sys.path.symlink(`/proc/self/${target}`, `/dev/${name}`);
  for (const name of ['mkdir', 'touch', 'vi', 'less', 'seq']) sys.path.writeFile(`/bin/${name}`, makeExecutable(`gnu:${name}`), 0o755);
  for (const name of Object.keys(PROGRAMS)) sys.path.writeFile(`/bin/${name}`, makeExecutable(name), 0o755);
  sys.path.writeFile('/bin/sh', makeExecutable(dialect), 0o755);
  sys.path.writeFile('/etc/passwd', bytes('root:x:0:0:root:/root:/bin/sh\nlearner:x:1000:1000::/home/learner:/bin/sh\n'), 0o644);
  sys.path.chdir('/w');
}

export interface Ran {
  readonly out: string;
  readonly err: string;
  readonly status: number | string | undefined;
}

export interface RunOptions extends MachineOptions {
  readonly input?: string;
  /** Files below /w. */
  readonly files?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly argv?: readonly string[];
}

/** Runs `sh -c script` (or what `argv` says). */
export async function run(script: string, options: RunOptions = {}): Promise<Ran> {
  let ran: Ran | undefined;
  await onMachine(async (sys) => {
    for (const [name, text] of Object.entries(options.files ?? {})) sys.path.writeFile(`/w/${name}`, bytes(text), 0o755);
    ran = await inShell(sys, options.argv ?? ['sh', '-c', script], options);
  }, options);
  if (ran === undefined) throw new Error('the shell did not end');
  return ran;
}

async function inShell(sys: Sys, argv: readonly string[], options: RunOptions): Promise<Ran> {
  const [stdin, out, err] = [sys.fds.pipe(), sys.fds.pipe(), sys.fds.pipe()];
  const env = new Map(Object.entries({ PATH: '/bin', HOME: '/home/learner', ...options.env }));
  const pid = sys.fork((child) => child.exec('/bin/sh', argv, env), {
    fds: new Map([
      [stdin.read, 0],
      [out.write, 1],
      [err.write, 2],
    ]),
  });
  for (const fd of [stdin.read, out.write, err.write]) sys.fds.close(fd);
  const printed = { out: '', err: '' };
  const threads = [
    sys.thread(async () => {
      printed.out = await drain(sys, out.read);
    }),
    sys.thread(async () => {
      printed.err = await drain(sys, err.read);
    }),
  ];
  await sys.write(stdin.write, bytes(options.input ?? '')).catch(() => 0);
  sys.fds.close(stdin.write);
  const exited = await sys.wait(pid);
  for (const thread of threads) await thread.join();
  return { ...printed, status: exited?.status ?? exited?.signal };
}

/** What a shell on a terminal shows while `keys` are typed, each after the one before has been quiet for a while. */
export async function atTerminal(
  keys: readonly string[],
  options: RunOptions & { readonly prompt?: string } = {},
): Promise<{ readonly screen: string; readonly status: number | string | undefined }> {
  let screen = '';
  let status: number | string | undefined;
  await onMachine(async (sys) => {
    for (const [name, text] of Object.entries(options.files ?? {})) sys.path.writeFile(`/w/${name}`, bytes(text), 0o755);
    const { master, slave } = sys.tty.openpt({ columns: 80, rows: 24 });
    const env = new Map(
      Object.entries({
        PATH: '/bin',
        HOME: '/home/learner',
        ...(options.prompt === undefined ? {} : { PS1: options.prompt }),
        ...options.env,
      }),
    );
    const pid = sys.fork(async (child) => {
      child.ids.setsid();
      for (const fd of [0, 1, 2]) child.fds.dup2(slave, fd);
      child.tty.control(0);
      for (const fd of child.fds.list()) if (fd > 2) child.fds.close(fd);
      return child.exec('/bin/sh', options.argv ?? ['sh'], env);
    });
    sys.fds.close(slave);
    const reader = sys.thread(async () => {
      const decoder = new TextDecoder();
      for (;;) {
        const piece = await sys.read(master, 4096).catch(() => new Uint8Array(0));
        if (piece.length === 0) return;
        screen += decoder.decode(piece, { stream: true });
      }
    });
    for (const key of keys) {
      await sys.sleep(100);
      await sys.write(master, bytes(key));
    }
    const exited = await sys.wait(pid);
    status = exited?.status ?? exited?.signal;
    await reader.join();
  }, options);
  return { screen, status };
}
