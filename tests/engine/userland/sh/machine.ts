/** A small machine with a shell and the few programs that scripts here call. */
import { makeExecutable } from '../../../../src/engine/kernel/elf.ts';
import type { Program, Sys } from '../../../../src/engine/kernel/sys.ts';
import { gnu } from '../../../../src/engine/userland/gnu.ts';
import { ashShell } from '../../../../src/engine/userland/sh/ash.ts';
import { bash } from '../../../../src/engine/userland/sh/bash/index.ts';
import { type DialectName, dashShell } from '../../../../src/engine/userland/sh/index.ts';
import { onKernel, pipedShell, type Ran } from '../piped.ts';

export type { Ran };

const encoder = new TextEncoder();
export const bytes = (words: string): Uint8Array => encoder.encode(words);

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

export interface MachineOptions {
  readonly dialect?: DialectName;
  readonly forMs?: number;
}

/** Plays `script` as pid 1 of a machine with a small disk. */
export const onMachine = (script: (sys: Sys) => Promise<void>, { dialect = 'dash', forMs }: MachineOptions = {}): Promise<void> =>
  onKernel(
    async (sys) => {
      furnish(sys, dialect);
      await script(sys);
    },
    { load: loadProgram, ...(forMs !== undefined && { forMs }) },
  );

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
    const { argv = ['sh', '-c', script], input, env } = options;
    ran = await pipedShell(sys, argv, { input, env: { PATH: '/bin', HOME: '/home/learner', ...env } });
  }, options);
  if (ran === undefined) throw new Error('the shell did not end');
  return ran;
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
