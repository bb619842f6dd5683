/**
 * dockerd as a program: it reads what is on the disk, sets the host up, listens on its sockets, and ends in good order when it is told
 * to. What is said over the sockets is handed in: src/engine/api. Newcomers read daemon.ts next, then containers/create.ts and start.ts.
 */
import { API_VERSION } from '../api-types/index.ts';
import { serveConnection } from '../http/server.ts';
import type { Handler } from '../http/types.ts';
import { isErrno } from '../kernel/errno.ts';
import type { SocketAddress } from '../kernel/net/types.ts';
import type { Fd, Program, Sys } from '../kernel/sys.ts';
import { stepsLeft, takePidFile } from './beginning.ts';
import { cacheFile, createDaemon, type Daemon, type DaemonOptions } from './daemon.ts';
import { socketDuplex } from './duplex.ts';
import { DockerError, messageOf } from './errors.ts';
import { mkdirAll, parentOf, readTextIfThere, removeAll, writeText } from './files.ts';
import { ignoring } from './networks/store.ts';
import { cgroupsOf } from './runtime/cgroup.ts';
import { ENGINE_VERSION } from './system/releases.ts';

/** What the machine hands in. */
export interface DaemonParts extends DaemonOptions {
  /** Called in the running program when its sockets answer, with what answers those who only look; and with null when they answer no more. */
  readonly onAnswering?: (handler: Handler | null) => void;
}

const SOCKET = '/var/run/docker.sock';
const PID_FILE = '/var/run/docker.pid';
const BACKLOG = 128;
const FIRST_INHERITED_FD = 3;
const RESTORE = () => import('./restore.ts');
const SWARM = () => import('./swarm/cluster.ts');
const BUILD_CACHE = () => import('./builder/solve/records.ts');
const encoder = new TextEncoder();

/** Headers of every answer. */
const HEADERS: readonly (readonly [string, string])[] = [
  ['Api-Version', API_VERSION],
  ['Docker-Experimental', 'false'],
  ['Ostype', 'linux'],
  ['Server', `Docker/${ENGINE_VERSION} (linux)`],
];

/** The program; `answer` makes the API's handler over the daemon. */
export const daemonProgram =
  (parts: DaemonParts, answer: (daemon: Daemon) => Handler): Program =>
  async (sys) => {
    sys.prctl('name', 'dockerd');
    sys.on('SIGPIPE', 'ignore');
    // As Go programs do; what they execute has the soft limit that they were given.
    const { hard } = sys.rlimit('nofile');
    sys.rlimit('nofile', { soft: hard, hard });
    const ending = endOnSignal(sys);
    try {
      const cgroups = await cgroupsOf(sys, flagIn(sys.argv, 'default-cgroupns-mode'));
      const daemon = createDaemon(sys, { ...parts, cgroups });
      takePidFile(daemon, PID_FILE);
      writeText(sys, '/proc/sys/net/ipv4/ip_forward', '1');
      daemon.networks.setUp();
      const hasPast = daemon.containers.all().length > 0 || stepsLeft(daemon).length > 0;
      if (hasPast) await (await sys.stall(RESTORE)).restore(daemon);
      // At once, so that it makes no difference later who asks for it first.
      if (sys.path.access(cacheFile(daemon), {})) (await sys.stall(BUILD_CACHE)).cacheOf(daemon);
      if (hasSwarm(daemon)) (await sys.stall(SWARM)).resume(daemon);
      const listeners = addressesIn(sys.argv).flatMap((address) => (address === 'inherited' ? inheritedFds(sys) : [listen(sys, address)]));
      const handler = answer(daemon);
      for (const fd of listeners) sys.thread(() => acceptAll(sys, fd, handler));
      parts.onAnswering?.(forLooking(daemon, handler));
      await ending.wait();
      parts.onAnswering?.(null);
      for (const fd of listeners) sys.fds.close(fd);
      await (await sys.stall(RESTORE)).shutDown(daemon);
      removeAll(sys, PID_FILE);
      // A socket that was handed over belongs to whoever made it.
      if (inheritedFds(sys).length === 0) removeAll(sys, SOCKET);
      return 0;
    } catch (error) {
      if (!(error instanceof DockerError) && !isErrno(error)) throw error;
      await sys.write(2, encoder.encode(`failed to start daemon: ${messageOf(error)}\n`));
      return 1;
    }
  };

/** What an earlier daemon left of its swarm. */
const hasSwarm = ({ sys, root }: Daemon): boolean => sys.path.access(`${root}/swarm/docker-state.json`, {});

/** The same handler for somebody to whom a read is no event. */
const forLooking =
  ({ events }: Daemon, handler: Handler): Handler =>
  async (request) => {
    const response = await events.quietly(() => handler(request));
    const { body } = response;
    return typeof body === 'function' ? { ...response, body: (write) => events.quietly(() => body(write)) } : response;
  };

