/** `docker exec`: one more process in a container that runs. Upstream: moby daemon/exec.go. */
import type { ExecCreateRequest, ExecInspect } from '../../api-types/index.ts';
import type { NamespaceKind } from '../../kernel/sys.ts';
import { isContainerdApart } from '../containerd.ts';
import type { Daemon } from '../daemon.ts';
import type { DockerError } from '../errors.ts';
import { newId } from '../ids.ts';
import { capabilitiesOf } from '../runtime/capabilities.ts';
import { startExec } from '../runtime/exec-shim.ts';
import { StartError } from '../runtime/shim.ts';
import type { ProcessSpec } from '../runtime/spec.ts';
import { findUser } from '../runtime/user.ts';
import type { Container } from './container.ts';
import { exitCodeOf, isRestarting, notRunning } from './errors.ts';
import type { ExecProcess } from './exec-state.ts';
import { happened } from './happened.ts';
import { OutputHub } from './output-hub.ts';
import {
  execFailed,
  execRanAlready,
  invalidExecUser,
  noExecCommand,
  noSuchExec,
  pausedForExec,
  relativeExecDirectory,
} from './requests/errors.ts';
import { mountRoot } from './root.ts';
import { capabilitiesFor, environmentOf, replaced, rlimitsOf } from './spec.ts';
import { carryOutputs, closeStreams, type OpenedStreams, openStreams } from './streams.ts';

const CANNOT_BE_RUN = 126;
const UNKNOWN_FAILURE = 128;

/** Throws DockerError if nothing can be run in it now. */
function checkRunning(container: Container, called: string = container.id): void {
  if (container.state.restarting) throw isRestarting(container.id, 'wait until the container is running');
  if (!container.live.task) throw notRunning(container.id);
  if (container.state.paused) throw pausedForExec(called);
}

export function create(daemon: Daemon, name: string, request: ExecCreateRequest): ExecProcess {
  return createExec(daemon, daemon.containers.get(name), request, name);
}

export function createExec(daemon: Daemon, container: Container, request: ExecCreateRequest, called = container.id): ExecProcess {
  if ((request.Cmd ?? []).length === 0) throw noExecCommand();
  checkRunning(container, called);
  const exec: ExecProcess = {
    id: newId(daemon.sys),
    containerId: container.id,
    request,
    process: processOf(daemon, container, request),
    output: new OutputHub(daemon.sys),
    changed: daemon.sys.queue(),
    running: false,
    hasRun: false,
    exitCode: null,
    pid: 0,
    stdin: null,
    terminal: null,
  };
  container.live.execs.set(exec.id, exec);
  happened(daemon, container, `exec_create: ${commandLine(exec)}`, { execID: exec.id });
  return exec;
}

/** Docker leaves a space behind a command without arguments. */
const commandLine = ({ request }: ExecProcess): string => {
  const [entrypoint = '', ...rest] = request.Cmd ?? [];
  return `${entrypoint} ${rest.join(' ')}`;
};

function processOf(daemon: Daemon, container: Container, { User, Env, WorkingDir, Cmd, Tty, Privileged }: ExecCreateRequest): ProcessSpec {
  const { config, hostConfig } = container;
  const ids = findUser(daemon.sys, mountRoot(daemon, container), { user: User || config.User, groupAdd: hostConfig.GroupAdd ?? [] });
  return {
    argv: Cmd ?? [],
    env: replaced(environmentOf({ ...config, Tty: config.Tty || (Tty ?? false) }), Env ?? []),
    cwd: WorkingDir || config.WorkingDir || '/',
    ...ids,
    tty: Tty ?? false,
    capabilities: Privileged ? capabilitiesOf({ add: [], drop: [], privileged: true }) : capabilitiesFor(hostConfig),
    // The filter is the container's: a privileged process in it has the capabilities, and still not the calls.
    ...container.live.security,
    rlimits: rlimitsOf(hostConfig.Ulimits ?? []),
    oomScoreAdj: hostConfig.OomScoreAdj,
    umask: inheritedUmask(daemon),
  };
}

/**
 * runc sets a mask for a container's first process only: the others have containerd's. That is systemd's, or, where dockerd starts
 * containerd itself, the empty one of dockerd.
 */
const inheritedUmask = ({ sys }: Daemon): number => (isContainerdApart(sys) ? 0o022 : 0);

/** Throws DockerError: a container's end takes its execs away. */
export function get(daemon: Daemon, id: string): { readonly container: Container; readonly exec: ExecProcess } {
  for (const container of daemon.containers.each()) {
    const exec = container.live.execs.get(id);
    if (exec) return { container, exec };
  }
  throw noSuchExec(id);
}

/** What must hold before a start is promised to the client. Throws DockerError. */
export function checkStart(container: Container, exec: ExecProcess): void {
  if (exec.hasRun) throw execRanAlready(exec.id);
  checkRunning(container);
}

export interface ExecStartOptions {
  readonly size?: { readonly rows: number; readonly columns: number } | undefined;
}

const JOINED: readonly NamespaceKind[] = ['mnt', 'pid', 'net', 'uts', 'ipc', 'cgroup', 'time'];

