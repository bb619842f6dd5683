/** Processes that are not anybody's child: the first one, and those that come in from outside the machine. */

import { Errno } from '../errno.ts';
import type { OpenFile } from '../open-file.ts';
import type { Exited, Fd, Pid, Program, SpanId } from '../sys.ts';
import { type Identity, ROOT } from './credentials.ts';
import { Descriptors, describe } from './descriptors.ts';
import { createGroup, createProcess } from './fork.ts';
import type { ProcessId } from './pids.ts';
import type { FileView } from './ports.ts';
import type { Group, Process, Session } from './process.ts';
import { startImage } from './program.ts';
import type { KernelState } from './state.ts';

export interface StartOptions {
  readonly argv?: readonly string[];
  readonly env?: ReadonlyMap<string, string>;
  readonly cwd?: string;
  readonly identity?: Identity;
  readonly fds?: ReadonlyMap<Fd, OpenFile>;
  /** As `ps` shows it; the last part of argv[0], if absent. */
  readonly name?: string;
  /** Whose child it is, by its number in the first pid namespace; nobody's, if absent. */
  readonly parent?: Pid;
  /** Below /sys/fs/cgroup. */
  readonly cgroup?: string;
  readonly span?: SpanId;
  /** Told once, when it has ended. */
  readonly onExit?: (exited: Exited) => void;
}

/** Starts `program` as a process of the first namespaces, in a session of its own. */
export function startProcess(
  state: KernelState,
  rootView: (process: Process) => FileView,
  { program, options }: { program: Program; options: StartOptions },
): Pid {
  const namespaces = state.initial();
  const parent = options.parent === undefined ? null : (namespaces.pid.payload.ids.get(options.parent)?.process ?? null);
  const cgroup = state.cgroup.at(options.cgroup ?? '/');
  if (cgroup === undefined) throw new Errno('ENOENT', options.cgroup);
  const argv = options.argv ?? [options.name ?? 'program'];
  const process = createProcess(state, {
    parent,
    cgroup,
    namespaces,
    group: newSession,
    identity: options.identity ?? ROOT,
    fds: () => descriptors(options.fds),
    image: { isAlive: true, argv, env: new Map(options.env ?? []), executable: argv[0] ?? '', note: '' },
    name: options.name ?? (argv[0] ?? '').split('/').pop()?.slice(0, 15) ?? '',
    view: rootView,
  });
  process.group.session.leader = process;
  process.onExit = options.onExit ?? null;
  if (options.cwd !== undefined) process.view?.path.chdir(options.cwd);
  startImage(state, process, program);
  for (const task of process.tasks) task.span = options.span ?? 0;
  return process.pid;
}

function newSession(id: ProcessId): Group {
  const session: Session = { id, leader: null, groups: new Set(), tty: null };
  id.session = session;
  return createGroup(id, session);
}

function descriptors(files: ReadonlyMap<Fd, OpenFile> = new Map()): Descriptors {
  const fds = new Descriptors();
  for (const [fd, file] of files) fds.put(fd, describe(file));
  return fds;
}