/** SIGTERM and SIGINT end it in good order; a second one does not end it sooner. */
function endOnSignal(sys: Sys): { wait(): Promise<void> } {
  const queue = sys.queue();
  let isEnding = false;
  const end = (): void => {
    isEnding = true;
    queue.wake();
  };
  sys.on('SIGTERM', end);
  sys.on('SIGINT', end);
  return {
    wait: async () => {
      while (!isEnding) await interruptible(() => queue.wait());
    },
  };
}

/** A caught signal may interrupt the wait itself. */
async function interruptible(wait: () => Promise<unknown>): Promise<void> {
  try {
    await wait();
  } catch (error) {
    if (!isErrno(error, 'EINTR')) throw error;
  }
}

/** Sockets that systemd listens on already and handed over (sd_listen_fds(3)). */
const inheritedFds = (sys: Sys): readonly Fd[] =>
  Array.from({ length: Number(sys.env.get('LISTEN_FDS') ?? 0) }, (_, index) => FIRST_INHERITED_FD + index);

/** The value of a flag, written `--name=value`. */
const flagIn = (argv: readonly string[], name: string): string | undefined =>
  argv.find((word) => word.startsWith(`--${name}=`))?.slice(name.length + 3);

/** `-H unix:///path`, `-H tcp://0.0.0.0:2375`, `-H fd://`, `--host=…`; the usual socket if there is none. */
function addressesIn(argv: readonly string[]): readonly (SocketAddress | 'inherited')[] {
  const hosts = argv.flatMap((word, i) => {
    if (word === '-H' || word === '--host') return [argv[i + 1] ?? ''];
    const match = /^(?:--host=|-H=?)(.+)$/.exec(word);
    return match?.[1] === undefined ? [] : [match[1]];
  });
  const addresses = hosts.map(addressOf);
  return addresses.length > 0 ? addresses : [addressOf(`unix://${SOCKET}`)];
}

function addressOf(host: string): SocketAddress | 'inherited' {
  if (host === 'fd://') return 'inherited';
  const tcp = /^tcp:\/\/(?:([^:]*)(?::(\d+))?)?$/.exec(host);
  if (tcp) return { family: 'inet', ip: tcp[1] || '127.0.0.1', port: Number(tcp[2] ?? 2375) };
  return { family: 'unix', path: /^unix:\/\/(.+)$/.exec(host)?.[1] ?? SOCKET };
}

function listen(sys: Sys, address: SocketAddress): Fd {
  const fd = sys.net.socket(address.family, 'stream');
  sys.fds.setCloseOnExec(fd, true);
  if (address.family === 'unix') {
    mkdirAll(sys, parentOf(address.path));
    ignoring('ENOENT', () => sys.path.unlink(address.path));
  }
  sys.net.bind(fd, address);
  sys.net.listen(fd, BACKLOG);
  if (address.family === 'unix') own(sys, address.path);
  return fd;
}

/** Root's and the docker group's. */
function own(sys: Sys, path: string): void {
  const group = /^docker:[^:]*:(\d+):/m.exec(readTextIfThere(sys, '/etc/group') ?? '')?.[1];
  sys.path.chmod(path, 0o660);
  sys.path.chown(path, 0, Number(group ?? 0));
}

async function acceptAll(sys: Sys, listener: Fd, handler: Handler): Promise<void> {
  for (;;) {
    try {
      const fd = await sys.accept(listener);
      sys.fds.setCloseOnExec(fd, true);
      sys.thread(() => serve(sys, fd, handler));
    } catch (error) {
      if (isErrno(error, 'EBADF', 'EINVAL')) return;
      if (!isErrno(error, 'EINTR', 'ECONNABORTED')) throw error;
    }
  }
}

async function serve(sys: Sys, fd: Fd, handler: Handler): Promise<void> {
  const duplex = socketDuplex(sys, fd);
  try {
    const isLocal = sys.net.local(fd).family === 'unix';
    // What a request makes, it makes in the name of whoever asked.
    const caused: Handler = (request) => {
      if (isLocal) sys.cause.adopt(sys.net.peerCredentials(fd).span);
      return handler(request);
    };
    await serveConnection(duplex, caused, { headers: () => [...HEADERS, ['Date', httpDate(sys.clock.nowNs())]] });
  } finally {
    duplex.close();
  }
}

const DAYS = ['Thu', 'Fri', 'Sat', 'Sun', 'Mon', 'Tue', 'Wed'] as const;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

/** `Sat, 21 Nov 2026 08:57:41 GMT`. */
export function httpDate(ns: bigint): string {
  const date = new Date(Number(ns / 1_000_000n)).toISOString();
  const day = DAYS[Math.floor(Number(ns / 86_400_000_000_000n)) % 7] ?? 'Thu';
  return `${day}, ${date.slice(8, 10)} ${MONTHS[Number(date.slice(5, 7)) - 1] ?? 'Jan'} ${date.slice(0, 4)} ${date.slice(11, 19)} GMT`;
}