/** Starts it. What it prints goes to `exec.output`; its end wakes `exec.changed`. Throws DockerError. */
export async function startExecProcess(
  daemon: Daemon,
  container: Container,
  exec: ExecProcess,
  { size = { rows: 0, columns: 0 } }: ExecStartOptions = {},
): Promise<void> {
  checkStart(container, exec);
  const { sys } = daemon;
  const { task } = container.live;
  if (!task) throw notRunning(container.id);
  exec.hasRun = true;
  exec.running = true;
  happened(daemon, container, `exec_start: ${commandLine(exec)}`, { execID: exec.id });
  const refusal = refusalOf(exec);
  if (refusal) return refuse(exec, ...refusal);
  const streams = await openStreams(sys, { tty: exec.process.tty, stdin: exec.request.AttachStdin ?? false, size });
  const readers = carryOutputs(sys, streams.outputs, (stream, bytes) => exec.output.push({ stream, bytes }));
  try {
    const join = JOINED.map((kind) => sys.ns.of(kind, task.pid));
    const started = await startExec(sys, {
      process: exec.process,
      join,
      cgroup: daemon.cgroups.of(container),
      streams: streams.given,
    });
    Object.assign(exec, { pid: started.pid, stdin: streams.stdin, terminal: streams.terminal });
    sys.thread(async () => {
      const status = await started.exit();
      await finish(daemon, container, { exec, readers, streams, status });
    });
  } catch (error) {
    const why = error instanceof StartError ? error.message : undefined;
    await finish(daemon, container, {
      exec,
      readers,
      streams,
      status: (why === undefined ? undefined : exitCodeOf(why)) ?? UNKNOWN_FAILURE,
    });
    throw why === undefined ? error : execFailed(why);
  }
}

/** containerd knows users with one group at most; runc starts nothing in a directory that is not named from the root. */
function refusalOf({ request: { User = '' }, process: { cwd } }: ExecProcess): readonly [DockerError, status: number] | undefined {
  if (User.split(':').length > 2) return [invalidExecUser(User), CANNOT_BE_RUN];
  return cwd.startsWith('/') ? undefined : [relativeExecDirectory(), UNKNOWN_FAILURE];
}

function refuse(exec: ExecProcess, why: DockerError, status: number): never {
  exec.running = false;
  exec.exitCode = status;
  exec.output.end();
  exec.changed.wake();
  throw why;
}

interface Finish {
  readonly exec: ExecProcess;
  readonly readers: ReturnType<typeof carryOutputs>;
  readonly streams: OpenedStreams;
  readonly status: number;
}

/** Others may hold its streams long after its end; their output is no longer waited for. Upstream: moby daemon/monitor.go. */
const LAST_OUTPUT_MS = 2000;

async function joinWithin(sys: Daemon['sys'], threads: Finish['readers'], timeoutMs: number): Promise<void> {
  const joined = sys.queue();
  let left = threads.length;
  for (const thread of threads)
    sys.thread(async () => {
      await thread.join();
      left -= 1;
      joined.wake();
    });
  const until = sys.clock.monotonicNs() + BigInt(timeoutMs) * 1_000_000n;
  for (let rest = timeoutMs; left > 0 && rest > 0; rest = Number((until - sys.clock.monotonicNs()) / 1_000_000n)) await joined.wait(rest);
}

async function finish(daemon: Daemon, container: Container, { exec, readers, streams, status }: Finish): Promise<void> {
  await joinWithin(daemon.sys, readers, LAST_OUTPUT_MS);
  const stdin = exec.pid === 0 ? streams.stdin : exec.stdin;
  exec.stdin = null;
  exec.terminal = null;
  closeStreams(daemon.sys, streams, stdin);
  exec.running = false;
  exec.exitCode = status;
  noteOom(daemon, container);
  if (exec.pid !== 0) happened(daemon, container, 'exec_die', { execID: exec.id, exitCode: String(status) });
  exec.output.end();
  exec.changed.wake();
}

/** A container that goes on while one of its processes was killed for want of memory says so too. */
function noteOom(daemon: Daemon, container: Container): void {
  const { state } = container;
  if (!state.running || state.oomKilled || !daemon.cgroups.wasOomKilled(daemon.cgroups.of(container))) return;
  state.oomKilled = true;
  daemon.containers.save(container);
  happened(daemon, container, 'oom');
}

export function inspect({ id, containerId, request, running, exitCode, pid }: ExecProcess): ExecInspect {
  const [entrypoint = '', ...rest] = request.Cmd ?? [];
  return {
    ID: id,
    Running: running,
    ExitCode: exitCode,
    ProcessConfig: {
      tty: request.Tty ?? false,
      entrypoint,
      arguments: rest,
      privileged: request.Privileged ?? false,
      ...(request.User ? { user: request.User } : {}),
    },
    OpenStdin: request.AttachStdin ?? false,
    OpenStderr: request.AttachStderr ?? false,
    OpenStdout: request.AttachStdout ?? false,
    CanRemove: false,
    ContainerID: containerId,
    DetachKeys: request.DetachKeys ?? '',
    Pid: pid,
  };
}
