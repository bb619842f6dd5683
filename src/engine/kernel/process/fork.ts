/** The beginning of a process: what it has from its parent, and what it has of its own (clone(2)). */
import { Cgroup } from '../cgroup/cgroup.ts';
import { COSTS } from '../costs.ts';
import { Errno } from '../errno.ts';
import { joined, unshared, unshareMounts } from '../namespace/change.ts';
import type { ProcessNamespaces } from '../namespace/namespaces.ts';
import type { ForkOptions, NamespaceKind, Pid, Program } from '../sys.ts';
import type { Identity } from './credentials.ts';
import type { Descriptors } from './descriptors.ts';
import { allocateId, numberIn, type ProcessId } from './pids.ts';
import type { FileView } from './ports.ts';
import { type Group, type Image, Process } from './process.ts';
import { startImage } from './program.ts';
import type { KernelState } from './state.ts';

/** A child of `parent` that runs `program`; returns its number in the parent's namespace. */
export function fork(state: KernelState, parent: Process, program: Program, options: ForkOptions = {}): Pid {
  state.scheduler.mustNotLook();
  state.scheduler.spend(COSTS.forkNs);
  const cgroup = options.apart ? newRoot(parent.cgroup) : options.cgroup === undefined ? parent.cgroup : findCgroup(parent, options.cgroup);
  const namespaces = namespacesOf(state, parent, options, cgroup);
  const child = createProcess(state, {
    parent,
    cgroup,
    namespaces,
    group: (id) => groupOf(parent, id, options.pgid),
    identity: parent.identity,
    fds: () => parent.fds.fork(options.fds),
    image: {
      isAlive: true,
      argv: options.argv ?? parent.image.argv,
      env: new Map(options.env ?? parent.image.env),
      executable: parent.image.executable,
      note: parent.image.note,
    },
    name: parent.name,
    view: (child) => viewOf(parent, child, options),
  });
  if (options.unshare?.includes('mnt') === true) unshareMounts(state, child);
  inherit(parent, child);
  startImage(state, child, program);
  return numberIn(child.id, parent.id.namespace);
}

export interface Birth {
  readonly parent: Process | null;
  readonly cgroup: Cgroup;
  readonly namespaces: ProcessNamespaces;
  group(id: ProcessId): Group;
  readonly identity: Identity;
  /** Called when nothing can refuse the process any more: what is held twice must be let go twice. */
  fds(): Descriptors;
  readonly image: Image;
  readonly name: string;
  view(process: Process): FileView;
}

/** Makes a process, without a task yet. EAGAIN if its cgroup is full. */
export function createProcess(state: KernelState, birth: Birth): Process {
  birth.cgroup.pids.charge();
  const id = allocateId(birth.namespaces.pid.payload);
  const process = new Process({
    id,
    parent: birth.parent,
    group: birth.group(id),
    identity: birth.identity,
    namespaces: birth.namespaces,
    cgroup: birth.cgroup,
    fds: birth.fds(),
    image: birth.image,
    startNs: state.scheduler.nowNs,
    name: birth.name,
  });
  id.process = process;
  id.namespace.init ??= process;
  process.group.members.add(process);
  birth.parent?.children.add(process);
  birth.cgroup.add(process);
  birth.cgroup.memory.move(process.rssBytes);
  state.namespaces.enter(process.namespaces);
  process.view = birth.view(process);
  return process;
}

function inherit(parent: Process, child: Process): void {
  for (const [signal, disposition] of parent.dispositions) child.dispositions.set(signal, disposition);
  for (const [name, limit] of parent.rlimits) child.rlimits.set(name, limit);
  child.nice = parent.nice;
  child.noNewPrivileges = parent.noNewPrivileges;
  child.oomScoreAdj = parent.oomScoreAdj;
}

/** The root of another computer's control groups: as much memory, and nothing of it counts here. */
function newRoot({ host }: Cgroup): Cgroup {
  const root = new Cgroup('', null, host);
  root.memory.maxBytes = host.memoryBytes;
  return root;
}

function findCgroup(parent: Process, path: string): Cgroup {
  const cgroup = parent.namespaces.cgroup.payload.root.at(path);
  if (cgroup === undefined) throw new Errno('ENOENT', path);
  return cgroup;
}

/** The child's namespaces: the parent's, with those it joins and those made for it. Its pid namespace is that for children. */
function namespacesOf(state: KernelState, parent: Process, options: ForkOptions, cgroup: Cgroup): ProcessNamespaces {
  let all: ProcessNamespaces = parent.namespaces;
  for (const ref of options.join ?? []) all = joined(state, all, ref);
  const kinds: readonly NamespaceKind[] = [...(options.unshare ?? []), ...(options.apart ? (['cgroup'] as const) : [])];
  all = unshared(state, parent, all, { kinds: kinds.filter((kind) => kind !== 'mnt'), cgroup });
  return { ...all, pid: all.pidForChildren };
}

function viewOf(parent: Process, child: Process, options: ForkOptions): FileView {
  if (parent.view === null) throw new Errno('ESRCH');
  const view = parent.view.fork(() => child.identity);
  if ((options.join ?? []).some((ref) => ref.kind === 'mnt')) view.joinMounts(child.namespaces.mnt.payload.table);
  return view;
}

function groupOf(parent: Process, id: ProcessId, pgid: Pid | undefined): Group {
  if (pgid === undefined) return parent.group;
  if (pgid === 0) return createGroup(id, parent.group.session);
  const group = parent.id.namespace.ids.get(pgid)?.group;
  if (group === undefined || group === null || group.session !== parent.group.session) throw new Errno('EPERM');
  return group;
}

/** A new group, led by the process with this id. */
export function createGroup(id: ProcessId, session: Group['session']): Group {
  const group: Group = { id, session, members: new Set() };
  id.group = group;
  session.groups.add(group);
  return group;
}
