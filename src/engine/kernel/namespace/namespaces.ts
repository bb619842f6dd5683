/**
 * Namespaces: what a process can see apart from files of its own. Each is known by the inode number that
 * `readlink /proc/self/ns/KIND` shows; it lives as long as a process is in it or somebody holds it, as a bind mount of that
 * file does. The payload is what the namespace isolates: a network stack, a table of pids, a host name.
 */
import type { Cgroup } from '../cgroup/cgroup.ts';
import { Errno } from '../errno.ts';
import type { PidNamespace } from '../process/pids.ts';
import type { MountTable, NetworkStack } from '../process/ports.ts';
import type { NamespaceKind, NamespaceRef } from '../sys.ts';

export interface Payloads {
  readonly mnt: { table: MountTable };
  readonly pid: PidNamespace;
  readonly net: { readonly stack: NetworkStack };
  readonly uts: { hostname: string; domainname: string };
  readonly ipc: { readonly settings: Map<string, string> };
  readonly cgroup: { readonly root: Cgroup };
  readonly time: object;
  readonly user: object;
}

export interface Namespace<K extends NamespaceKind = NamespaceKind> extends NamespaceRef {
  readonly kind: K;
  readonly payload: Payloads[K];
  /** Processes in it, and holders. */
  uses: number;
}

export type ProcessNamespaces = { readonly [K in NamespaceKind]: Namespace<K> } & { readonly pidForChildren: Namespace<'pid'> };

export const NAMESPACE_KINDS: readonly NamespaceKind[] = ['cgroup', 'ipc', 'mnt', 'net', 'pid', 'time', 'user', 'uts'];

/** The first namespaces' numbers: fixed in Linux (proc_ns.h) but for mnt and net, which come early at boot. */
export const INITIAL_INODES: Readonly<Record<NamespaceKind, number>> = {
  time: 4026531834,
  cgroup: 4026531835,
  pid: 4026531836,
  user: 4026531837,
  uts: 4026531838,
  ipc: 4026531839,
  net: 4026531840,
  mnt: 4026531841,
};
const FIRST_LATER_INODE = 4026532200;

export class Namespaces {
  readonly #byInode = new Map<number, Namespace>();
  readonly #onGone: (namespace: Namespace) => void;
  #nextInode = FIRST_LATER_INODE;

  constructor(onGone: (namespace: Namespace) => void = () => {}) {
    this.#onGone = onGone;
  }

  /** The number that the next namespace will have: a pid namespace's payload knows its own. */
  takeInode(): number {
    this.#nextInode += 1;
    return this.#nextInode;
  }

  add<K extends NamespaceKind>(kind: K, payload: Payloads[K], inode: number = this.takeInode()): Namespace<K> {
    const namespace: Namespace<K> = { kind, inode, payload, uses: 0 };
    this.#byInode.set(inode, namespace as Namespace);
    return namespace;
  }

  find(ref: NamespaceRef): Namespace {
    const namespace = this.#byInode.get(ref.inode);
    if (namespace === undefined || namespace.kind !== ref.kind) throw new Errno('EINVAL');
    return namespace;
  }

  hold(namespace: Namespace): void {
    namespace.uses += 1;
  }

  release(namespace: Namespace): void {
    namespace.uses -= 1;
    if (namespace.uses > 0) return;
    this.#byInode.delete(namespace.inode);
    this.#onGone(namespace);
  }

  /** A process is in all of these. */
  enter(all: ProcessNamespaces): void {
    for (const kind of NAMESPACE_KINDS) this.hold(all[kind] as Namespace);
    this.hold(all.pidForChildren);
  }

  leave(all: ProcessNamespaces): void {
    for (const kind of NAMESPACE_KINDS) this.release(all[kind] as Namespace);
    this.release(all.pidForChildren);
  }

  list(): readonly Namespace[] {
    return [...this.#byInode.values()];
  }
}

/** The namespace of one kind, with its own payload's type. */
export const isKind = <K extends NamespaceKind>(namespace: Namespace, kind: K): namespace is Namespace<K> & Namespace =>
  namespace.kind === kind;
