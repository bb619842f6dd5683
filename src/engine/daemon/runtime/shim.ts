/**
 * The shim: a process for each container that is the parent of its first one. It tells dockerd, line by line over a pipe, whether the
 * start went well and how the container ended; it takes in orphans, as their subreaper. Upstream: containerd-shim-runc-v2.
 */
import { signalNumber } from '../../kernel/process/signals.ts';
import type { Exited, Fd, NamespaceRef, Pid, Program, Signal, Sys } from '../../kernel/sys.ts';
import { become, defaultSignals, ERROR_FD, THREADS } from './become.ts';
import { enterRoot } from './rootfs.ts';
import type { ProcessSpec, RuntimeSpec } from './spec.ts';

const REPORT_FD: Fd = 3;
const SHIM = '/usr/bin/containerd-shim-runc-v2';
const SIGNAL_BASE = 128;
/**
 * What runc takes before a container's first instruction: two programs of Go that start, and a pipe between them. Clients count on it
 * that a start takes a moment: Compose asks for events beside it, and waits forever for an end that it has missed.
 */
const SET_UP_MS = 20;
export const KILLED_STATUS = 137;
const encoder = new TextEncoder();

export interface Streams {
  readonly stdin: Fd;
  readonly stdout: Fd;
  readonly stderr: Fd;
}

export interface Exit {
  readonly status: number;
  readonly oomKilled?: boolean;
}

type Report = { readonly pid: Pid } | { readonly error: string } | { readonly status: number };

/** What a program that was started under a shim is to dockerd. */
export interface Task {
  readonly pid: Pid;
  readonly shimPid: Pid;
  /** Waits for its end. Once. */
  exit(): Promise<Exit>;
}

/** Why a container did not come to life; `message` as runc says it. */
export class StartError extends Error {
  override readonly name = 'StartError';
}

/** The status by which a shell would know it. */
export const statusOf = ({ status, signal }: Exited, numberOf: (signal: Signal) => number): number =>
  status ?? (signal === undefined ? SIGNAL_BASE : SIGNAL_BASE + numberOf(signal));

/** Starts a container. The descriptors of `streams` are closed here. Throws StartError. */
export async function startTask(sys: Sys, spec: RuntimeSpec, { id, streams }: { id: string; streams: Streams }): Promise<Task> {
  const report = sys.fds.pipe();
  const fds = new Map([
    [streams.stdin, 0],
    [streams.stdout, 1],
    [streams.stderr, 2],
    [report.write, REPORT_FD],
  ]);
  const shimPid = sys.fork(shim(spec), {
    argv: [SHIM, '-namespace', 'moby', '-id', id, '-address', '/run/containerd/containerd.sock'],
    env: new Map(),
    fds,
  });
  for (const fd of new Set([streams.stdin, streams.stdout, streams.stderr, report.write])) sys.fds.close(fd);
  const next = reports(sys, report.read);
  const first = await next();
  const error = first === null ? 'ttrpc: closed' : 'error' in first ? first.error : undefined;
  if (error === undefined && first !== null && 'pid' in first)
    return { pid: first.pid, shimPid, exit: async () => end(sys, shimPid, { pid: first.pid, report: await next() }) };
  await end(sys, shimPid, { pid: 0, report: null });
  throw new StartError(error ?? 'ttrpc: closed');
}

/** A shim that ended without a word was killed: nobody is left to watch the container, so it goes too. */
async function end(sys: Sys, shimPid: Pid, { pid, report }: { pid: Pid; report: Report | null }): Promise<Exit> {
  await sys.wait(shimPid);
  if (report !== null && 'status' in report) return { status: report.status };
  if (pid !== 0) killIfThere(sys, pid);
  return { status: KILLED_STATUS };
}

export function killIfThere(sys: Sys, pid: Pid, signal: Signal = 'SIGKILL'): boolean {
  try {
    sys.kill(pid, signal);
    return true;
  } catch {
    return false;
  }
}

/** Reads the shim's lines; null is the end. */
function reports(sys: Sys, fd: Fd): () => Promise<Report | null> {
  let text = '';
  return async () => {
    while (!text.includes('\n')) {
      const bytes = await sys.read(fd, 4096);
      if (bytes.length === 0) {
        sys.fds.close(fd);
        return null;
      }
      text += new TextDecoder().decode(bytes);
    }
    const line = text.slice(0, text.indexOf('\n'));
    text = text.slice(line.length + 1);
    const report = JSON.parse(line) as Report;
    if ('status' in report) sys.fds.close(fd);
    return report;
  };
}

const shim =
  (spec: RuntimeSpec): Program =>
  async (sys) => {
    defaultSignals(sys);
    sys.prctl('name', 'containerd-shim');
    sys.prctl('subreaper');
    sys.ids.setsid();
    const tell = async (report: Report): Promise<void> => void (await sys.write(REPORT_FD, encoder.encode(`${JSON.stringify(report)}\n`)));
    await sys.sleep(SET_UP_MS);
    const started = forkInit(sys, spec);
    for (const fd of [0, 1, 2]) sys.fds.close(fd);
    const error = 'error' in started ? started.error : await readAll(sys, started.errors);
    if (error !== '' || 'error' in started) {
      if (!('error' in started)) await sys.wait(started.pid);
      await tell({ error });
      return 1;
    }
    await tell({ pid: started.pid });
    await tell({ status: await reapUntil(sys, started.pid) });
    return 0;
  };

function forkInit(sys: Sys, spec: RuntimeSpec): { readonly pid: Pid; readonly errors: Fd } | { readonly error: string } {
  const errors = sys.fds.pipe();
  try {
    const pid = sys.fork(init(spec), {
      unshare: spec.unshare,
      join: spec.join,
      cgroup: spec.cgroup,
      argv: ['runc', 'init'],
      fds: new Map([
        [0, 0],
        [1, 1],
        [2, 2],
        [errors.write, ERROR_FD],
      ]),
    });
    sys.fds.close(errors.write);
    return { pid, errors: errors.read };
  } catch (error) {
    return { error: error instanceof Error ? error.message.toLowerCase() : String(error) };
  }
}

export async function readAll(sys: Sys, fd: Fd): Promise<string> {
  let text = '';
  for (let bytes = await sys.read(fd, 4096); bytes.length > 0; bytes = await sys.read(fd, 4096)) text += new TextDecoder().decode(bytes);
  sys.fds.close(fd);
  return text;
}

/** Waits for any child until it is that one. */
async function reapUntil(sys: Sys, pid: Pid): Promise<number> {
  for (;;) {
    const exited = await sys.wait();
    if (exited?.pid === pid) return statusOf(exited, signalNumber);
  }
}

const init =
  (spec: RuntimeSpec): Program =>
  async (sys) => {
    defaultSignals(sys);
    sys.prctl('name', 'runc:[2:INIT]');
    sys.passThreads(THREADS.first);
    return become(sys, spec.process, () => {
      sys.ids.setsid();
      if (spec.hostname !== undefined) sys.setHostname(spec.hostname);
      enterRoot(sys, spec);
    });
  };

export interface ExecOptions {
  readonly process: ProcessSpec;
  readonly join: readonly NamespaceRef[];
  readonly cgroup: string;
  readonly streams: Streams;
}
