/** A container, as the daemon keeps it: what it is made of, the state it is in, and, while it runs, its task, network and streams. */
import type { ContainerConfig, Descriptor, HealthStatus, HostConfig, MountPoint } from '../../api-types/index.ts';
import type { Fd, Pid, TaskQueue } from '../../kernel/sys.ts';
import type { Endpoint, Sandbox } from '../networks/sandbox.ts';
import type { Network } from '../networks/store.ts';
import type { Task } from '../runtime/shim.ts';
import type { Security } from '../runtime/spec.ts';
import type { ExecProcess } from './exec-state.ts';
import type { OutputHub } from './output-hub.ts';

export interface ProbeResult {
  readonly startNs: bigint;
  readonly endNs: bigint;
  readonly exitCode: number;
  readonly output: string;
}

/** What the probes have found so far. */
export interface HealthRecord {
  status: HealthStatus;
  failingStreak: number;
  /** The last five. */
  log: readonly ProbeResult[];
}

/** One flag may hold with another: a paused container runs. */
export interface State {
  running: boolean;
  paused: boolean;
  restarting: boolean;
  removing: boolean;
  oomKilled: boolean;
  dead: boolean;
  pid: Pid;
  exitCode: number;
  error: string;
  /** Nanoseconds since 1970; 0: never. */
  startedNs: bigint;
  finishedNs: bigint;
  health: HealthRecord | null;
}

/** A mount of a container, with what only the daemon needs to know. */
export interface ContainerMountPoint extends MountPoint {
  /** tmpfs only: `size=…,mode=…`. */
  readonly data?: string;
  /** A volume that was made for this container alone. */
  readonly isAnonymous?: boolean;
  readonly noCopy?: boolean;
  /** A directory of the host that is made when it is not there. */
  readonly makesSource?: boolean;
  /** Only this part of the volume or image. */
  readonly subpath?: string;
  /** An image's id, and the snapshot that is mounted at the source. */
  readonly mountedImage?: { readonly imageId: string; readonly snapshot: string };
}

/** Another container, and what it is called here. */
export interface ContainerLink {
  readonly alias: string;
  readonly id: string;
  name: string;
}

/** A service's part in its containers' networks: names and addresses that stand for all of them. */
export interface ServiceConfig {
  readonly id: string;
  readonly name: string;
  /** By the network's id. Without a virtual address the name stands for those of the tasks. */
  readonly networks: Readonly<Record<string, { readonly vip: string; readonly aliases: readonly string[] }>>;
  /** Ports of the whole swarm that lead to it. */
  readonly ports: readonly { readonly protocol: string; readonly targetPort: number; readonly publishedPort: number }[];
  /** It takes connections. */
  isActive: boolean;
}

/** A secret or config of the swarm, and where it stands in the container. */
export interface ContainerFile {
  readonly kind: 'secret' | 'config';
  readonly id: string;
  readonly target: string;
  readonly uid: number;
  readonly gid: number;
  readonly mode: number;
}

export interface Container {
  readonly id: string;
  /** Without the slash that the API puts in front. */
  name: string;
  readonly createdNs: bigint;
  readonly config: ContainerConfig;
  hostConfig: HostConfig;
  readonly image: { readonly id: string; readonly name: string; readonly manifest?: Descriptor };
  readonly state: State;
  readonly mounts: readonly ContainerMountPoint[];
  readonly endpoints: Endpoint[];
  /** On the default bridge. */
  links?: ContainerLink[];
  restartCount: number;
  /** Since dockerd began or it was last started by hand: how long to wait before the next restart. */
  restartDelayMs: number;
  stoppedByHand: boolean;
  hasBeenStarted: boolean;
  logPath: string;
  /** Of a task of the swarm. */
  service?: ServiceConfig | undefined;
  files?: readonly ContainerFile[];

  // While it lives.
  readonly live: Live;
}

/** What ends with dockerd. */
export interface Live {
  task: Task | null;
  sandbox: Sandbox | null;
  /** Networks that it is plugged into, of which nobody has been told. */
  joined: Network[];
  /** What holds for every process in it. */
  security?: Security;
  /** Where its input goes: a pipe, or the terminal. */
  stdin: Fd | null;
  /** The terminal's other end. */
  terminal: Fd | null;
  readonly output: OutputHub;
  /** Woken at each change of its state. */
  readonly changed: TaskQueue;
  /** Lines of the log that are gone since the daemon came up. */
  droppedLines: number;
  /** Woken when a line was logged, and at the end. */
  readonly logged: TaskQueue;
  readonly execs: Map<string, ExecProcess>;
  /** Volumes whose place it holds mounted. */
  readonly volumes: string[];
  /** How often it has ended: who waits for the next end compares. */
  exits: number;
  isMounted: boolean;
  isRemoved: boolean;
  lock: boolean;
}

export const newState = (): State => ({
  running: false,
  paused: false,
  restarting: false,
  removing: false,
  oomKilled: false,
  dead: false,
  pid: 0,
  exitCode: 0,
  error: '',
  startedNs: 0n,
  finishedNs: 0n,
  health: null,
});

/** `docker start` and the container's end must not mix: whoever holds the lock has it alone. */
export async function locked<T>(container: Container, act: () => Promise<T>): Promise<T> {
  await settled(container);
  container.live.lock = true;
  try {
    return await act();
  } finally {
    container.live.lock = false;
    container.live.changed.wake();
  }
}

/** Waits until nobody starts or ends the container: what is seen of it then is whole. */
export async function settled({ live }: Container): Promise<void> {
  while (live.lock) await live.changed.wait();
}

export const isNetworkMode = (mode: string, kind: 'container' | 'host' | 'none'): boolean =>
  kind === 'container' ? mode.startsWith('container:') : mode === kind;

/** The command with its arguments: Entrypoint, then Cmd. */
export const commandOf = ({ Entrypoint, Cmd }: ContainerConfig): readonly string[] => [...(Entrypoint ?? []), ...(Cmd ?? [])];
