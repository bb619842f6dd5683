/** A computer with both dialects on its disk: GNU's programs and dash in /usr/bin, busybox's applets in /bb. */
import { makeExecutable } from '../../../../src/engine/kernel/elf.ts';
import { createKernel } from '../../../../src/engine/kernel/kernel.ts';
import type { Fd, Program, Sys } from '../../../../src/engine/kernel/sys.ts';
import { applets, busybox } from '../../../../src/engine/userland/busybox.ts';
import { GNU_TABLE, gnu } from '../../../../src/engine/userland/gnu.ts';
import { dashShell } from '../../../../src/engine/userland/sh/index.ts';

const encoder = new TextEncoder();
const LONGEST_MS = 60_000;
const EPOCH_NS = 1_768_467_600_000_000_000n;

const load = async (note: string): Promise<Program | undefined> => {
  if (note === 'dash') return dashShell;
  if (note === 'busybox') return busybox;
  return note.startsWith('gnu:') ? gnu(note.slice('gnu:'.length)) : undefined;
};

const breathe = (): Promise<void> =>
  new Promise((resolve) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => {
      channel.port1.close();
      resolve();
    };
    channel.port2.postMessage(null);
  });

const PASSWD =
  'root:x:0:0:root:/root:/bin/sh\ndaemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin\nlearner:x:1000:1000:learner:/home/learner:/bin/sh\nnobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin\n';
const GROUP = 'root:x:0:\ndaemon:x:1:\nsudo:x:27:learner\nlearner:x:1000:\nnogroup:x:65534:\ndocker:x:999:learner\n';
const DEVICES = [
  ['null', 1, 3],
  ['zero', 1, 5],
  ['full', 1, 7],
  ['urandom', 1, 9],
] as const;

const EXECUTABLES: readonly (readonly [path: string, bytes: Uint8Array])[] = [
  ...Object.keys(GNU_TABLE).map((name) => [`/usr/bin/${name}`, makeExecutable(`gnu:${name}`)] as const),
  ...['/usr/bin/dash', '/usr/bin/sh', '/bin/sh'].map((path) => [path, makeExecutable('dash')] as const),
  ...[...applets, 'busybox'].map((name) => [`/bb/${name}`, makeExecutable('busybox')] as const),
];

function furnish(sys: Sys): void {
  for (const path of [
    '/usr',
    '/usr/bin',
    '/bin',
    '/bb',
    '/dev',
    '/dev/pts',
    '/proc',
    '/sys',
    '/sys/fs',
    '/sys/fs/cgroup',
    '/tmp',
    '/etc',
    '/home',
    '/home/learner',
    '/root',
  ])
    if (!sys.path.access(path, {})) sys.path.mkdir(path);
  sys.path.chmod('/tmp', 0o1777);
  for (const [name, major, minor] of DEVICES) {
    sys.path.mknod(`/dev/${name}`, 'char-device', 0o666, major * 256 + minor);
    sys.path.chmod(`/dev/${name}`, 0o666);
  }
  sys.path.mount({ type: 'proc', source: 'proc', target: '/proc' });
  sys.path.mount({ type: 'devpts', source: 'devpts', target: '/dev/pts' });
  sys.path.mount({ type: 'cgroup2', source: 'cgroup2', target: '/sys/fs/cgroup' });
  for (const [path, bytes] of EXECUTABLES) sys.path.writeFile(path, bytes, 0o755);
  sys.path.chmod('/usr/bin/sudo', 0o4755);
  sys.path.writeFile('/etc/passwd', encoder.encode(PASSWD), 0o644);
  sys.path.writeFile('/etc/group', encoder.encode(GROUP), 0o644);
}

function remove(sys: Sys, path: string): void {
  if (sys.path.lstat(path).type !== 'directory') return sys.path.unlink(path);
  for (const { name } of sys.path.readdir(path)) if (name !== '.' && name !== '..') remove(sys, `${path}/${name}`);
  sys.path.rmdir(path);
}

