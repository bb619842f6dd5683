/** Mounts: file systems and parts of them, hung into each other. A mount namespace is one tree of them. */
import type { NamespaceRef } from '../sys.ts';
import type { FileSystem, Node } from './node.ts';

/** A place in the tree of mounts: which file, and by which way it was reached. */
export interface Location {
  readonly mount: Mount;
  readonly node: Node;
  /** Of what is not a directory: where it was found. Of a directory the node itself knows. */
  readonly directory?: Node;
  readonly name?: string;
}

export interface MountParts {
  readonly id: number;
  readonly fs: FileSystem;
  readonly root: Node;
  /** Where the root lies in its file system: `/` unless this is a bind mount of a part. */
  readonly rootPath: string;
  readonly source: string;
  readonly readOnly: boolean;
  /** As /proc/mounts shows them: nosuid, nodev, noexec, relatime. */
  readonly flags: readonly string[];
}

export class Mount {
  readonly id: number;
  readonly fs: FileSystem;
  readonly root: Node;
  readonly rootPath: string;
  readonly source: string;
  readOnly: boolean;
  flags: readonly string[];
  /** The mount it hangs on, and where; undefined for a root and once it is taken down. */
  point: Location | undefined;
  /** The namespace that it keeps. Copies of it in other mount namespaces keep nothing. */
  holds: NamespaceRef | undefined;
  /** What hangs on nodes of this mount. */
  readonly children = new Map<Node, Mount>();
  /** Open files: while there are any, it is busy. */
  openFiles = 0;

  constructor(parts: MountParts) {
    this.id = parts.id;
    this.fs = parts.fs;
    this.root = parts.root;
    this.rootPath = parts.rootPath;
    this.source = parts.source;
    this.readOnly = parts.readOnly;
    this.flags = parts.flags;
  }

  get isReadOnly(): boolean {
    return this.readOnly || this.fs.readOnly;
  }
}

export interface MountNamespace {
  root: Mount;
  /** All mounts, in the order in which they came. */
  mounts: Mount[];
}

export const rootOf = (mount: Mount): Location => ({ mount, node: mount.root });

/** Hangs `mount` on a place. Whatever hangs there already is the place: mounts stack. */
export function attach(namespace: MountNamespace, mount: Mount, point: Location): void {
  mount.point = point;
  point.mount.children.set(point.node, mount);
  namespace.mounts.push(mount);
}

/** Takes a mount down, with all that hangs on it. */
export function detach(namespace: MountNamespace, mount: Mount): void {
  const gone = new Set(subtree(mount));
  mount.point?.mount.children.delete(mount.point.node);
  mount.point = undefined;
  namespace.mounts = namespace.mounts.filter((other) => !gone.has(other));
}

/** A mount and everything that hangs on it, parents first. */
export function subtree(mount: Mount): readonly Mount[] {
  return [mount, ...[...mount.children.values()].flatMap(subtree)];
}

export function copyMount(
  mount: Mount,
  id: number,
  root: { readonly node: Node; readonly path: string } = { node: mount.root, path: mount.rootPath },
): Mount {
  const { fs, source, readOnly, flags } = mount;
  return new Mount({ id, fs, source, readOnly, flags, root: root.node, rootPath: root.path });
}

/** A namespace of its own with the same mounts; `moved` says which became which. */
export function copyNamespace(
  namespace: MountNamespace,
  nextId: () => number,
): { readonly copy: MountNamespace; readonly moved: ReadonlyMap<Mount, Mount> } {
  const moved = new Map(namespace.mounts.map((mount) => [mount, copyMount(mount, nextId())]));
  for (const [mount, copy] of moved) {
    const parent = mount.point && moved.get(mount.point.mount);
    if (mount.point === undefined || parent === undefined) continue;
    copy.point = { ...mount.point, mount: parent };
    parent.children.set(mount.point.node, copy);
  }
  const root = moved.get(namespace.root) ?? copyMount(namespace.root, nextId());
  return { copy: { root, mounts: [...moved.values()] }, moved };
}
