/**
 * A container that nobody can see: what a build runs a step in. It is created and started by the same parts as any other (root,
 * networks, cgroup, shim), but it has no name, no log and no events, and its snapshot outlives it.
 */
import type { HostConfig } from '../../../api-types/index.ts';
import type { Daemon } from '../../daemon.ts';
import { exists, inRoot, isDirectory, mkdirAll, namesIn, parentOf, readTextIfThere, removeAll, writeText } from '../../files.ts';
import { killIfThere, startTask } from '../../runtime/shim.ts';
import type { RuntimeSpec } from '../../runtime/spec.ts';
import { cpusOf } from '../../system/host.ts';
import { type Container, type ContainerMountPoint, newState } from '../container.ts';
import { etcPaths, extraHosts, writeEtcFiles } from '../etc-files.ts';
import { connectAll } from '../networking.ts';
import type { StreamName } from '../output-hub.ts';
import { hostConfigOf } from '../requests/host-config.ts';
import { mountRoot } from '../root.ts';
import { specOf } from '../spec.ts';
import { cleanUp } from '../start.ts';
import { newLive } from '../store.ts';
import { carryOutputs, closeStreams, openStreams } from '../streams.ts';

export interface TransientRequest {
  /** The key of an active snapshot: the root. */
  readonly id: string;
  readonly command: readonly string[];
  readonly env: readonly string[];
  readonly workingDir: string;
  readonly user: string;
  readonly hostname: string;
  readonly hostConfig: Partial<HostConfig>;
  readonly mounts: readonly ContainerMountPoint[];
  readonly onOutput: (stream: StreamName, bytes: Uint8Array) => Promise<void>;
  /** Called once it can be killed. */
  readonly onStart: (kill: () => void) => void;
}

/** Runs it to its end; its exit status. Throws DockerError and StartError. Places made for mounts are gone afterwards. */
export async function runTransient(daemon: Daemon, request: TransientRequest): Promise<number> {
  const { sys } = daemon;
  const container = transient(daemon, request);
  try {
    const rootfs = mountRoot(daemon, container);
    if (request.workingDir !== '') mkdirAll(sys, inRoot(sys, rootfs, request.workingDir));
    mkdirAll(sys, daemon.containers.directory(container.id), 0o710);
    await connectAll(daemon, container);
    writeEtcFiles(daemon, container);
    writeOwnFiles(daemon, container);
    const spec = withoutHostname(await specOf(daemon, container, rootfs));
    const places = missingPlaces(daemon, rootfs, [...ETC_FILES, ...request.mounts.map(({ Destination }) => Destination)]);
    daemon.cgroups.create(spec.cgroup, container.hostConfig);
    try {
      return await run(daemon, container, { spec, request });
    } finally {
      for (const path of places) removePlace(daemon, path);
    }
  } finally {
    cleanUp(daemon, container);
    removeAll(sys, daemon.containers.directory(container.id));
  }
}

async function run(
  daemon: Daemon,
  container: Container,
  { spec, request }: { spec: RuntimeSpec; request: TransientRequest },
): Promise<number> {
  const { sys } = daemon;
  const streams = await openStreams(sys, { tty: false, stdin: false });
  const readers = carryOutputs(sys, streams.outputs, request.onOutput);
  try {
    const task = await startTask(sys, spec, { id: container.id, streams: streams.given });
    request.onStart(() => {
      for (const pid of daemon.cgroups.members(spec.cgroup)) killIfThere(sys, pid);
    });
    const { status } = await task.exit();
    return status;
  } finally {
    for (const reader of readers) await reader.join();
    closeStreams(sys, streams, streams.stdin);
  }
}

function transient(daemon: Daemon, { id, command, env, workingDir, user, hostname, hostConfig, mounts }: TransientRequest): Container {
  const config = hostConfigOf(hostConfig, { cpus: cpusOf(daemon.sys), cgroups: daemon.cgroups });
  const isAlone = ['host', 'none'].includes(config.NetworkMode);
  return {
    id,
    name: '',
    createdNs: daemon.sys.clock.nowNs(),
    config: {
      Hostname: hostname,
      Domainname: '',
      User: user,
      AttachStdin: false,
      AttachStdout: true,
      AttachStderr: true,
      Tty: false,
      OpenStdin: false,
      StdinOnce: false,
      Env: ['HOSTNAME', ...env],
      Cmd: command,
      Image: '',
      Volumes: null,
      WorkingDir: workingDir,
      Entrypoint: null,
      Labels: {},
    },
    hostConfig: config,
    mounts,
    endpoints: isAlone && config.NetworkMode === 'host' ? [] : [{ network: config.NetworkMode, networkId: '', wanted: {}, active: null }],
    image: { id: '', name: '' },
    state: newState(),
    restartCount: 0,
    restartDelayMs: 0,
    stoppedByHand: true,
    hasBeenStarted: false,
    logPath: '',
    live: newLive(daemon.sys),
  };
}

/** A step knows itself by its name alone, and has the host's name servers. */
function writeOwnFiles(daemon: Daemon, container: Container): void {
  const { sys } = daemon;
  const paths = etcPaths(daemon, container.id);
  const hosts = [`127.0.0.1\tlocalhost ${container.config.Hostname}`, '::1\tlocalhost ip6-localhost ip6-loopback'];
  writeText(sys, paths.hosts, [...hosts, ...extraHosts(daemon, container), ''].join('\n'));
  const lines = (readTextIfThere(sys, '/etc/resolv.conf') ?? '').split('\n');
  writeText(sys, paths.resolvConf, [...lines.filter((line) => /^(nameserver|search|options)\s/.test(line)), ''].join('\n'));
}

const withoutHostname = (spec: RuntimeSpec): RuntimeSpec => ({
  ...spec,
  mounts: spec.mounts.filter(({ target }) => target !== '/etc/hostname'),
});

const ETC_FILES = ['/etc/resolv.conf', '/etc/hosts'];
/** What every container has: the directories for these stay where an image has none. */
const OF_THE_SYSTEM = /^\/(?:proc|sys|dev)(?:\/|$)/;

/** Places in the root that the runtime will make for the step's own mounts, deepest first. */
function missingPlaces({ sys }: Daemon, rootfs: string, targets: readonly string[]): readonly string[] {
  const missing = new Set<string>();
  for (const target of targets.filter((one) => !OF_THE_SYSTEM.test(one)))
    for (let at = inRoot(sys, rootfs, target); at !== rootfs && at.startsWith(rootfs) && !exists(sys, at); at = parentOf(at))
      missing.add(at);
  return [...missing].sort((a, b) => b.length - a.length);
}

/** What was made for a mount goes, unless something was put there. */
function removePlace({ sys }: Daemon, path: string): void {
  if (!exists(sys, path)) return;
  const isEmpty = isDirectory(sys, path) ? namesIn(sys, path).length === 0 : sys.path.lstat(path).sizeBytes === 0;
  if (isEmpty) removeAll(sys, path);
}