/** An empty /w with these files. */
function layOut(sys: Sys, files: Readonly<Record<string, string>>): void {
  sys.path.chdir('/');
  if (sys.path.access('/w', {})) remove(sys, '/w');
  sys.path.mkdir('/w');
  sys.path.chdir('/w');
  for (const [name, text] of Object.entries(files)) sys.path.writeFile(name, encoder.encode(text), 0o644);
}

async function drain(sys: Sys, fd: Fd): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for (;;) {
    const piece = await sys.read(fd, 65_536);
    if (piece.length === 0) return text;
    text += decoder.decode(piece, { stream: true });
  }
}

export interface Ran {
  readonly out: string;
  readonly err: string;
  readonly status: number | string;
}

export interface RunOptions {
  readonly input?: string;
  /** Files below /w, where everything runs. */
  readonly files?: Readonly<Record<string, string>>;
  readonly uid?: number;
}

interface Job extends RunOptions {
  readonly script: string;
  readonly path: string;
}

async function play(sys: Sys, { script, input = '', uid = 0, path }: Job): Promise<Ran> {
  const [stdin, stdout, stderr] = [sys.fds.pipe(), sys.fds.pipe(), sys.fds.pipe()];
  const env = new Map([
    ['PATH', path],
    ['HOME', '/root'],
    ['LC_ALL', 'C'],
  ]);
  const child = sys.fork(
    async (self) => {
      self.on('SIGPIPE', 'default');
      self.ids.setgid(uid);
      self.ids.setuid(uid);
      return self.exec(path === '/bb' ? '/bb/sh' : '/bin/sh', ['sh', '-c', script], env);
    },
    {
      fds: new Map([
        [stdin.read, 0],
        [stdout.write, 1],
        [stderr.write, 2],
      ]),
      env,
    },
  );
  for (const fd of [stdin.read, stdout.write, stderr.write]) sys.fds.close(fd);
  let [out, err] = ['', ''];
  const feeder = sys.thread(async () => {
    sys.on('SIGPIPE', 'ignore');
    try {
      await sys.write(stdin.write, encoder.encode(input));
    } catch {
      // It did not want all of it.
    }
    sys.fds.close(stdin.write);
  });
  const errors = sys.thread(async () => {
    err = await drain(sys, stderr.read);
  });
  out = await drain(sys, stdout.read);
  await errors.join();
  await feeder.join();
  const exited = await sys.wait(child);
  return { out, err, status: exited?.status ?? exited?.signal ?? 'gone' };
}

async function onComputer(jobs: readonly Job[]): Promise<readonly Ran[]> {
  const kernel = createKernel({ seed: 3, epochNs: EPOCH_NS, hostname: 'box', load, breathe, nowMs: () => performance.now() });
  const results: Ran[] = [];
  kernel.start(async (sys) => {
    furnish(sys);
    for (const job of jobs) {
      layOut(sys, job.files ?? {});
      results.push(await play(sys, job));
    }
    return 0;
  });
  await kernel.run(BigInt(LONGEST_MS) * BigInt(jobs.length) * 1_000_000n, {
    stop: () => results.length === jobs.length || kernel.faults.length > 0,
  });
  if (kernel.faults.length > 0) throw kernel.faults[0]?.error;
  if (results.length < jobs.length) throw new Error(`not done in time: ${jobs[results.length]?.script}`);
  return results;
}

async function alone(job: Job): Promise<Ran> {
  const [result] = await onComputer([job]);
  if (result === undefined) throw new Error('nothing was run');
  return result;
}

const PATHS = { gnu: '/usr/bin', busybox: '/bb' } as const;

/** Runs a script whose commands are GNU's. */
export const onGnu = (script: string, options: RunOptions = {}): Promise<Ran> => alone({ ...options, script, path: PATHS.gnu });
/** Runs a script whose commands are busybox's. */
export const onBusybox = (script: string, options: RunOptions = {}): Promise<Ran> => alone({ ...options, script, path: PATHS.busybox });
/** Runs scripts one after the other on one computer, each in a new /w. */
export const onOne = (dialect: 'gnu' | 'busybox', scripts: readonly string[], options: RunOptions = {}): Promise<readonly Ran[]> =>
  onComputer(scripts.map((script) => ({ ...options, script, path: PATHS[dialect] })));
