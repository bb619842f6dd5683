/** How a process comes into other namespaces: unshare(2), setns(2), and what each kind begins with. */

import type { Cgroup } from '../cgroup/cgroup.ts';
import { Errno } from '../errno.ts';
import { mayCall } from '../fs/permission.ts';
import { createPidNamespace } from '../process/pids.ts';
import type { Process } from '../process/process.ts';
import type { KernelState } from '../process/state.ts';
import type { NamespaceKind, NamespaceRef } from '../sys.ts';
import type { Namespace, ProcessNamespaces } from './namespaces.ts';

export interface Unshare {
  readonly kinds: readonly NamespaceKind[];
  /** The cgroup that becomes the root of a new cgroup namespace. */
  readonly cgroup: Cgroup;
}

/** `all`, with new namespaces of these kinds. Mounts are apart (`unshareMounts`): they belong to a view. */
export function unshared(state: KernelState, creator: Process, all: ProcessNamespaces, what: Unshare): ProcessNamespaces {
  if (what.kinds.length > 0) mustAdminister(creator);
  let changed = all;
  for (const kind of what.kinds) changed = withNew(state, changed, kind, what.cgroup);
  return changed;
}

function mustAdminister(process: Process): void {
  if (!mayCall(process.identity, 'CAP_SYS_ADMIN')) throw new Errno('EPERM');
}

function withNew(state: KernelState, all: ProcessNamespaces, kind: NamespaceKind, cgroup: Cgroup): ProcessNamespaces {
  if (kind === 'pid') return { ...all, pidForChildren: createPid(state, all) };
  return { ...all, [kind]: create(state, all, kind, cgroup) };
}

function createPid(state: KernelState, all: ProcessNamespaces): Namespace<'pid'> {
  const inode = state.namespaces.takeInode();
  return state.namespaces.add('pid', createPidNamespace(inode, all.pidForChildren.payload), inode);
}

/** A new namespace of a kind whose content does not depend on a process. */
export function create(state: KernelState, all: ProcessNamespaces, kind: NamespaceKind, cgroup: Cgroup): Namespace {
  switch (kind) {
    case 'net': {
      const inode = state.namespaces.takeInode();
      return state.namespaces.add('net', { stack: state.network.createStack(inode) }, inode) as Namespace;
    }
    case 'uts':
      return state.namespaces.add('uts', { ...all.uts.payload }) as Namespace;
    case 'cgroup':
      return state.namespaces.add('cgroup', { root: cgroup }) as Namespace;
    case 'pid':
      return createPid(state, all) as Namespace;
    case 'mnt':
      throw new Errno('EINVAL');
    case 'ipc':
      return state.namespaces.add('ipc', { settings: new Map() }) as Namespace;
    case 'time':
    case 'user':
      return state.namespaces.add(kind, {}) as Namespace;
  }
}

/** `all`, with the namespace that `ref` names. A pid namespace is entered by children only. */
export function joined(state: KernelState, all: ProcessNamespaces, ref: NamespaceRef): ProcessNamespaces {
  const namespace = state.namespaces.find(ref);
  return ref.kind === 'pid' ? { ...all, pidForChildren: namespace as Namespace<'pid'> } : { ...all, [ref.kind]: namespace };
}

/** Moves a living process into `to`. */
export function enter(state: KernelState, process: Process, to: ProcessNamespaces): void {
  const from = process.namespaces;
  state.namespaces.enter(to);
  process.namespaces = to;
  state.namespaces.leave(from);
}

/** A mount namespace of its own for a process, with a copy of the mounts it sees. */
export function unshareMounts(state: KernelState, process: Process): void {
  mustAdminister(process);
  if (process.view === null) throw new Errno('ESRCH');
  const namespace = state.namespaces.add('mnt', { table: process.view.unshareMounts() });
  enter(state, process, { ...process.namespaces, mnt: namespace });
}
