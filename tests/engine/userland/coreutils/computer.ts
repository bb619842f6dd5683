/** A computer with both dialects on its disk: GNU's programs and dash in /usr/bin, busybox's applets in /bb. */
import { makeExecutable } from '../../../../src/engine/kernel/elf.ts';
import { createKernel } from '../../../../src/engine/kernel/kernel.ts';
import type { Fd, Program, Sys } from '../../../../src/engine/kernel/sys.ts';
import { applets, busybox } from '../../../../src/engine/userland/busybox.ts';
import { GNU_TABLE, gnu } from '../../../../src/engine/userland/gnu.ts';
import { shell } from '../../../../src/engine/userland/sh/index.ts';

const encoder = new TextEncoder();
const EPOCH_NS = 1_768_467_600_000_000_000n;

const load = async (note: string): Promise<Program | undefined> => {
  if (note === 'dash') return shell('dash');
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

const PASSWD = 'root:x:0:0:root:/root:/bin/sh\ndaemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin\nlearner:x:1000:1000:learner:/home/learner:/bin/sh\nnobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin\n';
const GROUP = 'root:x:0:\ndaemon:x:1:\nsudo:x:27:learner\nlearner:x:1000:\nnogroup:x:65534:\ndocker:x:999:learner\n';
const DEVICES = [['null', 1, 3], ['zero', 1, 5], ['full', 1, 7], ['urandom', 1, 9]] as const;

function furnish(sys: Sys, files: Readonly<Record<string, string>>): void {
  for (const path of ['/usr', '/usr/bin', '/bin', '/bb', '/dev', '/dev/pts', '/proc', '/sys', '/sys/fs', '/sys/fs/cgroup', '/tmp', '/etc', '/home', '/home/learner', '/root', '/w']) if (!sys.path.access(path, {})) sys.path.mkdir(path);
  sys.path.chmod('/tmp', 0o1777);
  for (const [name, major, minor] of DEVICES) {
    sys.path.mknod(`/dev/${name}`, 'char-device', 0o666, major * 256 + minor);
    sys.path.chmod(`/dev/${name}`, 0o666);
  }
  sys.path.mount({ type: 'proc', source: 'proc', target: '/proc' });
  sys.path.mount({ type: 'devpts', source: 'devpts', target: '/dev/pts' });
  sys.path.mount({ type: 'cgroup2', source: 'cgroup2', target: '/sys/fs/cgroup' });
  for (const name of Object.keys(GNU_TABLE)) sys.path.writeFile(`/usr/bin/${name}`, makeExecutable(`gnu:${name}`), 0o755);
  for (const path of ['/usr/bin/dash', '/usr/bin/sh', '/bin/sh']) sys.path.writeFile(path, makeExecutable('dash'), 0o755);
  for (const name of [...applets, 'busybox']) sys.path.writeFile(`/bb/${name}`, makeExecutable('busybox'), 0o755);
  sys.path.writeFile('/etc/passwd', encoder.encode(PASSWD), 0o644);
  sys.path.writeFile('/etc/group', encoder.encode(GROUP), 0o644);
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
  readonly forMs?: number;
  readonly uid?: number;
}

interface Job extends RunOptions {
  readonly script: string;
  readonly path: string;
}

async function play(sys: Sys, { script, input = '', uid = 0, path }: Job): Promise<Ran> {
  const [stdin, stdout, stderr] = [sys.fds.pipe(), sys.fds.pipe(), sys.fds.pipe()];
  const env = new Map([['PATH', path], ['HOME', '/root'], ['LC_ALL', 'C']]);
  const child = sys.fork(async (self) => {
    self.ids.setgid(uid);
    self.ids.setuid(uid);
    return self.exec(path === '/bb' ? '/bb/sh' : '/bin/sh', ['sh', '-c', script], env);
  }, { fds: new Map([[stdin.read, 0], [stdout.write, 1], [stderr.write, 2]]), env });
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

async function onComputer(job: Job): Promise<Ran> {
  const kernel = createKernel({ seed: 3, epochNs: EPOCH_NS, hostname: 'box', load, breathe, nowMs: () => performance.now() });
  let result: Ran | undefined;
  kernel.start(async (sys) => {
    furnish(sys, job.files ?? {});
    result = await play(sys, job);
    return 0;
  });
  await kernel.run(BigInt(job.forMs ?? 60_000) * 1_000_000n, { stop: () => result !== undefined || kernel.faults.length > 0 });
  if (kernel.faults.length > 0) throw kernel.faults[0]?.error;
  if (result === undefined) throw new Error('not done in time');
  return result;
}

/** Runs a script whose commands are GNU's. */
export const onGnu = (script: string, options: RunOptions = {}): Promise<Ran> => onComputer({ ...options, script, path: '/usr/bin' });
/** Runs a script whose commands are busybox's. */
export const onBusybox = (script: string, options: RunOptions = {}): Promise<Ran> => onComputer({ ...options, script, path: '/bb' });
