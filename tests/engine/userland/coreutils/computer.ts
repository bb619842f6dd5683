/** A computer with both dialects on its disk: GNU's programs and dash in /usr/bin, busybox's applets in /bb. */
import { makeExecutable } from '../../../../src/engine/kernel/elf.ts';
import type { Program, Sys } from '../../../../src/engine/kernel/sys.ts';
import { applets, busybox } from '../../../../src/engine/userland/busybox.ts';
import { GNU_TABLE, gnu } from '../../../../src/engine/userland/gnu.ts';
import { dashShell } from '../../../../src/engine/userland/sh/index.ts';
import { makeDevices, onKernel, pipedShell, put, type Ran } from '../piped.ts';

const LONGEST_MS = 60_000;
const EPOCH_NS = 1_768_467_600_000_000_000n;

const load = async (note: string): Promise<Program | undefined> => {
  if (note === 'dash') return dashShell;
  if (note === 'busybox') return busybox;
  return note.startsWith('gnu:') ? gnu(note.slice('gnu:'.length)) : undefined;
};

const PASSWD =
  'root:x:0:0:root:/root:/bin/sh\ndaemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin\nlearner:x:1000:1000:learner:/home/learner:/bin/sh\nnobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin\n';
const GROUP = 'root:x:0:\ndaemon:x:1:\nsudo:x:27:learner\nlearner:x:1000:\nnogroup:x:65534:\ndocker:x:999:learner\n';
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
  makeDevices(sys);
  sys.path.mount({ type: 'proc', source: 'proc', target: '/proc' });
  sys.path.mount({ type: 'devpts', source: 'devpts', target: '/dev/pts' });
  sys.path.mount({ type: 'cgroup2', source: 'cgroup2', target: '/sys/fs/cgroup' });
  for (const [path, bytes] of EXECUTABLES) sys.path.writeFile(path, bytes, 0o755);
  sys.path.chmod('/usr/bin/sudo', 0o4755);
  put(sys, '/etc/passwd', PASSWD);
  put(sys, '/etc/group', GROUP);
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
  for (const [name, text] of Object.entries(files)) put(sys, name, text);
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

const play = (sys: Sys, { script, input, uid = 0, path }: Job): Promise<Ran> =>
  pipedShell(sys, ['sh', '-c', script], {
    input,
    env: { PATH: path, HOME: '/root', LC_ALL: 'C' },
    shell: path === '/bb' ? '/bb/sh' : '/bin/sh',
    become: ({ ids }) => {
      ids.setgid(uid);
      ids.setuid(uid);
    },
  });

async function onComputer(jobs: readonly Job[]): Promise<readonly Ran[]> {
  const results: Ran[] = [];
  await onKernel(
    async (sys) => {
      furnish(sys);
      for (const job of jobs) {
        layOut(sys, job.files ?? {});
        results.push(await play(sys, job));
      }
    },
    { load, epochNs: EPOCH_NS, forMs: LONGEST_MS * jobs.length },
  );
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
