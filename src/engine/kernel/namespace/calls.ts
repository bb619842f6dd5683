/** The calls on namespaces. */

import { COSTS } from '../costs.ts';
import { Errno } from '../errno.ts';
import { mayCall } from '../fs/permission.ts';
import type { Caller } from '../process/caller.ts';
import type { Process } from '../process/process.ts';
import type { NamespaceKind, NamespaceOps, NamespaceRef, Pid } from '../sys.ts';
import { create, enter, joined, unshared, unshareMounts } from './change.ts';
import type { Namespace } from './namespaces.ts';

export function namespaceCalls(caller: Caller): NamespaceOps {
  const { state, process } = caller;
  const begin = (): void => void caller.begin(COSTS.unshareNs);
  return {
    of: (kind, pid) => refOf(of(process, pid), kind),
    unshare: (kinds) => {
      begin();
      unshare(caller, kinds);
    },
    setns: (ref) => {
      begin();
      setns(caller, ref);
    },
    create: (kind) => {
      begin();
      return hold(caller, create(state, process.namespaces, kind, process.cgroup));
    },
    release: (ref) => {
      begin();
      state.namespaces.release(state.namespaces.find(ref));
    },
  };
}

function of(process: Process, pid: Pid | undefined): Process {
  if (pid === undefined || pid === 0) return process;
  const found = process.id.namespace.ids.get(pid)?.process;
  if (found === null || found === undefined) throw new Errno('ESRCH');
  return found;
}

function refOf(process: Process, kind: NamespaceKind): NamespaceRef {
  const { inode } = process.namespaces[kind];
  return { kind, inode };
}

function hold({ state }: Caller, namespace: Namespace): NamespaceRef {
  state.namespaces.hold(namespace);
  return { kind: namespace.kind, inode: namespace.inode };
}

function unshare({ state, process }: Caller, kinds: readonly NamespaceKind[]): void {
  const others = kinds.filter((kind) => kind !== 'mnt');
  enter(state, process, unshared(state, process, process.namespaces, { kinds: others, cgroup: process.cgroup }));
  if (kinds.includes('mnt')) unshareMounts(state, process);
}

function setns(caller: Caller, ref: NamespaceRef): void {
  const { state, process } = caller;
  if (!mayCall(process.identity, 'CAP_SYS_ADMIN')) throw new Errno('EPERM');
  enter(state, process, joined(state, process.namespaces, ref));
  if (ref.kind === 'mnt') caller.view.joinMounts(process.namespaces.mnt.payload.table);
}
